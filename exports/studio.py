"""The studio: pictures and documents are made in a process of their own, which starts at the first order and stays.

The libraries that make them take seconds to import and hold a processor while they work; the bot answers meanwhile.
"""

import asyncio
import contextlib
import os
import pickle
import struct
import sys
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Self

from exports.analysis import Analysis, document
from exports.board import Board, picture
from exports.faces import FontMissing
from exports.workbook import Book, Value, workbook

SECONDS = 60.0  # an order takes at most
KEPT = 64  # pictures, of some 100 KB
ROWS_AT_ONCE = 500  # are put into one piece for the process: some milliseconds of the bot's
PASSED_ON = ("PATH", "HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")  # of the environment: whereby fonts are found
_HEAD = struct.Struct("!I")  # before an answer: how long it is. No answer is empty but one that tells of no font

Order = Board | Book | Analysis


class Unmade(Exception):
    """The process failed twice, or was not done in time."""


class Studio:
    """Makes one order after the other; pictures of boards are kept by what they say."""

    def __init__(self, *, seconds: float = SECONDS, kept: int = KEPT) -> None:
        self._seconds, self._kept = seconds, kept
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._pictures: OrderedDict[Board, bytes] = OrderedDict()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End the process, if there is one."""
        async with self._turn:
            await self._end()

    async def board(self, board: Board) -> bytes:
        """The picture of a board, as PNG. Raises FontMissing, Unmade."""
        if kept := self._known(board):
            return kept
        async with self._turn:
            if kept := self._known(board):  # somebody else waited for the same
                return kept
            made = self._pictures[board] = await self._made(board)
            if len(self._pictures) > self._kept:
                self._pictures.popitem(last=False)
            return made

    def _known(self, board: Board) -> bytes | None:
        """A kept picture; the one that was not asked for longest goes first."""
        if board in self._pictures:
            self._pictures.move_to_end(board)
        return self._pictures.get(board)

    async def workbook(self, book: Book) -> bytes:
        """The book as XLSX. Raises Unmade."""
        async with self._turn:
            return await self._made(book)

    async def document(self, analysis: Analysis) -> bytes:
        """The analysis as DOCX. Raises Unmade."""
        async with self._turn:
            return await self._made(analysis)

    async def _made(self, order: Order) -> bytes:
        with contextlib.suppress(EOFError, OSError):
            return await self._ask(order)  # the process may have died since the last order
        try:
            return await self._ask(order)
        except (EOFError, OSError) as error:  # a timeout is an OSError
            raise Unmade(f"{type(order).__name__} was not made: {error}") from error

    async def _ask(self, order: Order) -> bytes:
        process = self._process or await self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            async with asyncio.timeout(self._seconds):
                for piece in _pieces(order):
                    process.stdin.write(piece)
                    await process.stdin.drain()
                    await asyncio.sleep(0)  # what else waits has its turn
                (length,) = _HEAD.unpack(await process.stdout.readexactly(_HEAD.size))
                answer = await process.stdout.readexactly(length)
        except BaseException:
            await self._end()  # an answer that nobody waits for would be taken for the next one's
            raise
        if not answer:
            raise FontMissing
        return answer

    async def _start(self) -> asyncio.subprocess.Process:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-PB",  # no module from whatever folder the bot was started in, and no compiled one put down
            "-m",
            "exports.studio",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ}
            | {"PYTHONPATH": str(Path(__file__).parents[1])},
            start_new_session=True,  # an interrupt from the keyboard is the bot's to deal with
        )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()


def _pieces(order: Order) -> Iterator[bytes]:
    """An order on its way: the rows of a long book would hold up the bot if they were packed at once."""
    if isinstance(order, Book):
        yield pickle.dumps(replace(order, sheets=tuple(replace(sheet, rows=()) for sheet in order.sheets)))
        for sheet in order.sheets:
            for first in range(0, len(sheet.rows), ROWS_AT_ONCE):
                yield pickle.dumps(list(sheet.rows[first : first + ROWS_AT_ONCE]))
            yield pickle.dumps([])
    else:
        yield pickle.dumps(order)


def main() -> None:
    """Make what standard input orders, until it ends with the bot."""
    os.nice(5)  # whoever writes to the bot comes first
    while True:
        try:
            order = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = _make(order)
        except FontMissing:
            answer = b""
        sys.stdout.buffer.write(_HEAD.pack(len(answer)) + answer)
        sys.stdout.buffer.flush()


def _make(order: Order) -> bytes:
    match order:
        case Board():
            return picture(order)
        case Analysis():
            return document(order)
        case Book():
            sheets = [replace(sheet, rows=[row for rows in iter(_rows, []) for row in rows]) for sheet in order.sheets]
            return workbook(replace(order, sheets=tuple(sheets)))


def _rows() -> list[tuple[Value, ...]]:
    """The next rows of a sheet; none when it has no more."""
    rows: list[tuple[Value, ...]] = pickle.load(sys.stdin.buffer)
    return rows


if __name__ == "__main__":
    main()
