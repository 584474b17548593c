"""A bot that is killed again and again while people report and officers answer; what was lost, what was done twice.

The same people talk with any bot that asks these questions: Linli, or one written as the documentation of aiogram or
of python-telegram-bot has it. Each press that must bring something about is remembered, and at the end looked for in
the bot's store and on the phone of whoever was to hear of it.
"""

import asyncio
import json
import random
import re
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.conversation import FIRST
from benchmarks.linli_folder import RING, environment, furnish
from models.database import opened
from models.report import Report
from sandbox.limits import Limits
from sandbox.server import Running
from sandbox.server import start as start_sandbox

TOKEN = "110110:sandbox"
OFFICERS, REPORTERS = 10, 20
ASKED = 2  # an officer asks back about every second report
WINDING_UP = 8  # the last kills hit reports under way only, so that an end comes soon after them
PATIENCE = 90  # seconds that a start may take where three bots are killed side by side
MARK = "possible repeat"
DEED = "有人挨个试拉车门，编号{}号"
_DEED = re.compile(DEED.format(r"\d+"))


@dataclass(frozen=True, slots=True)
class Step:
    """What one does, what is then to be read, and the effect that this must have, if any.

    What one does is "/command", "=words" (to write them, {} being the deed), or the label of a button.
    """

    does: str
    then: str
    effect: str = ""

    def words(self, deed: str) -> str:
        """What is written or meant by it."""
        return self.does[1:].format(deed) if self.does.startswith("=") else deed


@dataclass(frozen=True, slots=True)
class Effect:
    """What must come of a step, once: a row of the store, and words on the phone of who is to hear of it.

    `stored` selects the words of the step and the name by which messages call it; {} in `told` is that name.
    """

    stored: str
    told: str


@dataclass(frozen=True, slots=True)
class Script:
    """How a bot is talked with."""

    report: Sequence[Step]
    take: Sequence[Step]
    ask: Sequence[Step]  # of an officer who asks back; none where the bot cannot
    close: Sequence[Step]
    effects: Mapping[str, Effect]
    left: str  # SQL for what the store must not hold in the end
    patience: float  # seconds without an answer after which a person begins anew


@dataclass(slots=True)
class Tally:
    """What came of it."""

    kills: int = 0
    filed: int = 0  # reports whose last button was pressed
    asked: int = 0
    closed: int = 0
    lost: int = 0  # effects that are not in the store, or that the other side was not told of
    twice: int = 0  # effects that were stored twice, or told twice without a mark
    marked: int = 0  # messages that say that they may be repeats
    anew: int = 0  # conversations that the bot had forgotten
    faults: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """The figures, under those of HEAD."""
        return (
            f"{self.kills:7}{self.filed:7}{self.asked:7}{self.closed:8}{self.lost:6}{self.twice:7}"
            f"{self.marked:8}{self.anew:12}"
        )


HEAD = f"{'kills':>7}{'filed':>7}{'asked':>7}{'closed':>8}{'lost':>6}{'twice':>7}{'marked':>8}{'begun anew':>12}"


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

    @property
    def marked(self) -> int:
        """How many messages said that they may be repeats."""
        self.look()
        return sum(MARK in text for text in self.came.values())

    def told(self, words: str) -> list[str]:
        """The messages in which this was told."""
        found = re.compile(words)
        return [text for text in self.came.values() if found.search(text)]

    def press(self, button: tuple[int, str]) -> None:
        self.world.press(self.id, self.id, button[0], button[1], None)

    def say(self, text: str) -> None:
        self.world.say(self.id, self.id, text)


@dataclass(frozen=True, slots=True)
class Act:
    """A step that was taken and must have had its effect."""

    effect: str
    words: str
    hears: Phone  # who is to be told


class Scene:
    """Reporters, the officers of each of them, and a bot that dies."""

    def __init__(self, sandbox: Running, bot: "Bot", variables: dict[str, str], folder: Path) -> None:
        self.sandbox = sandbox
        self.script = bot.script
        self.tally = Tally()
        self.acts: list[Act] = []
        self.filed: dict[str, Phone] = {}  # the deeds whose last button was pressed, and by whom
        self.closed: set[str] = set()  # the deeds that an officer saw closed
        self.over = asyncio.Event()
        self.phones: list[Phone] = []
        self._up = 0.0
        self._start = (bot.command, variables, folder)
        self._numbers = iter(range(10_000, 1_000_000))

    async def start(self) -> asyncio.subprocess.Process:
        command, variables, folder = self._start
        with (folder / "bot.log").open("a") as log:
            return await asyncio.create_subprocess_exec(*command, env=variables, cwd=folder, stdout=log, stderr=log)

    async def kill(self, kills: int, seed: int) -> asyncio.subprocess.Process:
        """Kill so often, at random moments of work and now and then of the start; returns the last one, at work."""
        dice = random.Random(seed)
        polls = asyncio.Event()
        self.sandbox.world.poll_watchers.append(polls.set)
        process = await self.start()
        while self.tally.kills < kills:
            if self.tally.kills >= kills - WINDING_UP:
                self.over.set()
            if dice.random() < 0.9:
                async with asyncio.timeout(PATIENCE):
                    await polls.wait()
                await asyncio.sleep(dice.uniform(0.0, 0.6))
            else:
                await asyncio.sleep(dice.uniform(0.0, 1.5))
            process.send_signal(signal.SIGKILL)
            await process.wait()
            polls.clear()
            if (marked := sum(phone.marked for phone in self.phones)) > self.tally.kills:
                self.tally.twice += 1
                self.tally.faults.append(f"{marked} marked repeats after {self.tally.kills} kills")
            self.tally.kills += 1
            process = await self.start()
        self.over.set()
        async with asyncio.timeout(PATIENCE):
            await polls.wait()
        self._up = time.monotonic()
        return process

    async def reporter(self, phone: Phone, officer: Phone) -> None:
        """Files one report after another until it is over."""
        while not self.over.is_set():
            deed = DEED.format(next(self._numbers))
            start = max(phone.messages, default=0)
            try:
                for step in self.script.report:
                    if step.effect:
                        self.filed[deed] = phone
                    await self._take(step, phone, deed, officer, partial(phone.newer, start))
            except Stuck:
                self._anew(phone, deed)

    async def officer(self, phone: Phone, done: Callable[[], bool]) -> None:
        """Takes and closes one alert after another, and asks back about some."""
        handled: set[str] = set()
        while not done():
            try:
                alert = await phone.until(partial(self._waiting, phone, handled), 1.0)
            except Stuck:
                continue
            deed = _DEED.findall(alert["text"])[0]
            handled.add(deed)
            ask = self.script.ask if len(handled) % ASKED == 0 else ()
            where = partial(self._about, phone, deed, max(phone.messages))
            try:
                for step in (*self.script.take, *ask, *self.script.close):
                    await self._take(step, phone, deed, self.filed[deed], where)
                self.closed.add(deed)
            except Stuck:
                self._anew(phone, deed)

    async def _take(
        self, step: Step, phone: Phone, deed: str, hears: Phone, where: Callable[[], list[dict[str, Any]]]
    ) -> None:
        """One step, on the messages that `where` gives; what it must bring about is remembered."""
        patience, said = self.script.patience, step.does[0] in "/="
        if not said:
            button = await phone.until(lambda: phone.button(step.does, where()), patience)
        if step.effect:
            self.acts.append(Act(step.effect, step.words(deed), hears))
        if not said:
            phone.press(button)
        else:
            phone.say(step.words(deed) if step.does[0] == "=" else step.does)
        await phone.until(lambda: any(step.then in message["text"] for message in where()), patience)

    def _anew(self, phone: Phone, deed: str) -> None:
        self.tally.anew += 1
        self.tally.faults.append(f"no answer about {deed}; the phone reads {phone.last()}")

    def _waiting(self, phone: Phone, handled: set[str]) -> dict[str, Any] | None:
        label = self.script.take[0].does
        for message in phone.newer(0):
            if phone.button(label, [message]) and handled.isdisjoint(_DEED.findall(message["text"])):
                return message
        return None

    def _about(self, phone: Phone, deed: str, start: int) -> list[dict[str, Any]]:
        """The alert's card, and what came since the officer began with it and is about no other."""
        found = [(message, _DEED.findall(message["text"])) for message in phone.newer(0)]
        cards = [message for message, deeds in found if deed in deeds]
        return cards + [message for message, deeds in found if not deeds and message["message_id"] > start]

    def quiet(self) -> bool:
        """Everything that was filed has been closed, or has had time enough to come."""
        if self.closed >= self.filed.keys():
            return True
        return time.monotonic() - max(self._up, *(phone.heard for phone in self.phones)) > self.script.patience

    async def told(self, store: Path) -> None:
        """Wait until everybody has been told everything, or nothing comes any more."""
        named = {name: dict(rows(store, effect.stored)) for name, effect in self.script.effects.items()}
        for act in self.acts:
            name = named[act.effect].get(act.words)
            if name:
                try:
                    await act.hears.until(partial(act.hears.told, self._told(act.effect, name)), self.script.patience)
                except Stuck:  # it is lost; the rest had as much time
                    return

    def _told(self, effect: str, name: str) -> str:
        return self.script.effects[effect].told.format(re.escape(name))

    def judge(self, store: Path) -> Tally:
        """Hold what was done against the store and the phones."""
        tally = self.tally
        tally.marked = sum(phone.marked for phone in self.phones)
        tally.filed, tally.closed = len(self.filed), len(self.closed)
        tally.asked = sum(act.effect == "asked" for act in self.acts)
        stored = {name: rows(store, effect.stored) for name, effect in self.script.effects.items()}
        for act in self.acts:
            names = [name for words, name in stored[act.effect] if words == act.words]
            told = act.hears.told(self._told(act.effect, names[0])) if names else []
            lost, twice = not told, len(names) > 1 or sum(MARK not in text for text in told) > 1
            tally.lost += lost
            tally.twice += twice
            if lost or twice:
                tally.faults.append(f"{act.words} {act.effect}: {len(names)} times stored, told as {told}")
        for (left,) in rows(store, self.script.left):
            tally.lost += 1
            tally.faults.append(f"left in the store: {left}")
        return tally


def rows(store: Path, sql: str) -> list[Any]:
    """What a store answers; nothing where a bot has not even made it."""
    if not store.exists():
        return []
    with closing(sqlite3.connect(store)) as db:
        db.create_function("opened", 3, lambda sealed, what, row: RING.open(sealed, f"{what}.{row}".encode()).decode())
        return db.execute(sql).fetchall()


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


_WORDS = "opened(deed, 'report.deed', id)"
_SAID = "opened(text, 'exchange.text', id)"
_ALERT = f"select {opened(Report, 'deed')}, number from report join alert on alert.report = report.id"
LINLI = Bot(
    "Linli",
    "bot",
    ("run",),
    Script(
        report=(
            Step("/report", "要报告什么"),
            Step("可疑情况", "第 1/8 步"),
            Step("否", "第 2/8 步"),
            Step("试拉门窗", "第 2/8 步"),
            Step("选好了", "第 3/8 步"),
            Step("南苑一片", "第 4/8 步"),
            Step("现在", "第 5/8 步"),
            Step("={}", "第 6/8 步"),
            Step("跳过", "第 7/8 步"),
            Step("跳过", "第 8/8 步"),
            Step("可以", "请核对"),
            Step("提交", "南苑一片 · 试拉门窗", "filed"),
        ),
        take=(Step("接手", "由您办理", "taken"), Step("正在前往", "由您办理", "on the way")),
        ask=(Step("询问报告人", "想问报告人什么"), Step("={}，车上有人吗？", "问题已转给报告人", "asked")),
        close=(
            Step("办结", "结果是什么"),
            Step("已处理", "需要写一句说明吗"),
            Step("跳过", "已办结。", "closed"),
        ),
        effects={
            "filed": Effect(f"select {_WORDS}, {_WORDS} from report", "🔔 可疑情况[^🔔]*{}"),
            "taken": Effect(f"{_ALERT} where acknowledged_at is not null", "报告 {}：\\S+已接手"),
            "on the way": Effect(f"{_ALERT} where alert.state <> 'waiting'", "报告 {}：\\S+正在前往"),
            "asked": Effect(f"select {_SAID}, {_SAID} from exchange where kind = 'question'", "想问您：\n{}"),
            "closed": Effect(f"{_ALERT} where report.state = 'closed' and alert.state = 'closed'", "报告 {} 已办结："),
        },
        left="select key || ' ' || reason from inbox where state <> 'done' "
        "union all select card || ' ' || reason from outbox where state = 'failed'",
        patience=300.0,  # it forgets nothing: only a machine that is busy with other things keeps it so long
    ),
)
_BARE = Script(
    report=(
        Step("/report", "第 1/5 步"),
        Step("否", "第 2/5 步"),
        Step("试拉门窗", "第 3/5 步"),
        Step("南苑一片", "第 4/5 步"),
        Step("现在", "第 5/5 步"),
        Step("={}", "请核对"),
        Step("提交", "已提交", "filed"),
    ),
    take=(Step("接手", "由您办理", "taken"),),
    ask=(),
    close=(Step("办结", "已办结", "closed"),),
    effects={
        "filed": Effect("select deed, deed from report", "🔔 {}"),
        "taken": Effect("select deed, deed from report where taken", "报告 {}：已接手"),
        "closed": Effect("select deed, deed from report where closed", "报告 {} 已办结"),
    },
    left="select '' where false",
    patience=8.0,  # three lives of the bot: what it has not answered then it has forgotten
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
    variables = environment(
        sandbox.url,
        TOKEN,
        store,
        LINLI_ACKNOWLEDGE_MINUTES="600",  # escalation has its own tests
        BARE_OFFICERS=json.dumps({str(p.id): officers[n % OFFICERS].id for n, p in enumerate(reporters)}),
    )
    scene = Scene(sandbox, bot, variables, folder)
    scene.phones = [*officers, *reporters]
    reporting = [
        asyncio.create_task(scene.reporter(phone, officers[n % OFFICERS])) for n, phone in enumerate(reporters)
    ]

    def done() -> bool:
        return all(task.done() for task in reporting) and scene.quiet()

    answering = [asyncio.create_task(scene.officer(phone, done)) for phone in officers]
    process = await scene.kill(kills, seed)
    try:
        await asyncio.gather(*reporting, *answering)
        await scene.told(store)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()
        await sandbox.stop()
    return scene.judge(store)
