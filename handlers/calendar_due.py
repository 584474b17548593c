"""The calendar of working days in a running bot: taken up when it was changed, its end told to the town office."""

from datetime import time

from chat.messages import Priority
from chat.texts import text
from handlers.desk import Desk, address_of
from handlers.meetings import occasions
from handlers.spot_checks import checks
from handlers.visits import requests
from models.calendar import CalendarWarning
from models.person import Role
from reminders.calendar_table import take_up

MORNING = time(9)
CARD = "calendar"
_OFFICE = """
select account.address, account.language from person join account on account.id = person.account
where person.active and person.role = ? and not account.blocked group by account.id order by account.id
"""


def sweep(desk: Desk) -> None:
    """Work by the newest table, plan meetings and visits anew by it, and warn of its end. Called by the tick."""
    take_up(desk.db, desk.house.days)
    if desk.db.one("select 1 from calendar_import where not settled"):
        desk.db.execute("update calendar_import set settled = 1 where not settled")
        occasions.look_again(desk)
        checks.look_again(desk)
        requests.look_again(desk)
    _warn(desk)


def _warn(desk: Desk) -> None:
    """Where make-up days are known for two months only, the town office hears of it once, at a working morning."""
    there = desk.now.astimezone(desk.house.zone)
    until = desk.house.days.covered_until()
    if not desk.house.days.ends_soon(there.date()) or there.time() < MORNING:
        return
    told = desk.db.one("select 1 from calendar_warning where covered_until = ?", (until.isoformat(),))
    if told or not desk.house.is_working_day(there.date()):
        return
    for clerk in desk.db.all(_OFFICE, (Role.TOWN_OFFICE.value,)):
        body = text(clerk["language"], "calendar-ends", day=until.isoformat())
        desk.show(address_of(clerk["address"]), CARD, body, renew=True, priority=Priority.REMINDER)
        desk.db.insert_new(CalendarWarning, covered_until=until.isoformat(), told_at=desk.now)
