"""Who is assigned where: the rows of today, and their history by days (duty W2). Every change is made here."""

from collections.abc import Collection
from datetime import date, timedelta

from models.database import Database
from models.person import BEGINNING, Assignment, Posting

_ENDED = "update posting set until = ? where person = ? and place = ? and until is null"
_AGAIN = "update posting set until = null where person = ? and place = ? and until = ?"


def assign(db: Database, person: int, places: Collection[int], day: date | None) -> None:
    """These are somebody's places from this day on (None: they were since before the records began).

    A place that is taken away had them until the day before: no day of a move is counted twice.
    """
    had = {row["place"] for row in db.all("select place from assignment where person = ?", (person,))}
    since = day.isoformat() if day else BEGINNING
    before = (day - timedelta(days=1)).isoformat() if day else BEGINNING
    for place in sorted(had - set(places)):
        _end(db, person, place, before)
    for place in sorted(set(places) - had):
        db.insert(Assignment, person=person, place=place)
        if not db.execute(_AGAIN, (person, place, before)):  # given back on the day it was taken away
            db.insert(Posting, person=person, place=place, since=since)


def end(db: Database, person: int, day: date) -> int:
    """Somebody leaves: this is their last day. Returns how many places they had."""
    places = db.all("select place from assignment where person = ?", (person,))
    for row in places:
        _end(db, person, row["place"], day.isoformat())
    return len(places)


def _end(db: Database, person: int, place: int, last: str) -> None:
    db.execute("delete from assignment where person = ? and place = ?", (person, place))
    db.execute(_ENDED, (last, person, place))
    db.execute("delete from posting where person = ? and until < since", (person,))  # it was for no day


def was_there(db: Database, person: int, day: date) -> None:
    """A file of history tells of somebody's work on a day: they were at their first place before what we know."""
    earlier = """
    update posting set since = ? where person = ?
    and since = (select min(since) from posting where person = ?) and since > ?
    """
    db.execute(earlier, (BEGINNING, person, person, day.isoformat()))
