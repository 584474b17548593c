"""What people have heard of a plan, and what is on its way to them and must not arrive any more (P1)."""

from collections.abc import Sequence
from datetime import datetime

import orjson

from handlers import unsent
from handlers.desk import Desk
from models.database import Row, opened
from models.queue import Outbox

_WAITING = f"""
select {opened(Outbox, "id", "payload", "due_at")} from outbox
where card = ? and priority = '2' and state = 'waiting'
"""
_SAID = """
select id, before from area_plan_told where plan = :plan and said_at = :moment and person in
    (select person.id from person join account on account.id = person.account where account.address = :address)
"""
_STARTS = """
select told.item, told.person, told.told_at as known, inspection.starts_at, inspection.state, person.account
from area_plan_told as told join area_plan_inspection as inspection on inspection.id = told.item
join person on person.id = told.person
where told.plan = ? and told.kind = 'start' and inspection.state in ('planned', 'cancelled') and not exists
    (select 1 from area_plan_told as other where other.plan = told.plan and other.kind = 'end'
     and other.item = told.item and other.person = told.person)
order by told.id
"""
_STANDING_IN = """
select account.address from account where exists
    (select 1 from card where card.address = mark(account.address) and card.card = ?) order by account.id
"""


def card(plan: int) -> str:
    """What the card of a plan is called in every chat."""
    return f"plan:{plan}"


def chats(desk: Desk, plan: int) -> list[str]:
    """The addresses in whose chats the card of a plan stands."""
    return [row["address"] for row in desk.db.all(_STANDING_IN, (card(plan),))]


def remember(
    desk: Desk, plan: int, kind: str, item: int, person: int, told_at: datetime, said_at: datetime | None = None
) -> None:
    """Somebody has heard of this moment of a thing; `said_at`: a message says it now."""
    desk.db.execute(
        """
        insert into area_plan_told (plan, kind, item, person, told_at, said_at) values (?, ?, ?, ?, ?, ?)
        on conflict (plan, kind, item, person)
        do update set before = told_at, told_at = excluded.told_at, said_at = excluded.said_at
        """,
        (plan, kind, item, person, told_at, said_at),
    )


def heard_of(desk: Desk, plan: int, kind: str, item: int, person: int) -> datetime | None:
    """The moment of a thing that somebody heard of last."""
    asked = "select told_at from area_plan_told where plan = ? and kind = ? and item = ? and person = ?"
    row = desk.db.one(asked, (plan, kind, item, person))
    return row["told_at"] if row else None


def starts_at(
    desk: Desk, plan: int, inspection: int, person: int, start: datetime, said_at: datetime | None = None
) -> None:
    """Somebody knows that an inspection begins then."""
    if heard_of(desk, plan, "start", inspection, person) != start:
        remember(desk, plan, "start", inspection, person, start, said_at)


def starts(desk: Desk, plan: int) -> list[Row]:
    """Who was told when an inspection begins (`known`) that is open, or cancelled and they have not heard so yet."""
    return desk.db.all(_STARTS, (plan,))


def end_is_known(desk: Desk, plan: int, persons: Sequence[int]) -> None:
    """These people know that the plan has ended, and with it the inspections that they were told of."""
    marks = ", ".join("?" * len(persons))
    accounts = desk.db.all(f"select account from person where id in ({marks})", tuple(persons))
    for row in starts(desk, plan):
        if row["person"] in persons or row["account"] in [each["account"] for each in accounts]:
            remember(desk, plan, "end", row["item"], row["person"], desk.now)


def waits(desk: Desk, plan: Row) -> bool:
    """Whether a reminder of it has not been sent yet: it would stand for the card, were that only edited."""
    return bool(desk.db.all(_WAITING, (card(plan["id"]),)))


def recall(desk: Desk, plan: Row) -> None:
    """Reminders of a plan that have not been sent yet are not; what in them still holds is said again."""
    for row in desk.db.all(_WAITING, (card(plan["id"]),)):
        unsent.recall(desk, row["id"])
        address = orjson.loads(row["payload"])["address"]
        for said in desk.db.all(_SAID, {"plan": plan["id"], "address": address, "moment": row["due_at"]}):
            if said["before"] is None:
                desk.db.execute("delete from area_plan_told where id = ?", (said["id"],))
            else:
                back = "update area_plan_told set told_at = before, before = null, said_at = null where id = ?"
                desk.db.execute(back, (said["id"],))
            desk.db.execute("update area_plan set look_at = ? where id = ?", (desk.now, plan["id"]))
