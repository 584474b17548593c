"""Duties M1 and M2: until when minutes are begun and objected to, when they are final, and when it is said that none
are written. Pure decisions; all moments are UTC.

Minutes may be begun until the end of the second working day after a meeting, and objected to for as long after they
were sent. That none are written is said in the morning of each of those working days, and once more where somebody has
begun: at most three times.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from chat.calendar import Calendar
from reminders.plan import Settings, heard_at

WORKING_DAYS = 2
MORE_WHERE_BEGUN = 1
MORNING = time(9, 30)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether it is said now that minutes are not written, the moment of the plan that has been heard of then, and
    when to look again (None: there is nothing more to be said)."""

    say: bool
    told_at: datetime | None
    look_at: datetime | None


def term_ends(since: datetime, calendar: Calendar) -> datetime:
    """The end of the second working day after `since`."""
    last = calendar.working_day_after(since.astimezone(calendar.zone).date(), WORKING_DAYS)
    return calendar.at(last + timedelta(days=1), time())


def may_begin(starts_at: datetime, now: datetime, calendar: Calendar) -> bool:
    """Whether the minutes of a meeting that began at `starts_at` may be begun."""
    return starts_at <= now < term_ends(starts_at, calendar)


def is_final(sent_at: datetime, now: datetime, calendar: Calendar) -> bool:
    """Whether minutes of which the newest version was sent at `sent_at` can be objected to no more."""
    return now >= term_ends(sent_at, calendar)


def unwritten(
    starts_at: datetime,
    told_at: datetime | None,
    now: datetime,
    calendar: Calendar,
    settings: Settings,
    *,
    begun: bool,
) -> Decision:
    """What a manager hears of minutes that were not sent, each morning once; what was slept through is said once."""
    if not begun and now >= term_ends(starts_at, calendar):
        return Decision(False, told_at, None)
    day, mornings = starts_at.astimezone(calendar.zone).date(), []
    for _ in range(WORKING_DAYS + MORE_WHERE_BEGUN * begun):
        day = calendar.next_working_day(day)
        mornings.append(calendar.at(day, MORNING))
    come = [at for at in mornings if at <= now]
    coming = next((at for at in mornings if at > now), None)
    if not come or (told_at is not None and told_at >= come[-1]):
        return Decision(False, told_at, coming)
    heard = heard_at(now, calendar, settings)
    if heard > now:
        return Decision(False, told_at, heard)
    return Decision(True, come[-1], coming)
