"""The joint inspections that are to come for somebody, or still lack a result: for a list of what is theirs (P1)."""

from chat.messages import Button
from handlers.area_plans import access, inspections, plan_card, plans
from handlers.coming import AHEAD, Coming
from handlers.desk import Turn
from handlers.meetings import rhythms
from models.person import Role
from reminders.area_plan import is_late

_WHO = (Role.CADRE, Role.COORDINATOR, *access.OFFICERS)


def listed(turn: Turn) -> list[Coming]:
    """The inspections of this account within two weeks, those without a result that have passed first."""
    persons = [person for person in turn.persons if person["role"] in _WHO]
    own, today = {person["id"] for person in persons}, turn.house.today(turn.now)
    found = []
    for plan in plans.open_at(turn, access.committees(turn, persons)):
        rows = [row for row in inspections.open_of(turn, plan["id"]) if row["starts_at"] <= turn.now + AHEAD]
        if not rows or own.isdisjoint(access.inspectors(turn, plan)):
            continue
        place = plan_card.place_of(turn, plan, turn.language)
        for row in rows:
            late = is_late(turn.house.today(row["starts_at"]), today)
            slot = rhythms.slot(turn, row["starts_at"], turn.language)
            line = turn.text(f"area_plan-coming-{'late' if late else 'planned'}", slot=slot, place=place)
            button = Button(turn.text("area_plan-coming-button", slot=slot), f"pl:{plan['id']}:show:0")
            found.append(Coming(row["starts_at"], late, line, button))
    return sorted(found, key=lambda one: one.order)
