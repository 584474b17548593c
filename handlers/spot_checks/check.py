"""Duty V2 in a chat: the month's spot check planned, agreed, moved, drawn again with a reason, or called off."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import FieldProblem, Form, Kind, Progress, Question
from chat.messages import Act, Outgoing
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin, current
from handlers.meetings import rhythms
from handlers.spot_checks import buildings, check_card, checks, entries, place_card, results
from handlers.workload import committee
from models.database import Row
from models.person import Role
from models.spot_check import SpotState
from workload.spot_check import sizes

PLAN, MOVE, REDRAW = "spot_plan", "spot_move", "spot_redraw"


def pressed(turn: Turn, number: int, extra: int, verb: str) -> None:
    """A button of a committee's card (`number` 0, `extra` the committee) or of a check's."""
    if not number:
        _place_pressed(turn, extra, verb)
        return
    check = checks.load(turn, number)
    found = checks.side(turn, check) if check else None
    if check is None or found is None:
        turn.toast("not-yours")
        return
    side, person = found
    if verb == "show":
        turn.toast()
        check_card.show_mine(turn, check, side, renew=True)
    elif verb == "back":
        turn.toast()
        check_card.show_mine(turn, check, side)
    elif check["state"] != SpotState.PLANNED or verb in results.VERBS:
        results.pressed(turn, check, side, person, verb, extra)
    elif checks.counts(check).is_begun or not _pressed(turn, check, side, person, verb):
        turn.toast("card-old")
        check_card.show_mine(turn, check, side)


def _place_pressed(turn: Turn, place: int, verb: str) -> None:
    reads = committee.person_of(turn, place, *committee.READERS) is not None
    if not reads or (verb != "show" and committee.person_of(turn, place, Role.CADRE) is None):
        turn.toast("not-yours")
    elif verb == "show":
        turn.toast()
        place_card.show(turn, place, renew=True)
    elif verb == "buildings":
        turn.toast()
        buildings.tell(turn, place)
    elif verb == "plan" and not committee.officers(turn, place):
        turn.toast("spot-no_officer")
        place_card.show(turn, place)
    elif verb == "plan" and _dwellings(turn, place):
        turn.toast()
        begin(turn, PLAN, {"place": place, "several": len(committee.officers(turn, place)) > 1})
    else:
        turn.toast("card-old")
        place_card.show(turn, place)


def _pressed(turn: Turn, check: Row, side: str, person: int, verb: str) -> bool:
    """What is done to a check of which nothing was counted yet; false for what cannot be done."""
    own = next(row for row in checks.parties(turn, check["id"]) if row["person"] == check[side])
    if verb == "agree" and not own["agreed"]:
        if own["told"] not in (None, check["starts_at"]):  # a time that is another one by now
            turn.toast("spot-toast-moved")
        else:
            turn.toast("spot-toast-agreed")
            checks.agreed(turn, check, check[side])
            check_card.show_other(turn, check, side, "spot-news-agreed")
        check_card.show_mine(turn, checks.now(turn, check), side)
    elif verb == "entry" and checks.is_coming(turn, check):
        turn.toast()
        _calendar(turn, check)
    elif verb == "move":
        turn.toast()
        begin(turn, MOVE, {"spot": check["id"], "from": check["starts_at"].isoformat()})
    elif side == "cadre" and verb == "redraw":
        turn.toast()
        begin(turn, REDRAW, {"spot": check["id"]})
    elif side == "cadre" and verb == "cancel":
        turn.toast()
        check_card.show_mine(turn, check, side, view="cancel?")
    elif side == "cadre" and verb == "cancel_sure":
        turn.toast()
        check_card.take_lists(turn, check["id"])
        check_card.show_mine(turn, checks.cancelled(turn, check, check[side]), side)
    else:
        return False
    return True


def _calendar(turn: Turn, check: Row) -> None:
    """The check as a file for the calendar of a phone."""
    from exports.calendar_entry import calendar_entry  # only here: it takes long to load

    entry = calendar_entry(entries.entry(turn, check, turn.language))
    words = turn.text("meeting-calendar", slot=check_card.when(turn, check, turn.language))
    file = Outgoing(turn.address, Act.FILE, words, kind="document", name="check.ics", content=entry.decode())
    turn.out.append(file)


def _dwellings(turn: Turn, place: int) -> int:
    return sum(row["dwellings"] for row in checks.buildings(turn, place))


def _there(turn: Turn, place: int) -> list[tuple[str, int]]:
    return [(row["called"], row["dwellings"]) for row in checks.buildings(turn, place)]


class Plan(BaseModel):
    """How many dwellings, when, and where there is a choice with which officer."""

    size: Annotated[str, Question(Kind.CHOICE)]
    officer: Annotated[str, Question(Kind.CHOICE, when=lambda a: bool(a.get("_several")), firm=True)] = ""
    slot: Annotated[dict[str, str], Question(Kind.SLOT)]


def _offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    draft = current(turn)
    if draft is None or draft["form"] != PLAN:
        return ()
    place = draft["answers"]["_place"]
    if step == "officer":
        return [(str(officer.id), officer.name) for officer in committee.officers(turn, place)]
    whole = _dwellings(turn, place)
    if step != "size" or not whole:
        return ()
    return [
        (str(size), turn.text("spot-size" if number else "spot-size-default", size=size))
        for number, size in enumerate(sizes(whole))
    ]


def _problem(turn: Turn, place: int, slot: dict[str, str], but: int = 0) -> str:
    """Why a check cannot be then; empty where it can."""
    if not turn.house.is_working_day(date.fromisoformat(slot["day"])):
        return "spot-day_off"
    starts_at = rhythms.starts_at(turn, slot)
    if starts_at <= turn.now:
        return "rhythm-past"
    there = checks.of_month(turn, place, checks.month_of(turn, starts_at))
    return "spot-month_taken" if there and there["id"] != but else ""


def _checked(turn: Turn, progress: Progress) -> dict[str, Any]:
    """A time that cannot be is refused where it is told."""
    if progress.step == "slot":
        place, but = _about(turn, progress.answers)
        if problem := _problem(turn, place, progress.answers["slot"], but):
            raise FieldProblem(problem)
    return {}


def _about(turn: Turn, answers: dict[str, Any]) -> tuple[int, int]:
    """The committee, and the check that is moved."""
    if "_place" in answers:
        return answers["_place"], 0
    check = checks.load(turn, answers["_spot"])
    return (check["place"], check["id"]) if check else (0, 0)


def _plan_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    place = answers["_place"]
    officers = {str(officer.id) for officer in committee.officers(turn, place)}
    if not officers:
        return "", "spot-no_officer"
    if int(answers["size"]) > _dwellings(turn, place):
        return "size", "spot-fewer"
    if answers.get("_several") and answers["officer"] not in officers:
        return "officer", "spot-officer_gone"
    problem = _problem(turn, place, answers["slot"])
    return ("slot", problem) if problem else None


def _planned(turn: Turn, answers: dict[str, Any]) -> None:
    place = answers["_place"]
    cadre = committee.person_of(turn, place, Role.CADRE)
    assert cadre is not None
    officer = int(answers.get("officer") or committee.officers(turn, place)[0].id)
    starts_at = rhythms.starts_at(turn, answers["slot"])
    spot = checks.make(turn, place, cadre["id"], officer, starts_at, int(answers["size"]), _there(turn, place))
    check = checks.load(turn, spot)
    assert check is not None
    check_card.show_mine(turn, check, "cadre", renew=True, news=turn.text("spot-planned", name=check["officer_name"]))


class Move(BaseModel):
    """Another time."""

    slot: Annotated[dict[str, str], Question(Kind.SLOT)]


def _mine(turn: Turn, answers: dict[str, Any]) -> tuple[Row, str, int] | None:
    """The check that a form is about, and this account's side of it."""
    check = checks.load(turn, answers["_spot"])
    found = checks.side(turn, check) if check else None
    return (check, *found) if check and found else None


def _is_open(check: Row) -> bool:
    return check["state"] == SpotState.PLANNED and not checks.counts(check).is_begun


def _move_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    found = _mine(turn, answers)
    assert found is not None
    check = found[0]
    if not _is_open(check) or check["starts_at"] != datetime.fromisoformat(answers["_from"]):
        return "slot", "spot-changed"
    problem = _problem(turn, check["place"], answers["slot"], check["id"])
    return ("slot", problem) if problem else None


def _moved(turn: Turn, answers: dict[str, Any]) -> None:
    found = _mine(turn, answers)
    assert found is not None
    check, side, _ = found
    now = checks.moved(turn, check, rhythms.starts_at(turn, answers["slot"]), check[side])
    check_card.show_mine(turn, now, side, renew=True, news=turn.text("spot-moved"))


class Redraw(BaseModel):
    """Why the dwellings are drawn again."""

    why: Annotated[str, Field(min_length=2, max_length=200), Question(Kind.TEXT)]


def _redraw_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    found = _mine(turn, answers)
    assert found is not None
    return None if _is_open(found[0]) and _dwellings(turn, found[0]["place"]) else ("", "spot-changed")


def _redrawn(turn: Turn, answers: dict[str, Any]) -> None:
    found = _mine(turn, answers)
    assert found is not None
    check, side, person = found
    checks.drawn_again(turn, check, _there(turn, check["place"]), person, answers["why"])
    now = checks.now(turn, check)
    check_card.take_lists(turn, check["id"])
    check_card.show_other(turn, now, side, "spot-news-redrawn")
    check_card.show_mine(turn, now, side, renew=True)


def _is_cadre(turn: Turn, answers: dict[str, Any]) -> bool:
    return committee.person_of(turn, answers["_place"], Role.CADRE) is not None


CONVERSATIONS[PLAN] = Conversation(
    Form(PLAN, 1, Plan),
    _planned,
    offers=_offers,
    review=False,
    own_card=True,
    aware=_checked,
    allowed=_is_cadre,
    outdated=_plan_outdated,
    texts=lambda turn, answers: {"dwellings": _dwellings(turn, answers["_place"])},
)
CONVERSATIONS[MOVE] = Conversation(
    Form(MOVE, 1, Move),
    _moved,
    review=False,
    own_card=True,
    aware=_checked,
    allowed=lambda turn, answers: _mine(turn, answers) is not None,
    outdated=_move_outdated,
)
CONVERSATIONS[REDRAW] = Conversation(
    Form(REDRAW, 1, Redraw),
    _redrawn,
    review=False,
    own_card=True,
    allowed=lambda turn, answers: (found := _mine(turn, answers)) is not None and found[1] == "cadre",
    outdated=_redraw_outdated,
)
