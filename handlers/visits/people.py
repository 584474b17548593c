"""Who may go along on a visit, and who reads of it: the staff of the committee, or the line where it has none (V1)."""

from collections.abc import Collection
from dataclasses import dataclass

from alerts.roster import answers_for, line
from handlers.desk import Desk, Turn
from handlers.visits import requests
from handlers.workload import committee
from models.database import Row
from models.person import Role
from models.place import below
from reminders.visit import OFFICER_FROM, ROLES

_STAFF = f"""
with recursive {below("select :place")}
select person.id, person.name, person.role, account.name as account, account.address, account.language
from person join account on account.id = person.account
where person.active and not account.blocked and person.role = :role and mark(account.name) <> :mark
and exists (select 1 from assignment join below on below.id = assignment.place where assignment.person = person.id)
and not exists (select 1 from leave where leave.person = person.id and taken_back_at is null
    and :day between first and last)
order by person.id
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be reached and may take a part."""

    person: int
    account: str
    address: str
    language: str


def candidates(desk: Desk, visit: Row, role: str) -> list[Candidate]:
    """Who may go along in this role: the committee's own, or, where it has none, who answers for the place.

    Never the applicant, nobody on leave, nobody who goes along already.
    """
    going = {part["account"] for part in requests.parts(desk, visit["id"])}
    own = [one for one in of_committee(desk, visit, role) if one.account not in going]
    return own or in_their_stead(desk, visit, going)


def of_committee(desk: Desk, visit: Row, role: str) -> list[Candidate]:
    """The staff of the committee in this role who can be reached today."""
    day = desk.house.today(desk.now).isoformat()
    rows = desk.db.all(_STAFF, {"place": visit["place"], "role": role, "mark": visit["mark"], "day": day})
    return [Candidate(row["id"], row["account"], row["address"], row["language"]) for row in rows]


def in_their_stead(desk: Desk, visit: Row, going: Collection[str] = ()) -> list[Candidate]:
    """The nearest step of the line where somebody can be reached and is at work: officers, deputies, town office."""
    for there in line(desk.db, visit["place"], desk.today):
        found = [
            Candidate(person.id, person.account, person.address, person.language)
            for person in there
            if person.is_there and person.account not in going and desk.db.mark(person.account) != visit["mark"]
        ]
        if found:
            return found
    return []


@dataclass(frozen=True, slots=True)
class Viewer:
    """What a member of the staff is to a visit. `role` is the part that is theirs; `may_take` are parts that are free.

    `decides`: they speak for the committee. `closely`: they read whom to ask for.
    """

    person: int
    role: str = ""
    may_take: tuple[str, ...] = ()
    decides: bool = False

    @property
    def closely(self) -> bool:
        return bool(self.role) or self.decides


def viewer(desk: Desk, visit: Row, account: str, persons: list[Row]) -> Viewer | None:
    """What this account's persons are to a visit; None: nothing, or they ask for it themselves."""
    if desk.db.mark(account) == visit["mark"]:
        return None
    parts = {part["role"]: part["person"] for part in requests.parts(desk, visit["id"])}
    own = {person["id"]: person for person in persons}
    role = next((role for role, person in parts.items() if person in own), "")
    if requests.is_talk(visit):
        return Viewer(parts[role], role) if role else None
    free: dict[str, int] = {}
    for each in ROLES:
        if each not in parts and not role:
            found = next((one for one in candidates(desk, visit, each) if one.person in own), None)
            if found:
                free[each] = found.person
    cadre = next(
        (p["id"] for p in persons if p["role"] == Role.CADRE and committee.role_at(desk, p["id"], visit["place"])), None
    )
    decides = role == "cadre" or cadre is not None
    if role:
        return Viewer(parts[role], role, (), decides)
    if free or cadre is not None:
        return Viewer(cadre or next(iter(free.values())), "", tuple(free), decides)
    if visit["late_days"] >= OFFICER_FROM:
        there = answers_for(desk.db, visit["place"], desk.today)
        answering = next((person for person in own if person in there), None)
        return Viewer(answering) if answering is not None else None
    return None


def of_turn(turn: Turn, visit: Row) -> Viewer | None:
    """What whoever's turn it is is to a visit."""
    return viewer(turn, visit, turn.incoming.account, turn.persons)


def going(desk: Desk, visit: Row) -> list[Candidate]:
    """Who goes along and can be reached."""
    return [
        Candidate(part["person"], part["account"], part["address"], part["language"])
        for part in requests.parts(desk, visit["id"])
        if part["address"] and not part["blocked"]
    ]


def concerned(desk: Desk, visit: Row) -> list[Candidate]:
    """Who hears of news: whoever goes along, and for a part that is free everybody who may take it; each chat once."""
    found: dict[str, Candidate] = {}
    taken = {part["role"] for part in requests.parts(desk, visit["id"])}
    found |= {one.address: one for one in going(desk, visit)}
    for role in requests.roles(visit):
        if role not in taken and not requests.is_talk(visit):
            for one in candidates(desk, visit, role):
                found.setdefault(one.address, one)
    return list(found.values())
