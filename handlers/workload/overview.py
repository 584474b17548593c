"""How committees and coordinators stand in a month: figures beside last year's, weeks, ledgers (duties S1, W1, W2, W7).

What is still being entered for a week that is not filed is not counted; neither here nor in any table or picture.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import ceil

from handlers import places
from handlers.desk import Desk
from handlers.workload import ledger, presence, week_round, workweek
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


@dataclass(frozen=True, slots=True)
class Line:
    """One committee, or one coordinator there: `now` and `then` the figures of the span and of the year before."""

    name: str
    span: Span
    now: dict[Item, int]
    then: dict[Item, int]
    days: int  # on which its people were at work, all of them together
    days_then: int
    filed: Tally
    confirmed: Tally
    ledger: Sample

    def least(self, item: Item) -> int | None:
        """The least that is not below last year's figure for as many days at work (duty W2)."""
        wanted = self._wanted(item)
        return None if wanted is None else ceil(wanted)

    def verdict(self, item: Item) -> Verdict:
        """Whether an item is not below that."""
        total = self.now.get(item, 0 if item in self.then else None)
        return against_last_year(total, self._wanted(item), self.days)

    def _wanted(self, item: Item) -> Fraction | None:
        return expected(self.then[item], self.days_then, self.days) if item in self.then else None


def span_of(desk: Desk, month: Month) -> Span:
    """The days of a month that has begun."""
    first, last = workweek.days_of(month)
    last, before = min(last, desk.house.today(desk.now)), workweek.a_year_before(first)
    return Span(first, last, before)


def of_places(desk: Desk, there: Sequence[int], month: Month) -> list[Line]:
    """Committees."""
    span = span_of(desk, month)
    people = {place: _people(desk, place, span) for place in there}
    states = _states(desk, [person for each in people.values() for person in each], month)
    return [
        _line(
            desk,
            places.name(desk, place),
            people[place],
            states,
            span,
            (
                workweek.figures_at(desk, place, span.first, span.last),
                workweek.figures_at(desk, place, *span.before),
            ),
            (presence.days_at(desk, place, span.first, span.last), presence.days_at(desk, place, *span.before)),
        )
        for place in there
    ]


def of_place(desk: Desk, place: int, month: Month) -> Line:
    """A committee."""
    return of_places(desk, [place], month)[0]


def _people(desk: Desk, place: int, span: Span) -> list[int]:
    return [one["id"] for one in workweek.coordinators_at(desk, place, span.first, span.last)]


def of_coordinators(desk: Desk, place: int, people: Iterable[Row], month: Month) -> list[Line]:
    """These coordinators (id and name), each with the work for a committee."""
    span, there = span_of(desk, month), list(people)
    states = _states(desk, [one["id"] for one in there], month)
    now = workweek.of_coordinators(desk, place, span.first, span.last)
    then = workweek.of_coordinators(desk, place, *span.before)
    lines = []
    for one in there:
        figures = now.get(one["id"], {}), then.get(one["id"], {})
        days = presence.days_of(desk, one["id"], span.first, span.last, place)
        days_then = presence.days_of(desk, one["id"], *span.before, place)
        lines.append(_line(desk, one["name"], [one["id"]], states, span, figures, (days, days_then)))
    return lines


def _line(
    desk: Desk,
    name: str,
    people: Sequence[int],
    states: "_States",
    span: Span,
    figures: tuple[dict[Item, int], dict[Item, int]],
    days: tuple[int, int],
) -> Line:
    theirs = [week for person in people for week in states.get(person, ())]
    filed = tally([state in DONE for state, _ in theirs], [over[0] for _, over in theirs])
    done = [(state, over) for state, over in theirs if state in DONE]
    confirmed = tally([state == WeekState.CONFIRMED for state, _ in done], [over[1] for _, over in done])
    return Line(name, span, *figures, *days, filed, confirmed, ledger.sample(desk, people, span.first, span.last))


_Over = tuple[bool, bool]  # whether the time to file a week, and the time to confirm it, are over
_States = Mapping[int, Sequence[tuple[str, _Over]]]


def _states(desk: Desk, people: Sequence[int], month: Month) -> _States:
    """The weeks of these coordinators that are due in a month: their state, and what is over of each."""
    today = desk.house.today(desk.now)
    mondays = [monday.isoformat() for monday in mondays_due(month, today, desk.house.is_working_day)]
    asked = _WEEKS.format(", ".join("?" * len(people)), ", ".join("?" * len(mondays)))
    away = {monday: presence.away(desk, date.fromisoformat(monday)) for monday in mondays}
    states = {
        (row["person"], row["monday"]): row["state"]
        for row in desk.db.all(asked, (*people, *mondays))
        if row["state"] != WeekState.OPEN or row["person"] not in away[row["monday"]]
    }
    present = week_round.monday_now(desk).isoformat()
    if present in mondays and month_of(today) == month:  # whoever has not opened it yet has not filed it either
        states = {(person, present): WeekState.OPEN.value for person in people if person not in away[present]} | states
    over = {monday: _over(desk, date.fromisoformat(monday)) for monday in mondays}
    found: dict[int, list[tuple[str, _Over]]] = defaultdict(list)
    for (person, monday), state in states.items():
        found[person].append((state, over[monday]))
    return found


def _over(desk: Desk, monday: date) -> _Over:
    times: dict[Kind, datetime] = moments(monday, desk.house.calendar)
    return desk.now >= times[Kind.OVERDUE], desk.now >= times[Kind.NOT_FILED]
