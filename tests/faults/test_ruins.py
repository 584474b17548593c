"""The search of the ruins: what an anonymous tip leaves in files, logs and copies; while the bot runs, killed, after.

Each run marks text, name, account and the photo's own data with strings of its own, and looks for them byte by byte.
"""

import asyncio
import io
import random
import re
import secrets
import shutil
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
from PIL import Image

from benchmarks.linli_folder import RING, environment
from models.database import Database
from tests.faults.linli_process import Linli, Town
from tests.scenarios.story import TOKEN


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    (tmp_path / "home").mkdir()
    opened = await Town.open(tmp_path / "home")
    yield opened
    await opened.close()


class Giver:
    """A resident whose every trace can be recognised."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.text = f"地下室有人收赃车{secrets.token_hex(12)}"
        self.name = f"G{secrets.token_hex(12)}"
        self.camera = f"C{secrets.token_hex(12)}"
        self.id = random.randrange(8_000_000_000, 9_000_000_000)
        town.people["X"] = town.world.add_person(self.name, id=self.id).id

    @property
    def marks(self) -> list[bytes]:
        """What must not be found in clear, as it would be written."""
        words = [s.encode(code) for s in (self.text, self.name, self.camera) for code in ("utf-8", "utf-16-le")]
        account = [str(self.id).encode(), self.id.to_bytes(8, "big"), self.id.to_bytes(8, "little")]
        return [*words, *account, self.id.to_bytes(5, "big")]  # SQLite writes such a number in six bytes

    def photo(self) -> bytes:
        exif = Image.Exif()
        exif[0x010F], exif[0x8298] = self.camera, self.name
        out = io.BytesIO()
        Image.new("RGB", (320, 200), "green").save(out, "JPEG", exif=exif)
        return out.getvalue()

    async def press(self, label: str) -> None:
        await self.town.press("X", label)

    async def tip(self) -> str:
        """An anonymous tip with a photo; returns its receipt code."""
        self.town.say("X", f"/start tip-{self.town.ids['NY']}")
        for label in ("匿名", "盗窃"):
            await self.press(label)
        await self.town.reads("X", "发生了什么")
        self.town.say("X", self.text)
        for label in ("跳过", "现在", "看到的"):
            await self.press(label)
        await self.town.reads("X", "有照片或文件吗")
        file = self.town.world.keep(self.photo(), f"{self.name}.jpg", "image/jpeg")
        self.town.world.send_from(self.id, self.id, "document", {}, file)
        for label in ("选好了", "不涉及", "凭查询码", "提交"):
            await self.press(label)
        await self._submitted()
        [code] = re.findall("查询码：([0-9A-Z-]{11})", "\n".join(self.town.shown("X", "查询码：")))
        return str(code)

    async def _submitted(self) -> None:
        """The photo may be being cleaned yet: then the bot says so, and one presses again."""
        for _ in range(40):
            await self.town.reads("X", "查询码：", "还在检查")
            if self.town.shown("X", "查询码："):
                return
            await self.press("提交")


def _found(folder: Path, marks: Iterable[bytes], *texts: str) -> list[str]:
    """Where one of these stands: file and offset."""
    places = [(str(file.relative_to(folder)), file.read_bytes()) for file in folder.rglob("*") if file.is_file()]
    places += [(f"log {number}", text.encode()) for number, text in enumerate(texts)]
    names = "\n".join(name for name, _ in places).encode()
    return [f"{mark!r} in {name}" for mark in marks for name, held in [*places, ("names", names)] if mark in held]


def _logs(*bots: Linli) -> list[str]:
    return ["\n".join(bot.said + bot.errors) for bot in bots]


def _bytes(file: Path) -> bytes:
    return file.read_bytes()


async def _backed_up(town: Town, file: Path) -> None:
    """`linli backup`, as an administrator runs it beside the bot."""
    command = (sys.executable, "-m", "bot", "backup", str(file))
    variables = environment(town.sandbox.url, TOKEN, town.path)
    process = await asyncio.create_subprocess_exec(*command, env=variables, cwd=file.parent)
    assert await process.wait() == 0 and len(_bytes(file)) > 1000


async def test_the_ruins_hold_nothing_of_an_anonymous_giver(town: Town, tmp_path: Path) -> None:
    home = town.path.parent
    giver = Giver(town)
    clock = f"{town.sandbox.url}sandbox/clock"
    bot = await town.run(LINLI_SANDBOX_CLOCK_URL=clock)
    await bot.heard("journal emptied")  # of what a former run may have left
    emptied = asyncio.create_task(bot.heard("journal emptied"))
    await giver.tip()
    await town.reads("WANG", giver.text)
    await emptied
    await _backed_up(town, home / "copy.backup")
    assert not _found(home, giver.marks, *_logs(bot)), "while it runs"
    with closing(Database(town.path, RING)) as db:
        assert not _found(home, [db.mark(f"telegram:{giver.id}")]), "not even what stands for the account is left"
    bot.process.kill()
    await bot.process.wait()
    shutil.copytree(home, tmp_path / "killed")
    assert not _found(tmp_path / "killed", giver.marks, *_logs(bot)), "killed"
    again = await town.run(LINLI_SANDBOX_CLOCK_URL=clock)
    for label in ("接手", "办结", "已处理", "跳过"):
        await town.press("WANG", label)
    await town.reads("WANG", "已办结")
    erased = asyncio.create_task(again.heard("records erased"))
    town.world.clock.advance(timedelta(days=181).total_seconds())
    await erased
    await again.stop()
    assert town.rows("select kind, count from erasure") == [("tip", 1), ("opening", 1)]
    assert not _found(home, giver.marks, *_logs(bot, again)), "after retention"
    for table in ("report", "exchange", "receipt", "attachment", "alert", "delivery", "opening", "draft"):
        assert town.rows(f"select count(*) from {table}") == [(0,)], f"{table} holds something of it"
    assert not [file for file in (home / "data").rglob("*") if file.is_file()]
