"""What of spot checks is due: its two are told and reminded, months without one asked about, lists erased (V2)."""

from datetime import date, datetime

from chat.messages import Address, Button, Priority
from chat.texts import text
from handlers import places, reminding
from handlers.desk import Desk, address_of
from handlers.meetings import rhythms
from handlers.spot_checks import check_card, checks, place_card
from handlers.workload import committee
from models.database import Row
from models.person import Role
from models.place import PlaceKind
from models.spot_check import SpotAsk, SpotState
from reminders.plan import Kind, Told, heard_at
from reminders.spot_check import Asked, asked, asked_for_buildings, decide

PEOPLE = 40  # told in one transaction, so that nobody waits for it
_NOW = (Kind.CANCELLED, Kind.MOVED, Kind.START, Kind.SOON)  # does not wait until somebody has filled in a form
_DUE = "select spot, person from spot_party where look_at <= ? order by look_at limit ?"
# Committees that have told their buildings; those that have not are asked for them.
_LACKING = """
select place.id from place where place.active and exists (select 1 from building where building.place = place.id)
and not exists (select 1 from spot_check where place = place.id and month = ? and state <> 'cancelled') order by 1
"""
_UNTOLD = f"""
select place.id as place, person.id as person, account.address, account.language,
       (select max(day) from spot_ask where spot_ask.place = place.id and spot_ask.person = person.id) as day
from place join assignment on assignment.place = place.id
join person on person.id = assignment.person and person.active and person.role = '{Role.CADRE.value}'
join account on account.id = person.account and not account.blocked
where place.active and place.kind = '{PlaceKind.COMMITTEE.value}'
and not exists (select 1 from building where building.place = place.id) order by place.id, person.id
"""
_WAS_ASKED = "select 1 from spot_ask where place = ? and person = ? and day = ?"


def sweep(desk: Desk) -> None:
    """Everything whose time has come. Called by the tick."""
    for row in desk.db.all(_DUE, (desk.now, PEOPLE)):
        _look(desk, row["spot"], row["person"])
    for check in checks.to_chase(desk, PEOPLE):
        _chase(desk, check)
    _ask(desk)
    _ask_for_buildings(desk)
    for spot in checks.forget_lists(desk):
        check_card.take_lists(desk, spot)


def _look(desk: Desk, spot: int, person: int) -> None:
    """What one of the two hears now."""
    check = checks.load(desk, spot)
    assert check is not None
    row = next(each for each in checks.parties(desk, spot) if each["person"] == person)
    sent = {(Kind(kind), datetime.fromisoformat(start)) for kind, start in row["sent"]}
    settings = reminding.settings_of(desk, person)
    told = Told(row["told"], sent, coming=bool(row["agreed"]))
    decision = decide(checks.as_planned(check), told, row["since"], desk.now, desk.house.calendar, settings)
    news = _news(desk, check, row, decision.say, missed=decision.missed)
    known = check["starts_at"] if decision.say is not Kind.CANCELLED else None
    settled = [[kind.value, check["starts_at"].isoformat()] for kind in decision.settled]
    update = "update spot_party set told = ?, before = ?, sent = ?, since = ?, look_at = ? where id = ?"
    heard = known if decision.settled else row["told"]
    desk.db.execute(update, (heard, row["told"], [*row["sent"], *settled], decision.since, decision.look_at, row["id"]))
    if news and row["active"] and row["address"] and not row["blocked"]:
        side = next(name for name in checks.SIDES if check[name] == person)
        check_card.show_to(
            desk,
            check,
            side,
            address_of(row["address"]),
            row["language"],
            renew=True,
            news=news,
            priority=Priority.REMINDER,
            urgent=decision.say in _NOW,
        )
        _abridge(desk, check, address_of(row["address"]), row["language"], news)


def _chase(desk: Desk, check: Row) -> None:
    """The cadre is reminded that the counts are missing, the officer that they wait to be confirmed."""
    side = "officer" if check["state"] == SpotState.ENTERED else "cadre"
    whom = checks.hearers(desk, check, side)
    calendar = desk.house.calendar
    heard = max((heard_at(desk.now, calendar, reminding.settings_of(desk, one.id)) for one in whom), default=desk.now)
    if heard > desk.now:
        checks.chased_later(desk, check, heard)
        return
    checks.chased(desk, check)
    told = "update spot_party set before = told where spot = ? and person = ?"
    desk.db.execute(told, (check["id"], check[side]))  # this tells of no other time
    for one in whom:
        news = text(one.language, f"spot-chase-{side}")
        where = address_of(one.address)
        check_card.show_to(desk, check, side, where, one.language, renew=True, news=news, priority=Priority.REMINDER)
        _abridge(desk, check, where, one.language, news)


def _abridge(desk: Desk, check: Row, where: Address, language: str, news: str) -> None:
    """Beside other reminders it is what is new, and a button that leads to the card."""
    label = text(language, "spot-button-open", slot=check_card.when(desk, check, language))
    desk.abridge(where, checks.card(check["id"]), news, [[Button(label, f"sc:{check['id']}:0:show")]])


def _news(desk: Desk, check: Row, row: Row, say: Kind | None, *, missed: bool) -> str:
    """What is new to one of the two; empty where nothing is."""
    if say is None and not missed:
        return ""
    language = row["language"]
    name = f"spot-notice-{say}" if say else "spot-notice-missed"
    before = rhythms.slot(desk, row["told"], language) if row["told"] else ""
    return text(language, name, slot=check_card.when(desk, check, language), told=before, name=check["cadre_name"])


def _ask(desk: Desk) -> None:
    """A month that ends without a check: its cadres are asked, and where that did not help its officers."""
    found = asked(desk.now, desk.house.calendar)
    if found is None:
        return
    who, day = found
    for place in desk.db.all(_LACKING, (f"{day:%Y-%m}",)):
        for person, address, language in _people(desk, place["id"], who):
            key = (place["id"], person, day.isoformat())
            heard = heard_at(desk.now, desk.house.calendar, reminding.settings_of(desk, person))
            if heard > desk.now or desk.db.one(_WAS_ASKED, key):
                continue
            desk.db.insert(SpotAsk, place=place["id"], person=person, day=day.isoformat())
            _show_place(desk, place["id"], address, language, f"spot-ask-{who}", plans=who is Asked.CADRE)


def _ask_for_buildings(desk: Desk) -> None:
    """A committee that has told no buildings can plan no check: its cadres are asked for them, once a month."""
    calendar = desk.house.calendar
    if asked(desk.now, calendar) is None:
        return
    for row in desk.db.all(_UNTOLD):
        last = date.fromisoformat(row["day"]) if row["day"] else None
        heard = heard_at(desk.now, calendar, reminding.settings_of(desk, row["person"]))
        if heard <= desk.now and asked_for_buildings(last, desk.now, calendar):
            today = desk.house.today(desk.now).isoformat()
            desk.db.insert(SpotAsk, place=row["place"], person=row["person"], day=today)
            _show_place(desk, row["place"], row["address"], row["language"], "spot-ask-buildings", plans=True)


def _show_place(desk: Desk, place: int, address: str, language: str, news: str, *, plans: bool) -> None:
    """The card of a committee comes to the bottom with what is asked."""
    where, words = address_of(address), text(language, news)
    place_card.show_to(
        desk, place, where, language, plans=plans, mine=[], renew=True, news=words, priority=Priority.REMINDER
    )
    button = Button(text(language, "spot-button-place"), f"sc:0:{place}:show")
    desk.abridge(where, place_card.card(place), f"{places.name(desk, place)}\n{words}", [[button]])


def _people(desk: Desk, place: int, who: Asked) -> list[tuple[int, str, str]]:
    if who is Asked.CADRE:
        return [(row["id"], row["address"], row["language"]) for row in committee.cadres(desk, place)]
    return [(officer.id, officer.address, officer.language) for officer in committee.officers(desk, place)]
