"""Duty R3: when the two of a joint follow-up are reminded of it. Pure decisions.

In the evening of the last working day before it, in the morning of its day, and each working morning after it until it
is carried out. Each time comes once; of those that were slept through only the last is made up for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

EVENING, MORNING = time(17), time(9)
OFFICE_FROM = 2  # working days overdue from which the town office sees it


class Stage(StrEnum):
    BEFORE = "before"
    TODAY = "today"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Reminder:
    """`at` is UTC; `overdue` how many working days it is overdue then."""

    stage: Stage
    at: datetime
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Calendar:
    """What of the world these decisions need: the zone people live in, and its working days."""

    zone: ZoneInfo
    next_working_day: Callable[[date], date]

    def at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day."""
        return self.next_working_day(day - timedelta(days=1)) == day

    def working_day_before(self, day: date) -> date:
        """The last working day before `day`."""
        before = day - timedelta(days=1)
        while not self.is_working_day(before):
            before -= timedelta(days=1)
        return before

    def overdue(self, day: date, today: date) -> int:
        """How many working days have begun since `day`, today's among them."""
        count = 0
        while (day := self.next_working_day(day)) <= today:
            count += 1
        return count


def reminders(day: date, calendar: Calendar) -> Iterator[Reminder]:
    """Every reminder of a follow-up on that day, in order; they do not end."""
    yield Reminder(Stage.BEFORE, calendar.at(calendar.working_day_before(day), EVENING))
    yield Reminder(Stage.TODAY, calendar.at(day, MORNING))
    overdue = 0
    while True:
        day, overdue = calendar.next_working_day(day), overdue + 1
        yield Reminder(Stage.OVERDUE, calendar.at(day, MORNING), overdue)


def around(day: date, now: datetime, calendar: Calendar) -> tuple[Reminder | None, Reminder]:
    """The last reminder whose time has come (none yet: None), and the next one."""
    last = None
    for reminder in reminders(day, calendar):
        if reminder.at > now:
            return last, reminder
        last = reminder
    raise AssertionError("they do not end")
