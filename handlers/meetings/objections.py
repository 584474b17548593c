"""What is held against a draft of minutes: by whom, about what of it, and that it is kept as it is (M1, M2)."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.meetings import meeting_card, minutes, minutes_card, occasions
from handlers.meetings.writing import show_decided
from models.database import Row, opened
from models.draft import Draft
from models.minutes import ObjectionState

LONGEST = 500  # characters
LABEL = 15  # characters of a point on a button


def is_open(turn: Turn, row: Row, objection: Row) -> bool:
    """Whether it may still be decided on."""
    return objection["state"] == ObjectionState.OPEN and minutes.in_term(turn, row)


def keep(turn: Turn, occasion: Row, row: Row, manager: Row, objection: Row) -> None:
    """The text stays, and the minutes note the objection; one that is decided, or too late to decide, is shown."""
    if is_open(turn, row, objection):
        turn.toast("minutes-toast-kept")
        minutes.decide(turn, row, objection["id"], ObjectionState.KEPT, manager["id"])
    else:
        over = objection["state"] == ObjectionState.OPEN
        turn.toast("minutes-toast-final" if over else f"minutes-toast-{objection['state']}_already")
    show_decided(turn, occasion, row, objection["id"])


class Against(BaseModel):
    """What somebody holds against a draft: about what of it, in one line."""

    about: Annotated[str, Question(Kind.CHOICE, when=lambda answers: bool(answers.get("_several")), firm=True)] = ""
    words: Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]


def begin_objection(turn: Turn, occasion: Row, row: Row) -> None:
    """The form; what it is about is asked where there is a choice."""
    begin(turn, "objection", {"occasion": occasion["id"], "several": bool(minutes.points_of(turn, row))})


def _objecting(turn: Turn, answers: dict[str, Any]) -> tuple[Row, Row, Row] | None:
    """Meeting, minutes and the row of whoever of this account was invited; whether they may object is asked later."""
    occasion = occasions.load(turn, answers["_occasion"])
    mine = meeting_card.mine(turn, occasion) if occasion else None
    row = minutes.load(turn, answers["_occasion"])
    return (occasion, row, mine) if occasion is not None and row is not None and mine is not None else None


def _abouts(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    """Each point, and who was there."""
    asked = f"select {opened(Draft, 'answers')} from draft where account = ? and form = 'objection'"
    draft = turn.db.one(asked, (turn.db.mark(turn.incoming.account),)) if step == "about" else None
    row = minutes.load(turn, draft["answers"]["_occasion"]) if draft else None
    if row is None:
        return ()
    found = [
        (str(point["id"]), f"{place}. {minutes_card.cut(point['heading'], LABEL)}")
        for place, point in enumerate(minutes.points_of(turn, row), start=1)
    ]
    return [*found, ("0", minutes_card.about(minutes_card.ATTENDANCE, turn.language))]


def _outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    found = _objecting(turn, answers)
    assert found is not None
    _, row, mine = found
    return None if minutes.may_object(turn, row, mine["person"]) else ("words", "minutes-objection-late")


def _objected(turn: Turn, answers: dict[str, Any]) -> None:
    found = _objecting(turn, answers)
    assert found is not None
    occasion, row, mine = found
    point = int(answers.get("about") or 0) or None
    minutes.object_to(turn, occasion, row, mine["person"], point, answers["words"])
    minutes_card.show_mine(turn, occasion, row, renew=True)


CONVERSATIONS["objection"] = Conversation(
    Form("objection", 1, Against),
    _objected,
    offers=_abouts,
    review=False,
    allowed=lambda turn, answers: _objecting(turn, answers) is not None,
    outdated=_outdated,
    own_card=True,
)
