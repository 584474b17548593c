"""Updates: stored before they are confirmed, dealt with in order for each person, each in one transaction."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import structlog

from bot.outbox import Outbox
from chat.clock import Clock
from chat.messages import Act, Channel, Incoming, Outgoing, Update
from chat.texts import nearest, text
from handlers import dispatch
from handlers.desk import House, Turn
from models.database import Database, Row, is_of_database, opened, sealing
from models.queue import Inbox as InboxRow

log = structlog.get_logger()
TRIES = 3

_ROW = opened(InboxRow, "id", "key", "lane", "payload", "tries")
_WAITING = f"select {_ROW} from inbox where state = 'waiting' order by id limit ?"
_DONE = "update inbox set state = 'done', lane = x'', payload = '' where id = ?"
_KEPT = (
    f"update inbox set state = 'waiting', lane = mark(?), payload = {sealing(InboxRow, 'payload')}, tries = ?, "
    "reason = ? where key = ?"
)
_FAILED = "update inbox set tries = ?, state = ?, reason = ? where id = ?"


class Inbox:
    """The durable entrance. `take` is called before the platform is told; `work` may be called at any time."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        house: House,
        channels: Mapping[str, Channel],
        outbox: Outbox,
    ) -> None:
        self._db = db
        self._clock = clock
        self._house = house
        self._channels = channels
        self._outbox = outbox
        self._behind = True  # updates of an earlier run, or such as failed, may wait to be dealt with

    def take(self, updates: Sequence[Update]) -> None:
        """Store these updates and deal with them, in one commit. A repeat changes nothing.

        What fails is kept, and with it all that its person said after it, for `work` to try again. Raises
        sqlite3.Error, and then nothing is stored and nothing may be confirmed.
        """
        if self._behind:
            self.work()
        try:
            self._take(updates, nullcontext)
        except Exception as error:
            if is_of_database(error):
                raise
            self._take(updates, self._db.savepoint)  # one of them failed: now each alone, so that it holds up no other

    def _take(self, updates: Sequence[Update], part: Callable[[], AbstractContextManager[None]]) -> None:
        behind, held = self._behind, set[str]()
        with self._db.transaction() as db:
            for update in updates:
                if not db.insert_new(InboxRow, key=update.key, state="done"):
                    continue
                if behind or update.lane in held:
                    db.execute(_KEPT, (update.lane, _written(update), 0, "", update.key))
                    continue
                try:
                    with part():
                        self._handle(update.key, update.raw)
                except Exception as error:
                    if part is nullcontext or is_of_database(error):
                        raise  # everything stays as it was
                    held.add(update.lane)
                    reason = _reason(error)
                    log.error("update failed", key=update.key, tries=1, parked=False, reason=reason)
                    db.execute(_KEPT, (update.lane, _written(update), 1, reason, update.key))
        self._behind = behind or bool(held)

    def work(self, limit: int = 100) -> bool:
        """Deal with what was kept, once; says whether there was any. One commit serves the whole batch."""
        if not self._behind:
            return False
        rows = self._db.all(_WAITING, (limit,))
        held: set[bytes] = set()
        with self._db.transaction() as db:
            for row in rows:
                if row["lane"] in held:
                    continue
                try:
                    with db.savepoint():
                        self._handle(row["key"], json.loads(row["payload"]))
                        db.execute(_DONE, (row["id"],))
                except Exception as error:
                    if is_of_database(error):
                        raise
                    held.add(row["lane"])
                    self._fail(row, error)
        self._behind = bool(rows)
        return self._behind

    def _handle(self, key: str, raw: dict[str, Any]) -> None:
        incoming = self._read(key, raw)
        if incoming is not None:
            turn = Turn(self._db, self._clock.now(), self._house, incoming)
            dispatch.handle(turn)
            self._outbox.post(turn.out, key, turn.now)

    def _read(self, key: str, raw: dict[str, Any]) -> Incoming | None:
        return self._channels[key.partition(":")[0]].read(raw)

    def _fail(self, row: Row, error: Exception) -> None:
        tries = row["tries"] + 1
        parked = tries >= TRIES
        reason = _reason(error)
        self._db.execute(_FAILED, (tries, "parked" if parked else "waiting", reason, row["id"]))
        log.error("update failed", key=row["key"], tries=tries, parked=parked, reason=reason)
        if parked:
            incoming = self._read(row["key"], json.loads(row["payload"]))
            if incoming is not None:
                sorry = text(nearest(incoming.language or self._house.language), "update-parked")
                note = Outgoing(incoming.address, Act.NOTE, sorry)
                self._outbox.post([note], f"{row['key']}:parked", self._clock.now())


def _written(update: Update) -> str:
    """An update as the inbox keeps it; escaped, so that half characters can be written down."""
    return json.dumps(update.raw, separators=(",", ":"))


def _reason(error: Exception) -> str:
    """What failed and where: never its words, which may quote a person."""
    return f"{type(error).__name__} in {_where(error)}"


def _where(error: Exception) -> str:
    """File and line of the failure."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
