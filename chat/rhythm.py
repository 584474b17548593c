"""When people meet, as they type it: 每周五下午两点 警务室, first working day of the month 9:30, 下周五 14:00 会议室.

What is read is an RRULE (RFC 5545) or one day, then a time of day; what follows is where. No recurrence is
counted here.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from chat.day import DayError, leading_day
from chat.moment import LONGEST, WEEKDAYS, MomentError, parse_clock, tidy

Reason = Literal[
    "unreadable", "no_clock", "impossible", "past", "too_far", "not_every_month", "one_day", "too_often", "no_end"
]
Off = Literal["", "before", "after"]
MOST = 60  # days ahead, of a single day
_LAST_OF_EVERY_MONTH = 28
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}

_DAY = rf"(?:(?P<day>[1-7])|(?P<en_day>{'|'.join(WEEKDAYS)})(?:s|nes|rs?|ur)?(?:days?)?\b)"
_MONTHLY = r"(?:(?:of|in)[ ])?(?:the|each|every)[ ]month|monthly"
_RHYTHM = re.compile(
    rf"""
    (?: (?P<two> 每2(?:个?周的?)? | 每?隔(?:1?个?周的?)? ) | 每个? ) 周(?P<zh_day>[1-7])
  | 每个?月的?[ ]?(?: 第?(?P<nth>[1-5])个 | (?P<last>最后)1?个 ) (?: (?P<working>工作日) | 周(?P<month_day>[1-7]) )
  | 每个?月的?[ ]?(?: (?P<number>[0-9]{{1,2}})[日号] | (?P<last_day>最后1?[天日]) )
  | (?: every[ ](?P<en_two>other[ ]|2[ ]weeks[ ](?:on[ ])?) | (?:every|each)[ ](?:week[ ](?:on[ ])?)?
      | weekly[ ](?:on[ ])? ) {_DAY}
  | (?: (?:every[ ]month|monthly)[ ,]+(?:on[ ])? )? (?:on[ ])?(?:the[ ])?(?P<en_nth>{"|".join(_ORDINALS)})[ ]
        (?: (?P<en_working>working[ ]day) | (?P<en_month_day>{"|".join(WEEKDAYS)})(?:s|nes|rs?|ur)?(?:day)?\b
          | (?P<en_last_day>day)\b ) (?: [ ](?:{_MONTHLY}) )?
  | (?: (?:every[ ]month|monthly)[ ](?:on[ ])?the[ ](?P<en_number>[0-9]{{1,2}})(?:st|nd|rd|th)\b
      | (?:on[ ])?the[ ](?P<en_number2>[0-9]{{1,2}})(?:st|nd|rd|th)[ ](?:{_MONTHLY}) )
    """,
    re.ASCII | re.VERBOSE,
)
_DAILY = re.compile(
    r"每[天日]|天天|每个?工作日|(?:every|each)[ ](?:single[ ])?(?:working[ ]?|week)?day\b|daily\b", re.ASCII
)
# What stands where a room is written, and tells how long a series goes on.
_END = re.compile(r"一直|永远|永久|直到|到.*(?:[底止年月日]$|结束)|forever\b|for[ ]ever\b|until\b|till\b", re.I)
_GAP = " ,、。;:@-"
_GLUED = "号楼室层栋幢点时分:."  # a number before one of these belongs to it, not to the time


class RhythmError(ValueError):
    """No time to meet: the text cannot be read, or tells of one that is not there or that cannot be chosen."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`rule` is an RRULE, or empty where `day` is the one day; `at` is local; `room` as it was written, or empty.

    `off` is what the words themselves say of days off: the first working day of a month is the first day or after it.
    """

    at: time
    rule: str = ""
    day: date | None = None
    room: str = ""
    off: Off = ""


def parse_rhythm(text: str, now: datetime, zone: ZoneInfo, *, once: bool = False) -> Rhythm:
    """What is meant by a text; `now` is aware. `once`: only a single day will do. Raises RhythmError."""
    written = " ".join(text.replace("\u3000", " ").split())
    if len(written) > LONGEST:
        raise RhythmError("unreadable")
    began = ""
    for cut in range(len(written), 0, -1):
        if written[cut - 1].isnumeric() and written[cut : cut + 1] and written[cut] in _GLUED:
            continue
        try:
            found, rest = _day(tidy(written[:cut]), now, zone)
            began = began or rest
            found = _at(found, parse_clock(rest.strip(_GAP)), now, zone)
        except MomentError as error:
            if error.reason == "impossible":
                raise RhythmError("impossible") from error
            continue
        except DayError as error:
            if cut == len(written) and error.reason == "unreadable":
                raise RhythmError("unreadable") from error
            if error.reason == "unreadable":
                break
            raise RhythmError(error.reason) from error
        if once and found.rule:
            raise RhythmError("one_day")
        room = _room(written[cut:])
        if found.rule and _END.match(room):
            raise RhythmError("no_end")
        return Rhythm(found.at, found.rule, found.day, room, found.off)
    raise RhythmError("no_clock")


def is_recurring(text: str) -> bool:
    """Whether a text begins like something that comes again and again."""
    return _RHYTHM.match(tidy(text[:LONGEST])) is not None


def _at(found: Rhythm, at: time, now: datetime, zone: ZoneInfo) -> Rhythm:
    if found.day is not None and datetime.combine(found.day, at, zone) <= now:
        raise RhythmError("past")
    return Rhythm(at, found.rule, found.day, off=found.off)


def _day(tidied: str, now: datetime, zone: ZoneInfo) -> tuple[Rhythm, str]:
    """The rule or the day that a tidied text begins with, and what follows it. Raises DayError, RhythmError."""
    word = _RHYTHM.match(tidied)
    if _DAILY.match(tidied):
        raise RhythmError("too_often")
    if word is None:
        day, rest = leading_day(tidied, now.astimezone(zone).date(), MOST)
        return Rhythm(time(), day=day), rest
    return _rule(word), tidied[word.end() :]


def _rule(word: re.Match[str]) -> Rhythm:
    if weekday := _weekday(word["zh_day"] or word["day"], word["en_day"]):
        every = ";INTERVAL=2" if word["two"] or word["en_two"] else ""
        return Rhythm(time(), f"FREQ=WEEKLY{every};BYDAY={weekday}")
    if number := int(word["number"] or word["en_number"] or word["en_number2"] or 0):
        if number > _LAST_OF_EVERY_MONTH:
            raise RhythmError("impossible" if number > 31 else "not_every_month")
        return Rhythm(time(), f"FREQ=MONTHLY;BYMONTHDAY={number}")
    nth = -1 if word["last"] else int(word["nth"] or 0) or _ORDINALS.get(word["en_nth"] or "", -1)
    if weekday := _weekday(word["month_day"], word["en_month_day"]):
        if nth > 4:
            raise RhythmError("not_every_month")
        return Rhythm(time(), f"FREQ=MONTHLY;BYDAY={nth}{weekday}")
    if nth not in (1, -1):
        raise RhythmError("unreadable")
    off: Off = "after" if nth == 1 else "before"
    return Rhythm(time(), f"FREQ=MONTHLY;BYMONTHDAY={nth}", off=off)


def _weekday(chinese: str | None, english: str | None) -> str:
    if chinese:
        return _CODES[int(chinese) - 1]
    return _CODES[WEEKDAYS.index(english)] if english else ""


def _room(rest: str) -> str:
    room = rest.strip(" ,，、。;；:：@-")
    return re.sub(r"^(?:在|于|地点[:：]?|(?:in|at)\s(?:the\s)?)", "", room, flags=re.I).strip()
