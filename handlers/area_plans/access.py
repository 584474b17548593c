"""Who may do what with an area plan: by role and place (duty P1; scope.md, "Least access")."""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.roster import OnDuty, line
from handlers.desk import Desk, Turn
from handlers.meetings import occasions
from handlers.workload import committee, view
from models.area_plan import PlanState
from models.database import Row
from models.person import Role
from models.place import PlaceKind, below

PROPOSERS = (Role.COORDINATOR, Role.CADRE, Role.OFFICER)
OFFICERS = (Role.OFFICER, Role.DEPUTY)  # who speak for the police at the place
MOST_AREAS = 40
_AREAS = f"""
with recursive {below("select place from assignment where person = ?")}
select place.id, place.name, place.kind, coalesce(case when place.kind = 'area' then place.parent end, place.id)
    as committee
from place join below on below.id = place.id
where place.active and place.kind in ('{PlaceKind.AREA.value}', '{PlaceKind.COMMITTEE.value}')
order by place.kind, place.id limit {MOST_AREAS}
"""
_STAFF = (Role.COORDINATOR.value, Role.CADRE.value, Role.OFFICER.value, Role.DEPUTY.value)


@dataclass(frozen=True, slots=True)
class Area:
    """Where somebody may propose a plan, and as which of their persons."""

    name: str
    committee: int
    person: int
    role: str


@dataclass(frozen=True, slots=True)
class Rights:
    """Which persons of an account stand how to a plan; None where none does."""

    anybody: Row | None = None  # who may see it
    officer: Row | None = None
    town: Row | None = None
    cadre: Row | None = None
    walker: Row | None = None  # a coordinator of the place
    lead: Row | None = None
    proposer: Row | None = None

    @property
    def manager(self) -> Row | None:
        """Who says what is done, by whom, until when."""
        return self.lead or self.officer

    @property
    def inspector(self) -> Row | None:
        """Who may tell what an inspection came to."""
        return self.lead or self.officer or self.walker


def areas(turn: Turn) -> dict[int, Area]:
    """The places that this account may propose, by their number."""
    found: dict[int, Area] = {}
    for person in turn.persons:
        if person["role"] in PROPOSERS:
            for row in turn.db.all(_AREAS, (person["id"],)):
                area = Area(row["name"], row["committee"], person["id"], person["role"])
                found.setdefault(row["id"], area)
    return found


def committees(desk: Desk, persons: Sequence[Row]) -> list[int]:
    """The committees whose plans these persons (id and role) may see."""
    return list(dict.fromkeys(place["id"] for person in persons for place in view.committees(desk, person)))


def rights(desk: Desk, plan: Row, persons: Sequence[Row]) -> Rights:
    """What these persons (id and role) of one account are to a plan."""
    there = [p for p in persons if plan["committee"] in [c["id"] for c in view.committees(desk, p)]]
    if not there:
        return Rights()

    def first(*roles: Role) -> Row | None:
        return next((person for person in there if person["role"] in roles), None)

    lead, walkers = lead_of(desk, plan), coordinators(desk, plan)
    return Rights(
        anybody=there[0],
        officer=first(*OFFICERS),
        town=first(Role.TOWN_OFFICE),
        cadre=first(Role.CADRE),
        walker=next((person for person in there if person["id"] in walkers), None),
        lead=next((person for person in there if person["id"] == lead), None),
        proposer=next((person for person in there if person["id"] == plan["proposed_by"]), None),
    )


def cadres(desk: Desk, plan: Row) -> list[int]:
    """The cadres of the committee, who may lead it."""
    return occasions.people(desk, plan["committee"], [Role.CADRE.value])


def lead_of(desk: Desk, plan: Row) -> int | None:
    """Who leads it; None where nobody does, or who did is no cadre of the committee any more."""
    lead: int | None = plan["lead"]
    return lead if lead is not None and lead in cadres(desk, plan) else None


def coordinators(desk: Desk, plan: Row) -> list[int]:
    """The coordinators of the place itself."""
    return occasions.people(desk, plan["place"], [Role.COORDINATOR.value])


def inspectors(desk: Desk, plan: Row) -> list[int]:
    """Who inspects the place together: who leads the plan, its officers, the coordinators of the place."""
    lead = lead_of(desk, plan)
    police = [officer.id for officer in officers(desk, plan)]
    return list(dict.fromkeys([*([] if lead is None else [lead]), *police, *coordinators(desk, plan)]))


def staff(desk: Desk, plan: Row) -> list[int]:
    """Whoever may be given a measure: the committee's people and its officers."""
    return occasions.people(desk, plan["committee"], list(_STAFF))


def officers(desk: Desk, plan: Row) -> list[OnDuty]:
    """The officers, or where none can be reached their deputies."""
    return committee.officers(desk, plan["committee"])


def town(desk: Desk, plan: Row) -> list[OnDuty]:
    """The town office that supervises the place."""
    return list(line(desk.db, plan["committee"], desk.today)[-1])


def is_open(plan: Row) -> bool:
    """Whether something may still be done about it."""
    return plan["state"] in (PlanState.PROPOSED, PlanState.RUNNING)
