"""Duty P1 in a chat: what the buttons of area plans do. Who may is asked for every tap, whatever the card showed."""

from chat.messages import Act, Outgoing
from handlers.area_plans import (
    access,
    hearing,
    inspecting,
    inspections,
    measures,
    plan_buttons,
    plan_card,
    plan_forms,
    plan_list,
    plans,
    proposal,
    things,
)
from handlers.area_plans.access import Rights
from handlers.desk import Turn
from models.area_plan import PlanState
from models.database import Row

MOST_SENT = 8  # photos for one tap


def start(turn: Turn) -> None:
    """/plans."""
    plan_list.start(turn)


def pressed(turn: Turn, number: int, verb: str, item: int) -> None:
    """A button of the list or of a plan's card."""
    if not number:
        _listed(turn, verb)
        return
    plan = plans.load(turn, number)
    own = access.rights(turn, plan, turn.persons) if plan else Rights()
    if plan is None or own.anybody is None:
        turn.toast("not-yours")
    elif verb == "show":
        turn.toast()
        plan_card.show(turn, plan, renew=True)
    elif verb == "back":
        turn.toast()
        plan_card.show(turn, plan)
    elif verb == "earlier":
        turn.toast()
        plan_list.earlier(turn, plan)
    elif verb == "photos":
        _photos(turn, plan)
    elif plan["state"] == PlanState.PROPOSED:
        _proposed(turn, plan, own, verb)
    elif plan["state"] == PlanState.RUNNING:
        _running(turn, plan, own, verb, item)
    else:
        turn.toast("area_plan-toast-closed")
        plan_card.show(turn, plan)


def _photos(turn: Turn, plan: Row) -> None:
    """The photos of the place, the newest first; those that stand in the chat already are not sent again."""
    photos = inspections.photos(turn, plan["id"])
    turn.toast("" if photos else "card-old")
    for photo in photos[:MOST_SENT]:
        name, card = str(photo["id"]), f"file:{photo['id']}"
        turn.out.append(Outgoing(turn.address, Act.FILE, file=name, kind=photo["kind"], card=card))


def _owns(turn: Turn, plan: Row, item: int) -> bool:
    row = measures.load(turn, plan["id"], item)
    return row is not None and row["owner"] in [person["id"] for person in turn.persons]


def _listed(turn: Turn, verb: str) -> None:
    if not plan_list.may_look(turn):
        turn.toast("not-yours")
    elif verb == "list":
        turn.toast()
        plan_list.start(turn)
    elif verb == "earlier":
        turn.toast()
        plan_list.earlier(turn)
    elif verb == "new":
        proposal.start(turn)
    else:
        turn.toast("card-old")


def _proposed(turn: Turn, plan: Row, own: Rights, verb: str) -> None:
    if verb in ("agree", "decline"):
        if own.officer is None:
            turn.toast("not-yours")
        elif verb == "decline":
            plan_forms.ask(turn, "decline", plan)
        else:
            turn.toast()
            proposal.agreed(turn, plan, own.officer["id"])
    elif verb in ("withdraw", "withdraw_sure"):
        if own.proposer is None:
            turn.toast("not-yours")
        elif verb == "withdraw":
            turn.toast()
            plan_card.show(turn, plan, asked="withdraw")
        else:
            turn.toast()
            waits = hearing.waits(turn, plan)
            plans.close(turn, plan, PlanState.WITHDRAWN, PlanState.PROPOSED)
            plan = plans.now(turn, plan)
            officers = [officer.id for officer in access.officers(turn, plan)]
            plan_card.tell(turn, plan, officers, "area_plan-news-withdrawn", but=turn.address)
            plan_card.changed(turn, plan, renew=waits)
    else:
        turn.toast("card-old")
        plan_card.show(turn, plan)


def _running(turn: Turn, plan: Row, own: Rights, verb: str, item: int) -> None:
    """What is done about a plan that runs; each verb with who may."""
    may = {
        "done": own.manager or _owns(turn, plan, item),
        "reopen": own.manager or _owns(turn, plan, item),
        "owner": own.manager,
        "measure": own.manager,
        "rhythm": own.manager,
        "result": own.inspector,
        "add_photos": own.inspector,
        "add_line": own.inspector,
        "entry": own.inspector,
        "review": own.manager,
        "take": own.cadre,
        "name": own.officer,
        "accept": own.officer or own.town,
        "extend": own.officer or own.town,
        "end": own.officer,
    }
    if verb not in may:
        late = verb in ("agree", "decline", "withdraw", "withdraw_sure")
        turn.toast("area_plan-toast-decided" if late else "card-old")
        plan_card.show(turn, plan)
    elif not may[verb]:
        turn.toast("not-yours")
    elif verb in ("done", "reopen", "owner"):
        _measure(turn, plan, own, verb, item)
    elif verb in ("measure", "rhythm", "end"):
        plan_forms.ask(turn, verb, plan)
    elif verb in ("result", "add_photos", "add_line", "entry"):
        inspecting.pressed(turn, plan, own, verb, item)
    elif verb == "review":
        _review(turn, plan)
    elif verb == "take":
        _take(turn, plan, own)
    elif verb == "name":
        _name(turn, plan)
    elif verb == "accept":
        _accept(turn, plan, own)
    elif plan_buttons.may_extend(plan, own):
        plan_forms.ask(turn, "extend", plan, extended=plan["extended"])
    else:
        turn.toast("area_plan-toast-extended")
        plan_card.show(turn, plan)


def _measure(turn: Turn, plan: Row, own: Rights, verb: str, item: int) -> None:
    row, waits = measures.load(turn, plan["id"], item), hearing.waits(turn, plan)
    if row is None:
        turn.toast("card-old")
        plan_card.show(turn, plan)
    elif verb == "owner" and row["done_at"] is None:
        plan_forms.ask(turn, "owner", plan, measure=item)
    elif verb == "reopen":
        again = measures.reopened(turn, plan, item)
        turn.toast("action-toast-open" if again else "action-toast-open_already")
        _shown(turn, plan, renew=waits, changed=again)
    else:
        by = next((p["id"] for p in turn.persons if p["id"] == row["owner"]), None) or (own.manager or row)["id"]
        done = verb == "done" and measures.done(turn, plan, item, by)
        turn.toast("action-toast-done" if done else "action-toast-done_already")
        _shown(turn, plan, renew=waits, changed=done, undo=item if done else 0)


def _shown(turn: Turn, plan: Row, *, renew: bool, changed: bool, undo: int = 0) -> None:
    """The card after a tap that has changed something, or came too late."""
    show = plan_card.changed if changed else plan_card.show
    show(turn, plan, renew=renew, undo=undo)


def _review(turn: Turn, plan: Row) -> None:
    coming = things.review_due(turn, plan)
    if coming is not None and plan_buttons.may_review(turn, coming):
        plan_forms.ask(turn, "review", plan, number=coming[0])
    else:
        turn.toast("area_plan-toast-reviewed")
        plan_card.show(turn, plan)


def _take(turn: Turn, plan: Row, own: Rights) -> None:
    """A cadre takes the lead, if nobody has it."""
    assert own.cadre is not None
    waits = hearing.waits(turn, plan)
    taken = access.lead_of(turn, plan) is None and plans.set_lead(turn, plan, own.cadre["id"])
    if taken:
        turn.toast("area_plan-toast-lead")
    else:
        turn.toast("area_plan-toast-taken", name=plan["lead_name"] or "")
    _shown(turn, plan, renew=waits, changed=taken)


def _name(turn: Turn, plan: Row) -> None:
    others = [cadre for cadre in access.cadres(turn, plan) if cadre != access.lead_of(turn, plan)]
    if len(others) == 1:
        turn.toast()
        plan_forms.named(turn, plan, others[0])
    elif others:
        plan_forms.ask(turn, "name", plan)
    else:
        turn.toast("area_plan-toast-nobody")
        plan_card.show(turn, plan)


def _accept(turn: Turn, plan: Row, own: Rights) -> None:
    """One side accepts; the other hears of it, and of the end everybody concerned."""
    side = plan_buttons.acceptor(plan, own)
    if not side:
        turn.toast("area_plan-toast-accepted")
        plan_card.show(turn, plan)
        return
    if left := len(measures.open_of(turn, plan["id"])):
        turn.toast("area_plan-toast-open", count=left)
        plan_card.show(turn, plan)
        return
    turn.toast()
    by = own.officer if side == "officer" else own.town
    assert by is not None
    plans.accept(turn, plan, by["id"], side)
    plan = plans.now(turn, plan)
    town, officers = access.town(turn, plan), access.officers(turn, plan)
    if plan["state"] == PlanState.ACCEPTED:
        told = [*plan_forms.concerned(turn, plan), *(person.id for person in town)]
        plan_forms.closing(turn, plan, told, "area_plan-news-accepted")
    else:
        told = [person.id for person in (town if side == "officer" else officers)]
        plan_card.tell(turn, plan, told, "area_plan-news-accepted_half", but=turn.address)
        plan_card.changed(turn, plan, renew=True)
