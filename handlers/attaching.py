"""Attachments as conversations see them: named by the platform when they come, fetched and cleaned beside the
conversation (bot.porter), taken away with what they belong to."""

from collections.abc import Sequence
from functools import partial

from handlers.desk import Desk, Turn
from models.attachment import Attachment, AttachmentState
from models.database import Row


def attach(turn: Turn, draft: int) -> int:
    """What was sent just now belongs to this draft; returns its number."""
    turn.db.after_commit(turn.house.cabinet.called.set)
    return turn.db.insert(Attachment, draft=draft, file=turn.incoming.file, came_at=turn.now)


def pending(desk: Desk, attachments: Sequence[int] | None) -> bool:
    """Whether some of these are still to be fetched and cleaned."""
    marks = ", ".join("?" * len(attachments or ()))
    wanted = f"select 1 from attachment where state = '{AttachmentState.WANTED}' and id in ({marks})"
    return desk.db.one(wanted, tuple(attachments or ())) is not None


def kept(desk: Desk, report: int) -> list[Row]:
    """What came with a report and is kept: id and kind."""
    return desk.db.all("select id, kind from attachment where report = ? and state = 'kept' order by id", (report,))


def hand_over(desk: Desk, attachments: Sequence[int], most: int, **whose: int) -> bool:
    """So many photos of a draft belong to a `minutes_point` or an `inspection` from now on. Whether all of them did.

    What is no photo, or is too much, is not kept.
    """
    [(column, number)] = whose.items()
    update = f"update attachment set {column} = ?, draft = null where id = ? and state = 'kept' and kind = 'photo'"
    taken = 0
    for attachment in attachments:
        if taken < most:
            taken += desk.db.execute(update, (number, attachment))
    left = "select draft from attachment where id in (select value from json_each(?)) and draft is not null"
    for row in desk.db.all(left, (list(attachments),)):
        drop(desk, draft=row["draft"])
    return taken == len(attachments)


def drop(desk: Desk, **whose: int) -> int:
    """Nothing of the attachments of a `draft`, a `report`, a `minutes_point` or an `inspection` is kept any longer;
    their files go once that is committed.

    Returns how many files that are.
    """
    [(column, number)] = whose.items()
    rows = desk.db.all(f"select id, name from attachment where {column} = ?", (number,))
    for row in rows:
        desk.db.execute("delete from attachment where id = ?", (row["id"],))
    if names := [row["name"] for row in rows if row["name"]]:
        desk.db.after_commit(partial(desk.house.cabinet.take_away, names))
    return len(names)
