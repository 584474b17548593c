"""What the staff does about a visit: take a part, say when, note what was found, decide; each a button (V1, V3)."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers import form_card, places
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation
from handlers.visits import entries, people, requests, staff_card, steps, telling
from handlers.workload import view
from models.database import Row, sealing
from models.person import Role
from models.visit import Outcome, Visit, VisitState
from reminders import visit
from reminders.visit import ROLES, Step

_OF_STAFF = (Role.COORDINATOR, Role.CADRE, Role.OFFICER, Role.DEPUTY, Role.TOWN_OFFICE)


def pressed(turn: Turn, row: Row, verb: str, value: str) -> None:
    """A button of the card of a visit, for staff."""
    viewer = people.of_turn(turn, row)
    step = requests.step(turn, row)
    if viewer is None:
        taken = verb in ("take", "show") and _works_there(turn, row)
        turn.toast("visit-toast-taken" if taken else "not-yours")
        if taken:
            staff_card.show_mine(turn, row)
    elif verb == "show":
        turn.toast()
        staff_card.show_mine(turn, row, renew=True)
    elif verb == "take" and value in ROLES and step not in (Step.DECIDE, Step.DONE):
        _take(turn, row, viewer, value)
    elif verb == "pass" and staff_card.may_be_passed_on(turn, viewer, step):
        _pass(turn, row, value)
    elif requests.is_talk(row):
        _talked(turn, row, verb, step)
    elif verb in ("given", "not_given") and viewer.decides and step in (Step.DECIDE, Step.DONE):
        _decide(turn, row, verb)
    elif viewer.role:
        _gone_along(turn, row, viewer, verb, value, step)
    else:
        _old(turn, row)


def _talked(turn: Turn, row: Row, verb: str, step: Step) -> None:
    """What the host of a talk does about it."""
    if verb == "entry" and step is Step.COMING:
        turn.toast()
        entries.give(turn, row)
    elif verb == "another" and step is Step.COMING:
        turn.toast("visit-toast-again")
        steps.ask_again(turn, row)
        staff_card.show_mine(turn, requests.fresh(turn, row["id"]))
    elif verb in ("held", "no_show") and step is Step.THERE:
        _decided(turn, row, VisitState(verb), "")
    else:
        _old(turn, row)


def _old(turn: Turn, row: Row) -> None:
    turn.toast("card-old")
    staff_card.show_mine(turn, row)


def _works_there(turn: Turn, row: Row) -> bool:
    """Whether one of this account's persons works at the committee, so that a part might have been theirs."""
    if requests.is_talk(row) or requests.is_of(turn, row, turn.incoming.account):
        return False
    there = (view.committees(turn, person) for person in turn.persons if person["role"] in _OF_STAFF)
    return row["place"] in {place["id"] for places_ in there for place in places_}


def _take(turn: Turn, row: Row, viewer: people.Viewer, role: str) -> None:
    """One of two who tap at once gets the part; the other is told."""
    if role not in viewer.may_take:
        turn.toast("visit-toast-taken" if viewer.role != role else "visit-toast-yours")
        staff_card.show_mine(turn, row)
        return
    own = {person["id"] for person in turn.persons}
    person = next(one.person for one in people.candidates(turn, row, role) if one.person in own)
    taken = steps.take(turn, row, role, person)
    turn.toast("visit-toast-yours" if taken else "visit-toast-taken")
    now = requests.fresh(turn, row["id"])
    staff_card.show_mine(turn, now)
    staff_card.refresh(turn, now, besides={str(turn.address)})
    if taken and _leaves_a_gap(turn, now, role, person):
        telling.tell_staff(turn, row["id"], "new", by=person)


def _leaves_a_gap(turn: Turn, row: Row, role: str, person: int) -> bool:
    """Whether somebody who answers for the place took one part, and the other is for the next of the line now."""
    going = {part["role"] for part in requests.parts(turn, row["id"])}
    in_stead = all(one.person != person for one in people.of_committee(turn, row, role))
    return in_stead and any(not people.of_committee(turn, row, other) for other in ROLES if other not in going)


def _pass(turn: Turn, row: Row, value: str) -> None:
    place = int(value) if value.isdigit() else 0
    turn.toast()
    if not value:
        staff_card.ask_where_to(turn, row)
    elif place == row["place"] or places.committee(turn, place) is None:
        staff_card.show_mine(turn, row)
    else:
        steps.passed_on(turn, row, place)
        now = requests.fresh(turn, row["id"])
        news = turn.text("visit-passed_on", place=now["place_name"])
        turn.show(turn.address, requests.card(row["id"]), f"{staff_card.title(now, turn.language)}\n{news}")
        staff_card.refresh(turn, now, besides={str(turn.address)})


def _gone_along(turn: Turn, row: Row, viewer: people.Viewer, verb: str, value: str, step: Step) -> None:
    """What only those do who go along."""
    part = next(part for part in requests.parts(turn, row["id"]) if part["role"] == viewer.role)
    marking = step in (Step.TAKE, Step.MARK) and not part["ready"]
    if verb in ("can", "all", "none", "ready") and marking:
        turn.toast()
        _mark(turn, row, part, verb, value)
    elif verb == "free" and step not in (Step.THERE, Step.DECIDE, Step.DONE):
        turn.toast("visit-toast-free")
        steps.give_back(turn, row, viewer.role, part["person"])
    elif verb == "entry" and step is Step.COMING:
        turn.toast()
        entries.give(turn, row)
        return
    elif verb in ("spoke", "witnessed") and step is Step.THERE:
        turn.toast("visit-toast-found")
        steps.ticked(turn, row, verb)
    elif verb == "found" and value in set(Outcome) - {""} and step in (Step.THERE, Step.DECIDE):
        _find(turn, row, part, value)
    elif verb == "again" and step is Step.THERE:
        turn.toast("visit-toast-again")
        steps.ask_again(turn, row)
    elif verb == "line" and step is Step.DECIDE and not row["line"]:
        turn.toast()
        form_card.begin(turn, "visit_line", {"visit": row["id"]})
        return
    else:
        _old(turn, row)
        return
    now = requests.fresh(turn, row["id"])
    staff_card.show_mine(turn, now)
    if verb not in ("can", "free"):
        staff_card.refresh(turn, now, besides={str(turn.address)})


def _mark(turn: Turn, row: Row, part: Row, verb: str, value: str) -> None:
    """At which slots somebody can: one after another, then ready; or all or none of them at once."""
    left = visit.ahead(requests.standing(turn, row), turn.now)
    can = set(part["can"])
    if verb == "can" and value.isdigit() and int(value) in left:
        can ^= {int(value)}
    elif verb == "all":
        can = set(left)
    elif verb == "none":
        can = set()
    steps.marked(turn, row, part["role"], list(can), ready=verb != "can")


def _find(turn: Turn, row: Row, part: Row, outcome: str) -> None:
    if not visit.may_be_found(outcome, spoke=bool(row["spoke"]), witnessed=bool(row["witnessed"])):
        turn.toast("visit-toast-ticks")
    elif steps.found(turn, row, outcome, part["role"], part["person"]):
        turn.toast("visit-toast-found")
    else:
        turn.toast("visit-toast-found_already")


def _decide(turn: Turn, row: Row, verb: str) -> None:
    """The committee decides; of two who tap at once one does."""
    if row["state"] != VisitState.OPEN:
        turn.toast("visit-toast-decided_already")
        staff_card.show_mine(turn, row)
    elif verb == "given":
        _decided(turn, row, VisitState.GIVEN, "")
    else:
        turn.toast()
        form_card.begin(turn, "visit_reason", {"visit": row["id"]})


def _decided(turn: Turn, row: Row, state: VisitState, reason: str) -> None:
    done = steps.decided(turn, row, state, reason)
    word = "visit-toast-decided" if done else "visit-toast-decided_already"
    now = requests.fresh(turn, row["id"])
    if turn.incoming.press:
        turn.toast(word)
        staff_card.show_mine(turn, now)
    else:  # below what they wrote
        staff_card.show_mine(turn, now, renew=True, news=turn.text(word))
    staff_card.refresh(turn, now, besides={str(turn.address)})


class Line(BaseModel):
    """What is to be said beside the outcome."""

    line: Annotated[str, Field(min_length=1, max_length=300), Question(Kind.TEXT)]


class Reason(BaseModel):
    """Why no certificate is given; the applicant reads it."""

    reason: Annotated[str, Field(min_length=1, max_length=300), Question(Kind.TEXT)]


def _may(turn: Turn, answers: dict[str, Any], *, decides: bool) -> bool:
    row = requests.load(turn, answers["_visit"])
    viewer = people.of_turn(turn, row) if row else None
    if row is None or viewer is None or requests.step(turn, row) is not Step.DECIDE:
        return False
    return viewer.decides if decides else bool(viewer.role)


def _said(turn: Turn, answers: dict[str, Any]) -> None:
    update = f"update visit set line = {sealing(Visit, 'line')} where id = ?"
    turn.db.execute(update, (answers["line"], answers["_visit"]))
    now = requests.fresh(turn, answers["_visit"])
    staff_card.show_mine(turn, now, renew=True)
    staff_card.refresh(turn, now, besides={str(turn.address)})


CONVERSATIONS["visit_line"] = Conversation(
    Form("visit_line", 1, Line),
    _said,
    review=False,
    allowed=lambda turn, answers: _may(turn, answers, decides=False),
    own_card=True,
)
CONVERSATIONS["visit_reason"] = Conversation(
    Form("visit_reason", 1, Reason),
    lambda turn, answers: _decided(
        turn, requests.fresh(turn, answers["_visit"]), VisitState.NOT_GIVEN, answers["reason"]
    ),
    review=False,
    allowed=lambda turn, answers: _may(turn, answers, decides=True),
    own_card=True,
)
