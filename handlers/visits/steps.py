"""Each step of a request, as it is kept: taken, marked, agreed, moved, found, decided; who hears of it (V1, V3)."""

from datetime import date, datetime

from handlers import reminding
from handlers.desk import Desk
from handlers.visits import telling
from handlers.visits.requests import card, fresh, is_talk, looked, parts, slots, step
from models.database import Row, sealing
from models.visit import Visit, VisitPart, VisitState
from reminders.visit import Step


def take(desk: Desk, row: Row, role: str, person: int) -> bool:
    """Somebody goes along; false where another was quicker."""
    if not desk.db.insert_new(VisitPart, visit=row["id"], role=role, person=person, can=[]):
        return False
    reminding.recall(desk, card(row["id"]))
    looked(desk, row["id"])
    return True


def give_back(desk: Desk, row: Row, role: str, person: int) -> None:
    """Somebody does not go along after all: the part is free again, and the others hear so. What is agreed stays."""
    reminding.forget_waiting(desk, "visit", row["id"], person)
    desk.db.execute("delete from visit_part where visit = ? and role = ?", (row["id"], role))
    if is_talk(row):
        if row["starts_at"] is not None:  # otherwise the applicant was asked already
            ask_again(desk, row)
        return
    telling.tell_staff(desk, row["id"], "free", row["starts_at"], by=person)
    looked(desk, row["id"])


def marked(desk: Desk, row: Row, role: str, can: list[int], *, ready: bool) -> None:
    """At which slots somebody can; `ready`: that is all. Where both have said so, the applicant hears what follows."""
    update = "update visit_part set can = ?, ready = ? where visit = ? and role = ?"
    desk.db.execute(update, (sorted(can), ready, row["id"], role))
    if ready:
        _went_on(desk, row["id"])


def _went_on(desk: Desk, number: int) -> None:
    """What follows once everybody has said when they can."""
    row = fresh(desk, number)
    match step(desk, row):
        case Step.ANSWER:
            telling.tell_applicant(desk, number, "offer")
            looked(desk, number)
        case Step.AGAIN:
            ask_again(desk, row)
        case _:
            looked(desk, number)


def ask_again(desk: Desk, row: Row) -> None:
    """No slot is left: the applicant is asked for others, and what staff said of the old ones is forgotten."""
    _forget_slots(desk, row, [])
    telling.tell_applicant(desk, row["id"], "another" if is_talk(row) else "again")
    looked(desk, row["id"])


def _forget_slots(desk: Desk, row: Row, named: list[str]) -> None:
    update = f"update visit set slots = {sealing(Visit, 'slots')}, passed_over = ?, starts_at = null, told = null"
    desk.db.execute(f"{update} where id = ?", (named, [], row["id"]))
    desk.db.execute("update visit_part set can = ?, ready = 0, told = null where visit = ?", ([], row["id"]))


def agreed(desk: Desk, row: Row, slot: int) -> None:
    """The applicant says yes: all three have a time, and staff hears of it."""
    starts_at = slots(row)[slot]
    update = "update visit set starts_at = ?, told = ?, agreed_at = ?, own_news_at = null where id = ?"
    desk.db.execute(update, (starts_at, starts_at, desk.now, row["id"]))
    looked(desk, row["id"])


def passed_over(desk: Desk, row: Row, slot: int) -> None:
    """The applicant does not want this slot after all: the next one, or others."""
    desk.db.execute("update visit set passed_over = ? where id = ?", ([*row["passed_over"], slot], row["id"]))
    now = fresh(desk, row["id"])
    if step(desk, now) is Step.AGAIN:
        _forget_slots(desk, now, [])
    looked(desk, row["id"])


def moved(desk: Desk, row: Row, named: list[str]) -> None:
    """Other slots of the applicant: whoever goes along says again when they can."""
    _forget_slots(desk, row, named)
    last = max(datetime.fromisoformat(slot).astimezone(desk.house.zone).date() for slot in named)
    desk.db.execute("update visit set own_news_at = null where id = ?", (row["id"],))
    if row["slots"] and last > date.fromisoformat(row["due"]):  # by their own wish, not because staff could not
        update = "update visit set due = ?, late_days = 0 where id = ?"
        desk.db.execute(update, (last.isoformat(), row["id"]))
    telling.tell_staff(desk, row["id"], "moved", row["starts_at"])
    looked(desk, row["id"])


def ticked(desk: Desk, row: Row, column: str) -> None:
    """Something that was done on the spot, or was not after all (`column`: spoke or witnessed)."""
    assert column in ("spoke", "witnessed")
    desk.db.execute(f"update visit set {column} = not {column} where id = ? and outcome = ''", (row["id"],))


def found(desk: Desk, row: Row, outcome: str, role: str, person: int) -> bool:
    """What was found on the spot; a cadre who did not note it hears so. False where somebody has said so already."""
    if not desk.db.execute("update visit set outcome = ? where id = ? and outcome = ''", (outcome, row["id"])):
        return False
    if role != "cadre":
        telling.tell_staff(desk, row["id"], "found", by=person)
    looked(desk, row["id"])
    return True


def decided(desk: Desk, row: Row, state: VisitState, reason: str = "") -> bool:
    """The committee has decided, or a talk is over: the applicant hears it. False where that was done already."""
    update = (
        f"update visit set state = ?, reason = {sealing(Visit, 'reason')}, decided_at = ?, staff_news_at = null "
        "where id = ? and state = 'open'"
    )
    if not desk.db.execute(update, (state.value, reason, desk.now, row["id"])):
        return False
    if state is not VisitState.HELD:
        telling.tell_applicant(desk, row["id"], "no_show" if state is VisitState.NO_SHOW else "decided")
    reminding.recall(desk, card(row["id"]))
    telling.forget(desk, row["id"])
    looked(desk, row["id"])
    return True


def passed_on(desk: Desk, row: Row, place: int) -> None:
    """The dwelling is another committee's: that one hears of it, and the applicant."""
    for part in parts(desk, row["id"]):
        reminding.forget_waiting(desk, "visit", row["id"], part["person"])
    desk.db.execute("delete from visit_part where visit = ?", (row["id"],))
    desk.db.execute("update visit set place = ?, starts_at = null, told = null where id = ?", (place, row["id"]))
    telling.tell_staff(desk, row["id"], "passed")
    telling.tell_applicant(desk, row["id"], "passed")
    looked(desk, row["id"])


def reached(desk: Desk, row: Row, *, still: bool) -> None:
    """Whether messages reach the applicant."""
    desk.db.execute("update visit set unreachable = ? where id = ?", (not still, row["id"]))
