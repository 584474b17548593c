"""Duty R1, the officer's side: the alert card and what is done with it; escalation and deliveries carried out."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from alerts.escalation import decide
from alerts.roster import OnDuty, answers_for, left, line
from chat.forms import Form, Kind, Question
from chat.messages import Act, Button, Fate, Receipt
from chat.texts import listed, text
from handlers import alert_card, attaching, followup_card, joining, places, reporter_card
from handlers.desk import Desk, Turn, address_of, in_rows
from handlers.form_card import CONVERSATIONS, Conversation, begin
from models.alert import Alert, AlertState, Delivery
from models.database import Row, sealing
from models.report import Exchange, Opening, Report, ReportKind, ReportState, Source

OUTCOMES = ("dealt_with", "passed_on", "nothing_found", "unfounded")
ABUSIVE = "abusive"  # the source of a tip: no more is taken from it for a day
# The outcomes among which each closing form has one chosen. A violation is mostly closed by its follow-up.
CLOSED_BY = {
    "alert_close": OUTCOMES,
    "tip_close": (*OUTCOMES, ABUSIVE),
    "violation_close": ("mended", "passed_on", "nothing_found", "unfounded"),
}
# The form that closes a report of this kind, where it is one of its own.
CLOSING = {ReportKind.TIP.value: "tip_close", ReportKind.VIOLATION.value: "violation_close"}
HELD = (AlertState.ACKNOWLEDGED.value, AlertState.ON_THE_WAY.value)


def open_alert(desk: Desk, report: int, place: int) -> None:
    """Route a new report: an alert to the officer of the place, or to whoever comes next."""
    alert = desk.db.insert(Alert, report=report, place=place)
    _escalate(desk, alert, report, place, 0)


def _escalate(desk: Desk, alert: int, report: int, place: int, step: int) -> None:
    row = desk.db.one("select kind, about_staff from report where id = ?", (report,))
    assert row is not None
    steps = line(desk.db, place, desk.today, about_staff=bool(row["about_staff"]))
    decision = decide(steps, step, desk.now, desk.house.limits(row["kind"]))
    desk.db.execute("update alert set step = ?, due_at = ? where id = ?", (decision.step, decision.due_at, alert))
    for person in decision.skipped:
        fate = "on_leave" if person.reachable else "unreachable"
        desk.db.insert_new(Delivery, alert=alert, person=person.id, step=step, fate=fate, sent_at=desk.now)
    for person in decision.alert:
        again = not _comes_to(desk, alert, person.id, decision.step)
        if again:
            desk.db.execute(
                "update delivery set fate = 'sent' where alert = ? and person = ? and fate = 'unreachable'",
                (alert, person.id),
            )
        desk.db.insert(Opening, report=report, person=person.id, through="alert", opened_at=desk.now)
        alert_card.show(desk, alert, person.id, person.address, person.language, urgent=True)
        if not again:
            alert_card.photos(desk, alert, person.address, Act.PHOTOS)
    if decision.step < len(steps) - 1 and (missed := alert_card.missed(desk, alert).get("unreachable")):
        _tell_who_was_missed(desk, alert, report, missed, steps[-1])
    reporter_card.show_all(desk, report)


def _comes_to(desk: Desk, alert: int, person: int, step: int, fate: str = "sent") -> bool:
    """Whether an alert comes to somebody for the first time: who was passed over because of leave has got nothing."""
    passed = "delete from delivery where alert = ? and person = ? and fate = 'on_leave'"
    desk.db.execute(passed, (alert, person))
    return desk.db.insert_new(Delivery, alert=alert, person=person, step=step, fate=fate, sent_at=desk.now)


def _tell_who_was_missed(desk: Desk, alert: int, report: int, missed: Sequence[str], office: Sequence[OnDuty]) -> None:
    """The town office hears of a step that had to be skipped, though the alert itself has not come to it."""
    row = desk.db.one("select number from report where id = ?", (report,))
    assert row is not None
    for clerk in office:
        if clerk.reachable:
            names = listed(clerk.language, missed)
            body = text(clerk.language, "office-missed", number=row["number"], names=names)
            desk.show(address_of(clerk.address), f"missed:{alert}", body)


def sweep(desk: Desk, limit: int = 100) -> int:
    """Escalate what nobody acknowledged in time; returns how many. Called by the tick."""
    soonest = min(desk.house.limits(kind).longest for kind in ReportKind)
    ahead = desk.db.all(
        "select alert.id, alert.step, alert.due_at, report.kind from alert join report on report.id = alert.report "
        "where alert.due_at > ?",
        (desk.now + soonest,),
    )
    for row in ahead:  # the clock was set back: nobody is to wait for it to catch up
        limits = desk.house.limits(row["kind"])
        if row["due_at"] > desk.now + limits.longest:
            due_at = limits.until(row["step"], desk.now)
            desk.db.execute("update alert set due_at = ? where id = ?", (due_at, row["id"]))
    due = desk.db.all(
        "select id, report, place, step from alert where due_at is not null and due_at <= ? order by due_at limit ?",
        (desk.now, limit),
    )
    for row in due:
        _escalate(desk, row["id"], row["report"], row["place"], row["step"] + 1)
    return len(due)


def take_from_who_left(desk: Desk, limit: int = 100) -> None:
    """Who no longer answers for a place keeps no alert of it: the card goes, and what they held finds somebody else."""
    for row in left(desk.db, limit):
        alert, report = row["alert"], row["report"]
        if row["address"]:
            alert_card.take_away(desk, alert, row["address"])
        desk.db.execute("delete from delivery where alert = ? and person = ?", (alert, row["id"]))
        desk.db.execute("update alert set offered_to = null where id = ? and offered_to = ?", (alert, row["id"]))
        if row["holder"] == row["id"]:
            desk.db.execute(
                "update alert set state = 'waiting', holder = null, offered_to = null where id = ?", (alert,)
            )
            _escalate(desk, alert, report, row["place"], 0)
            reporter_card.tell_all(desk, report, "told-waiting", name=row["name"])
        elif row["holder"] is None and not _under_way(desk, alert, row["step"]):
            _escalate(desk, alert, report, row["place"], row["step"])
        alert_card.refresh(desk, report)


def _under_way(desk: Desk, alert: int, step: int) -> bool:
    """Whether this step of an alert has somebody whom it reached or may yet reach."""
    found = desk.db.one(
        "select 1 from delivery where alert = ? and step = ? and fate in ('sent', 'arrived')",
        (alert, step),
    )
    return found is not None


def delivered(desk: Desk, about: str, receipt: Receipt) -> None:
    """What became of an alert's sending. Someone who cannot be reached is passed over at once."""
    _, alert_id, person_id = about.split(":")
    alert = alert_card.load(desk, int(alert_id))
    if alert is None:
        return
    fate = "arrived" if receipt.fate is Fate.DONE else "unreachable"
    changed = desk.db.execute(
        "update delivery set fate = ? where alert = ? and person = ? and fate <> ?",
        (fate, alert["id"], int(person_id), fate),
    )
    if receipt.fate is Fate.UNREACHABLE:
        desk.db.execute(
            "update account set blocked = 1 where id = (select account from person where id = ?)",
            (int(person_id),),
        )
    if not changed or alert["state"] != AlertState.WAITING:
        return
    if fate == "unreachable" and not _under_way(desk, alert["id"], alert["step"]):
        desk.db.execute("update alert set due_at = ? where id = ?", (desk.now, alert["id"]))
    reporter_card.show_all(desk, alert["report"])


def on_line(desk: Desk, alert: Row) -> dict[int, OnDuty]:
    """Everybody who answers for the place of this alert, by id."""
    return answers_for(desk.db, alert["place"], desk.today, about_staff=bool(alert["about_staff"]))


def person_for(turn: Turn, alert: Row) -> OnDuty | None:
    """The account's person who answers for the place of this alert, and may see it (scope.md, "Least access")."""
    on_duty = on_line(turn, alert)
    mine = (on_duty[p["id"]] for p in turn.persons if p["id"] in on_duty)
    return next((person for person in mine if alert_card.may_see(turn, alert, person)), None)


def pressed(turn: Turn, alert_id: int, verb: str, value: str) -> None:
    """A button of an alert card."""
    alert = alert_card.load(turn, alert_id)
    person = person_for(turn, alert) if alert else None
    if alert is None or person is None:
        turn.toast("not-yours")
        return
    if alert["state"] == AlertState.CLOSED:
        turn.toast("card-closed")
        alert_card.show(turn, alert_id, person.id, str(turn.address), turn.language)
        return
    mine = alert["holder"] == person.id
    match verb:
        case "ack" | "way" if alert["holder"] is None or (mine and verb == "way"):
            turn.toast("alert-yours")
            state = AlertState.ON_THE_WAY if verb == "way" else AlertState.ACKNOWLEDGED
            hold(turn, alert, person, state)
        case "ack" | "way" if mine:
            turn.toast("alert-yours")
        case "ack" | "way":
            turn.toast("alert-taken", name=alert["holder_name"])
        case "accept" if alert["offered_to"] == person.id:
            turn.toast()
            hold(turn, alert, person, AlertState.ACKNOWLEDGED)
        case "show":
            turn.toast()
            _comes_to(turn, alert_id, person.id, alert["step"], "arrived")
            through = value if value == "link" else "list"
            turn.db.insert(Opening, report=alert["report"], person=person.id, through=through, opened_at=turn.now)
            alert_card.show(turn, alert_id, person.id, str(turn.address), turn.language, renew=True)
        case "ask" if mine and not _may_be_asked(turn, alert):
            turn.toast("ask-impossible")
        case "close" | "ask" if mine:
            turn.toast()
            form = CLOSING.get(alert["kind"], "alert_close") if verb == "close" else "alert_ask"
            begin(turn, form, {"alert": alert_id}, report=alert["report"])
        case "same" if mine:
            joining.same(turn, alert, person, value)
        case "apart" if mine:
            if (alone := joining.apart(turn, alert, value)) is not None:
                open_alert(turn, alone["id"], alone["place"])
                reporter_card.tell(turn, alone["id"], "told-apart")
        case "hand" if mine and not value:
            turn.toast()
            _hand_choices(turn, alert, person)
        case "move" if mine and not alert["about_staff"] and not value:
            turn.toast()
            _move_choices(turn, alert)
        case "move" if mine and not alert["about_staff"]:
            _move(turn, alert, person, int(value))
        case "hand" if mine:
            _hand(turn, alert, int(value) if value.isdigit() else 0)
        case _ if any(shown["id"] == person.id for shown in alert_card.shown_to(turn, alert_id)):
            turn.toast("card-old")
            alert_card.show(turn, alert_id, person.id, str(turn.address), turn.language)
        case _:  # a button they were never given: it is no way around the log of openings
            turn.toast("not-yours")


def hold(turn: Turn, alert: Row, person: OnDuty, state: AlertState) -> None:
    """This person has it from now on; nobody is called any more; everybody is told."""
    turn.db.execute(
        "update alert set state = ?, holder = ?, offered_to = null, due_at = null, "
        "acknowledged_at = coalesce(acknowledged_at, ?) where id = ?",
        (state.value, person.id, turn.now, alert["id"]),
    )
    if _comes_to(turn, alert["id"], person.id, alert["step"], "arrived"):
        # Taken from a group: the card follows into the private chat.
        turn.db.insert(Opening, report=alert["report"], person=person.id, through="group", opened_at=turn.now)
        alert_card.photos(turn, alert["id"], person.address, Act.PHOTOS)
    alert_card.refresh(turn, alert["report"])
    reporter_card.tell_all(turn, alert["report"], f"told-{state.value}", name=person.name)


def _hand_choices(turn: Turn, alert: Row, person: OnDuty) -> None:
    others = [p for p in on_line(turn, alert).values() if p.is_there and p.id != person.id]
    buttons = [[Button(p.name, f"a:{alert['id']}:hand:{p.id}")] for p in others]
    buttons.append([Button(turn.text("keep"), f"a:{alert['id']}:show")])
    turn.show(turn.address, f"alert:{alert['id']}", turn.text("hand-whom" if others else "hand-nobody"), buttons)


def _hand(turn: Turn, alert: Row, to: int) -> None:
    other = on_line(turn, alert).get(to)
    if other is None or not other.is_there:
        turn.toast("hand-nobody")
        return
    turn.toast("hand-offered", name=other.name)
    turn.db.execute("update alert set offered_to = ? where id = ?", (to, alert["id"]))
    new = _comes_to(turn, alert["id"], to, alert["step"])
    if new:
        turn.db.insert(Opening, report=alert["report"], person=to, through="handover", opened_at=turn.now)
    alert_card.refresh(turn, alert["report"])
    alert_card.show(turn, alert["id"], to, other.address, other.language, urgent=True)
    if new:
        alert_card.photos(turn, alert["id"], other.address, Act.PHOTOS)


def _move_choices(turn: Turn, alert: Row) -> None:
    """Which committee a report really belongs to."""
    others = [row for row in places.committees(turn) if row["id"] != alert["place"]]
    buttons = [Button(row["name"], f"a:{alert['id']}:move:{row['id']}") for row in others]
    rows = [*in_rows(buttons), [Button(turn.text("keep"), f"a:{alert['id']}:show")]]
    turn.show(turn.address, f"alert:{alert['id']}", turn.text("move-where"), rows)


def _move(turn: Turn, alert: Row, person: OnDuty, to: int) -> None:
    """The report belongs to another committee: it is routed there anew, and who had it is rid of it."""
    place = places.committee(turn, to)
    if place is None or place["id"] == alert["place"]:
        turn.toast("card-closed")
        return
    turn.toast("move-done", place=place["name"])
    turn.db.execute("update report set place = ? where id = ? or same_as = ?", (to, alert["report"], alert["report"]))
    turn.db.execute(
        "update alert set place = ?, state = 'waiting', holder = null, offered_to = null, acknowledged_at = null "
        "where id = ?",
        (to, alert["id"]),
    )
    staying = answers_for(turn.db, to, turn.today)
    for shown in alert_card.shown_to(turn, alert["id"]):
        if shown["id"] not in staying:
            alert_card.take_away(turn, alert["id"], shown["address"])
    turn.db.execute("delete from delivery where alert = ?", (alert["id"],))
    _escalate(turn, alert["id"], alert["report"], to, 0)
    reporter_card.tell_all(turn, alert["report"], "told-moved", name=person.name, place=place["name"])


def end(turn: Turn, report: int, state: ReportState, outcome: str = "", remark: str = "") -> None:
    """Close a report and those linked to it: outcome told in general words, what served to recognise the scene erased,
    cards reduced. Whoever withdraws speaks for their own alone: the alert goes on while there are others of the same.
    """
    withdrawn = state is ReportState.WITHDRAWN
    ending = [report] if withdrawn else [report, *reporter_card.followers(turn, report)]
    row = reporter_card.load(turn, report)
    assert row is not None
    alert_card.take_photos_away(turn, row["alert"], report if withdrawn else None)
    for one in ending:
        turn.db.execute(
            f"update report set state = ?, outcome = ?, remark = {sealing(Report, 'remark')}, scene = '', "
            "photos = null, closed_at = ? where id = ?",
            (state.value, outcome, remark, turn.now, one),
        )
        attaching.drop(turn, report=one)
        followup_card.over(turn, one)
    if withdrawn and joining.leave(turn, report):
        reporter_card.show(turn, report)
        return
    turn.db.execute("update alert set state = 'closed', due_at = null, offered_to = null where report = ?", (report,))
    alert_card.refresh(turn, report)
    for one in ending:
        if one != report:
            joining.redraw_own(turn, one)
        if withdrawn:
            reporter_card.show(turn, one)
            continue
        told = reporter_card.load(turn, one)
        language = told["language"] if told and told["language"] else turn.language
        reporter_card.tell(turn, one, "told-closed", outcome=text(language, f"outcome-{outcome}"))


class Remark(BaseModel):
    """One line about a report."""

    line: Annotated[str, Field(min_length=1, max_length=500), Question(Kind.TEXT)]


def _closing(*outcomes: str) -> type[BaseModel]:
    class Closing(BaseModel):
        """How an alert ended."""

        outcome: Annotated[str, Question(Kind.CHOICE, outcomes)]
        line: Annotated[str | None, Field(max_length=300), Question(Kind.TEXT)] = None

    return Closing


def _holds(turn: Turn, answers: dict[str, Any]) -> bool:
    alert = alert_card.load(turn, answers["_alert"])
    if alert is None or alert["state"] not in HELD:
        return False
    return alert["holder"] in {p["id"] for p in turn.persons} & on_line(turn, alert).keys()


def _close(turn: Turn, answers: dict[str, Any]) -> None:
    alert = alert_card.load(turn, answers["_alert"])
    assert alert is not None
    if answers["outcome"] == ABUSIVE:
        turn.house.strangers.block(alert["report"], turn.now)
    end(turn, alert["report"], ReportState.CLOSED, answers["outcome"], answers.get("line") or "")


def _may_be_asked(turn: Turn, alert: Row) -> bool:
    """Whether the reporter agreed to be asked, and a question would reach them."""
    report = reporter_card.load(turn, alert["report"])
    if report is None or not report["may_ask"]:
        return False
    return report["source"] == Source.ANONYMOUS or bool(report["address"] and not report["blocked"])


def _unaskable(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """A reporter who went out of reach while the question was being written."""
    alert = alert_card.load(turn, answers["_alert"])
    return None if alert is not None and _may_be_asked(turn, alert) else ("line", "ask-impossible")


def _ask(turn: Turn, answers: dict[str, Any]) -> None:
    alert = alert_card.load(turn, answers["_alert"])
    assert alert is not None
    report = reporter_card.load(turn, alert["report"])
    assert report is not None
    turn.db.insert(
        Exchange,
        report=report["id"],
        author=alert["holder"],
        kind="question",
        text=answers["line"],
        said_at=turn.now,
    )
    reporter_card.ask(turn, report, alert["holder_name"], answers["line"])
    alert_card.refresh(turn, report["id"])


for _name, _outcomes in CLOSED_BY.items():
    CONVERSATIONS[_name] = Conversation(Form(_name, 1, _closing(*_outcomes)), _close, review=False, allowed=_holds)
CONVERSATIONS["alert_ask"] = Conversation(
    Form("alert_ask", 1, Remark), _ask, review=False, allowed=_holds, outdated=_unaskable
)
