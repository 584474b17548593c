"""The agenda of a meeting as it is kept: points that wait for the next one, their order, and counts (M1, M2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.desk import Desk
from handlers.meetings import occasions
from models.agenda import AgendaPoint
from models.database import Row, opened
from models.meeting import OccasionState
from models.place import below
from models.report import ReportState

MOST_WAITING = 20  # points of one person
_SINCE = timedelta(days=31)  # what is counted for the first meeting of all
# A point waits where it is on no agenda, or on that of a meeting that did not take place.
_WAITS = """
(agenda_point.occasion is null or exists (select 1 from meeting as other where other.id = agenda_point.occasion
    and (other.state = 'cancelled' or other.state = 'planned' and other.starts_at < :gone)))
"""
_POINTS = f"""
select {opened(AgendaPoint, "id", "by", "kind", "words", "occasion")}, person.name
from agenda_point join person on person.id = agenda_point.by
where agenda_point.place = :place
and (agenda_point.occasion = :occasion or :collects and (:until is null or agenda_point.at <= :until) and {_WAITS})
order by agenda_point.rank = 0, agenda_point.rank, agenda_point.id
"""
_EARLIER = """
select 1 from meeting join meeting_series on meeting_series.id = meeting.series
where meeting_series.place = ? and meeting.state = 'planned' and meeting.starts_at >= ?
and (meeting.starts_at, meeting.id) < (?, ?)
"""
_LAST = """
select max(meeting.starts_at) as "at [MOMENT]" from meeting join meeting_series on meeting_series.id = meeting.series
where meeting_series.place = ? and meeting.state = 'done' and meeting.starts_at < ?
"""
_REPORTS = f"""
with recursive {below("select :place")}
select count(*) filter (where state = '{ReportState.OPEN.value}') as open,
       count(*) filter (where state = '{ReportState.CLOSED.value}' and closed_at >= :since) as closed
from report where place in (select id from below) and not about_staff
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reports of a place are open now, and how many were closed since its last meeting."""

    open: int
    closed: int


def add(desk: Desk, place: int, by: int, kind: str, words: str) -> None:
    """A point for the next meeting of a committee's people."""
    desk.db.insert(AgendaPoint, place=place, by=by, kind=kind, words=words, at=desk.now)


def waiting_of(desk: Desk, person: int) -> int:
    """How many points of this person wait."""
    asked = f"select count(*) as n from agenda_point where by = :person and {_WAITS}"
    row = desk.db.one(asked, {"person": person, "gone": desk.now - occasions.LASTS})
    assert row is not None
    return int(row["n"])


def of(desk: Desk, occasion: Row) -> list[Row]:
    """The points of a meeting in their order: of the next one of the place, also what waits."""
    return _of(desk, occasion, collects=_collects(desk, occasion), until=None)


def handed_in(desk: Desk, occasion: Row) -> list[Row]:
    """The points of a meeting that has begun; where nobody called it done, also what waited for it when it began."""
    if occasion["state"] == OccasionState.PLANNED and occasions.is_over(desk, occasion):
        return _of(desk, occasion, collects=True, until=occasion["starts_at"])
    return of(desk, occasion)


def _of(desk: Desk, occasion: Row, *, collects: bool, until: datetime | None) -> list[Row]:
    asked = {
        "place": occasion["place"],
        "occasion": occasion["id"],
        "gone": desk.now - occasions.LASTS,
        "collects": collects,
        "until": until,
    }
    return desk.db.all(_POINTS, asked)


def new(occasion: Row, found: list[Row]) -> int:
    """How many of these points are not on the confirmed agenda yet."""
    return sum(point["occasion"] != occasion["id"] for point in found)


def _collects(desk: Desk, occasion: Row) -> bool:
    """Whether this is the meeting that what waits is for."""
    if occasions.is_over(desk, occasion):
        return False
    since = desk.now - occasions.LASTS
    return not desk.db.one(_EARLIER, (occasion["place"], since, occasion["starts_at"], occasion["id"]))


def moved(desk: Desk, occasion: Row, point: int, by: int) -> bool:
    """A point goes up (`by` -1) or down (1) by one; false where it cannot."""
    order = [row["id"] for row in of(desk, occasion)]
    if point not in order or not 0 <= order.index(point) + by < len(order):
        return False
    place = order.index(point)
    order[place], order[place + by] = order[place + by], order[place]
    for rank, each in enumerate(order, start=1):
        desk.db.execute("update agenda_point set rank = ? where id = ?", (rank, each))
    return True


def confirmed(desk: Desk, occasion: Row) -> bool:
    """This is the agenda, with all that waits; false where it was confirmed as it is already."""
    found = of(desk, occasion)
    if occasion["agenda_at"] is not None and not new(occasion, found):
        return False
    desk.db.execute("update meeting set agenda_at = ? where id = ?", (desk.now, occasion["id"]))
    taken(desk, occasion)
    return True


def taken(desk: Desk, occasion: Row) -> None:
    """What stood on the agenda belongs to this meeting: it waits no longer."""
    for point in handed_in(desk, occasion):
        desk.db.execute("update agenda_point set occasion = ? where id = ?", (occasion["id"], point["id"]))


def counts(desk: Desk, occasion: Row) -> Counts:
    """The reports of the meeting's place, as counts; what concerns staff is not among them."""
    last = desk.db.one(_LAST, (occasion["place"], occasion["starts_at"]))
    since = last["at"] if last and last["at"] else desk.now - _SINCE
    row = desk.db.one(_REPORTS, {"place": occasion["place"], "since": since})
    assert row is not None
    return Counts(row["open"], row["closed"])


def last_done(desk: Desk, persons: list[int]) -> Row | None:
    """The last meeting that took place to which these persons were invited."""
    marks = ", ".join("?" * len(persons))
    row = desk.db.one(
        "select meeting.id from meeting join meeting_invited on meeting_invited.occasion = meeting.id "
        f"where meeting.state = '{OccasionState.DONE.value}' and meeting_invited.person in ({marks}) "
        "order by meeting.starts_at desc limit 1",
        persons,
    )
    return occasions.load(desk, row["id"]) if row else None
