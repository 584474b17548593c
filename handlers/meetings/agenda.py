"""The agenda of a meeting in a chat: points are added at any time, ordered and confirmed by who leads (M1, M2)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from chat.messages import Button
from chat.texts import text
from handlers import days
from handlers.desk import Desk, Turn, in_rows
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.meetings import action_list, actions, meeting_card, minutes, minutes_card, occasions, points
from handlers.workload import amounts, view, workweek
from models.agenda import PointKind
from models.database import Row, opened
from models.draft import Draft
from models.meeting import OccasionState
from models.person import Role

LISTED = 8  # points, and as many items: they come with a reminder, too
OFFERED = 40  # owners
OF_LAST_MONTH = 10  # until this day of a month a meeting is about the month before
LONGEST = 120  # characters of a point or an item
_MEMBERS = (Role.COORDINATOR, Role.CADRE, Role.OFFICER)
_UP, _DOWN = -1, 1


def places_of(turn: Turn) -> dict[int, tuple[str, int]]:
    """The committees for whose meetings this account may hand in points: name, and as which of its persons."""
    found: dict[int, tuple[str, int]] = {}
    for person in turn.persons:
        if person["role"] in _MEMBERS:
            for place in view.committees(turn, person):
                found.setdefault(place["id"], (place["name"], person["id"]))
    return found


def pressed(turn: Turn, number: int, verb: str, value: int) -> None:
    """A button of an agenda's card, or the one that adds a point."""
    if not number:
        _add(turn, verb)
        return
    occasion = occasions.load(turn, number)
    if occasion is None or meeting_card.mine(turn, occasion) is None:
        turn.toast("not-yours")
    elif verb == "show":
        turn.toast()
        show(turn, occasion, renew=True)
    elif meeting_card.managed(turn, occasion) is None:
        turn.toast("not-yours")
    elif verb == "action" and _is_under_way(turn, occasion):
        turn.toast()
        begin(turn, "action", {"occasion": number})
    elif occasions.is_over(turn, occasion):
        turn.toast("card-old")
        show(turn, occasion)
    elif verb == "order":
        turn.toast()
        show(turn, occasion, ordering=True)
    elif verb in ("up", "down"):
        turn.toast("" if points.moved(turn, occasion, value, _UP if verb == "up" else _DOWN) else "card-old")
        show(turn, occasion, ordering=True)
    elif verb == "confirm":
        turn.toast("agenda-toast-confirmed" if points.confirmed(turn, occasion) else "agenda-toast-confirmed_already")
        show(turn, _now(turn, occasion))
    else:
        turn.toast("card-old")
        show(turn, occasion)


def _add(turn: Turn, verb: str) -> None:
    there = places_of(turn)
    if verb != "new" or not there:
        turn.toast("card-old" if there else "not-yours")
        return
    turn.toast()
    begin(turn, "agenda", {"several": len(there) > 1})


def _now(turn: Turn, occasion: Row) -> Row:
    row = occasions.load(turn, occasion["id"])
    assert row is not None
    return row


def _is_under_way(turn: Turn, occasion: Row) -> bool:
    """Whether something may be agreed at it: it has begun, and was not cancelled."""
    return bool(occasion["state"] != OccasionState.CANCELLED and turn.now >= occasion["starts_at"])


def show(turn: Turn, occasion: Row, *, renew: bool = False, ordering: bool = False, news: str = "") -> None:
    """The card of an agenda; `ordering`: with buttons that move the points."""
    body = [news, ""] if news else []
    body += [meeting_card.title(occasion, turn.language), meeting_card.when(turn, occasion, turn.language)]
    body += ["", *lines(turn, occasion, turn.language)]
    found = points.of(turn, occasion)
    rows = _ordering(turn, occasion, found) if ordering else _buttons(turn, occasion, found)
    turn.show(turn.address, f"agenda:{occasion['id']}", "\n".join(body), rows, renew=renew)


def lines(desk: Desk, occasion: Row, language: str) -> list[str]:
    """What a meeting is about: its state, what is still to be done, the points, and counts of the place."""
    found = points.of(desk, occasion)
    took_place = occasion["state"] == OccasionState.DONE
    items = actions.agreed_at(desk, occasion["id"]) if took_place else actions.open_at(desk, [occasion["place"]])
    told = [_state(occasion, found, language)]
    told += _section(language, "agreed" if took_place else "open", [action_list.line(desk, i, language) for i in items])
    numbered = [
        text(
            language,
            "agenda-line",
            number=number,
            kind=text(language, f"agenda-kind-{point['kind']}"),
            words=point["words"],
            who=point["name"],
        )
        for number, point in enumerate(found, start=1)
    ]
    told += _section(language, "points", numbered)
    if not took_place:
        counts = points.counts(desk, occasion)
        told.append(text(language, "agenda-reports", open=counts.open, closed=counts.closed))
        told += _figures(desk, occasion, language)
    return told


def _figures(desk: Desk, occasion: Row, language: str) -> list[str]:
    """The workload of the month that it is about, early in a month of the one before; none where nothing was filed."""
    day = desk.house.today(occasion["starts_at"])
    of_last = day.day <= OF_LAST_MONTH
    about = day.replace(day=1) - timedelta(days=1) if of_last else day
    first, last = workweek.month_so_far(about)
    found = workweek.figures_at(desk, occasion["place"], first, last)
    if not found:
        return []
    figures = amounts.written(found, language)
    return [text(language, "agenda-figures-last" if of_last else "agenda-figures", figures=figures)]


def _state(occasion: Row, found: list[Row], language: str) -> str:
    if occasion["state"] == OccasionState.DONE:
        return text(language, "agenda-state-done")
    if occasion["agenda_at"] is None:
        return text(language, "agenda-state-draft")
    added = points.new(occasion, found)
    return text(language, "agenda-state-added", count=added) if added else text(language, "agenda-state-confirmed")


def _section(language: str, name: str, told: list[str]) -> list[str]:
    """A part with its heading; one that is empty is left out, but for the points."""
    if not told:
        return [text(language, "agenda-no_points")] if name == "points" else []
    more = [text(language, "meeting-and_more", count=len(told))] if len(told) > LISTED else []
    return [text(language, f"agenda-heading-{name}"), *told[:LISTED], *more]


def _buttons(turn: Turn, occasion: Row, found: list[Row]) -> list[list[Button]]:
    def button(verb: str) -> Button:
        return Button(turn.text(f"agenda-button-{verb}"), f"ag:{occasion['id']}:{verb}:0")

    rows = []
    if meeting_card.managed(turn, occasion):
        if not occasions.is_over(turn, occasion):
            settled = occasion["agenda_at"] is not None and not points.new(occasion, found)
            verbs = [*([] if settled else ["confirm"]), *(["order"] if len(found) > 1 else [])]
            rows += in_rows([button(verb) for verb in verbs])
        if _is_under_way(turn, occasion):
            rows.append([button("action")])
    if minutes.is_offered(turn, occasion, manager=meeting_card.managed(turn, occasion) is not None):
        rows.append([minutes_card.button(turn.language, occasion, "show")])
    if not occasions.is_over(turn, occasion):
        rows.append([Button(turn.text("agenda-button-new"), "ag:0:new:0")])
    return rows


def _ordering(turn: Turn, occasion: Row, found: list[Row]) -> list[list[Button]]:
    rows: list[list[Button]] = []
    for number, point in enumerate(found[:LISTED], start=1):
        rows.append([])
        for verb, can in (("up", number > 1), ("down", number < len(found))):
            if can:
                words = turn.text(f"agenda-button-{verb}", number=number)
                rows[-1].append(Button(words, f"ag:{occasion['id']}:{verb}:{point['id']}"))
    return [*rows, [Button(turn.text("meeting-button-back"), f"ag:{occasion['id']}:show:0")]]


class Point(BaseModel):
    """A difficulty or suggestion for the next meeting."""

    kind: Annotated[str, Question(Kind.CHOICE, tuple(PointKind))]
    place: Annotated[str, Question(Kind.CHOICE, when=lambda answers: bool(answers.get("_several")), firm=True)] = ""
    words: Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]


def _place(turn: Turn, answers: dict[str, Any]) -> int:
    """The committee; 0 where it is not theirs any more."""
    there = places_of(turn)
    place = int(answers.get("place") or next(iter(there), 0))
    return place if place in there else 0


def _point_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    place = _place(turn, answers)
    if not place:
        return "words", "place-gone"
    full = points.waiting_of(turn, places_of(turn)[place][1]) >= points.MOST_WAITING
    return ("words", "agenda-full") if full else None


def _point_added(turn: Turn, answers: dict[str, Any]) -> None:
    place = _place(turn, answers)
    name, person = places_of(turn)[place]
    points.add(turn, place, person, answers["kind"], answers["words"])
    turn.say("agenda-added", place=name, words=answers["words"])


class Item(BaseModel):
    """Who does what until when."""

    words: Annotated[str, Field(min_length=1, max_length=LONGEST), Question(Kind.TEXT)]
    owner: Annotated[str, Question(Kind.CHOICE)]
    day: Annotated[dict[str, str], Question(Kind.DAY)]


def _item_offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    """Whoever is invited, those who said that they come first; or a few days."""
    if step != "owner":
        return days.offers(turn, step)
    asked = f"select {opened(Draft, 'answers')} from draft where account = ? and form = 'action'"
    draft = turn.db.one(asked, (turn.db.mark(turn.incoming.account),))
    rows = occasions.invited(turn, draft["answers"]["_occasion"]) if draft else []
    rows.sort(key=lambda row: row["answer"] in ("", "no"))
    return [(str(row["person"]), row["name"]) for row in rows[:OFFERED]]


def _meeting_of(turn: Turn, answers: dict[str, Any]) -> Row | None:
    """The meeting at which something is agreed, if this account leads it."""
    occasion = occasions.load(turn, answers["_occasion"])
    if occasion is None or not _is_under_way(turn, occasion) or meeting_card.mine(turn, occasion) is None:
        return None
    return occasion if meeting_card.managed(turn, occasion) else None


def _item_outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    if int(answers["owner"]) not in [row["person"] for row in occasions.invited(turn, answers["_occasion"])]:
        return "owner", "action-owner-gone"
    return ("day", "day-came") if days.has_come(turn, answers["day"]) else None


def _item_added(turn: Turn, answers: dict[str, Any]) -> None:
    occasion = _meeting_of(turn, answers)
    manager = meeting_card.managed(turn, occasion) if occasion else None
    assert occasion is not None and manager is not None
    actions.add(turn, occasion, int(answers["owner"]), answers["day"]["day"], answers["words"], manager["id"])
    row = minutes.load(turn, occasion["id"])
    if answers.get("_point") and row is not None and minutes.may_write(turn, occasion, row):  # agreed while writing
        minutes_card.show_point(turn, occasion, row, answers["_point"], renew=True, news=turn.text("action-added"))
    else:
        show(turn, occasion, renew=True, news=turn.text("action-added"))


CONVERSATIONS["agenda"] = Conversation(
    Form("agenda", 1, Point),
    _point_added,
    offers=lambda turn, step: [(str(place), name) for place, (name, _) in places_of(turn).items()],
    review=False,
    allowed=lambda turn, answers: bool(places_of(turn)),
    outdated=_point_outdated,
    own_card=True,
)
CONVERSATIONS["action"] = Conversation(
    Form("action", 1, Item),
    _item_added,
    offers=_item_offers,
    review=False,
    allowed=lambda turn, answers: _meeting_of(turn, answers) is not None,
    outdated=_item_outdated,
    own_card=True,
)
