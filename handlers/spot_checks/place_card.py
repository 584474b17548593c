"""A committee's buildings and how far its month's spot check is, on one card; no dwelling stands here (V2)."""

from datetime import date

from chat.messages import Address, Button, Priority
from chat.texts import text
from handlers import places
from handlers.desk import Desk, Turn
from handlers.spot_checks import check_card, checks
from handlers.workload import committee
from models.database import Row
from models.person import Role
from models.spot_check import SpotState

LISTED = 12


def card(place: int) -> str:
    """What the card of a committee's checks is called in every chat."""
    return f"spot_place:{place}"


def button(turn: Turn, place: int) -> list[Button]:
    """For the board: the button that opens the card, for cadres and officers of the committee."""
    there = committee.person_of(turn, place, *committee.READERS) is not None
    return [Button(turn.text("spot-button-place"), f"sc:0:{place}:show")] if there else []


def lines(desk: Desk, place: int, first: date, language: str) -> list[str]:
    """For the board: how far the check of the month that begins on this day is, and what it found."""
    check = checks.of_month(desk, place, f"{first:%Y-%m}")
    return [text(language, "spot-line", state=check_card.state(desk, check, language))] if check else []


def show(turn: Turn, place: int, *, renew: bool = False, news: str = "") -> None:
    """The card, to whoever pressed."""
    cadre = committee.person_of(turn, place, Role.CADRE) is not None
    mine = [check["id"] for check in checks.open_at(turn, place) if checks.side(turn, check)]
    show_to(turn, place, turn.address, turn.language, plans=cadre, mine=mine, renew=renew, news=news)


def show_to(
    desk: Desk,
    place: int,
    address: Address,
    language: str,
    *,
    plans: bool,
    mine: list[int],
    renew: bool = False,
    news: str = "",
    priority: Priority = Priority.ANSWER,
) -> None:
    """The card; `plans`: for a cadre; `mine`: the checks of whoever reads it."""
    there = checks.buildings(desk, place)
    body = [news, ""] if news else []
    body.append(text(language, "spot-place", place=places.name(desk, place)))
    body += _buildings(there, language)
    shown = checks.open_at(desk, place)
    present = checks.of_month(desk, place, checks.month_of(desk, desk.now))
    if present and present["state"] == SpotState.CONFIRMED:
        shown = [present, *shown]
    body += ["", *(check_card.state(desk, check, language) for check in shown)]
    if present is None:
        body.append(text(language, "spot-unplanned"))
    rows = [
        [Button(text(language, "spot-button-open", slot=check_card.when(desk, check, language)), f"sc:{number}:0:show")]
        for check in shown
        if (number := check["id"]) in mine
    ]
    if plans:
        verbs = ["plan"] if there and (present is None or present["state"] == SpotState.CONFIRMED) else []
        for verb in (*verbs, "buildings"):
            rows.append([Button(text(language, f"spot-button-{verb}"), f"sc:0:{place}:{verb}")])
    desk.show(address, card(place), "\n".join(body), rows, renew=renew, priority=priority)


def _buildings(there: list[Row], language: str) -> list[str]:
    if not there:
        return [text(language, "spot-no-buildings")]
    body = [text(language, "spot-buildings", count=len(there), dwellings=sum(row["dwellings"] for row in there))]
    body += [
        text(language, "spot-building", called=row["called"], dwellings=row["dwellings"]) for row in there[:LISTED]
    ]
    return [*body, text(language, "meeting-and_more", count=len(there))] if len(there) > LISTED else body
