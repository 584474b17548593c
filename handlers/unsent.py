"""Reminders that were written, not sent yet, and of use no more: taken back, for the platform may be slow or away.

What a message tells and the message were written in one transaction: `told_at` of the reminder is its moment. What is
taken back waits again, and the next tick says of it what is right by then.
"""

from collections.abc import Callable

import orjson

from handlers.desk import Desk
from models.database import Row, opened
from models.queue import Outbox
from models.reminder import ReminderState
from models.visit import Visit
from reminders.plan import PUNCTUAL, Kind

_STILL = "outbox.state = 'waiting' and outbox.priority = '2' and not outbox.repeat"
_PASSED = f"""
select reminder.id, reminder.meeting, reminder.visit, reminder.person, reminder.told_at, account.address,
       {opened(Visit, "route")}
from reminder left join person on person.id = reminder.person left join account on account.id = person.account
left join visit on visit.id = reminder.visit and reminder.person is null
where reminder.told_at in (select due_at from outbox where {_STILL} and due_at < :late)
and reminder.state = '{ReminderState.SENT}' and reminder.start < :late and reminder.kind <> '{Kind.CANCELLED}'
"""
_MESSAGES = f"select {opened(Outbox, 'id', 'payload')} from outbox where {_STILL} and due_at = ? and card = ?"
_RECALLED = "update outbox set state = 'recalled', payload = '', card = '', about = '' where id = ?"
_WAITS = f"update reminder set state = '{ReminderState.WAITING}', told_at = null where id = ?"


def recall(desk: Desk, message: int) -> None:
    """A message that waits in the outbox is not sent."""
    desk.db.execute(_RECALLED, (message,))


def take_back(desk: Desk, card: Callable[[Row], str]) -> None:
    """What reminds of something that has begun meanwhile is told as missed instead. `card`: what was to tell it."""
    for row in desk.db.all(_PASSED, {"late": desk.now - PUNCTUAL}):
        address = row["address"] or row["route"]
        for message in desk.db.all(_MESSAGES, (row["told_at"], card(row))):
            if orjson.loads(message["payload"])["address"] == address:
                recall(desk, message["id"])
                desk.db.execute(_WAITS, (row["id"],))
