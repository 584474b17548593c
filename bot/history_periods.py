"""Months and weeks as people write them into tables: 2025年3月, 三月, 2025-W10, 3月3日-3月9日."""

import re
from datetime import date, datetime, timedelta

from bot.spreadsheet import Broken, Formula, Unreadable, cell_text, why_no_value
from workload.numerals import AmountProblem, read_amount, tidy
from workload.weeks import monday_of

_YEAR = r"(?:(?P<year>[0-9]{4}) ?[年./-] ?)?"
_MONTH = re.compile(rf"{_YEAR}(?P<month>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}}) ?月?(?:份)?")
_COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})")
_DAY = re.compile(
    r"(?P<year>[0-9]{4}) ?[年./-] ?(?P<month>[0-9]{1,2}) ?[月./-] ?(?P<day>[0-9]{1,2}) ?日?(?: 00:00:00)?"
)
_NUMBERED = re.compile(r"(?:(?P<year>[0-9]{4}) ?(?:年 ?|-?(?=w)))?(?:第|w)?(?P<week>[0-9]{1,2}) ?周?")
_SPAN = re.compile(
    rf"{_YEAR}(?P<month>[0-9]{{1,2}}) ?[月./-] ?(?P<day>[0-9]{{1,2}}) ?日?"
    r"(?: ?[-~—–至到]+ ?(?:(?P<year2>[0-9]{4}) ?[年./-] ?)?(?:(?P<month2>[0-9]{1,2}) ?[月./-] ?)?"
    r"(?P<day2>[0-9]{1,2}) ?日?)?"
)


def _no(what: str, written: str) -> Unreadable:
    return Unreadable(f'"{written[:30]}" is no {what}' if written else f"no {what}")


def _dated(year: str | int | None, fallback: int | None, month: int, day: int, written: str) -> date:
    """A day; the year is what is written, or otherwise the one that was given."""
    number = int(year) if year else fallback
    if number is None:
        raise Unreadable(f'of which year is "{written}"? Give it: --year')
    try:
        return date(number, month, day)
    except ValueError as error:
        raise _no("day there is", written) from error


def month(value: object, year: int | None) -> tuple[date, date]:
    """The days of a month that is written in some way: 2025-03, 2025年3月, 3月, 三月, 3, 202503, a date in it.

    `year`: of one that names none. Raises Unreadable.
    """
    if isinstance(value, Formula | Broken):
        raise Unreadable(why_no_value(value))
    if isinstance(value, datetime | date):
        first = date(value.year, value.month, 1)
    else:
        written = tidy(cell_text(value))
        found = _COMPACT.fullmatch(written) or _MONTH.fullmatch(written) or _DAY.fullmatch(written)
        if not found:
            raise _no("month", written)
        try:
            number = read_amount(found["month"])
        except AmountProblem as problem:
            raise _no("month", written) from problem
        if not 1 <= number <= 12:
            raise _no("month", written)
        first = _dated(found["year"], year, number, 1, written)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def week(value: object, year: int | None) -> tuple[date, date]:
    """The days of a week: a date in it, 3月3日-3月9日, 2025-W10, 第10周 (as ISO counts weeks).

    `year`: of one that names none. Raises Unreadable.
    """
    if isinstance(value, Formula | Broken):
        raise Unreadable(why_no_value(value))
    if isinstance(value, datetime | date):
        monday = monday_of(date(value.year, value.month, value.day))
    else:
        written = tidy(cell_text(value))
        if found := _NUMBERED.fullmatch(written):
            monday = _of_number(found, year, written)
        elif found := _SPAN.fullmatch(written) or _DAY.fullmatch(written):
            monday = _of_span(found, year, written)
        else:
            raise _no("week", written)
    return monday, monday + timedelta(days=6)


def _of_number(found: re.Match[str], year: int | None, written: str) -> date:
    of = int(found["year"]) if found["year"] else year
    if of is None:
        raise Unreadable(f'of which year is "{written}"? Give it: --year')
    if "w" not in written and date(of, 1, 1).weekday() > 3:
        raise Unreadable(
            f"weeks of {of} are numbered in two ways; write the week's Monday, or {of}-W{found['week']:0>2}"
        )
    try:
        return date.fromisocalendar(of, int(found["week"]), 1)
    except ValueError as error:
        raise _no("week", written) from error


def _of_span(found: re.Match[str], year: int | None, written: str) -> date:
    first = _dated(found["year"], year, int(found["month"]), int(found["day"]), written)
    monday = monday_of(first)
    said = found.groupdict()
    if said.get("day2"):
        month = int(said["month2"] or found["month"])
        later = int(said["year2"]) if said["year2"] else first.year + (month < first.month)
        if monday_of(_dated(later, None, month, int(said["day2"]), written)) != monday:
            raise Unreadable(f'"{written}" is more than one week')
    return monday
