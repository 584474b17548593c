"""The reporter's card: what has really happened to a report, edited in place at each step."""

from chat.messages import Button
from chat.texts import listed, text
from handlers.desk import Desk, address_of
from models.database import Row, columns
from models.report import Report, ReportState

_REPORT = f"""
select {columns(Report)}, person.name as reporter_name, account.address, account.language, account.name as account,
       account.blocked,
       alert.id as alert, alert.state as alert_state, alert.holder, alert.step, holder.name as holder_name
from report join person on person.id = report.reporter left join account on account.id = person.account
left join alert on alert.report = report.id left join person as holder on holder.id = alert.holder
where report.id = ?
"""
_DELIVERIES = """
select person.name, delivery.fate, delivery.step from delivery join person on person.id = delivery.person
where delivery.alert = ? order by delivery.sent_at, person.id
"""


def load(desk: Desk, report: int) -> Row | None:
    """A report with its reporter and the state of its alert."""
    return desk.db.one(_REPORT, (report,))


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
    if not any(delivery["fate"] != "unreachable" for delivery in deliveries):
        lines.append(text(language, "standing-nobody", emergency=desk.house.emergency))
    return "\n".join(lines)


def show(desk: Desk, report: int, *, renew: bool = False) -> None:
    """The reporter's card as things stand."""
    row = load(desk, report)
    if row is None or not row["address"]:
        return
    language = row["language"]
    body = text(
        language,
        "reporter-card",
        number=row["number"],
        where=row["where"],
        behaviours=behaviours(row, language),
        standing=standing(desk, row, language),
    )
    buttons = []
    if row["state"] == ReportState.OPEN:
        buttons = [
            [
                Button(text(language, "reporter-add"), f"r:{report}:add"),
                Button(text(language, "reporter-withdraw"), f"r:{report}:withdraw"),
            ]
        ]
    desk.show(address_of(row["address"]), f"report:{report}", body, buttons, renew=renew)


def tell(desk: Desk, report: int, name: str, /, **arguments: str | int) -> None:
    """The card as it is now, and a short message at a step that matters."""
    row = load(desk, report)
    if row is None or not row["address"]:
        return
    show(desk, report)
    body = text(row["language"], name, number=row["number"], **arguments)
    desk.note(address_of(row["address"]), body)


def behaviours(report: Row, language: str) -> str:
    return listed(language, (text(language, f"suspicious-behaviours-{kind}") for kind in report["about"]))
