"""Duty R2: the way back to a tip by its receipt code, from any account: read it, answer, add to it, withdraw it.

Which tip is open to whom is known in memory only, and for a quarter of an hour (handlers.strangers).
"""

import hmac
import secrets
import time

from chat.forms import FieldProblem
from chat.messages import Button, Said
from handlers import alert, alert_card, form_card, reporter_card
from handlers.desk import Turn
from models import receipt
from models.database import opened
from models.report import Exchange, ReportState

CARD = "receipt"
# Whether there is such a code or not, the nearest one is read and compared, and the rest of a fixed time waited for:
# how long it takes tells nothing.
_NEAREST = """
select report, mark from (select report, mark from receipt where mark >= ? order by mark limit 1)
union all select 0, x'ff' limit 1
"""
_SAID = f"select {opened(Exchange, 'kind', 'text')} from exchange where report = ? order by id"
_ASKED = "select kind from exchange where report = ? and kind <> 'addition' order by id desc limit 1"
MOST_WORDS = 1000
TAKES = 60_000  # nanoseconds; several times what a look-up needs
MORE = 4_000  # at most, by chance: else how often the clock is looked at meanwhile would tell


def find(turn: Turn, typed: str) -> int | None:
    """The report whose receipt code this is."""
    until = time.perf_counter_ns() + TAKES + secrets.randbelow(MORE)
    mark = turn.db.mark(receipt.named(typed))
    row = turn.db.one(_NEAREST, (mark,))
    assert row is not None
    found: int | None = row["report"] if hmac.compare_digest(row["mark"], mark) else None
    del row
    while time.perf_counter_ns() < until:
        pass
    return found


def enter(turn: Turn, typed: str) -> None:
    """Somebody typed what may be a receipt code."""
    strangers, account = turn.house.strangers, turn.incoming.account
    if not strangers.may_try(account, turn.now):
        turn.say("receipt-too-often")
        return
    if not receipt.is_whole(typed):
        turn.say("receipt-slip")
        return
    report = find(turn, typed)
    if report is None:
        strangers.wrong(account, turn.now)
        turn.say("receipt-wrong")
        return
    strangers.right(account, turn.now)
    strangers.open(account, report, turn.now)
    if turn.incoming.message:
        turn.forget_message(turn.incoming.message)  # the code is not to stay in the chat
    show(turn, report, renew=True)


def show(turn: Turn, report: int, *, renew: bool = False, notice: str = "") -> None:
    """The tip as its giver reads it: what became of it, what was asked and answered."""
    row = reporter_card.load(turn, report)
    assert row is not None
    lines = [turn.text(notice), ""] if notice else []
    lines.append(turn.text("receipt-title", number=row["number"], when=turn.local(row["created_at"])))
    lines.append(reporter_card.standing(turn, row, turn.language))
    for said in turn.db.all(_SAID, (report,)):
        lines.append(turn.text(f"exchange-{said['kind']}", line=said["text"]))
    buttons = [Button(turn.text("receipt-end"), "t:end")]
    if row["state"] == ReportState.OPEN:
        lines += ["", turn.text("receipt-write")]
        buttons.insert(0, Button(turn.text("reporter-withdraw"), "t:withdraw"))
    turn.show(turn.address, CARD, "\n".join(lines), [buttons], renew=renew)


def spoken(turn: Turn, report: int) -> None:
    """Words of the giver while their tip is open to them: an answer or an addition."""
    row = reporter_card.load(turn, report)
    if row is None or row["state"] != ReportState.OPEN:
        turn.say("card-closed")
        return
    if turn.incoming.said is not Said.TEXT:
        turn.say("form-problem-text-wanted")
        return
    try:
        line = form_card.text_answer(turn, turn.incoming.text)
    except FieldProblem as problem:
        turn.say(problem.code, **problem.arguments)
        return
    if not 1 <= len(line) <= MOST_WORDS:
        turn.say("form-problem-long" if line else "form-problem-empty")
        return
    asked = turn.db.one(_ASKED, (report,))
    kind = "answer" if asked and asked["kind"] == "question" else "addition"
    turn.db.insert(Exchange, report=report, kind=kind, text=line, said_at=turn.now)
    alert_card.refresh(turn, report, f"alert-{kind}", line=line)
    turn.house.strangers.open(turn.incoming.account, report, turn.now)
    if turn.incoming.message:
        turn.forget_message(turn.incoming.message)
    show(turn, report, renew=True, notice="receipt-taken")


def pressed(turn: Turn, verb: str) -> None:
    """A button of the open tip."""
    strangers, account = turn.house.strangers, turn.incoming.account
    report = strangers.opened(account, turn.now)
    if report is not None and reporter_card.load(turn, report) is None:
        report = None  # erased meanwhile
    if verb == "end":
        turn.toast()
        strangers.close(account, turn.now)
        turn.forget(CARD)
        strangers.left_traces = True
    elif report is None:
        turn.toast("receipt-again")
        turn.forget(CARD)
    elif verb == "withdraw":
        turn.toast()
        row = reporter_card.load(turn, report)
        assert row is not None
        buttons = [[Button(turn.text("withdraw-yes"), "t:withdrawn"), Button(turn.text("keep"), "t:show")]]
        turn.show(turn.address, CARD, turn.text("withdraw-sure", number=row["number"]), buttons)
    elif verb == "withdrawn":
        turn.toast()
        row = reporter_card.load(turn, report)
        if row is not None and row["state"] == ReportState.OPEN:
            alert.end(turn, report, ReportState.WITHDRAWN)
        show(turn, report)
    else:
        turn.toast()
        show(turn, report)
