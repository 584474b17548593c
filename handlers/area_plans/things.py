"""What of a plan is to be done, the most urgent first (P1)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from handlers.area_plans import access, inspections, measures, plans
from handlers.desk import Desk
from models.area_plan import PlanState
from models.database import Row
from reminders import area_plan as rules

REVIEW_AHEAD = timedelta(days=7)  # a review may be given so long before its day


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of a plan that is to be done: what (`kind`, its number), until when, whether it is late."""

    kind: str
    item: int
    day: date
    moment: datetime
    late: bool = False


def review_due(desk: Desk, plan: Row) -> tuple[int, date] | None:
    """The number of the next monthly review, and its day; None where the acceptance comes before it."""
    number = len(plans.reviews(desk, plan["id"])) + 1
    since = desk.house.today(plan["decided_at"])
    day = rules.months_after(since, number, desk.house.calendar)
    return (number, day) if day < date.fromisoformat(plan["deadline"]) else None


def of(desk: Desk, plan: Row) -> list[Thing]:
    """What is to be done, the most urgent first."""
    today = desk.house.today(desk.now)

    def until(kind: str, item: int, day: date) -> Thing:
        moment = datetime.combine(day, time(23, 59), desk.house.zone).astimezone(UTC)
        return Thing(kind, item, day, moment, rules.is_late(day, today))

    if plan["state"] == PlanState.PROPOSED:
        return [Thing("decision", 0, today, desk.now)]
    if plan["state"] != PlanState.RUNNING:
        return []
    found = [until("measure", row["id"], date.fromisoformat(row["day"])) for row in measures.open_of(desk, plan["id"])]
    if access.lead_of(desk, plan) is None:
        found.append(Thing("lead", 0, today, desk.now))
    if plan["weekday"] is None:
        found.append(Thing("rhythm", 0, today, desk.now))
    for row in inspections.open_of(desk, plan["id"]):
        day = desk.house.today(row["starts_at"])
        found.append(Thing("inspection", row["id"], day, row["starts_at"], rules.is_late(day, today)))
    if coming := review_due(desk, plan):
        found.append(until("review", *coming))
    found.append(until("acceptance", plan["extended"], date.fromisoformat(plan["deadline"])))
    return sorted(found, key=lambda thing: (not thing.late, thing.moment))
