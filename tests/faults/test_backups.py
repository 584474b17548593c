"""Backups while people use the bot, and kills in the middle of backup and restore: nothing lost, nothing half."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from attachments.sealed_file import SealedWriter, new_key
from benchmarks.linli_folder import RING, environment
from bot.backup import restore
from bot.settings import Settings
from chat.clock import SystemClock
from models.attachment import Attachment
from models.database import Database
from models.queue import Outbox
from models.report import Report
from tests.faults.linli_process import PATIENCE, Linli, Town
from tests.scenarios.story import TOKEN

# `linli` that dies on coming to a point, for the so manieth time.
DYING = """
import os, signal, sys
import bot.__main__, bot.backup, shutil

point, times = sys.argv.pop(1), int(sys.argv.pop(1))
where = bot.backup if hasattr(bot.backup, point) else shutil
whole = getattr(where, point)

def dying(*given):
    global times
    times -= 1
    if not times:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*given)

setattr(where, point, dying)
bot.__main__.main()
"""


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The data lies in a folder of its own, so that backups may lie beside it."""
    (tmp_path / "data").mkdir()
    opened = await Town.open(tmp_path / "data")
    yield opened
    await opened.close()


async def _run(town: Town) -> Linli:
    """A bot that has answered."""
    linli = await town.run(LINLI_DATA_DIR=str(town.path.parent))
    await town.answered("LI")
    return linli


async def _linli(town: Town, *words: str, dies: tuple[str, int] | None = None) -> tuple[int, str]:
    """Run a command; exit code and what it printed."""
    program = ("-c", DYING, dies[0], str(dies[1])) if dies else ("-m", "bot")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *program, *words),
        env=environment(town.sandbox.url, TOKEN, town.path, LINLI_DATA_DIR=str(town.path.parent), PYTHONUTF8="1"),
        cwd=town.path.parents[1],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    town.started(process)
    async with asyncio.timeout(PATIENCE):
        told, _ = await process.communicate()
    assert "Traceback" not in told.decode()
    return process.returncode or 0, told.decode()


def _keep(town: Town, name: str) -> None:
    """An attachment of that name, and nothing else of any."""
    folder = town.path.parent / "attachments"
    folder.mkdir(exist_ok=True)
    key = new_key()
    with SealedWriter(folder / name, key) as file:
        file.write(name.encode())
    db = Database(town.path, RING)
    with db.transaction():
        db.execute("delete from attachment")
        now = SystemClock().now()
        db.insert(Attachment, draft=1, state="kept", kind="photo", name=name, key=key.hex(), came_at=now)
    db.close()


def _state(town: Town) -> tuple[str, set[str]]:
    """The attachment that the database knows, and those that are there."""
    [(name,)] = town.rows("select name from attachment")
    return name, {file.name for file in (town.path.parent / "attachments").iterdir()}


async def test_backups_made_while_people_use_the_bot_are_each_of_one_moment(town: Town, tmp_path: Path) -> None:
    linli = await _run(town)
    counts = []
    for number in range(4):
        saving = asyncio.create_task(_linli(town, "backup", f"saved{number}"))
        while not saving.done():
            await town.answered("LI")
        assert (await saving)[0] == 0
        there = Settings(data_dir=tmp_path / f"there{number}")
        restore(Settings(data_dir=there.data_dir, keys="A" * 43), tmp_path / f"saved{number}")
        with closing(sqlite3.connect(there.database_path)) as db:
            assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
            # What is said and what is answered is one transaction.
            [(said, answered)] = db.execute(
                "select count(*), sum(exists(select 1 from outbox where dedupe = key || ':0')) from inbox"
            ).fetchall()
        assert said == answered
        counts.append(said)
    assert counts == sorted(set(counts)), "nothing was said meanwhile, so nothing was proved"
    await linli.stop()


@pytest.mark.parametrize(("point", "times"), [("_archive", 1), ("_member", 2)])
async def test_a_backup_that_is_killed_leaves_the_one_of_before_and_nothing_to_read(
    town: Town, point: str, times: int
) -> None:
    _keep(town, "first")
    assert (await _linli(town, "backup", "saved"))[0] == 0
    saved = town.path.parents[1] / "saved"
    before = saved.read_bytes()
    code, _ = await _linli(town, "backup", "saved", dies=(point, times))
    assert code == -signal.SIGKILL and saved.read_bytes() == before
    left = [
        file for file in town.path.parents[1].rglob("*") if file.is_file() and not file.is_relative_to(town.path.parent)
    ]
    assert not [file for file in left if "王警官".encode() in file.read_bytes() or b"SQLite" in file.read_bytes()]
    assert {file.name for file in town.path.parent.iterdir()} <= {
        "linli.db",
        "linli.db-wal",
        "linli.db-shm",
        "attachments",
    }
    assert (await _linli(town, "backup", "saved"))[0] == 0
    assert {file.name for file in town.path.parents[1].iterdir()} == {"data", "saved"}
    assert (await _linli(town, "restore", "saved"))[0] == 0
    assert _state(town) == ("first", {"first"})


@pytest.mark.parametrize(
    ("point", "times", "then"),
    [
        ("_unpack", 1, "second"),
        ("copyfileobj", 1, "second"),
        ("copyfileobj", 2, "second"),
        ("_close_up", 1, "second"),
        ("keep_names", 1, "first"),
        ("clear_leftovers", 2, "first"),
    ],
)
async def test_a_restore_that_is_killed_is_done_or_was_never_begun(
    town: Town, point: str, times: int, then: str
) -> None:
    _keep(town, "first")
    assert (await _linli(town, "backup", "saved"))[0] == 0
    _keep(town, "second")
    (town.path.parent / "attachments" / "first").unlink()
    code, _ = await _linli(town, "restore", "saved", dies=(point, times))
    assert code == -signal.SIGKILL
    linli = await _run(town)  # its start clears up
    assert _state(town) == (then, {then})
    await linli.stop()
    assert not list(town.path.parent.glob("*restoring*"))
    assert (await _linli(town, "restore", "saved"))[0] == 0
    assert _state(town) == ("first", {"first"})
    await (await _run(town)).stop()


async def test_nothing_is_restored_while_a_bot_runs(town: Town) -> None:
    linli = await _run(town)
    assert (await _linli(town, "backup", "saved"))[0] == 0
    await town.answered("ZHOU")
    code, told = await _linli(town, "restore", "saved")
    assert code == 1 and told.startswith("linli: another linli works on ") and told.count("\n") == 1
    await town.answered("ZHOU")
    await linli.stop()
    assert len(town.rows("select 1 from inbox")) == 3


async def test_after_a_restore_what_is_over_is_erased_before_anybody_is_heard_and_a_repeat_says_so(town: Town) -> None:
    now = SystemClock().now()
    db = Database(town.path, RING)
    with db.transaction():
        about = {"about": ["trying_doors"], "place": town.ids["NY-1"], "reporter": town.ids["LI"], "state": "closed"}
        for number, days in enumerate((500, 400, 5)):
            at = now - timedelta(days=days)
            when = {"happened_at": at, "created_at": at, "closed_at": at}
            db.insert(Report, number=f"N{number}", deed="试拉车门", outcome="dealt_with", **about, **when)
        note = f'{{"address": "telegram:{town.people["WANG"]}", "act": "note", "text": "有人试拉车门"}}'
        db.insert(Outbox, dedupe="a", priority="0", payload=note, due_at=now)
    db.close()
    assert (await _linli(town, "backup", "saved"))[0] == 0
    assert (await _linli(town, "restore", "saved"))[0] == 0
    left: list[list[tuple[str]]] = []

    def look() -> None:
        if not left:
            with closing(sqlite3.connect(town.path)) as stored:
                left.append(stored.execute("select number from report").fetchall())

    town.world.poll_watchers.append(look)
    linli = await _run(town)
    assert left == [[("N2",)]]
    await town.reads("WANG", "有人试拉车门")
    [told] = town.shown("WANG", "有人试拉车门")
    assert "possible repeat" in told
    await linli.stop()
