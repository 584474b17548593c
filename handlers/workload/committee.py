"""The people of a committee whom its duties ask: its cadres, and the officers of the place."""

from alerts.roster import OnDuty, line, nearest
from handlers.desk import Desk, Turn
from models.database import Row
from models.person import Role
from models.place import below

READERS = (Role.CADRE, Role.OFFICER, Role.DEPUTY)  # of what a committee tells about itself
_CADRES = f"""
select person.id, account.address, account.language from person join assignment on assignment.person = person.id
join account on account.id = person.account
where assignment.place = ? and person.role = '{Role.CADRE.value}' and person.active and not account.blocked
"""
_ROLE = f"""
with recursive {below("select place from assignment where person = :person")}
select role from person where id = :person and active and exists (
    select 1 from place join below on below.id = place.id
    where place.id = :place and place.kind = 'committee' and place.active)
"""


def cadres(desk: Desk, place: int) -> list[Row]:
    """The cadres of a committee who can be reached: id, address, language."""
    return desk.db.all(_CADRES, (place,))


def officers(desk: Desk, place: int | None) -> list[OnDuty]:
    """The officers of a place, or where none can be reached, or all are on leave, their deputies; for no place nobody.

    Where deputies are no help either, the officers on leave.
    """
    return nearest(line(desk.db, place, desk.today)[:2]) if place is not None else []


def person_of(turn: Turn, place: int, *roles: Role) -> Row | None:
    """This account's person in one of these roles, if they answer for the committee."""
    there = (person for person in turn.persons if person["role"] in roles)
    return next((person for person in there if role_at(turn, person["id"], place)), None)


def role_at(desk: Desk, person: int, place: int) -> str | None:
    """The role of somebody of the staff who answers for a committee; None of whoever does not."""
    row = desk.db.one(_ROLE, {"person": person, "place": place})
    return str(row["role"]) if row else None
