"""Erasing is killed again and again: no report is left half erased, and the counts are right."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest_asyncio
from sqlmodel import SQLModel

from attachments.cabinet import Cabinet
from benchmarks.linli_folder import RING, environment
from chat.clock import SystemClock
from models.alert import Alert, Delivery
from models.attachment import Attachment
from models.database import Database
from models.draft import Draft
from models.followup import Followup
from models.queue import Card, Outbox
from models.receipt import Receipt
from models.report import Exchange, Opening, Report, ReportKind
from tests.faults.linli_process import PATIENCE, Town
from tests.scenarios.story import TOKEN

REPORTS, KEPT, KILLS, CARDS = 600, 20, 8, 90
WORDS = "编号八八八"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    opened = await Town.open(tmp_path)
    _fill(opened)
    yield opened
    await opened.close()


def _fill(town: Town) -> None:
    """Closed reports of every kind, with all that may hang on one; the last few are not due."""
    db, now = Database(town.path, RING), SystemClock().now()
    li, wang = town.ids["LI"], town.ids["WANG"]
    cabinet = Cabinet(town.path.parent / "data" / "attachments")
    address = f"telegram:{town.people['WANG']}"
    first = None
    with db.transaction():
        for number in range(REPORTS + KEPT):
            closed = now - timedelta(days=400 if number < REPORTS else 1)
            report = db.insert(
                Report,
                number=f"NY-{number:04d}",
                kind=list(ReportKind)[number % 3].value,
                reporter=li,
                place=town.ids["NY-1" if number % 2 else "NY"],
                state="closed",
                about=["other"],
                where=WORDS,
                happened_at=closed,
                deed=WORDS,
                outcome="dealt_with",
                created_at=closed,
                closed_at=closed,
                same_as=first if number % 5 == 0 else None,
            )
            first = first or report
            alert = db.insert(Alert, report=report, place=town.ids["NY"], state="closed")
            db.insert(Delivery, alert=alert, person=wang, step=0, fate="arrived", sent_at=closed)
            for through in ("alert", "list"):
                db.insert(Opening, report=report, person=wang, through=through, opened_at=closed)
            db.insert(Exchange, report=report, author=wang, kind="question", text=WORDS, said_at=closed)
            db.insert(Receipt, report=report, mark=db.mark(f"receipt:{number}"))
            db.insert(Followup, report=report, day="2026-01-01", proposed_by=li)
            draft = db.insert(
                Draft,
                account=db.mark(f"telegram:x{number}"),
                form="answer",
                version=1,
                step="line",
                answers={"_report": report, "line": WORDS},
                address=f"telegram:{town.people['LI']}",
                touched_at=now,
                reminded=True,
                report=report,
            )
            for belongs in ({"report": report}, {"draft": draft}):
                path = cabinet.new()
                path.write_bytes(b"sealed")
                db.insert(Attachment, state="kept", kind="photo", name=path.name, key="00", came_at=closed, **belongs)
            if number % CARDS == 0:  # they are taken away one a second
                db.insert(Card, address=db.mark(address), card=f"alert:{alert}", message="1", shown_at=closed)
            if number % 10 == 0:
                db.insert(Outbox, dedupe=f"w{number}", priority="1", payload="", state="done", due_at=closed)
    db.close()


def _left(town: Town) -> int:
    return int(town.rows("select count(*) from report")[0][0])


def _fewer(town: Town, than: int) -> bool:
    return _left(town) < than


async def _until(found: Callable[[], bool]) -> None:
    """Look again and again, beside the loop on which the sandbox lives."""

    def look() -> None:
        until = time.monotonic() + PATIENCE
        while not found():
            assert time.monotonic() < until

    await asyncio.to_thread(look)


async def test_killed_again_and_again_nothing_is_left_half_erased(town: Town) -> None:
    settings = environment(town.sandbox.url, TOKEN, town.path)
    for _ in range(KILLS):
        before = _left(town)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "retention"),
            env=settings,
            cwd=town.path.parent,
            stdout=asyncio.subprocess.DEVNULL,
        )
        await _until(partial(_fewer, town, before))  # it is at work now
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
        assert KEPT < _left(town) < before
    linli = await town.run()  # the running bot comes to the end of it, and sees to the files
    await _until(lambda: _left(town) == KEPT and not town.rows("select 1 from removal"))
    await _until(lambda: not town.rows("select 1 from outbox where state in ('waiting', 'sending')"))
    await linli.stop()

    for table in SQLModel.metadata.sorted_tables:  # no row belongs to what is gone
        for key in table.foreign_keys:
            child, parent = f'"{table.name}"."{key.parent.name}"', f'"{key.column.table.name}"'
            orphan = (
                f'select 1 from "{table.name}" where {child} is not null and {child} not in (select id from {parent})'
            )
            assert not town.rows(orphan), child
    for name in ("alert", "delivery", "receipt", "followup", "draft", "exchange"):
        assert town.rows(f"select count(*) from {name}") == [(KEPT,)], name
    assert town.rows("select count(*) from opening") == [(2 * KEPT,)]
    assert town.rows("select count(*) from card where card like 'alert:%'") == [(0,)]
    assert not town.rows("select 1 from outbox where card <> '' or payload <> ''")
    files = {file.name for file in (town.path.parent / "data" / "attachments").iterdir()}
    assert files == {row[0] for row in town.rows("select name from attachment")} and len(files) == 2 * KEPT
    counted = dict(town.rows("select kind, sum(count) from erasure group by kind"))
    assert counted == {kind.value: REPORTS // 3 for kind in ReportKind} | {"opening": 2 * REPORTS}
    assert len(town.rows("select distinct kind, place, month from erasure")) == len(town.rows("select 1 from erasure"))
