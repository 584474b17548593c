"""The committees somebody has to do with, those of the town, and where reporters work: the places of their forms."""

from collections.abc import Sequence

from chat.forms import Answers
from handlers.desk import Desk, Turn
from models.database import Row
from models.person import REPORTERS
from models.place import PlaceKind, above, below

_MINE = """
select place from assignment where person in
    (select person.id from person join account on account.id = person.account where account.name = ? and person.active)
"""
_COMMITTEES = f"""
with recursive {below(_MINE)}, {above("select id from below")}
select id, name from place where id in (select id from above) and kind = 'committee' and active order by id
"""
_WORKED_IN = f"""
with recursive {below("select place from assignment where person = ?")}
select place.id, place.name from place join below on below.id = place.id
where place.active and place.kind in ('area', 'committee') order by place.kind, place.id limit 10
"""


def committees_of(turn: Turn) -> list[Row]:
    """The committees in, under or over the places of this account's persons: id and name."""
    return turn.db.all(_COMMITTEES, (turn.incoming.account,)) if turn.persons else []


def committees(desk: Desk) -> list[Row]:
    """Every committee that is there now: id and name."""
    return desk.db.all("select id, name from place where kind = 'committee' and active order by id")


def committee(desk: Desk, place: int) -> Row | None:
    """This place, if it is a committee that is there now."""
    return desk.db.one(
        "select id, name from place where id = ? and kind = ? and active", (place, PlaceKind.COMMITTEE.value)
    )


def name(desk: Desk, place: int) -> str:
    """What a place is called."""
    row = desk.db.one("select name from place where id = ?", (place,))
    return str(row["name"]) if row else ""


def worked_in(turn: Turn) -> dict[int, str]:
    """The areas and committees that this reporter works in, with what they are called."""
    person = turn.person_in(*REPORTERS)
    rows = turn.db.all(_WORKED_IN, (person["id"],)) if person else []
    return {row["id"]: row["name"] for row in rows}


def offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    """The buttons that answer where something is."""
    return [(str(place), name) for place, name in worked_in(turn).items()] if step == "where" else ()


def chosen(turn: Turn, answers: Answers) -> int:
    """The place of a report: the first of the reporter's where it was told in words; 0 where there is none."""
    return int(answers["where"].get("place") or next(iter(worked_in(turn)), 0))


def gone(turn: Turn, answers: Answers) -> tuple[str, str] | None:
    """For `Conversation.outdated`: a place that was closed, or taken from this reporter."""
    places = worked_in(turn)
    if not places:
        return "where", "no-place"
    return None if chosen(turn, answers) in places else ("where", "place-gone")
