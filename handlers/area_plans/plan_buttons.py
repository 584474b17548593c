"""The buttons of the card of an area plan: what whoever reads it can do now, what is due next first (P1)."""

from collections.abc import Callable, Sequence
from datetime import date

from chat.day import brief
from chat.messages import Button
from chat.texts import text
from handlers.area_plans import access, inspections, measures, plans, things
from handlers.desk import Desk, in_rows
from models.area_plan import PlanState
from models.database import Row

LISTED = 8  # measures


def made(language: str, plan: Row, verb: str, item: int = 0, **arguments: str | int) -> Button:
    return Button(text(language, f"area_plan-button-{verb}", **arguments), f"pl:{plan['id']}:{verb}:{item}")


def all_of(desk: Desk, plan: Row, persons: Sequence[Row], language: str) -> list[list[Button]]:
    """What the reader can do now, what is due next first."""
    own = access.rights(desk, plan, persons)
    if own.anybody is None:
        return []
    rows: list[list[Button]] = []

    def button(verb: str, item: int = 0, **arguments: str | int) -> Button:
        return made(language, plan, verb, item, **arguments)

    if plan["state"] == PlanState.PROPOSED:
        if own.officer:
            rows.append([button("agree"), button("decline")])
        if own.proposer:
            rows.append([button("withdraw")])
    elif plan["state"] == PlanState.RUNNING:
        rows = _running(desk, plan, own, {person["id"] for person in persons}, language, button)
    coming = inspections.coming(desk, plan["id"])
    looks = [button("entry", coming["id"])] if own.inspector and coming else []
    looks += [button("photos")] if inspections.photos(desk, plan["id"]) else []
    looks += [button("earlier")] if plans.earlier(desk, plan, 1) else []
    if looks:
        rows.append(looks)
    return rows


def may_inspect(desk: Desk, inspection: Row) -> bool:
    """Whether an inspection may have taken place: from the morning of its day on."""
    return desk.house.today(desk.now) >= desk.house.today(inspection["starts_at"])


def may_review(desk: Desk, coming: tuple[int, date] | None) -> bool:
    """Whether the next review may be given: not long before its day."""
    return coming is not None and desk.house.today(desk.now) >= coming[1] - things.REVIEW_AHEAD


def acceptor(plan: Row, own: access.Rights) -> str:
    """For which side the reader may still accept; empty for none."""
    if own.officer and plan["officer_accepted"] is None:
        return "officer"
    return "town" if own.town and plan["town_accepted"] is None else ""


def may_extend(plan: Row, own: access.Rights) -> bool:
    """Whether the reader may put the acceptance off: the officer once, the town office whenever it is needed."""
    return bool(own.town or (own.officer and not plan["extended"]))


def _running(
    desk: Desk, plan: Row, own: access.Rights, persons: set[int], language: str, button: Callable[..., Button]
) -> list[list[Button]]:
    """The buttons of a plan that runs, for these persons."""
    rows: list[list[Button]] = []
    lead = access.lead_of(desk, plan)
    for row in inspections.open_of(desk, plan["id"]):
        if own.inspector and may_inspect(desk, row):
            day = brief(desk.house.today(row["starts_at"]), language)
            rows.append([button("result", row["id"], day=day)])
    if own.inspector and (told := inspections.just_told(desk, plan["id"])):
        more = [button("add_photos", told["id"])] if inspections.photos_left(desk, told["id"]) else []
        more += [] if told["words"] else [button("add_line", told["id"])]
        rows += [more] if more else []
    ticks = []
    staff = access.staff(desk, plan)
    for number, row in enumerate(measures.of(desk, plan["id"])[:LISTED], start=1):
        if row["done_at"] is None and (own.manager or row["owner"] in persons):
            ticks.append(button("done", row["id"], number=number))
            if own.manager and row["owner"] not in staff:
                ticks.append(button("owner", row["id"], number=number))
    rows += in_rows(ticks, 4)
    if own.manager and may_review(desk, things.review_due(desk, plan)):
        rows.append([button("review")])
    if own.cadre and lead is None:
        rows.append([button("take")])
    if own.officer and len(access.cadres(desk, plan)) > (lead is not None):
        rows.append([button("name")])
    if own.manager:
        rows.append([button("measure"), button("rhythm")])
    closing = []
    if acceptor(plan, own) and not measures.open_of(desk, plan["id"]):
        closing.append(button("accept"))
    if may_extend(plan, own):
        closing.append(button("extend"))
    if closing:
        rows.append(closing)
    if own.officer:
        rows.append([button("end")])
    return rows
