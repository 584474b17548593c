"""Fetches what people attach, has it cleaned, and keeps it, beside the conversations and one at a time.

The file as it came lies sealed under a key that only this process knows, and goes as soon as it was cleaned; what cannot
be cleaned is not kept, and its giver is told (scope.md; attachments.cleaning).
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import structlog

from attachments.apart import clean_apart
from attachments.cabinet import RAW, Cabinet
from attachments.outcome import MOST_BYTES, Refused
from attachments.sealed_file import SealedWriter, new_key
from bot.outbox import Outbox
from chat.clock import Clock
from chat.messages import Act, Channel, ChannelDown, FileGone, Outgoing
from chat.texts import text
from handlers.desk import House, address_of
from models.attachment import Attachment
from models.database import Database, Row, opened, sealing
from models.draft import Draft

log = structlog.get_logger()
PATIENCE = timedelta(minutes=2)  # that a platform may take to hand out a file
_WANTED = (
    f"select {opened(Attachment, 'id', 'file', 'came_at')}, {opened(Draft, 'address', 'language')}, draft.id as draft "
    "from attachment join draft on draft.id = attachment.draft where attachment.state = 'wanted' order by attachment.id"
)
_KEPT = (
    f"update attachment set state = 'kept', kind = ?, name = ?, key = {sealing(Attachment, 'key')}, file = '' "
    "where id = ? and state = 'wanted'"
)
_REFUSED = "update attachment set state = 'refused', reason = ?, file = '' where id = ? and state = 'wanted'"
_ANSWERS = f"select {opened(Draft, 'answers')} from draft where id = ?"
_CORRECTED = f"update draft set answers = {sealing(Draft, 'answers')} where id = ?"


def keeping(db: Database, cabinet: Cabinet) -> Callable[[str], BinaryIO]:
    """How a channel opens what is kept, by its number. Raises OSError where it is kept no longer."""

    def keep(number: str) -> BinaryIO:
        row = db.one(f"select name, {opened(Attachment, 'key')} from attachment where id = ?", (int(number),))
        if row is None or not row["name"]:
            raise FileNotFoundError(number)
        return cabinet.open(row["name"], bytes.fromhex(row["key"]))

    return keep


class Porter:
    """`run` works until it is stopped; `work` deals with what is wanted now."""

    def __init__(
        self, db: Database, clock: Clock, house: House, channels: Mapping[str, Channel], outbox: Outbox
    ) -> None:
        self._db = db
        self._clock = clock
        self._house = house
        self._channels = channels
        self._outbox = outbox
        self._cabinet = house.cabinet

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch whatever is called for, until stopped."""
        self._cabinet.sweep(row["name"] for row in self._db.all("select name from attachment where name <> ''"))
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            self._cabinet.called.clear()
            working = asyncio.create_task(self._insist())
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
        await asyncio.gather(stopping)

    async def _insist(self) -> None:
        try:
            wait = None if await self.work() else 1.0
        except (sqlite3.OperationalError, OSError) as error:
            log.error("an attachment waits", reason=type(error).__name__)
            wait = 1.0
        try:
            await asyncio.wait_for(self._cabinet.called.wait(), wait)
        except TimeoutError:
            return

    async def work(self) -> bool:
        """Deal with everything that is wanted; whether nothing is left to be tried again."""
        done = True
        for row in self._db.all(_WANTED):
            done = await self._fetch(row) and done
        return done

    async def _fetch(self, row: Row) -> bool:
        raw, raw_key = self._cabinet.new(RAW), new_key()
        target, key = self._cabinet.new(), new_key()
        try:
            try:
                with SealedWriter(raw, raw_key) as writer:
                    channel = self._channels[address_of(row["address"]).platform]
                    await channel.download(row["file"], writer, MOST_BYTES)  # type: ignore[arg-type]
                kind = await clean_apart(raw, raw_key, target, key)
            finally:
                raw.unlink(missing_ok=True)
        except Refused as refused:
            self._refuse(row, refused.reason.value)
        except FileGone as gone:
            self._refuse(row, gone.reason)
        except ChannelDown:
            if self._clock.now() - row["came_at"] < PATIENCE:
                return False
            self._refuse(row, "gone")
        except OSError as error:
            log.error("an attachment cannot be kept", reason=error.strerror)
            self._refuse(row, "full")
        else:
            self._keep(row, kind.value, target, key)
        return True

    def _keep(self, row: Row, kind: str, target: Path, key: bytes) -> None:
        with self._db.transaction() as db:
            kept = db.execute(_KEPT, (kind, target.name, key.hex(), row["id"]))
        if not kept:  # its form was given up meanwhile
            target.unlink(missing_ok=True)

    def _refuse(self, row: Row, reason: str) -> None:
        """It is not passed on: out of the form it goes, and its giver is told why."""
        with self._db.transaction() as db:
            if not db.execute(_REFUSED, (reason, row["id"])):
                return
            draft = db.one(_ANSWERS, (row["draft"],))
            if draft is not None:
                left = [number for number in draft["answers"].get("attachments") or () if number != row["id"]]
                db.execute(_CORRECTED, (draft["answers"] | {"attachments": left or None}, row["draft"]))
            body = text(row["language"], f"attachment-refused-{reason}")
            note = Outgoing(address_of(row["address"]), Act.NOTE, body)
            self._outbox.post([note], f"attachment:{row['id']}", self._clock.now())
        self._outbox.wake()
