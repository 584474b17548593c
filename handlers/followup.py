"""Duty R3: the joint follow-up of a violation: agreed, moved, carried out; reminded of until its result is known."""

from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel

from alerts.roster import OnDuty, line
from chat.day import written
from chat.forms import Form, Kind, Question
from chat.messages import Button, Priority
from chat.texts import text
from handlers import alert, alert_card, days, followup_card, reporter_card
from handlers.desk import Desk, Turn, address_of, in_rows
from handlers.form_card import CONVERSATIONS, Conversation, begin
from models.database import Row
from models.followup import Followup, FollowupState, Side, Verb
from models.place import below
from models.report import ReportState
from reminders.followup import OFFICE_FROM, Reminder, Stage, around, overdue

MOST = 50  # reminders in one transaction, and lines of the town office's list
CLOCK_SET_BACK = timedelta(days=1)
_DUE = "select report from followup where next_at <= ? order by next_at limit ?"
_OVERDUE = f"""
with recursive {below("select place from assignment where person = ?")}
select followup.day, report.number, place.name, alert.id as alert from followup
join report on report.id = followup.report join alert on alert.report = report.id join place on place.id = report.place
where followup.next_at is not null and followup.day < ? and report.place in (select id from below)
order by followup.day, report.id limit ?
"""


class Day(BaseModel):
    """The day of a visit, and nothing else."""

    day: Annotated[dict[str, str], Question(Kind.DAY)]


def propose(desk: Desk, report: int, day: date, person: int) -> None:
    """The first day proposed for a report, by its reporter."""
    next_at = around(day, desk.now, desk.house.calendar)[1].at
    desk.db.insert(Followup, report=report, day=day.isoformat(), proposed_by=person, next_at=next_at)


def _move(turn: Turn, followup: Row, day: date, person: int, limited_on: str) -> None:
    """Another day is proposed: the other of the two is to agree anew, and is reminded of that day alone."""
    turn.db.execute(
        "update followup set day = ?, state = ?, proposed_by = ?, limited_on = ?, next_at = ?, for_office = 0 "
        "where id = ?",
        (
            day.isoformat(),
            FollowupState.PROPOSED.value,
            person,
            limited_on,
            around(day, turn.now, turn.house.calendar)[1].at,
            followup["id"],
        ),
    )


def _person(turn: Turn, followup: Row, side: Side) -> tuple[int, str] | None:
    """This account's person on that side, with the name; None where it is on no such side (any more)."""
    if side is Side.REPORTER:
        return next(((p["id"], p["name"]) for p in turn.persons if p["id"] == followup["reporter"]), None)
    row = alert_card.load(turn, followup["alert"])
    person = alert.person_for(turn, row) if row else None
    return (person.id, person.name) if person and person.id == followup["holder"] else None


def pressed(turn: Turn, report: int, side: Side, verb: Verb, day: str) -> None:
    """A button about a follow-up, from the card of one of the two."""
    followup = followup_card.load(turn, report)
    me = _person(turn, followup, side) if followup else None
    if followup is None or me is None:
        turn.toast("not-yours")
    elif followup["report_state"] != ReportState.OPEN:
        turn.toast("card-closed")
        _show_own(turn, followup, side, me[0])
    elif verb not in followup_card.verbs(followup, side) or day != followup["day"].replace("-", ""):
        turn.toast("card-old")
        _show_own(turn, followup, side, me[0])
    else:
        turn.toast()
        _done(turn, followup, side, verb, me[1])


def _done(turn: Turn, followup: Row, side: Side, verb: Verb, name: str) -> None:
    report = followup["report"]
    match verb:
        case Verb.MOVE | Verb.LIMIT:
            begin(turn, f"followup_{verb}", {"report": report, "side": side.value}, report=report)
        case Verb.CONFIRM:
            turn.db.execute("update followup set state = ? where report = ?", (FollowupState.AGREED.value, report))
            _tell_other(turn, followup, side, "agreed", name, followup["day"])
        case Verb.VISITED:
            # Made before its day: its result is waited for from today on.
            day = min(date.fromisoformat(followup["day"]), turn.house.today(turn.now))
            next_at = around(day, turn.now, turn.house.calendar)[1].at
            turn.db.execute(
                "update followup set state = ?, day = ?, next_at = ? where report = ?",
                (FollowupState.VISITED.value, day.isoformat(), next_at, report),
            )
            _tell_other(turn, followup, side, "visited", name, day.isoformat())
        case Verb.MENDED | Verb.PASSED_ON:
            alert.end(turn, report, ReportState.CLOSED, verb.value)


def _show_own(turn: Turn, followup: Row, side: Side, person: int) -> None:
    """The card of whoever pressed, as it is now."""
    if side is Side.REPORTER:
        reporter_card.show(turn, followup["report"])
    else:
        alert_card.show(turn, followup["alert"], person, str(turn.address), turn.language)


def _refresh(turn: Turn, report: int) -> None:
    alert_card.refresh(turn, report)
    reporter_card.show(turn, report)


def _tell_other(turn: Turn, followup: Row, side: Side, what: str, name: str, day: str) -> None:
    """Both cards as they are now, and a short message to the one who did not do it."""
    report = followup["report"]
    to = Side.OFFICER if side is Side.REPORTER else Side.REPORTER
    _refresh(turn, report)
    if person := _reach(turn, followup, to):
        said = text(
            person["language"],
            f"followup-told-{what}",
            number=followup["number"],
            name=name,
            day=written(date.fromisoformat(day), person["language"]),
        )
        turn.note(address_of(person["address"]), said)


def _reach(desk: Desk, followup: Row, side: Side) -> Row | None:
    """Where this side can be told something, and in what language."""
    person = followup["holder"] if side is Side.OFFICER else followup["reporter"]
    return desk.db.one(
        "select account.address, account.language from person join account on account.id = person.account "
        "where person.id = ? and person.active and not account.blocked",
        (person,),
    )


def _chosen(turn: Turn, answers: dict[str, Any], verb: Verb) -> None:
    followup = followup_card.load(turn, answers["_report"])
    side = Side(answers["_side"])
    me = _person(turn, followup, side) if followup else None
    assert followup is not None
    assert me is not None
    today = turn.house.today(turn.now).isoformat()
    day = answers["day"]["day"]
    limited_on = today if verb is Verb.LIMIT else followup["limited_on"]
    _move(turn, followup, date.fromisoformat(day), me[0], limited_on)
    _tell_other(turn, followup, side, verb.value, me[1], day)


def _allowed(turn: Turn, answers: dict[str, Any]) -> bool:
    followup = followup_card.load(turn, answers["_report"])
    return followup is not None and _person(turn, followup, Side(answers["_side"])) is not None


def _outdated(turn: Turn, answers: dict[str, Any], verb: Verb) -> tuple[str, str] | None:
    """A day that has come, or a follow-up that went on, while the day was being chosen."""
    followup = followup_card.load(turn, answers["_report"])
    assert followup is not None
    open_ = followup["report_state"] == ReportState.OPEN
    if not open_ or verb not in followup_card.verbs(followup, Side(answers["_side"])):
        return "day", "followup-went-on"
    return ("day", "day-came") if days.has_come(turn, answers["day"]) else None


def sweep(desk: Desk) -> None:
    """Remind whom it is time to remind. Called by the tick; once for each time, which its row remembers."""
    ahead = desk.db.all(
        "select report, day from followup where next_at is not null and told_at > ?", (desk.now + CLOCK_SET_BACK,)
    )
    for row in ahead:  # the clock had run ahead: what was said then was not said at its time
        _wait(desk, row["report"], around(date.fromisoformat(row["day"]), desk.now, desk.house.calendar)[1], told=False)
    due = desk.db.all(_DUE, (desk.now, MOST))
    for row in due:
        followup = followup_card.load(desk, row["report"])
        assert followup is not None
        last, following = around(date.fromisoformat(followup["day"]), desk.now, desk.house.calendar)
        _wait(desk, followup["report"], following, told=True)
        if last:
            _remind(desk, followup, last)
    if len(due) < MOST:  # each is told of: the list is whole
        _tell_office(desk)


def _wait(desk: Desk, report: int, following: Reminder, *, told: bool) -> None:
    told_at = desk.now if told else None
    desk.db.execute("update followup set next_at = ?, told_at = ? where report = ?", (following.at, told_at, report))


def _remind(desk: Desk, followup: Row, reminder: Reminder) -> None:
    report = followup["report"]
    visited = followup["state"] == FollowupState.VISITED
    for side in (Side.OFFICER,) if visited else Side:
        person = _reach(desk, followup, side)
        if person is None:
            continue
        language = person["language"]
        body = text(language, f"followup-{reminder.stage}", number=followup["number"], days=reminder.overdue)
        body += "\n" + followup_card.standing(desk, followup, language)
        opens = f"a:{followup['alert']}:show" if side is Side.OFFICER else f"r:{report}:show"
        buttons = [[Button(text(language, "followup-open"), opens)]]
        desk.show(
            address_of(person["address"]),
            f"followup:{report}",
            body,
            buttons,
            renew=True,
            priority=Priority.REMINDER,
        )
    if reminder.stage is Stage.OVERDUE and reminder.overdue >= OFFICE_FROM:
        desk.db.execute("update followup set for_office = 1 where report = ?", (report,))


def _tell_office(desk: Desk) -> None:
    """One card for each clerk at whose places something is long overdue."""
    rows = desk.db.all("select distinct report.place from followup join report on report.id = report where for_office")
    clerks = {
        clerk.id: clerk for row in rows for clerk in line(desk.db, row["place"], desk.today)[-1] if clerk.reachable
    }
    if rows:
        desk.db.execute("update followup set for_office = 0 where for_office")
    for clerk in clerks.values():
        _list_for(desk, clerk)


def _list_for(desk: Desk, clerk: OnDuty) -> None:
    today = desk.house.today(desk.now)
    lines, buttons = [], []
    for row in desk.db.all(_OVERDUE, (clerk.id, today.isoformat(), MOST)):
        day = date.fromisoformat(row["day"])
        if (late := overdue(day, today, desk.house.calendar)) < OFFICE_FROM:
            continue
        when = written(day, clerk.language)
        lines.append(
            text(clerk.language, "followup-office-line", number=row["number"], place=row["name"], day=when, days=late)
        )
        buttons.append(Button(row["number"], f"a:{row['alert']}:show"))
    title = text(clerk.language, "followup-office", count=len(lines))
    desk.show(
        address_of(clerk.address),
        "followups",
        "\n".join([title, *lines]),
        in_rows(buttons),
        renew=True,
        priority=Priority.REMINDER,
    )


for _verb in (Verb.MOVE, Verb.LIMIT):
    CONVERSATIONS[f"followup_{_verb}"] = Conversation(
        Form(f"followup_{_verb}", 1, Day),
        partial(_chosen, verb=_verb),
        days.offers,
        review=False,
        allowed=_allowed,
        outdated=partial(_outdated, verb=_verb),
    )
