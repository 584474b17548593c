"""A day, mostly one to come, as people type it: 下周五, 12-1, 三天后, tomorrow, next Friday, in 2 weeks.

A text is tidied as for a moment that has passed (`chat.moment`) and read whole. Where it leaves the year or the month
open, the next such day is meant. A weekday alone is the next one; 下周 and "next" mean the week after this one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from babel.dates import format_skeleton

from chat.moment import LONGEST, MONTHS, WEEKDAYS, tidy

Reason = Literal["unreadable", "past", "too_far", "impossible"]

AHEAD = (
    (0, "今天|今日|today"),
    (1, "明天|明日|tomorrow"),
    (3, "大后天"),
    (2, "后天|后日|(?:the )?day after tomorrow"),
)
_MONTH = rf"(?:{'|'.join(MONTHS)})[a-z]*\.?"


def _weekday_named(kind: str) -> str:
    """A verbose pattern for a weekday, its number in the groups `kind` and `en_kind`."""
    return rf"(?:周(?P<{kind}>[1-7])|(?P<en_{kind}>{'|'.join(WEEKDAYS)})(?:s|nes|rs?|ur)?(?:day)?)"


_DATE = rf"""
    (?:(?P<y>[0-9]{{4}})[ ]?[-/.年][ ]?)?(?P<mon>[0-9]{{1,2}})(?:[-/.]|[ ]?月[ ]?)(?P<d>[0-9]{{1,2}})[ ]?[日号]?
  | (?P<only_day>[0-9]{{1,2}})[ ]?[日号]
  | (?P<en_mon>{_MONTH})[ ](?P<en_d>[0-9]{{1,2}})(?:st|nd|rd|th)?
  | (?P<en_d2>[0-9]{{1,2}})(?:st|nd|rd|th)?[ ](?P<en_mon2>{_MONTH})
  | (?:the[ ])?(?P<en_only_day>[0-9]{{1,2}})(?:st|nd|rd|th)
"""
_WORDS = re.compile(
    rf"""
    (?:on[ ]|by[ ])?
    (?: {"|".join(f"(?P<ahead_{days}>{words.replace(' ', '[ ]')})" for days, words in AHEAD)}
      | (?:in[ ])?(?P<n>[0-9]{{1,3}})[ ]?个?[ ]?(?:(?P<days>天|日|days?)|(?P<weeks>周|星期|礼拜|weeks?))
        [ ]?(?:之?后|以后|later|from[ ]now)?
      | {_weekday_named("before")}?[ ,]*(?:{_DATE})[ ,(]*{_weekday_named("after")}?[ )]*
      | (?P<week>下{{1,3}}|这|本)?个?(?P<en_week>(?:this|next|coming)[ ])?{_weekday_named("alone")}
    )
    """,
    re.ASCII | re.VERBOSE,
)


class DayError(ValueError):
    """No day: the text cannot be read, or tells of one that is not there or that cannot be chosen."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def parse_day(text: str, today: date, most: int) -> date:
    """The day meant by a text, from tomorrow to `most` days ahead. Raises DayError."""
    return allowed(_read(text, today), today, most)


def parse_any_day(text: str, today: date) -> date:
    """The day meant by a text, to come or past: of several the one nearest to today. Raises DayError."""
    if not (meant := _read(text, today)):
        raise DayError("impossible")
    return min(meant, key=lambda day: abs(day - today))


def _read(text: str, today: date) -> list[date]:
    found = _WORDS.fullmatch(tidy(text)) if len(text) <= LONGEST else None
    if not found:
        raise DayError("unreadable")
    return _meant(found.groupdict(), today)


def leading_day(tidied: str, today: date, most: int) -> tuple[date, str]:
    """The day that a tidied text begins with, from today to `most` days ahead, and what follows. Raises DayError."""
    found = _WORDS.match(tidied)
    if not found:
        raise DayError("unreadable")
    return allowed(_meant(found.groupdict(), today), today, most, least=0), tidied[found.end() :]


def allowed(meant: Sequence[date], today: date, most: int, *, least: int = 1) -> date:
    """The nearest of these days that can be chosen. Raises DayError, which says what is wrong with the nearest."""
    if not meant:
        raise DayError("impossible")
    if possible := [day for day in meant if least <= (day - today).days <= most]:
        return min(possible)
    nearest = min(meant, key=lambda day: abs(day - today))
    raise DayError("too_far" if nearest > today else "past")


def written(day: date, language: str) -> str:
    """A day as people read it, with its weekday: 12月1日周二, Tue, Dec 1."""
    return format_skeleton("MMMEd", day, locale=language)


def brief(day: date, language: str) -> str:
    """A day without its weekday: 12月1日, Dec 1."""
    return format_skeleton("MMMd", day, locale=language)


def _meant(words: Mapping[str, str | None], today: date) -> list[date]:
    """Every day the words could mean."""
    for days, _ in AHEAD:
        if words[f"ahead_{days}"]:
            return [today + timedelta(days=days)]
    if words["n"]:
        return [today + timedelta(days=int(words["n"]) * (7 if words["weeks"] else 1))]
    alone = _number(words, "alone")
    if alone is not None:
        return [_weekday(words, today + timedelta(days=alone - today.weekday()), today)]
    said = {_number(words, "before"), _number(words, "after")} - {None}
    return [day for day in _dates(words, today) if said <= {day.weekday()}]


def _number(words: Mapping[str, str | None], kind: str) -> int | None:
    """A weekday as Python counts it; None where none was written."""
    chinese, english = words[kind], words[f"en_{kind}"]
    if chinese:
        return int(chinese) - 1
    return WEEKDAYS.index(english) if english else None


def _weekday(words: Mapping[str, str | None], this_week: date, today: date) -> date:
    week, english = words["week"] or "", (words["en_week"] or "").strip()
    if week in ("这", "本") or english == "this":
        return this_week
    if week or english == "next":
        return this_week + timedelta(weeks=len(week) or 1)
    return this_week + timedelta(weeks=this_week <= today)


def _dates(words: Mapping[str, str | None], today: date) -> Iterable[date]:
    """The date in every year, or month, that the text leaves open and that is near."""
    named = words["en_mon"] or words["en_mon2"]
    month = MONTHS.index(named[:3]) + 1 if named else int(words["mon"] or 0)
    only_day = words["only_day"] or words["en_only_day"]
    day = int(words["d"] or only_day or words["en_d"] or words["en_d2"] or 0)
    years = [int(words["y"])] if words["y"] else [today.year - 1, today.year, today.year + 1]
    for year in years:
        for each in range(1, 13) if only_day else [month]:
            try:
                yield date(year, each, day)
            except ValueError:
                continue
