"""/visits: what somebody asked for, and what the staff has to do, each a tap away; every button comes in here (V1)."""

from chat.messages import Button
from handlers.area_plans import coming as inspections
from handlers.coming import AHEAD, Coming
from handlers.desk import Turn
from handlers.spot_checks import coming as spot_checks
from handlers.visits import applicant, certificate, office, people, requests, staff, staff_card, talk
from handlers.workload import view
from models.database import Row

CARD = certificate.CARD
LISTED = 10


def start(turn: Turn, *, renew: bool = True) -> None:
    """What I asked for; for staff first what nobody has taken, then what is theirs, what is late before the rest."""
    body: list[str] = []
    rows: list[list[Button]] = []
    if turn.persons:
        _listed(turn, body, rows)
    own = requests.of_account(turn, turn.incoming.account)
    if own:
        body += ["", turn.text("visits-own")] if body else [turn.text("visits-own")]
        for row in own[:LISTED]:
            body.append(staff_card.line(turn, row, turn.language))
            rows.append([Button(staff_card.title(row, turn.language), f"vs:{row['id']}:mine")])
    if not body:
        body.append(turn.text("visits-what", days=turn.house.certificate_days))
    rows.append([Button(turn.text("visits-button-new"), "vs:0:new")])
    if talk.committees(turn):
        rows.append([Button(turn.text("visits-button-talk"), "vs:0:talk")])
    if office.host(turn):
        rows.append([Button(turn.text("visits-button-hours"), "vs:0:hours")])
    turn.show(turn.address, CARD, "\n".join(body), rows, renew=renew)


def _listed(turn: Turn, body: list[str], rows: list[list[Button]]) -> None:
    """The part of the staff: each thing a line and a tap."""
    free, mine = _of_staff(turn)
    for name, found in (("free", free), ("mine", mine)):
        if found:
            body += ["", turn.text(f"visits-{name}")] if body else [turn.text(f"visits-{name}")]
        for one in sorted(found, key=lambda one: one.order)[:LISTED]:
            body.append(one.line)
            rows.append([one.button])
        if len(found) > LISTED:
            body.append(turn.text("meeting-and_more", count=len(found)))
    if not body:
        body.append(turn.text("visits-none"))


def _of_staff(turn: Turn) -> tuple[list[Coming], list[Coming]]:
    """The requests that somebody could take; and what is theirs, decides or is late in their charge: requests, joint
    inspections and spot checks."""
    there = {place["id"] for person in turn.persons for place in view.committees(turn, person)}
    free: list[Coming] = []
    mine = [*inspections.listed(turn), *spot_checks.listed(turn)]
    for row in requests.open_at(turn, sorted(there)) if there else ():
        viewer = people.of_turn(turn, row)
        if viewer is None:
            continue
        if viewer.may_take:
            free.append(_request(turn, row))
        elif row["starts_at"] is None or row["starts_at"] <= turn.now + AHEAD:
            mine.append(_request(turn, row))
    return free, mine


def _request(turn: Turn, row: Row) -> Coming:
    """What has no time yet comes before what has one: it waits for somebody."""
    button = Button(staff_card.title(row, turn.language), f"vs:{row['id']}:show")
    at, line = row["starts_at"] or row["made_at"], staff_card.line(turn, row, turn.language)
    return Coming(at, staff_card.late_days(turn, row) > 0, line, button)


def pressed(turn: Turn, number: int, verb: str, value: str) -> None:
    """A button of a list, or of the card of a visit."""
    if not number:
        _begun(turn, verb, value)
        return
    row = requests.load(turn, number)
    if row is None:
        turn.toast("visit-toast-gone")
    elif verb in applicant.VERBS:
        applicant.pressed(turn, row, verb, value)
    elif not turn.persons:
        turn.toast("not-yours")
    else:
        staff.pressed(turn, row, verb, value)


def _begun(turn: Turn, verb: str, value: str) -> None:
    if verb in ("hours", "hours_new", "hours_off"):
        office.pressed(turn, verb, value)
        return
    turn.toast()
    if verb == "new":
        certificate.begin(turn)
    elif verb == "talk":
        talk.begin(turn)
    elif verb == "talk_at" and value.isdigit():
        talk.begin(turn, int(value))
    elif verb == "place" and value.isdigit():
        certificate.begin(turn, int(value))
    else:
        start(turn, renew=False)
