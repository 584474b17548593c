"""The committees somebody has to do with, and those of the town."""

from handlers.desk import Desk, Turn
from models.database import Row
from models.place import PlaceKind, above, below

_MINE = """
select place from assignment where person in
    (select person.id from person join account on account.id = person.account where account.name = ? and person.active)
"""
_COMMITTEES = f"""
with recursive {below(_MINE)}, {above("select id from below")}
select id, name from place where id in (select id from above) and kind = 'committee' and active order by id
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
