"""A month's total against the same month of the year before, by the days somebody was there to work (duty W2)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from workload.figures import Figures, Item, total
from workload.rates import Verdict


@dataclass(frozen=True, slots=True)
class Assignment:
    """A coordinator's time at a place, both days included (until None: still)."""

    place: int
    since: date
    until: date | None = None

    def covers(self, first: date, last: date) -> bool:
        """Whether it has every day from the first to the last."""
        return self.since <= first and (self.until is None or last <= self.until)


# The working days on which a coordinator was assigned and not on leave, each with its place.
Presence = Mapping[date, int]


def place_on(day: date, assignments: Iterable[Assignment]) -> int | None:
    """Where a coordinator was assigned on a day: of assignments that overlap, the later one."""
    there = [each for each in assignments if each.since <= day and (each.until is None or day <= each.until)]
    return max(there, key=lambda each: each.since).place if there else None


def presence(
    first: date,
    last: date,
    assignments: Collection[Assignment],
    leave: Collection[date],
    is_working_day: Callable[[date], bool],
) -> dict[date, int]:
    """The presence from the first to the last day."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    there = {day: place_on(day, assignments) for day in days if is_working_day(day) and day not in leave}
    return {day: place for day, place in there.items() if place is not None}


def days_by_place(presence: Presence) -> dict[int, int]:
    """How many days of a presence each place has."""
    return dict(Counter(presence.values()))


def by_place(by_day: Mapping[date, Figures], assignments: Collection[Assignment]) -> dict[int | None, dict[Item, int]]:
    """Figures by day as the sums of the places assigned on those days (None: of none); no figure is lost."""
    places = {day: place_on(day, assignments) for day in by_day}
    return {place: total(by_day[day] for day in by_day if places[day] == place) for place in set(places.values())}


def expected(last_year_total: int, last_year_days: int, this_year_days: int) -> Fraction | None:
    """Last year's total of the month, for as many days as there are this year; None without days last year."""
    return Fraction(last_year_total * this_year_days, last_year_days) if last_year_days > 0 else None


def against_last_year(total: int | None, expected: Fraction | None, this_year_days: int) -> Verdict:
    """Whether a month's total is not below what is expected. A month wholly on leave is unknown, not below."""
    if total is None or expected is None or this_year_days == 0:
        return Verdict.UNKNOWN
    return Verdict.MET if total >= expected else Verdict.MISSED
