"""On which days nobody of the police answers for a place, because all who can be reached are on leave."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from alerts.roster import line
from models.database import Database

Days = tuple[date, date]  # the first and the last
_LEAVES = "select person, first, last from leave where taken_back_at is null and last >= ? and first <= ?"


def uncovered(first: date, last: date, away: Iterable[Collection[date]]) -> list[Days]:
    """When between two days everybody is away (`away`: of each person the days of leave); all the time for nobody."""
    absences = list(away)
    found: list[Days] = []
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        if not all(day in absent for absent in absences):
            continue
        if found and found[-1][1] == day - timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def gaps(db: Database, place: int, first: date, last: date) -> list[Days]:
    """When between two days no officer or deputy of a place who can be reached is at work."""
    away: dict[int, set[date]] = {person: set() for person in _police(db, place, first)}
    for row in db.all(_LEAVES, (first.isoformat(), last.isoformat())):
        if row["person"] in away:
            begins = max(date.fromisoformat(row["first"]), first)
            ends = min(date.fromisoformat(row["last"]), last)
            away[row["person"]].update(begins + timedelta(days=n) for n in range((ends - begins).days + 1))
    return uncovered(first, last, away.values())


def gaps_of_leave(db: Database, place: int, today: date, soon: date) -> list[Days]:
    """The same from today on, until the last day of the leaves that are under way or begin until `soon`; a place where
    nobody can be reached at all has none of these."""
    police = _police(db, place, today)
    leaves = db.all(_LEAVES, (today.isoformat(), soon.isoformat()))
    ends = [date.fromisoformat(row["last"]) for row in leaves if row["person"] in police]
    return gaps(db, place, today, max(ends)) if ends else []


def _police(db: Database, place: int, today: date) -> list[int]:
    return [person.id for step in line(db, place, today)[:2] for person in step if person.reachable]
