"""Action items as they are kept: what was agreed at a meeting, who does it until when, and whether it is done."""

from datetime import date

from handlers import reminding
from handlers.desk import Desk
from models.agenda import ActionItem
from models.database import Row, opened
from reminders.action import is_overdue

_ITEM = f"""
select {opened(ActionItem, "id", "place", "occasion", "owner", "day", "words", "made_at", "told_at", "done_at")},
       person.name
from action_item join person on person.id = action_item.owner
"""


def card(owner: int) -> str:
    """What the list of somebody's items is called in their chat."""
    return f"actions:{owner}"


def load(desk: Desk, item: int) -> Row | None:
    return desk.db.one(f"{_ITEM} where action_item.id = ?", (item,))


def add(desk: Desk, occasion: Row, owner: int, day: str, words: str, by: int) -> None:
    """A new item; whoever takes it on in person need not be told."""
    told_at = desk.now if owner == by else None
    desk.db.insert(
        ActionItem,
        place=occasion["place"],
        occasion=occasion["id"],
        owner=owner,
        day=day,
        words=words,
        made_at=desk.now,
        told_at=told_at,
        look_at=desk.now,
    )


def open_of(desk: Desk, persons: list[int]) -> list[Row]:
    """What these persons have still to do, the most urgent first."""
    marks = ", ".join("?" * len(persons))
    asked = f"{_ITEM} where action_item.done_at is null and action_item.owner in ({marks})"
    return desk.db.all(f"{asked} order by action_item.day, action_item.id", persons)


def open_at(desk: Desk, places: list[int]) -> list[Row]:
    """What is still to be done in these places, the most urgent first."""
    marks = ", ".join("?" * len(places))
    asked = f"{_ITEM} where action_item.done_at is null and action_item.place in ({marks})"
    return desk.db.all(f"{asked} order by action_item.day, action_item.id", places)


def agreed_at(desk: Desk, occasion: int) -> list[Row]:
    """What was agreed at a meeting, done or not."""
    return desk.db.all(f"{_ITEM} where action_item.occasion = ? order by action_item.id", (occasion,))


def look_again(desk: Desk, owner: int) -> None:
    """The owner's days of leave have changed: what waited for one of them may be told sooner."""
    update = "update action_item set look_at = ? where owner = ? and look_at > ? and done_at is null"
    desk.db.execute(update, (desk.now, owner, desk.now))


def is_late(desk: Desk, item: Row) -> bool:
    """Whether it should have been done by now."""
    return item["done_at"] is None and is_overdue(date.fromisoformat(item["day"]), desk.house.today(desk.now))


def done(desk: Desk, item: Row, by: int) -> bool:
    """It is done: all that waits to be said of it is not said any more. False where somebody was quicker."""
    update = "update action_item set done_at = ?, done_by = ?, look_at = null where id = ? and done_at is null"
    if not desk.db.execute(update, (desk.now, by, item["id"])):
        return False
    reminding.recall(desk, card(item["owner"]))
    return True


def late_at(desk: Desk, places: list[int], but: set[int]) -> list[Row]:
    """What others than these persons have not done in time in these places, the latest first."""
    return [item for item in open_at(desk, places) if item["owner"] not in but and is_late(desk, item)]


def reopened(desk: Desk, item: Row) -> bool:
    """It is not done after all; its owner is reminded again. False where it was open."""
    update = "update action_item set done_at = null, done_by = null, look_at = ? where id = ? and done_at is not null"
    return bool(desk.db.execute(update, (desk.now, item["id"])))
