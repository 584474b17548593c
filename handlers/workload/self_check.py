"""Duty W6: the coordinator sets how many dwellings to check again by when; the bot counts, reminds, offers the next."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.calendar import LONGEST_HOLIDAY
from chat.day import written
from chat.forms import Form, Kind, Question
from chat.messages import Button, Priority
from chat.texts import text
from handlers import days
from handlers.desk import Desk, Turn, address_of
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.workload import presence, self_check_plan, week_card, workweek
from models.database import Row
from models.person import Role
from workload.self_checks import Kind as Reminder
from workload.self_checks import decide, usual_day
from workload.weeks import monday_of

MOST = 500  # plans in one transaction
AROUND = timedelta(days=2 * LONGEST_HOLIDAY)  # what of their leave matters to a plan
_DUE = f"""
select plan.*, person.active, account.address, account.blocked,
       coalesce(account.language, person.language) as language
from self_check_plan as plan join person on person.id = plan.person left join account on account.id = person.account
where plan.look_at <= ? order by plan.look_at limit {MOST}
"""


def _is_own(turn: Turn, person: int) -> bool:
    return any(p["id"] == person and p["role"] == Role.COORDINATOR for p in turn.persons)


def pressed(turn: Turn, person: int) -> None:
    """The button of the plan, on the card of the week or of a reminder."""
    if not _is_own(turn, person):
        turn.toast("not-yours")
        return
    turn.toast()
    begin(turn, "self_check", {"person": person})


class Plan(BaseModel):
    """How many dwellings, by when."""

    dwellings: Annotated[int, Field(ge=1), Question(Kind.AMOUNT)]
    day: Annotated[dict[str, str], Question(Kind.DAY)]


def _offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    if step != "day":
        return ()
    usual = usual_day(turn.house.today(turn.now), turn.house.is_working_day)
    return [(usual.isoformat(), turn.text("self_check-day-offered", day=written(usual, turn.language)))]


def _made(turn: Turn, answers: dict[str, Any]) -> None:
    person = answers["_person"]
    self_check_plan.make(turn, person, answers["dwellings"], date.fromisoformat(answers["day"]["day"]))
    week = _this_week(turn, person)
    workweek.opened(turn, week)
    week_card.show(turn, week, renew=True)


def _this_week(desk: Desk, person: int) -> Row:
    return workweek.open_week(desk, person, monday_of(desk.house.today(desk.now)))


def sweep(desk: Desk) -> None:
    """Remind of the plans for which it is time. Called by the tick."""
    calendar = desk.house.calendar
    for plan in desk.db.all(_DUE, (desk.now,)):
        done = self_check_plan.done(desk, plan)
        day = self_check_plan.until(plan)
        own = calendar.without(presence.leave(desk, plan["person"], day - AROUND, desk.house.today(desk.now) + AROUND))
        decision = decide(day, done >= plan["dwellings"], plan["sent"], desk.now, own)
        if decision.send and plan["active"] and plan["address"] and not plan["blocked"]:
            _remind(desk, plan, decision.send, done)
        sent = [*plan["sent"], decision.send.value] if decision.send else plan["sent"]
        looked_at = "update self_check_plan set sent = ?, look_at = ? where id = ?"
        desk.db.execute(looked_at, (sent, decision.look_again, plan["id"]))


def _remind(desk: Desk, plan: Row, kind: Reminder, done: int) -> None:
    language, wanted = plan["language"], plan["dwellings"]
    name = f"self_check-{kind}"
    if kind is Reminder.ENDED:
        name += "-reached" if done >= wanted else "-short"
        button = self_check_plan.button(plan["person"], text(language, "self_check-next"))
    else:
        week = _this_week(desk, plan["person"])
        button = Button(text(language, "self_check-enter"), f"w:{week['id']}:show")
    day = written(self_check_plan.until(plan), language)
    body = text(language, name, done=done, dwellings=wanted, left=wanted - done, day=day)
    address, card = address_of(plan["address"]), f"self_check:{plan['id']}"
    desk.show(address, card, body, [[button]], renew=True, priority=Priority.REMINDER)
    desk.abridge(address, card)


def _outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    return ("day", "day-came") if days.has_come(turn, answers["day"]) else None


CONVERSATIONS["self_check"] = Conversation(
    Form("self_check", 1, Plan),
    _made,
    offers=_offers,
    review=False,
    allowed=lambda turn, answers: _is_own(turn, answers["_person"]),
    outdated=_outdated,
)
