"""What is asked for a plan: a no and why, measures, who leads it, reviews, extensions.

Each form is about one plan (`_plan`), and is refused or told of it where the world has gone on meanwhile (P1).
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers import days
from handlers.area_plans import access, hearing, measures, plan_buttons, plan_card, plans, things
from handlers.area_plans.access import Rights
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from models.area_plan import PlanState, Verdict
from models.database import Row, opened
from models.draft import Draft

LONGEST = 120  # characters of a line
OFFERED = 40  # people
Line = Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]


class Why(BaseModel):
    """Why not, or why no longer."""

    words: Line


class Measure(BaseModel):
    """Who does what until when."""

    words: Line
    owner: Annotated[str, Question(Kind.CHOICE)]
    day: Annotated[dict[str, str], Question(Kind.DAY)]


class Owner(BaseModel):
    """Somebody else for a measure."""

    owner: Annotated[str, Question(Kind.CHOICE)]


class Lead(BaseModel):
    """The cadre who leads it."""

    lead: Annotated[str, Question(Kind.CHOICE)]


class Review(BaseModel):
    """What the month has brought."""

    verdict: Annotated[str, Question(Kind.CHOICE, tuple(Verdict))]
    words: Line


class Extension(BaseModel):
    """A later day for the acceptance, and why."""

    day: Annotated[dict[str, str], Question(Kind.DAY)]
    words: Line


def ask(turn: Turn, name: str, plan: Row, **hidden: int) -> None:
    """Begin one of the forms."""
    turn.toast()
    begin(turn, f"area_plan_{name}", {"plan": plan["id"], **hidden})


def _about(turn: Turn, answers: dict[str, Any]) -> tuple[Row, Rights]:
    plan = plans.load(turn, answers["_plan"])
    assert plan is not None
    return plan, access.rights(turn, plan, turn.persons)


def _people(turn: Turn, persons: Sequence[int]) -> list[tuple[str, str]]:
    marks = ", ".join("?" * len(persons))
    rows = turn.db.all(f"select id, name from person where id in ({marks}) order by id", tuple(persons))
    return [(str(row["id"]), row["name"]) for row in rows[:OFFERED]]


def _offers(name: str) -> Callable[[Turn, str], Sequence[tuple[str, str]]]:
    """What is offered in this form, which its draft says which plan it is about."""

    def offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
        if step == "day":
            return days.offers(turn, step)
        asked = f"select {opened(Draft, 'answers')} from draft where account = ? and form = ?"
        draft = turn.db.one(asked, (turn.db.mark(turn.incoming.account), name))
        plan = plans.load(turn, draft["answers"]["_plan"]) if draft else None
        if plan is None or step not in ("owner", "lead"):
            return ()
        if step == "owner":
            return _people(turn, access.staff(turn, plan))
        return _people(turn, [cadre for cadre in access.cadres(turn, plan) if cadre != access.lead_of(turn, plan)])

    return offers


def declare(
    name: str,
    model: type[BaseModel],
    may: Callable[[Row, Rights], bool],
    state: PlanState,
    outdated: Callable[[Turn, Row, dict[str, Any]], tuple[str, str] | None],
    done: Callable[[Turn, Row, Rights, dict[str, Any]], None],
    offers: Callable[[Turn, str], Sequence[tuple[str, str]]] | None = None,
) -> None:
    """A form about a plan in this `state`, for whoever `may`; `done` writes what follows."""
    full, last = f"area_plan_{name}", list(model.model_fields)[-1]

    def allowed(turn: Turn, answers: dict[str, Any]) -> bool:
        plan, own = _about(turn, answers)
        return may(plan, own)

    def overtaken(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
        plan, _ = _about(turn, answers)
        found = ("", "area_plan-changed") if plan["state"] != state else outdated(turn, plan, answers)
        return (found[0] or last, found[1]) if found else None  # it has no review to be told on

    def submit(turn: Turn, answers: dict[str, Any]) -> None:
        done(turn, *_about(turn, answers), answers)

    CONVERSATIONS[full] = Conversation(
        Form(full, 1, model),
        submit,
        offers=offers or _offers(full),
        review=False,
        allowed=allowed,
        outdated=overtaken,
        own_card=True,
    )


def fine(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    return None


def id_of(person: Row | None) -> int:
    assert person is not None
    return int(person["id"])


def _declined(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    plans.close(turn, plan, PlanState.DECLINED, PlanState.PROPOSED, id_of(own.officer), answers["words"])
    plan = plans.now(turn, plan)
    plan_card.tell(turn, plan, [plan["proposed_by"]], "area_plan-news-declined", but=turn.address)
    plan_card.changed(turn, plan, renew=True)


def concerned(turn: Turn, plan: Row) -> list[int]:
    """Who is to hear how a plan ended: who proposed and leads it, its officers, and owners of open measures."""
    lead, owners = access.lead_of(turn, plan), [row["owner"] for row in measures.open_of(turn, plan["id"])]
    officers = [officer.id for officer in access.officers(turn, plan)]
    return list(dict.fromkeys([plan["proposed_by"], *([] if lead is None else [lead]), *officers, *owners]))


def _ended(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    plans.close(turn, plan, PlanState.ENDED, PlanState.RUNNING, id_of(own.officer), answers["words"])
    closing(turn, plan, concerned(turn, plan), "area_plan-news-ended")


def closing(turn: Turn, plan: Row, persons: Sequence[int], news: str) -> None:
    """The plan has ended: these people hear so, and with it that what they were told of does not take place."""
    plan = plans.now(turn, plan)
    plan_card.tell(turn, plan, persons, news, but=turn.address)
    hearing.end_is_known(turn, plan["id"], [*persons, *(person["id"] for person in turn.persons)])
    plan_card.changed(turn, plan, renew=True)


def _owner_gone(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    if int(answers["owner"]) not in access.staff(turn, plan):
        return "owner", "area_plan-person_gone"
    if "day" in answers and days.has_come(turn, answers["day"]):
        return "day", "day-came"
    row = measures.load(turn, plan["id"], answers["_measure"]) if "_measure" in answers else None
    return ("", "area_plan-changed") if row is not None and row["done_at"] is not None else None


def _measured(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    owner, day = int(answers["owner"]), answers["day"]["day"]
    measures.add(turn, plan, owner, day, answers["words"], id_of(own.manager))
    plan_card.changed(turn, plan, renew=True, news=turn.text("area_plan-measure_added"))


def _owned(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    measures.set_owner(turn, plan, answers["_measure"], int(answers["owner"]))
    plan_card.changed(turn, plan, renew=True, news=turn.text("area_plan-measure_added"))


def _lead_gone(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    return None if int(answers["lead"]) in access.cadres(turn, plan) else ("lead", "area_plan-person_gone")


def _led(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    named(turn, plan, int(answers["lead"]))


def named(turn: Turn, plan: Row, lead: int) -> None:
    """The officer has named who leads it."""
    plans.set_lead(turn, plan, lead)
    plan = plans.now(turn, plan)
    plan_card.tell(turn, plan, [lead], "area_plan-news-lead", but=turn.address)
    plan_card.changed(turn, plan, renew=True)


def _reviewed_already(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    coming = things.review_due(turn, plan)
    same = coming is not None and coming[0] == answers["_number"]
    return None if same else ("", "area_plan-reviewed_already")


def _reviewed(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    plans.review(turn, plan, answers["_number"], answers["verdict"], answers["words"], id_of(own.manager))
    lead, officers = access.lead_of(turn, plan), [officer.id for officer in access.officers(turn, plan)]
    others = [*([] if lead is None else [lead]), *officers]
    plan_card.tell(turn, plans.now(turn, plan), others, "area_plan-news-review", but=turn.address)
    plan_card.changed(turn, plan, renew=True)


def _too_early(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    if plan["extended"] != answers["_extended"]:
        return "", "area_plan-changed"
    if days.has_come(turn, answers["day"]):
        return "day", "day-came"
    later = date.fromisoformat(answers["day"]["day"]) > date.fromisoformat(plan["deadline"])
    return None if later else ("day", "area_plan-not_later")


def _extended(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    by = own.town or own.officer
    plans.extend(turn, plan, answers["day"]["day"], answers["words"], id_of(by))
    plan = plans.now(turn, plan)
    town = [person.id for person in access.town(turn, plan)]
    plan_card.tell(turn, plan, [*concerned(turn, plan), *town], "area_plan-news-extended", but=turn.address)
    plan_card.changed(turn, plan, renew=True)


def _of_officer(plan: Row, own: Rights) -> bool:
    return own.officer is not None


def of_manager(plan: Row, own: Rights) -> bool:
    return own.manager is not None


declare("decline", Why, _of_officer, PlanState.PROPOSED, fine, _declined)
declare("end", Why, _of_officer, PlanState.RUNNING, fine, _ended)
declare("measure", Measure, of_manager, PlanState.RUNNING, _owner_gone, _measured)
declare("owner", Owner, of_manager, PlanState.RUNNING, _owner_gone, _owned)
declare("name", Lead, _of_officer, PlanState.RUNNING, _lead_gone, _led)
declare("review", Review, of_manager, PlanState.RUNNING, _reviewed_already, _reviewed)
declare("extend", Extension, plan_buttons.may_extend, PlanState.RUNNING, _too_early, _extended)
