"""The measures of a plan: who of the staff does what at the place until when (P1)."""

from handlers.area_plans import hearing, plans
from handlers.desk import Desk
from models.area_plan import PlanMeasure
from models.database import Row, columns

_MEASURES = f"""
select {columns(PlanMeasure)}, person.name, person.active from area_plan_measure
join person on person.id = area_plan_measure.owner
"""


def of(desk: Desk, plan: int) -> list[Row]:
    """The measures of a plan, those to be done first."""
    order = "order by area_plan_measure.done_at is not null, area_plan_measure.day, area_plan_measure.id"
    return desk.db.all(f"{_MEASURES} where area_plan_measure.plan = ? {order}", (plan,))


def open_of(desk: Desk, plan: int) -> list[Row]:
    return [row for row in of(desk, plan) if row["done_at"] is None]


def load(desk: Desk, plan: int, number: int) -> Row | None:
    """A measure of this plan."""
    return desk.db.one(f"{_MEASURES} where area_plan_measure.id = ? and area_plan_measure.plan = ?", (number, plan))


def add(desk: Desk, plan: Row, owner: int, day: str, words: str, by: int) -> None:
    """Somebody is to do something at the place until a day; who takes it on in person need not be told."""
    number = desk.db.insert(
        PlanMeasure, plan=plan["id"], owner=owner, day=day, words=words, made_by=by, made_at=desk.now
    )
    plans.changed(desk, plan)
    if owner == by:
        hearing.remember(desk, plan["id"], "measure", number, owner, desk.now)


def set_owner(desk: Desk, plan: Row, number: int, owner: int) -> None:
    """Somebody else does it: they hear of it as of a new one."""
    update = "update area_plan_measure set owner = ? where id = ? and plan = ? and done_at is null"
    desk.db.execute(update, (owner, number, plan["id"]))
    plans.changed(desk, plan)


def done(desk: Desk, plan: Row, number: int, by: int) -> bool:
    """A measure is done. False where somebody was quicker."""
    update = "update area_plan_measure set done_at = ?, done_by = ? where id = ? and plan = ? and done_at is null"
    if not desk.db.execute(update, (desk.now, by, number, plan["id"])):
        return False
    plans.changed(desk, plan)
    return True


def reopened(desk: Desk, plan: Row, number: int) -> bool:
    """A measure is not done after all. False where it was open."""
    update = """
    update area_plan_measure set done_at = null, done_by = null where id = ? and plan = ? and done_at is not null
    """
    if not desk.db.execute(update, (number, plan["id"])):
        return False
    plans.changed(desk, plan)
    return True
