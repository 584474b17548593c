"""Office hours as people type them: 周二 14:00-17:00, 每周四上午9点到11点半, Tuesday 2 pm - 5 pm."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Literal

from chat.moment import LONGEST, WEEKDAYS, MomentError, parse_clock, tidy

Reason = Literal["unreadable", "no_clock", "order"]
_LINE = re.compile(
    rf"(?:每个?|every |each )?(?:周(?P<zh>[1-7])|(?P<en>{'|'.join(WEEKDAYS)})(?:s|nes|rs?|ur)?(?:days?)?\b)[ ,]*"
    r"(?P<rest>.*)"
)
_BETWEEN = re.compile(r" ?(?:-|–|—|~|至|到| to |until) ?")


class HoursError(ValueError):
    """No office hours: the text cannot be read, lacks one of the two times, or ends before it begins."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """A weekday (Monday is 0), and from when until when on it; local."""

    weekday: int
    first: time
    last: time


def parse_hours(text: str) -> OfficeHours:
    """What is meant by a text. Raises HoursError."""
    found = _LINE.fullmatch(tidy(text)) if len(text) <= LONGEST else None
    if found is None:
        raise HoursError("unreadable")
    weekday = int(found["zh"]) - 1 if found["zh"] else WEEKDAYS.index(found["en"])
    parts = _BETWEEN.split(found["rest"])
    if len(parts) != 2:
        raise HoursError("no_clock")
    try:
        first, last = (parse_clock(part.strip()) for part in parts)
    except MomentError as error:
        raise HoursError("no_clock") from error
    if last <= first:
        raise HoursError("order")
    return OfficeHours(weekday, first, last)
