"""Requests for a visit as they are kept, found again, made and erased; what of them is reminded of (V1, V3)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from handlers import reminding
from handlers.desk import Desk
from handlers.erasing import hanging, recall, standing_in
from handlers.visits import telling
from models.database import Row, opened
from models.visit import HOST, Visit, VisitKind, VisitPart, VisitState
from reminders import plan, visit
from reminders.plan import Told
from reminders.visit import ROLES, RULES, Standing, Step

MOST_OPEN = 3  # requests of one account
_COLUMNS = opened(
    Visit,
    *("id", "kind", "place", "mark", "route", "language", "called", "dwelling", "purpose", "slots", "passed_over"),
    *(
        "state",
        "made_at",
        "due",
        "starts_at",
        "agreed_at",
        "told",
        "spoke",
        "witnessed",
        "outcome",
        "line",
        "reason",
        "decided_at",
    ),
    *("unreachable", "look_at", "late_days", "staff_news", "staff_news_at", "news_before", "news_by"),
    *("own_news", "own_news_at"),
)
_VISIT = f"select {_COLUMNS}, place.name as place_name from visit join place on place.id = visit.place"
_ROUTE = "opened(visit.route, 'visit.route', visit.id)"
_PARTS = """
select visit_part.role, visit_part.person, visit_part.can, visit_part.ready, visit_part.told, person.name,
       account.name as account, account.address, account.blocked, account.language
from visit_part join person on person.id = visit_part.person left join account on account.id = person.account
where visit_part.visit = ? order by visit_part.role desc
"""
_UNTAKEN = """
select made_at from visit where place = ? and state = 'open' and kind = 'certificate'
and not exists (select 1 from visit_part where visit_part.visit = visit.id)
"""
_COUNTED = """
insert into erasure (kind, place, month, count, erased_at) values (?, ?, ?, 1, ?)
on conflict (kind, place, month) do update set count = count + 1, erased_at = excluded.erased_at
"""


def card(number: int) -> str:
    """What the card of a visit is called in the chats of staff."""
    return f"visit:{number}"


def own_card(number: int) -> str:
    """What it is called in the chat of the applicant."""
    return f"request:{number}"


def load(desk: Desk, number: int) -> Row | None:
    return desk.db.one(f"{_VISIT} where visit.id = ?", (number,))


def fresh(desk: Desk, number: int) -> Row:
    """The request as it is after a change."""
    row = load(desk, number)
    assert row is not None
    return row


def parts(desk: Desk, number: int) -> list[Row]:
    """Who goes along: coordinator first."""
    return desk.db.all(_PARTS, (number,))


def is_talk(row: Row) -> bool:
    """Whether it is an appointment within office hours."""
    return bool(row["kind"] == VisitKind.TALK)


def roles(row: Row) -> Sequence[str]:
    """The parts of it."""
    return (HOST,) if is_talk(row) else ROLES


def is_of(desk: Desk, row: Row, account: str) -> bool:
    """Whether this account asked for it."""
    return bool(desk.db.mark(account) == row["mark"])


def of_account(desk: Desk, account: str) -> list[Row]:
    """What this account has asked for, the newest first."""
    return desk.db.all(f"{_VISIT} where visit.mark = mark(?) order by visit.id desc", (account,))


def reached_at(desk: Desk, address: str) -> list[Row]:
    """Open requests of whom this address is, as long as it counts as one where messages arrive."""
    return desk.db.all(f"{_VISIT} where visit.state = 'open' and not visit.unreachable and {_ROUTE} = ?", (address,))


def missed(desk: Desk, account: str) -> list[Row]:
    """Open requests of this account of which it could not be told."""
    if desk.db.one("select 1 from visit where unreachable") is None:
        return []  # asked with each update, and hardly ever is there one
    asked = f"{_VISIT} where visit.mark = mark(?) and visit.unreachable and visit.state = 'open' order by visit.id"
    return desk.db.all(asked, (account,))


def open_at(desk: Desk, places: Sequence[int]) -> list[Row]:
    """What is not decided yet in these committees."""
    marks = ", ".join("?" * len(places))
    return desk.db.all(f"{_VISIT} where visit.state = 'open' and visit.place in ({marks}) order by visit.id", places)


def known_to(desk: Desk, persons: Sequence[int], since: datetime) -> list[Row]:
    """The visits from a moment on to which these persons go, once they know of the time as it is."""
    marks = ", ".join("?" * len(persons))
    asked = (
        f"{_VISIT} where visit.starts_at >= ? and exists (select 1 from visit_part where visit_part.visit = visit.id "
        f"and visit_part.told = visit.starts_at and visit_part.person in ({marks})) order by visit.starts_at, visit.id"
    )
    return desk.db.all(asked, (since, *persons))


def replan_account(desk: Desk, account: int) -> None:
    """What waits for whoever uses this account is planned anew: they chose other times."""
    asked = (
        "select distinct visit.id from visit join visit_part on visit_part.visit = visit.id "
        "join person on person.id = visit_part.person "
        "where person.account = ? and visit.state = 'open' and visit.starts_at > ?"
    )
    for row in desk.db.all(asked, (account, desk.now)):
        looked(desk, row["id"])


def talks_within(desk: Desk, persons: list[int], first: date, last: date) -> int:
    """How many talks with these persons are agreed between two days and still to come."""
    marks = ", ".join("?" * len(persons))
    asked = (
        f"select count(*) as n from visit join visit_part on visit_part.visit = visit.id and role = '{HOST}' "
        "where visit.state = 'open' and visit.starts_at > ? and visit.starts_at >= ? and visit.starts_at < ? "
        f"and person in ({marks})"
    )
    row = desk.db.one(asked, (desk.now, *desk.bounds(first, last), *persons))
    assert row is not None
    return int(row["n"])


def refusal(desk: Desk, account: str) -> str:
    """Which text says why no more is taken from this account now; empty: it is."""
    row = desk.db.one("select count(*) as n from visit where mark = mark(?) and state = 'open'", (account,))
    if row is not None and row["n"] >= MOST_OPEN:
        return "request-refused-open"
    return "" if desk.house.strangers.may_ask(account, desk.now) else "request-refused-today"


def takes_more(desk: Desk, place: int) -> bool:
    """Whether this committee takes one more request for a certificate today."""
    waiting = [row["made_at"] for row in desk.db.all(_UNTAKEN, (place,))]
    return visit.takes_more(waiting, desk.house.requests_per_committee, desk.now, desk.house.calendar)


def slots(row: Row) -> list[datetime]:
    return [datetime.fromisoformat(slot) for slot in row["slots"]]


def standing(desk: Desk, row: Row) -> Standing:
    """A request as it is decided about."""
    return Standing(
        slots(row),
        {part["role"]: part["can"] if part["ready"] else None for part in parts(desk, row["id"])},
        row["passed_over"],
        row["starts_at"],
        bool(row["outcome"]),
        row["state"] != VisitState.OPEN,
    )


def step(desk: Desk, row: Row) -> Step:
    """What it waits for."""
    return visit.step(standing(desk, row), desk.now)


def until(desk: Desk, row: Row | None = None) -> date:
    """The last day for slots that are named now."""
    last = desk.house.calendar.working_day_after(desk.house.today(desk.now), desk.house.certificate_days)
    return max(last, date.fromisoformat(row["due"])) if row else last


def as_planned(row: Row) -> plan.Occasion:
    """A visit as its reminders are planned; one that has no time is none."""
    return plan.Occasion(row["starts_at"] or row["made_at"], row["starts_at"] is None)


def make(desk: Desk, account: str, slots: list[str], **values: Any) -> int:
    """A new request of an account (`values`: columns of models.visit.Visit); staff hears of it as soon as they may.

    Returns its number.
    """
    number = desk.db.insert(
        Visit,
        mark=desk.db.mark(account),
        slots=slots,
        passed_over=[],
        **values,
        made_at=desk.now,
        due=until(desk).isoformat(),
    )
    desk.house.strangers.asked(account, desk.now)
    telling.tell_staff(desk, number, "new")
    looked(desk, number)
    return number


def arranged(desk: Desk, account: str, host: int, starts_at: datetime, **values: Any) -> int:
    """A talk at a time that the applicant chose within office hours; its host hears of it. Returns its number."""
    number = desk.db.insert(
        Visit,
        kind=VisitKind.TALK.value,
        mark=desk.db.mark(account),
        dwelling="",
        slots=[],
        passed_over=[],
        made_at=desk.now,
        due="",
        **values,
    )
    desk.house.strangers.asked(account, desk.now)
    rearranged(desk, fresh(desk, number), host, starts_at)
    return number


def rearranged(desk: Desk, row: Row, host: int, starts_at: datetime) -> None:
    """Another time for a talk; its applicant knows, its host is told."""
    desk.db.insert_new(VisitPart, visit=row["id"], role=HOST, person=host, can=[])
    day = desk.house.today(starts_at).isoformat()
    update = "update visit set starts_at = ?, told = ?, agreed_at = ?, due = ?, own_news_at = null where id = ?"
    desk.db.execute(update, (starts_at, starts_at, desk.now, day, row["id"]))
    looked(desk, row["id"])


def looked(desk: Desk, number: int) -> None:
    """After a change: when time alone changes something next, and what is still to be said before the visit."""
    row = fresh(desk, number)
    now = standing(desk, row)
    due, calendar = date.fromisoformat(row["due"]), desk.house.calendar
    look = None if is_talk(row) else visit.look_at(now, due, desk.now, calendar)
    desk.db.execute("update visit set look_at = ? where id = ?", (look, number))
    told = {None: Told(row["told"]), **{part["person"]: Told(part["told"]) for part in parts(desk, number)}}
    if row["starts_at"] is not None and not now.found and not now.decided:
        reminding.replanned(desk, "visit", number, as_planned(row), told, RULES)
        return
    for person in told:
        reminding.forget_waiting(desk, "visit", number, person)


def look_again(desk: Desk) -> None:
    """The calendar has changed: what waits to be said of a visit is planned anew. What was promised stays."""
    for row in desk.db.all("select id from visit where state = 'open'"):
        looked(desk, row["id"])


def erase(desk: Desk, row: Row) -> None:
    """Nothing of a request is kept but the count of its month and committee; no message of it goes out any more.

    What chats show of it is for the caller to take away: see `chats`.
    """
    own = {card(row["id"]), own_card(row["id"])}
    recall(desk, lambda waiting: waiting["card"] in own)
    telling.forget(desk, row["id"])
    for _, sql in hanging("visit"):
        desk.db.execute(sql, {"id": row["id"]})
    desk.db.execute("delete from visit where id = ?", (row["id"],))
    month = f"{row['made_at'].astimezone(desk.house.zone):%Y-%m}"
    desk.db.execute(_COUNTED, (row["kind"], row["place"], month, desk.now))
    desk.house.strangers.left_traces = True


def chats(desk: Desk, row: Row) -> list[str]:
    """The addresses of staff in whose chats the card of a visit stands."""
    return standing_in(desk, card(row["id"]))
