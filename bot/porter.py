"""Fetches what people attach, has it cleaned, and keeps it, beside the conversations and one at a time.

The file as it came lies sealed under a key that only this process knows, and goes as soon as it was cleaned; what
cannot be cleaned is not kept, and its giver is told (scope.md; attachments.cleaning).
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import structlog

from attachments.apart import clean_apart
from attachments.cabinet import RAW, Cabinet
from attachments.outcome import MOST_BYTES, Kind, Refused
from attachments.sealed_file import SealedWriter, new_key
from bot.beside import work_beside
from bot.outbox import Outbox
from chat.clock import Clock
from chat.messages import Channel, ChannelDown, FileGone, Incoming, Said
from handlers import form_card
from handlers.desk import House, Turn, address_of
from models.attachment import Attachment
from models.database import Database, Row, opened, sealing
from models.draft import Draft
from models.paper import Paper

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
_NAMES = "select name from attachment where name <> '' union all select name from paper where name <> ''"
# Only of staff is the account known by name.
_WHOSE = "select name from account where mark(name) = (select account from draft where id = ?)"


def keeping(db: Database, cabinet: Cabinet) -> Callable[[str], BinaryIO]:
    """How a channel opens what is kept, by its number, or a paper by `handlers.paper.called`.

    Raises OSError where it is kept no longer.
    """

    def keep(file: str) -> BinaryIO:
        number = file.rpartition(":")[2]
        table = Attachment if file == number else Paper
        asked = f'select name, {opened(table, "key")} from "{table.__tablename__}" where id = ?'
        row = db.one(asked, (int(number),))
        if row is None or not row["name"]:
            raise FileNotFoundError(file)
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
        self._cabinet.sweep(row["name"] for row in self._db.all(_NAMES))
        await work_beside(self.work, self._cabinet.called, stop)

    async def work(self) -> bool:
        """Deal with everything that is wanted; whether nothing is left to be tried again."""
        done = True
        for row in self._db.all(_WANTED):
            done = await self._fetch(row) and done
        return done

    async def _fetch(self, row: Row) -> bool:
        key = new_key()
        try:
            target = self._cabinet.new()
            kind = await self._cleaned(row, target, key)
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

    async def _cleaned(self, row: Row, target: Path, key: bytes) -> Kind:
        """Fetch the file and have it cleaned into `target`; as what it is to be sent."""
        raw, raw_key = self._cabinet.new(RAW), new_key()
        try:
            with SealedWriter(raw, raw_key) as writer:
                channel = self._channels[address_of(row["address"]).platform]
                await channel.download(row["file"], writer, MOST_BYTES)
            return await clean_apart(raw, raw_key, target, key)
        finally:
            raw.unlink(missing_ok=True)

    def _keep(self, row: Row, kind: str, target: Path, key: bytes) -> None:
        with self._db.transaction() as db:
            kept = db.execute(_KEPT, (kind, target.name, key.hex(), row["id"]))
        if not kept:  # its form was given up meanwhile
            target.unlink(missing_ok=True)

    def _refuse(self, row: Row, reason: str) -> None:
        """It is not passed on: out of the form it goes, and its giver is told why."""
        now = self._clock.now()
        with self._db.transaction() as db:
            if not db.execute(_REFUSED, (reason, row["id"])):
                return
            who = db.one(_WHOSE, (row["draft"],))
            account = str(who["name"]) if who else ""
            incoming = Incoming(address_of(row["address"]), account, Said.OTHER, language=row["language"])
            turn = Turn(db, now, self._house, incoming)
            form_card.take_out(turn, row["draft"], row["id"], turn.text(f"attachment-refused-{reason}"))
            self._outbox.post(turn.out, f"attachment:{row['id']}", now)
        self._outbox.wake()
