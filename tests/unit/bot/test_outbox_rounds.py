"""The outbox and what is written while it sends."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from benchmarks.linli_folder import RING
from bot.outbox import Outbox
from chat.clock import SystemClock
from chat.messages import Act, Address, Capabilities, Fate, Outgoing, Priority, Receipt
from handlers.desk import Desk, House
from models.database import Database
from models.migration import migrate
from platforms.telegram.channel import TelegramChannel

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
OFFICER, REPORTER = Address("telegram", "1"), Address("telegram", "2")
HOUSE = House(ZoneInfo("Asia/Shanghai"))


class Carrier(TelegramChannel):
    """Carries everything at once; `meanwhile` happens while the first message is under way."""

    capabilities = Capabilities()

    def __init__(self) -> None:
        super().__init__("1:abc")
        self.carried: list[str] = []
        self.meanwhile: Callable[[], None] | None = None

    async def send(self, outgoing: Outgoing, message: str) -> Receipt:
        self.carried.append(outgoing.text)
        if self.meanwhile:
            happens, self.meanwhile = self.meanwhile, None
            happens()
        return Receipt(Fate.DONE, message=str(len(self.carried)))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    migrate(tmp_path / "linli.db")
    opened = Database(tmp_path / "linli.db", RING)
    yield opened
    opened.close()


async def test_what_a_receipt_brings_does_not_displace_what_was_chosen_in_the_same_round(db: Database) -> None:
    def delivered(desk: Desk, about: str, receipt: Receipt) -> None:
        desk.show(REPORTER, "report:1", "it has arrived")

    carrier = Carrier()
    seconds = count()
    outbox = Outbox(db, SystemClock(), HOUSE, {"telegram": carrier}, delivered, lambda: float(next(seconds)))

    def post(outgoing: Outgoing, source: str) -> None:
        with db.transaction():
            outbox.post([outgoing], source, NOW)

    forgotten = Outgoing(REPORTER, Act.SHOW, "a form is not finished", card="form:1", priority=Priority.REMINDER)
    carrier.meanwhile = lambda: post(forgotten, "tick")
    post(Outgoing(OFFICER, Act.SHOW, "alert", card="alert:1", priority=Priority.ALERT, about="alert:1:1"), "update")
    while not outbox.idle:
        await outbox.flush()
    assert sorted(carrier.carried) == ["a form is not finished", "alert", "it has arrived"]
    assert outbox.idle
    assert not db.all("select 1 from outbox where state <> 'done'")
