"""Reports of the same thing: those near a new one are offered while it is filed, and the new one may be linked to one.

A form takes part by a question `same: Same = None`, and by `aware` and `offers`. What it need not ask once somebody has
said "the same thing" is asked where `alone` says so. Its submit gives `first` to handlers.filing as `same_as`, and its
`outdated` asks `gone`.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from math import asin, cos, radians, sin, sqrt
from typing import Annotated, Any

from chat.forms import Answers, Kind, Progress, Question
from handlers import reporter_card
from handlers.desk import Desk, Turn
from models.database import Row, opened
from models.place import above, below
from models.report import Report, ReportKind, ReportState

WITHIN = timedelta(hours=24)
METRES = 150.0
MOST = 4
LOOKED_AT = 200  # the newest open reports of a place: no more are compared
WHERE_LETTERS = 16  # of a place in a line that has to fit a button
EARTH = 6_371_008.8  # metres, the mean radius
NEAR = (
    "_near"  # the hidden answer: the ids that are offered, newest first; `same` counts them from 1, 0 is none of them
)

# The conditions of the index report_near, word for word, so that closed and linked reports cost nothing.
SEARCH = f"""
select {opened(Report, "id", "about", "happened_at", "spot", "reporter", "giver_mark")} from report
where place = ? and kind = ? and created_at > ? and state = 'open' and same_as is null and not about_staff
order by created_at desc limit {LOOKED_AT}
"""
_LINE = opened(Report, "id", "number", "kind", "about", "where", "place", "happened_at")
_MAY_SEE = f"""
with recursive {below("select place from assignment where person = ?")}, {above("select id from below")}
select 1 from place where id = ? and id in (select id from above)
and (select role from person where person.id = ?) <> 'town_office'
"""
_FIRST = "select id, state from report where id = coalesce((select same_as from report where id = :id), :id)"


@dataclass(frozen=True, slots=True)
class Happening:
    """What two reports are compared by. `spot` is latitude and longitude in degrees, None where none was given."""

    about: Collection[str]
    happened_at: datetime
    spot: Sequence[float] | None = None
    id: int = 0


def metres(one: Sequence[float], other: Sequence[float]) -> float:
    """The way between two spots along the surface of the earth (haversine)."""
    (north, east), (to_north, to_east) = ([radians(degrees) for degrees in spot] for spot in (one, other))
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


def may_be_same(one: Happening, other: Happening) -> bool:
    """Whether two reports of one kind and place may be of the same thing: by what, when and, where told, which spot."""
    if not set(one.about) & set(other.about) or abs(one.happened_at - other.happened_at) > WITHIN:
        return False
    return not one.spot or not other.spot or metres(one.spot, other.spot) <= METRES


def near(candidates: Iterable[Happening], this: Happening, most: int = MOST) -> list[Happening]:
    """Those of the candidates that may be the same thing as this, in their order, `most` at the utmost."""
    return list(islice((one for one in candidates if may_be_same(one, this)), most))


def search(turn: Turn, kind: ReportKind, place: int, this: Happening) -> list[int]:
    """The open reports by others that may be the same thing, newest first: first ones only, and none about staff."""
    own = {person["id"] for person in turn.persons}
    mark = turn.db.mark(turn.incoming.account)
    rows = turn.db.all(SEARCH, (place, kind.value, turn.now - WITHIN))
    candidates = (
        Happening(row["about"], row["happened_at"], row["spot"], row["id"])
        for row in rows
        if row["reporter"] not in own and (row["giver_mark"] is None or row["giver_mark"] != mark)
    )
    return [one.id for one in near(candidates, this)]


def aware(
    kind: ReportKind,
    needed: Sequence[str],
    about: Callable[[Turn, Answers], Collection[str]],
    place: Callable[[Turn, Answers], int],
) -> Callable[[Turn, Progress], dict[str, Any]]:
    """For `Conversation.aware`: looks for others once what is `needed` is answered, and whenever that or where changes.

    A form that does not ask when is about now. Where other reports are near than before, what was chosen among those
    is taken back.
    """

    def look(turn: Turn, progress: Progress) -> dict[str, Any]:
        answers = progress.answers
        if progress.step not in (*needed, "where") or not all(name in answers for name in needed):
            return {}
        spot = (answers.get("where") or {}).get("spot")
        happened_at = datetime.fromisoformat(answers["when"]["at"]) if "when" in answers else turn.now
        this = Happening(about(turn, answers), happened_at, spot)
        found = search(turn, kind, place(turn, answers), this)
        return {} if found == answers.get(NEAR, []) else {NEAR: found or None, "same": None}

    return look


def asked(answers: Answers) -> bool:
    """Whether there is anything near to ask about."""
    return bool(answers.get(NEAR))


Same = Annotated[int | None, Question(Kind.REPORT, when=asked, firm=True)]


def alone(answers: Answers) -> bool:
    """Whether this report stands for itself. What is said about staff always does: it goes to the town office only."""
    return not (asked(answers) and answers.get("same")) or answers.get("about_staff") == "yes"


def offers(turn: Turn, answers: Answers) -> Sequence[tuple[str, str]]:
    """The buttons of `same`: a line for each report near, for whom it may concern; for others yes or no."""
    rows = [(str(number), _still_open(turn, report)) for number, report in enumerate(answers.get(NEAR, ()), start=1)]
    still = [(number, row) for number, row in rows if row is not None]
    if still and not may_see(turn, still[0][1]["place"]):
        return [(still[0][0], turn.text("same-yes")), ("0", turn.text("same-no"))]
    return [*((number, line(turn, row)) for number, row in still), ("0", turn.text("same-none"))]


def may_see(turn: Turn, place: int) -> bool:
    """Whether somebody may read a line about a report of this place: it is in, under or over one of theirs.

    The town office works in no place: it reads nothing of a report that is not addressed to it.
    """
    return any(turn.db.one(_MAY_SEE, (person["id"], place, person["id"])) for person in turn.persons)


def _still_open(desk: Desk, report: int) -> Row | None:
    return desk.db.one(f"select {_LINE} from report where id = ?", (report,)) if _first(desk, report) else None


def line(turn: Turn, row: Row) -> str:
    """One line about a report: number, what, where, when. Who reported it is nobody's business here."""
    where = row["where"] if len(row["where"]) <= WHERE_LETTERS else row["where"][: WHERE_LETTERS - 1] + "…"
    what, when = reporter_card.about(row, turn.language), turn.local(row["happened_at"])
    return turn.text("same-line", number=row["number"], what=what, where=where, when=when)


def _first(desk: Desk, report: int) -> int | None:
    """The first report of the same thing, as links stand now; None where that is not open."""
    row = desk.db.one(_FIRST, {"id": report})
    return row["id"] if row is not None and row["state"] == ReportState.OPEN else None


def first(desk: Desk, answers: Answers) -> int | None:
    """The report that a filled form is the same thing as: always the first one. None where it stands for itself."""
    return None if alone(answers) else _first(desk, answers[NEAR][answers["same"] - 1])


def gone(desk: Desk, answers: Answers) -> tuple[str, str] | None:
    """For `Conversation.outdated`: what was chosen has ended in the meantime."""
    return None if alone(answers) or first(desk, answers) else ("same", "same-gone")
