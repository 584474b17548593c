"""On which days nobody of the police answers for a place, because all who can be reached are on leave."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from alerts.roster import line
from models.database import Database

_LEAVES = """
select person, first, last from leave where taken_back_at is null and last >= ? and first <= ?
"""


def uncovered(days: Iterable[date], away: Iterable[Collection[date]]) -> list[date]:
    """The days on which everybody is away (`away`: of each person the days of leave); all of them for nobody."""
    absences = list(away)
    return [day for day in days if all(day in absent for absent in absences)]


def gaps(db: Database, place: int, first: date, last: date) -> list[date]:
    """The days between two on which no officer or deputy of a place who can be reached is at work."""
    police = [person.id for step in line(db, place, first)[:2] for person in step if person.reachable]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    away: dict[int, set[date]] = {person: set() for person in police}
    for row in db.all(_LEAVES, (first.isoformat(), last.isoformat())):
        if row["person"] in away:
            begins, ends = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
            away[row["person"]].update(day for day in days if begins <= day <= ends)
    return uncovered(days, away.values())
