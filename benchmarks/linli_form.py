"""Linli's report form, whole: every update, draft, report, message and receipt committed with synchronous=FULL."""

import json
import tempfile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.conversation import FIRST, PEOPLE, ROUNDS, Phones, conversation
from benchmarks.measuring import Measured, measured
from bot.runtime import Bot
from chat.clock import SystemClock
from handlers.desk import House
from models.database import Database
from models.migration import migrate
from models.person import Account, Assignment, Person
from models.place import Place
from platforms.telegram.channel import TelegramChannel
from platforms.telegram.translate import update_of

# The same nine answers; the menu, "done" after several behaviours and "may the officer ask" are updates of their own.
STEPS = (
    "/report",
    "可疑情况",
    "否",
    "试拉门窗",
    "选好了",
    "南苑一片",
    "现在",
    "=两人挨个试拉停在路边的车门，有一辆被拉开了",
    "跳过",
    "跳过",
    "可以",
    "提交",
)


class Channel(TelegramChannel):
    """The network stubbed below the JSON: what is written and read is what goes over the wire."""

    def __init__(self, phones: Phones) -> None:
        super().__init__("110110:benchmark")
        self._phones = phones

    async def _http(self, method: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        return 200, self._phones.answer(method, json.loads(body))


def furnish(db: Database) -> None:
    """200 coordinators of one area, and the officer who answers for it."""
    with db.transaction():
        town = db.insert(Place, code="TOWN", name="青溪镇", kind="town")
        committee = db.insert(Place, code="NY", name="南苑社区", kind="committee", parent=town)
        area = db.insert(Place, code="NY-1", name="南苑一片", kind="area", parent=committee)
        for number in range(PEOPLE + 1):
            chat = FIRST + number
            now = SystemClock().now()
            name = f"telegram:{chat}"
            account = db.insert(Account, name=name, address=name, language="zh", bound_at=now)
            role = "officer" if number == PEOPLE else "coordinator"
            person = db.insert(Person, code=f"P{number}", name=f"P{number}", role=role, account=account)
            db.insert(Assignment, person=person, place=committee if role == "officer" else area)


class Linli:
    """A bot on a new database, fed with raw updates."""

    def __init__(self, folder: Path, phones: Phones) -> None:
        path = folder / "linli.db"
        migrate(path)
        self.db = Database(path)
        furnish(self.db)
        self._pace = 0.0
        channel: Any = Channel(phones)
        self.bot = Bot(self.db, SystemClock(), House(ZoneInfo("Asia/Shanghai")), channel)
        self.bot.outbox._monotonic = lambda: self._pace

    async def take(self, updates: list[bytes]) -> None:
        """Store, deal with, send all that follows; the pace of the platform costs no time here."""
        stored = [update_of(json.loads(update), update) for update in updates]
        self.bot.take([update for update in stored if update])
        while not self.bot.outbox.idle:
            self._pace += max(await self.bot.outbox.flush(), 0.01)


async def play(batch: int) -> Measured:
    """Everybody's conversations, `batch` updates to a poll; CPU milliseconds per update."""
    phones = Phones()
    with tempfile.TemporaryDirectory() as folder:
        linli = Linli(Path(folder), phones)
        found = await measured(lambda: conversation(phones, STEPS, batch), linli.take, ROUNDS)
        filed = linli.db.one("select count(*) as n from report")
        assert filed is not None and filed["n"] == PEOPLE * (ROUNDS + 1)
        linli.db.close()
        return found
