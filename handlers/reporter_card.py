"""The reporter's card: what has really happened to a report, edited in place at each step."""

from chat.messages import Button
from chat.texts import listed, text
from handlers import followup_card
from handlers.desk import Desk, Turn, address_of
from models.database import Row, columns
from models.followup import Side
from models.report import VIOLATIONS, Report, ReportKind, ReportState, Source

# The question whose texts name what a report of this kind is about.
ABOUT = {
    ReportKind.SUSPICIOUS.value: "suspicious-behaviours",
    ReportKind.TIP.value: "tip-kind",
}
_REPORT = f"""
select {columns(Report)}, person.name as reporter_name, account.name as account, account.blocked,
       coalesce(account.address, opened(report.route, 'report.route', report.id)) as address,
       coalesce(account.language, report.giver_language) as language,
       alert.id as alert, alert.state as alert_state, alert.holder, alert.step, holder.name as holder_name
from report left join person on person.id = report.reporter left join account on account.id = person.account
left join alert on alert.report = coalesce(report.same_as, report.id)
left join person as holder on holder.id = alert.holder
where report.id = ?
"""
_FOLLOWERS = "select id from report where same_as = ? order by id"
_DELIVERIES = """
select person.name, delivery.fate, delivery.step from delivery join person on person.id = delivery.person
where delivery.alert = ? order by delivery.sent_at, person.id
"""


def load(desk: Desk, report: int) -> Row | None:
    """A report with the state of its alert, which is that of the first report of the same thing.

    `address` is where its reporter may be told, empty where nowhere.
    """
    return desk.db.one(_REPORT, (report,))


def followers(desk: Desk, report: int) -> list[int]:
    """The reports of the same thing that are linked to this one, oldest first: their reporters follow its card."""
    return [row["id"] for row in desk.db.all(_FOLLOWERS, (report,))]


def is_theirs(turn: Turn, report: Row) -> bool:
    """Whether this account is the one that reported it. Of an anonymous tip nobody's is."""
    if report["giver_mark"] is not None:
        return bool(report["giver_mark"] == turn.db.mark(turn.incoming.account))
    return report["account"] is not None and report["account"] == turn.incoming.account


def what(report: Row, language: str) -> str:
    """What kind of report it is."""
    return text(language, f"kind-{report['kind']}")


def standing(desk: Desk, report: Row, language: str) -> str:
    """What has really happened to a report, and never a hope."""
    if report["state"] == ReportState.WITHDRAWN:
        return text(language, "standing-withdrawn")
    if report["state"] == ReportState.CLOSED:
        outcome = text(language, f"outcome-{report['outcome']}")
        return text(language, "standing-closed", outcome=outcome)
    if report["alert_state"] in ("acknowledged", "on_the_way"):
        return text(language, f"standing-{report['alert_state']}", name=report["holder_name"] or "")
    deliveries = desk.db.all(_DELIVERIES, (report["alert"],))
    lines = []
    for delivery in deliveries:
        lines.append(text(language, f"standing-{delivery['fate']}", name=delivery["name"]))
    if not any(delivery["fate"] in ("sent", "arrived") for delivery in deliveries):
        lines.append(text(language, "standing-nobody", emergency=desk.house.emergency))
    return "\n".join(lines)


def show(desk: Desk, report: int, *, renew: bool = False) -> None:
    """The reporter's card as things stand."""
    row = load(desk, report)
    if row is not None:
        _show(desk, row, renew=renew)


def _show(desk: Desk, row: Row, *, renew: bool = False) -> None:
    if not row["address"] or row["source"] == Source.ANONYMOUS:
        return
    report = row["id"]
    language = row["language"]
    body = text(
        language,
        "reporter-card",
        what=what(row, language),
        number=row["number"],
        where=row["where"],
        about=about(row, language),
        standing=standing(desk, row, language),
    )
    buttons: list[list[Button]] = []
    if row["state"] == ReportState.OPEN:
        if row["kind"] == ReportKind.VIOLATION:
            stands, buttons = followup_card.on_card(desk, report, Side.REPORTER, language)
            body = "\n".join([body, *stands])
        buttons += [
            [
                Button(text(language, "reporter-add"), f"r:{report}:add"),
                Button(text(language, "reporter-withdraw"), f"r:{report}:withdraw"),
            ]
        ]
    desk.show(address_of(row["address"]), f"report:{report}", body, buttons, renew=renew)


def show_all(desk: Desk, report: int) -> None:
    """The cards of everybody who follows this report."""
    for one in (report, *followers(desk, report)):
        show(desk, one)


def tell_all(desk: Desk, report: int, name: str, /, **arguments: str | int) -> None:
    """Tell everybody who follows this report."""
    for one in (report, *followers(desk, report)):
        tell(desk, one, name, **arguments)


def tell(desk: Desk, report: int, name: str, /, **arguments: str | int) -> None:
    """The card as it is now, and a short message at a step that matters."""
    row = load(desk, report)
    if row is None or not row["address"]:
        return
    _show(desk, row)
    body = text(row["language"], name, what=what(row, row["language"]), number=row["number"], **arguments)
    desk.note(address_of(row["address"]), body)


def about(report: Row, language: str) -> str:
    """What it is about, as somebody chose it from a list."""
    if report["kind"] == ReportKind.VIOLATION:
        return listed(language, (violation(chosen, language) for chosen in report["about"]))
    question = ABOUT[report["kind"]]
    return listed(language, (text(language, f"{question}-{chosen}") for chosen in report["about"]))


def violation(kind: str, language: str) -> str:
    """A kind of violation as it is read: one that a setting added, as it was written there."""
    return text(language, f"violation-kind-{kind}") if kind in VIOLATIONS else kind


def ask(desk: Desk, report: Row, name: str, line: str) -> None:
    """A question to the reporter, with the button that answers it. Whoever kept only a code reads it with the code."""
    if not report["address"]:
        return
    language = report["language"]
    if report["source"] == Source.ANONYMOUS:
        desk.note(address_of(report["address"]), text(language, "told-news", number=report["number"]))
        return
    body = text(language, "told-question", what=what(report, language), number=report["number"], name=name, line=line)
    button = Button(text(language, "reporter-answer"), f"r:{report['id']}:answer")
    desk.note(address_of(report["address"]), body, [[button]])
