"""The one card of a meeting in each chat: invitation, reminder, correction, and the list of who comes (M1, M2)."""

from datetime import datetime, time

from chat.messages import Button, Priority
from chat.texts import listed, text
from handlers.desk import Desk, Turn, in_rows
from handlers.meetings import attendance as presence
from handlers.meetings import minutes, occasions, rhythms
from handlers.reminding import Reader
from handlers.workload import view
from handlers.workload.presence import on_leave
from models.database import Row
from models.meeting import Answer, OccasionState
from reminders.plan import Kind

NAMED = 12  # people in one line
_ANSWERS = (Answer.YES, Answer.LATE, Answer.STAND_IN, Answer.NO)


def managed(turn: Turn, occasion: Row) -> Row | None:
    """This account's person who may move or cancel it: a cadre or officer of the committee."""
    for person in turn.persons:
        there = view.committees(turn, person) if person["role"] in occasions.CALLERS else ()
        if occasion["place"] in [place["id"] for place in there]:
            return person
    return None


def mine(turn: Turn, occasion: Row) -> Row | None:
    """The row of whoever of this account is invited."""
    own = {person["id"] for person in turn.persons}
    return next((row for row in occasions.invited(turn, occasion["id"]) if row["person"] in own), None)


def title(occasion: Row, language: str) -> str:
    """What a meeting is called: the place, and the rhythm where it has one."""
    if not occasion["rule"]:
        return text(language, "meeting-title-once", place=occasion["place_name"])
    at = time.fromisoformat(occasion["at"])
    words = rhythms.rhythm(occasion["rule"], occasion["off"], at, language)
    return text(language, "meeting-title", place=occasion["place_name"], rhythm=words)


def when(desk: Desk, occasion: Row, language: str) -> str:
    """When and where it is."""
    return f"{rhythms.slot(desk, occasion['starts_at'], language)} {occasion['room']}".strip()


def notice(desk: Desk, kind: Kind, occasion: Row, told: datetime | None, language: str) -> str:
    """What is new about a meeting to somebody who was told that it begins at `told`."""
    before = rhythms.slot(desk, told, language) if told else ""
    by_calendar = kind is Kind.MOVED and not occasion["by_hand"]
    name = "meeting-notice-moved_by_calendar" if by_calendar else f"meeting-notice-{kind}"
    return text(language, name, slot=when(desk, occasion, language), told=before)


def show_mine(turn: Turn, occasion: Row, *, renew: bool = False, news: str = "", asked: str = "") -> None:
    """The card for the account whose turn it is; `asked` is what is to be confirmed: cancel or end."""
    row, manager = mine(turn, occasion), managed(turn, occasion) is not None
    body = [news, ""] if news else []
    body += _body(turn, occasion, row, turn.language, at=True)
    if asked:
        body.append(f"\n{turn.text(f'meeting-sure-{asked}')}")
        buttons = [[_button(turn.language, occasion, f"{asked}_sure")], [_button(turn.language, occasion, "back")]]
    else:
        buttons = _buttons(turn, occasion, row, turn.language, manager=manager)
    turn.show(turn.address, occasions.card(occasion["id"]), "\n".join(body), buttons, renew=renew)


def remind(desk: Desk, occasion: Row, reader: Reader, news: str, *, urgent: bool) -> None:
    """The card comes to the bottom of somebody's chat, with what is new; when and where it is is said once."""
    rows = occasions.invited(desk, occasion["id"])
    row = next((row for row in rows if row["person"] == reader.person), None)
    said = when(desk, occasion, reader.language) in news
    body = [news, "", *_body(desk, occasion, row, reader.language, at=not said)]
    buttons = _buttons(desk, occasion, row, reader.language, manager=reader.role in occasions.CALLERS)
    card = occasions.card(occasion["id"])
    desk.show(reader.address, card, "\n".join(body), buttons, renew=True, priority=Priority.REMINDER, urgent=urgent)


def _body(desk: Desk, occasion: Row, row: Row | None, language: str, *, at: bool) -> list[str]:
    """What a meeting is, with when and where if `at`; how it stands, and who comes."""
    body = [title(occasion, language), *([when(desk, occasion, language)] if at else [])]
    if occasion["state"] != OccasionState.PLANNED:
        body.append(text(language, f"meeting-state-{occasion['state']}"))
        return body
    if row is not None:
        said = row["answer"] or ("leave" if row["person"] in _on_leave(desk, occasion) else "none")
        body.append(text(language, f"meeting-mine-{said}"))
    return [*body, "", *attendance(desk, occasion, language)]


def attendance(desk: Desk, occasion: Row, language: str) -> list[str]:
    """Who comes, who comes late, who is on leave that day, and how many others have not answered."""
    rows = occasions.invited(desk, occasion["id"])
    told = []
    for answer in _ANSWERS:
        names = [row["name"] for row in rows if row["answer"] == answer]
        if names and answer == Answer.STAND_IN:
            sent = {guest.person: guest.stand_in for guest in presence.listed(desk, occasion["id"])}
            them = [row for row in rows if row["answer"] == answer]
            names = [presence.called(row["name"], sent[row["person"]], language) for row in them]
        if names:
            told.append(_named(names, answer, language))
    silent = [row for row in rows if not row["answer"]]
    away = _on_leave(desk, occasion) if silent else set()
    if names := [row["name"] for row in silent if row["person"] in away]:
        told.append(_named(names, "leave", language))
    silent = [row for row in silent if row["person"] not in away]
    if silent:
        told.append(text(language, "meeting-silent", count=len(silent)))
    if unreachable := sum(bool(row["unreachable"]) for row in silent):
        told.append(text(language, "meeting-unreachable", count=unreachable))
    return told


def _named(names: list[str], answer: str, language: str) -> str:
    some = listed(language, names[:NAMED])
    more = text(language, "meeting-and_more", count=len(names)) if len(names) > NAMED else ""
    return text(language, "list-labelled", label=text(language, f"meeting-answer-{answer}"), value=some + more)


def _on_leave(desk: Desk, occasion: Row) -> set[int]:
    return on_leave(desk, desk.house.today(occasion["starts_at"]))


def _button(language: str, occasion: Row, verb: str) -> Button:
    return Button(text(language, f"meeting-button-{verb}"), f"mt:{occasion['id']}:{verb}")


def _buttons(desk: Desk, occasion: Row, row: Row | None, language: str, *, manager: bool) -> list[list[Button]]:
    if occasion["state"] == OccasionState.CANCELLED:
        return []
    agenda = [Button(text(language, "agenda-button-show"), f"ag:{occasion['id']}:show:0")]
    offered = minutes.is_offered(desk, occasion, manager=manager)
    written = [Button(text(language, "minutes-button-show"), f"mn:{occasion['id']}:show:0")] if offered else []
    if occasions.is_over(desk, occasion):
        return [agenda + written]
    buttons: list[list[Button]] = []
    begun = desk.now >= occasion["starts_at"]
    if row is not None and not (manager and begun):  # who leads it is busy with other buttons by then
        others = [_button(language, occasion, answer) for answer in _ANSWERS if answer != row["answer"]]
        buttons = in_rows(others, 3 if row["answer"] else 2)
        if row["answer"] == Answer.STAND_IN:
            agenda.insert(0, Button(text(language, "minutes-button-mine"), f"mn:{occasion['id']}:mine:0"))
        elif row["answer"] in (Answer.YES, Answer.LATE) and not begun:
            agenda.insert(0, _button(language, occasion, "calendar"))
    buttons.append(agenda)
    if manager and begun:
        buttons.append([_button(language, occasion, "done"), *written])
    elif manager:
        buttons.append([_button(language, occasion, verb) for verb in ("move", "cancel")])
        times = Button(text(language, "own_times-button-show"), f"qt:{occasion['id']}:show")
        buttons.append([times, _button(language, occasion, "end")] if occasion["rule"] else [times])
    return buttons
