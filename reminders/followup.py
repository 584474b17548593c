"""Duty R3: when the two of a joint follow-up are reminded of it. Pure decisions.

In the evening of the last working day before it, in the morning of its day, and each working morning after it until it
is carried out. Each time comes once; of those that were slept through only the last is made up for.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from chat.calendar import Calendar

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


def overdue(day: date, today: date, calendar: Calendar) -> int:
    """How many working days have begun since `day`, today's among them."""
    count = 0
    while (day := calendar.next_working_day(day)) <= today:
        count += 1
    return count


def reminders(day: date, calendar: Calendar) -> Iterator[Reminder]:
    """Every reminder of a follow-up on that day, in order; they do not end."""
    yield Reminder(Stage.BEFORE, calendar.at(calendar.working_day_before(day), EVENING))
    yield Reminder(Stage.TODAY, calendar.at(day, MORNING))
    for count in itertools.count(1):
        day = calendar.next_working_day(day)
        yield Reminder(Stage.OVERDUE, calendar.at(day, MORNING), count)


def around(day: date, now: datetime, calendar: Calendar) -> tuple[Reminder | None, Reminder]:
    """The last reminder whose time has come (none yet: None), and the next one."""
    last = None
    for reminder in reminders(day, calendar):
        if reminder.at > now:
            return last, reminder
        last = reminder
    raise AssertionError("they do not end")
