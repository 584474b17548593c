"""A bot that is killed again and again while people report and officers answer; what was lost, what was done twice.

The same people, with the same patience, talk with any bot that asks these questions: Linli, or one written as the
documentation of aiogram or of python-telegram-bot has it.
"""

import asyncio
import json
import os
import random
import re
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.conversation import FIRST
from benchmarks.linli_folder import furnish
from sandbox.limits import Limits
from sandbox.server import Running
from sandbox.server import start as start_sandbox

ROOT = Path(__file__).parents[2]
TOKEN = "110110:sandbox"
OFFICERS, REPORTERS = 10, 20
QUIET = 8.0  # seconds in which nothing comes any more: whatever has not come until then is lost
MARK = "possible repeat"
DEED = "有人挨个试拉车门，编号{}号"
_DEED = re.compile(DEED.format(r"\d+"))


@dataclass(frozen=True, slots=True)
class Script:
    """How a bot is talked with. A step is what one does and what is then to be read.

    What one does is "/command", "=" (to write the deed), or the label of a button.
    """

    report: Sequence[tuple[str, str]]  # up to the card that has the last button
    submit: str
    filed: str
    take: Sequence[tuple[str, str]]  # an officer's steps on the alert itself
    close: Sequence[tuple[str, str]]  # and on what the last of these brought
    patience: float  # seconds without an answer, the bot being up, after which a person begins anew
    stored: str  # SQL for the deeds in the store
    ended: str  # SQL for the deeds that are closed


@dataclass(slots=True)
class Tally:
    """What came of it."""

    kills: int = 0
    filed: int = 0  # reports whose last button was pressed and answered, or waited for in vain
    closed: int = 0
    lost: int = 0  # of those: not stored, not on the officer's phone, or not closed though the officer closed it
    twice: int = 0  # reports stored twice, alerts or words that came twice without a mark
    marked: int = 0  # messages that say that they may be repeats
    anew: int = 0  # conversations that the bot had forgotten
    faults: list[str] = field(default_factory=list)


class Stuck(Exception):
    """The bot does not answer any more."""


class Phone:
    """What stands on one person's phone, with the words that each message had when it came."""

    def __init__(self, sandbox: Running, number: int) -> None:
        self.world = sandbox.world
        self.id = self.world.add_person(f"P{number}", id=FIRST + number).id
        self.world.people[self.id].started = True
        self.heard = time.monotonic()
        self.messages: dict[int, dict[str, Any]] = {}
        self.came: dict[int, str] = {}
        self._seq = 0
        self._changed = asyncio.Event()
        self.world.watchers.append(self._heard)

    def _heard(self, chat: int, _: int) -> None:
        if chat == self.id:
            self.heard = time.monotonic()
            self._changed.set()

    def look(self) -> None:
        """Read what is new."""
        view = self.world.view(self.id, self._seq)
        self._seq = view["seq"]
        for message in view["messages"]:
            if message["from"] == "bot":
                self.came.setdefault(message["message_id"], message["text"])
                self.messages[message["message_id"]] = message

    async def until(self, found: Callable[[], Any], patience: float) -> Any:
        """Wait for something to be seen. Raises Stuck."""
        try:
            async with asyncio.timeout(patience):
                while True:
                    self._changed.clear()
                    self.look()
                    if seen := found():
                        return seen
                    await self._changed.wait()
        except TimeoutError as error:
            raise Stuck from error

    def newer(self, than: int) -> list[dict[str, Any]]:
        """The bot's messages that came after this one and stand, the newest first."""
        return [m for n, m in sorted(self.messages.items(), reverse=True) if n > than and not m["deleted"]]

    @staticmethod
    def button(label: str, among: Sequence[dict[str, Any]]) -> tuple[int, str] | None:
        for message in among:
            for row in message["keyboard"] or []:
                for button in row:
                    if label in button["text"] and button.get("data"):
                        return message["message_id"], button["data"]
        return None

    def last(self) -> list[tuple[int, str, list[str]]]:
        """The newest messages and their buttons, to tell what went wrong."""
        return [
            (m["message_id"], m["text"], [button["text"] for row in m["keyboard"] or [] for button in row])
            for m in self.newer(0)[:4]
        ]

    def press(self, button: tuple[int, str]) -> None:
        self.world.press(self.id, self.id, button[0], button[1], None)

    def say(self, text: str) -> None:
        self.world.say(self.id, self.id, text)


class Scene:
    """Reporters, officers, and a bot that dies."""

    def __init__(self, sandbox: Running, bot: "Bot", environment: dict[str, str], folder: Path) -> None:
        self.sandbox = sandbox
        self.script = bot.script
        self.tally = Tally()
        self.pressed: list[str] = []  # the deeds whose last button was pressed
        self.closed: list[str] = []  # the deeds that an officer saw closed
        self.over = asyncio.Event()
        self._start = (bot.command, environment, folder)
        self._numbers = iter(range(10_000, 1_000_000))

    async def start(self) -> asyncio.subprocess.Process:
        command, environment, folder = self._start
        with (folder / "bot.log").open("a") as log:
            return await asyncio.create_subprocess_exec(*command, env=environment, cwd=folder, stdout=log, stderr=log)

    async def kill(self, kills: int, seed: int) -> asyncio.subprocess.Process:
        """Kill so often, at random moments of work and now and then of the start; returns the last one, alive."""
        dice = random.Random(seed)
        polls = asyncio.Event()
        fetch = self.sandbox.world.updates

        def updates(offset: int, limit: int) -> list[dict[str, Any]]:
            polls.set()
            return fetch(offset, limit)

        self.sandbox.world.updates = updates  # type: ignore[method-assign]
        process = await self.start()
        while self.tally.kills < kills:
            polls.clear()
            if dice.random() < 0.9:
                async with asyncio.timeout(30):
                    await polls.wait()
            await asyncio.sleep(dice.uniform(0.0, 1.0))
            process.send_signal(signal.SIGKILL)
            await process.wait()
            self.tally.kills += 1
            process = await self.start()
        return process

    async def reporter(self, phone: Phone) -> None:
        """Files one report after another until the killing is over."""
        while not self.over.is_set():
            deed = DEED.format(next(self._numbers))
            try:
                await self._report(phone, deed)
            except Stuck:
                self.tally.anew += 1
                self.tally.faults.append(f"no answer to {deed}; the phone reads {phone.last()}")

    async def _report(self, phone: Phone, deed: str) -> None:
        script, start = self.script, max(phone.messages, default=0)

        def reads(words: str) -> bool:
            return any(words in message["text"] for message in phone.newer(start))

        def found(label: str) -> tuple[int, str] | None:
            return phone.button(label, phone.newer(start))

        for does, then in script.report:
            if does.startswith("/"):
                phone.say(does)
            elif does == "=":
                phone.say(deed)
            else:
                phone.press(await phone.until(partial(found, does), script.patience))
            await phone.until(partial(reads, then), script.patience)
        last = await phone.until(partial(found, script.submit), script.patience)
        self.pressed.append(deed)
        phone.press(last)
        await phone.until(partial(reads, script.filed), script.patience)

    async def officer(self, phone: Phone, done: Callable[[], bool]) -> None:
        """Takes and closes one alert after another."""
        handled: set[str] = set()
        while not done():
            try:
                alert = await phone.until(partial(self._waiting, phone, handled), 1.0)
            except Stuck:
                continue
            deed = _DEED.findall(alert["text"])[0]
            handled.add(deed)
            try:
                await self._handle(phone, deed)
                self.closed.append(deed)
            except Stuck:
                self.tally.anew += 1
                self.tally.faults.append(f"no answer about {deed}; the phone reads {phone.last()}")

    def quiet(self, officers: Sequence[Phone]) -> bool:
        """Everything that was filed has been closed, or has had time enough to come."""
        if set(self.pressed) <= set(self.closed):
            return True
        return time.monotonic() - max(phone.heard for phone in officers) > QUIET

    def _waiting(self, phone: Phone, handled: set[str]) -> dict[str, Any] | None:
        label = self.script.take[0][0]
        for message in phone.newer(0):
            if phone.button(label, [message]) and handled.isdisjoint(_DEED.findall(message["text"])):
                return message
        return None

    async def _handle(self, phone: Phone, deed: str) -> None:
        start, patience = max(phone.messages), self.script.patience

        def cards() -> list[dict[str, Any]]:
            return [m for m in phone.newer(0) if deed in m["text"]]

        def beside() -> list[dict[str, Any]]:
            return [m for m in phone.newer(start) if not _DEED.search(m["text"])]

        def reads(words: str) -> bool:
            return any(words in message["text"] for message in (*cards(), *beside()))

        def found(label: str, where: Callable[[], list[dict[str, Any]]]) -> tuple[int, str] | None:
            return phone.button(label, where())

        for steps, where in ((self.script.take, cards), (self.script.close, beside)):
            for does, then in steps:
                phone.press(await phone.until(partial(found, does, where), patience))
                await phone.until(partial(reads, then), patience)

    def judge(self, store: Path, reporters: Sequence[Phone], officers: Sequence[Phone]) -> Tally:
        """Hold what was promised against the store and the phones."""
        tally = self.tally
        for phone in (*reporters, *officers):
            phone.look()
            tally.marked += sum(MARK in text for text in phone.came.values())
        stored, ended = rows(store, self.script.stored), rows(store, self.script.ended)
        tally.filed, tally.closed = len(self.pressed), len(self.closed)
        for deed in self.pressed:
            arrived = [text for phone in officers for text in phone.came.values() if deed in text]
            if deed not in stored or not arrived:
                tally.lost += 1
                tally.faults.append(f"{deed}: {stored.count(deed)} times stored, {len(arrived)} times arrived")
            twice = stored.count(deed) > 1 or len([text for text in arrived if MARK not in text]) > 1
            if twice:
                tally.twice += 1
                tally.faults.append(f"{deed}: {stored.count(deed)} times stored, arrived as {arrived}")
        for deed in set(self.closed) - set(ended):
            tally.lost += 1
            tally.faults.append(f"{deed}: closed by the officer, open in the store")
        for phone in reporters:
            told = [t for t in phone.came.values() if re.search(r"报告 \S+(：| 已办结)", t) and MARK not in t]
            tally.twice += len(told) - len(set(told))
        return tally


def rows(store: Path, sql: str) -> list[Any]:
    """The first column of what a store answers; nothing where a bot has not even made it."""
    if not store.exists():
        return []
    with closing(sqlite3.connect(store)) as db:
        return [row[0] for row in db.execute(sql)]


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that is put to the test: its program, and how it is talked with."""

    name: str
    module: str
    arguments: Sequence[str]
    script: Script

    @property
    def command(self) -> Sequence[str]:
        return (sys.executable, "-W", "ignore", "-m", self.module, *self.arguments)


LINLI = Bot(
    "Linli",
    "bot",
    ("run",),
    Script(
        report=(
            ("/report", "要报告什么"),
            ("可疑情况", "第 1/8 步"),
            ("否", "第 2/8 步"),
            ("试拉门窗", "第 2/8 步"),
            ("选好了", "第 3/8 步"),
            ("南苑一片", "第 4/8 步"),
            ("现在", "第 5/8 步"),
            ("=", "第 6/8 步"),
            ("跳过", "第 7/8 步"),
            ("跳过", "第 8/8 步"),
            ("可以", "请核对"),
        ),
        submit="提交",
        filed="报告 C",
        take=(("接手", "由您办理"), ("正在前往", "由您办理"), ("办结", "结果是什么")),
        close=(("已处理", "需要写一句说明吗"), ("跳过", "已办结。")),
        patience=60.0,
        stored="select deed from report",
        ended="select deed from report where state = 'closed'",
    ),
)
_BARE = Script(
    report=(
        ("/report", "第 1/5 步"),
        ("否", "第 2/5 步"),
        ("试拉门窗", "第 3/5 步"),
        ("南苑一片", "第 4/5 步"),
        ("现在", "第 5/5 步"),
        ("=", "请核对"),
    ),
    submit="提交",
    filed="已提交",
    take=(("接手", "由您办理"), ("办结", "已办结")),
    close=(),
    patience=8.0,
    stored="select deed from report",
    ended="select deed from report where closed",
)
AIOGRAM = Bot("aiogram", "tests.faults.bare_aiogram", (), _BARE)
TELEGRAM = Bot("python-telegram-bot", "tests.faults.bare_telegram", (), _BARE)


async def play(bot: Bot, kills: int, seed: int, folder: Path) -> Tally:
    """Twenty reporters, ten officers, so many kills; then everybody comes to an end, and it is judged."""
    sandbox = await start_sandbox(limits=Limits(enabled=False))
    officers = [Phone(sandbox, number) for number in range(OFFICERS)]
    reporters = [Phone(sandbox, OFFICERS + number) for number in range(REPORTERS)]
    store = folder / "store.db"
    if bot.name == "Linli":
        furnish(store, OFFICERS, REPORTERS // OFFICERS)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LINLI_")} | {
        "LINLI_BOT_TOKEN": TOKEN,
        "LINLI_TELEGRAM_API": sandbox.url.rstrip("/"),
        "LINLI_DATABASE_URL": f"sqlite:///{store}",
        "LINLI_ACKNOWLEDGE_MINUTES": "600",  # escalation has its own tests
        "BARE_OFFICERS": json.dumps({str(p.id): officers[n % OFFICERS].id for n, p in enumerate(reporters)}),
        "PYTHONPATH": str(ROOT),
    }
    scene = Scene(sandbox, bot, environment, folder)
    reporting = [asyncio.create_task(scene.reporter(phone)) for phone in reporters]

    def done() -> bool:
        return scene.over.is_set() and all(task.done() for task in reporting) and scene.quiet(officers)

    answering = [asyncio.create_task(scene.officer(phone, done)) for phone in officers]
    process = await scene.kill(kills, seed)
    scene.over.set()
    try:
        await asyncio.gather(*reporting)
        await asyncio.gather(*answering)
        return scene.judge(store, reporters, officers)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()
        await sandbox.stop()
