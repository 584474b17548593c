"""The counts of a spot check: tapped by dwelling or typed, told by either of its two, confirmed by the officer.

What does not add up is asked about and may be kept with a reason (V2).
"""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.spot_checks import check_card, checks
from models.database import Row
from models.spot_check import SpotState
from workload.spot_check import Counts, Outcome

FIGURES, WHY = "spot_figures", "spot_why"
TAPS = {f"{verb}_{outcome}": (outcome, by) for outcome in Outcome for verb, by in (("add", 1), ("sub", -1))}
VERBS = {*TAPS, "count", "figures", "enter", "why", "mend", "confirm", "list"}


def pressed(turn: Turn, check: Row, side: str, person: int, verb: str, extra: int) -> None:
    """A button about the counts of a check, pressed by one of its two."""
    state, is_last = check["state"], extra == check["entries"]
    if state == SpotState.PLANNED and verb in TAPS:
        turn.toast()
        checks.counted(turn, check, *TAPS[verb])
        check_card.show_mine(turn, checks.now(turn, check), side, view="count")
    elif state == SpotState.PLANNED and verb == "count":
        turn.toast()
        check_card.show_mine(turn, check, side, view="count")
    elif state == SpotState.PLANNED and verb in ("figures", "why"):
        turn.toast()
        begin(turn, FIGURES if verb == "figures" else WHY, {"spot": check["id"]})
    elif state == SpotState.PLANNED and verb == "enter":
        turn.toast()
        if checks.counts(check).doubts(check["size"]):
            check_card.show_mine(turn, check, side, view="enter?")
        else:
            _enter(turn, check, side, person)
    elif state == SpotState.ENTERED and verb == "mend" and is_last:
        turn.toast()
        check_card.show_mine(turn, checks.reopened(turn, check), side, view="count")
    elif state == SpotState.ENTERED and verb == "confirm" and is_last and side == "officer":
        turn.toast("spot-toast-confirmed")
        now = checks.confirmed(turn, check, person)
        check_card.show_mine(turn, now, side)
        check_card.show_other(turn, now, side, "spot-news-confirmed")
    elif verb == "list" and checks.has_list(turn, check):
        turn.toast()
        check_card.show_list(turn, check)
    else:
        turn.toast("card-old")
        check_card.show_mine(turn, check, side)


def _enter(turn: Turn, check: Row, side: str, person: int, why: str = "") -> None:
    now = checks.entered(turn, check, person, why)
    check_card.show_other(turn, now, side, "spot-news-entered")
    check_card.show_mine(turn, now, side, renew=bool(why))


class Figures(BaseModel):
    """All the counts, typed one after another."""

    seen: Annotated[int, Question(Kind.AMOUNT)]
    correct: Annotated[int, Question(Kind.AMOUNT)]
    late: Annotated[int, Question(Kind.AMOUNT)]
    not_cancelled: Annotated[int, Question(Kind.AMOUNT)]
    wrong: Annotated[int, Question(Kind.AMOUNT)]
    nobody: Annotated[int, Question(Kind.AMOUNT)]


class Why(BaseModel):
    """Why the counts do not add up."""

    why: Annotated[str, Field(min_length=2, max_length=200), Question(Kind.TEXT)]


def _mine(turn: Turn, answers: dict[str, Any]) -> tuple[Row, str, int] | None:
    check = checks.load(turn, answers["_spot"])
    found = checks.side(turn, check) if check else None
    return (check, *found) if check and found else None


def _outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    found = _mine(turn, answers)
    assert found is not None
    return None if found[0]["state"] == SpotState.PLANNED else ("", "spot-changed")


def _written(turn: Turn, answers: dict[str, Any]) -> None:
    found = _mine(turn, answers)
    assert found is not None
    check, side, _ = found
    checks.written(turn, check, Counts(**Figures.model_validate(answers).model_dump()))
    check_card.show_mine(turn, checks.now(turn, check), side, view="count", renew=True)


def _explained(turn: Turn, answers: dict[str, Any]) -> None:
    found = _mine(turn, answers)
    assert found is not None
    _enter(turn, *found, answers["why"])


for _name, _model, _submit in ((FIGURES, Figures, _written), (WHY, Why, _explained)):
    CONVERSATIONS[_name] = Conversation(
        Form(_name, 1, _model),
        _submit,
        review=False,
        own_card=True,
        allowed=lambda turn, answers: _mine(turn, answers) is not None,
        outdated=_outdated,
    )
