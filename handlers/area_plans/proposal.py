"""A place is proposed for an area plan, with why: counts and a line. One that has an open plan gets the reasons (P1).

Nobody who lives there is asked for: the answers are about the place.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Progress, Question
from handlers.area_plans import access, plan_card, plans
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from models.database import Row, opened
from models.draft import Draft
from models.person import Role

NAME = "area_plan"
OTHER = "other"
LONGEST_SPOT, LONGEST_WORDS = 40, 200  # characters
COUNTS = ("hazards", "disorder", "records")
OFFERED = 8  # open plans of the area
_Count = Annotated[int | None, Question(Kind.AMOUNT)]


class Proposal(BaseModel):
    """Which place, and why."""

    area: Annotated[str, Question(Kind.CHOICE, when=lambda answers: bool(answers.get("_several")), firm=True)] = ""
    spot: Annotated[str | None, Field(min_length=1, max_length=LONGEST_SPOT), Question(Kind.TEXT)] = None
    same: Annotated[str, Question(Kind.CHOICE, when=lambda answers: bool(answers.get("_near")), firm=True)] = ""
    hazards: _Count = None
    disorder: _Count = None
    records: _Count = None
    words: Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS), Question(Kind.TEXT)]


def start(turn: Turn) -> None:
    """The button that proposes a place."""
    there = access.areas(turn)
    if not there:
        turn.toast("not-yours" if turn.person_in(*access.PROPOSERS) is None else "no-place")
        return
    turn.toast()
    begin(turn, NAME, {"several": len(there) > 1})


def _area(turn: Turn, answers: Any) -> int:
    """The area that is meant; 0 where it is not this account's any more."""
    there = access.areas(turn)
    area = int(answers.get("area") or next(iter(there), 0))
    return area if area in there else 0


def _same_place(turn: Turn, answers: Any) -> Row | None:
    """The open plan for just this place."""
    area = _area(turn, answers)
    wanted = plans.mark(turn, area, answers.get("spot") or "")
    return next((plan for plan in plans.open_in(turn, area) if plan["mark"] == wanted), None)


def _aware(turn: Turn, progress: Progress) -> dict[str, Any]:
    """Whether there are open plans in the area, which may be for the same place."""
    area = _area(turn, progress.answers)
    return {"_near": True if area and plans.open_in(turn, area) else None}


def _offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    if step == "area":
        return [(str(place), area.name) for place, area in access.areas(turn).items()]
    if step != "same":
        return ()
    asked = f"select {opened(Draft, 'answers')} from draft where account = ? and form = '{NAME}'"
    draft = turn.db.one(asked, (turn.db.mark(turn.incoming.account),))
    answers = draft["answers"] if draft else {}
    if first := _same_place(turn, answers):
        return [(str(first["id"]), turn.text("area_plan-add_to", place=plan_card.place_of(turn, first, turn.language)))]
    near = plans.open_in(turn, _area(turn, answers))
    there = [(str(plan["id"]), plan_card.place_of(turn, plan, turn.language)) for plan in near[:OFFERED]]
    return [*there, (OTHER, turn.text("area_plan-other_place"))]


def _chosen(turn: Turn, answers: Any) -> Row | None:
    """The open plan that the reasons are to be added to."""
    named = answers.get("same") or OTHER
    if named == OTHER or not answers.get("_near"):
        return None
    return next((plan for plan in plans.open_in(turn, _area(turn, answers)) if str(plan["id"]) == named), None)


def _outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    if not any(answers.get(name) for name in COUNTS):
        return "hazards", "area_plan-no_counts"
    if not _area(turn, answers):
        return ("area", "place-gone") if access.areas(turn) else ("", "no-place")
    if _chosen(turn, answers) is not None:
        return None
    if _same_place(turn, answers) is not None:
        return "same", "area_plan-taken"
    named = answers.get("_near") and answers.get("same") not in (None, OTHER)
    return ("same", "area_plan-same_gone") if named else None


def _sent(turn: Turn, answers: dict[str, Any]) -> None:
    place = _area(turn, answers)
    area = access.areas(turn)[place]
    counts = [answers.get(name) or 0 for name in COUNTS]
    plan = _chosen(turn, answers)
    if plan is not None:
        plans.give_reason(turn, plan["id"], area.person, counts, answers["words"])
        plans.changed(turn, plan)
        lead = access.lead_of(turn, plan)
        told = [officer.id for officer in access.officers(turn, plan)] if lead is None else [lead]
        plan_card.tell(turn, plan, told, "area_plan-news-reason", but=turn.address)
        plan_card.changed(turn, plan, renew=True, news=turn.text("area_plan-added"))
        return
    number = plans.propose(turn, area.committee, place, answers.get("spot") or "", area.person)
    plans.give_reason(turn, number, area.person, counts, answers["words"])
    plan = plans.load(turn, number)
    assert plan is not None
    if area.role == Role.OFFICER:  # whoever proposes it would be the one to agree
        agreed(turn, plan, area.person)
        return
    told = [officer.id for officer in access.officers(turn, plan)]
    reached = plan_card.tell(turn, plan, told, "area_plan-news-proposed", but=turn.address)
    news = turn.text("area_plan-proposed" if reached else "area_plan-proposed_nobody")
    plan_card.changed(turn, plan, renew=True, news=news)


def agreed(turn: Turn, plan: Row, officer: int) -> bool:
    """The officer agrees: who proposed it and the cadres, one of whom is to lead, hear of it."""
    if not plans.agree(turn, plan, officer):
        return False
    plan = plans.now(turn, plan)
    plan_card.tell(turn, plan, [plan["proposed_by"]], "area_plan-news-agreed", but=turn.address)
    cadres = [cadre for cadre in access.cadres(turn, plan) if cadre != plan["proposed_by"]]
    plan_card.tell(turn, plan, cadres, "area_plan-news-lead_wanted", but=turn.address)
    plan_card.changed(turn, plan, renew=True, news=turn.text("area_plan-agreed"))
    return True


CONVERSATIONS[NAME] = Conversation(
    Form(NAME, 1, Proposal),
    _sent,
    offers=_offers,
    allowed=lambda turn, answers: turn.person_in(*access.PROPOSERS) is not None,
    outdated=_outdated,
    aware=_aware,
)
