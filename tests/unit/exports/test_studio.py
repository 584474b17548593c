"""The studio: pictures and documents made in a process that may end without harm, while the bot goes on."""

import asyncio
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import psutil
import pytest
from openpyxl import load_workbook

from exports.analysis import document
from exports.board import picture
from exports.faces import FontMissing
from exports.studio import ROWS_AT_ONCE, Studio, Unmade
from exports.workbook import Sheet, workbook
from tests.unit.exports.test_analysis import ANALYSIS
from tests.unit.exports.test_board import board
from tests.unit.exports.test_workbook import BOOK, FIELDS


def workers() -> list[psutil.Process]:
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "exports.studio" in process.cmdline():
                found.append(process)
    return found


async def test_it_makes_what_was_ordered_in_one_process_and_leaves_none() -> None:
    async with Studio() as studio:
        assert not workers(), "the process starts at the first order"
        assert await studio.board(board()) == picture(board())
        first = workers()
        assert await studio.workbook(BOOK) == workbook(BOOK)
        assert await studio.document(ANALYSIS) == document(ANALYSIS)
        assert workers() == first
        assert len(first) == 1
    assert not workers()


def test_the_bot_carries_none_of_the_libraries() -> None:
    heavy = "{'matplotlib', 'numpy', 'docx', 'xlsxwriter'}"
    asked = f"import sys, exports.studio; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", asked], check=False, timeout=60).returncode == 0


async def test_what_was_made_is_kept_by_what_it_says() -> None:
    async with Studio(kept=2) as studio:
        made = [await studio.board(board(rows)) for rows in (1, 2)]
        [worker] = workers()
        worker.kill()
        worker.wait()
        assert [await studio.board(board(rows)) for rows in (2, 1)] == [made[1], made[0]]
        assert not workers(), "kept pictures need no process"
        await studio.board(board(3))
        [worker] = workers()
        worker.kill()
        worker.wait()
        assert await studio.board(board(1)) == made[0]
        assert not workers()
        assert await studio.board(board(2)) == made[1], "the one that nobody asked for longest had to go"
        assert workers()


async def test_many_who_ask_for_the_same_have_it_made_once() -> None:
    async with Studio() as studio:
        pictures = await asyncio.gather(*(studio.board(board()) for _ in range(10)))
        assert all(made is pictures[0] for made in pictures)


async def test_others_have_their_turn_meanwhile() -> None:
    rows = [("协管员", None, number, None, None, None, None) for number in range(20 * ROWS_AT_ONCE + 1)]
    async with Studio() as studio:
        making = asyncio.create_task(studio.workbook(replace(BOOK, sheets=(Sheet("周", FIELDS, rows), *BOOK.sheets))))
        turns = 0
        while not making.done():
            await asyncio.sleep(0)
            turns += 1
        assert turns > 100
        read = load_workbook(BytesIO(await making), read_only=True)
        assert [row[2] for row in read["周"].iter_rows(min_row=2, values_only=True)] == [row[2] for row in rows]
        assert read.sheetnames == ["周", "周报", "月报", "数据来源"]


async def test_a_process_that_died_is_replaced() -> None:
    async with Studio() as studio:
        await studio.board(board(1))
        [worker] = workers()
        worker.kill()
        assert await studio.board(board(2)) == picture(board(2))
        assert workers()[0].pid != worker.pid


async def test_one_that_dies_at_work_is_replaced() -> None:
    async with Studio() as studio:
        making = asyncio.create_task(studio.board(board(30)))
        while not workers():  # noqa: ASYNC110  # a process has no event to wait for
            await asyncio.sleep(0)
        workers()[0].kill()
        assert await making == picture(board(30))


async def test_what_cannot_be_made_is_said_and_the_next_is_made() -> None:
    async with Studio() as studio:
        with pytest.raises(Unmade, match="Board"):
            await studio.board(board(400))
        assert await studio.board(board(1)) == picture(board(1))


async def test_one_that_is_not_done_in_time_is_ended() -> None:
    async with Studio(seconds=0.01) as studio:
        with pytest.raises(Unmade):
            await studio.board(board(1))
        assert not workers()


async def test_who_waits_no_longer_spoils_nothing_for_the_next() -> None:
    async with Studio() as studio:
        await studio.board(board(1))
        making = asyncio.create_task(studio.board(board(14)))
        for _ in range(5):
            await asyncio.sleep(0)
        making.cancel()
        assert await studio.board(board(2)) == picture(board(2))
        assert making.cancelled()


async def test_without_a_font_the_mend_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    async with Studio() as studio:
        with pytest.raises(FontMissing, match="apt-get install"):
            await studio.board(board(1))
        assert await studio.workbook(BOOK)


async def test_the_process_ends_with_the_bot() -> None:
    studio = Studio()
    await studio.board(board(1))
    [worker] = workers()
    assert studio._process is not None
    assert studio._process.stdin is not None
    studio._process.stdin.close()  # as the system does where the bot is killed
    await asyncio.to_thread(worker.wait, 30)
    await studio.__aexit__()
