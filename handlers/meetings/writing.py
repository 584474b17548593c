"""Whoever writes minutes: whether they still may, and how what they have written goes out (M1, M2)."""

from typing import Any

from handlers import paper
from handlers.desk import Turn
from handlers.meetings import meeting_card, minutes, minutes_card, occasions
from models.database import Row
from models.minutes import MinutesState, ObjectionState
from models.paper import PaperKind


def hidden(occasion: Row, row: Row) -> dict[str, Any]:
    """What a form about these minutes keeps of them: whether it was begun to correct what was sent already."""
    return {"occasion": occasion["id"], "correcting": row["state"] != MinutesState.WRITING}


def writing(turn: Turn, answers: dict[str, Any]) -> tuple[Row, Row, Row] | None:
    """Meeting, minutes and manager where this account manages the meeting; what may still be written `closed` says."""
    occasion = occasions.load(turn, answers["_occasion"])
    if occasion is None or meeting_card.mine(turn, occasion) is None:
        return None
    manager, row = meeting_card.managed(turn, occasion), minutes.load(turn, occasion["id"])
    return (occasion, row, manager) if manager is not None and row is not None else None


def closed(turn: Turn, answers: dict[str, Any]) -> str:
    """Why nothing can be written any more, as somebody has sent the minutes or their time is over; empty: it can."""
    found = writing(turn, answers)
    assert found is not None
    occasion, row, _ = found
    correcting = answers.get("_correcting") or answers.get("_objection")
    may = minutes.in_term(turn, row) if correcting else minutes.may_write(turn, occasion, row)
    state = "late" if row["state"] == MinutesState.WRITING else row["state"]
    return "" if may else f"minutes-toast-{state}"


def send(turn: Turn, occasion: Row, row: Row, manager: Row) -> None:
    """A version goes out as a card and as a document; whoever sends it reads it at once."""
    sent = minutes.send(turn, occasion, row, manager)
    now = occasions.load(turn, occasion["id"])
    assert now is not None
    minutes_card.show_mine(turn, now, sent, renew=True)
    paper.order(turn, PaperKind.MINUTES, manager["id"], str(occasion["id"]), place=occasion["place"], waited_for=False)


def resend(turn: Turn, occasion: Row, row: Row, manager: Row) -> bool:
    """A corrected version goes out, and open objections to what it changes are corrected with it.

    False: it would say the same, and is not sent.
    """
    changed = minutes.changes(turn, occasion, row)
    if changed is None:
        return False
    for each in minutes.objections(turn, row):
        if each["state"] == ObjectionState.OPEN and each["point"] in changed:
            correct(turn, occasion, row, each["id"], manager)
    send(turn, occasion, row, manager)
    return True


def correct(turn: Turn, occasion: Row, row: Row, objection: int, manager: Row) -> None:
    """What is held against a draft is corrected in it."""
    minutes.decide(turn, row, objection, ObjectionState.CORRECTED, manager["id"])
    show_decided(turn, occasion, row, objection)


def show_decided(turn: Turn, occasion: Row, row: Row, number: int) -> None:
    """An objection as it was decided, for whoever of this account keeps the minutes."""
    mine, objection = meeting_card.mine(turn, occasion), minutes.objection(turn, number)
    assert mine is not None and objection is not None
    person = minutes.reachable(turn, mine["person"])
    if person is not None:
        minutes_card.show_objection(turn, person, occasion, row, objection)
