"""Takes the town's own table of working days from a CSV file: all or nothing, every bad row named."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.importing import ImportProblem, ImportRefused, NoText, numbered, text_of, wrong_separator
from bot.refusal import Refused
from chat.calendar import LONGEST_HOLIDAY
from models.calendar import CalendarDay, CalendarImport
from models.database import Database
from reminders.calendar import WorkingDays, contradicted, missing, off_in_a_row
from reminders.calendar_table import own_days

HEADER = ["day", "works", "name"]
WORKS = {"yes": True, "1": True, "是": True, "班": True, "no": False, "0": False, "否": False, "休": False}
FEW = 5  # days of the base data that a town may have otherwise without being asked
FAR = 5  # years from this one; a day beyond is a slip of the pen
LONGEST_NAME = 40
SHOWN = 5
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Listed:
    """A day of the file, and the line it stands in."""

    day: date
    works: bool
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Taken:
    """How many days are worked otherwise than before, and until when make-up days are known now."""

    changed: int
    covered_until: date


def read(file: Path, today: date) -> list[Listed]:
    """The days of a file, in order. Raises ImportRefused, which names every bad row."""
    problems: list[ImportProblem] = []
    listed: list[Listed] = []
    seen: dict[date, int] = {}

    def problem(line: int, column: str, what: str) -> None:
        problems.append(ImportProblem(str(file), line, column, what))

    for line, cells in _rows(file):
        if len(cells) != len(HEADER):
            problem(line, "", f"{len(cells)} values where {len(HEADER)} belong")
            continue
        written, works, name = cells
        day, wrong = _day(written, today)
        if wrong or day is None:
            problem(line, "day", wrong)
        elif day in seen:
            problem(line, "day", f"{day} is there already: line {seen[day]}")
        elif listed and day < listed[-1].day:
            problem(line, "day", f"{day} comes after {listed[-1].day}, line {listed[-1].line}; put the days in order")
        if works.lower() not in WORKS:
            problem(line, "works", f"{works or '(empty)'} is neither yes nor no (1 or 0, 是 or 否, 班 or 休)")
        if len(name) > LONGEST_NAME or not name.isprintable():
            problem(line, "name", f"a line break, a control character, or more than {LONGEST_NAME} characters")
        if day is not None:
            seen.setdefault(day, line)
            listed.append(Listed(day, WORKS.get(works.lower(), True), name, line))
    if not problems and not listed:
        problem(0, "", "the file has no days")
    if problems:
        raise ImportRefused(problems)
    return listed


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header, each with its line. Raises ImportRefused."""
    line = 0
    try:
        lines = csv.reader(io.StringIO(text_of(file), newline=""), strict=True)
        rows = numbered(lines)
        line, header = next(rows, (0, []))
        if header != HEADER:
            separated = wrong_separator(header)
            what = separated or f"the first line must be {','.join(HEADER)}"
            raise NoText(line, what if header else "the file is empty")
        for line, cells in rows:
            yield line, cells
    except NoText as problem:
        raise ImportRefused([ImportProblem(str(file), problem.line, "", str(problem))]) from problem
    except csv.Error as error:
        raise ImportRefused([ImportProblem(str(file), line + 1, "", f"this is not CSV: {error}")]) from error


def _day(written: str, today: date) -> tuple[date | None, str]:
    """The day that was written, or what is wrong with it."""
    found = _DAY.fullmatch(written)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None, f"there is no {written}"
    if day is None:
        return None, f"{written or '(empty)'} is no day such as {today}"
    if abs(day.year - today.year) > FAR:
        return None, f"the year {day.year} is more than {FAR} years away"
    return day, ""


def take(db: Database, file: Path, listed: Sequence[Listed], now: datetime, *, anyway: bool) -> Taken:
    """Put these days in the place of what was taken for their years. Raises Refused, and ImportRefused.

    What does not look like a calendar of China is taken only with `anyway`.
    """
    years = {each.day.year for each in listed}
    given = {each.day: each.works for each in listed}
    with db.transaction():
        before = own_days(db)
        after = {day: works for day, works in before.items() if day.year not in years} | given
        was, will_be = WorkingDays(before), WorkingDays(after)
        _check_length(file, listed, will_be)
        doubts = [] if anyway else list(_doubts(given, years))
        if doubts:
            told = "\n".join(f"{file}: {doubt}" for doubt in doubts)
            raise Refused(f"{told}\nif it is right all the same, add --anyway; nothing was imported")
        for year in years:
            db.execute("delete from calendar_day where day between ? and ?", (f"{year}-01-01", f"{year}-12-31"))
        for each in listed:
            db.insert(CalendarDay, day=each.day.isoformat(), works=each.works, called=each.name)
        db.insert(CalendarImport, made_at=now)
    changed = [day for day in before.keys() | after.keys() if was.is_working_day(day) != will_be.is_working_day(day)]
    return Taken(len(changed), will_be.covered_until())


def _check_length(file: Path, listed: Sequence[Listed], calendar: WorkingDays) -> None:
    """No holiday may be longer than what everything that is moved over one can cross. Raises ImportRefused."""
    for each in listed:
        length = off_in_a_row(each.day, calendar)
        if length > LONGEST_HOLIDAY:
            what = f"{length} days off in a row; {LONGEST_HOLIDAY} are the most"
            raise ImportRefused([ImportProblem(str(file), each.line, "works", what)])


def _doubts(given: dict[date, bool], years: set[int]) -> Iterator[str]:
    """Why these days may not be those of China."""
    against = contradicted(given)
    if len(against) > FEW:
        yield f"{len(against)} days are otherwise in the State Council's calendar: {_some(against)}"
    for year in sorted(years):
        if lacking := missing(given, year):
            yield f"{year} lacks statutory holidays of China, so that it is not covered: {_some(lacking)}"


def _some(days: Sequence[date]) -> str:
    more = f" … and {len(days) - SHOWN} more" if len(days) > SHOWN else ""
    return ", ".join(map(str, days[:SHOWN])) + more
