"""The weekly joint inspections of a plan: when, and what they came to (P1)."""

from collections.abc import Sequence
from datetime import date, datetime, time

from handlers.area_plans import hearing, plans
from handlers.desk import Desk
from models.area_plan import InspectionState, PlanInspection, PlanState
from models.database import Row, columns, sealing
from reminders import area_plan as rules

MOST_PHOTOS = 4  # of one inspection


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


def set_rhythm(desk: Desk, plan: Row, weekday: int, at: str, by: int) -> None:
    """The place is inspected on this day of the week (Monday is 0) at this local hour (HH:MM), as somebody says."""
    desk.db.execute("update area_plan set weekday = ?, at = ? where id = ?", (weekday, at, plan["id"]))
    plans.changed(desk, plan)
    roll(desk, plans.now(desk, plan))
    for row in open_of(desk, plan["id"]):
        if row["starts_at"] > desk.now:
            hearing.starts_at(desk, plan["id"], row["id"], by, row["starts_at"])


def roll(desk: Desk, plan: Row) -> bool:
    """One inspection is always to come, when rhythm and working days have it; one without a result is missed when the
    next begins. Returns whether one that was to come has been moved."""
    if plan["state"] != PlanState.RUNNING or plan["weekday"] is None:
        return False
    rows = open_of(desk, plan["id"])
    begun = [row for row in rows if row["starts_at"] <= desk.now]
    for row in begun[:-1]:
        missed = "update area_plan_inspection set state = ? where id = ?"
        desk.db.execute(missed, (InspectionState.MISSED.value, row["id"]))
    coming = next((row for row in rows if row["starts_at"] > desk.now), None)
    asked = "select max(monday) as monday from area_plan_inspection where plan = ? and id is not ?"
    last = desk.db.one(asked, (plan["id"], coming["id"] if coming else None))
    after = date.fromisoformat(last["monday"]) if last and last["monday"] else None
    at = time.fromisoformat(plan["at"])
    monday, starts_at = rules.next_inspection(after, plan["weekday"], at, desk.now, desk.house.calendar)
    if coming is None:
        desk.db.insert(PlanInspection, plan=plan["id"], monday=monday.isoformat(), starts_at=starts_at)
        return False
    if coming["starts_at"] == starts_at:
        return False
    update = "update area_plan_inspection set monday = ?, starts_at = ?, changed_at = ? where id = ?"
    desk.db.execute(update, (monday.isoformat(), starts_at, desk.now, coming["id"]))
    return True


def inspected(desk: Desk, plan: Row, number: int, by: int, mended: int, remaining: int) -> bool:
    """What the inspection of the week came to. False where somebody has told it already."""
    update = """
    update area_plan_inspection set state = 'done', done_by = ?, done_at = ?, mended = ?, remaining = ?
    where id = ? and plan = ? and state = 'planned'
    """
    if not desk.db.execute(update, (by, desk.now, mended, remaining, number, plan["id"])):
        return False
    roll(desk, plan)
    plans.changed(desk, plan)
    return True


def coming(desk: Desk, plan: int) -> Row | None:
    """The inspection that is still to begin."""
    return next((row for row in open_of(desk, plan) if row["starts_at"] > desk.now), None)


def just_told(desk: Desk, plan: int) -> Row | None:
    """The inspection whose result was told last, until the next one begins: as long, more is asked for."""
    if any(row["starts_at"] <= desk.now for row in open_of(desk, plan)):
        return None
    return next((row for row in of(desk, plan) if row["state"] == InspectionState.DONE), None)


def said(desk: Desk, plan: Row, number: int, words: str) -> None:
    """A line beside the counts of an inspection."""
    update = f"update area_plan_inspection set words = {sealing(PlanInspection, 'words')} where id = ? and plan = ?"
    desk.db.execute(update, (words, number, plan["id"]))


def photos_left(desk: Desk, number: int) -> int:
    """How many photos an inspection may still get."""
    row = desk.db.one("select count(*) as count from attachment where inspection = ?", (number,))
    return MOST_PHOTOS - (row["count"] if row else 0)


def known_to(desk: Desk, persons: Sequence[int], since: datetime) -> list[Row]:
    """The inspections from a moment on of whose time these persons of one account were `told`, or which the card of the
    plan in their chat says."""
    marks = ", ".join("?" * len(persons))
    asked = f"""
    select {columns(PlanInspection)}, exists (
        select 1 from area_plan_told where kind = 'start' and item = area_plan_inspection.id and person in ({marks})
        and (told_at = starts_at or state = 'cancelled')
    ) as told from area_plan_inspection where starts_at >= ? and (told or exists (
        select 1 from card join account on card.address = mark(account.address)
        join person on person.account = account.id
        where card.card = 'plan:' || area_plan_inspection.plan and person.id in ({marks})
    )) order by starts_at, id
    """
    return desk.db.all(asked, (*persons, since, *persons))


def photos(desk: Desk, plan: int) -> list[Row]:
    """The photos of the inspections of a plan, of the newest first: id and kind of their attachments."""
    asked = """
    select attachment.id, attachment.kind from attachment
    join area_plan_inspection on area_plan_inspection.id = attachment.inspection
    where plan = ? and attachment.state = 'kept' order by monday desc, attachment.id
    """
    return desk.db.all(asked, (plan,))
