"""Linli's report form, whole: every update, draft, report, message and receipt committed with synchronous=FULL."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import aiohttp
import orjson
from aiohttp.abc import AbstractStreamWriter

from attachments.cabinet import Cabinet
from benchmarks.conversation import PEOPLE, ROUNDS, Phones, conversation
from benchmarks.linli_folder import RING, furnish
from benchmarks.measuring import Measured, measured
from bot.porter import keeping
from bot.runtime import Bot
from chat.clock import SystemClock
from chat.messages import Capabilities
from handlers.desk import House
from models.database import Database
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
OFFICERS = 1  # the first account; the people of the conversation come after it


class Channel(TelegramChannel):
    """The network stubbed below the JSON: what is written and read is what goes over the wire. It knows no limits."""

    capabilities = Capabilities(per_second=1e6, per_chat_second=1e6)

    def __init__(self, phones: Phones, keep: Callable[[str], BinaryIO]) -> None:
        super().__init__("110110:benchmark", keep=keep)
        self._phones = phones
        self.brought: list[int] = []  # files, each by how many bytes went for it
        self.called = asyncio.Event()  # set by every call

    async def _http(self, method: str, body: Any, seconds: float) -> tuple[int, bytes]:
        self.called.set()
        if isinstance(body, aiohttp.FormData):
            sink = _Sink()
            await body().write(sink)
            self.brought.append(sink.count)
            self.called.set()
            return 200, b'{"ok": true, "result": true}'
        return 200, self._phones.answer(method, orjson.loads(body))


class _Sink(AbstractStreamWriter):
    """Where a form goes instead of the wire."""

    def __init__(self) -> None:
        self.count = 0

    async def write(self, chunk: bytes | bytearray | memoryview) -> None:
        self.count += len(chunk)

    async def write_eof(self, chunk: bytes = b"") -> None:
        await self.write(chunk)

    async def drain(self) -> None:
        return

    def enable_compression(self, encoding: str = "", strategy: int | None = None) -> None:
        raise NotImplementedError

    def enable_chunking(self) -> None:
        raise NotImplementedError

    async def write_headers(self, status_line: str, headers: object) -> None:
        raise NotImplementedError


class Linli:
    """A bot on a database, fed with raw updates."""

    def __init__(self, path: Path, phones: Phones, channel: type[Channel] = Channel) -> None:
        self.db = Database(path, RING)
        house = House(ZoneInfo("Asia/Shanghai"), cabinet=Cabinet(path.parent / "attachments"))
        self.channel = channel(phones, keeping(self.db, house.cabinet))
        self.bot = Bot(self.db, SystemClock(), house, self.channel)

    async def take(self, updates: Sequence[bytes]) -> None:
        """Store, deal with, and send all that follows."""
        read = [update_of(orjson.loads(update)) for update in updates]  # as the channel reads what it fetched
        self.bot.take([update for update in read if update])
        while not self.bot.outbox.idle:
            await self.bot.outbox.flush()


@contextmanager
def opened(phones: Phones) -> Iterator[Linli]:
    """A new town, with its bot."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        furnish(path, OFFICERS, PEOPLE)
        linli = Linli(path, phones)
        yield linli
        linli.db.close()


async def play(batch: int) -> Measured:
    """Everybody's conversations, `batch` updates to a poll; CPU milliseconds per update."""
    phones = Phones()
    with opened(phones) as linli:
        found = await measured(lambda: conversation(phones, STEPS, batch, OFFICERS), linli.take, ROUNDS)
        filed = linli.db.one("select count(*) as n from report")
        assert filed is not None and filed["n"] == PEOPLE * (ROUNDS + 1), "reports were lost"
        return found
