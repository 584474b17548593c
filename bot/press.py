"""Has papers made that people asked for, beside the conversations and one at a time, and puts them into the outbox.

What is ordered stands in the database (models.paper): a run that was killed is gone on with by the next.
"""

import asyncio
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from attachments.sealed_file import SealedWriter, new_key
from bot.beside import work_beside
from bot.outbox import Outbox
from chat.clock import Clock
from exports.faces import FontMissing
from exports.studio import Studio
from handlers import paper
from handlers.desk import Desk, House
from handlers.meetings import minutes_paper
from handlers.paper import Gather, Gathered
from handlers.workload import analysis, board_picture, month_book
from models.database import Database, DatabaseUnusable, Row, is_of_database, sealing
from models.paper import Paper, PaperKind

log = structlog.get_logger()
GATHER: Mapping[str, Gather] = {
    PaperKind.PICTURE: board_picture.gather,
    PaperKind.TABLE: month_book.gather,
    PaperKind.ANALYSIS: analysis.gather,
    PaperKind.ANALYSIS_PICTURE: analysis.gather_picture,
    PaperKind.MINUTES: minutes_paper.gather,
}
TRAFFIC = ("inbox", "outbox", "card", "draft", "paper")  # what every word with anybody writes to: no picture shows it
_ORDERED = "select id from paper where state = 'ordered' order by id"
_MADE = f"update paper set state = 'made', name = ?, key = {sealing(Paper, 'key')} where id = ? and state = 'ordered'"


class Press:
    """`run` works until it is stopped; `work` deals with what is ordered now."""

    def __init__(self, db: Database, clock: Clock, house: House, outbox: Outbox) -> None:
        self._db = db
        self._clock = clock
        self._house = house
        self._outbox = outbox
        self.studio = Studio()
        self._state: Any = None  # of everything that a picture may show, when those below were gathered
        self._gathered: dict[Any, Gathered | None] = {}  # pictures, by who asked for what

    async def run(self, stop: asyncio.Event) -> None:
        """Make whatever is ordered, until stopped."""
        async with self.studio:
            await work_beside(self.work, self._house.cabinet.ordered, stop)

    async def work(self) -> bool:
        """Deal with everything that is ordered; whether nothing is left to be tried again."""
        done = True
        for row in self._db.all(_ORDERED):
            done = await self._deal_with(row["id"]) and done
        return done

    async def _deal_with(self, number: int) -> bool:
        """Make one paper; false where it is to be tried again."""
        try:
            row = paper.load(self._desk(self._db), number)
            if row is None or not row["address"]:  # whoever asked for it has left, or has no phone any more
                self._give_up(number)
                return True
            gathered = await self._gathered_for(row)
            if gathered is None:
                self._give_up(number, "not-yours")
                return True
            made = await gathered.make(self.studio)
            await self._keep(row, gathered, made)
        except FontMissing as missing:
            log.error("a paper is not made", reason=str(missing))
            self._give_up(number, "paper-no-font")
        except DatabaseUnusable:
            return False
        except Exception as error:
            if is_of_database(error) or isinstance(error, OSError):
                raise
            log.exception("a paper is not made", kind=row["kind"] if row else "")
            self._give_up(number)
        return True

    def _desk(self, db: Database) -> Desk:
        return Desk(db, self._clock.now(), self._house)

    async def _gathered_for(self, row: Row) -> Gathered | None:
        """The figures of a paper; those of a picture are not gathered again while nothing has changed."""
        if row["kind"] != PaperKind.PICTURE:
            return await asyncio.to_thread(self._gather, row)
        hour = self._clock.now().replace(minute=0, second=0, microsecond=0)  # what is overdue becomes so on the hour
        asked = tuple(row[name] for name in ("person", "place", "coordinator", "period", "language"))
        state = hour, self._db.state(besides=TRAFFIC)  # before they are gathered: what is newer counts anew
        if state != self._state:
            self._state = state
            self._gathered.clear()
        if asked not in self._gathered:
            self._gathered[asked] = await asyncio.to_thread(self._gather, row)
        return self._gathered[asked]

    def _gather(self, row: Row) -> Gathered | None:
        """In a thread, with a connection of its own: a year's figures are many, and conversations go on."""
        db = self._db.another()
        try:
            return GATHER[row["kind"]](self._desk(db), row)
        finally:
            db.close()

    async def _keep(self, row: Row, gathered: Gathered, made: bytes) -> None:
        key, target = new_key(), self._house.cabinet.new()
        await asyncio.to_thread(_seal, target, key, made)
        desk = self._desk(self._db)
        try:
            with self._db.transaction() as db:
                kept = db.execute(_MADE, (target.name, key.hex(), row["id"]))
                if kept:
                    paper.bring(desk, row, gathered)
                    self._outbox.post(desk.out, f"paper:{row['id']}", desk.now)
        except sqlite3.Error:
            target.unlink(missing_ok=True)
            raise
        if not kept:  # it was given up meanwhile
            target.unlink(missing_ok=True)
        self._outbox.wake()

    def _give_up(self, number: int, why: str = "paper-failed") -> None:
        desk = self._desk(self._db)
        with self._db.transaction():
            paper.give_up(desk, number, why)
            self._outbox.post(desk.out, f"paper:{number}:not", desk.now)
        self._outbox.wake()


def _seal(target: Path, key: bytes, made: bytes) -> None:
    with SealedWriter(target, key) as writer:
        writer.write(made)
