"""How committees and coordinators stand in a month: figures beside last year's, weeks, ledgers (duties S1, W1, W2, W7).

What is still being entered for a week that is not filed is not counted; neither here nor in any table or picture.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import ceil

from handlers import places
from handlers.desk import Desk
from handlers.workload import ledger, week_round, workweek
from models.database import Row
from models.workload import WeekState
from workload.comparison import against_last_year, expected
from workload.figures import Item
from workload.ledger import Sample
from workload.rates import Verdict
from workload.standing import Tally, mondays_due, tally
from workload.sweep import Kind, moments
from workload.weeks import Month, month_of

DONE = (WeekState.FILED.value, WeekState.CONFIRMED.value)
_WEEKS = "select person, monday, state from workload_week where person in ({}) and monday in ({})"


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a month that are counted (of the present one those until today), and the month a year before."""

    first: date
    last: date
    before: tuple[date, date]
    days: int  # on which people work
    days_before: int


@dataclass(frozen=True, slots=True)
class Line:
    """One committee, or one coordinator there: `now` and `then` the figures of the span and of the year before."""

    name: str
    span: Span
    now: dict[Item, int]
    then: dict[Item, int]
    filed: Tally
    confirmed: Tally
    ledger: Sample

    def least(self, item: Item) -> int | None:
        """The least that is not below last year's figure for as many working days (duty W2)."""
        wanted = self._wanted(item)
        return None if wanted is None else ceil(wanted)

    def verdict(self, item: Item) -> Verdict:
        """Whether an item is not below that."""
        total = self.now.get(item, 0 if item in self.then else None)
        return against_last_year(total, self._wanted(item), self.span.days)

    def _wanted(self, item: Item) -> Fraction | None:
        return expected(self.then[item], self.span.days_before, self.span.days) if item in self.then else None


def span_of(desk: Desk, month: Month) -> Span:
    """The days of a month that has begun."""
    first, last = workweek.days_of(month)
    last, before = min(last, desk.house.today(desk.now)), workweek.a_year_before(first)
    days, days_before = (len(desk.house.working_days(*both)) for both in ((first, last), before))
    return Span(first, last, before, days, days_before)


def of_place(desk: Desk, place: int, month: Month) -> Line:
    """A committee."""
    span = span_of(desk, month)
    people = [one["id"] for one in workweek.coordinators_at(desk, place, span.first, span.last)]
    now = workweek.figures_at(desk, place, span.first, span.last)
    then = workweek.figures_at(desk, place, *span.before)
    return _line(desk, places.name(desk, place), people, month, span, now, then)


def of_coordinators(desk: Desk, place: int, people: Iterable[Row], month: Month) -> list[Line]:
    """These coordinators (id and name), each with the work for a committee."""
    span = span_of(desk, month)
    now = workweek.of_coordinators(desk, place, span.first, span.last)
    then = workweek.of_coordinators(desk, place, *span.before)
    return [
        _line(desk, one["name"], [one["id"]], month, span, now.get(one["id"], {}), then.get(one["id"], {}))
        for one in people
    ]


def _line(
    desk: Desk,
    name: str,
    people: Sequence[int],
    month: Month,
    span: Span,
    now: dict[Item, int],
    then: dict[Item, int],
) -> Line:
    filed, confirmed = _weeks(desk, people, month)
    return Line(name, span, now, then, filed, confirmed, ledger.sample(desk, people, span.first, span.last))


def _weeks(desk: Desk, people: Sequence[int], month: Month) -> tuple[Tally, Tally]:
    """Of the weeks that are due in a month: those filed, and of these those confirmed."""
    today = desk.house.today(desk.now)
    mondays = [monday.isoformat() for monday in mondays_due(month, today, desk.house.is_working_day)]
    asked = _WEEKS.format(", ".join("?" * len(people)), ", ".join("?" * len(mondays)))
    states = {(row["person"], row["monday"]): row["state"] for row in desk.db.all(asked, (*people, *mondays))}
    present = week_round.monday_now(desk).isoformat()
    if present in mondays and month_of(today) == month:  # whoever has not opened it yet has not filed it either
        states = {(person, present): WeekState.OPEN.value for person in people} | states
    over = {monday: _over(desk, date.fromisoformat(monday)) for monday in mondays}
    filed = tally([state in DONE for state in states.values()], [over[monday][0] for _, monday in states])
    waiting = {week: state for week, state in states.items() if state in DONE}
    confirmed = tally(
        [state == WeekState.CONFIRMED for state in waiting.values()], [over[monday][1] for _, monday in waiting]
    )
    return filed, confirmed


def _over(desk: Desk, monday: date) -> tuple[bool, bool]:
    """Whether the time to file a week, and the time to confirm it, are over."""
    times: dict[Kind, datetime] = moments(monday, workweek.calendar(desk))
    return desk.now >= times[Kind.OVERDUE], desk.now >= times[Kind.NOT_FILED]
