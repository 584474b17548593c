"""The minutes of a meeting as they are kept: begun, written point by point, sent, objected to, final (M1, M2)."""

from typing import Any

from handlers import attaching, reminding
from handlers.desk import Desk
from handlers.meetings import actions, attendance, occasions, points
from handlers.workload import view
from models.database import Row, opened, sealing
from models.meeting import OccasionState
from models.minutes import (
    Minutes,
    MinutesPoint,
    MinutesState,
    MinutesWord,
    Objection,
    ObjectionState,
    Presence,
    Word,
)
from reminders.minutes import may_begin, term_ends
from reminders.plan import heard_at

MOST_POINTS = 40
MOST_OBJECTIONS = 3  # of one person
MOST_PHOTOS = 4  # of one point
MOST_PHOTOS_IN_ALL = 20
LONGEST_BOTH = 2000  # characters of a point's text
Content = dict[str, Any]  # what a version says, whatever language it is read in; see `content`

_MINUTES = f"""
select {opened(Minutes, "id", "occasion", "state", "by", "version", "content", "sent_at", "final_at", "told_at")}
from minutes
"""
_POINTS = f"""
select {opened(MinutesPoint, "id", "minutes", "point", "kind", "heading", "by", "words", "revision", "written_by")},
       person.name as who, writer.name as writer
from minutes_point join person on person.id = minutes_point.by
left join person as writer on writer.id = minutes_point.written_by
"""
_OBJECTIONS = f"""
select {opened(Objection, "id", "minutes", "person", "point", "words", "state", "decided_by")}, person.name
from objection join person on person.id = objection.person
"""
_PERSON = """
select person.id, person.name, person.role, account.address, coalesce(account.language, person.language) as language
from person join account on account.id = person.account
where person.active and not account.blocked and account.address <> '' and person.id = ?
"""
_TO_WRITE = f"""
select meeting.id from meeting join meeting_series on meeting_series.id = meeting.series
join meeting_invited on meeting_invited.occasion = meeting.id
left join minutes on minutes.occasion = meeting.id
where meeting.starts_at between ? and ? and meeting.state <> '{OccasionState.CANCELLED.value}'
and meeting_invited.person in (%s) and coalesce(minutes.state, 'writing') = '{MinutesState.WRITING.value}'
order by meeting.starts_at desc
"""


def card(occasion: int) -> str:
    """What the card of the minutes of an occasion is called in every chat."""
    return f"minutes:{occasion}"


def load(desk: Desk, occasion: int) -> Row | None:
    """The minutes of an occasion, if there are any."""
    return desk.db.one(f"{_MINUTES} where minutes.occasion = ?", (occasion,))


def may_write(desk: Desk, occasion: Row, row: Row | None) -> bool:
    """Whether a manager may write the minutes now: in time, or whatever the time if somebody has begun."""
    if occasion["state"] == OccasionState.CANCELLED or (row is not None and row["state"] != MinutesState.WRITING):
        return False
    begun = row is not None and row["by"] is not None
    return begun or may_begin(occasion["starts_at"], desk.now, desk.house.calendar)


def is_offered(desk: Desk, occasion: Row, *, manager: bool) -> bool:
    """Whether there is anything of minutes to be shown or written."""
    row = load(desk, occasion["id"])
    if row is not None and row["state"] != MinutesState.WRITING:
        return True
    return manager and may_write(desk, occasion, row)


def to_write(desk: Desk, persons: list[Row]) -> Row | None:
    """The last meeting of which one of these persons may write the minutes and has not sent them."""
    managers = [person for person in persons if person["role"] in occasions.CALLERS]
    if not managers:
        return None
    there = {place["id"] for person in managers for place in view.committees(desk, person)}
    asked = _TO_WRITE % ", ".join("?" * len(managers))
    found = desk.db.all(asked, (desk.now - occasions.AHEAD, desk.now, *(person["id"] for person in managers)))
    for one in found:
        occasion = occasions.load(desk, one["id"])
        assert occasion is not None
        if occasion["place"] in there and may_write(desk, occasion, load(desk, one["id"])):
            return occasion
    return None


def opened_for(desk: Desk, occasion: Row) -> Row:
    """The minutes of an occasion, opened where they were not, with the points it has been about."""
    new = desk.db.insert_new(Minutes, occasion=occasion["id"])
    row = load(desk, occasion["id"])
    assert row is not None
    if new or row["state"] == MinutesState.WRITING:
        there = {point["point"] for point in points_of(desk, row)}
        for point in points.handed_in(desk, occasion):
            if point["id"] not in there:
                _add(desk, row, point["by"], point["words"], kind=point["kind"], point=point["id"])
    return row


def begin(desk: Desk, occasion: Row, by: int) -> Row:
    """Somebody writes the minutes; who was first is their writer."""
    row = opened_for(desk, occasion)
    if row["by"] is None:
        desk.db.execute("update minutes set by = ?, look_at = ? where id = ?", (by, desk.now, row["id"]))
    return now(desk, row)


def now(desk: Desk, row: Row) -> Row:
    """The same minutes as they are now."""
    fresh = load(desk, row["occasion"])
    assert fresh is not None
    return fresh


def points_of(desk: Desk, row: Row) -> list[Row]:
    """The points in the order in which they were taken up."""
    return desk.db.all(f"{_POINTS} where minutes_point.minutes = ? order by minutes_point.id", (row["id"],))


def point(desk: Desk, number: int) -> Row | None:
    return desk.db.one(f"{_POINTS} where minutes_point.id = ?", (number,))


def add_point(desk: Desk, row: Row, by: int, heading: str) -> int:
    """A point that came up; returns its number."""
    return _add(desk, row, by, heading)


def _add(desk: Desk, row: Row, by: int, heading: str, *, kind: str = "", point: int | None = None) -> int:
    return desk.db.insert(MinutesPoint, minutes=row["id"], point=point, kind=kind, heading=heading, by=by)


def write(desk: Desk, number: int, words: str, by: int) -> None:
    """What was said to a point."""
    update = (
        f"update minutes_point set words = {sealing(MinutesPoint, 'words')}, revision = revision + 1, written_by = ? "
        "where id = ?"
    )
    desk.db.execute(update, (words, by, number))


def photos(desk: Desk, number: int) -> list[int]:
    """The photos of a point, by the numbers of their attachments."""
    asked = "select id from attachment where minutes_point = ? and state = 'kept' order by id"
    return [row["id"] for row in desk.db.all(asked, (number,))]


def put_photos(desk: Desk, row: Row, number: int, attachments: list[int]) -> bool:
    """These photos are a point's from now on, and no others; what is no photo is not kept. Whether all were."""
    attaching.drop(desk, minutes_point=number)
    room = MOST_PHOTOS_IN_ALL - sum(len(photos(desk, each["id"])) for each in points_of(desk, row))
    return attaching.hand_over(desk, attachments, room, minutes_point=number)


def send(desk: Desk, occasion: Row, row: Row, by: Row) -> Row:
    """A version goes out to everybody invited, and from now on may be objected to; the meeting has taken place."""
    if occasion["state"] == OccasionState.PLANNED:
        points.taken(desk, occasion)
        occasions.done(desk, occasion)
    update = (
        f"update minutes set state = ?, content = {sealing(Minutes, 'content')}, by = coalesce(by, ?), "
        "version = version + 1, sent_at = ?, look_at = ? where id = ?"
    )
    ends = term_ends(desk.now, desk.house.calendar)
    says = content(desk, occasion, row)
    desk.db.execute(update, (MinutesState.DRAFT.value, says, by["id"], desk.now, ends, row["id"]))
    _tell_all(desk, row, Word.SENT, but=by["id"])
    return now(desk, row)


def finish(desk: Desk, row: Row) -> None:
    """Nothing is changed any more; objections that nobody decided are noted."""
    undecided = "update objection set state = ? where minutes = ? and state = ?"
    desk.db.execute(undecided, (ObjectionState.KEPT.value, row["id"], ObjectionState.OPEN.value))
    says = {**row["content"], "noted": _noted(desk, row)} if row["content"] else None
    sealed = sealing(Minutes, "content")
    update = f"update minutes set state = ?, content = {sealed}, final_at = ?, look_at = null where id = ?"
    desk.db.execute(update, (MinutesState.FINAL.value, says, desk.now, row["id"]))
    desk.db.execute("delete from minutes_word where minutes = ? and kind = ?", (row["id"], Word.OBJECTION.value))
    _tell_all(desk, row, Word.FINAL)


def content(desk: Desk, occasion: Row, row: Row) -> Content:
    """All that a version says; it stays so, whatever becomes of points and items. People stand in it by their ids:
    the name of somebody who is erased goes from it, too."""
    guests = attendance.listed(desk, occasion["id"])
    return {
        "there": [guest.person for guest in guests if guest.presence is Presence.THERE],
        "absent": [guest.person for guest in guests if guest.presence is Presence.ABSENT],
        "stand_ins": [[guest.person, guest.stand_in] for guest in guests if guest.presence is Presence.STAND_IN],
        "points": [
            {
                "kind": each["kind"],
                "heading": each["heading"],
                "who": each["by"],
                "words": each["words"],
                "photos": photos(desk, each["id"]),
            }
            for each in points_of(desk, row)
        ],
        "items": [
            {"words": item["words"], "who": item["owner"], "day": item["day"]}
            for item in actions.agreed_at(desk, occasion["id"])
        ],
        "noted": _noted(desk, row),
    }


def changes(desk: Desk, occasion: Row, row: Row) -> set[int | None] | None:
    """What a new version would say otherwise than the one that was sent, as objections name it: points by their ids,
    None: who was there. None instead of a set: it would say the same."""
    before, after = row["content"], content(desk, occasion, row)
    if all(before[part] == after[part] for part in after if part != "noted"):
        return None
    people = any(before[part] != after[part] for part in ("there", "absent", "stand_ins"))
    found: set[int | None] = {None} if people else set()
    for place, each in enumerate(points_of(desk, row)):
        if before["points"][place : place + 1] != after["points"][place : place + 1]:
            found.add(each["id"])
    return found


def read(desk: Desk, says: Content) -> Content:
    """What a version says, with the names of people as they are now."""
    names = {row["id"]: row["name"] for row in desk.db.all("select id, name from person")}

    def named(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**part, "who": names[part["who"]]} for part in parts]

    people = {name: [names[person] for person in says[name]] for name in ("there", "absent")}
    stand_ins = [[names[person], stand_in] for person, stand_in in says["stand_ins"]]
    return {**people, "stand_ins": stand_ins, **{name: named(says[name]) for name in ("points", "items", "noted")}}


def _noted(desk: Desk, row: Row) -> list[dict[str, Any]]:
    """The objections that the minutes note: `point` is the place of the point among the points, 0: attendance."""
    order = [each["id"] for each in points_of(desk, row)]
    return [
        {"point": order.index(each["point"]) + 1 if each["point"] else 0, "who": each["person"], "words": each["words"]}
        for each in objections(desk, row)
        if each["state"] == ObjectionState.KEPT
    ]


def objections(desk: Desk, row: Row) -> list[Row]:
    return desk.db.all(f"{_OBJECTIONS} where objection.minutes = ? order by objection.id", (row["id"],))


def objection(desk: Desk, number: int) -> Row | None:
    return desk.db.one(f"{_OBJECTIONS} where objection.id = ?", (number,))


def may_object(desk: Desk, row: Row, person: int) -> bool:
    """Whether this person, who was invited, may still hold something against the draft."""
    own = [each for each in objections(desk, row) if each["person"] == person]
    return in_term(desk, row) and len(own) < MOST_OBJECTIONS


def in_term(desk: Desk, row: Row) -> bool:
    """Whether it is a draft that may be objected to, and corrected."""
    sent: Any = row["sent_at"]
    return bool(row["state"] == MinutesState.DRAFT and desk.now < term_ends(sent, desk.house.calendar))


def object_to(desk: Desk, occasion: Row, row: Row, person: int, point: int | None, words: str) -> None:
    """Somebody objects; whoever keeps the minutes hears of it."""
    number = desk.db.insert(Objection, minutes=row["id"], person=person, point=point, words=words, at=desk.now)
    for keeper in keepers(desk, occasion, row):
        _tell(desk, row, keeper["id"], Word.OBJECTION, number)


def decide(desk: Desk, row: Row, number: int, state: ObjectionState, by: int) -> bool:
    """An objection is corrected or kept; false where somebody was quicker."""
    update = "update objection set state = ?, decided_by = ? where id = ? and state = ?"
    if not desk.db.execute(update, (state.value, by, number, ObjectionState.OPEN.value)):
        return False
    desk.db.execute("delete from minutes_word where objection = ?", (number,))
    each = objection(desk, number)
    assert each is not None
    if state is ObjectionState.KEPT:
        _tell(desk, row, each["person"], Word.KEPT, number)
    return True


def reachable(desk: Desk, person: int) -> Row | None:
    """Somebody of the staff who can be told something: id, name, role, address, language."""
    return desk.db.one(_PERSON, (person,))


def keepers(desk: Desk, occasion: Row, row: Row | None) -> list[Row]:
    """Whoever sees to the minutes: who writes them, or else called the meeting, or else everybody who manages it."""
    invited = [each["person"] for each in occasions.invited(desk, occasion["id"])]
    found = [person for each in invited if (person := reachable(desk, each)) and manages(desk, occasion, person)]
    for first in (row["by"] if row is not None else None, occasion["called_by"]):
        if one := [person for person in found if person["id"] == first]:
            return one
    return found


def manages(desk: Desk, occasion: Row, person: Row) -> bool:
    """Whether somebody (id, role) may write and correct the minutes of a meeting to which they are invited."""
    there = view.committees(desk, person) if person["role"] in occasions.CALLERS else ()
    return occasion["place"] in [place["id"] for place in there]


def _tell_all(desk: Desk, row: Row, kind: Word, but: int = 0) -> None:
    """Everybody invited is told once they may be told anything; what waited of an older version is forgotten."""
    older = "delete from minutes_word where minutes = ? and kind in ('sent', 'final')"
    desk.db.execute(older, (row["id"],))
    reminding.recall(desk, card(row["occasion"]))
    for each in occasions.invited(desk, row["occasion"]):
        if each["person"] != but:
            _tell(desk, row, each["person"], kind)


def _tell(desk: Desk, row: Row, person: int, kind: Word, objection: int | None = None) -> None:
    due_at = heard_at(desk.now, desk.house.calendar, reminding.settings_of(desk, person))
    desk.db.insert(MinutesWord, minutes=row["id"], person=person, kind=kind.value, objection=objection, due_at=due_at)
