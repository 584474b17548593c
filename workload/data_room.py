"""Who runs a committee's data room, and when its cadres are asked for it (duty S2)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from chat.calendar import Calendar
from workload.sweep import MORNING

LAST = 7  # the day of the month until which a question that was slept through is still asked


class Task(StrEnum):
    """One heads the data room, at least one enters the data."""

    HEAD = "head"
    ENTRY = "entry"


def missing(staff: Mapping[Task, Collection[int]]) -> list[Task]:
    """The tasks for which there is nobody."""
    return [task for task in Task if not staff.get(task)]


def asked_on(now: datetime, calendar: Calendar) -> date | None:
    """The month (its first day) whose question has its time now: from its first working day at 09:00 on."""
    there = now.astimezone(calendar.zone)
    month = there.date().replace(day=1)
    first = calendar.next_working_day(month - timedelta(days=1))
    is_time = calendar.is_working_day(there.date()) and there.time() >= MORNING
    return month if is_time and there.date() >= first and (there.day <= LAST or there.date() == first) else None
