"""Duty V3: which appointments can be had within office hours. Pure decisions; moments are UTC."""

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta

from chat.calendar import Calendar
from reminders.visit import AHEAD

LENGTH = timedelta(minutes=30)
DAYS = 14  # ahead

Hours = tuple[int, time, time]  # weekday, from, until; local


def free(hours: Iterable[Hours], now: datetime, calendar: Calendar, taken: Collection[datetime]) -> list[datetime]:
    """The slots of the next two weeks that nobody has taken, on working days; each begins and ends within the hours."""
    found: set[datetime] = set()
    kept = list(hours)
    today = now.astimezone(calendar.zone).date()
    for day in (today + timedelta(days=n) for n in range(DAYS + 1)):
        if not calendar.is_working_day(day):
            continue
        for weekday, first, last in kept:
            slot, end = calendar.at(day, first), calendar.at(day, last)
            while weekday == day.weekday() and slot + LENGTH <= end:
                found.add(slot)
                slot += LENGTH
    return sorted(slot for slot in found if slot > now + AHEAD and slot not in taken)
