"""How something stands that is asked of a place or a coordinator (duty S1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workload.rates import Verdict, rate
from workload.weeks import IsWorkingDay, Month, due, monday_of, month_of


class Standing(StrEnum):
    """Done, to be done, overdue; below its target or last year's figure; not known."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    BELOW = "below"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of something there are, how many are done, and how many of the others are late."""

    whole: int = 0
    done: int = 0
    late: int = 0

    @property
    def rate(self) -> float | None:
        """The part that is done; None of nothing."""
        return rate(self.done, self.whole)

    @property
    def standing(self) -> Standing:
        """Overdue as soon as one is late."""
        if not self.whole:
            return Standing.UNKNOWN
        if self.late:
            return Standing.OVERDUE
        return Standing.DONE if self.done == self.whole else Standing.DUE


def tally(done: Collection[bool], late: Collection[bool]) -> Tally:
    """Each thing by whether it is done and whether its time is over; what is done is never late."""
    return Tally(len(done), sum(done), sum(over and not did for did, over in zip(done, late, strict=True)))


def judged(verdict: Verdict) -> Standing:
    """A figure against its target or last year's."""
    return {Verdict.MET: Standing.DONE, Verdict.MISSED: Standing.BELOW, Verdict.UNKNOWN: Standing.UNKNOWN}[verdict]


def mondays_due(month: Month, until: date, is_working_day: IsWorkingDay) -> list[date]:
    """The weeks whose workload is due in a month, each in one month only; none that begins after `until`."""
    first = monday_of(date(*month, 1))
    found = []
    for number in range(6):
        monday = first + timedelta(weeks=number)
        day = due(monday, is_working_day)
        if monday <= until and day is not None and month_of(day) == month:
            found.append(monday)
    return found
