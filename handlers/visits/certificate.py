"""Duty V1: the forms in which a resident asks for a certificate of residence, and names other times."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.day import written
from chat.forms import Answers, FieldProblem, Form, Kind, Progress, Question
from chat.messages import Button
from handlers import form_card, places
from handlers.desk import Turn, in_rows
from handlers.form_card import CONVERSATIONS, Conversation
from handlers.meetings import rhythms
from handlers.visits import applicant_card, requests, steps
from models.database import Row
from models.visit import PURPOSES
from reminders import visit
from reminders.visit import Problem, Step

NAME, MOVE = "certificate", "certificate_move"
CARD = "visits"
_SLOTS = ("slot1", "slot2", "slot3")


class Certificate(BaseModel):
    """What is needed to meet somebody and no more; the slots are when they are at home."""

    dwelling: Annotated[str, Field(min_length=2, max_length=80), Question(Kind.TEXT)]
    purpose: Annotated[str, Question(Kind.CHOICE, PURPOSES)]
    called: Annotated[str, Field(min_length=1, max_length=20), Question(Kind.TEXT)]
    slot1: Annotated[dict[str, str], Question(Kind.SLOT)]
    slot2: Annotated[dict[str, str] | None, Question(Kind.SLOT)] = None
    slot3: Annotated[dict[str, str] | None, Question(Kind.SLOT, when=lambda answers: bool(answers.get("slot2")))] = None


class Move(BaseModel):
    """Other slots for a request."""

    slot1: Annotated[dict[str, str], Question(Kind.SLOT)]
    slot2: Annotated[dict[str, str] | None, Question(Kind.SLOT)] = None
    slot3: Annotated[dict[str, str] | None, Question(Kind.SLOT, when=lambda answers: bool(answers.get("slot2")))] = None


def begin(turn: Turn, place: int | None = None) -> None:
    """I need a certificate of residence: the form of that committee, or first the question which committee."""
    if place is not None and places.committee(turn, place) is None:
        turn.say("certificate-place-gone")
        place = None
    if refusal := requests.refusal(turn, turn.incoming.account):
        turn.say(refusal, most=requests.MOST_OPEN)
        return
    if place is None:
        offered = places.committees_of(turn) or places.committees(turn)
        if len(offered) != 1:
            buttons = [Button(row["name"], f"vs:0:place:{row['id']}") for row in offered]
            body = turn.text("certificate-which" if offered else "certificate-nowhere")
            turn.show(turn.address, CARD, body, in_rows(buttons), renew=True)
            return
        place = offered[0]["id"]
    if not requests.takes_more(turn, place) and not form_card.is_begun(turn, NAME):
        turn.say("certificate-flooded", committee=places.name(turn, place))
        return
    turn.forget(CARD)
    form_card.begin(turn, NAME, {"place": place, "committee": places.name(turn, place)})


def _named(turn: Turn, answers: Answers, but: str = "") -> list[datetime]:
    """The slots that a form tells of so far."""
    return [rhythms.starts_at(turn, answers[slot]) for slot in _SLOTS if slot != but and answers.get(slot)]


def _of(turn: Turn, answers: Answers) -> Row | None:
    """The request whose slots are named anew."""
    return requests.load(turn, answers["_visit"]) if "_visit" in answers else None


def _problem(turn: Turn, slot: datetime, row: Row | None, others: Sequence[datetime]) -> Problem | None:
    return visit.slot_problem(slot, turn.now, requests.until(turn, row), turn.house.calendar, others)


def _checked(turn: Turn, progress: Progress) -> dict[str, Any]:
    """Refuse a slot that cannot be, at the question where it was named."""
    answer = progress.answers.get(progress.step)
    if progress.step in _SLOTS and answer:
        row = _of(turn, progress.answers)
        others = _named(turn, progress.answers, but=progress.step)
        if found := _problem(turn, rhythms.starts_at(turn, answer), row, others):
            last = written(requests.until(turn, row), turn.language)
            raise FieldProblem(f"slot-problem-{found}", last=last)
    return {}


def _offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    """Mornings, afternoons and evenings of the next working days."""
    if step not in _SLOTS:
        return ()
    draft = form_card.current(turn)
    answers = draft["answers"] if draft and draft["form"] in (NAME, MOVE) else {}
    taken = _named(turn, answers, but=step)
    until = requests.until(turn, _of(turn, answers))
    found = []
    for slot in visit.offers(turn.now, until, turn.house.calendar, taken):
        there = slot.astimezone(turn.house.zone)
        part = ("morning", "afternoon", "evening")[visit.HOURS.index(there.time())]
        day = rhythms.weekday(there.date(), turn.language)
        found.append((f"{there:%Y-%m-%dT%H:%M}", turn.text(f"slot-offer-{part}", day=day, date=there.day)))
    return found


def _overtaken(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """What the world has overtaken while the form was open."""
    row = _of(turn, answers)
    if row is None:
        if refusal := requests.refusal(turn, turn.incoming.account):
            return "", f"{refusal}-now"
        if places.committee(turn, answers["_place"]) is None:
            return "", "certificate-place-gone"
        if not requests.takes_more(turn, answers["_place"]):
            return "", "certificate-flooded-now"
    for slot in _SLOTS:
        if answers.get(slot) and _problem(turn, rhythms.starts_at(turn, answers[slot]), row, ()):
            return slot, "slot-problem-overtaken"
    return None


def _iso(turn: Turn, answers: dict[str, Any]) -> list[str]:
    return [slot.isoformat() for slot in _named(turn, answers)]


def _asked(turn: Turn, answers: dict[str, Any]) -> None:
    number = requests.make(
        turn,
        turn.incoming.account,
        _iso(turn, answers),
        place=answers["_place"],
        route=str(turn.address),
        language=turn.language,
        called=answers["called"],
        dwelling=answers["dwelling"],
        purpose=answers["purpose"],
    )
    applicant_card.show(turn, requests.fresh(turn, number), renew=True, news=turn.text("request-received"))


def _movable(turn: Turn, answers: dict[str, Any]) -> bool:
    row = _of(turn, answers)
    return row is not None and not requests.is_talk(row) and may_be_moved(turn, row)


def may_be_moved(turn: Turn, row: Row) -> bool:
    """Whether this account may name other times for a request."""
    return requests.is_of(turn, row, turn.incoming.account) and requests.step(turn, row) not in (Step.DECIDE, Step.DONE)


def _moved(turn: Turn, answers: dict[str, Any]) -> None:
    row = _of(turn, answers)
    assert row is not None
    steps.moved(turn, row, _iso(turn, answers))
    applicant_card.show(turn, requests.fresh(turn, row["id"]), renew=True, news=turn.text("request-moved"))


CONVERSATIONS[NAME] = Conversation(
    Form(NAME, 1, Certificate),
    _asked,
    offers=_offers,
    allowed=lambda turn, answers: True,
    outdated=_overtaken,
    aware=_checked,
    texts=lambda turn, answers: {"committee": answers["_committee"], "days": turn.house.certificate_days},
)
CONVERSATIONS[MOVE] = Conversation(
    Form(MOVE, 1, Move),
    _moved,
    offers=_offers,
    review=False,
    allowed=_movable,
    outdated=_overtaken,
    aware=_checked,
    own_card=True,
)
