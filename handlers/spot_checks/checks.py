"""Spot checks as they are kept: planned, drawn, moved, counted, confirmed; and what each of the two is still told (V2).

Every change is made here. The numbers of the dwellings drawn are gone 7 days after the counts were confirmed, and at
once where a check is cancelled or drawn again; the counts stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from secrets import SystemRandom
from typing import Any

import orjson

from handlers import reminding
from handlers.desk import Desk, Turn
from handlers.workload import committee, presence
from models.database import Row, opened, sealing
from models.person import Role
from models.queue import Outbox
from models.spot_check import Building, SpotCheck, SpotDraw, SpotParty, SpotState
from reminders.plan import Occasion
from reminders.spot_check import CHASED, chased_at
from workload.spot_check import Counts, Outcome, draw

KEPT = timedelta(days=7)  # after its counts were confirmed, the list of a check
SIDES = {"cadre": (Role.CADRE,), "officer": (Role.OFFICER, Role.DEPUTY)}
COUNTS = ("seen", "correct", "late", "not_cancelled", "wrong", "nobody")
_COLUMNS = opened(SpotCheck, "id", "place", "month", "cadre", "officer", "starts_at", "size", "state", *COUNTS, "why")
_CHECK = f"""
select {_COLUMNS}, spot_check.entries, spot_check.confirmed_at, spot_check.chased, spot_check.changed_at,
       place.name as place_name, cadre.name as cadre_name, officer.name as officer_name, entered.name as entered_name,
       confirmed.name as confirmed_name
from spot_check join place on place.id = spot_check.place
join person as cadre on cadre.id = spot_check.cadre join person as officer on officer.id = spot_check.officer
left join person as entered on entered.id = spot_check.entered_by
left join person as confirmed on confirmed.id = spot_check.confirmed_by
"""
_PARTIES = """
select spot_party.id, spot_party.spot, spot_party.person, agreed, told, sent, since, look_at, person.name,
       person.active, account.address, account.blocked, coalesce(account.language, person.language) as language
from spot_party join person on person.id = spot_party.person left join account on account.id = person.account
"""
_BUILDINGS = f"select {opened(Building, 'id', 'called', 'dwellings')} from building where place = ? order by id"
_WAITING = f"select {opened(Outbox, 'payload')} from outbox where card = ? and priority = '2' and state = 'waiting'"
_UNHEARD = """
update spot_party set told = before where spot = ? and person in
    (select person.id from person join account on account.id = person.account where account.address = ?)
"""
_DRAWS = f"select {opened(SpotDraw, 'id', 'drawn', 'why', 'at')} from spot_draw where spot = ? order by id"


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody who is told something of a check, and where."""

    id: int
    address: str
    language: str


def card(spot: int) -> str:
    """What the card of a check is called in both chats."""
    return f"spot:{spot}"


def list_card(spot: int) -> str:
    """What the list of a check is called where one of its two looks at it."""
    return f"spot_list:{spot}"


def buildings(desk: Desk, place: int) -> list[Row]:
    """The buildings of a committee in the order in which they were told: that of the route."""
    return desk.db.all(_BUILDINGS, (place,))


def load(desk: Desk, spot: int) -> Row | None:
    """A check with the names of whom it concerns."""
    return desk.db.one(f"{_CHECK} where spot_check.id = ?", (spot,))


def of_month(desk: Desk, place: int, month: str) -> Row | None:
    """The check of a committee's month that was not cancelled."""
    held = f"{_CHECK} where spot_check.place = ? and spot_check.month = ? and spot_check.state <> ?"
    return desk.db.one(held, (place, month, SpotState.CANCELLED.value))


def open_at(desk: Desk, place: int) -> list[Row]:
    """The checks of a committee that are not confirmed yet, the earliest first."""
    waits = f"{_CHECK} where spot_check.place = ? and spot_check.state in (?, ?) order by spot_check.starts_at"
    return desk.db.all(waits, (place, SpotState.PLANNED.value, SpotState.ENTERED.value))


def known_to(desk: Desk, persons: Sequence[int], since: datetime) -> list[Row]:
    """The checks of these persons from a moment on, once they know of the time as it is, or knew of a cancelled one."""
    marks = ", ".join("?" * len(persons))
    theirs = f"spot_party.person in ({marks})"
    checks = f"select spot from spot_party where {theirs}"
    found = []
    asked = f"{_CHECK} where spot_check.starts_at >= ? and spot_check.id in ({checks}) order by spot_check.starts_at"
    for check in desk.db.all(asked, (since, *persons)):
        own = [row for row in parties(desk, check["id"]) if row["person"] in persons]
        if check["state"] == SpotState.CANCELLED:
            known = any(row["agreed"] or row["sent"] for row in own)
        else:
            known = any(row["told"] == check["starts_at"] for row in own)
        found += [check] if known else []
    return found


def month_of(desk: Desk, moment: datetime) -> str:
    """The month that a check on this moment is of."""
    return f"{moment.astimezone(desk.house.zone):%Y-%m}"


def counts(check: Row) -> Counts:
    """The counts of a check as they are now."""
    return Counts(*(check[name] for name in COUNTS))


def parties(desk: Desk, spot: int) -> list[Row]:
    """Its two: the cadre, then the officer; what each was told, and where they are reached."""
    return desk.db.all(f"{_PARTIES} where spot_party.spot = ? order by spot_party.id", (spot,))


def side(turn: Turn, check: Row) -> tuple[str, int] | None:
    """Which side of a check this account is on (cadre or officer), and as which person; None: it is not theirs.

    Where one of the two does not answer for the committee any more, or is on leave, whoever has that duty there stands
    in; on leave themselves, they do not.
    """
    own = {person["id"]: person["role"] for person in turn.persons}
    away = presence.on_leave(turn, turn.today)
    for name, roles in SIDES.items():
        there = committee.role_at(turn, check[name], check["place"])
        if there in roles and check[name] in own:
            return name, check[name]
        if there not in roles or check[name] in away:
            stands_in = committee.person_of(turn, check["place"], *roles)
            if stands_in and (there not in roles or stands_in["id"] not in away):
                return name, stands_in["id"]
    return None


def hearers(desk: Desk, check: Row, side: str) -> list[Hearer]:
    """Who is told what a side of a check has to do: that one of its two; on leave whoever stands in, if anybody."""
    party = next(row for row in parties(desk, check["id"]) if row["person"] == check[side])
    away = presence.on_leave(desk, desk.today)
    if party["person"] in away:
        if side == "officer":
            police = committee.officers(desk, check["place"])
            found = [Hearer(one.id, one.address, one.language) for one in police]
        else:
            found = [Hearer(**row) for row in committee.cadres(desk, check["place"])]
        if at_work := [one for one in found if one.id not in away]:
            return at_work
    if party["active"] and party["address"] and not party["blocked"]:
        return [Hearer(party["person"], party["address"], party["language"])]
    return []


def draws(desk: Desk, spot: int) -> list[Row]:
    """Every draw of a check, the one that holds last."""
    return desk.db.all(_DRAWS, (spot,))


def is_agreed(desk: Desk, check: Row) -> bool:
    """Whether both have agreed to its time, or it has taken place already."""
    return check["state"] != SpotState.PLANNED or all(row["agreed"] for row in parties(desk, check["id"]))


def is_coming(desk: Desk, check: Row) -> bool:
    """Whether it is agreed, and still to begin."""
    return check["state"] == SpotState.PLANNED and check["starts_at"] > desk.now and is_agreed(desk, check)


def has_list(desk: Desk, check: Row) -> bool:
    """Whether the dwellings drawn are still there."""
    return draws(desk, check["id"])[-1]["drawn"] is not None


def make(
    desk: Desk, place: int, cadre: int, officer: int, starts_at: datetime, size: int, there: Sequence[tuple[str, int]]
) -> int:
    """A new check of the dwellings in these buildings. The officer is asked. Returns its number."""
    spot = desk.db.insert(
        SpotCheck,
        place=place,
        month=month_of(desk, starts_at),
        cadre=cadre,
        officer=officer,
        starts_at=starts_at,
        size=size,
        chase_at=chased_at(starts_at, desk.house.calendar),
    )
    known = {cadre: starts_at}
    for person in (cadre, officer):
        of = {"spot": spot, "person": person, "agreed": person == cadre, "told": known.get(person)}
        desk.db.insert(SpotParty, **of, sent=[], since=desk.now, look_at=desk.now)
    _draw(desk, spot, size, there, cadre)
    return spot


def _draw(
    desk: Desk,
    spot: int,
    size: int,
    there: Sequence[tuple[str, int]],
    by: int,
    why: str = "",
    random: Random | None = None,
) -> None:
    """By chance that nobody can foresee or repeat."""
    drawn = [[called, numbers] for called, numbers in draw(there, size, random or SystemRandom())]
    desk.db.insert(SpotDraw, spot=spot, drawn=drawn, why=why, by=by, at=desk.now)


def drawn_again(desk: Desk, check: Row, there: Sequence[tuple[str, int]], by: int, why: str) -> None:
    """Another list, with the reason, which is kept."""
    size = min(check["size"], sum(count for _, count in there))
    desk.db.execute("update spot_check set size = ? where id = ?", (size, check["id"]))
    _forget_list(desk, check["id"])
    _draw(desk, check["id"], size, there, by, why)


def _forget_list(desk: Desk, spot: int) -> None:
    desk.db.execute("update spot_draw set drawn = null where spot = ? and drawn is not null", (spot,))


def agreed(desk: Desk, check: Row, person: int) -> None:
    """Somebody agrees to the time, and so knows it."""
    update = "update spot_party set agreed = 1, told = ? where spot = ? and person = ?"
    desk.db.execute(update, (check["starts_at"], check["id"], person))


def moved(desk: Desk, check: Row, starts_at: datetime, by: int) -> Row:
    """Another time: the other one is asked. Returns the check as it is now."""
    spot = check["id"]
    _recall(desk, spot)
    update = "update spot_check set starts_at = ?, month = ?, changed_at = ? where id = ?"
    desk.db.execute(update, (starts_at, month_of(desk, starts_at), desk.now, spot))
    desk.db.execute("update spot_party set agreed = (person = ?) where spot = ?", (by, spot))
    desk.db.execute("update spot_party set told = ? where spot = ? and person = ?", (starts_at, spot, by))
    return _changed(desk, check)


def cancelled(desk: Desk, check: Row, by: int) -> Row:
    """It does not take place; the other one is told. Returns the check as it is now."""
    _recall(desk, check["id"])
    update = "update spot_check set state = ?, changed_at = ? where id = ?"
    desk.db.execute(update, (SpotState.CANCELLED.value, desk.now, check["id"]))
    desk.db.execute("update spot_party set told = null where spot = ? and person = ?", (check["id"], by))
    _forget_list(desk, check["id"])
    return _changed(desk, check)


def _recall(desk: Desk, spot: int) -> None:
    """What waits to be sent of it holds no longer: it is not sent, and whoever it was for has not heard of it."""
    for row in desk.db.all(_WAITING, (card(spot),)):
        desk.db.execute(_UNHEARD, (spot, orjson.loads(row["payload"])["address"]))
    reminding.recall(desk, card(spot))


def _changed(desk: Desk, check: Row) -> Row:
    """What is to be said of it now is."""
    look = "update spot_party set since = ?, look_at = ? where spot = ?"
    desk.db.execute(look, (desk.now, desk.now, check["id"]))
    after = now(desk, check)
    _chase(desk, after, after["starts_at"] if after["state"] == SpotState.PLANNED else None)
    return after


def _chase(desk: Desk, check: Row, since: datetime | None, chased: int = 0) -> None:
    """Somebody is reminded of what is missing since then; None, or often enough: nobody is."""
    at = chased_at(since, desk.house.calendar) if since and chased < CHASED else None
    desk.db.execute("update spot_check set chase_at = ?, chased = ? where id = ?", (at, chased, check["id"]))


def to_chase(desk: Desk, most: int) -> list[Row]:
    """The checks of which something is missing, so many at a time."""
    return desk.db.all(
        f"{_CHECK} where spot_check.chase_at <= ? order by spot_check.chase_at limit ?", (desk.now, most)
    )


def chased(desk: Desk, check: Row) -> None:
    """Whoever has to do something was reminded of it."""
    _chase(desk, check, desk.now, check["chased"] + 1)


def chased_later(desk: Desk, check: Row, at: datetime) -> None:
    """Whoever has to do something is to hear nothing now."""
    desk.db.execute("update spot_check set chase_at = ? where id = ?", (at, check["id"]))


def now(desk: Desk, check: Row) -> Row:
    """The check as it is by now."""
    row = load(desk, check["id"])
    assert row is not None
    return row


def counted(desk: Desk, check: Row, outcome: Outcome, by: int) -> None:
    """One dwelling more, or less, with this outcome; whoever was seen there counts as seen."""
    with_seen = outcome is not Outcome.NOBODY
    seen = ", seen = max(0, seen + :by)" if with_seen else ""
    where = f"id = :id and ({outcome.value} + :by) >= 0"
    desk.db.execute(
        f"update spot_check set {outcome.value} = {outcome.value} + :by{seen} where {where}",
        {"by": by, "id": check["id"]},
    )


def written(desk: Desk, check: Row, told: Counts) -> None:
    """The counts as somebody typed them."""
    sets = ", ".join(f"{name} = ?" for name in COUNTS)
    values: list[Any] = [getattr(told, name) for name in COUNTS]
    desk.db.execute(f"update spot_check set {sets} where id = ?", (*values, check["id"]))


def entered(desk: Desk, check: Row, by: int, why: str = "") -> Row:
    """The counts are told: nobody is reminded of the check any more. Returns it as it is now."""
    desk.db.execute(
        f"update spot_check set state = ?, why = {sealing(SpotCheck, 'why')}, entries = entries + 1, entered_by = ?, "
        "entered_at = ? where id = ?",
        (SpotState.ENTERED.value, why, by, desk.now, check["id"]),
    )
    reminding.recall(desk, card(check["id"]))
    desk.db.execute("update spot_party set look_at = null where spot = ?", (check["id"],))
    _chase(desk, check, desk.now)
    return now(desk, check)


def reopened(desk: Desk, check: Row) -> Row:
    """The counts are to be mended; they are not confirmed until they are told again."""
    update = "update spot_check set state = ? where id = ? and state = ?"
    desk.db.execute(update, (SpotState.PLANNED.value, check["id"], SpotState.ENTERED.value))
    reminding.recall(desk, card(check["id"]))
    _chase(desk, check, desk.now)
    return now(desk, check)


def confirmed(desk: Desk, check: Row, by: int) -> Row:
    """The officer confirms the counts. Returns the check as it is now."""
    update = "update spot_check set state = ?, confirmed_by = ?, confirmed_at = ? where id = ?"
    desk.db.execute(update, (SpotState.CONFIRMED.value, by, desk.now, check["id"]))
    reminding.recall(desk, card(check["id"]))
    _chase(desk, check, None)
    return now(desk, check)


def as_planned(check: Row) -> Occasion:
    """A check as its reminders are planned."""
    return Occasion(check["starts_at"], check["state"] == SpotState.CANCELLED)


def look_again(desk: Desk) -> None:
    """The calendar has changed: whatever is still to be said is looked at anew."""
    desk.db.execute("update spot_party set look_at = ? where look_at > ?", (desk.now, desk.now))


def look_again_for(desk: Desk, person: int) -> None:
    """Somebody's days of leave have changed: what is still to be said to them is looked at anew."""
    planned = "select id from spot_check where state = ?"
    update = f"update spot_party set look_at = ? where person = ? and spot in ({planned})"
    desk.db.execute(update, (desk.now, person, SpotState.PLANNED.value))


def forget_lists(desk: Desk) -> list[int]:
    """Erase the lists whose time is over; returns of which checks. Called by the tick."""
    gone = desk.db.all(
        "select distinct spot_draw.spot from spot_draw join spot_check on spot_check.id = spot_draw.spot "
        "where spot_draw.drawn is not null and spot_check.confirmed_at <= ?",
        (desk.now - KEPT,),
    )
    for row in gone:
        _forget_list(desk, row["spot"])
    return [row["spot"] for row in gone]
