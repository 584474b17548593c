"""What the applicant does about what they asked for: answer, move, take back; and when they cannot be reached (V1)."""

from chat.texts import text
from handlers import form_card
from handlers.desk import Desk, Turn, address_of
from handlers.visits import applicant_card, certificate, entries, people, requests, staff_card, steps, talk, telling
from models.database import Row
from reminders import visit
from reminders.visit import Step

VERBS = ("yes", "other", "move", "withdraw", "sure", "keep", "mine", "calendar")


def pressed(turn: Turn, row: Row, verb: str, value: str) -> None:
    """A button of the applicant's card."""
    step = requests.step(turn, row)
    if not requests.is_of(turn, row, turn.incoming.account):
        turn.toast("not-yours")
    elif verb == "mine":
        turn.toast()
        applicant_card.show(turn, row, renew=True)
    elif verb == "keep":
        turn.toast()
        applicant_card.show(turn, row)
    elif step is Step.DONE:
        turn.toast("card-old")
        applicant_card.show(turn, row)
    elif verb in ("yes", "other"):
        _answered(turn, row, verb, value)
    elif verb == "move" and certificate.may_be_moved(turn, row):
        turn.toast()
        form_card.begin(turn, talk.MOVE if requests.is_talk(row) else certificate.MOVE, {"visit": row["id"]})
    elif verb == "withdraw":
        turn.toast()
        applicant_card.ask_sure(turn, row)
    elif verb == "sure":
        turn.toast("request-erased")
        erased(turn, row, "request-erased")
    elif verb == "calendar" and step is Step.COMING:
        turn.toast()
        entries.give(turn, row)
    else:
        turn.toast("card-old")
        applicant_card.show(turn, row)


def _answered(turn: Turn, row: Row, verb: str, value: str) -> None:
    """Yes to the slot that is offered now, or rather another one."""
    standing = requests.standing(turn, row)
    if requests.step(turn, row) is not Step.ANSWER or value != str(visit.offered(standing, turn.now)):
        turn.toast("request-toast-changed")
        applicant_card.show(turn, row)
        return
    turn.toast()
    if verb == "yes":
        steps.agreed(turn, row, int(value))
    else:
        steps.passed_over(turn, row, int(value))
    now = requests.fresh(turn, row["id"])
    staff_card.refresh(turn, now)
    if requests.step(turn, now) is Step.AGAIN:
        form_card.begin(turn, certificate.MOVE, {"visit": row["id"]})
    applicant_card.show(turn, now)


def erased(desk: Desk, row: Row, why: str) -> None:
    """Nothing is kept of it from now on; whoever has its card reads that, those who were to come at the bottom.

    In quiet hours the card is only changed where it stands, and told of at their end, unless that would be too late.
    `why` names what the applicant reads.
    """
    still = row["starts_at"] is not None and row["starts_at"] > desk.now
    knew = {part["person"] for part in requests.parts(desk, row["id"]) if part["told"]}
    coming = [one for one in people.going(desk, row) if still and one.person in knew]
    languages = {one.address: one.language for one in people.concerned(desk, row)}
    now = set()
    chats = requests.chats(desk, row)
    requests.erase(desk, row)
    for one in coming:
        at = telling.may_hear(desk, one.person, row["starts_at"])
        if at > desk.now:
            telling.hold(desk, row, one.person, staff_card.WITHDRAWN, at)
        else:
            now.add(one.address)
    for address in sorted({*chats, *now}):
        language = languages.get(address, desk.house.language)
        staff_card.show_withdrawn(desk, row, address, language, renew=address in now)
    own = requests.own_card(row["id"])
    desk.show(address_of(row["route"]), own, text(row["language"], why))


def unreachable(desk: Desk, address: str) -> None:
    """Nothing reaches this chat: it has blocked the bot, or a message was refused. Whoever goes along sees it."""
    for row in requests.reached_at(desk, address):
        steps.reached(desk, row, still=False)
        staff_card.refresh(desk, requests.fresh(desk, row["id"]))


def is_back(turn: Turn) -> None:
    """Somebody speaks whom nothing reached: staff sees it, and what they missed comes to the bottom of their chat."""
    for row in requests.missed(turn, turn.incoming.account):
        steps.reached(turn, row, still=True)
        staff_card.refresh(turn, requests.fresh(turn, row["id"]))
        applicant_card.show(turn, requests.fresh(turn, row["id"]), renew=True)
