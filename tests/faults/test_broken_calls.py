"""Three calls in ten fail, in every way there is: every alert arrives, in order, and no limit is ever exceeded."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import file_report

RATES = {"rate_429": 0.075, "rate_5xx": 0.075, "rate_reset": 0.075, "rate_lost_answer": 0.075}
REPORTS = 8  # of each reporter
REPORTERS = {"LI": "WANG", "QIAN": "HE"}


@pytest_asyncio.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    opened = await Story.open(tmp_path, paced=True)
    yield opened
    await opened.close()


def _arrived(story: Story, officer: str) -> list[int]:
    """The reports in an officer's chat, in the order in which they first came."""
    shown = story.sandbox.world.view(story.phones[officer].id)["messages"]
    found = [re.search(r"编号(\d+)号", m["text"]) for m in shown if m["from"] == "bot"]
    return list(dict.fromkeys(int(match[1]) for match in found if match))


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_every_alert_arrives_in_order_and_within_the_limits(story: Story, seed: int) -> None:
    for code in ("LI", "QIAN", "WANG", "HE"):
        await story.join(code)
    story.sandbox.breakage.set(RATES | {"seed": seed})
    for number in range(REPORTS):
        for reporter in REPORTERS:
            place = "南苑一片" if reporter == "LI" else "东溪一片"
            await file_report(story, reporter, f"有人挨个试拉车门，编号{number}号", place)
    for reporter, officer in REPORTERS.items():
        assert _arrived(story, officer) == list(range(REPORTS))
        await story.press(officer, "接手")
        for label in ("办结", "已处理", "跳过"):
            await story.press(officer, label)
        shown = [m["text"] for m in story.messages(reporter) if m["from"] == "bot"]
        told = [text.split("：")[-1] for text in shown if "已接手。" in text or "谢谢您" in text]
        assert list(dict.fromkeys(told)) == [f"{story.name(officer)}已接手。", "已处理。谢谢您。"], told
        unmarked = [text for text in shown if "已接手。" in text and "可能重复" not in text]
        assert len(unmarked) <= 1
    broken = story.sandbox.breakage.happened
    assert set(broken) == {"rate_429", "rate_5xx", "rate_reset", "rate_lost_answer"} and sum(broken.values()) > 100
    assert story.sandbox.limits.violations == 0
    assert not story.db.all("select 1 from outbox where state not in ('done')")
