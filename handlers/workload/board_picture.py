"""The board as a picture: a row for each committee, or for one committee and those of its coordinators that may be seen
(duty S1)."""

from chat.day import brief
from chat.texts import text
from exports.board import Board, BoardRow, Cell, Column, Legend, State
from exports.studio import Studio
from handlers import places
from handlers.desk import Desk
from handlers.paper import Gathered, file_name
from handlers.workload import amounts, overview, view
from handlers.workload.overview import Line
from handlers.workload.view import View
from models.database import Row
from workload import same_day
from workload.figures import RECORDS, Item
from workload.ledger import accuracy, reaches
from workload.rates import TARGETS, Quality, percent, verdict
from workload.standing import Tally, judged

ITEMS = (Item.VISITED, *RECORDS)


def gather(desk: Desk, paper: Row) -> Gathered | None:
    """The picture of a month."""
    with desk.db.snapshot():
        found = view.of_paper(desk, paper)
        if found is None:
            return None
        person, seen = found
        made = board(desk, person, seen, paper["language"])

    async def make(studio: Studio) -> bytes:
        return await studio.board(made)

    name = text(paper["language"], "board-file", place=made.title, month=seen.period)
    return Gathered(file_name(f"{name}.png"), f"{made.title} {seen.period}", make, picture=True)


def lines(desk: Desk, person: Row, seen: View) -> list[Line]:
    """The rows of a view: what it is of first."""
    month = seen.months[-1]
    if not seen.place:
        return overview.of_places(desk, [place["id"] for place in view.committees(desk, person)], month)
    people = view.coordinators(desk, person, seen.place, month)
    if seen.coordinator:
        people = [one for one in people if one["id"] == seen.coordinator]
    of_people = overview.of_coordinators(desk, seen.place, people, month)
    total = overview.of_place(desk, seen.place, month)
    return [*of_people, total] if seen.coordinator else [total, *of_people]


def board(desk: Desk, person: Row, seen: View, language: str) -> Board:
    """What the picture says. Equal figures of a day give an equal board: it is drawn once."""
    rows = lines(desk, person, seen)
    span = overview.span_of(desk, seen.months[-1])
    days, days_before = (len(desk.house.working_days(*both)) for both in ((span.first, span.last), span.before))
    target = percent(TARGETS[Quality.SAME_DAY])
    columns = (
        Column(text(language, "board-filed"), "%", 100),
        Column(text(language, "board-confirmed"), "%", 100),
        *(Column(amounts.name_of(item, language)) for item in ITEMS),
        Column(amounts.name_of(Item.SAME_DAY, language), "%", target),
        Column(text(language, "board-ledger"), "%", percent(TARGETS[Quality.ACCURACY])),
    )
    legend = Legend(
        **{state: text(language, f"board-legend-{state}") for state in State},
        beside=text(language, "board-legend-beside"),
    )
    return Board(
        places.name(desk, seen.place) if seen.place else text(language, "board-of-town"),
        text(language, "board-subtitle", month=seen.period, day=brief(span.last, language), days=days),
        columns,
        tuple(BoardRow(line.name, _cells(line)) for line in rows),
        legend,
        tuple(text(language, "board-notes", days=days_before).splitlines()),
    )


def _cells(line: Line) -> tuple[Cell, ...]:
    entered = same_day.entered(line.now)
    return (
        _weeks(line.filed),
        _weeks(line.confirmed),
        *(_item(line, item) for item in ITEMS),
        Cell(_percent(entered), None, State(judged(verdict(entered, TARGETS[Quality.SAME_DAY])))),
        Cell(_percent(accuracy(line.ledger)), None, State(judged(reaches(line.ledger)))),
    )


def _weeks(weeks: Tally) -> Cell:
    return Cell(_percent(weeks.rate), None, State(weeks.standing))


def _percent(rate: float | None) -> float | None:
    return None if rate is None else percent(rate)


def _item(line: Line, item: Item) -> Cell:
    return Cell(line.now.get(item), line.least(item), State(judged(line.verdict(item))))
