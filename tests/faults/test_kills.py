"""Promise 1, tried to break: the bot is killed again and again while people report; nothing is lost or done twice."""

import asyncio
import os
import random
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from chat.clock import SystemClock
from models.database import Database
from models.invite import Invite, digest
from models.migration import migrate
from sandbox.limits import Limits
from sandbox.server import Running
from sandbox.server import start as start_sandbox
from tests.scenarios.story import STAFF, TOKEN, furnish

T = TypeVar("T")
KILLS = 20  # at most; people finish their reports in between
ROOT = Path(__file__).parents[2]
STEPS = ("否", "试拉门窗", "选好了", "南苑一片", "现在", None, "跳过", "跳过", "可以", "提交")


class Phones:
    """People who press what they see and wait for what comes, however often the bot dies."""

    def __init__(self, sandbox: Running) -> None:
        self.world = sandbox.world
        self._waiting: list[asyncio.Future[None]] = []
        self.world.watchers.append(self._heard)

    async def until(self, look: Callable[[], T | None]) -> T:
        found = look()
        while found is None:
            await self._changed()
            found = look()
        return found

    async def _changed(self) -> None:
        """Somebody's chat has changed: the world says so, as it does to the phones page."""
        heard: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(heard)
        await heard

    def _heard(self, *_: object) -> None:
        for heard in self._waiting:
            if not heard.done():
                heard.set_result(None)
        self._waiting.clear()

    def text(self, who: int, part: str) -> bool | None:
        shown = self.world.view(who)["messages"]
        return any(part in m["text"] for m in shown if m["from"] == "bot" and not m["deleted"]) or None

    def button(self, who: int, label: str) -> tuple[int, str] | None:
        for message in reversed(self.world.view(who)["messages"]):
            for row in message["keyboard"] or []:
                for button in row:
                    if label in button["text"] and not message["deleted"]:
                        return message["message_id"], button["data"]
        return None

    async def press(self, who: int, label: str) -> None:
        message, data = await self.until(lambda: self.button(who, label))
        before = self.world.view(who)["seq"]
        self.world.press(who, who, message, data, None)
        await self.until(lambda: self.world.view(who)["seq"] > before or None)
        await self.until(lambda: (self.button(who, label) or (0, ""))[1] != data or None)


async def _report(phones: Phones, who: int, marker: str) -> None:
    phones.world.say(who, who, "/report")
    await phones.press(who, "可疑情况")
    for number, label in enumerate(STEPS, 1):
        if label is None:
            await phones.until(lambda: phones.text(who, "第 5/8 步"))
            phones.world.say(who, who, f"有人挨个试拉车门，编号{marker}")
            await phones.until(lambda: phones.text(who, "第 6/8 步"))
        else:
            await phones.press(who, label)
            if label == "跳过":
                step = "第 7/8 步" if number == 7 else "第 8/8 步"
                await phones.until(lambda step=step: phones.text(who, step))  # type: ignore[misc]
    await phones.until(lambda: phones.text(who, "已送达王警官"))


async def _killer(start: Callable[[], Awaitable[asyncio.subprocess.Process]], done: asyncio.Event, seed: int) -> int:
    dice = random.Random(seed)
    kills = 0
    process = await start()
    while not done.is_set():
        try:
            await asyncio.wait_for(done.wait(), dice.uniform(0.9, 1.8) if kills < KILLS else None)
        except TimeoutError:
            process.send_signal(signal.SIGKILL)
            await process.wait()
            kills += 1
            process = await start()
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.wait(), 6)
    return kills


async def test_kills_lose_nothing_and_do_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "linli.db"
    migrate(path)
    db = Database(path)
    ids = furnish(db)
    sandbox = await start_sandbox(limits=Limits(enabled=False))
    phones = Phones(sandbox)
    people = {}
    with db.transaction():
        for code, name, _, _ in STAFF:
            people[code] = sandbox.world.add_person(name).id
            expires = SystemClock().now() + timedelta(days=1)
            db.insert(Invite, digest=digest(f"KILL{code}"), person=ids[code], expires_at=expires)
    db.close()
    environment = os.environ | {
        "LINLI_BOT_TOKEN": TOKEN,
        "LINLI_TELEGRAM_API": sandbox.url.rstrip("/"),
        "LINLI_DATABASE_URL": f"sqlite:///{path}",
        "PYTHONPATH": str(ROOT),
    }

    async def start() -> asyncio.subprocess.Process:
        null = asyncio.subprocess.DEVNULL
        command = (sys.executable, "-m", "bot", "run")
        return await asyncio.create_subprocess_exec(*command, env=environment, cwd=tmp_path, stdout=null, stderr=null)

    done = asyncio.Event()
    killing = asyncio.create_task(_killer(start, done, 11))
    for code, who in people.items():
        sandbox.world.say(who, who, f"/start KILL{code}")
    for code in ("WANG", "LI", "ZHOU"):
        await phones.until(lambda code=code: phones.text(people[code], "已登记为"))  # type: ignore[misc]
    markers = {"LI": "甲", "ZHOU": "乙"}
    await asyncio.gather(*(_report(phones, people[code], marker) for code, marker in markers.items()))
    done.set()
    kills = await killing
    assert kills >= 5, "the bot was hardly killed: the test proves nothing"
    db = Database(path)
    deeds = [row["deed"] for row in db.all("select deed from report")]
    alerts = [m for m in sandbox.world.view(people["WANG"])["messages"] if m["from"] == "bot" and not m["deleted"]]
    await sandbox.stop()
    assert sorted(deeds) == sorted(f"有人挨个试拉车门，编号{marker}" for marker in markers.values())
    assert not db.all("select 1 from inbox where state <> 'done'")
    db.close()
    for marker in markers.values():
        shown = [m["text"] for m in alerts if f"编号{marker}" in m["text"]]
        assert len([text for text in shown if "possible repeat" not in text]) == 1
        assert len(shown) - 1 <= kills
