"""What people have heard of a plan, and what is on its way to them and must not arrive any more (P1)."""

from datetime import datetime

import orjson

from handlers.desk import Desk
from models.database import Row, opened
from models.queue import Outbox

DUE = "plans:due"  # the card that tells of several plans
_WAITING = f"""
select {opened(Outbox, "id", "payload")} from outbox
where card in (?, '{DUE}') and priority = '2' and state = 'waiting'
"""
_RECALLED = "update outbox set state = 'recalled', payload = '', card = '', about = '' where id = ?"
_SAID = """
select id, plan, before from area_plan_told where person in
    (select person.id from person join account on account.id = person.account where account.address = :address)
and said_at = (select max(said_at) from area_plan_told where person in
    (select person.id from person join account on account.id = person.account where account.address = :address))
"""


def card(plan: int) -> str:
    """What the card of a plan is called in every chat."""
    return f"plan:{plan}"


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


def waits(desk: Desk, plan: Row) -> bool:
    """Whether a reminder of it has not been sent yet: it would stand for the card, were that only edited."""
    return bool(desk.db.all(_WAITING, (card(plan["id"]),)))


def recall(desk: Desk, plan: Row) -> None:
    """Reminders of a plan that have not been sent yet are not; what in them still holds is said again."""
    for row in desk.db.all(_WAITING, (card(plan["id"]),)):
        desk.db.execute(_RECALLED, (row["id"],))
        for said in desk.db.all(_SAID, {"address": orjson.loads(row["payload"])["address"]}):
            if said["before"] is None:
                desk.db.execute("delete from area_plan_told where id = ?", (said["id"],))
            else:
                back = "update area_plan_told set told_at = before, before = null, said_at = null where id = ?"
                desk.db.execute(back, (said["id"],))
            again = "update area_plan set look_at = ? where id = ? and closed_at is null"
            desk.db.execute(again, (desk.now, said["plan"]))
