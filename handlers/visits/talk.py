"""Duty V3, the applicant's side: a talk within somebody's office hours, chosen by a tap, moved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import FieldProblem, Form, Kind, Progress, Question
from chat.messages import Button
from handlers import form_card, places
from handlers.desk import Turn, in_rows
from handlers.form_card import CONVERSATIONS, Conversation
from handlers.meetings import rhythms
from handlers.visits import applicant_card, office, requests
from models.database import Row
from models.visit import TOPICS
from reminders.visit import Step

NAME, MOVE = "talk", "talk_move"
CARD = "visits"
OFFERED = 12


class Talk(BaseModel):
    """What it is about, when, and how somebody wants to be called."""

    topic: Annotated[str, Question(Kind.CHOICE, TOPICS)]
    slot: Annotated[dict[str, str], Question(Kind.SLOT)]
    called: Annotated[str, Field(min_length=1, max_length=20), Question(Kind.TEXT)]


class Move(BaseModel):
    """Another time."""

    slot: Annotated[dict[str, str], Question(Kind.SLOT)]


def committees(turn: Turn) -> list[Row]:
    """The committees where somebody has office hours: this account's own, or all."""
    offered = places.committees_of(turn) or places.committees(turn)
    there = office.places_of(turn, [row["id"] for row in offered])
    return [row for row in offered if row["id"] in there]


def begin(turn: Turn, place: int | None = None) -> None:
    """I ask for a talk: the form of that committee, or first the question which committee."""
    offered = committees(turn)
    if refusal := requests.refusal(turn, turn.incoming.account):
        turn.say(refusal, most=requests.MOST_OPEN)
        return
    if place is None and len(offered) == 1:
        place = offered[0]["id"]
    if place not in [row["id"] for row in offered]:
        buttons = [Button(row["name"], f"vs:0:talk_at:{row['id']}") for row in offered]
        body = turn.text("talk-which" if offered else "talk-nowhere")
        turn.show(turn.address, CARD, body, in_rows(buttons), renew=True)
        return
    assert place is not None
    turn.forget(CARD)
    form_card.begin(turn, NAME, {"place": place, "committee": places.name(turn, place)})


def _request(turn: Turn, answers: dict[str, Any]) -> Row | None:
    """The talk that is to be moved."""
    return requests.load(turn, answers["_visit"]) if "_visit" in answers else None


def _free(turn: Turn, answers: dict[str, Any]) -> dict[datetime, int]:
    """What can be had: of a talk that is moved, with the same host."""
    row = _request(turn, answers)
    if row is None:
        return office.free(turn, answers["_place"], turn.incoming.account) if "_place" in answers else {}
    host = next((part["person"] for part in requests.parts(turn, row["id"])), None)
    return office.free(turn, row["place"], turn.incoming.account, host)


def _offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    draft = form_card.current(turn)
    if step != "slot" or draft is None or draft["form"] not in (NAME, MOVE):
        return ()
    found = []
    for slot in list(_free(turn, draft["answers"]))[:OFFERED]:
        there = slot.astimezone(turn.house.zone)
        day = rhythms.weekday(there.date(), turn.language)
        label = turn.text("slot-offer-at", day=day, date=there.day, hour=f"{there:%H:%M}")
        found.append((f"{there:%Y-%m-%dT%H:%M}", label))
    return found


def _checked(turn: Turn, progress: Progress) -> dict[str, Any]:
    answer = progress.answers.get("slot")
    if progress.step == "slot" and answer and rhythms.starts_at(turn, answer) not in _free(turn, progress.answers):
        raise FieldProblem("talk-problem-taken")
    return {}


def _overtaken(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """Another was quicker, or the hours have changed."""
    if "_visit" not in answers and (refusal := requests.refusal(turn, turn.incoming.account)):
        return "", f"{refusal}-now"
    return None if rhythms.starts_at(turn, answers["slot"]) in _free(turn, answers) else ("slot", "talk-problem-taken")


def _arranged(turn: Turn, answers: dict[str, Any]) -> None:
    slot = rhythms.starts_at(turn, answers["slot"])
    number = requests.arranged(
        turn,
        turn.incoming.account,
        _free(turn, answers)[slot],
        slot,
        place=answers["_place"],
        route=str(turn.address),
        language=turn.language,
        called=answers["called"],
        purpose=answers["topic"],
    )
    applicant_card.show(turn, requests.fresh(turn, number), renew=True, news=turn.text("talk-arranged"))


def _movable(turn: Turn, answers: dict[str, Any]) -> bool:
    row = _request(turn, answers)
    own = row is not None and requests.is_talk(row) and requests.is_of(turn, row, turn.incoming.account)
    return row is not None and own and requests.step(turn, row) in (Step.AGAIN, Step.COMING)


def _moved(turn: Turn, answers: dict[str, Any]) -> None:
    row, slot = _request(turn, answers), rhythms.starts_at(turn, answers["slot"])
    assert row is not None
    requests.rearranged(turn, row, _free(turn, answers)[slot], slot)
    applicant_card.show(turn, requests.fresh(turn, row["id"]), renew=True, news=turn.text("talk-arranged"))


CONVERSATIONS[NAME] = Conversation(
    Form(NAME, 1, Talk),
    _arranged,
    offers=_offers,
    allowed=lambda turn, answers: True,
    outdated=_overtaken,
    aware=_checked,
    texts=lambda turn, answers: {"committee": answers["_committee"]},
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
