"""A coordinator's own plan of dwellings to check again, two weeks a round, and when it is reminded of (duty W6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from chat.calendar import Calendar
from workload.sweep import MORNING, opens
from workload.weeks import IsWorkingDay, due, monday_of

_FRIDAY = timedelta(days=4)


class Kind(StrEnum):
    SOON = "soon"  # two working days before the day of the plan
    TODAY = "today"
    ENDED = "ended"  # the next round is offered


@dataclass(frozen=True, slots=True)
class Decision:
    """The reminder to send now, and when to look again (None: nothing is left to come)."""

    send: Kind | None
    look_again: datetime | None


def usual_day(today: date, is_working_day: IsWorkingDay) -> date:
    """The day a round ends if nobody says otherwise: the second Friday ahead, or the last day worked before it."""
    friday = monday_of(today) + _FRIDAY
    second = friday + timedelta(days=14 if friday <= today else 7)
    return due(monday_of(second), is_working_day) or second


def moments(until: date, calendar: Calendar) -> dict[Kind, datetime]:
    """When each reminder of a plan has its time, in order."""
    soon = calendar.working_day_before(calendar.working_day_before(until))
    days = {Kind.SOON: soon, Kind.TODAY: until, Kind.ENDED: calendar.next_working_day(until)}
    return {kind: calendar.at(day, MORNING) for kind, day in days.items()}


def begun(until: date, now: datetime, calendar: Calendar) -> tuple[list[Kind], datetime | None]:
    """For a new plan: the reminders whose time is over already, and when to look for the first of the others."""
    times = moments(until, calendar)
    return [kind for kind in times if times[kind] <= now], min((at for at in times.values() if at > now), default=None)


def decide(until: date, reached: bool, sent: Collection[str], now: datetime, calendar: Calendar) -> Decision:
    """What to send now: of what was slept through only the last, on working days, and no hurry once it is reached."""
    times = moments(until, calendar)
    coming = [at for at in times.values() if at > now]
    ready = [kind for kind in times if times[kind] <= now][-1:]
    send = next((kind for kind in ready if kind not in sent and not (reached and kind is not Kind.ENDED)), None)
    at = opens(now, calendar)
    if send and at > now:
        return Decision(None, min([at, *coming]))
    return Decision(send, min(coming, default=None))
