"""The database is locked by another program, has no room, or is damaged: nothing is confirmed that is not stored."""

import resource
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.linli_process import Linli, Town


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    opened = await Town.open(tmp_path)
    yield opened
    await opened.close()


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin immediate")
print("held", flush=True)
sys.stdin.read()
connection.execute("rollback")
"""


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Another program holds the write lock."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.stdin.close()
        assert holder.wait(10) == 0


@contextmanager
def _full(linli: Linli, path: Path) -> Iterator[None]:
    """No file of the running program may grow any more."""
    wal = path.with_name(f"{path.name}-wal").stat().st_size
    unlimited = resource.prlimit(linli.process.pid, resource.RLIMIT_FSIZE, (wal, resource.RLIM_INFINITY))
    yield
    if linli.process.returncode is None:
        resource.prlimit(linli.process.pid, resource.RLIMIT_FSIZE, unlimited)


def _pending(town: Town) -> int:
    """Updates that the bot has not confirmed."""
    return len(town.world.pending)


async def _all_answered(town: Town, linli: Linli) -> None:
    """Both who spoke get their one answer, a third thing is answered too, and nothing is left in doubt."""
    await town.reads("LI", "李敏 · ")
    await town.reads("ZHOU", "周婷 · ")
    town.say("LI", "/duty")
    await town.reads("LI", "现在由谁负责")
    await linli.stop()
    assert len(town.shown("LI", "李敏 · ")) == len(town.shown("ZHOU", "周婷 · ")) == 1
    assert town.rows("select state from inbox where state <> 'done'") == []
    assert town.rows("select state from outbox where state in ('sending', 'failed')") == []


async def test_locked_by_another_program_nothing_is_confirmed_and_everything_is_answered_after(town: Town) -> None:
    linli = await town.at_work()
    with _locked(town.path):
        town.say("LI", "/me")
        town.say("ZHOU", "/me")
        await linli.heard("updates not stored, so not confirmed")
        assert _pending(town) == 2
        assert not town.shown("LI", "李敏 · ")
    await _all_answered(town, linli)


async def test_locked_while_a_message_is_under_way_its_receipt_is_kept_and_it_is_not_sent_twice(town: Town) -> None:
    linli = await town.at_work()
    other = sqlite3.connect(town.path, isolation_level=None, timeout=5)

    def lock(*_: object) -> None:
        """As the message arrives, and before the bot is told that it has."""
        arrived = any("李敏 · " in note.text for note in town.world.notes[town.people["LI"]].values())
        if arrived and not other.in_transaction:
            other.execute("begin immediate")

    town.world.watchers.append(lock)
    town.say("LI", "/me")
    await linli.heard("database busy, sending waits")
    town.world.watchers.remove(lock)
    other.execute("rollback")
    other.close()
    town.say("ZHOU", "/me")
    await _all_answered(town, linli)


async def test_a_full_disk_confirms_nothing_and_everything_is_answered_once_there_is_room(town: Town) -> None:
    linli = await town.at_work()
    with _full(linli, town.path):
        town.say("LI", "/me")
        town.say("ZHOU", "/me")
        await linli.heard("updates not stored, so not confirmed", times=2)
        assert _pending(town) == 2
        assert not town.shown("LI", "李敏 · ")
    await _all_answered(town, linli)


async def test_stopped_while_the_disk_is_full_the_next_start_answers(town: Town) -> None:
    linli = await town.at_work()
    with _full(linli, town.path):
        town.say("LI", "/me")
        town.say("ZHOU", "/me")
        await linli.heard("updates not stored, so not confirmed")
        await linli.stop()
    await _all_answered(town, await town.run())


async def test_without_any_room_it_does_not_start_and_says_so_in_one_line(town: Town) -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    town.say("LI", "/me")
    town.say("ZHOU", "/me")
    line = await (await town.run(prepare=no_room)).refused()
    assert line == "linli: the database cannot be used: disk I/O error; run: linli doctor"
    assert _pending(town) == 2
    await _all_answered(town, await town.run())


def _damage(path: Path, what: str) -> None:
    raw = bytearray(path.read_bytes())
    match what:
        case "header":
            raw[:100] = b"x" * 100
        case "half is gone":
            del raw[len(raw) // 2 :]
        case "empty":
            raw.clear()
        case table:
            with closing(sqlite3.connect(path)) as stored:
                [(page,)] = stored.execute("select rootpage from sqlite_master where name = ?", (table,))
                [(size,)] = stored.execute("pragma page_size")
            raw[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(raw)


@pytest.mark.parametrize("what", ["header", "half is gone", "empty", "inbox", "account"])
async def test_damaged_it_ends_with_one_line_and_confirms_nothing_so_that_a_backup_loses_nothing(
    town: Town, what: str
) -> None:
    backup = town.path.read_bytes()
    _damage(town.path, what)
    town.say("LI", "/cancel")
    line = await (await town.run()).refused()
    assert ("run: linli migrate" if what == "empty" else "cannot be used: ") in line
    assert _pending(town) == 1
    for left in town.path.parent.glob("linli.db*"):
        left.unlink()
    town.path.write_bytes(backup)
    linli = await town.run()
    await town.reads("LI", "没有正在填写的表")
    await linli.stop()


async def test_a_damage_that_only_the_tick_meets_ends_the_bot_too(town: Town) -> None:
    linli = await town.at_work()
    await linli.stop()
    _damage(town.path, "draft")
    line = await (await town.run()).refused()
    assert "run: linli doctor" in line
