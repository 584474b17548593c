"""Who is on leave on which days; and on which a coordinator was there, assigned and not on leave (duties W1, W2)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from handlers.desk import Desk
from models.database import Database, Row
from models.person import BEGINNING, Role
from models.place import below
from workload.comparison import Assignment, days_by_place, place_on, presence

# Since when somebody was there who was there before the records began is not known: they count from what is recorded.
_POSTINGS = f"""
select posting.person, posting.place, posting.until,
       iif(since = '{BEGINNING}', (select min(day) from workload_entry where person = posting.person), since) as since
from posting
"""
_OF_PLACE = f"""
with recursive {below("select ?")}
{_POSTINGS} where person in (select posting.person from below cross join posting on posting.place = below.id
                             join person on person.id = posting.person and person.role = '{Role.COORDINATOR.value}')
order by posting.person, posting.place
"""
_UNDER = f"with recursive {below('select ?')} select id from below"
_LEAVE = "select person, first, last from leave where taken_back_at is null and last >= ? and first <= ?"


def place_of(db: Database, person: int, day: date) -> int | None:
    """The place that a coordinator's work of a day belongs to; None where they had none."""
    rows = db.all("select place, since, until from posting where person = ? order by place", (person,))
    return place_on(day, map(_assignment, rows))


def leave(desk: Desk, person: int, first: date, last: date) -> set[date]:
    """The days of leave between two days, both included."""
    rows = desk.db.all(f"{_LEAVE} and person = ?", (first.isoformat(), last.isoformat(), person))
    return {day for row in rows for day in _days(row, first, last)}


def spans(desk: Desk, person: int, first: date, last: date) -> list[tuple[date, date]]:
    """The leaves between two days, each from its first to its last day between them."""
    rows = desk.db.all(f"{_LEAVE} and person = ? order by first", (first.isoformat(), last.isoformat(), person))
    return [(max(date.fromisoformat(row["first"]), first), min(date.fromisoformat(row["last"]), last)) for row in rows]


def on_leave(desk: Desk, day: date) -> set[int]:
    """Who is on leave on a day."""
    return {row["person"] for row in desk.db.all(_LEAVE, (day.isoformat(), day.isoformat()))}


def absences(desk: Desk, first: date, last: date) -> dict[int, set[date]]:
    """The days of leave between two days of everybody who has any."""
    found: dict[int, set[date]] = defaultdict(set)
    for row in desk.db.all(_LEAVE, (first.isoformat(), last.isoformat())):
        found[row["person"]].update(_days(row, first, last))
    return found


def away(desk: Desk, monday: date) -> set[int]:
    """Who is on leave on every working day of a week: they have nothing to file."""
    on = [on_leave(desk, day) for day in desk.house.working_days(monday, monday + timedelta(days=6))]
    return set.intersection(*on) if on else set()


def at_work(desk: Desk, person: int, first: date, last: date) -> list[date]:
    """The working days between two days on which a coordinator is not on leave."""
    absent = leave(desk, person, first, last)
    return [day for day in desk.house.working_days(first, last) if day not in absent]


def days_of(desk: Desk, person: int, first: date, last: date, place: int | None = None) -> int:
    """On how many days a coordinator was there, or of these at one place and below it."""
    rows = desk.db.all(f"{_POSTINGS} where posting.person = ? order by place", (person,))
    there = _there(desk, rows, first, last)
    if place is None:
        return sum(there.values())
    return sum(there.get(row["id"], 0) for row in desk.db.all(_UNDER, (place,)))


def days_at(desk: Desk, place: int, first: date, last: date) -> int:
    """On how many days coordinators were at a place and below it, all of them together."""
    there = _there(desk, desk.db.all(_OF_PLACE, (place,)), first, last)
    return sum(there.get(row["id"], 0) for row in desk.db.all(_UNDER, (place,)))


def _there(desk: Desk, postings: Iterable[Row], first: date, last: date) -> dict[int, int]:
    """The days of these people by place."""
    of_person: dict[int, list[Assignment]] = defaultdict(list)
    for row in postings:
        if row["since"] is not None:
            of_person[row["person"]].append(_assignment(row))
    absent = absences(desk, first, last)
    worked = frozenset(desk.house.working_days(first, last))
    sums: dict[int, int] = defaultdict(int)
    for person, assignments in of_person.items():
        if len(assignments) == 1 and person not in absent and assignments[0].covers(first, last):
            sums[assignments[0].place] += len(worked)  # so it is with nearly everybody
            continue
        there = presence(first, last, assignments, absent[person], worked.__contains__)
        for place, days in days_by_place(there).items():
            sums[place] += days
    return sums


def _assignment(row: Row) -> Assignment:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return Assignment(row["place"], date.fromisoformat(row["since"]), until)


def _days(row: Row, first: date, last: date) -> Collection[date]:
    """The days of a leave between two days."""
    begins, ends = max(date.fromisoformat(row["first"]), first), min(date.fromisoformat(row["last"]), last)
    return [begins + timedelta(days=n) for n in range((ends - begins).days + 1)]
