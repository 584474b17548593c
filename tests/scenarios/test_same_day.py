"""Duty W4: what was not entered the same day is asked about at 18:00, explained by a tap, and seen by the officer."""

from tests.scenarios.story import Story
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import FRIDAY, joined


async def asked(story: Story, *staff: str) -> None:
    """LI's Tuesday is three short; it is 18:00."""
    await joined(story, *(staff or ("LI", "WANG")))
    await story.say("LI", "/workload")
    for label in ("走访 +5", "登记 +5", "当日 +1", "当日 +1"):
        await story.press("LI", label)
    story.read_all("LI")
    await until(story, "2026-11-24", 17, 59)
    story.expect_nothing("LI")
    await until(story, "2026-11-24", 18)
    story.expect("LI", "11月24日周二还有 3 条没有当日录入", "什么原因")


async def shown_to_officer(story: Story, code: str = "WANG") -> None:
    """The officer opens LI's filed week."""
    await story.say(code, "/workload")
    await story.press(code, "李敏")


async def test_one_tap_explains_and_the_officer_sees_it_beside_the_week(story: Story) -> None:
    await asked(story)
    await story.press("LI", "网络不通")
    story.expect("LI", "已记下", "3 条未当日录入：网络不通")
    await story.say("LI", "/workload")
    await story.press("LI", "上报")
    story.read_all("LI")
    await until(story, FRIDAY, 8)
    await shown_to_officer(story)
    story.expect("WANG", "11月24日周二　3 条未当日录入：网络不通")
    assert "过了当天" not in story.screen("WANG")
    await until(story, FRIDAY, 19)
    story.expect_nothing("LI")


async def test_who_has_no_shortfall_or_was_asked_is_not_asked(story: Story) -> None:
    await joined(story, "LI", "WU", "QIAN")
    await story.say("LI", "/workload")
    for label in ("登记 +1", "当日 +1"):
        await story.press("LI", label)
    await story.say("WU", "/workload")
    await story.press("WU", "走访 +5")
    await story.say("QIAN", "/workload")
    await story.press("QIAN", "登记 +1")
    story.read_all("LI", "WU", "QIAN")
    await until(story, "2026-11-24", 18)
    story.expect("QIAN", "还有 1 条没有当日录入")
    for hour in (19, 23):
        await until(story, "2026-11-24", hour)
    await until(story, "2026-11-25", 9)
    story.restart()
    await until(story, "2026-11-25", 18)
    story.expect_nothing("LI", "WU", "QIAN")


async def test_an_answer_after_the_day_is_marked_late_and_no_answer_is_said(story: Story) -> None:
    await asked(story)
    await story.say("LI", "/workload")
    await story.press("LI", "上报")
    await until(story, "2026-11-26", 8)
    await shown_to_officer(story)
    story.expect("WANG", "3 条未当日录入：还没有说明")
    await story.press("LI", "系统故障")
    story.expect("LI", "系统故障（过了当天才说明）")
    await shown_to_officer(story)
    story.expect("WANG", "3 条未当日录入：系统故障（过了当天才说明）")


async def test_another_cause_is_one_sentence_screened_and_masked(story: Story) -> None:
    await asked(story)
    await story.press("LI", "其他原因")
    story.expect("LI", "用一句话说明")
    await story.say("LI", "那户是维族，没敢录")
    story.expect("LI", "⚠")
    await story.say("LI", "录入员电话 13812345678 打不通")
    story.expect("LI", "已记下", "3 条未当日录入：录入员电话")
    assert "13812345678" not in story.screen("LI").split("已记下")[-1]
    story.read_all("LI")


async def test_what_is_mended_before_the_answer_needs_none(story: Story) -> None:
    await asked(story)
    await story.press("LI", "当日 +1")
    story.expect("LI", "11月24日周二还有 2 条没有当日录入")
    for _ in range(2):
        await story.press("LI", "当日 +1")
    story.expect("LI", "11月24日周二的数字已补齐，不用再说明了")
    assert "网络不通" not in "".join(labels(story, "LI"))
    await story.say("LI", "/workload")
    await story.press("LI", "上报")
    await until(story, "2026-11-26", 8)
    await shown_to_officer(story)
    assert "未当日录入" not in story.screen("WANG")


async def test_what_is_entered_late_in_the_evening_is_asked_about_next_morning(story: Story) -> None:
    await joined(story, "LI")
    await until(story, "2026-11-24", 20)
    await story.say("LI", "/workload")
    await story.press("LI", "登记 +1")
    story.read_all("LI")
    await until(story, "2026-11-24", 23)
    story.expect_nothing("LI")
    await until(story, "2026-11-25", 9)
    story.expect("LI", "11月24日周二还有 1 条没有当日录入")


async def test_nobody_answers_for_a_colleague(story: Story) -> None:
    await asked(story, "LI", "WU", "ZHOU", "WANG")
    for code in ("WU", "ZHOU", "WANG"):
        await story.forge(code, "sd:1:network")
        assert story.toast(code) == "这件事不在您的职责或辖区内。"
    await story.forge("LI", "sd:1:holiday")
    await story.forge("LI", "sd:99:network")
    assert [row["cause"] for row in story.db.all("select cause from same_day_shortfall")] == [""]


async def test_the_same_in_english(story: Story) -> None:
    await joined(story, "LI", language="en")
    await story.say("LI", "/workload")
    await story.press("LI", "Taken +1")
    story.read_all("LI")
    await until(story, "2026-11-24", 18)
    story.expect("LI", "Tue, Nov 24: 1 records were not entered the same day")
    await story.press("LI", "No network")
    story.expect("LI", "Noted", "1 not entered the same day: No network")
