"""Leave of anybody on the staff: which days may be entered, and what is left of one that is taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workload.weeks import IsWorkingDay, monday_of

LONG = 60  # days; a longer leave is asked about once more
AHEAD = 366  # days that a leave may begin from today, or last


class Problem(StrEnum):
    PAST = "past"
    FAR = "far"
    ORDER = "order"  # it ends before it begins
    OVERLAP = "overlap"
    OFF = "off"  # nobody works on any of these days


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of a leave."""

    first: date
    last: date

    @property
    def is_long(self) -> bool:
        return (self.last - self.first).days >= LONG

    def meets(self, other: "Span") -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


def earliest(today: date) -> date:
    """The first day a leave may have: last week is still being filed, what is older was."""
    return monday_of(today) - timedelta(days=7)


def problem(span: Span, today: date, others: Iterable[Span], is_working_day: IsWorkingDay) -> Problem | None:
    """Why a leave cannot be entered beside the others; None where it can."""
    if span.first < earliest(today):
        return Problem.PAST
    if (span.first - today).days > AHEAD or (span.last - span.first).days > AHEAD:
        return Problem.FAR
    if span.last < span.first:
        return Problem.ORDER
    if any(span.meets(other) for other in others):
        return Problem.OVERLAP
    days = (span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1))
    return None if any(map(is_working_day, days)) else Problem.OFF


def kept(span: Span, today: date) -> Span | None:
    """What stays of a leave that is taken back: the days before today, where it is under way; otherwise none."""
    return Span(span.first, today - timedelta(days=1)) if span.first < today <= span.last else None
