"""Area plans as they are kept: one open plan for a place, what is done there, and what is due next (duty P1)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import orjson

from handlers.area_plans import access
from handlers.desk import Desk
from models.area_plan import (
    AreaPlan,
    InspectionState,
    PlanExtension,
    PlanInspection,
    PlanMeasure,
    PlanReason,
    PlanReview,
    PlanState,
)
from models.database import Row, columns, opened, sealing
from models.queue import Outbox
from reminders import area_plan as rules

DUE = "plans:due"  # the card that tells of several plans
REVIEW_AHEAD = timedelta(days=7)  # a review may be given so long before its day
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
_MEASURES = f"""
select {columns(PlanMeasure)}, person.name, person.active from area_plan_measure
join person on person.id = area_plan_measure.owner
"""
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


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of a plan that is to be done: what (`kind`, its number), until when, whether it is late."""

    kind: str
    item: int
    day: date
    moment: datetime
    late: bool = False


def card(plan: int) -> str:
    """What the card of a plan is called in every chat."""
    return f"plan:{plan}"


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


def measures(desk: Desk, plan: int) -> list[Row]:
    """The measures of a plan, those to be done first."""
    order = "order by area_plan_measure.done_at is not null, area_plan_measure.day, area_plan_measure.id"
    return desk.db.all(f"{_MEASURES} where area_plan_measure.plan = ? {order}", (plan,))


def measure(desk: Desk, plan: int, number: int) -> Row | None:
    """A measure of this plan."""
    return desk.db.one(f"{_MEASURES} where area_plan_measure.id = ? and area_plan_measure.plan = ?", (number, plan))


def inspections(desk: Desk, plan: int) -> list[Row]:
    """The inspections of a plan, the newest first."""
    asked = f"select {columns(PlanInspection)} from area_plan_inspection where plan = ? order by monday desc"
    return desk.db.all(asked, (plan,))


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
    """The plan comes to its end as `state`, if it is still as `before`; nobody hears of anything in it any more."""
    update = f"""
    update area_plan set state = :state, closed_at = :now, look_at = null,
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
    recall(desk, plan)
    return True


def set_lead(desk: Desk, plan: Row, person: int) -> bool:
    """Somebody leads it from now on; false where it has another lead by now than `plan` says."""
    update = "update area_plan set lead = ? where id = ? and state = 'running' and lead is ?"
    if not desk.db.execute(update, (person, plan["id"], plan["lead"])):
        return False
    changed(desk, plan)
    return True


def set_rhythm(desk: Desk, plan: Row, weekday: int, at: str) -> None:
    """The place is inspected on this day of the week (Monday is 0) at this local hour (HH:MM)."""
    desk.db.execute("update area_plan set weekday = ?, at = ? where id = ?", (weekday, at, plan["id"]))
    for row in open_inspections(desk, plan["id"]):
        if row["starts_at"] > desk.now:
            _forget_inspection(desk, row["id"])
            desk.db.execute("delete from area_plan_inspection where id = ?", (row["id"],))
    roll(desk, now(desk, plan))
    changed(desk, plan)


def open_inspections(desk: Desk, plan: int) -> list[Row]:
    """The inspection that is to come, before it the one whose result is still to be told, if there is any."""
    asked = f"select {columns(PlanInspection)} from area_plan_inspection where plan = ? and state = 'planned'"
    return desk.db.all(f"{asked} order by monday", (plan,))


def inspection(desk: Desk, plan: int, number: int) -> Row | None:
    """This inspection, if its result is still to be told."""
    return next((row for row in open_inspections(desk, plan) if row["id"] == number), None)


def _forget_inspection(desk: Desk, number: int) -> None:
    desk.db.execute("delete from area_plan_told where kind = 'inspection' and item = ?", (number,))


def roll(desk: Desk, plan: Row) -> None:
    """One inspection is always to come, on a working day; one without a result is missed when the next begins."""
    if plan["state"] != PlanState.RUNNING or plan["weekday"] is None:
        return
    calendar, at = desk.house.calendar, time.fromisoformat(plan["at"])
    rows = open_inspections(desk, plan["id"])
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


def photos(desk: Desk, plan: int) -> list[Row]:
    """The photos of the inspections of a plan, of the newest first: id and kind of their attachments."""
    asked = """
    select attachment.id, attachment.kind from attachment
    join area_plan_inspection on area_plan_inspection.id = attachment.inspection
    where plan = ? and attachment.state = 'kept' order by monday desc, attachment.id
    """
    return desk.db.all(asked, (plan,))


def inspected(desk: Desk, plan: Row, number: int, by: int, mended: int, remaining: int, words: str) -> bool:
    """What the inspection of the week came to. False where somebody has told it already."""
    update = f"""
    update area_plan_inspection set state = 'done', done_by = ?, done_at = ?, mended = ?, remaining = ?,
        words = {sealing(PlanInspection, "words")} where id = ? and plan = ? and state = 'planned'
    """
    if not desk.db.execute(update, (by, desk.now, mended, remaining, words, number, plan["id"])):
        return False
    roll(desk, plan)
    changed(desk, plan)
    return True


def add_measure(desk: Desk, plan: Row, owner: int, day: str, words: str, by: int) -> None:
    """Somebody is to do something at the place until a day; who takes it on in person need not be told."""
    number = desk.db.insert(
        PlanMeasure, plan=plan["id"], owner=owner, day=day, words=words, made_by=by, made_at=desk.now
    )
    changed(desk, plan)
    if owner == by:
        remember(desk, plan["id"], "measure", number, owner, desk.now)


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


def set_owner(desk: Desk, plan: Row, number: int, owner: int) -> None:
    """Somebody else does it: they hear of it as of a new one."""
    update = "update area_plan_measure set owner = ? where id = ? and plan = ? and done_at is null"
    desk.db.execute(update, (owner, number, plan["id"]))
    changed(desk, plan)


def measure_done(desk: Desk, plan: Row, number: int, by: int) -> bool:
    """A measure is done. False where somebody was quicker."""
    update = "update area_plan_measure set done_at = ?, done_by = ? where id = ? and plan = ? and done_at is null"
    if not desk.db.execute(update, (desk.now, by, number, plan["id"])):
        return False
    changed(desk, plan)
    return True


def measure_reopened(desk: Desk, plan: Row, number: int) -> bool:
    """A measure is not done after all. False where it was open."""
    update = """
    update area_plan_measure set done_at = null, done_by = null where id = ? and plan = ? and done_at is not null
    """
    if not desk.db.execute(update, (number, plan["id"])):
        return False
    changed(desk, plan)
    return True


def review_due(desk: Desk, plan: Row) -> tuple[int, date] | None:
    """The number of the next monthly review, and its day; None where the acceptance comes before it."""
    number = len(reviews(desk, plan["id"])) + 1
    since = desk.house.today(plan["decided_at"])
    day = rules.months_after(since, number, desk.house.calendar)
    return (number, day) if day < date.fromisoformat(plan["deadline"]) else None


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
    recall(desk, plan)


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


def things(desk: Desk, plan: Row) -> list[Thing]:
    """What is to be done, the most urgent first."""
    today = desk.house.today(desk.now)

    def until(kind: str, item: int, day: date) -> Thing:
        moment = datetime.combine(day, time(23, 59), desk.house.zone).astimezone(UTC)
        return Thing(kind, item, day, moment, rules.is_late(day, today))

    if plan["state"] == PlanState.PROPOSED:
        return [Thing("decision", 0, today, desk.now)]
    if plan["state"] != PlanState.RUNNING:
        return []
    found = [until("measure", row["id"], date.fromisoformat(row["day"])) for row in open_measures(desk, plan["id"])]
    if access.lead_of(desk, plan) is None:
        found.append(Thing("lead", 0, today, desk.now))
    if plan["weekday"] is None:
        found.append(Thing("rhythm", 0, today, desk.now))
    for row in open_inspections(desk, plan["id"]):
        day = desk.house.today(row["starts_at"])
        found.append(Thing("inspection", row["id"], day, row["starts_at"], rules.is_late(day, today)))
    if coming := review_due(desk, plan):
        found.append(until("review", *coming))
    found.append(until("acceptance", plan["extended"], date.fromisoformat(plan["deadline"])))
    return sorted(found, key=lambda thing: (not thing.late, thing.moment))


def open_measures(desk: Desk, plan: int) -> list[Row]:
    return [row for row in measures(desk, plan) if row["done_at"] is None]
