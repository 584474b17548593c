"""`linli run` as the program it is, over a sandbox that can be taken away, in a town whose people are registered."""

import asyncio
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.linli_folder import RING, environment
from chat.clock import SystemClock
from models.database import Database
from models.person import Account
from sandbox.limits import Limits
from sandbox.server import Running
from sandbox.server import start as start_sandbox
from sandbox.world import World
from tests import fresh_database
from tests.scenarios.story import STAFF, TOKEN, furnish

PATIENCE = 20.0  # seconds that something expected may take


class Linli:
    """The running program; what it prints is heard line by line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[str] = []
        self.errors: list[str] = []
        self._news = asyncio.Condition()
        assert process.stdout is not None and process.stderr is not None
        listened = ((process.stdout, self.said), (process.stderr, self.errors))
        self._listening = [asyncio.create_task(self._listen(*both)) for both in listened]

    async def _listen(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        async for line in stream:
            async with self._news:
                lines.append(line.decode().rstrip())
                self._news.notify_all()

    async def heard(self, part: str, times: int = 1) -> None:
        """Wait until that many more lines with `part` have been logged than had been when this was called."""
        known = self._count(part)
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: self._count(part) >= known + times)

    def _count(self, part: str) -> int:
        return sum(part in line for line in self.said)

    async def ended(self) -> int:
        """Wait for its end; no traceback was printed. Returns the exit code."""
        async with asyncio.timeout(PATIENCE):
            code = await self.process.wait()
            await asyncio.gather(*self._listening)
        assert "Traceback" not in "\n".join(self.said + self.errors), self.said + self.errors
        return code

    async def refused(self) -> str:
        """It ends by itself with exit code 1 and one clear line on stderr, which is returned."""
        assert await self.ended() == 1, self.said + self.errors
        assert len(self.errors) == 1 and self.errors[0].startswith("linli: "), self.errors
        return self.errors[0]

    async def stop(self) -> None:
        """SIGTERM: it ends in good order."""
        self.process.send_signal(signal.SIGTERM)
        assert await self.ended() == 0, self.said + self.errors
        assert not self.errors


@dataclass
class Town:
    """Registered people with phones, their Telegram (which can be closed and opened again) and the database file."""

    path: Path
    sandbox: Running
    people: dict[str, int]
    ids: dict[str, int]
    _started: list[asyncio.subprocess.Process] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.world.watchers.append(self._heard)

    def _heard(self, *_: object) -> None:
        self._news.set()
        self._news = asyncio.Event()

    @classmethod
    async def open(cls, folder: Path) -> "Town":
        path = fresh_database.make(folder / "linli.db")
        sandbox = await start_sandbox(limits=Limits(enabled=False))
        people = {}
        db = Database(path, RING)
        ids = furnish(db)
        with db.transaction():
            for code, name, _, _ in STAFF:
                person = sandbox.world.add_person(name)
                person.started = True
                people[code] = person.id
                account = f"telegram:{person.id}"
                now = SystemClock().now()
                row = db.insert(Account, name=account, address=account, language="zh", bound_at=now)
                db.execute("update person set account = ? where id = ?", (row, ids[code]))
        db.close()
        return cls(path, sandbox, people, ids)

    @property
    def world(self) -> World:
        return self.sandbox.world

    async def take_away(self) -> None:
        """The Bot API is gone: nobody listens at its port."""
        await self.sandbox.stop()

    async def bring_back(self) -> None:
        """The same Telegram again, at the same port."""
        port = int(self.sandbox.url.rstrip("/").rpartition(":")[2])
        self.sandbox = await start_sandbox(port=port, world=self.world, limits=Limits(enabled=False))

    async def run(self, *, prepare: Callable[[], None] | None = None, **settings: str) -> Linli:
        """Start `linli run`; `prepare` is done in its process before it is linli."""
        unbuffered = {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=environment(self.sandbox.url, TOKEN, self.path, **unbuffered, **settings),
            cwd=self.path.parent,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            preexec_fn=prepare,
        )
        self._started.append(process)
        return Linli(process)

    def started(self, process: asyncio.subprocess.Process) -> None:
        """Another program, to be ended with the town if it is not before."""
        self._started.append(process)

    async def answered(self, who: str) -> None:
        """Somebody asks for something, and gets an answer more than before."""
        known = len(self.shown(who, " · "))
        self.say(who, "/me")
        async with asyncio.timeout(PATIENCE):
            while len(self.shown(who, " · ")) <= known:
                await self._news.wait()

    async def at_work(self, **settings: str) -> Linli:
        """A bot that has answered once."""
        linli = await self.run(prepare=None, **settings)
        self.say("LI", "/help")
        await self.reads("LI", "您可以")
        return linli

    def say(self, who: str, text: str) -> None:
        self.world.say(self.people[who], self.people[who], text)

    async def reads(self, who: str, *parts: str) -> None:
        """Wait until this phone shows a message with one of these `parts`."""
        async with asyncio.timeout(PATIENCE):
            while not any(self.shown(who, part) for part in parts):
                await self._news.wait()

    async def press(self, who: str, label: str) -> None:
        """Wait for a button whose label contains `label` on this phone's newest cards, and press it."""
        async with asyncio.timeout(PATIENCE):
            while (found := self._button(who, label)) is None:
                await self._news.wait()
        message, data = found
        self.world.press(self.people[who], self.people[who], message, data, None)

    def _button(self, who: str, label: str) -> tuple[int, str] | None:
        for message in reversed(self.world.view(self.people[who])["messages"]):
            for button in (button for row in message["keyboard"] for button in row):
                if label in button["text"] and button["data"] and not message["deleted"]:
                    return message["message_id"], button["data"]
        return None

    def shown(self, who: str, part: str) -> list[str]:
        """The bot's messages with `part` that stand on this phone."""
        messages: list[dict[str, Any]] = self.world.view(self.people[who])["messages"]
        return [m["text"] for m in messages if m["from"] == "bot" and not m["deleted"] and part in m["text"]]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database holds now."""
        db = Database(self.path, RING)
        try:
            return [tuple(row) for row in db.all(sql)]
        finally:
            db.close()

    def execute(self, sql: str) -> None:
        """Change the database behind the bot's back."""
        db = Database(self.path, RING)
        with db.transaction():
            db.execute(sql)
        db.close()

    async def close(self) -> None:
        for process in self._started:
            if process.returncode is None:
                process.kill()
                await process.wait()
        await self.sandbox.stop()
