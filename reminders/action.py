"""Duties M1 and M2: when the owner of an action item hears of it. Pure decisions; all moments are UTC.

Of what is agreed they hear once they may be told anything, on the working day before it is due, and on every working
day after that until it is done. What was slept through is not made up for: only the latest of it is said. What is late
for three working days goes on to whoever called the meeting.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from chat.calendar import Calendar
from reminders.plan import Settings, heard_at

BEFORE_HOUR = time(17)
OVERDUE_HOUR = time(9, 30)
PATIENCE = 3  # working days that the owner alone hears of it


class Step(StrEnum):
    """What is said, the least urgent first."""

    NEW = "new"
    DAY_BEFORE = "day_before"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said now (None: nothing), the moment of the plan that has been heard of then, and when to look again."""

    step: Step | None
    told_at: datetime | None
    look_at: datetime


def is_overdue(day: date, today: date) -> bool:
    """Whether what was to be done until `day` is late."""
    return today > day


def goes_on(day: date, now: datetime, calendar: Calendar) -> bool:
    """Whether an open item that was to be done until `day` is late for so long that the next role hears of it."""
    return now >= calendar.at(calendar.working_day_after(day, PATIENCE), OVERDUE_HOUR)


def decide(
    day: date,
    made_at: datetime,
    told_at: datetime | None,
    now: datetime,
    calendar: Calendar,
    settings: Settings,
) -> Decision:
    """What an owner hears of an open item that is due on `day`, each moment of the plan once; their days of leave are
    days off."""
    calendar = calendar.without(settings.leave)
    today = now.astimezone(calendar.zone).date()
    before = calendar.at(calendar.working_day_before(day), BEFORE_HOUR)
    planned = [(made_at, Step.NEW), (_last_overdue(day, now, calendar), Step.OVERDUE)]
    if not is_overdue(day, today):
        planned.append((before, Step.DAY_BEFORE))
    come = [(at, step) for at, step in planned if at is not None and made_at <= at <= now]
    next_overdue = calendar.at(calendar.next_working_day(max(day, today)), OVERDUE_HOUR)
    this_morning = calendar.at(today, OVERDUE_HOUR)
    if today > day and calendar.is_working_day(today) and this_morning > now:
        next_overdue = this_morning
    coming = min(at for at in (made_at, before, next_overdue) if at > now)
    if not come or (told_at is not None and told_at >= max(come)[0]):
        return Decision(None, told_at, coming)
    heard = heard_at(now, calendar, settings)
    if heard > now:
        return Decision(None, told_at, heard)
    at, step = max(come)
    return Decision(step, at, coming)


def _last_overdue(day: date, now: datetime, calendar: Calendar) -> datetime | None:
    """The last moment up to now at which it was said that the item is late; None where it was not yet."""
    today = now.astimezone(calendar.zone).date()
    said = today
    if not calendar.is_working_day(today) or calendar.at(today, OVERDUE_HOUR) > now:
        said = calendar.working_day_before(today)
    return calendar.at(said, OVERDUE_HOUR) if said > day else None
