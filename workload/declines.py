"""Who was below last year's figures two months running, and when a month is closed for the question (duty W2).

It is decided by groups of items, not by every small one: dwellings visited, and records, which are those taken, changed
and cancelled together, for one year's new records are the next year's changes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from chat.calendar import Calendar
from workload.comparison import against_last_year, expected
from workload.figures import RECORDS, Figures, Item
from workload.rates import RUNNING, Verdict, months_below
from workload.sweep import MORNING
from workload.weeks import Month, month_of

CLOSES = 5  # the working day of the next month on which a month is closed, whatever is not confirmed
LAST = 15  # the day of the next month until which a closing that was slept through is made up for


class Group(StrEnum):
    VISITED = "visited"
    RECORDS = "records"


ITEMS = {Group.VISITED: (Item.VISITED,), Group.RECORDS: RECORDS}


class Cause(StrEnum):
    """The usual causes: an action last year that made much work, leave, another area, the weather."""

    CAMPAIGN = "campaign"
    LEAVE = "leave"
    AREA = "area"
    WEATHER = "weather"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Compared:
    """A month's figures and the days at work in it, beside the same month of the year before."""

    figures: Figures
    days: int
    before: Figures
    days_before: int

    def figure(self, group: Group) -> int | None:
        """What was entered of a group; None where nothing was."""
        return _sum(group, self.figures)

    def wanted(self, group: Group) -> Fraction | None:
        """What last year's is for as many days; None where that is not known."""
        before = _sum(group, self.before)
        return None if before is None else expected(before, self.days_before, self.days)

    def verdict(self, group: Group) -> Verdict:
        return against_last_year(self.figure(group), self.wanted(group), self.days)


def _sum(group: Group, figures: Figures) -> int | None:
    entered = [figures[item] for item in ITEMS[group] if item in figures]
    return sum(entered) if entered else None


def declined(months: Collection[Compared]) -> list[Group]:
    """The groups that were below in each of the last two months (the oldest first). What is not known is not below."""
    return [group for group in Group if months_below([month.verdict(group) for month in months]) >= RUNNING]


@dataclass(frozen=True, slots=True)
class Closing:
    """A look at the month that is over. `final`: it is closed; before that, only where every week is confirmed."""

    month: Month
    day: date  # that names the look: each is made once
    final: bool


def closing(now: datetime, calendar: Calendar) -> Closing | None:
    """The look that has its time now: each working morning until the month closes, the last one made up for."""
    there = now.astimezone(calendar.zone)
    today, first = there.date(), there.date().replace(day=1)
    if there.time() < MORNING or today.day > LAST or not calendar.is_working_day(today):
        return None
    fifth = calendar.working_day_after(first - timedelta(days=1), CLOSES)
    return Closing(month_of(first - timedelta(days=1)), min(today, fifth), today >= fifth)


def month_before(month: Month) -> Month:
    """The month before a month."""
    return month_of(date(*month, 1) - timedelta(days=1))
