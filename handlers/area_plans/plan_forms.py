"""What is asked for a plan: a no and why, measures, the weekly hour, what an inspection came to, reviews, extensions.

Each form is about one plan (`_plan`), and is refused or told of it where the world has gone on meanwhile (P1).
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers import attaching, days
from handlers.area_plans import access, inspections, measures, plan_card, plans, things
from handlers.area_plans.access import Rights
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from models.area_plan import PlanState, Verdict
from models.database import Row, opened
from models.draft import Draft

LONGEST = 120  # characters of a line
OFFERED = 40  # people
MOST_PHOTOS = 4  # of one inspection
WEEKDAYS = ("0", "1", "2", "3", "4", "5", "6")
HOURS = ("08:30", "09:00", "09:30", "10:00", "14:00", "15:00", "16:00", "19:00")
_Line = Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]
_Amount = Annotated[int, Question(Kind.AMOUNT)]


class Why(BaseModel):
    """Why not, or why no longer."""

    words: _Line


class Measure(BaseModel):
    """Who does what until when."""

    words: _Line
    owner: Annotated[str, Question(Kind.CHOICE)]
    day: Annotated[dict[str, str], Question(Kind.DAY)]


class Owner(BaseModel):
    """Somebody else for a measure."""

    owner: Annotated[str, Question(Kind.CHOICE)]


class Lead(BaseModel):
    """The cadre who leads it."""

    lead: Annotated[str, Question(Kind.CHOICE)]


class Rhythm(BaseModel):
    """The day of the week and the hour of the joint inspection."""

    weekday: Annotated[str, Question(Kind.CHOICE, WEEKDAYS)]
    hour: Annotated[str, Question(Kind.CHOICE)]


class Result(BaseModel):
    """What an inspection came to: counts of hazards, photos of the place, and a line."""

    mended: _Amount
    remaining: _Amount
    photos: Annotated[list[int] | None, Question(Kind.ATTACHMENTS, most=MOST_PHOTOS)] = None
    words: Annotated[str | None, Field(max_length=LONGEST), Question(Kind.TEXT)] = None


class Review(BaseModel):
    """What the month has brought."""

    verdict: Annotated[str, Question(Kind.CHOICE, tuple(Verdict))]
    words: _Line


class Extension(BaseModel):
    """A later day for the acceptance, and why."""

    day: Annotated[dict[str, str], Question(Kind.DAY)]
    words: _Line


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
        if step == "hour":
            return [(hour, hour) for hour in HOURS]
        asked = f"select {opened(Draft, 'answers')} from draft where account = ? and form = ?"
        draft = turn.db.one(asked, (turn.db.mark(turn.incoming.account), name))
        plan = plans.load(turn, draft["answers"]["_plan"]) if draft else None
        if plan is None or step not in ("owner", "lead"):
            return ()
        if step == "owner":
            return _people(turn, access.staff(turn, plan))
        return _people(turn, [cadre for cadre in access.cadres(turn, plan) if cadre != access.lead_of(turn, plan)])

    return offers


def _declare(
    name: str,
    model: type[BaseModel],
    may: Callable[[Row, Rights], bool],
    state: PlanState,
    outdated: Callable[[Turn, Row, dict[str, Any]], tuple[str, str] | None],
    done: Callable[[Turn, Row, Rights, dict[str, Any]], None],
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
        offers=_offers(full),
        review=False,
        allowed=allowed,
        outdated=overtaken,
        own_card=True,
    )


def _fine(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    return None


def _id(person: Row | None) -> int:
    assert person is not None
    return int(person["id"])


def _declined(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    plans.close(turn, plan, PlanState.DECLINED, PlanState.PROPOSED, _id(own.officer), answers["words"])
    plan = plans.now(turn, plan)
    plan_card.tell(turn, plan, [plan["proposed_by"]], "area_plan-news-declined", but=turn.address)
    plan_card.show(turn, plan, renew=True)


def concerned(turn: Turn, plan: Row) -> list[int]:
    """Who is to hear how a plan ended: who proposed and leads it, its officers, and owners of open measures."""
    lead, owners = access.lead_of(turn, plan), [row["owner"] for row in measures.open_of(turn, plan["id"])]
    officers = [officer.id for officer in access.officers(turn, plan)]
    return list(dict.fromkeys([plan["proposed_by"], *([] if lead is None else [lead]), *officers, *owners]))


def _ended(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    plans.close(turn, plan, PlanState.ENDED, PlanState.RUNNING, _id(own.officer), answers["words"])
    plan = plans.now(turn, plan)
    plan_card.tell(turn, plan, concerned(turn, plan), "area_plan-news-ended", but=turn.address)
    plan_card.show(turn, plan, renew=True)


def _owner_gone(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    if int(answers["owner"]) not in access.staff(turn, plan):
        return "owner", "area_plan-person_gone"
    if "day" in answers and days.has_come(turn, answers["day"]):
        return "day", "day-came"
    row = measures.load(turn, plan["id"], answers["_measure"]) if "_measure" in answers else None
    return ("", "area_plan-changed") if row is not None and row["done_at"] is not None else None


def _measured(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    owner, day = int(answers["owner"]), answers["day"]["day"]
    measures.add(turn, plan, owner, day, answers["words"], _id(own.manager))
    plan_card.show(turn, plans.now(turn, plan), renew=True, news=turn.text("area_plan-measure_added"))


def _owned(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    measures.set_owner(turn, plan, answers["_measure"], int(answers["owner"]))
    plan_card.show(turn, plans.now(turn, plan), renew=True, news=turn.text("area_plan-measure_added"))


def _lead_gone(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    return None if int(answers["lead"]) in access.cadres(turn, plan) else ("lead", "area_plan-person_gone")


def _led(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    named(turn, plan, int(answers["lead"]))


def named(turn: Turn, plan: Row, lead: int) -> None:
    """The officer has named who leads it."""
    plans.set_lead(turn, plan, lead)
    plan = plans.now(turn, plan)
    plan_card.tell(turn, plan, [lead], "area_plan-news-lead", but=turn.address)
    plan_card.show(turn, plan, renew=True)


def _set(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    inspections.set_rhythm(turn, plan, int(answers["weekday"]), answers["hour"])
    plan_card.show(turn, plans.now(turn, plan), renew=True)


def _told_already(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    if inspections.load(turn, plan["id"], answers["_inspection"]) is None:
        return "", "area_plan-inspection_told"
    return ("photos", "attachments-pending") if attaching.pending(turn, answers.get("photos")) else None


def _inspected(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    counts, words = (answers["mended"], answers["remaining"]), answers.get("words") or ""
    number, photos = answers["_inspection"], answers.get("photos") or []
    inspections.inspected(turn, plan, number, _id(own.inspector), *counts, words)
    whole = attaching.hand_over(turn, photos, MOST_PHOTOS, inspection=number)
    news = "" if whole else turn.text("area_plan-only_photos")
    plan_card.show(turn, plans.now(turn, plan), renew=True, news=news)


def _reviewed_already(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    coming = things.review_due(turn, plan)
    same = coming is not None and coming[0] == answers["_number"]
    return None if same else ("", "area_plan-reviewed_already")


def _reviewed(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    plans.review(turn, plan, answers["_number"], answers["verdict"], answers["words"], _id(own.manager))
    lead, officers = access.lead_of(turn, plan), [officer.id for officer in access.officers(turn, plan)]
    others = [*([] if lead is None else [lead]), *officers]
    plan_card.tell(turn, plans.now(turn, plan), others, "area_plan-news-review", but=turn.address)
    plan_card.show(turn, plans.now(turn, plan), renew=True)


def _too_early(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    if plan["extended"] != answers["_extended"]:
        return "", "area_plan-changed"
    if days.has_come(turn, answers["day"]):
        return "day", "day-came"
    later = date.fromisoformat(answers["day"]["day"]) > date.fromisoformat(plan["deadline"])
    return None if later else ("day", "area_plan-not_later")


def _extended(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    by = own.town or own.officer
    plans.extend(turn, plan, answers["day"]["day"], answers["words"], _id(by))
    plan = plans.now(turn, plan)
    town = [person.id for person in access.town(turn, plan)]
    plan_card.tell(turn, plan, [*concerned(turn, plan), *town], "area_plan-news-extended", but=turn.address)
    plan_card.show(turn, plan, renew=True)


def _of_officer(plan: Row, own: Rights) -> bool:
    return own.officer is not None


def _of_manager(plan: Row, own: Rights) -> bool:
    return own.manager is not None


_declare("decline", Why, _of_officer, PlanState.PROPOSED, _fine, _declined)
_declare("end", Why, _of_officer, PlanState.RUNNING, _fine, _ended)
_declare("measure", Measure, _of_manager, PlanState.RUNNING, _owner_gone, _measured)
_declare("owner", Owner, _of_manager, PlanState.RUNNING, _owner_gone, _owned)
_declare("name", Lead, _of_officer, PlanState.RUNNING, _lead_gone, _led)
_declare("rhythm", Rhythm, _of_manager, PlanState.RUNNING, _fine, _set)
_declare("result", Result, lambda plan, own: own.inspector is not None, PlanState.RUNNING, _told_already, _inspected)
_declare("review", Review, _of_manager, PlanState.RUNNING, _reviewed_already, _reviewed)
_declare("extend", Extension, plan_card.may_extend, PlanState.RUNNING, _too_early, _extended)
