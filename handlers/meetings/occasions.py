"""Meetings as they are kept: series, their occasions, who is invited, and what each is still to be told (M1, M2)."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from chat.rhythm import MOST
from handlers import reminding
from handlers.desk import Desk
from handlers.reminding import recall
from models.database import Row, columns, opened
from models.meeting import Answer, Invited, Occasion, OccasionState, Series
from models.person import Role
from models.place import above, below
from reminders import own_times, plan
from reminders.plan import Told
from reminders.series import Off, days, first_day
from reminders.series import moved as held_on

MOST_INVITED = 300
COMING = (Answer.YES.value, Answer.LATE.value)
AHEAD = timedelta(days=14)  # for so long occasions are open before they take place
LASTS = timedelta(hours=2)  # for so long it may still be answered, moved or called done
YEAR = timedelta(days=366)  # every rule of ours has a day in it
SERIES_AT_ONCE = 5  # opened in one transaction
_LOOK_AGAIN = time(0, 5)
CALLERS = {
    Role.OFFICER.value: (Role.COORDINATOR.value, Role.OFFICER.value),
    Role.CADRE.value: (Role.COORDINATOR.value, Role.CADRE.value, Role.OFFICER.value),
}  # who may call a meeting -> whom it brings together
_OCCASION = f"""
select meeting.id, meeting.series, meeting.day, meeting.starts_at, meeting.state, meeting.by_hand, meeting.agenda_at,
       place.name as place_name, {opened(Series, "place", "called_by", "rule", "at", "off", "room", "made_at")},
       series_times.evening, series_times.lead
from meeting join meeting_series on meeting_series.id = meeting.series join place on place.id = meeting_series.place
left join series_times on series_times.series = meeting.series
"""
_PEOPLE = f"""
with recursive {below("select :place")}, {above("select :place")}
select min(person.id) as id from person join assignment on assignment.person = person.id
where person.active and person.role in (select value from json_each(:roles))
and (select active from place where id = :place)
and assignment.place in (select id from below union select id from above)
group by coalesce(person.account, -person.id) order by 1
"""
_INVITED = """
select meeting_invited.person, answer, told, person.name, person.account is null or account.blocked as unreachable
from meeting_invited join person on person.id = meeting_invited.person left join account on account.id = person.account
where occasion = ? order by meeting_invited.person
"""
_CHANGE = (
    "insert into meeting_change (occasion, at) values (?, ?) on conflict (occasion) do update set at = excluded.at"
)
_OPEN_TO = """
select meeting_invited.occasion, meeting_invited.person from meeting_invited
join meeting on meeting.id = meeting_invited.occasion where meeting.state <> 'done' and meeting.starts_at > :now
"""


def card(occasion: int) -> str:
    """What the card of an occasion is called in every chat."""
    return f"meeting:{occasion}"


def load(desk: Desk, occasion: int) -> Row | None:
    """An occasion with what its series says of it."""
    return desk.db.one(f"{_OCCASION} where meeting.id = ?", (occasion,))


def is_over(desk: Desk, occasion: Row) -> bool:
    """Whether nothing is to be said or done about it any more."""
    return bool(occasion["state"] != OccasionState.PLANNED or desk.now > occasion["starts_at"] + LASTS)


def invited(desk: Desk, occasion: int) -> list[Row]:
    """Everybody invited: person, name, answer, what they were told, whether they cannot be reached."""
    return desk.db.all(_INVITED, (occasion,))


def _persons(desk: Desk, occasion: Row) -> list[int]:
    return [row["person"] for row in invited(desk, occasion["id"])]


def people(desk: Desk, place: int, roles: list[str]) -> list[int]:
    """The staff of a place in these roles, nobody twice who has two of them."""
    rows = desk.db.all(_PEOPLE, {"place": place, "roles": list(roles)})
    return [row["id"] for row in rows]


def of_person(desk: Desk, persons: list[int]) -> list[Row]:
    """The occasions of the next two weeks to which these persons are invited, and their answers."""
    marks = ", ".join("?" * len(persons))
    mine = f"select occasion, person, answer from meeting_invited where person in ({marks})"
    return desk.db.all(
        f"select shown.*, mine.answer from ({_OCCASION} where meeting.state = 'planned' and meeting.starts_at "
        f"between ? and ?) as shown join ({mine}) as mine on mine.occasion = shown.id "
        "group by shown.id order by shown.starts_at",
        (desk.now - LASTS, desk.now + AHEAD, *persons),
    )


def all_of(desk: Desk, persons: list[int], since: datetime) -> list[Row]:
    """Every occasion from a moment on to which these persons are invited, in whatever state, and their answers."""
    marks = ", ".join("?" * len(persons))
    mine = f"select occasion, max(answer) as answer from meeting_invited where person in ({marks}) group by occasion"
    return desk.db.all(
        f"select shown.*, mine.answer from ({_OCCASION} where meeting.starts_at >= ?) as shown "
        f"join ({mine}) as mine on mine.occasion = shown.id order by shown.starts_at",
        (since, *persons),
    )


def coming_at(desk: Desk, places: list[int], until: datetime) -> list[Row]:
    """The occasions at these places that are still to come, until a moment."""
    marks = ", ".join("?" * len(places))
    asked = f"{_OCCASION} where meeting.state = 'planned' and meeting.starts_at between ? and ?"
    return desk.db.all(
        f"{asked} and meeting_series.place in ({marks}) order by meeting.starts_at", (desk.now, until, *places)
    )


def count_within(desk: Desk, persons: list[int], first: date, last: date) -> int:
    """How many meetings between two days these persons are invited to, and have not said that they do not come."""
    marks = ", ".join("?" * len(persons))
    asked = (
        "select count(distinct meeting.id) as n from meeting_invited join meeting on meeting.id = occasion "
        "where meeting.state = 'planned' and meeting.starts_at > ? and meeting.starts_at >= ? "
        f"and meeting.starts_at < ? and answer <> 'no' and person in ({marks})"
    )
    row = desk.db.one(asked, (desk.now, *desk.bounds(first, last), *persons))
    assert row is not None
    return int(row["n"])


def changed_at(desk: Desk, occasion: Row) -> datetime:
    """When an occasion was moved or cancelled last; where it never was, when its series was made."""
    row = desk.db.one("select at from meeting_change where occasion = ?", (occasion["id"],))
    moment: datetime = row["at"] if row else occasion["made_at"]
    return moment


def of_series(desk: Desk, series: int) -> list[Row]:
    """The occasions of a series that are still to come."""
    asked = f"{_OCCASION} where meeting.series = ? and meeting.state = 'planned' and meeting.starts_at > ?"
    return desk.db.all(f"{asked} order by meeting.starts_at", (series, desk.now))


def make(desk: Desk, place: int, caller: Row, rule: str, day: date | None, at: time, off: str, room: str) -> int:
    """A new series, or a single meeting on `day`; its occasions are opened. Returns its number."""
    there = desk.now.astimezone(desk.house.zone)
    since = there.date() + timedelta(days=there.time() >= at)
    series = desk.db.insert(
        Series,
        place=place,
        called_by=caller["id"],
        rule=rule,
        first=(day or first_day(rule, since)).isoformat(),
        at=f"{at:%H:%M}",
        off=off,
        room=room,
        roles=list(CALLERS[caller["role"]]),
        made_at=desk.now,
        look_at=desk.now,
        calendar=desk.house.days.version,
    )
    _open(desk, _series(desk, series))
    return series


def first_of(desk: Desk, series: int) -> datetime:
    """When the first meeting of a series begins, opened or not."""
    row = _series(desk, series)
    first = date.fromisoformat(row["first"])
    return desk.house.calendar.at(min(_days(desk, row, first, first + YEAR).values()), time.fromisoformat(row["at"]))


def open_due(desk: Desk) -> None:
    """Open the occasions of the next two weeks, once a day for each series. Called by the tick."""
    due = "select id from meeting_series where look_at <= ? order by look_at limit ?"
    for row in desk.db.all(due, (desk.now, SERIES_AT_ONCE)):
        _open(desk, _series(desk, row["id"]))


def look_again(desk: Desk) -> None:
    """The calendar has changed: every series is looked at soon, a few at a time."""
    desk.db.execute("update meeting_series set look_at = ? where look_at > ?", (desk.now, desk.now))


def _series(desk: Desk, series: int) -> Row:
    row = desk.db.one(f"select {columns(Series)} from meeting_series where id = ?", (series,))
    assert row is not None
    return row


def _days(desk: Desk, series: Row, since: date, until: date) -> dict[date, date]:
    first = date.fromisoformat(series["first"])
    return days(series["rule"], first, Off(series["off"] or Off.AFTER), desk.house.is_working_day, since, until)


def _open(desk: Desk, series: Row) -> None:
    """Its occasions of the next two weeks, each once, and everybody invited who belongs to its people today."""
    if series["calendar"] != desk.house.days.version:
        _fit(desk, series)
    today = desk.house.today(desk.now)
    ahead = AHEAD if series["rule"] else timedelta(days=MOST)
    hour = time.fromisoformat(series["at"])
    for nominal, day in _days(desk, series, today, today + ahead).items():
        starts_at = desk.house.calendar.at(day, hour)
        if starts_at > desk.now:
            desk.db.insert_new(Occasion, series=series["id"], day=nominal.isoformat(), starts_at=starts_at)
    coming = of_series(desk, series["id"])
    staff = people(desk, series["place"], series["roles"])
    for occasion in coming:
        _invite(desk, occasion, staff)
    again = desk.house.calendar.at(today + timedelta(days=1), _LOOK_AGAIN) if series["rule"] or coming else None
    update = "update meeting_series set look_at = ?, calendar = ? where id = ?"
    desk.db.execute(update, (again, desk.house.days.version, series["id"]))


def _fit(desk: Desk, series: Row) -> None:
    """The calendar has changed: what nobody moved is held on the day that the rule means now, and all is planned anew.

    Of two that meet on one day, the earlier one is held.
    """
    held: set[datetime] = set()
    for occasion in of_series(desk, series["id"]):
        starts_at = _by_rule(desk, series, occasion)
        if starts_at in held:
            cancelled(desk, occasion, by=0)
        elif starts_at != occasion["starts_at"]:
            desk.db.execute("update meeting set starts_at = ? where id = ?", (starts_at, occasion["id"]))
            _changed(desk, occasion, _ask_again(desk, occasion, but=series["called_by"]))
        else:
            replanned(desk, occasion, _persons(desk, occasion))
        held.add(starts_at)


def _by_rule(desk: Desk, series: Row, occasion: Row) -> datetime:
    """When an occasion begins by its series and the calendar, unless somebody moved it or it would be over already."""
    now: datetime = occasion["starts_at"]
    if occasion["by_hand"] or not series["rule"]:
        return now
    off = Off(series["off"] or Off.AFTER)
    day = held_on(date.fromisoformat(occasion["day"]), off, desk.house.is_working_day)
    starts_at = desk.house.calendar.at(day, time.fromisoformat(series["at"]))
    return starts_at if starts_at > desk.now else now


def _invite(desk: Desk, occasion: Row, staff: list[int]) -> None:
    """Invite whoever has come to the place since; who has left it is invited no longer."""
    there = set(_persons(desk, occasion))
    for person in there - set(staff):
        desk.db.execute("delete from meeting_invited where occasion = ? and person = ?", (occasion["id"], person))
        _forget_waiting(desk, occasion["id"], person)
    come = [person for person in staff if person not in there]
    knows = {occasion["called_by"]: {"answer": Answer.YES.value, "told": occasion["starts_at"]}}
    asked = {"occasion": occasion["id"], "answer": "", "told": None}
    desk.db.insert_all(Invited, [{**asked, "person": person, **knows.get(person, {})} for person in come])
    replanned(desk, occasion, come)


def answered(desk: Desk, occasion: Row, person: int, answer: Answer) -> None:
    """Somebody says whether they come: they know of the meeting then, whether the invitation went out or not."""
    update = "update meeting_invited set answer = ?, told = ? where occasion = ? and person = ?"
    desk.db.execute(update, (answer.value, occasion["starts_at"], occasion["id"], person))
    replanned(desk, occasion, [person])


def learned(desk: Desk, occasion: Row, person: int) -> None:
    """Somebody has looked at the meeting as it is now: they need not be told of that any more."""
    update = "update meeting_invited set told = ? where occasion = ? and person = ?"
    desk.db.execute(update, (occasion["starts_at"], occasion["id"], person))
    replanned(desk, occasion, [person])


def moved(desk: Desk, occasion: Row, starts_at: datetime, by: int) -> Row:
    """Another time: everybody is told, and asked again. `by` knows. Returns the occasion as it is now."""
    desk.db.execute("update meeting set starts_at = ?, by_hand = 1 where id = ?", (starts_at, occasion["id"]))
    came = _ask_again(desk, occasion, but=by)
    known = "update meeting_invited set told = ? where occasion = ? and person = ?"
    desk.db.execute(known, (starts_at, occasion["id"], by))
    return _changed(desk, occasion, came)


def _ask_again(desk: Desk, occasion: Row, but: int) -> set[int]:
    """Everybody is asked anew. Returns who had said that they come: they hear of it even if on leave that day."""
    came = {row["person"] for row in invited(desk, occasion["id"]) if row["answer"] in COMING}
    desk.db.execute("update meeting_invited set answer = '' where occasion = ? and person <> ?", (occasion["id"], but))
    return came


def cancelled(desk: Desk, occasion: Row, by: int) -> Row:
    """It does not take place: everybody who knows of it is told but `by`. Returns the occasion as it is now."""
    desk.db.execute("update meeting set state = ? where id = ?", (OccasionState.CANCELLED.value, occasion["id"]))
    desk.db.execute("update meeting_invited set told = null where occasion = ? and person = ?", (occasion["id"], by))
    return _changed(desk, occasion)


def done(desk: Desk, occasion: Row) -> None:
    """It has taken place: nobody hears of it any more."""
    desk.db.execute("update meeting set state = ? where id = ?", (OccasionState.DONE.value, occasion["id"]))
    recall(desk, card(occasion["id"]))
    for row in invited(desk, occasion["id"]):
        _forget_waiting(desk, occasion["id"], row["person"])


def ended(desk: Desk, series: int, by: int) -> int:
    """The series is held no more; its open occasions are cancelled. Returns how many those were."""
    desk.db.execute("update meeting_series set look_at = null where id = ?", (series,))
    coming = of_series(desk, series)
    for occasion in coming:
        cancelled(desk, occasion, by)
    return len(coming)


def _changed(desk: Desk, occasion: Row, came: Collection[int] = ()) -> Row:
    """What waits to be sent of it holds no longer, nor what calendars have of it."""
    desk.db.execute(_CHANGE, (occasion["id"], desk.now))
    now = load(desk, occasion["id"])
    assert now is not None
    recall(desk, card(occasion["id"]))
    replanned(desk, now, _persons(desk, occasion), came)
    return now


def as_planned(occasion: Row) -> plan.Occasion:
    """An occasion as its reminders are planned."""
    cancelled = occasion["state"] == OccasionState.CANCELLED
    return plan.Occasion(occasion["starts_at"], cancelled, own_times.times(occasion["evening"], occasion["lead"]))


def replan_account(desk: Desk, account: int) -> None:
    """What waits for whoever uses this account is planned anew: they chose other times."""
    whose = "and meeting_invited.person in (select id from person where account = :whose)"
    _replan(desk, whose, account)


def replan_series(desk: Desk, series: int) -> None:
    """What waits of a series is planned anew for everybody: other times were chosen for it."""
    _replan(desk, "and meeting.series = :whose", series)


def _replan(desk: Desk, whose: str, number: int) -> None:
    persons: dict[int, list[int]] = {}
    for row in desk.db.all(f"{_OPEN_TO} {whose}", {"now": desk.now, "whose": number}):
        persons.setdefault(row["occasion"], []).append(row["person"])
    for number, those in persons.items():
        occasion = load(desk, number)
        assert occasion is not None
        replanned(desk, occasion, those)


def replanned(desk: Desk, occasion: Row, persons: Collection[int], came: Collection[int] = ()) -> None:
    """What waits for these people is what is still to be said of the occasion as it is now; what was sent stays.

    `came`: who had said that they come before they were asked again.
    """
    asked = "select person, answer, told from json_each(?) join meeting_invited on occasion = ? and person = value"
    told: dict[int | None, Told] = {
        row["person"]: Told(
            row["told"], declined=row["answer"] == Answer.NO, coming=row["person"] in came or row["answer"] in COMING
        )
        for row in desk.db.all(asked, (list(persons), occasion["id"]))
    }
    reminding.replanned(desk, "meeting", occasion["id"], as_planned(occasion), told)


def _forget_waiting(desk: Desk, occasion: int, person: int) -> None:
    reminding.forget_waiting(desk, "meeting", occasion, person)
