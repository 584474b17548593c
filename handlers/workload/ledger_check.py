"""Duty W7: the officer checks a coordinator's ledger once a month: the book, its order, a sample; one short form."""

from typing import Annotated, Any

from pydantic import BaseModel

from chat.forms import Form, Kind, Question
from chat.texts import text
from handlers.desk import Turn, address_of
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.workload import ledger, week_round, workweek
from models.checks import LedgerCheck
from models.database import Row

YES, NO = "yes", "no"


class Ledger(BaseModel):
    """Without a book there is nothing more to ask; without a sample there is no accuracy."""

    book: Annotated[str, Question(Kind.CHOICE, (YES, NO))]
    in_order: Annotated[
        str | None, Question(Kind.CHOICE, (YES, NO), when=lambda a: a.get("book") == YES, firm=True)
    ] = None
    sample: Annotated[int | None, Question(Kind.AMOUNT, when=lambda a: a.get("book") == YES)] = None
    correct: Annotated[
        int | None, Question(Kind.AMOUNT, when=lambda a: a.get("book") == YES and bool(a.get("sample")), firm=True)
    ] = None


def _week(turn: Turn, number: int) -> tuple[Row, Row] | None:
    """A week and this account's officer, if its coordinator works at the officer's places."""
    week, officer = workweek.load(turn, number), week_round.me(turn)
    if week is None or officer is None:
        return None
    there = [each["id"] for each in workweek.coordinators(turn, officer["id"])]
    return (week, officer) if week["person"] in there else None


def pressed(turn: Turn, number: int) -> None:
    """The button on the card of a week in the round."""
    if _week(turn, number) is None:
        turn.toast("not-yours")
        return
    turn.toast()
    begin(turn, "ledger", {"week": number})


def _checked(turn: Turn, answers: dict[str, Any]) -> None:
    there = _week(turn, answers["_week"])
    assert there is not None
    week, officer = there
    sampled = answers["book"] == YES and answers.get("sample")
    turn.db.insert(
        LedgerCheck,
        person=week["person"],
        day=turn.house.today(turn.now).isoformat(),
        book=answers["book"] == YES,
        in_order=answers["book"] == YES and answers.get("in_order") == YES,
        sample=answers["sample"] if sampled else 0,
        correct=answers["correct"] if sampled else 0,
        by=officer["id"],
        at=turn.now,
    )
    check = ledger.last(turn, week["person"])
    assert check is not None
    if week["address"]:
        language = week["language"]
        said = text(language, "ledger-told", officer=officer["name"], found=ledger.found(check, language))
        turn.note(address_of(week["address"]), said)
    week_round.show_week(turn, week, renew=True)


def _outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """More right than were looked at."""
    return ("correct", "ledger-too-many") if (answers.get("correct") or 0) > (answers.get("sample") or 0) else None


CONVERSATIONS["ledger"] = Conversation(
    Form("ledger", 1, Ledger),
    _checked,
    review=False,
    allowed=lambda turn, answers: _week(turn, answers["_week"]) is not None,
    outdated=_outdated,
)
