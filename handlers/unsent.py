"""Reminders that were written, not sent yet, and hold no longer: taken back, for the platform may be slow or away.

What one message tells and the message were written in one transaction: `told_at` of the reminders is its moment. What
is taken back waits again, and the next tick says of it what is right by then.
"""

from datetime import datetime
from typing import Any

import orjson

from handlers.desk import Desk
from models.database import opened
from models.queue import Outbox
from models.reminder import ReminderState
from models.visit import Visit
from reminders.plan import PUNCTUAL, Kind

LIST, OWN_LIST = "reminders:due", "reminders:own"  # the cards that tell of several things
_STILL = "outbox.state = 'waiting' and outbox.priority = '2' and not outbox.repeat"
_LISTS = (
    f"exists (select 1 from outbox where {_STILL} and due_at = reminder.told_at and card in ('{LIST}', '{OWN_LIST}'))"
)
_LATE = f"reminder.told_at in (select due_at from outbox where {_STILL} and due_at < :before)"
_PASSED = f"""
{_LATE} and reminder.state = '{ReminderState.SENT}' and reminder.start < :passed and reminder.kind <> '{Kind.CANCELLED}'
"""
_READERS = f"""
select reminder.id, reminder.told_at, account.address, {opened(Visit, "route")} from reminder
left join person on person.id = reminder.person left join account on account.id = person.account
left join visit on visit.id = reminder.visit and reminder.person is null
where reminder.told_at is not null and
"""
_MESSAGES = f"select {opened(Outbox, 'id', 'payload')} from outbox where {_STILL} and due_at = ?"
_RECALLED = "update outbox set state = 'recalled', payload = '', card = '', about = '' where id = ?"
_WAITS = f"update reminder set state = '{ReminderState.WAITING}', told_at = null where id = ?"


def take_back_passed(desk: Desk) -> None:
    """What reminds of something that has begun meanwhile: it is told as missed instead. Called by the tick."""
    late = desk.now - PUNCTUAL
    _take_back(desk, _PASSED, {"before": late, "passed": late})


def take_back_lists(desk: Desk, about: str, number: int) -> None:
    """The lists in which something stands that is otherwise now; `about` is a column of reminders."""
    _take_back(desk, f"reminder.{about} = :number and {_LISTS}", {"number": number})


def take_back_list_of(desk: Desk, person: int | None, visit: int | None) -> bool:
    """The list that waits for a reader (`person` None: the applicant of this visit); whether there was one. Of two, the
    older would give way to the newer, and what it tells would be lost."""
    if person is not None:
        whose = "person.account = (select account from person where id = :person)"
    else:
        whose = "visit.mark = (select mark from visit where id = :visit)"
    return _take_back(desk, f"{whose} and {_LISTS}", {"person": person, "visit": visit})


def _take_back(desk: Desk, which: str, values: dict[str, Any]) -> bool:
    """Take back the messages that tell of these reminders, with all that they tell; whether there were any."""
    messages = {(row["told_at"], row["address"] or row["route"]) for row in desk.db.all(_READERS + which, values)}
    return sum(_is_taken_back(desk, told_at, address) for told_at, address in messages) > 0


def _is_taken_back(desk: Desk, told_at: datetime, address: str) -> bool:
    """Whether a message of this moment to this chat had not been sent; then it is not, and what it told waits again."""
    unsent = [row for row in desk.db.all(_MESSAGES, (told_at,)) if orjson.loads(row["payload"])["address"] == address]
    for row in unsent:
        desk.db.execute(_RECALLED, (row["id"],))
    for row in desk.db.all(f"{_READERS} reminder.told_at = ?", (told_at,)) if unsent else ():
        if (row["address"] or row["route"]) == address:
            desk.db.execute(_WAITS, (row["id"],))
    return bool(unsent)
