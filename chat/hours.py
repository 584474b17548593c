"""From one hour of the day to another, as people type it: 22:00-7:00, 晚上十点到早上七点半, 10 pm to 7 am."""

import re
from datetime import time

from chat.moment import LONGEST, tidy

_EARLY = "凌晨|清晨|早上|早晨|早|上午|a\\.?m\\.?"
_LATE = "下午|午后|傍晚|晚上|晚间|夜里|夜间|晚|夜|p\\.?m\\.?"


def _hour(kind: str) -> str:
    """A verbose pattern for an hour, its parts in groups that begin with `kind`."""
    return rf"""
    (?:(?P<{kind}_early>{_EARLY})|(?P<{kind}_late>{_LATE})|中午)?[ ]?
    (?P<{kind}_h>[0-9]{{1,2}})(?:[ ]?[:点时]?(?P<{kind}_m>[0-9]{{2}})分?|[ ]?[点时](?:钟|整|(?P<{kind}_half>半))?)?
    [ ]?(?:(?P<{kind}_am>a\.?m\.?)|(?P<{kind}_pm>p\.?m\.?))?
    """


_BETWEEN = "[ ]?(?:到|至|-|–|—|~|to|till?|until)+[ ]?(?:第2天|次日)?[ ]?"
_SPAN = re.compile(f"(?:每[天日]?|from)?[ ]?从?[ ]?{_hour('a')}{_BETWEEN}{_hour('b')}", re.ASCII | re.VERBOSE)


class HoursError(ValueError):
    """The text tells of no two hours."""


def parse_hours(text: str) -> tuple[time, time]:
    """The two hours that are meant. A bare one is read as written: 7 is in the morning. Raises HoursError."""
    found = _SPAN.fullmatch(tidy(text)) if len(text) <= LONGEST else None
    if not found:
        raise HoursError("unreadable")
    return _read(found, "a"), _read(found, "b")


def _read(found: re.Match[str], kind: str) -> time:
    hour = int(found[f"{kind}_h"])
    minute = 30 if found[f"{kind}_half"] else int(found[f"{kind}_m"] or 0)
    if (found[f"{kind}_early"] or found[f"{kind}_am"]) and hour == 12:
        hour = 0
    elif (late := found[f"{kind}_late"]) or found[f"{kind}_pm"]:
        if hour == 12 and late and late[0] in "晚夜":
            hour = 24
        elif hour < 12:
            hour += 12
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise HoursError("impossible")
    return time(hour % 24, minute)
