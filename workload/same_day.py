"""What was not entered the same day, and when it is asked about (duty W4)."""

from datetime import date, datetime, time
from enum import StrEnum

from chat.calendar import Calendar
from workload.figures import RECORDS, Figures, Item
from workload.rates import rate
from workload.sweep import MORNING

EVENING = time(18)


class Cause(StrEnum):
    """The usual causes; INCOMPLETE: what the entry needs was not at hand at the place, nothing about whom it is of."""

    SYSTEM = "system"
    NETWORK = "network"
    INCOMPLETE = "incomplete"
    HOUR = "hour"
    OTHER = "other"


class Round(StrEnum):
    """In the evening the day itself is asked about; next morning what was entered for it later, or slept through."""

    EVENING = "same_day"
    MORNING = "same_day_rest"


def shortfall(figures: Figures) -> int:
    """How many of a day's records were not entered the same day."""
    return max(sum(figures.get(item, 0) for item in RECORDS) - figures.get(Item.SAME_DAY, 0), 0)


def entered(figures: Figures) -> float | None:
    """The part of the records that were entered the same day; None without records, or where that was not told."""
    if Item.SAME_DAY not in figures:
        return None
    return rate(figures[Item.SAME_DAY], sum(figures.get(item, 0) for item in RECORDS))


def rounds(now: datetime, calendar: Calendar) -> list[tuple[Round, date]]:
    """Which rounds have their time now, each with the day that it is about; none on a day off."""
    there = now.astimezone(calendar.zone)
    today = there.date()
    if not calendar.is_working_day(today):
        return []
    found: list[tuple[Round, date]] = []
    if there.time() >= MORNING:
        found.append((Round.MORNING, calendar.working_day_before(today)))
    if there.time() >= EVENING:
        found.append((Round.EVENING, today))
    return found


def is_late(day: date, answered_at: datetime, calendar: Calendar) -> bool:
    """Whether an answer came after the end of the day that it is about."""
    return answered_at.astimezone(calendar.zone).date() > day
