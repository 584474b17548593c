"""Short memory: a closed report is erased when its time is over, with all that hangs on it; a count is left."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.database import opened
from models.draft import Draft
from models.report import Report
from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import file_report

DEED = "两人挨个试拉停在路边的车门，编号七七七"
LINE = "编号七七七之后又有人来过"


async def _closed(story: Story, outcome: str) -> None:
    for code in ("LI", "WANG"):
        await story.join(code)
    await file_report(story, deed=DEED)
    await story.press("LI", "补充")
    await story.say("LI", LINE)
    for label in ("接手", "办结", outcome, "跳过"):
        await story.press("WANG", label)
    await story.advance(seconds=1)


def _left(folder: Path) -> bool:
    """Whether a word of the report is left in the database's files, on the disk."""
    with closing(sqlite3.connect(folder / "linli.db")) as db:
        counts = [db.execute(f"select count(*) from {t}").fetchone()[0] for t in ("report", "alert", "exchange")]
    raw = b"".join(file.read_bytes() for file in folder.glob("linli.db*"))
    return any(counts) or "编号七七七".encode() in raw


@pytest.mark.parametrize(("outcome", "days"), [("已处理", 90), ("未发现异常", 90), ("不属实", 7)])
async def test_a_closed_report_is_erased_in_time_and_leaves_a_count(
    story: Story, tmp_path: Path, outcome: str, days: int
) -> None:
    await _closed(story, outcome)
    assert _left(tmp_path)
    await story.advance(days=days, hours=-2)
    assert _left(tmp_path)
    await story.advance(hours=3)
    assert not _left(tmp_path)
    assert [tuple(row) for row in story.db.all("select kind, count from erasure")] == [("report", 1)]
    assert "试拉门窗" not in story.screen("LI")
    for table in ("opening", "delivery"):
        assert not story.db.all(f"select 1 from {table}")


async def test_a_withdrawn_report_is_kept_for_the_short_time(story: Story, tmp_path: Path) -> None:
    await story.join("LI")
    await file_report(story, deed=DEED)
    await story.press("LI", "撤回")
    await story.press("LI", "撤回")
    await story.advance(days=7, hours=1)
    assert not _left(tmp_path)


async def test_an_open_report_is_never_erased(story: Story) -> None:
    await story.join("LI")
    await file_report(story, deed=DEED)
    await story.advance(days=365)
    assert story.db.all(f"select {opened(Report, 'deed')} from report")[0]["deed"] == DEED


async def test_a_form_about_an_erased_report_goes_with_it(story: Story) -> None:
    await _closed(story, "不属实")
    account = f"telegram:{story.phones['LI'].id}"
    with story.db.transaction() as db:
        db.insert(
            Draft,
            account=db.mark(account),
            form="answer",
            version=1,
            step="line",
            answers={"_report": 1},
            address=account,
            touched_at=story.clock.now().replace(year=2030),
            report=1,
        )
    await story.advance(days=8)
    assert not story.db.all("select 1 from draft")
