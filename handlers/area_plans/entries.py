"""Joint inspections as they stand in somebody's calendar: in the file of one, and in the one they subscribe to (P1)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from chat.texts import text
from handlers.area_plans import access, inspections, plans
from handlers.desk import Desk
from models.area_plan import InspectionState
from models.database import Row

if TYPE_CHECKING:  # it takes long to load
    from exports.calendar_entry import Entry


def entry(plan: Row, row: Row, language: str) -> Entry:
    """An inspection of a plan. It is called by area and number; nobody's name and no words of anybody are in it."""
    from exports.calendar_entry import Entry, Status

    changed_at = row["changed_at"] or plan["decided_at"]
    cancelled = row["state"] == InspectionState.CANCELLED
    return Entry(
        uid=f"inspection-{row['id']}@linli",
        title=text(language, "area_plan-entry", place=plan["place_name"], number=plan["id"]),
        where=plan["place_name"],
        starts_at=row["starts_at"],
        changed_at=changed_at,
        sequence=int((changed_at - plan["decided_at"]).total_seconds()),
        status=Status.CANCELLED if cancelled else Status.CONFIRMED,
    )


def entries(desk: Desk, persons: list[int], since: datetime, language: str) -> list[Entry]:
    """The inspections from a moment on to which these persons of one account go, once they know of the time."""
    found = []
    rows: dict[int, list[Row]] = {}
    for row in inspections.known_to(desk, persons, since):
        rows.setdefault(row["plan"], []).append(row)
    for number, known in rows.items():
        plan = plans.load(desk, number)
        assert plan is not None
        goes = not set(persons).isdisjoint(access.inspectors(desk, plan))
        found += [entry(plan, row, language) for row in known if goes or row["told"]]
    return found
