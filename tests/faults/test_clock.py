"""The clock is set back a day, or leaps ahead: drafts, alerts and escalation go on as if it had not."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
import time_machine

from reminders.tick import Ticker
from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import DEED, file_report

STAFF = ("LI", "ZHOU", "WANG", "SUN", "GAO")
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest_asyncio.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    opened = await Story.open(tmp_path)
    for code in STAFF:
        await opened.join(code)
    yield opened
    await opened.close()


async def test_an_alert_does_not_wait_until_a_clock_that_was_set_back_has_caught_up(story: Story) -> None:
    await file_report(story)
    story.read_all(*STAFF)
    await story.advance(days=-1)
    story.expect_nothing(*STAFF)
    await story.advance(minutes=5)
    story.expect("SUN", "未经核实", DEED)
    story.expect("LI", "已送达孙警官")
    await story.advance(days=-1)
    story.read_all("WANG")
    story.expect_nothing(*STAFF)
    await story.advance(minutes=10)
    story.expect("GAO", "还没有人接手", DEED)
    await story.press("WANG", "接手")
    story.expect("LI", "王警官已查看并接手")
    for label in ("办结", "已处理", "跳过"):
        await story.press("WANG", label)
    story.expect("LI", "已办结：已处理。谢谢您")


async def test_drafts_survive_a_clock_that_was_set_back(story: Story) -> None:
    await file_report(story)
    await story.say("LI", "/report")
    for label in ("可疑情况", "否", "试拉门窗", "选好了", "南苑一片", "现在"):
        await story.press("LI", label)
    story.read_all(*STAFF)
    await story.advance(days=-1)
    story.expect_nothing("LI")
    await story.press("LI", "补充")
    await story.say("LI", "他们往北门去了")  # said to the form that was opened last
    story.expect("WANG", "他们往北门去了")
    story.expect("LI", "第 5/8 步")
    await story.say("LI", f"{DEED}，又一次")
    for label in ("跳过", "跳过", "可以", "提交"):
        await story.press("LI", label)
    story.expect("WANG", f"{DEED}，又一次")
    numbers = [row["number"] for row in story.db.all("select number from report order by id")]
    assert numbers == ["NY-1-261124-001", "NY-1-261123-002"]


async def test_a_draft_is_recalled_and_expires_by_the_clock_that_was_set_back(story: Story) -> None:
    await story.say("LI", "/report")
    await story.press("LI", "可疑情况")
    await story.advance(days=-1)
    story.read_all("LI")
    await story.advance(minutes=31)
    story.expect("LI", "还没填完")
    await story.advance(hours=24)
    story.expect("LI", "已清除")


async def test_after_a_leap_ahead_an_alert_takes_one_step_at_a_time(story: Story) -> None:
    await file_report(story)
    story.read_all(*STAFF)
    await story.advance(days=3)
    story.expect("SUN", "未经核实", DEED)
    story.expect_nothing("GAO")
    await story.advance(seconds=1)
    story.expect_nothing("GAO")
    await story.advance(minutes=10)
    story.expect("GAO", "还没有人接手")


async def test_after_a_leap_ahead_a_draft_is_recalled_once_or_told_to_be_gone_never_both(story: Story) -> None:
    for who in ("LI", "ZHOU"):
        await story.say(who, "/report")
        await story.press(who, "可疑情况")
    await story.advance(hours=10)
    await story.press("ZHOU", "否")
    story.expect("LI", "还没填完")
    story.read_all(*STAFF)
    await story.advance(hours=9)
    story.expect("ZHOU", "还没填完")
    story.expect_nothing("LI", "ZHOU")
    await story.say("ZHOU", "/cancel")
    await story.say("ZHOU", "/report")
    await story.press("ZHOU", "可疑情况")
    story.read_all(*STAFF)
    await story.advance(days=3)
    for who in ("LI", "ZHOU"):
        story.expect(who, "已清除")
    story.expect_nothing(*STAFF)


@pytest.mark.parametrize("leap", [timedelta(days=-1), timedelta(days=1)], ids=["back", "ahead"])
async def test_the_machines_clock_may_leap_and_there_are_ticks_all_the_same(leap: timedelta) -> None:
    ticked = asyncio.Event()
    with time_machine.travel(NOON) as traveller:
        ticker = Ticker(ticked.set, 0.05)
        ticker.start()
        await asyncio.wait_for(ticked.wait(), 5)
        traveller.shift(leap)
        ticked.clear()
        await asyncio.wait_for(ticked.wait(), 5)
        ticked.clear()
        await asyncio.wait_for(ticked.wait(), 5)
        ticker.stop()
