"""The weekly joint inspections of a plan: when, and what they came to (P1)."""

from datetime import date, time

from handlers.area_plans import plans
from handlers.desk import Desk
from models.area_plan import InspectionState, PlanInspection, PlanState
from models.database import Row, columns, sealing
from reminders import area_plan as rules


def of(desk: Desk, plan: int) -> list[Row]:
    """The inspections of a plan, the newest first."""
    asked = f"select {columns(PlanInspection)} from area_plan_inspection where plan = ? order by monday desc"
    return desk.db.all(asked, (plan,))


def open_of(desk: Desk, plan: int) -> list[Row]:
    """The inspection that is to come, before it the one whose result is still to be told, if there is any."""
    asked = f"select {columns(PlanInspection)} from area_plan_inspection where plan = ? and state = 'planned'"
    return desk.db.all(f"{asked} order by monday", (plan,))


def load(desk: Desk, plan: int, number: int) -> Row | None:
    """This inspection, if its result is still to be told."""
    return next((row for row in open_of(desk, plan) if row["id"] == number), None)


def set_rhythm(desk: Desk, plan: Row, weekday: int, at: str) -> None:
    """The place is inspected on this day of the week (Monday is 0) at this local hour (HH:MM)."""
    desk.db.execute("update area_plan set weekday = ?, at = ? where id = ?", (weekday, at, plan["id"]))
    for row in open_of(desk, plan["id"]):
        if row["starts_at"] > desk.now:
            _forget_inspection(desk, row["id"])
            desk.db.execute("delete from area_plan_inspection where id = ?", (row["id"],))
    roll(desk, plans.now(desk, plan))
    plans.changed(desk, plan)


def roll(desk: Desk, plan: Row) -> None:
    """One inspection is always to come, on a working day; one without a result is missed when the next begins."""
    if plan["state"] != PlanState.RUNNING or plan["weekday"] is None:
        return
    calendar, at = desk.house.calendar, time.fromisoformat(plan["at"])
    rows = open_of(desk, plan["id"])
    for row in rows:
        day = rules.held_on(date.fromisoformat(row["monday"]), plan["weekday"], calendar)
        starts_at = calendar.at(day, at) if day else row["starts_at"]
        if row["starts_at"] > desk.now and starts_at != row["starts_at"]:
            _forget_inspection(desk, row["id"])
            desk.db.execute("update area_plan_inspection set starts_at = ? where id = ?", (starts_at, row["id"]))
    for row in [row for row in rows if row["starts_at"] <= desk.now][:-1]:
        missed = "update area_plan_inspection set state = ? where id = ?"
        desk.db.execute(missed, (InspectionState.MISSED.value, row["id"]))
    if not any(row["starts_at"] > desk.now for row in rows):
        last = desk.db.one("select max(monday) as monday from area_plan_inspection where plan = ?", (plan["id"],))
        after = date.fromisoformat(last["monday"]) if last and last["monday"] else None
        monday, starts_at = rules.next_inspection(after, plan["weekday"], at, desk.now, calendar)
        desk.db.insert(PlanInspection, plan=plan["id"], monday=monday.isoformat(), starts_at=starts_at)


def inspected(desk: Desk, plan: Row, number: int, by: int, mended: int, remaining: int, words: str) -> bool:
    """What the inspection of the week came to. False where somebody has told it already."""
    update = f"""
    update area_plan_inspection set state = 'done', done_by = ?, done_at = ?, mended = ?, remaining = ?,
        words = {sealing(PlanInspection, "words")} where id = ? and plan = ? and state = 'planned'
    """
    if not desk.db.execute(update, (by, desk.now, mended, remaining, words, number, plan["id"])):
        return False
    roll(desk, plan)
    plans.changed(desk, plan)
    return True


def photos(desk: Desk, plan: int) -> list[Row]:
    """The photos of the inspections of a plan, of the newest first: id and kind of their attachments."""
    asked = """
    select attachment.id, attachment.kind from attachment
    join area_plan_inspection on area_plan_inspection.id = attachment.inspection
    where plan = ? and attachment.state = 'kept' order by monday desc, attachment.id
    """
    return desk.db.all(asked, (plan,))


def _forget_inspection(desk: Desk, number: int) -> None:
    desk.db.execute("delete from area_plan_told where kind = 'inspection' and item = ?", (number,))
