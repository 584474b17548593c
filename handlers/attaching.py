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


def drop(desk: Desk, *, draft: int | None = None, report: int | None = None, minutes_point: int | None = None) -> int:
    """Nothing of the attachments of a draft, a report or a point of minutes is kept any longer; their files go once
    that is committed.

    Returns how many files that are.
    """
    belongs = "draft = ? or report = ? or minutes_point = ?"
    rows = desk.db.all(f"select id, name from attachment where {belongs}", (draft, report, minutes_point))
    for row in rows:
        desk.db.execute("delete from attachment where id = ?", (row["id"],))
    if names := [row["name"] for row in rows if row["name"]]:
        desk.db.after_commit(partial(desk.house.cabinet.take_away, names))
    return len(names)
