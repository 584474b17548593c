"""Keys are changed while people use the bot, and the rotation is killed again and again: nothing is lost or held up."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest_asyncio

from benchmarks.linli_folder import KEYS, environment, fill
from models.database import Database, columns
from models.report import Report
from models.sealing import KeyRing, new_key
from tests.faults.linli_process import PATIENCE, Town
from tests.scenarios.story import TOKEN

REPORTS = 9000  # several times what the kills leave time for
# `linli keys rotate` that says whenever others have their turn.
ROTATE = """
import bot.__main__, bot.keys, time

def told(seconds):
    print("pause", flush=True)
    time.sleep(seconds)

whole = bot.keys.retire
bot.keys.retire = lambda db, runs: whole(db, runs, told)
bot.__main__.main()
"""


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    (tmp_path / "keys").mkdir()
    opened = await Town.open(tmp_path)
    fill(opened.path, REPORTS)
    yield opened
    await opened.close()


async def _rotate(town: Town, settings: dict[str, str], killed_after: int | None = None) -> tuple[int, str]:
    """Rotate; killed in that pause, if any. Returns exit code and what was printed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", ROTATE, "keys", "rotate"),
        env=environment(town.sandbox.url, TOKEN, town.path, PYTHONUTF8="1", **settings),
        cwd=town.path.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    town.started(process)
    assert process.stdout is not None
    told = ""
    async with asyncio.timeout(3 * PATIENCE):
        async for line in process.stdout:
            if line != b"pause\n":
                told += line.decode()
            elif killed_after is not None and (killed_after := killed_after - 1) < 0:
                process.send_signal(signal.SIGKILL)
                break
        return await process.wait(), told


def _under(path: Path) -> dict[bytes, int]:
    """How many reports are sealed under each key."""
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute("select substr(deed, 2, 4), count(*) from report group by 1").fetchall())


async def test_a_rotation_killed_again_and_again_while_people_report_loses_and_holds_up_nothing(town: Town) -> None:
    file = town.path.parent / "keys" / "ring"
    file.write_text(KEYS)
    settings = {"LINLI_KEYS": "", "LINLI_KEY_FILE": str(file)}
    linli = await town.run(prepare=None, **settings)
    town.say("LI", "/report")
    await town.press("LI", "可疑情况")
    await town.reads("LI", "第 1/8 步")
    file.write_text(f"{new_key()}\n{KEYS}\n")  # what `linli keys new FILE` does; it has tests of its own
    old, ring = KeyRing.read(KEYS).first, KeyRing.of(file)
    steps = (
        ("否", "第 2/8 步"),
        ("试拉门窗", "第 2/8 步"),
        ("选好了", "第 3/8 步"),
        ("南苑一片", "第 4/8 步"),
        ("现在", "第 5/8 步"),
    )
    for label, shown in steps:
        code, _ = await _rotate(town, settings, killed_after=2)
        assert code == -signal.SIGKILL
        await town.press("LI", label)
        await town.reads("LI", shown)
    under = _under(town.path)
    assert under.keys() == ring.names and all(under.values()), "the kills came too early or too late to mean anything"
    working = asyncio.create_task(_rotate(town, settings))
    town.say("LI", "一个人沿街挨个试拉车门，编号九九")
    await town.reads("LI", "第 6/8 步")
    code, told = await working
    assert code == 0 and f"the key {old.hex()} seals nothing here any more" in told
    file.write_text(file.read_text().splitlines()[0])
    for label, shown in (
        ("跳过", "第 7/8 步"),
        ("跳过", "第 8/8 步"),
        ("可以", "请核对"),
        ("提交", "南苑一片 · 试拉门窗"),
    ):
        await town.press("LI", label)
        await town.reads("LI", shown)
    await town.reads("WANG", "编号九九")
    await linli.stop()
    ring = KeyRing.of(file)
    assert _under(town.path) == {ring.first: REPORTS + 1}
    again = await town.run(prepare=None, **settings)
    town.say("LI", "/help")
    await town.reads("LI", "您可以")
    await again.stop()
    db = Database(town.path, ring)
    deeds = [row["deed"] for row in db.all(f"select {columns(Report)} from report")]
    db.close()
    assert deeds.count("一个人沿街挨个试拉车门，编号九九") == 1 and len(set(deeds)) == 2


async def test_a_rotation_is_refused_while_the_bot_cannot_know_the_new_key(town: Town) -> None:
    linli = await town.at_work()
    both = f"{new_key()},{KEYS}"
    code, told = await _rotate(town, {"LINLI_KEYS": both})
    assert code == 1 and told.count("\n") == 1
    old, ring = KeyRing.read(KEYS), KeyRing.read(both)
    assert f"the bot that runs seals under the key {old.first.hex()}; put {ring.first.hex()} first" in told
    assert _under(town.path).keys() == old.names
    await linli.stop()
    linli = await town.run()  # nothing was left that would need the new key
    town.say("LI", "/me")
    await town.reads("LI", "李敏 · ")
    await linli.stop()
    linli = await town.run(LINLI_KEYS=both)
    town.say("ZHOU", "/me")
    await town.reads("ZHOU", "周婷 · ")
    assert (await _rotate(town, {"LINLI_KEYS": both}))[0] == 0
    assert _under(town.path).keys() == {ring.first}
    await linli.stop()


async def test_a_second_bot_is_refused(town: Town) -> None:
    linli = await town.at_work()
    assert "another linli works on" in await (await town.run()).refused()
    await linli.stop()
