"""The spot checks that are to come for somebody, or whose counts they owe: for a list of theirs (V2)."""

from chat.messages import Button
from handlers.coming import AHEAD, Coming
from handlers.desk import Turn
from handlers.spot_checks import check_card, checks
from handlers.workload import committee, view
from models.database import Row
from models.spot_check import SpotState


def listed(turn: Turn) -> list[Coming]:
    """The checks of this account within two weeks, and those that wait for it: for its counts, or for its word on them;
    those that have passed first."""
    persons = [person for person in turn.persons if person["role"] in committee.READERS]
    places = dict.fromkeys(place["id"] for person in persons for place in view.committees(turn, person))
    found = []
    for check in [check for place in places for check in checks.open_at(turn, place)]:
        side = checks.side(turn, check)
        waits_for_officer = check["state"] == SpotState.ENTERED
        if side is None or check["starts_at"] > turn.now + AHEAD or (waits_for_officer and side[0] != "officer"):
            continue
        found.append(_coming(turn, check))
    return sorted(found, key=lambda one: one.order)


def _coming(turn: Turn, check: Row) -> Coming:
    late = turn.house.today(turn.now) > turn.house.today(check["starts_at"])
    state = check_card.state(turn, check, turn.language)
    line = turn.text(f"spot-coming-{'late' if late else 'planned'}", place=check["place_name"], state=state)
    label = turn.text("spot-button-open", slot=check_card.when(turn, check, turn.language))
    return Coming(check["starts_at"], late, line, Button(label, f"sc:{check['id']}:0:show"))
