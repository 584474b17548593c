"""Duties M1 and M2 in a chat: a series set up in a line or a few taps, answered, moved, cancelled, called done."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.day import written
from chat.forms import FieldProblem, Form, Kind, Question
from chat.messages import Act, Button, Outgoing
from chat.rhythm import is_recurring
from handlers import places
from handlers.desk import Turn, in_rows
from handlers.form_card import CONVERSATIONS, Conversation, begin, text_answer
from handlers.meetings import (
    action_list,
    agenda,
    entries,
    meeting_card,
    minutes,
    minutes_card,
    occasions,
    points,
    rhythms,
)
from handlers.workload import view
from models.database import Row
from models.meeting import Answer, OccasionState
from reminders import plan

CARD = "meetings"
LISTED = 10
_ANSWERS = {answer.value for answer in Answer} - {""}


def _caller(turn: Turn) -> Row | None:
    return turn.person_in(*occasions.CALLERS)


def start(turn: Turn, said: str = "", *, renew: bool = True) -> None:
    """/meetings: mine of the next two weeks, what is late first; with words after it, a new series."""
    if not turn.persons:
        turn.say("start-stranger")
        return
    if said and _caller(turn):
        _set_up(turn, said)
        return
    persons = [person["id"] for person in turn.persons]
    own, tasks = occasions.of_person(turn, persons), action_list.summary(turn)
    told, rows = [], []
    for occasion in own[:LISTED]:
        sign = turn.text(f"meeting-sign-{occasion['answer'] or 'none'}")
        slot = rhythms.slot(turn, occasion["starts_at"], turn.language)
        where = f"{occasion['place_name']} {occasion['room']}".strip()
        told.append(turn.text("meetings-line", sign=sign, slot=slot, where=where))
        rows.append([Button(f"{sign} {slot}", f"mt:{occasion['id']}:show")])
    if len(own) > LISTED:
        told.append(turn.text("meeting-and_more", count=len(own)))
    if tasks.lines:
        rows.insert(0 if tasks.late else len(rows), [Button(turn.text("action-button-list"), "ac:0:list")])
    if lacking := minutes.to_write(turn, turn.persons):
        day = written(turn.house.today(lacking["starts_at"]), turn.language)
        label = turn.text("minutes-button-lacking", day=day)
        rows.append([minutes_card.button(turn.language, lacking, "show", label=label)])
    body = [turn.text("meetings-title"), *(told or [turn.text("meetings-none")])]
    if tasks.lines:
        body = [*tasks.lines, "", *body] if tasks.late else [*body, "", *tasks.lines]
    rows += in_rows(_more(turn, persons))
    turn.show(turn.address, CARD, "\n".join(body), rows, renew=renew)


def _more(turn: Turn, persons: list[int]) -> list[Button]:
    """What else there is to see and to do."""
    buttons = []
    if last := points.last_done(turn, persons):
        buttons.append(Button(turn.text("agenda-button-last"), f"ag:{last['id']}:show:0"))
    staff = bool(agenda.places_of(turn))
    if staff:
        buttons.append(Button(turn.text("agenda-button-new"), "ag:0:new:0"))
    if _caller(turn):
        buttons.append(Button(turn.text("meeting-button-new"), "mt:0:new"))
    if staff:  # who has meetings has area plans
        buttons.append(Button(turn.text("area_plans-button-list"), "pl:0:list:0"))
    return buttons


def spoken(turn: Turn, said: str) -> bool:
    """A line that sets up a series, typed without any form; false where it is none."""
    if _caller(turn) is None or not is_recurring(said):
        return False
    _set_up(turn, said)
    return True


def _set_up(turn: Turn, said: str) -> None:
    """The form, with what the line says filled in already."""
    try:
        answer = rhythms.typed(turn, text_answer(turn, said))
    except FieldProblem as problem:
        reason = turn.text(problem.code, **problem.arguments)
        turn.note(turn.address, turn.text("meeting-not_taken", reason=reason))
        return
    _begin(turn, {"when": answer})


def _begin(turn: Turn, filled: dict[str, Any]) -> None:
    there = _committees(turn)
    if not there:
        turn.toast("no-place")
        return
    begin(turn, "meeting", {"several": len(there) > 1}, filled=filled)


def _committees(turn: Turn) -> dict[int, str]:
    """The committees whose people this account's caller may bring together."""
    caller = _caller(turn)
    return {place["id"]: place["name"] for place in view.committees(turn, caller)} if caller else {}


def pressed(turn: Turn, number: int, verb: str) -> None:
    """A button of the list or of a meeting's card."""
    if not number:
        _listed(turn, verb)
        return
    occasion = occasions.load(turn, number)
    row = meeting_card.mine(turn, occasion) if occasion else None
    if occasion is None or row is None:
        turn.toast("not-yours")
    elif _has_been_moved(occasion, row):
        turn.toast("meeting-toast-moved")
        occasions.learned(turn, occasion, row["person"])
        news = meeting_card.notice(turn, plan.Kind.MOVED, occasion, row["told"], turn.language)
        meeting_card.show_mine(turn, occasion, renew=True, news=news)
    elif verb == "show":
        turn.toast()
        meeting_card.show_mine(turn, occasion, renew=True)
    elif occasions.is_over(turn, occasion):
        turn.toast(f"meeting-toast-{'over' if occasion['state'] == OccasionState.PLANNED else occasion['state']}")
        meeting_card.show_mine(turn, occasion)
    elif verb == "back":
        turn.toast()
        meeting_card.show_mine(turn, occasion)
    elif verb in _ANSWERS:
        turn.toast("meeting-toast-answered")
        occasions.answered(turn, occasion, row["person"], Answer(verb))
        meeting_card.show_mine(turn, occasion)
    elif verb == "calendar":
        _calendar(turn, occasion)
    elif manager := meeting_card.managed(turn, occasion):
        _managed(turn, occasion, manager, verb)
    else:
        turn.toast("not-yours")


def _calendar(turn: Turn, occasion: Row) -> None:
    """The meeting as a file for the calendar of a phone; asked for anew after it was moved, it replaces the old one."""
    from exports.calendar_entry import calendar_entry  # only here: it takes long to load

    turn.toast()
    file = calendar_entry(entries.entry(turn, occasion, turn.language, Answer.YES))
    words = turn.text("meeting-calendar", slot=meeting_card.when(turn, occasion, turn.language))
    turn.out.append(Outgoing(turn.address, Act.FILE, words, kind="document", name="meeting.ics", content=file.decode()))


def _has_been_moved(occasion: Row, row: Row) -> bool:
    """Whether somebody taps without knowing that the time is another one by now: an answer would be to the old one."""
    return occasion["state"] == OccasionState.PLANNED and row["told"] not in (None, occasion["starts_at"])


def _listed(turn: Turn, verb: str) -> None:
    if verb == "new" and _caller(turn):
        turn.toast()
        _begin(turn, {})
    else:
        turn.toast("not-yours" if verb == "new" else "card-old")


def _managed(turn: Turn, occasion: Row, manager: Row, verb: str) -> None:
    """What a cadre or officer of the place does about a meeting; what everybody hears of is asked twice."""
    begun = turn.now >= occasion["starts_at"]
    if verb == "done" and begun:
        turn.toast()
        points.taken(turn, occasion)
        occasions.done(turn, occasion)
        meeting_card.show_mine(turn, _now(turn, occasion))
    elif verb == "move" and not begun:
        turn.toast()
        begin(turn, "meeting_move", {"occasion": occasion["id"], "from": occasion["starts_at"].isoformat()})
    elif verb in ("cancel", "end") and not begun and (verb == "cancel" or occasion["rule"]):
        turn.toast()
        meeting_card.show_mine(turn, occasion, asked=verb)
    elif verb == "cancel_sure" and not begun:
        turn.toast()
        now = occasions.cancelled(turn, occasion, manager["id"])
        meeting_card.show_mine(turn, now, news=turn.text("meeting-told_all"))
    elif verb == "end_sure" and occasion["rule"]:
        turn.toast()
        occasions.ended(turn, occasion["series"], manager["id"])
        meeting_card.show_mine(turn, _now(turn, occasion), news=turn.text("meeting-ended"))
    else:
        turn.toast("card-old")
        meeting_card.show_mine(turn, occasion)


def _now(turn: Turn, occasion: Row) -> Row:
    row = occasions.load(turn, occasion["id"])
    assert row is not None
    return row


def _has_no_room(answers: Any) -> bool:
    return not (answers.get("when") or {}).get("room")


def _may_fall_on_a_day_off(answers: Any) -> bool:
    """Whether it is to be asked what becomes of a day off: the words of the rhythm may say so themselves."""
    when = answers.get("when") or {}
    return bool(when.get("rule")) and not when.get("off")


class Setup(BaseModel):
    """A series, or a single meeting."""

    when: Annotated[dict[str, str], Question(Kind.RHYTHM)]
    room: Annotated[str | None, Field(max_length=40), Question(Kind.TEXT, when=_has_no_room)] = None
    off: Annotated[str, Question(Kind.CHOICE, ("before", "after"), when=_may_fall_on_a_day_off, firm=True)] = ""
    place: Annotated[str, Question(Kind.CHOICE, when=lambda answers: bool(answers.get("_several")), firm=True)] = ""


def _offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    if step == "when":
        return rhythms.offers(turn)
    return [(str(place), name) for place, name in _committees(turn).items()] if step == "place" else ()


def _place(turn: Turn, answers: dict[str, Any]) -> int:
    """The committee; 0 where it is not this caller's any more."""
    there = _committees(turn)
    place = int(answers.get("place") or next(iter(there), 0))
    return place if place in there else 0


def _outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    caller, when = _caller(turn), answers["when"]
    place = _place(turn, answers)
    if caller is None or not place:
        return "", "place-gone"
    if when["day"] and rhythms.starts_at(turn, when) <= turn.now:
        return "when", "rhythm-past"
    staff = occasions.people(turn, place, list(occasions.CALLERS[caller["role"]]))
    if not set(staff) - {caller["id"]}:
        return "", "meeting-nobody"
    return ("", "meeting-too_many") if len(staff) > occasions.MOST_INVITED else None


def _made(turn: Turn, answers: dict[str, Any]) -> None:
    caller, when = _caller(turn), answers["when"]
    assert caller is not None
    series = occasions.make(
        turn,
        _place(turn, answers),
        caller,
        when["rule"],
        date.fromisoformat(when["day"]) if when["day"] else None,
        time.fromisoformat(when["at"]),
        when["off"] or answers.get("off") or "",
        when["room"] or answers.get("room") or "",
    )
    coming = occasions.of_series(turn, series)
    if coming:
        count = len(occasions.invited(turn, coming[0]["id"])) - 1
        news = turn.text("meeting-set", count=count)
        if when["rule"]:
            news = f"{news}\n{turn.text('meeting-no_end')}"
        meeting_card.show_mine(turn, coming[0], renew=True, news=news)
        return
    first = rhythms.slot(turn, occasions.first_of(turn, series), turn.language)
    place = places.name(turn, _place(turn, answers))
    turn.say("meeting-set_later", place=place, rhythm=when["shown"], slot=first)


class Move(BaseModel):
    """Another time for one meeting."""

    slot: Annotated[dict[str, str], Question(Kind.SLOT)]


def _moving(turn: Turn, answers: dict[str, Any]) -> Row | None:
    """The meeting that is to be moved, if this account may."""
    occasion = occasions.load(turn, answers["_occasion"])
    may = occasion and meeting_card.mine(turn, occasion) and meeting_card.managed(turn, occasion)
    return occasion if may else None


def _overtaken(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    occasion = _moving(turn, answers)
    assert occasion is not None
    if occasions.is_over(turn, occasion) or occasion["starts_at"] != datetime.fromisoformat(answers["_from"]):
        return "slot", "meeting-changed_meanwhile"
    return None if rhythms.starts_at(turn, answers["slot"]) > turn.now else ("slot", "rhythm-past")


def _moved(turn: Turn, answers: dict[str, Any]) -> None:
    occasion = _moving(turn, answers)
    assert occasion is not None
    manager = meeting_card.managed(turn, occasion)
    assert manager is not None
    now = occasions.moved(turn, occasion, rhythms.starts_at(turn, answers["slot"]), manager["id"])
    meeting_card.show_mine(turn, now, renew=True, news=turn.text("meeting-told_all"))


CONVERSATIONS["meeting"] = Conversation(
    Form("meeting", 1, Setup),
    _made,
    offers=_offers,
    allowed=lambda turn, answers: _caller(turn) is not None,
    outdated=_outdated,
)
CONVERSATIONS["meeting_move"] = Conversation(
    Form("meeting_move", 1, Move),
    _moved,
    review=False,
    allowed=lambda turn, answers: _moving(turn, answers) is not None,
    outdated=_overtaken,
    own_card=True,
)
