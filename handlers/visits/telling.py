"""When staff and applicant hear of what is new about a request: outside quiet hours, unless it would be missed (V1).

The moment for all is kept with the request; who has chosen other quiet hours hears of it later, out of rows that tell
nothing of it but its number (models.visit.HeldNews): the request itself may be erased by then.
"""

from datetime import datetime

from handlers import reminding
from handlers.desk import Desk, Turn
from models.database import Row
from reminders.plan import heard_at

_HELD = """
insert into visit_news (number, kind, place, person, news, heard_at) values (?, ?, ?, ?, ?, ?)
on conflict (number, person) do update set news = excluded.news, heard_at = excluded.heard_at
"""
_DUE = """
select visit_news.number as id, visit_news.kind, visit_news.news, visit_news.person, place.name as place_name,
       account.address, account.language, person.active and not account.blocked as reachable
from visit_news join place on place.id = visit_news.place join person on person.id = visit_news.person
left join account on account.id = person.account
where visit_news.heard_at <= ? order by visit_news.heard_at, visit_news.id limit ?
"""


def tell_staff(desk: Desk, number: int, news: str, before: datetime | None = None, by: int | None = None) -> None:
    """Who goes along, or may, is to hear this but for `by`, outside quiet hours; at once if of a visit `before`."""
    update = "update visit set staff_news = ?, staff_news_at = ?, news_before = ?, news_by = ? where id = ?"
    desk.db.execute(update, (news, may_hear(desk, None, before), before, by, number))


def tell_applicant(desk: Desk, number: int, news: str) -> None:
    """The applicant is to hear this, outside quiet hours and days off."""
    update = "update visit set own_news = ?, own_news_at = ? where id = ?"
    desk.db.execute(update, (news, may_hear(desk, None), number))


def may_hear(desk: Desk, person: int | None, before: datetime | None = None) -> datetime:
    """When somebody may hear of a visit, by their own quiet hours (None: by those of whoever has chosen none)."""
    return heard_at(desk.now, desk.house.calendar, reminding.settings_of(desk, person), before)


def hold(desk: Desk, row: Row, person: int, news: str, at: datetime) -> None:
    """Somebody hears this at that moment; what was held for them of the same visit has given way to it."""
    desk.db.execute(_HELD, (row["id"], row["kind"], row["place"], person, news, at))


def due(desk: Desk, most: int) -> list[Row]:
    """What was held for somebody and may be heard now; it is held no longer."""
    rows = desk.db.all(_DUE, (desk.now, most))
    for row in rows:
        desk.db.execute("delete from visit_news where number = ? and person = ?", (row["id"], row["person"]))
    return rows


def has_seen(turn: Turn, number: int) -> None:
    """Whoever's turn it is has seen the card of this visit: there is nothing to tell them."""
    for person in turn.persons:
        turn.db.execute("delete from visit_news where number = ? and person = ?", (number, person["id"]))


def forget(desk: Desk, number: int) -> None:
    """Nothing is held of this visit any more."""
    desk.db.execute("delete from visit_news where number = ?", (number,))
