"""Duty W6: a plan of self-checks, counted from what is entered, reminded of, and followed by the next."""

from tests.scenarios.story import Story
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import FRIDAY, joined


async def planned(story: Story, *staff: str) -> None:
    """LI wants to check twenty dwellings by the usual day."""
    await joined(story, *(staff or ("LI",)))
    await story.say("LI", "自查 7")  # before the plan: it counts for none
    await story.press("LI", "自查计划")
    await story.say("LI", "二十")
    story.expect("LI", "哪天前查完")
    await story.press("LI", "12月4日周五（两周一轮）")


async def test_a_plan_is_counted_reminded_of_and_followed_by_the_next(story: Story) -> None:
    await planned(story)
    story.expect("LI", "自查计划 0/20 户，12月4日周五前")
    await story.say("LI", "自查 12")
    story.expect("LI", "自查计划 5/20 户")
    await story.say("LI", "走访 20")
    await story.press("LI", "上报")
    story.read_all("LI")
    await until(story, "2026-12-02", 8, 59)
    story.expect_nothing("LI")
    await until(story, "2026-12-02", 9)
    story.expect("LI", "还差 15 户：5/20，12月4日周五前查完")
    await story.press("LI", "去填自查")
    await story.press("LI", "更多项目")
    for _ in range(2):
        await story.press("LI", "自查 +5")
    story.expect("LI", "自查计划 15/20 户")
    await until(story, "2026-12-03", 9)
    story.expect_nothing("LI")
    await until(story, "2026-12-04", 9)
    story.expect("LI", "今天到期，还差 5 户：15/20")
    story.read_all("LI")
    await until(story, "2026-12-04", 20)
    story.read_all("LI")
    await until(story, "2026-12-06", 12)
    story.expect_nothing("LI")
    await until(story, "2026-12-07", 9)
    story.expect("LI", "这一轮自查到期了：15/20 户")
    await story.press("LI", "定下一轮")
    await story.say("LI", "0")
    story.expect("LI", "⚠ 这个数字太小了")
    await story.say("LI", "24")
    await story.press("LI", "12月18日周五（两周一轮）")
    story.expect("LI", "自查计划 0/24 户，12月18日周五前")


async def test_who_has_reached_it_is_not_hurried(story: Story) -> None:
    await planned(story)
    await story.say("LI", "走访 40 自查 27")
    story.expect("LI", "自查计划 20/20 户 ✓ 已完成")
    await story.press("LI", "上报")
    story.read_all("LI")
    await until(story, "2026-12-02", 9)
    await until(story, "2026-12-03", 13)
    story.expect_nothing("LI")
    await until(story, "2026-12-04", 9)
    assert "今天到期" not in story.screen("LI")
    await until(story, "2026-12-07", 9)
    story.expect("LI", "这一轮自查完成了：20/20 户")


async def test_a_plan_that_is_changed_keeps_what_was_done(story: Story) -> None:
    await planned(story)
    await story.say("LI", "自查 12")
    await story.press("LI", "自查计划")
    await story.say("LI", "10")
    await story.say("LI", "12-1")
    story.expect("LI", "自查计划 5/10 户，12月1日周二前")
    assert len(story.db.all("select 1 from self_check_plan")) == 1


async def test_the_officer_sees_the_plan_and_nobody_else_sets_it(story: Story) -> None:
    await planned(story, "LI", "WU", "ZHOU", "WANG")
    await story.say("LI", "走访 20")
    await story.press("LI", "上报")
    for code in ("WU", "ZHOU", "WANG"):
        await story.forge(code, f"sp:{story.ids['LI']}")
        assert story.toast(code) == "这件事不在您的职责或辖区内。"
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    await story.press("WANG", "李敏")
    story.expect("WANG", "自查计划 0/20 户")


async def test_the_same_in_english(story: Story) -> None:
    await joined(story, "LI", language="en")
    await story.say("LI", "/workload")
    await story.press("LI", "Self-check plan")
    await story.say("LI", "20")
    await story.press("LI", "Fri, Dec 4 (two weeks a round)")
    story.expect("LI", "Self-check plan 0 of 20, by Fri, Dec 4")
    await until(story, "2026-12-02", 9)
    story.expect("LI", "20 dwellings to go (0 of 20), by Fri, Dec 4")
