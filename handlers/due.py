"""What falls due by itself: alerts nobody took, drafts that were forgotten, drafts that are too old."""

from datetime import timedelta

from chat.messages import Priority
from chat.texts import text
from handlers import alert
from handlers.desk import Desk, address_of

REMIND_AFTER = timedelta(minutes=30)


def sweep(desk: Desk) -> None:
    """Do everything whose time has come."""
    alert.sweep(desk)
    forgotten = desk.db.all(
        "select id, address, language from draft where touched_at <= ? and not reminded limit 50",
        (desk.now - REMIND_AFTER,),
    )
    for draft in forgotten:
        desk.db.execute("update draft set reminded = 1 where id = ?", (draft["id"],))
        body = text(draft["language"], "draft-forgotten", hours=desk.house.draft_hours)
        desk.show(address_of(draft["address"]), f"reminder:{draft['id']}", body, priority=Priority.REMINDER)
    expired = desk.db.all(
        "select id, address, language from draft where touched_at <= ? limit 50",
        (desk.now - timedelta(hours=desk.house.draft_hours),),
    )
    for draft in expired:
        desk.db.execute("delete from draft where id = ?", (draft["id"],))
        desk.show(address_of(draft["address"]), f"form:{draft['id']}", text(draft["language"], "draft-expired"))
