"""What people may choose of when they are reminded, and how that is read from what is kept. Pure."""

import json
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from reminders.plan import Kind, Settings, Times

EVENINGS = (time(9), time(14), time(17), time(20))  # of the working day before
LEADS = (15, 30, 60, 120)  # minutes before it begins
USUAL_EVENING, USUAL_LEAD = time(17), 60  # as reminders.plan.RULES has them
STEP = timedelta(minutes=30)  # by which quiet hours are moved with a tap


def times(evening: str | None, lead: int | None) -> Times:
    """What was chosen, as it is kept: None is nothing, an empty hour and 0 minutes are no such reminder."""
    return Times(
        day_before=time.fromisoformat(evening) if evening else None,
        soon=timedelta(minutes=lead) if lead else None,
        without=frozenset(
            kind for kind, unwanted in ((Kind.DAY_BEFORE, evening == ""), (Kind.SOON, lead == 0)) if unwanted
        ),
    )


@lru_cache(1024)  # most people chose nothing: a meeting of hundreds asks for the same again and again
def settings(
    quiet_from: str | None, quiet_until: str | None, evening: str | None, lead: int | None, leave: str = "[]"
) -> Settings:
    """One person's settings as they are kept: what is None they did not choose, `leave` is JSON of pairs of days (ISO),
    the first and the last of each. Raises ValueError for more than 18 quiet hours."""
    absent = frozenset(day for first, last in json.loads(leave) for day in _days(first, last))
    if quiet_from is None or quiet_until is None:
        return Settings(leave=absent)
    return Settings(time.fromisoformat(quiet_from), time.fromisoformat(quiet_until), times(evening, lead), absent)


def _days(first: str, last: str) -> list[date]:
    begins = date.fromisoformat(first)
    return [begins + timedelta(days=n) for n in range((date.fromisoformat(last) - begins).days + 1)]


def beside(hour: time, steps: int) -> time:
    """The hour so many taps later, or earlier; past midnight it goes on."""
    return (datetime.combine(date(2000, 1, 1), hour) + STEP * steps).time()
