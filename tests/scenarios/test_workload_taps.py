"""How few taps the workload takes: a week of a coordinator, and the officer's round of twelve of them."""

from datetime import timedelta

import pytest

from handlers import postings
from models.invite import Invite, digest
from models.person import Person
from tests.scenarios.story import Story
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import FRIDAY, LINE, joined

WEEK_TAPS, ROUND_TAPS, COORDINATORS = 6, 15, 12


@pytest.mark.parametrize(("language", "add", "file"), [("zh", "走访 +5", "上报"), ("en", "Visits +5", "File")])
async def test_an_ordinary_week_takes_a_line_or_six_taps(story: Story, language: str, add: str, file: str) -> None:
    await joined(story, "LI", "WU", language=language)
    await story.say("LI", LINE)
    await story.press("LI", file)
    assert story.taps["LI"] == 1
    await story.say("WU", "/workload")
    for _ in range(WEEK_TAPS - 1):
        await story.press("WU", add)
    await story.press("WU", file)
    assert story.taps["WU"] <= WEEK_TAPS
    assert [row["state"] for row in story.db.all("select state from workload_week")] == ["filed", "filed"]
    assert story.db.all("select sum(visited) as n from workload_entry")[0]["n"] == 32 + 25


async def more_coordinators(story: Story, count: int) -> list[str]:
    """So many colleagues of LI, with a phone each."""
    codes = [f"C{number}" for number in range(count)]
    with story.db.transaction() as db:
        for code in codes:
            story.ids[code] = db.insert(Person, code=code, name=f"同事{code}", role="coordinator")
            postings.assign(db, story.ids[code], [story.ids["NY-1"]], None)
            until = story.clock.now() + timedelta(days=7)
            db.insert(Invite, digest=digest(f"CODE{code}"), person=story.ids[code], expires_at=until)
    for code in codes:
        story.stranger(code)
        await story.say(code, f"/start CODE{code}")
    return codes


@pytest.mark.parametrize(
    ("language", "all_of_them", "sure", "confirm"),
    [
        ("zh", "确认没有疑问的 10 份", "确认这 10 份", "确认"),
        ("en", "Confirm 10 without doubts", "Confirm these 10", "Confirm"),
    ],
)
async def test_the_round_of_twelve(story: Story, language: str, all_of_them: str, sure: str, confirm: str) -> None:
    await joined(story, "LI", "WU")
    await joined(story, "WANG", language=language)
    codes = ["LI", "WU", *await more_coordinators(story, COORDINATORS - 2)]
    for number, code in enumerate(codes):
        if number % 6:
            await story.say(code, LINE)
            await story.press(code, "上报")
        else:
            await story.say(code, "走访 20 登记 3 当日录入 9")
            for label in ("上报", "数字没错", "补录以前的"):
                await story.press(code, label)
    await until(story, FRIDAY, 8)
    story.taps.clear()
    await story.say("WANG", "/workload")
    await story.press("WANG", all_of_them)
    await story.press("WANG", sure)
    for _ in range(2):
        await story.press("WANG", "⚠")
        await story.press("WANG", confirm)
    assert story.taps["WANG"] <= ROUND_TAPS
    assert {row["state"] for row in story.db.all("select state from workload_week")} == {"confirmed"}
    assert len([line for line in story.messages("WANG")[-1]["text"].splitlines() if line.startswith("✓")]) == 12
    for code in codes:
        story.expect(code, "民警已确认")
