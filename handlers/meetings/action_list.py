"""Somebody's action items in a chat: what they have still to do, done with a tap; and what is late (M1, M2)."""

from dataclasses import dataclass
from datetime import date

from chat.day import written
from chat.messages import Button, Priority
from chat.texts import text
from handlers.desk import Desk, Turn, address_of, in_rows
from handlers.meetings import actions, occasions
from handlers.workload import view
from models.database import Row
from reminders.action import Step

LISTED = 10
WIDE = 4  # buttons in a row


def _late_in_charge(turn: Turn) -> list[Row]:
    """What others have not done in time in the committees of this account's cadres and officers."""
    own = {person["id"] for person in turn.persons}
    managers = [person for person in turn.persons if person["role"] in occasions.CALLERS]
    there = [place["id"] for person in managers for place in view.committees(turn, person)]
    return actions.late_at(turn, there, own) if there else []


def _own(turn: Turn) -> list[Row]:
    return actions.open_of(turn, [person["id"] for person in turn.persons])


@dataclass(frozen=True, slots=True)
class Summary:
    """How much somebody has to do, in `lines`, none where there is nothing; whether something of it is `late`."""

    lines: list[str]
    late: bool


def summary(turn: Turn) -> Summary:
    """What this account has to do, and what is late in its charge."""
    own, others = _own(turn), _late_in_charge(turn)
    late = sum(actions.is_late(turn, item) for item in own)
    lines = []
    if own:
        lines.append(turn.text("action-summary-late" if late else "action-summary", count=len(own), late=late))
    if others:
        lines.append(turn.text("action-summary-others", count=len(others)))
    return Summary(lines, bool(late or others))


def line(desk: Desk, item: Row, language: str) -> str:
    """An item as a list shows it."""
    state = "done" if item["done_at"] else "late" if actions.is_late(desk, item) else "open"
    day = written(date.fromisoformat(item["day"]), language)
    return text(language, f"action-line-{state}", day=day, who=item["name"], words=item["words"])


def pressed(turn: Turn, number: int, verb: str) -> None:
    """A button of the list: owners, and cadres and officers of the place, say whether something is done."""
    if not number and verb == "list":
        turn.toast()
        show(turn, renew=True)
        return
    item = actions.load(turn, number)
    person = _may(turn, item) if item else None
    if item is None or person is None:
        turn.toast("not-yours")
    elif verb == "done":
        quicker = not actions.done(turn, item, person["id"])
        turn.toast("action-toast-done_already" if quicker else "action-toast-done")
        show(turn, undo=None if quicker else item)
    elif verb == "reopen":
        turn.toast("action-toast-open" if actions.reopened(turn, item) else "action-toast-open_already")
        show(turn)
    else:
        turn.toast("card-old")


def _may(turn: Turn, item: Row) -> Row | None:
    """This account's person who may say that it is done."""
    for person in turn.persons:
        if person["id"] == item["owner"]:
            return person
        there = view.committees(turn, person) if person["role"] in occasions.CALLERS else ()
        if item["place"] in [place["id"] for place in there]:
            return person
    return None


def show(turn: Turn, *, renew: bool = False, undo: Row | None = None) -> None:
    """The list of this account; `undo` is what was just done, for a tap too many."""
    own, others = _own(turn), _late_in_charge(turn)
    body, buttons = _list(turn, own, others, turn.language)
    rows = in_rows(buttons, WIDE)
    if undo:
        body = [turn.text("action-was-done", words=undo["words"]), "", *body]
        rows.append([Button(turn.text("action-button-reopen"), f"ac:{undo['id']}:reopen")])
    turn.show(turn.address, actions.card(turn.persons[0]["id"]), "\n".join(body), rows, renew=renew)


def remind(desk: Desk, owner: Row, step: Step) -> None:
    """The list comes to the bottom of an owner's chat (`owner`: id, address, language) with why."""
    _bring(desk, owner, [], step.value)


def pass_on(desk: Desk, whom: Row, place: int) -> None:
    """The list of what others have not done in time comes to the bottom of the chat of who answers for the place."""
    _bring(desk, whom, actions.late_at(desk, [place], {whom["id"]}), "gone_on")


def _bring(desk: Desk, whom: Row, others: list[Row], why: str) -> None:
    body, buttons = _list(desk, actions.open_of(desk, [whom["id"]]), others, whom["language"])
    body = [text(whom["language"], f"action-notice-{why}"), "", *body]
    address, card = address_of(whom["address"]), actions.card(whom["id"])
    desk.show(address, card, "\n".join(body), in_rows(buttons, WIDE), renew=True, priority=Priority.REMINDER)
    button = Button(text(whom["language"], "action-button-list"), "ac:0:list")
    desk.abridge(address, card, text(whom["language"], f"action-notice-{why}"), [[button]])


def _list(desk: Desk, own: list[Row], others: list[Row], language: str) -> tuple[list[str], list[Button]]:
    """Both parts, numbered through, and a button for each."""
    body, buttons = [], []
    number = 0
    for name, items in (("own", own), ("others", others)):
        if items or name == "own":
            body.append(text(language, f"action-heading-{name}" if items else "action-none"))
        for item in items[:LISTED]:
            number += 1
            body.append(f"{number}. {line(desk, item, language)}")
            buttons.append(Button(text(language, "action-button-done", number=number), f"ac:{item['id']}:done"))
        if len(items) > LISTED:
            body.append(text(language, "meeting-and_more", count=len(items)))
    return body, buttons
