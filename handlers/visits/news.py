"""When staff and applicant hear of what is new about a request: outside quiet hours, unless it would be missed (V1)."""

from datetime import datetime

from handlers import reminding
from handlers.desk import Desk
from reminders.plan import MARGIN, heard_at


def tell_staff(desk: Desk, number: int, news: str, before: datetime | None = None, by: int | None = None) -> None:
    """Who goes along, or may, is to hear this but for `by`, outside quiet hours; at once if of a visit `before`."""
    update = "update visit set staff_news = ?, staff_news_at = ?, news_by = ? where id = ?"
    desk.db.execute(update, (news, _heard(desk, before), by, number))


def tell_applicant(desk: Desk, number: int, news: str) -> None:
    """The applicant is to hear this, outside quiet hours and days off."""
    update = "update visit set own_news = ?, own_news_at = ? where id = ?"
    desk.db.execute(update, (news, _heard(desk), number))


def _heard(desk: Desk, before: datetime | None = None) -> datetime:
    heard = heard_at(desk.now, desk.house.calendar, reminding.settings_of(desk, None))
    return desk.now if before and heard + MARGIN > before else heard
