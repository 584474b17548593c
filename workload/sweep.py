"""Which reminder of a coordinator's week is due (duty W1): each once, on working days, none to who has done it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from chat.calendar import Calendar
from workload.weeks import due, working_days

MORNING, AFTERNOON, DEADLINE = time(9), time(14), time(17)
_THURSDAY = 3


class Kind(StrEnum):
    """The first three go to the coordinator, the others to the officer, who gets one of them."""

    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"
    NOT_FILED = "not_filed"
    NOT_CONFIRMED = "not_confirmed"


TO_OFFICER = (Kind.NOT_FILED, Kind.NOT_CONFIRMED)


@dataclass(frozen=True, slots=True)
class Week:
    """What is known of a coordinator's week. `absent`: their days of leave, also beyond it; `sent`: what went out."""

    monday: date
    filed: bool = False
    confirmed: bool = False
    absent: Collection[date] = ()
    sent: Collection[Kind] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The reminders to send now, and when to look again (None: nothing is left to come)."""

    send: tuple[Kind, ...]
    look_again: datetime | None


def moments(monday: date, calendar: Calendar) -> dict[Kind, datetime]:
    """When each reminder of a week has its time, in order (NOT_FILED: the officer's); none where no workload is due."""
    day = due(monday, calendar.is_working_day)
    if day is None:
        return {}
    before = [each for each in working_days(monday, calendar.is_working_day) if each < day]
    thursday = monday + timedelta(days=_THURSDAY)
    soon = {Kind.SOON: calendar.at(thursday if thursday in before else before[-1], AFTERNOON)} if before else {}
    return soon | {
        Kind.TODAY: calendar.at(day, MORNING),
        Kind.OVERDUE: calendar.at(day, DEADLINE),
        Kind.NOT_FILED: calendar.at(calendar.next_working_day(day), MORNING),
    }


def decide(week: Week, now: datetime, calendar: Calendar) -> Decision:
    """What to send for a week now (an aware time). Of the coordinator's that were slept through only the last is sent.

    What is late waits for the morning of a working day, the coordinator's for one without leave. A week wholly on
    leave has no reminder.
    """
    on_leave = week.absent and not working_days(week.monday, calendar.is_working_day, week.absent)
    if week.confirmed or on_leave:
        return Decision((), None)
    times = moments(week.monday, calendar)
    officer_at = times.pop(Kind.NOT_FILED, None)
    coordinator = [] if week.filed else list(times)
    coming = [times[kind] for kind in coordinator if times[kind] > now and kind not in week.sent]
    send = [kind for kind in coordinator if times[kind] <= now][-1:]
    send = [kind for kind in send if kind not in week.sent]
    if send and (back := opens(now, calendar.without(week.absent))) > now:
        send = []
        coming.append(back)
    if officer_at and not set(TO_OFFICER) & set(week.sent):
        if (at := max(officer_at, opens(now, calendar))) > now:
            coming.append(at)
        else:
            send.append(Kind.NOT_CONFIRMED if week.filed else Kind.NOT_FILED)
    return Decision(tuple(send), min(coming, default=None))


def opens(now: datetime, calendar: Calendar) -> datetime:
    """`now` if people may be reminded, otherwise the next morning on which they may."""
    there = now.astimezone(calendar.zone)
    if not calendar.is_working_day(there.date()):
        return calendar.at(calendar.next_working_day(there.date()), MORNING)
    return max(now, calendar.at(there.date(), MORNING))
