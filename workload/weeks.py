"""Weeks of work (duty W1): ISO weeks, named by their Monday. One cut by a month belongs to both by working days."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta

IsWorkingDay = Callable[[date], bool]
Month = tuple[int, int]  # year, month

_FRIDAY = 4


def monday_of(day: date) -> date:
    """The Monday that names the week of a day."""
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> Month:
    """The month of a day, to be counted by."""
    return day.year, day.month


def working_days(monday: date, is_working_day: IsWorkingDay, absent: Collection[date] = ()) -> list[date]:
    """The days of a week that are worked, make-up Saturdays and Sundays among them, without those of leave."""
    days = (monday + timedelta(days=n) for n in range(7))
    return [day for day in days if is_working_day(day) and day not in absent]


def due(monday: date, is_working_day: IsWorkingDay) -> date | None:
    """The day a week's workload is due: the last working day up to Friday, otherwise its make-up day, if it has one."""
    days = working_days(monday, is_working_day)
    return max((day for day in days if day.weekday() <= _FRIDAY), default=max(days, default=None))


def parts(monday: date, is_working_day: IsWorkingDay, absent: Collection[date] = ()) -> dict[Month, int]:
    """The working days of a week by month."""
    return dict(Counter(month_of(day) for day in working_days(monday, is_working_day, absent)))


def spread(amount: int, days: Collection[date]) -> dict[date, int]:
    """An amount told for a week over its days, as evenly as can be, the earlier days first; below 0 for a correction.

    A smaller amount is nowhere more than a larger one, so that a correction of what was spread leaves no day below 0.
    Raises ValueError where there is no day for the amount.
    """
    ordered = sorted(set(days))
    if amount and not ordered:
        raise ValueError("no day to spread over")
    sign, last = -1 if amount < 0 else 1, len(ordered) - 1
    return {day: sign * ((abs(amount) + last - n) // len(ordered)) for n, day in enumerate(ordered)}


def corrected(entered: Mapping[date, int], amount: int, days: Collection[date]) -> dict[date, int]:
    """The differences by day that make `amount` (from 0) of what was entered by day; no day falls below 0.

    More is spread over `days`; less is taken from the days in proportion to what they have.
    """
    before = sum(entered.values())
    if amount >= before:
        return spread(amount - before, days)
    differences: dict[date, int] = {}
    reached = 0
    for day, figure in sorted(entered.items()):
        kept = (reached + figure) * amount // before - reached * amount // before
        reached += figure
        if kept != figure:
            differences[day] = kept - figure
    return differences
