"""Minutes in a chat: attendance by taps, a text to each point, sent out, objected to, corrected or kept (M1, M2)."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers import attaching, paper
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.meetings import attendance, meeting_card, minutes, minutes_card, occasions
from models.database import Row, opened
from models.draft import Draft
from models.meeting import Answer
from models.minutes import MinutesState, ObjectionState, Presence
from models.paper import PaperKind

LONGEST = 500  # characters of a text or an objection
LONGEST_HEADING = 120
LONGEST_STAND_IN = 40
OFFERED = 40  # people in a form
LABEL = 15  # characters of a point on a button
_POINT = ("point", "write", "photo", "no_photo", "task")
_READ = ("show", "file", "object", "mine")
_ATTENDANCE = (*(presence.value for presence in Presence), "all", "name", "people", "page")


def pressed(turn: Turn, number: int, verb: str, value: int) -> None:
    """A button of minutes, of the card of a meeting, or of an objection."""
    occasion = occasions.load(turn, number)
    mine = meeting_card.mine(turn, occasion) if occasion else None
    if occasion is None or mine is None:
        turn.toast("not-yours")
        return
    manager, row = meeting_card.managed(turn, occasion), minutes.load(turn, number)
    if verb == "mine":
        _name_own(turn, occasion, mine)
    elif manager is None and verb not in _READ:
        turn.toast("not-yours")
    elif row is not None and row["state"] != MinutesState.WRITING:
        _sent(turn, occasion, row, mine, manager, verb, value)
    elif manager is None or not minutes.may_write(turn, occasion, row):
        begun = turn.now >= occasion["starts_at"]
        turn.toast(f"minutes-toast-{'none' if manager is None else 'late' if begun else 'early'}")
        meeting_card.show_mine(turn, occasion)
    else:
        _written(turn, occasion, minutes.begin(turn, occasion, manager["id"]), manager, verb, value)


def _written(turn: Turn, occasion: Row, row: Row, manager: Row, verb: str, value: int) -> None:
    """A manager writes: taps on pages, forms for words."""
    point = minutes.point(turn, value) if verb in _POINT else None
    if verb == "show":
        turn.toast()
        minutes_card.show_attendance(turn, occasion, row, renew=True)
    elif verb in _ATTENDANCE:
        _attendance(turn, occasion, row, verb, value)
    elif verb in ("next", "review"):
        turn.toast()
        shown = minutes_card.show_point if verb == "next" else minutes_card.show_review
        shown(turn, occasion, row)
    elif verb == "send":
        turn.toast("minutes-toast-sent")
        _send(turn, occasion, row, manager)
    elif verb == "add":
        turn.toast()
        begin(turn, "minutes_point", {"occasion": occasion["id"]})
    elif point is None or point["minutes"] != row["id"]:
        turn.toast("card-old")
        minutes_card.show_review(turn, occasion, row)
    elif verb == "point":
        turn.toast()
        minutes_card.show_point(turn, occasion, row, point["id"])
    elif verb == "write":
        turn.toast()
        _write(turn, occasion, point)
    elif verb == "photo":
        turn.toast()
        begin(turn, "minutes_photo", {"occasion": occasion["id"], "point": point["id"]})
    elif verb == "no_photo":
        turn.toast()
        minutes.put_photos(turn, row, point["id"], [])
        minutes_card.show_point(turn, occasion, row, point["id"])
    else:
        turn.toast()
        begin(turn, "action", {"occasion": occasion["id"], "point": point["id"]})


def _sent(turn: Turn, occasion: Row, row: Row, mine: Row, manager: Row | None, verb: str, value: int) -> None:
    """What was sent is read by everybody invited, objected to, and decided on by who manages it."""
    objection = minutes.objection(turn, value) if verb in ("correct", "keep") else None
    if verb == "show":
        turn.toast()
        minutes_card.show_mine(turn, occasion, row, renew=True)
    elif verb == "file" and row["content"] is not None:
        period = str(occasion["id"])
        new = paper.order(turn, PaperKind.MINUTES, mine["person"], period, place=occasion["place"])
        turn.toast("" if new else "paper-under-way")
    elif verb == "object" and minutes.may_object(turn, row, mine["person"]):
        turn.toast()
        several = bool(minutes.points_of(turn, row))
        begin(turn, "objection", {"occasion": occasion["id"], "several": several})
    elif manager is not None and objection is not None and objection["minutes"] == row["id"]:
        _decide(turn, occasion, row, manager, objection, verb)
    elif manager is not None and verb in (*_ATTENDANCE, "resend") and _contested(turn, row):
        if verb == "resend":
            turn.toast("minutes-toast-sent")
            for each in _contested(turn, row):
                minutes.decide(turn, row, each["id"], ObjectionState.CORRECTED, manager["id"])
                _show_decided(turn, occasion, row, each["id"])
            _send(turn, occasion, row, manager)
        else:
            _attendance(turn, occasion, row, verb, value)
    else:
        turn.toast(f"minutes-toast-{row['state']}")
        minutes_card.show_mine(turn, occasion, row)


def _contested(turn: Turn, row: Row) -> list[Row]:
    """The open objections against what a draft says of who was there, while it may be corrected."""
    if not minutes.in_term(turn, row):
        return []
    return [
        each for each in minutes.objections(turn, row) if each["state"] == ObjectionState.OPEN and each["point"] is None
    ]


def _send(turn: Turn, occasion: Row, row: Row, manager: Row) -> None:
    sent = minutes.send(turn, occasion, row, manager)
    minutes_card.show_mine(turn, _now(turn, occasion), sent, renew=True)
    paper.order(turn, PaperKind.MINUTES, manager["id"], str(occasion["id"]), place=occasion["place"], waited_for=False)


def _decide(turn: Turn, occasion: Row, row: Row, manager: Row, objection: Row, verb: str) -> None:
    """An objection is corrected, by a form or on the page of who was there, or kept."""
    if objection["state"] != ObjectionState.OPEN or not minutes.in_term(turn, row):
        over = objection["state"] == ObjectionState.OPEN
        turn.toast("minutes-toast-final" if over else f"minutes-toast-{objection['state']}_already")
        _show_decided(turn, occasion, row, objection["id"])
    elif verb == "keep":
        turn.toast("minutes-toast-kept")
        minutes.decide(turn, row, objection["id"], ObjectionState.KEPT, manager["id"])
        _show_decided(turn, occasion, row, objection["id"])
    elif objection["point"] is None:
        turn.toast()
        minutes_card.show_attendance(turn, occasion, row, objection["person"], renew=True)
    else:
        turn.toast()
        point = minutes.point(turn, objection["point"])
        assert point is not None
        _write(turn, occasion, point, objection["id"])


def _show_decided(turn: Turn, occasion: Row, row: Row, number: int) -> None:
    mine, objection = meeting_card.mine(turn, occasion), minutes.objection(turn, number)
    assert mine is not None and objection is not None
    person = minutes.reachable(turn, mine["person"])
    if person is not None:
        minutes_card.show_objection(turn, person, occasion, row, objection)


def _attendance(turn: Turn, occasion: Row, row: Row, verb: str, value: int) -> None:
    """Taps on the page of who was there. A button says what is to be, so that two who tap at once agree."""
    guests = {guest.person: guest for guest in attendance.listed(turn, occasion["id"])}
    if verb == "name":
        turn.toast()
        correcting = row["state"] != MinutesState.WRITING
        begin(turn, "minutes_stand_in", {"occasion": occasion["id"], "correcting": correcting})
        return
    if verb == "all":
        for guest in guests.values():
            attendance.put(turn, occasion["id"], guest.person, Presence.THERE)
    elif verb in (presence.value for presence in Presence) and value in guests:
        attendance.put(turn, occasion["id"], value, Presence(verb))
    turn.toast()
    page = value if verb == "page" else 0
    person = 0 if verb in ("page", "people", "all") else value
    minutes_card.show_attendance(turn, occasion, row, person, page=page)


def _now(turn: Turn, occasion: Row) -> Row:
    row = occasions.load(turn, occasion["id"])
    assert row is not None
    return row


def _name_own(turn: Turn, occasion: Row, mine: Row) -> None:
    """Somebody who sends a stand-in says whom, if they like."""
    if _sends(turn, occasion, mine):
        turn.toast()
        begin(turn, "stand_in", {"occasion": occasion["id"]})
    else:
        turn.toast("card-old")
        meeting_card.show_mine(turn, occasion)


def _sends(turn: Turn, occasion: Row, mine: Row | None) -> bool:
    return mine is not None and mine["answer"] == Answer.STAND_IN and not occasions.is_over(turn, occasion)


# ---- words: to a point, a point that came up, a stand-in, an objection


class Text(BaseModel):
    """What was said to a point. `sure`: what becomes of it where somebody else has written meanwhile."""

    words: Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]
    sure: Annotated[
        str,
        Question(Kind.CHOICE, ("both", "mine", "theirs"), when=lambda answers: bool(answers.get("_newer")), firm=True),
    ] = ""


def _write(turn: Turn, occasion: Row, point: Row, objection: int = 0) -> None:
    hidden = {"occasion": occasion["id"], "point": point["id"], "seen": point["revision"], "objection": objection}
    begin(turn, "minutes_text", hidden)


def _writing(turn: Turn, answers: dict[str, Any]) -> tuple[Row, Row, Row] | None:
    """Meeting, minutes and manager where this account manages the meeting; what may still be written `_closed` says."""
    occasion = occasions.load(turn, answers["_occasion"])
    if occasion is None or meeting_card.mine(turn, occasion) is None:
        return None
    manager, row = meeting_card.managed(turn, occasion), minutes.load(turn, occasion["id"])
    return (occasion, row, manager) if manager is not None and row is not None else None


def _closed(turn: Turn, answers: dict[str, Any]) -> str:
    """Why nothing can be written any more, as somebody has sent the minutes or their time is over; empty: it can."""
    found = _writing(turn, answers)
    assert found is not None
    occasion, row, _ = found
    correcting = answers.get("_objection") or (answers.get("_correcting") and _contested(turn, row))
    may = minutes.in_term(turn, row) if correcting else minutes.may_write(turn, occasion, row)
    state = "late" if row["state"] == MinutesState.WRITING else row["state"]
    return "" if may else f"minutes-toast-{state}"


def _stand_in_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    return ("words", why) if (why := _closed(turn, answers)) else None


def _text_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    point = minutes.point(turn, answers["_point"])
    if point is None:
        return "words", "card-old"
    if why := _closed(turn, answers):
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
    return {"heading": heading, "now": words or turn.text("minutes-nothing"), "mine": answers.get("words", "")}


def _text_written(turn: Turn, answers: dict[str, Any]) -> None:
    found, point = _writing(turn, answers), minutes.point(turn, answers["_point"])
    assert found is not None and point is not None
    occasion, row, manager = found
    words = answers["words"]
    if answers.get("sure") == "both":
        words = f"{point['words']}\n{words}"[: minutes.LONGEST_BOTH]
    if answers.get("sure") != "theirs":
        minutes.write(turn, point["id"], words, manager["id"])
    if number := answers.get("_objection"):
        minutes.decide(turn, row, number, ObjectionState.CORRECTED, manager["id"])
        _show_decided(turn, occasion, row, number)
        _send(turn, occasion, row, manager)
    else:
        minutes_card.show_point(turn, occasion, row, point["id"], renew=True)


class Photos(BaseModel):
    """Photos of a flip chart, say; they take the place of those that a point had."""

    photos: Annotated[list[int], Question(Kind.ATTACHMENTS, most=minutes.MOST_PHOTOS)]


def _photos_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    if why := _closed(turn, answers):
        return "photos", why
    return ("photos", "attachments-pending") if attaching.pending(turn, answers["photos"]) else None


def _photos_put(turn: Turn, answers: dict[str, Any]) -> None:
    found = _writing(turn, answers)
    assert found is not None
    occasion, row, _ = found
    whole = minutes.put_photos(turn, row, answers["_point"], answers["photos"])
    news = "" if whole else turn.text("minutes-photos-left_out", most=minutes.MOST_PHOTOS_IN_ALL)
    minutes_card.show_point(turn, occasion, row, answers["_point"], renew=True, news=news)


class NewPoint(BaseModel):
    """A point that came up at the meeting."""

    words: Annotated[str, Field(min_length=1, max_length=LONGEST_HEADING), Question(Kind.TEXT)]


def _point_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    found = _writing(turn, answers)
    assert found is not None
    if why := _closed(turn, answers):
        return "words", why
    return ("words", "minutes-full") if len(minutes.points_of(turn, found[1])) >= minutes.MOST_POINTS else None


def _point_added(turn: Turn, answers: dict[str, Any]) -> None:
    found = _writing(turn, answers)
    assert found is not None
    occasion, row, manager = found
    number = minutes.add_point(turn, row, manager["id"], answers["words"])
    minutes_card.show_point(turn, occasion, row, number, renew=True)


class StandIn(BaseModel):
    """Whom somebody sent in their place, as whoever writes the minutes saw it."""

    absent: Annotated[str, Question(Kind.CHOICE)]
    words: Annotated[str, Field(min_length=1, max_length=LONGEST_STAND_IN), Question(Kind.TEXT)]


def _answers(turn: Turn, form: str) -> dict[str, Any]:
    """What this account has answered to an open form so far."""
    asked = f"select {opened(Draft, 'answers')} from draft where account = ? and form = ?"
    draft = turn.db.one(asked, (turn.db.mark(turn.incoming.account), form))
    return dict(draft["answers"]) if draft else {}


def _absent(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    """Whoever was not there, those who said that they send somebody first."""
    if step != "absent":
        return ()
    guests = attendance.listed(turn, _answers(turn, "minutes_stand_in").get("_occasion", 0))
    away = sorted((guest for guest in guests if guest.presence is not Presence.THERE), key=lambda g: not g.sends)
    return [(str(guest.person), guest.name) for guest in away[:OFFERED]]


def _stand_in_named(turn: Turn, answers: dict[str, Any]) -> None:
    found = _writing(turn, answers)
    assert found is not None
    occasion, row, _ = found
    person = int(answers["absent"])
    attendance.name_stand_in(turn, occasion["id"], person, answers["words"])
    attendance.put(turn, occasion["id"], person, Presence.STAND_IN)
    minutes_card.show_attendance(turn, occasion, row, person, renew=True)


class OwnStandIn(BaseModel):
    """Whom somebody sends in their own place."""

    words: Annotated[str, Field(min_length=1, max_length=LONGEST_STAND_IN), Question(Kind.TEXT)]


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


class Against(BaseModel):
    """What somebody holds against a draft: about what of it, in one line."""

    about: Annotated[str, Question(Kind.CHOICE, when=lambda answers: bool(answers.get("_several")), firm=True)] = ""
    words: Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]


def _objecting(turn: Turn, answers: dict[str, Any]) -> tuple[Row, Row, Row] | None:
    """Meeting, minutes and the row of whoever of this account was invited; whether they may object is asked later."""
    occasion = occasions.load(turn, answers["_occasion"])
    mine = meeting_card.mine(turn, occasion) if occasion else None
    row = minutes.load(turn, answers["_occasion"])
    return (occasion, row, mine) if occasion is not None and row is not None and mine is not None else None


def _abouts(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    """Each point, and who was there."""
    row = minutes.load(turn, _answers(turn, "objection").get("_occasion", 0)) if step == "about" else None
    if row is None:
        return ()
    found = [
        (str(point["id"]), f"{place}. {minutes_card.cut(point['heading'], LABEL)}")
        for place, point in enumerate(minutes.points_of(turn, row), start=1)
    ]
    return [*found, ("0", minutes_card.about(minutes_card.ATTENDANCE, turn.language))]


def _objection_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
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


CONVERSATIONS["minutes_text"] = Conversation(
    Form("minutes_text", 1, Text),
    _text_written,
    review=False,
    allowed=lambda turn, answers: _writing(turn, answers) is not None,
    outdated=_text_outdated,
    texts=_text_texts,
    own_card=True,
)
CONVERSATIONS["minutes_photo"] = Conversation(
    Form("minutes_photo", 1, Photos),
    _photos_put,
    review=False,
    allowed=lambda turn, answers: _writing(turn, answers) is not None,
    outdated=_photos_outdated,
    own_card=True,
)
CONVERSATIONS["minutes_point"] = Conversation(
    Form("minutes_point", 1, NewPoint),
    _point_added,
    review=False,
    allowed=lambda turn, answers: _writing(turn, answers) is not None,
    outdated=_point_outdated,
    own_card=True,
)
CONVERSATIONS["minutes_stand_in"] = Conversation(
    Form("minutes_stand_in", 1, StandIn),
    _stand_in_named,
    offers=_absent,
    review=False,
    allowed=lambda turn, answers: _writing(turn, answers) is not None,
    outdated=_stand_in_outdated,
    own_card=True,
)
CONVERSATIONS["stand_in"] = Conversation(
    Form("stand_in", 1, OwnStandIn),
    _own_named,
    review=False,
    allowed=lambda turn, answers: _own(turn, answers) is not None,
    own_card=True,
)
CONVERSATIONS["objection"] = Conversation(
    Form("objection", 1, Against),
    _objected,
    offers=_abouts,
    review=False,
    allowed=lambda turn, answers: _objecting(turn, answers) is not None,
    outdated=_objection_outdated,
    own_card=True,
)
