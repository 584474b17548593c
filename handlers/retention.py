"""Short memory (scope.md): what has been closed for long enough is erased with all that hangs on it; a count stays."""

from datetime import timedelta

from chat.messages import Act, Outgoing, Priority
from handlers.desk import Desk, address_of
from models.erasure import Erasure

MOST = 200  # reports in one transaction
_DUE = """
select report.id, alert.id as alert, account.address
from report left join person on person.id = report.reporter left join account on account.id = person.account
left join alert on alert.report = report.id
where report.closed_at <= case when report.outcome = 'unfounded' or report.state = 'withdrawn' then ? else ? end
order by report.id limit ?
"""
# Children first: foreign keys are on.
_ERASE = (
    "delete from exchange where report = :report",
    "delete from opening where report = :report",
    "delete from followup where report = :report",
    "delete from delivery where alert = :alert",
    "delete from alert where id = :alert",
    "delete from draft where report = :report",
    "update report set same_as = null where same_as = :report",
    "delete from report where id = :report",
)


def due(desk: Desk, most: int = MOST) -> list[tuple[int, int | None, str]]:
    """The reports whose time is over: id, alert, and the chat that shows the reporter's card (empty: none).

    What was unfounded, or withdrawn, is kept for a shorter time than what was not.
    """
    house = desk.house
    short, long = (desk.now - timedelta(days=days) for days in (house.unfounded_days, house.report_days))
    return [(row["id"], row["alert"], row["address"] or "") for row in desk.db.all(_DUE, (short, long, most))]


def erase(desk: Desk) -> int:
    """Erase what is due, inside the caller's transaction; returns how many. Cards of it in chats are taken away."""
    reports = due(desk)
    for report, alert, address in reports:
        if address:
            desk.out.append(
                Outgoing(address_of(address), Act.FORGET, card=f"report:{report}", priority=Priority.REMINDER)
            )
        for sql in _ERASE:
            desk.db.execute(sql, {"report": report, "alert": alert})
    if reports:
        desk.db.insert(Erasure, kind="report", count=len(reports), erased_at=desk.now)
    return len(reports)
