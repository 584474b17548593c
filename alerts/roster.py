"""Who answers for a place: its officers, then their deputies, then the town office; and who of them is on leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.database import Database, Row
from models.person import Role
from models.place import above

LINE = (Role.OFFICER.value, Role.DEPUTY.value, Role.TOWN_OFFICE.value)

_LINE = """
with recursive above(id, parent, height) as (
    select id, parent, 0 from place where id = ?
    union all select place.id, place.parent, above.height + 1 from place join above on place.id = above.parent
)
select person.id, person.name, person.role, account.name as account, account.address,
       coalesce(account.language, person.language) as language, account.blocked,
       exists (select 1 from leave where leave.person = person.id and leave.taken_back_at is null
               and ? between leave.first and leave.last) as on_leave
from above join assignment on assignment.place = above.id join person on person.id = assignment.person
left join account on account.id = person.account
where person.active and person.role in ('officer', 'deputy', 'town_office')
order by above.height, person.id
"""
# The cross join keeps the few open alerts in front, by their own small index.
_LEFT = f"""
select alert.id as alert, alert.report, alert.place, alert.holder, alert.step, person.id, person.name, account.address
from alert cross join delivery on delivery.alert = alert.id join person on person.id = delivery.person
left join account on account.id = person.account
where alert.state <> 'closed' and not (
    person.active and person.role in ('officer', 'deputy', 'town_office') and exists (
        with recursive {above("select alert.place")}
        select 1 from assignment join above on above.id = assignment.place where assignment.person = person.id
    )
)
order by alert.place, alert.id, person.id limit ?
"""


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who answers for a place. `address` is empty where no account is bound; `on_leave`: on this day."""

    id: int
    name: str
    role: str
    account: str
    address: str
    language: str
    reachable: bool
    on_leave: bool = False

    @property
    def is_there(self) -> bool:
        """Whether they can be reached, and work on this day."""
        return self.reachable and not self.on_leave


def line(db: Database, place: int, today: date, *, about_staff: bool = False) -> tuple[tuple[OnDuty, ...], ...]:
    """The escalation steps of a place, nearest people first within a step; `today` in the house's zone.

    What is said `about_staff` goes to the town office alone: nobody may come upon a tip about themselves.
    """
    steps: dict[str, dict[int, OnDuty]] = {role: {} for role in LINE}
    for row in db.all(_LINE, (place, today.isoformat())):
        if about_staff and row["role"] != Role.TOWN_OFFICE:
            continue
        person = OnDuty(
            id=row["id"],
            name=row["name"],
            role=row["role"],
            account=row["account"] or "",
            address=row["address"] or "",
            language=row["language"],
            reachable=bool(row["address"]) and not row["blocked"],
            on_leave=bool(row["on_leave"]),
        )
        steps[person.role].setdefault(person.id, person)
    return tuple(tuple(steps[role].values()) for role in LINE)


def left(db: Database, limit: int) -> list[Row]:
    """Whom an open alert was sent to and who no longer answers for its place: removed, moved, or in another role."""
    return db.all(_LEFT, (limit,))


def answers_for(db: Database, place: int, today: date, *, about_staff: bool = False) -> dict[int, OnDuty]:
    """Everybody on the line of a place, by id."""
    return {person.id: person for step in line(db, place, today, about_staff=about_staff) for person in step}


def nearest(steps: Sequence[Sequence[OnDuty]]) -> list[OnDuty]:
    """Those of the first step who can be reached; who is on leave only where nobody else of these steps can be."""
    there = ([person for person in step if person.is_there] for step in steps)
    anyway = ([person for person in step if person.reachable] for step in steps)
    return next(filter(None, there), None) or next(filter(None, anyway), [])
