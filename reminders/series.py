"""Duties M1 and M2: on which days a series of meetings takes place. Pure; the recurrence itself is dateutil's."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dateutil.rrule import rrulestr

LONGEST_HOLIDAY = 16  # days; no day is moved by more


class Off(StrEnum):
    """What becomes of a meeting that falls on a day off: it is held on the working day before, or on the one after."""

    BEFORE = "before"
    AFTER = "after"


def days(
    rule: str,
    first: date,
    off: Off,
    is_working_day: Callable[[date], bool],
    since: date,
    until: date,
) -> dict[date, date]:
    """The days (of the rule -> on which it is held) from `since` to `until`, in order; `first` is the earliest of them.

    `rule` is an RRULE, or empty: only once, on the first day, whatever day that is. Of two that meet on one day, the
    earlier one is held. Raises ValueError for a rule that is none.
    """
    if not rule:
        return {first: first} if since <= first <= until else {}
    reach = timedelta(days=LONGEST_HOLIDAY)
    window = (datetime.combine(since - reach, time()), datetime.combine(until + reach, time()))
    found = rrulestr(rule, dtstart=datetime.combine(first, time())).between(*window, inc=True)
    held: dict[date, date] = {}
    for nominal in (moment.date() for moment in found):
        day = moved(nominal, off, is_working_day)
        if since <= day <= until and day not in held.values():
            held[nominal] = day
    return held


def moved(day: date, off: Off, is_working_day: Callable[[date], bool]) -> date:
    """The day itself, or where it is a day off the working day before or after it."""
    step = timedelta(days=1 if off is Off.AFTER else -1)
    for _ in range(LONGEST_HOLIDAY):
        if is_working_day(day):
            break
        day += step
    return day


def first_day(rule: str, since: date) -> date:
    """The first day of a rule from this one on; every second week is counted from there."""
    every = ";".join(part for part in rule.split(";") if not part.startswith("INTERVAL="))
    found = rrulestr(every, dtstart=datetime.combine(since, time())).after(datetime.combine(since, time()), inc=True)
    assert found is not None, "a rule of ours has no end"
    day: date = found.date()
    return day
