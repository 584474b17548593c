"""A coordinator's plan of self-checks as it is kept, and how far it has come (duty W6)."""

from datetime import date, timedelta

from chat.day import written
from chat.messages import Button
from chat.texts import text
from handlers.desk import Desk
from models.checks import SelfCheckPlan
from models.database import Row
from models.workload import COUNTED
from workload.self_checks import begun
from workload.weeks import monday_of

# What is entered since, for days not earlier than the week before: a correction of long ago is none of this round.
_DONE = f"""
select coalesce(sum(self_checks), 0) as n from workload_entry where person = ? and day >= ? and id > ? and {COUNTED}
"""


def button(person: int, label: str) -> Button:
    """The button by which a coordinator sets a plan."""
    return Button(label, f"sp:{person}")


def latest(desk: Desk, person: int) -> Row | None:
    """The plan a coordinator has, or had last."""
    return desk.db.one("select * from self_check_plan where person = ? order by id desc limit 1", (person,))


def until(plan: Row) -> date:
    """The day of a plan."""
    return date.fromisoformat(plan["until"])


def done(desk: Desk, plan: Row) -> int:
    """How many self-checks were entered since a plan was made."""
    earliest = monday_of(desk.house.today(plan["made_at"])) - timedelta(days=7)
    row = desk.db.one(_DONE, (plan["person"], earliest.isoformat(), plan["after"]))
    return max(int(row["n"]), 0) if row else 0


def lines(desk: Desk, person: int, language: str) -> list[str]:
    """How far a plan has come, in words; nothing where there is none."""
    plan = latest(desk, person)
    if plan is None:
        return []
    so_far, day = done(desk, plan), written(until(plan), language)
    if until(plan) < desk.house.today(desk.now):
        name = "self_check-line-ended"
    else:
        name = "self_check-line-reached" if so_far >= plan["dwellings"] else "self_check-line"
    return [text(language, name, done=so_far, dwellings=plan["dwellings"], day=day)]


def make(desk: Desk, person: int, dwellings: int, day: date) -> None:
    """A plan; one that has not ended yet is changed, and keeps what was done for it."""
    sent, look_at = begun(day, desk.now, desk.house.calendar)
    plan = latest(desk, person)
    if plan and until(plan) >= desk.house.today(desk.now):
        changed = "update self_check_plan set dwellings = ?, until = ?, sent = ?, look_at = ? where id = ?"
        desk.db.execute(changed, (dwellings, day.isoformat(), sent, look_at, plan["id"]))
        return
    desk.db.execute("update self_check_plan set look_at = null where person = ?", (person,))
    last = desk.db.one("select coalesce(max(id), 0) as id from workload_entry")
    assert last is not None
    desk.db.insert(
        SelfCheckPlan,
        person=person,
        dwellings=dwellings,
        until=day.isoformat(),
        made_at=desk.now,
        after=last["id"],
        sent=sent,
        look_at=look_at,
    )
