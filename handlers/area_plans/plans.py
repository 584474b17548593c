"""Area plans as they are kept: one open plan for a place, why, who leads it, how it goes on and ends (duty P1)."""

import unicodedata
from collections.abc import Sequence

from handlers.area_plans import hearing
from handlers.desk import Desk
from models.area_plan import (
    AreaPlan,
    InspectionState,
    PlanExtension,
    PlanReason,
    PlanReview,
    PlanState,
)
from models.database import Row, columns, sealing
from reminders import area_plan as rules

_PLAN = f"""
select {columns(AreaPlan)}, place.name as place_name, proposer.name as proposer_name, leader.name as lead_name
from area_plan join place on place.id = area_plan.place join person as proposer on proposer.id = area_plan.proposed_by
left join person as leader on leader.id = area_plan.lead
"""
_OPEN = f"area_plan.state in ('{PlanState.PROPOSED.value}', '{PlanState.RUNNING.value}')"
_REASONS = f"""
select {columns(PlanReason)}, person.name from area_plan_reason join person on person.id = area_plan_reason.by
where area_plan_reason.plan = ? order by area_plan_reason.id
"""
_CALLED_OFF = f"""
update area_plan_inspection set state = '{InspectionState.CANCELLED.value}', changed_at = ?
where plan = ? and state = '{InspectionState.PLANNED.value}' and starts_at > ?
"""


def mark(desk: Desk, place: int, spot: str) -> bytes:
    """By what a place is known again: without regard to spaces, signs, width or case."""
    plain = unicodedata.normalize("NFKC", spot).casefold()
    return desk.db.mark(f"area plan {place} {''.join(filter(str.isalnum, plain)) or plain}")


def load(desk: Desk, plan: int) -> Row | None:
    return desk.db.one(f"{_PLAN} where area_plan.id = ?", (plan,))


def now(desk: Desk, plan: Row) -> Row:
    """The plan as it is by now."""
    row = load(desk, plan["id"])
    assert row is not None
    return row


def open_at(desk: Desk, committees: Sequence[int]) -> list[Row]:
    """The open plans of these committees."""
    marks = ", ".join("?" * len(committees))
    asked = f"{_PLAN} where {_OPEN} and area_plan.committee in ({marks}) order by area_plan.id"
    return desk.db.all(asked, tuple(committees))


def open_in(desk: Desk, place: int) -> list[Row]:
    """The open plans for an area, or for places within it."""
    return desk.db.all(f"{_PLAN} where {_OPEN} and area_plan.place = ? order by area_plan.id", (place,))


def closed_at(desk: Desk, committees: Sequence[int], most: int) -> list[Row]:
    """The plans of these committees that are closed, the last one first."""
    marks = ", ".join("?" * len(committees))
    asked = f"{_PLAN} where area_plan.closed_at is not null and area_plan.committee in ({marks})"
    return desk.db.all(f"{asked} order by area_plan.closed_at desc, area_plan.id desc limit ?", (*committees, most))


def earlier(desk: Desk, plan: Row, most: int) -> list[Row]:
    """The closed plans for the same place, the last one first."""
    asked = f"{_PLAN} where area_plan.mark = ? and area_plan.closed_at is not null and area_plan.id <> ?"
    ordered = f"{asked} order by area_plan.closed_at desc, area_plan.id desc limit ?"
    return desk.db.all(ordered, (plan["mark"], plan["id"], most))


def reasons(desk: Desk, plan: int) -> list[Row]:
    return desk.db.all(_REASONS, (plan,))


def reviews(desk: Desk, plan: int) -> list[Row]:
    """The reviews of a plan, the newest first."""
    return desk.db.all(f"select {columns(PlanReview)} from area_plan_review where plan = ? order by id desc", (plan,))


def extensions(desk: Desk, plan: int) -> list[Row]:
    """The extensions of a plan, the newest first."""
    asked = f"select {columns(PlanExtension)} from area_plan_extension where plan = ? order by id desc"
    return desk.db.all(asked, (plan,))


def propose(desk: Desk, committee: int, place: int, spot: str, by: int) -> int:
    """A new plan. Raises sqlite3.IntegrityError where the place has one (handlers.area_plans.proposal looks before)."""
    return desk.db.insert(
        AreaPlan,
        committee=committee,
        place=place,
        spot=spot,
        mark=mark(desk, place, spot),
        proposed_by=by,
        proposed_at=desk.now,
        look_at=desk.now,
        calendar=desk.house.days.version,
    )


def give_reason(desk: Desk, plan: int, by: int, counts: Sequence[int], words: str) -> None:
    """Why the place needs a plan: hazards, disorder and records that lack or are wrong, as counts; and a line."""
    hazards, disorder, records = counts
    desk.db.insert(
        PlanReason,
        plan=plan,
        by=by,
        hazards=hazards,
        disorder=disorder,
        records=records,
        words=words,
        made_at=desk.now,
    )


def agree(desk: Desk, plan: Row, by: int) -> bool:
    """The officer agrees: the two months begin. False where somebody was quicker."""
    deadline = rules.months_after(desk.house.today(desk.now), rules.MONTHS, desk.house.calendar)
    update = """
    update area_plan set state = 'running', decided_by = ?, decided_at = ?, deadline = ? where id = ?
    and state = 'proposed'
    """
    if not desk.db.execute(update, (by, desk.now, deadline.isoformat(), plan["id"])):
        return False
    changed(desk, plan)
    return True


def close(desk: Desk, plan: Row, state: PlanState, before: PlanState, by: int | None = None, words: str = "") -> bool:
    """The plan comes to its end as `state`, if it is still as `before`. Of what is in it nobody hears any more, but for
    whoever was told of an inspection that does not take place now."""
    update = f"""
    update area_plan set state = :state, closed_at = :now, look_at = :now,
        answer = {sealing(AreaPlan, "answer", ":words")},
        decided_by = coalesce(decided_by, :by), decided_at = coalesce(decided_at, :now)
    where id = :plan and state = :before
    """
    arguments = {
        "state": state.value,
        "now": desk.now,
        "words": words,
        "by": by,
        "plan": plan["id"],
        "before": before.value,
    }
    if not desk.db.execute(update, arguments):
        return False
    desk.db.execute(_CALLED_OFF, (desk.now, plan["id"], desk.now))
    hearing.recall(desk, plan)
    return True


def set_lead(desk: Desk, plan: Row, person: int) -> bool:
    """Somebody leads it from now on; false where it has another lead by now than `plan` says."""
    update = "update area_plan set lead = ? where id = ? and state = 'running' and lead is ?"
    if not desk.db.execute(update, (person, plan["id"], plan["lead"])):
        return False
    changed(desk, plan)
    return True


def review(desk: Desk, plan: Row, number: int, verdict: str, words: str, by: int) -> bool:
    """What the month has brought. False where somebody has said it already."""
    if not desk.db.insert_new(
        PlanReview, plan=plan["id"], number=number, verdict=verdict, words=words, by=by, made_at=desk.now
    ):
        return False
    changed(desk, plan)
    return True


def accept(desk: Desk, plan: Row, by: int, side: str) -> bool:
    """One `side` (officer or town) accepts; with both the plan is closed. False where it had already."""
    update = f"update area_plan set {side}_accepted = ? where id = ? and state = 'running' and {side}_accepted is null"
    if not desk.db.execute(update, (by, plan["id"])):
        return False
    after = now(desk, plan)
    if after["officer_accepted"] is not None and after["town_accepted"] is not None:
        close(desk, after, PlanState.ACCEPTED, PlanState.RUNNING)
    else:
        changed(desk, plan)
    return True


def extend(desk: Desk, plan: Row, day: str, words: str, by: int) -> None:
    """The acceptance is put off, and with it what was accepted."""
    desk.db.insert(
        PlanExtension, plan=plan["id"], before=plan["deadline"], until=day, words=words, by=by, made_at=desk.now
    )
    update = """
    update area_plan set deadline = ?, extended = extended + 1, officer_accepted = null, town_accepted = null
    where id = ?
    """
    desk.db.execute(update, (day, plan["id"]))
    changed(desk, plan)


def changed(desk: Desk, plan: Row) -> None:
    """Something is otherwise than it was: what waits to be sent is not sent, and what is still due is looked for."""
    desk.db.execute("update area_plan set look_at = ? where id = ? and closed_at is null", (desk.now, plan["id"]))
    hearing.recall(desk, plan)
