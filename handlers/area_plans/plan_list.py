"""/plans: the open area plans of my committees, what is late first; of each place also what was before (P1)."""

from chat.messages import Button
from handlers.area_plans import access, plan_card, plans, things
from handlers.desk import Turn
from models.database import Row

CARD = "plans"
LISTED = 10


def may_look(turn: Turn) -> bool:
    """Whether this account has any committee whose plans it may see."""
    return bool(access.committees(turn, turn.persons))


def start(turn: Turn, *, renew: bool = True) -> None:
    """/plans."""
    if not turn.persons:
        turn.say("start-stranger")
        return
    committees = access.committees(turn, turn.persons)
    found = [(plan, things.of(turn, plan)) for plan in plans.open_at(turn, committees)]
    found.sort(key=lambda one: (not any(thing.late for thing in one[1]), one[1][0].moment, one[0]["id"]))
    body, rows = [turn.text("area_plans-title")], []
    for plan, due in found[:LISTED]:
        late = sum(thing.late for thing in due)
        place = plan_card.place_of(turn, plan, turn.language)
        sign = "late" if late else plan["state"]
        coming = next((thing for thing in due if not thing.late), due[0])
        what = plan_card.said(turn, plan, coming, turn.language)
        body.append(turn.text(f"area_plans-line-{sign}", place=place, late=late, what=what))
        rows.append([_open(plan, turn.text(f"area_plans-button-{sign}", place=place))])
    if not found:
        body.append(turn.text("area_plans-none"))
    elif len(found) > LISTED:
        body.append(turn.text("meeting-and_more", count=len(found)))
    if access.areas(turn):
        rows.append([Button(turn.text("area_plans-button-new"), "pl:0:new:0")])
    if plans.closed_at(turn, committees, 1):
        rows.append([Button(turn.text("area_plans-button-earlier"), "pl:0:earlier:0")])
    turn.show(turn.address, CARD, "\n".join(body), rows, renew=renew)


def _open(plan: Row, label: str) -> Button:
    return Button(label[:60], f"pl:{plan['id']}:show:0")


def earlier(turn: Turn, plan: Row | None = None) -> None:
    """The plans that are closed: those of my committees, or those for the place of this one."""
    if plan is None:
        found = plans.closed_at(turn, access.committees(turn, turn.persons), LISTED)
        body, back = [turn.text("area_plans-earlier")], "pl:0:list:0"
    else:
        found = plans.earlier(turn, plan, LISTED)
        place = plan_card.place_of(turn, plan, turn.language)
        body, back = [turn.text("area_plans-earlier_of", place=place)], f"pl:{plan['id']}:show:0"
    rows = []
    for row in found:
        place, how = plan_card.place_of(turn, row, turn.language), plan_card.state(turn, row, turn.language)
        body.append(turn.text("list-labelled", label=place, value=how))
        rows.append([_open(row, place)])
    if not found:
        body.append(turn.text("area_plans-none_earlier"))
    rows.append([Button(turn.text("area_plan-button-back"), back)])
    turn.show(turn.address, CARD, "\n".join(body), rows, renew=True)
