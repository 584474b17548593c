"""Who was at a meeting, by taps, and who came in whose place: told beforehand, or as it was seen (M1, M2)."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.meetings import attendance, meeting_card, minutes_card, occasions
from handlers.meetings.writing import closed, hidden, writing
from models.database import Row, opened
from models.draft import Draft
from models.meeting import Answer
from models.minutes import Presence

LONGEST = 40
OFFERED = 40  # people in a form
VERBS = (*(presence.value for presence in Presence), "all", "name", "people", "page")


def pressed(turn: Turn, occasion: Row, row: Row, verb: str, value: int) -> None:
    """Taps on the page of who was there. A button says what is to be, so that two who tap at once agree."""
    guests = {guest.person: guest for guest in attendance.listed(turn, occasion["id"])}
    turn.toast()
    if verb == "name":
        begin(turn, "minutes_stand_in", hidden(occasion, row))
        return
    if verb == "all":
        for guest in guests.values():
            attendance.put(turn, occasion["id"], guest.person, Presence.THERE)
    elif verb in (presence.value for presence in Presence) and value in guests:
        attendance.put(turn, occasion["id"], value, Presence(verb))
    page = value if verb == "page" else 0
    person = 0 if verb in ("page", "people", "all") else value
    minutes_card.show_attendance(turn, occasion, row, person, page=page)


class StandIn(BaseModel):
    """Whom somebody sent in their place, as whoever writes the minutes saw it."""

    absent: Annotated[str, Question(Kind.CHOICE)]
    words: Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]


def _absent(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    """Whoever was not there, those who said that they send somebody first."""
    if step != "absent":
        return ()
    asked = f"select {opened(Draft, 'answers')} from draft where account = ? and form = 'minutes_stand_in'"
    draft = turn.db.one(asked, (turn.db.mark(turn.incoming.account),))
    guests = attendance.listed(turn, draft["answers"]["_occasion"]) if draft else []
    away = sorted((guest for guest in guests if guest.presence is not Presence.THERE), key=lambda g: not g.sends)
    return [(str(guest.person), guest.name) for guest in away[:OFFERED]]


def _outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    return ("words", why) if (why := closed(turn, answers)) else None


def _named(turn: Turn, answers: dict[str, Any]) -> None:
    found = writing(turn, answers)
    assert found is not None
    occasion, row, _ = found
    person = int(answers["absent"])
    attendance.name_stand_in(turn, occasion["id"], person, answers["words"])
    attendance.put(turn, occasion["id"], person, Presence.STAND_IN)
    minutes_card.show_attendance(turn, occasion, row, person, renew=True)


class OwnStandIn(BaseModel):
    """Whom somebody sends in their own place."""

    words: Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]


def name_own(turn: Turn, occasion: Row, mine: Row) -> None:
    """Somebody who sends a stand-in says whom, if they like."""
    if _sends(turn, occasion, mine):
        turn.toast()
        begin(turn, "stand_in", {"occasion": occasion["id"]})
    else:
        turn.toast("card-old")
        meeting_card.show_mine(turn, occasion)


def _sends(turn: Turn, occasion: Row, mine: Row | None) -> bool:
    return mine is not None and mine["answer"] == Answer.STAND_IN and not occasions.is_over(turn, occasion)


def _own(turn: Turn, answers: dict[str, Any]) -> tuple[Row, Row] | None:
    """The meeting, and the row of whoever of this account sends a stand-in to it."""
    occasion = occasions.load(turn, answers["_occasion"])
    mine = meeting_card.mine(turn, occasion) if occasion else None
    return (occasion, mine) if occasion is not None and mine is not None and _sends(turn, occasion, mine) else None


def _own_named(turn: Turn, answers: dict[str, Any]) -> None:
    found = _own(turn, answers)
    assert found is not None
    occasion, mine = found
    attendance.name_stand_in(turn, occasion["id"], mine["person"], answers["words"])
    meeting_card.show_mine(turn, occasion, renew=True, news=turn.text("minutes-stand_in_named", who=answers["words"]))


CONVERSATIONS["minutes_stand_in"] = Conversation(
    Form("minutes_stand_in", 1, StandIn),
    _named,
    offers=_absent,
    review=False,
    allowed=lambda turn, answers: writing(turn, answers) is not None,
    outdated=_outdated,
    own_card=True,
)
CONVERSATIONS["stand_in"] = Conversation(
    Form("stand_in", 1, OwnStandIn),
    _own_named,
    review=False,
    allowed=lambda turn, answers: _own(turn, answers) is not None,
    own_card=True,
)
