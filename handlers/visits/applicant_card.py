"""The one card of a request in its applicant's chat: what it waits for, and what they can do about it (V1)."""

from datetime import date

from chat.day import written
from chat.messages import Button, Priority
from chat.texts import listed, text
from handlers.desk import Desk, Turn, address_of
from handlers.meetings import rhythms
from handlers.visits import people, requests, staff_card
from models.database import Row
from models.place import PlaceKind, above
from models.visit import VisitState
from reminders import visit
from reminders.visit import ROLES, Step

_TOWN = f"""
with recursive {above("select ?")}
select place.name from place join above on above.id = place.id where place.kind = '{PlaceKind.TOWN.value}'
"""


def show(turn: Turn, row: Row, *, renew: bool = False, news: str = "") -> None:
    """The card in the chat of the applicant, whose turn it is."""
    body, buttons = content(turn, row, turn.language, news)
    turn.show(turn.address, requests.own_card(row["id"]), body, buttons, renew=renew)


def tell(desk: Desk, row: Row, news: str, *, urgent: bool = False) -> None:
    """The card comes to the bottom of the applicant's chat, with what is new; `urgent`: beside an open form, too."""
    body, buttons = content(desk, row, row["language"], news)
    where, card = address_of(row["route"]), requests.own_card(row["id"])
    desk.show(where, card, body, buttons, renew=True, priority=Priority.REMINDER, urgent=urgent)


def news(desk: Desk, row: Row, name: str) -> str:
    """What is new, in words."""
    days = staff_card.late_days(desk, row)
    return text(row["language"], f"request-news-{name}", place=row["place_name"], days=days)


def content(desk: Desk, row: Row, language: str, news: str = "") -> tuple[str, list[list[Button]]]:
    """The card, and what the applicant can do."""
    step = requests.step(desk, row)
    body = [news, ""] if news else []
    body += [staff_card.title(row, language), *_state(desk, row, language, step)]
    buttons = _buttons(desk, row, language, step)
    return "\n".join(body), buttons


def _state(desk: Desk, row: Row, language: str, step: Step) -> list[str]:
    if step is Step.DONE and requests.is_talk(row):
        return [text(language, f"request-{row['state']}")]
    if step is Step.DONE:
        given = row["state"] == VisitState.GIVEN
        lines = [text(language, "request-given" if given else "request-not_given", place=row["place_name"])]
        if row["reason"]:
            lines.append(text(language, "visit-reason", reason=row["reason"]))
        town = desk.db.one(_TOWN, (row["place"],))
        lines += ["", text(language, "request-object", place=row["place_name"], town=town["name"] if town else "")]
        return lines if not given else lines[:1]
    lines = []
    if step is Step.ANSWER:
        chosen = visit.offered(requests.standing(desk, row), desk.now)
        assert chosen is not None
        lines.append(text(language, "request-offer", slot=rhythms.slot(desk, requests.slots(row)[chosen], language)))
    elif step is Step.AGAIN and requests.is_talk(row):
        lines.append(text(language, "request-step-another"))
    else:
        lines.append(text(language, f"request-step-{step}", slot=staff_card.slot(desk, row, language)))
    names = [text(language, f"visit-part-{part['role']}", who=part["name"]) for part in requests.parts(desk, row["id"])]
    if requests.is_talk(row):
        return lines + names
    if names:
        lines.append(text(language, "request-who", who=listed(language, names)))
    if step in (Step.TAKE, Step.MARK):
        lines += stand_in(desk, row, language)
    if step in (Step.AGAIN, Step.ANSWER):
        return lines
    if days := staff_card.late_days(desk, row):
        return [*lines, text(language, "request-late", days=days)]
    return [*lines, text(language, "request-due", day=written(date.fromisoformat(row["due"]), language))]


def stand_in(desk: Desk, row: Row, language: str) -> list[str]:
    """Where the committee has nobody of its own, who got it instead, or that nobody did: no silence."""
    taken = {part["role"] for part in requests.parts(desk, row["id"])}
    lacking = [role for role in ROLES if role not in taken and not people.of_committee(desk, row, role)]
    if not lacking:
        return []
    if not people.in_their_stead(desk, row):
        return [text(language, "request-nobody", place=row["place_name"])]
    return [text(language, "request-stand_in", place=row["place_name"])]


def _buttons(desk: Desk, row: Row, language: str, step: Step) -> list[list[Button]]:
    def button(verb: str, value: str = "") -> Button:
        data = f"vs:{row['id']}:{verb}" + (f":{value}" if value else "")
        return Button(text(language, f"request-button-{verb}"), data)

    if step is Step.DONE:
        return []
    if step is Step.DECIDE:
        return [[button("withdraw")]]
    buttons: list[list[Button]] = []
    if step is Step.ANSWER:
        chosen = str(visit.offered(requests.standing(desk, row), desk.now))
        buttons.append([button("yes", chosen), button("other", chosen)])
    elif step is Step.COMING:
        buttons.append([button("calendar")])
    return [*buttons, [button("move"), button("withdraw")]]


def ask_sure(turn: Turn, row: Row) -> None:
    """Whether everything of it is to be erased."""
    buttons = [
        [Button(turn.text("request-button-sure"), f"vs:{row['id']}:sure")],
        [Button(turn.text("request-button-keep"), f"vs:{row['id']}:keep")],
    ]
    body = f"{staff_card.title(row, turn.language)}\n{turn.text('request-sure')}"
    turn.show(turn.address, requests.own_card(row["id"]), body, buttons)
