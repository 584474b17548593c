"""What is typed into minutes: the text of a point, its photos, and a point that came up (M1, M2)."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers import attaching
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.meetings import minutes, minutes_card
from handlers.meetings.writing import closed, correct, hidden, send, writing
from models.database import Row
from models.minutes import ObjectionState

LONGEST = 500  # characters of a text
LONGEST_HEADING = 120


class Text(BaseModel):
    """What was said to a point. `sure`: what becomes of it where somebody else has written meanwhile."""

    words: Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]
    sure: Annotated[
        str,
        Question(Kind.CHOICE, ("both", "mine", "theirs"), when=lambda answers: bool(answers.get("_newer")), firm=True),
    ] = ""


def write(turn: Turn, occasion: Row, row: Row, point: Row, objection: int = 0) -> None:
    """The form for the text of a point; what answers an `objection` goes out to everybody once it is written."""
    about = {"point": point["id"], "seen": point["revision"], "objection": objection}
    begin(turn, "minutes_text", hidden(occasion, row) | about)


def _text_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    point = minutes.point(turn, answers["_point"])
    if point is None:
        return "words", "card-old"
    if why := closed(turn, answers):
        return "words", why
    number = answers.get("_objection")
    objection = minutes.objection(turn, number) if number else None
    if objection is not None and objection["state"] != ObjectionState.OPEN:
        return "words", "minutes-decided_meanwhile"
    if point["revision"] == answers["_seen"]:
        return None
    # Kept with the draft, in place: the next try is measured by what its writer is shown now.
    answers["_seen"], answers["_newer"] = point["revision"], True
    return "sure", "minutes-newer"


def _text_texts(turn: Turn, answers: dict[str, Any]) -> dict[str, str | int]:
    point = minutes.point(turn, answers["_point"])
    heading = minutes_card.heading(point, turn.language) if point else ""
    words = point["words"] if point else ""
    after = turn.text("minutes-after_correction") if answers.get("_objection") else ""
    return {
        "heading": heading,
        "now": words or turn.text("minutes-nothing"),
        "mine": answers.get("words", ""),
        "after": after,
    }


def _text_written(turn: Turn, answers: dict[str, Any]) -> None:
    found, point = writing(turn, answers), minutes.point(turn, answers["_point"])
    assert found is not None and point is not None
    occasion, row, manager = found
    words = answers["words"]
    if answers.get("sure") == "both":
        words = f"{point['words']}\n{words}"[: minutes.LONGEST_BOTH]
    if answers.get("sure") != "theirs":
        minutes.write(turn, point["id"], words, manager["id"])
    if number := answers.get("_objection"):
        correct(turn, occasion, row, number, manager)
        send(turn, occasion, row, manager)
    else:
        minutes_card.show_point(turn, occasion, row, point["id"], renew=True)


class Photos(BaseModel):
    """Photos of a flip chart, say; they take the place of those that a point had."""

    photos: Annotated[list[int], Question(Kind.ATTACHMENTS, most=minutes.MOST_PHOTOS)]


def _photos_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    if why := closed(turn, answers):
        return "photos", why
    return ("photos", "attachments-pending") if attaching.pending(turn, answers["photos"]) else None


def _photos_put(turn: Turn, answers: dict[str, Any]) -> None:
    found = writing(turn, answers)
    assert found is not None
    occasion, row, _ = found
    whole = minutes.put_photos(turn, row, answers["_point"], answers["photos"])
    news = "" if whole else turn.text("minutes-photos-left_out", most=minutes.MOST_PHOTOS_IN_ALL)
    minutes_card.show_point(turn, occasion, row, answers["_point"], renew=True, news=news)


class NewPoint(BaseModel):
    """A point that came up at the meeting."""

    words: Annotated[str, Field(min_length=1, max_length=LONGEST_HEADING), Question(Kind.TEXT)]


def _point_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    found = writing(turn, answers)
    assert found is not None
    if why := closed(turn, answers):
        return "words", why
    return ("words", "minutes-full") if len(minutes.points_of(turn, found[1])) >= minutes.MOST_POINTS else None


def _point_added(turn: Turn, answers: dict[str, Any]) -> None:
    found = writing(turn, answers)
    assert found is not None
    occasion, row, manager = found
    number = minutes.add_point(turn, row, manager["id"], answers["words"])
    minutes_card.show_point(turn, occasion, row, number, renew=True)


CONVERSATIONS["minutes_text"] = Conversation(
    Form("minutes_text", 1, Text),
    _text_written,
    review=False,
    allowed=lambda turn, answers: writing(turn, answers) is not None,
    outdated=_text_outdated,
    texts=_text_texts,
    own_card=True,
)
CONVERSATIONS["minutes_photo"] = Conversation(
    Form("minutes_photo", 1, Photos),
    _photos_put,
    review=False,
    allowed=lambda turn, answers: writing(turn, answers) is not None,
    outdated=_photos_outdated,
    own_card=True,
)
CONVERSATIONS["minutes_point"] = Conversation(
    Form("minutes_point", 1, NewPoint),
    _point_added,
    review=False,
    allowed=lambda turn, answers: writing(turn, answers) is not None,
    outdated=_point_outdated,
    own_card=True,
)
