"""The joint inspection in a chat: its weekly hour, what it came to, and, until the next one begins, photos and a line.

What it came to is two counts; all else may be added from the card, each by itself, and is asked of nobody (P1).
"""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Kind, Question
from chat.messages import Act, Outgoing
from handlers import attaching
from handlers.area_plans import entries, hearing, inspections, plan_buttons, plan_card
from handlers.area_plans.access import Rights
from handlers.area_plans.plan_forms import LONGEST, ask, declare, fine, id_of, of_manager
from handlers.desk import Turn
from handlers.meetings import rhythms
from models.area_plan import PlanState
from models.database import Row

WEEKDAYS = ("0", "1", "2", "3", "4", "5", "6")
HOURS = ("08:30", "09:00", "09:30", "10:00", "14:00", "15:00", "16:00", "19:00")
_Amount = Annotated[int, Question(Kind.AMOUNT)]


class Rhythm(BaseModel):
    """The day of the week and the hour of the joint inspection."""

    weekday: Annotated[str, Question(Kind.CHOICE, WEEKDAYS)]
    hour: Annotated[str, Question(Kind.CHOICE)]


class Result(BaseModel):
    """What an inspection came to: counts of hazards."""

    mended: _Amount
    remaining: _Amount


class Photos(BaseModel):
    """Photos of the place."""

    photos: Annotated[list[int], Question(Kind.ATTACHMENTS, most=inspections.MOST_PHOTOS)]


class Line(BaseModel):
    """A line beside the counts."""

    words: Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]


def pressed(turn: Turn, plan: Row, own: Rights, verb: str, item: int) -> None:
    """A button about an inspection of a plan that runs, pressed by somebody who inspects."""
    current, last = inspections.load(turn, plan["id"], item), inspections.just_told(turn, plan["id"])
    coming = inspections.coming(turn, plan["id"])
    if verb == "result" and current is None:
        turn.toast("area_plan-toast-inspected")
        plan_card.show(turn, plan)
    elif verb == "result" and current is not None and plan_buttons.may_inspect(turn, current):
        ask(turn, "result", plan, inspection=item)
    elif verb in ("add_photos", "add_line") and last is not None and last["id"] == item and _may_add(turn, verb, last):
        ask(turn, verb, plan, inspection=item)
    elif verb == "entry" and coming is not None and coming["id"] == item:
        turn.toast()
        _calendar(turn, plan, coming, id_of(own.inspector))
    else:
        turn.toast("card-old")
        plan_card.show(turn, plan)


def _may_add(turn: Turn, verb: str, row: Row) -> bool:
    return inspections.photos_left(turn, row["id"]) > 0 if verb == "add_photos" else not row["words"]


def _calendar(turn: Turn, plan: Row, row: Row, person: int) -> None:
    """The inspection as a file for the calendar of a phone; whoever has it knows of the time."""
    from exports.calendar_entry import calendar_entry  # only here: it takes long to load

    entry = calendar_entry(entries.entry(plan, row, turn.language))
    words = turn.text("meeting-calendar", slot=rhythms.slot(turn, row["starts_at"], turn.language))
    file = Outgoing(turn.address, Act.FILE, words, kind="document", name="inspection.ics", content=entry.decode())
    turn.out.append(file)
    hearing.starts_at(turn, plan["id"], row["id"], person, row["starts_at"])


def _hours(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    return [(hour, hour) for hour in HOURS] if step == "hour" else ()


def _set(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    inspections.set_rhythm(turn, plan, int(answers["weekday"]), answers["hour"], id_of(own.manager))
    plan_card.changed(turn, plan, renew=True)


def _told_already(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    there = inspections.load(turn, plan["id"], answers["_inspection"])
    return None if there else ("", "area_plan-inspection_told")


def _inspected(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    counts = (answers["mended"], answers["remaining"])
    inspections.inspected(turn, plan, answers["_inspection"], id_of(own.inspector), *counts)
    plan_card.changed(turn, plan, renew=True)


def _row(turn: Turn, plan: Row, answers: dict[str, Any]) -> Row:
    return next(row for row in inspections.of(turn, plan["id"]) if row["id"] == answers["_inspection"])


def _photos_there(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    if not inspections.photos_left(turn, answers["_inspection"]):
        return "", "area_plan-photos_there"
    return ("photos", "attachments-pending") if attaching.pending(turn, answers["photos"]) else None


def _photos_sent(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    number = answers["_inspection"]
    left = inspections.photos_left(turn, number)
    whole = attaching.hand_over(turn, answers["photos"], left, inspection=number)
    plan_card.changed(turn, plan, renew=True, news="" if whole else turn.text("area_plan-only_photos"))


def _line_there(turn: Turn, plan: Row, answers: dict[str, Any]) -> tuple[str, str] | None:
    return ("", "area_plan-line_there") if _row(turn, plan, answers)["words"] else None


def _line_said(turn: Turn, plan: Row, own: Rights, answers: dict[str, Any]) -> None:
    inspections.said(turn, plan, answers["_inspection"], answers["words"])
    plan_card.changed(turn, plan, renew=True)


def _of_inspector(plan: Row, own: Rights) -> bool:
    return own.inspector is not None


declare("rhythm", Rhythm, of_manager, PlanState.RUNNING, fine, _set, _hours)
declare("result", Result, _of_inspector, PlanState.RUNNING, _told_already, _inspected)
declare("add_photos", Photos, _of_inspector, PlanState.RUNNING, _photos_there, _photos_sent)
declare("add_line", Line, _of_inspector, PlanState.RUNNING, _line_there, _line_said)
