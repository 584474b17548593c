"""Duty R1, the officer's side: the alert card and what is done with it; escalation and deliveries carried out."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, Field

from alerts.escalation import decide
from alerts.roster import LINE, OnDuty, answers_for, line
from chat.forms import Form, Kind, Question
from chat.messages import Act, Button, Fate, Outgoing, Priority, Receipt
from chat.texts import text
from handlers import reporter_card
from handlers.desk import Desk, Turn, address_of
from handlers.filling import CONVERSATIONS, Conversation, begin
from models.alert import Alert, AlertState, Delivery
from models.database import Row
from models.report import Exchange, Opening, ReportState

OUTCOMES = ("dealt_with", "passed_on", "nothing_found", "unfounded")
HELD = (AlertState.ACKNOWLEDGED.value, AlertState.ON_THE_WAY.value)

_ALERT = """
select alert.*, report.number, report.state as report_state, holder.name as holder_name
from alert join report on report.id = alert.report left join person as holder on holder.id = alert.holder
where alert.id = ?
"""
_SHOWN_TO = """
select person.id, person.name, person.role, account.address, account.language, account.name as account, account.blocked
from delivery join person on person.id = delivery.person join account on account.id = person.account
where delivery.alert = ?
"""


def open_alert(desk: Desk, report: int, place: int) -> None:
    """Route a new report: an alert to the officer of the place, or to whoever comes next."""
    alert = desk.db.insert(Alert, report=report, place=place)
    _escalate(desk, alert, report, place, 0)


def _escalate(desk: Desk, alert: int, report: int, place: int, step: int) -> None:
    steps = line(desk.db, place)
    decision = decide(steps, step, desk.now, desk.house.rules)
    desk.db.execute("update alert set step = ?, due_at = ? where id = ?", (decision.step, decision.due_at, alert))
    for person in decision.skipped:
        desk.db.insert_new(Delivery, alert=alert, person=person.id, step=step, fate="unreachable", sent_at=desk.now)
    for person in decision.alert:
        again = not desk.db.insert_new(Delivery, alert=alert, person=person.id, step=decision.step, sent_at=desk.now)
        if again:
            desk.db.execute(
                "update delivery set fate = 'sent' where alert = ? and person = ? and fate = 'unreachable'",
                (alert, person.id),
            )
        desk.db.insert(Opening, report=report, person=person.id, through="alert", opened_at=desk.now)
        _show(desk, alert, person.id, person.address, person.language, urgent=True)
        if not again:
            _photos(desk, alert, person.address, Act.PHOTOS)
    reporter_card.show(desk, report)


def _photos(desk: Desk, alert: int, address: str, act: Act) -> None:
    """Each photo of a report sent beside its alert card, or taken away again."""
    row = desk.db.one("select photos from report join alert on alert.report = report.id where alert.id = ?", (alert,))
    assert row is not None
    for number, photo in enumerate(row["photos"]):
        desk.out.append(
            Outgoing(address_of(address), act, photos=[photo], card=f"photo:{alert}:{number}", priority=Priority.ALERT)
        )


def sweep(desk: Desk, limit: int = 100) -> int:
    """Escalate what nobody acknowledged in time; returns how many. Called by the tick."""
    due = desk.db.all(
        "select id, report, place, step from alert where due_at is not null and due_at <= ? order by due_at limit ?",
        (desk.now, limit),
    )
    for row in due:
        _escalate(desk, row["id"], row["report"], row["place"], row["step"] + 1)
    return len(due)


def delivered(desk: Desk, about: str, receipt: Receipt) -> None:
    """What became of an alert's sending. Someone who cannot be reached is passed over at once."""
    _, alert_id, person_id = about.split(":")
    alert = desk.db.one(_ALERT, (int(alert_id),))
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
    still = desk.db.one(
        "select 1 from delivery where alert = ? and step = ? and fate <> 'unreachable'",
        (alert["id"], alert["step"]),
    )
    if fate == "unreachable" and still is None:
        desk.db.execute("update alert set due_at = ? where id = ?", (desk.now, alert["id"]))
    reporter_card.show(desk, alert["report"])


def _show(
    desk: Desk,
    alert_id: int,
    person: int,
    address: str,
    language: str,
    *,
    urgent: bool = False,
    renew: bool = False,
) -> None:
    """The alert card as this person may see it now."""
    alert = desk.db.one(_ALERT, (alert_id,))
    assert alert is not None
    report = reporter_card.load(desk, alert["report"])
    assert report is not None
    where = address_of(address)
    card = f"alert:{alert_id}"
    if alert["state"] == AlertState.CLOSED:
        outcome = text(language, f"outcome-{report['outcome']}") if report["outcome"] else ""
        body = text(
            language,
            "alert-closed",
            number=report["number"],
            outcome=outcome or text(language, "state-withdrawn"),
        )
        desk.show(where, card, body)
        return
    lines = [text(language, "alert-title", number=report["number"]), text(language, "alert-unverified")]
    if report["ongoing"]:
        lines.append(text(language, "alert-ongoing"))
    if alert["step"] >= 2 and alert["state"] == AlertState.WAITING:
        lines.append(text(language, "alert-nobody"))
    missed = desk.db.all(
        "select person.name from delivery join person on person.id = delivery.person "
        "where delivery.alert = ? and delivery.fate = 'unreachable'",
        (alert_id,),
    )
    if missed:
        lines.append(text(language, "alert-skipped", names="、".join(row["name"] for row in missed)))
    lines += [
        "",
        reporter_card.behaviours(report, language),
        text(language, "alert-where", where=report["where"]),
    ]
    if report["latitude"] is not None:
        lines.append(f"https://maps.google.com/?q={report['latitude']},{report['longitude']}")
    minutes = max(0, round((desk.now - report["happened_at"]) / timedelta(minutes=1)))
    lines.append(text(language, "alert-when", when=desk.local(report["happened_at"]), minutes=minutes))
    lines += ["", report["deed"]]
    if report["scene"]:
        lines.append(text(language, "alert-scene", scene=report["scene"]))
    for said in desk.db.all("select kind, text from exchange where report = ? order by id", (report["id"],)):
        lines.append(text(language, f"exchange-{said['kind']}", line=said["text"]))
    lines += ["", text(language, "alert-reporter", name=report["reporter_name"])]

    def button(name: str, verb: str) -> Button:
        return Button(text(language, name), f"a:{alert_id}:{verb}")

    rows: list[list[Button]] = []
    if alert["holder"] is None:
        rows = [[button("alert-acknowledge", "ack"), button("alert-way", "way")]]
    elif alert["offered_to"] == person:
        lines.append(text(language, "alert-offered", name=alert["holder_name"]))
        rows = [[button("alert-accept", "accept")]]
    elif alert["holder"] == person:
        lines.append(text(language, "alert-yours"))
        first = [button("alert-way", "way")] if alert["state"] == AlertState.ACKNOWLEDGED else []
        ask = [button("alert-ask", "ask")] if report["may_ask"] else []
        rows = [[*first, button("alert-close", "close")], [*ask, button("alert-hand", "hand")]]
    else:
        lines.append(text(language, "alert-taken", name=alert["holder_name"]))
    priority = Priority.ALERT if urgent else Priority.ANSWER
    about = f"alert:{alert_id}:{person}" if urgent else ""
    desk.show(where, card, "\n".join(lines), rows, renew=renew or urgent, priority=priority, about=about)


def refresh(desk: Desk, report: int, note: str = "", /, **arguments: str | int) -> None:
    """Every card that shows this alert, as it is now; a short message to its holder where `note` names one."""
    alert = desk.db.one(
        "select alert.id, alert.holder, report.number from alert join report on report.id = alert.report "
        "where report.id = ?",
        (report,),
    )
    assert alert is not None
    for person in desk.db.all(_SHOWN_TO, (alert["id"],)):
        if person["blocked"]:
            continue
        _show(desk, alert["id"], person["id"], person["address"], person["language"])
        if note and person["id"] == alert["holder"]:
            body = text(person["language"], note, number=alert["number"], **arguments)
            desk.note(address_of(person["address"]), body)


def _person_for(turn: Turn, alert: Row) -> OnDuty | None:
    """The account's person who answers for the place of this alert (scope.md, "Least access")."""
    on_duty = answers_for(turn.db, alert["place"])
    return next((on_duty[p["id"]] for p in turn.persons if p["id"] in on_duty), None)


def pressed(turn: Turn, alert_id: int, verb: str, value: str) -> None:
    """A button of an alert card."""
    alert = turn.db.one(_ALERT, (alert_id,))
    person = _person_for(turn, alert) if alert else None
    if alert is None or person is None:
        turn.toast("not-yours")
        return
    if alert["state"] == AlertState.CLOSED:
        turn.toast("card-closed")
        _show(turn, alert_id, person.id, str(turn.address), turn.language)
        return
    mine = alert["holder"] == person.id
    match verb:
        case "ack" | "way" if alert["holder"] is None or (mine and verb == "way"):
            turn.toast("alert-yours")
            state = AlertState.ON_THE_WAY if verb == "way" else AlertState.ACKNOWLEDGED
            _hold(turn, alert, person, state.value)
        case "ack" | "way" if mine:
            turn.toast("alert-yours")
        case "ack" | "way":
            turn.toast("alert-taken", name=alert["holder_name"])
        case "accept" if alert["offered_to"] == person.id:
            turn.toast()
            _hold(turn, alert, person, AlertState.ACKNOWLEDGED.value)
        case "show":
            turn.toast()
            turn.db.insert_new(
                Delivery,
                alert=alert_id,
                person=person.id,
                step=alert["step"],
                fate="arrived",
                sent_at=turn.now,
            )
            turn.db.insert(Opening, report=alert["report"], person=person.id, through="list", opened_at=turn.now)
            _show(turn, alert_id, person.id, str(turn.address), turn.language, renew=True)
        case "close" | "ask" if mine:
            turn.toast()
            begin(turn, f"alert_{verb}", {"alert": alert_id})
        case "hand" if mine and not value:
            turn.toast()
            _hand_choices(turn, alert, person)
        case "hand" if mine:
            _hand(turn, alert, int(value) if value.isdigit() else 0)
        case _:
            turn.toast("card-old")
            _show(turn, alert_id, person.id, str(turn.address), turn.language)


def _hold(turn: Turn, alert: Row, person: OnDuty, state: str) -> None:
    """This person has it from now on; nobody is called any more; everybody is told."""
    turn.db.execute(
        "update alert set state = ?, holder = ?, offered_to = null, due_at = null, "
        "acknowledged_at = coalesce(acknowledged_at, ?) where id = ?",
        (state, person.id, turn.now, alert["id"]),
    )
    turn.db.insert_new(
        Delivery, alert=alert["id"], person=person.id, step=alert["step"], fate="arrived", sent_at=turn.now
    )
    refresh(turn, alert["report"])
    reporter_card.tell(turn, alert["report"], f"told-{state}", name=person.name)


def _hand_choices(turn: Turn, alert: Row, person: OnDuty) -> None:
    others = [p for p in answers_for(turn.db, alert["place"]).values() if p.reachable and p.id != person.id]
    buttons = [[Button(p.name, f"a:{alert['id']}:hand:{p.id}")] for p in others]
    buttons.append([Button(turn.text("keep"), f"a:{alert['id']}:show")])
    turn.show(turn.address, f"alert:{alert['id']}", turn.text("hand-whom" if others else "hand-nobody"), buttons)


def _hand(turn: Turn, alert: Row, to: int) -> None:
    other = answers_for(turn.db, alert["place"]).get(to)
    if other is None or not other.reachable:
        turn.toast("hand-nobody")
        return
    turn.toast("hand-offered", name=other.name)
    turn.db.execute("update alert set offered_to = ? where id = ?", (to, alert["id"]))
    new = turn.db.insert_new(Delivery, alert=alert["id"], person=to, step=alert["step"], sent_at=turn.now)
    if new:
        turn.db.insert(Opening, report=alert["report"], person=to, through="handover", opened_at=turn.now)
    refresh(turn, alert["report"])
    _show(turn, alert["id"], to, other.address, other.language, urgent=True)
    if new:
        _photos(turn, alert["id"], other.address, Act.PHOTOS)


def end(turn: Turn, report: int, state: ReportState, outcome: str = "", remark: str = "") -> None:
    """Close a report: outcome told in general words, what served to recognise the scene erased, cards reduced."""
    alert = turn.db.one("select id from alert where report = ?", (report,))
    assert alert is not None
    for person in turn.db.all(_SHOWN_TO, (alert["id"],)):
        _photos(turn, alert["id"], person["address"], Act.FORGET)
    turn.db.execute(
        "update report set state = ?, outcome = ?, remark = ?, scene = '', photos = '[]', closed_at = ? where id = ?",
        (state.value, outcome, remark, turn.now, report),
    )
    turn.db.execute("update alert set state = 'closed', due_at = null, offered_to = null where report = ?", (report,))
    refresh(turn, report)
    if state is ReportState.CLOSED:
        row = reporter_card.load(turn, report)
        language = row["language"] if row and row["language"] else turn.language
        reporter_card.tell(turn, report, "told-closed", outcome=text(language, f"outcome-{outcome}"))
    else:
        reporter_card.show(turn, report)


class Remark(BaseModel):
    """One line about a report."""

    line: Annotated[str, Field(min_length=1, max_length=500), Question(Kind.TEXT)]


class Closing(BaseModel):
    """How an alert ended."""

    outcome: Annotated[str, Question(Kind.CHOICE, OUTCOMES)]
    line: Annotated[str | None, Field(max_length=300), Question(Kind.TEXT)] = None


def _holds(turn: Turn, answers: dict[str, Any]) -> bool:
    alert = turn.db.one(_ALERT, (answers["_alert"],))
    return alert is not None and alert["state"] in HELD and alert["holder"] in {p["id"] for p in turn.persons}


def _close(turn: Turn, answers: dict[str, Any]) -> None:
    alert = turn.db.one(_ALERT, (answers["_alert"],))
    assert alert is not None
    end(turn, alert["report"], ReportState.CLOSED, answers["outcome"], answers.get("line") or "")


def _ask(turn: Turn, answers: dict[str, Any]) -> None:
    alert = turn.db.one(_ALERT, (answers["_alert"],))
    assert alert is not None
    report = reporter_card.load(turn, alert["report"])
    if report is None or not report["may_ask"] or not report["address"]:
        turn.say("ask-impossible")
        return
    turn.db.insert(
        Exchange,
        report=report["id"],
        author=alert["holder"],
        kind="question",
        text=answers["line"],
        said_at=turn.now,
    )
    language = report["language"]
    body = text(language, "told-question", number=report["number"], name=alert["holder_name"], line=answers["line"])
    button = Button(text(language, "reporter-answer"), f"r:{report['id']}:answer")
    turn.note(address_of(report["address"]), body, [[button]])
    refresh(turn, report["id"])


CONVERSATIONS["alert_close"] = Conversation(Form("alert_close", 1, Closing), _close, review=False, allowed=_holds)
CONVERSATIONS["alert_ask"] = Conversation(Form("alert_ask", 1, Remark), _ask, review=False, allowed=_holds)


PAGE = 6
_MINE = """
with recursive below(id) as (
    select assignment.place from assignment join person on person.id = assignment.person
        join account on account.id = person.account
        where account.name = ? and person.active and person.role in ('officer', 'deputy', 'town_office')
    union select place.id from place join below on place.parent = below.id
)
select alert.id, alert.state, report.number, report.created_at from alert join report on report.id = alert.report
where alert.place in (select id from below) and alert.state in (select value from json_each(?)) and alert.id < ?
order by alert.id desc limit ?
"""


def alerts(turn: Turn, states: str = "open", before: int = 1 << 62, *, renew: bool = True) -> None:
    """/alerts: those of my places, newest first, a page at a time."""
    if turn.person_in(*LINE) is None:
        turn.say("not-yours")
        return
    wanted = ["closed"] if states == "closed" else ["waiting", *HELD]
    rows = turn.db.all(_MINE, (turn.incoming.account, wanted, before, PAGE + 1))
    buttons = [
        [Button(f"{r['number']} · {turn.text('alert-state-' + r['state'])}", f"a:{r['id']}:show")] for r in rows[:PAGE]
    ]
    if len(rows) > PAGE:
        buttons.append([Button(turn.text("alerts-older"), f"l:{states}:{rows[PAGE - 1]['id']}")])
    other = "open" if states == "closed" else "closed"
    buttons.append([Button(turn.text(f"alerts-{other}"), f"l:{other}:{1 << 62}")])
    title = turn.text(f"alerts-title-{states}" if rows else "alerts-none")
    turn.show(turn.address, "alerts", title, buttons, renew=renew)
