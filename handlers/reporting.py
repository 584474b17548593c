"""The reporter's side of a report: my last reports, adding to one, answering a question, withdrawing."""

from typing import Any

from chat.forms import Form
from chat.messages import Button
from handlers import alert, alert_card, reporter_card
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from models.report import Exchange, ReportState


def mine(turn: Turn) -> None:
    """/report → my last reports."""
    rows = turn.db.all(
        "select report.id, report.number, report.state, report.created_at from report join person "
        "on person.id = report.reporter join account on account.id = person.account "
        "where account.name = ? order by report.id desc limit 8",
        (turn.incoming.account,),
    )
    buttons = [
        [Button(f"{row['number']} · {turn.text('state-' + row['state'])}", f"r:{row['id']}:show")] for row in rows
    ]
    turn.show(turn.address, "menu", turn.text("reports-mine" if rows else "reports-none"), buttons)


def pressed(turn: Turn, report: int, verb: str) -> None:
    """A button of the reporter's own card."""
    row = reporter_card.load(turn, report)
    if row is None or not reporter_card.is_theirs(turn, row):
        turn.toast("not-yours")
        return
    if verb == "show":
        turn.toast()
        reporter_card.show(turn, report, renew=True)
    elif row["state"] != ReportState.OPEN:
        turn.toast("card-closed")
        reporter_card.show(turn, report)
    elif verb in ("add", "answer"):
        turn.toast()
        begin(turn, "addition" if verb == "add" else "answer", {"report": report}, report=report)
    elif verb == "withdraw":
        turn.toast()
        buttons = [
            [
                Button(turn.text("withdraw-yes"), f"r:{report}:withdrawn"),
                Button(turn.text("keep"), f"r:{report}:show"),
            ]
        ]
        turn.show(turn.address, f"report:{report}", turn.text("withdraw-sure", number=row["number"]), buttons)
    elif verb == "withdrawn":
        turn.toast()
        alert.end(turn, report, ReportState.WITHDRAWN)
    else:
        turn.toast("card-closed")


def _said(turn: Turn, answers: dict[str, Any], kind: str) -> None:
    report = reporter_card.load(turn, answers["_report"])
    if report is None or report["state"] != ReportState.OPEN:
        turn.say("card-closed")
        return
    turn.db.insert(
        Exchange,
        report=report["id"],
        author=report["reporter"],
        kind=kind,
        text=answers["line"],
        said_at=turn.now,
    )
    alert_card.refresh(turn, report["id"], f"alert-{kind}", line=answers["line"])
    reporter_card.show(turn, report["id"])


def _own(turn: Turn, answers: dict[str, Any]) -> bool:
    row = reporter_card.load(turn, answers["_report"])
    return row is not None and reporter_card.is_theirs(turn, row)


CONVERSATIONS["addition"] = Conversation(
    Form("addition", 1, alert.Remark), lambda turn, a: _said(turn, a, "addition"), review=False, allowed=_own
)
CONVERSATIONS["answer"] = Conversation(
    Form("answer", 1, alert.Remark), lambda turn, a: _said(turn, a, "answer"), review=False, allowed=_own
)
