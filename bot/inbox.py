"""Updates: stored before they are confirmed, dealt with in order for each person, each in one transaction."""

import sqlite3
from collections.abc import Mapping, Sequence

import structlog

from bot.outbox import Outbox
from chat.clock import Clock
from chat.messages import Act, Channel, Incoming, Outgoing, Update
from chat.texts import nearest, text
from handlers import dispatch
from handlers.desk import House, Turn
from models.database import Database, Row
from models.queue import Inbox as InboxRow

log = structlog.get_logger()
TRIES = 3

_WAITING = "select id, key, lane, payload, tries from inbox where state = 'waiting' order by id limit ?"
_DONE = "update inbox set state = 'done', lane = '', payload = x'' where id = ?"
_FAILED = "update inbox set tries = ?, state = ?, reason = ? where id = ?"


class Inbox:
    """The durable entrance. `store` is called before the platform is told; `work` may be called at any time."""

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

    def store(self, updates: Sequence[Update]) -> None:
        """Commit these updates. A repeat changes nothing. Raises sqlite3.Error, and then nothing may be confirmed."""
        if not updates:
            return
        with self._db.transaction() as db:
            for update in updates:
                db.insert_new(InboxRow, key=update.key, lane=update.lane, payload=update.payload)

    def work(self, limit: int = 100) -> int:
        """Deal with what waits; returns how many updates were looked at. One commit serves the whole batch."""
        rows = self._db.all(_WAITING, (limit,))
        if not rows:
            return 0
        held: set[str] = set()
        with self._db.transaction() as db:
            for row in rows:
                if row["lane"] in held:
                    continue
                try:
                    with db.savepoint():
                        self._one(row)
                except sqlite3.OperationalError:
                    raise  # the disk or a lock, not this update: everything stays as it was
                except Exception as error:
                    held.add(row["lane"])
                    self._fail(row, error)
        return len(rows)

    def _one(self, row: Row) -> None:
        incoming = self._incoming(row)
        if incoming is not None:
            turn = Turn(self._db, self._clock.now(), self._house, incoming)
            dispatch.handle(turn)
            self._outbox.post(turn.out, row["key"], turn.now)
        self._db.execute(_DONE, (row["id"],))

    def _incoming(self, row: Row) -> Incoming | None:
        return self._channels[row["key"].partition(":")[0]].read(row["payload"])

    def _fail(self, row: Row, error: Exception) -> None:
        tries = row["tries"] + 1
        parked = tries >= TRIES
        reason = f"{type(error).__name__} in {_where(error)}"
        self._db.execute(_FAILED, (tries, "parked" if parked else "waiting", reason, row["id"]))
        log.error("update failed", key=row["key"], tries=tries, parked=parked, reason=reason)
        if parked:
            incoming = self._incoming(row)
            if incoming is not None:
                sorry = text(nearest(incoming.language), "update-parked")
                note = Outgoing(incoming.address, Act.NOTE, sorry)
                self._outbox.post([note], f"{row['key']}:parked", self._clock.now())


def _where(error: Exception) -> str:
    """File and line of the failure: never its words, which may quote a person."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
