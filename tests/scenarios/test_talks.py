"""Duty V3: office hours set in a line, a talk chosen by a tap, moved, held; every message counted."""

from tests.scenarios.story import Story
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_visits import count
from tests.scenarios.test_workload import joined

EVERYBODY = ("X", "Y", "WANG", "LI")


async def opened(story: Story) -> None:
    """WANG has office hours on Thursday afternoon."""
    story.weeks_are_filed()
    await joined(story, "WANG", "LI")
    story.stranger("X")
    story.stranger("Y")
    await story.say("WANG", "/visits")
    await story.press("WANG", "我的接待时间")
    story.expect("WANG", "还没有接待时间")
    await story.press("WANG", "加一段时间")
    for said, why in (
        ("每天下午", "没有看懂"),
        ("周四下午两点", "从几点到几点"),
        ("周四 16:00-14:00", "结束要晚于开始"),
    ):
        await story.say("WANG", said)
        story.expect("WANG", why)
    await story.say("WANG", "周四下午两点到三点")
    story.expect("WANG", "每周四 14:00–15:00")
    story.read_all("WANG")


async def arranged(story: Story, who: str = "X", slot: str = "周四26日 14:00") -> None:
    """A resident takes a slot."""
    await story.say(who, "/visits")
    await story.press(who, "约人面谈")
    await story.press(who, "搬入、搬出")
    await story.press(who, slot)
    await story.say(who, "王女士")
    await story.press(who, "提交")


async def test_a_talk_from_the_office_hours_to_its_end(story: Story) -> None:
    await opened(story)
    await arranged(story)
    story.expect("X", "已约好", "面谈 1号 南苑社区", "已约好：11月26日周四 14:00", "接待：王警官")
    story.expect_nothing(*EVERYBODY)
    await story.advance(seconds=1)
    story.expect("WANG", "有人约您面谈：11月26日周四 14:00", "搬入、搬出", "找：王女士")
    await story.press("X", "加入日历")
    assert "面谈 1号 南苑社区" in story.files("X")[-1][1].decode()
    story.read_all("X")
    await until(story, "2026-11-25", 17)
    for code in ("X", "WANG"):
        story.expect(code, "请别忘了面谈：11月26日周四 14:00")
    await until(story, "2026-11-26", 13)
    for code in ("X", "WANG"):
        story.expect(code, "快到面谈的时间了")
    await until(story, "2026-11-26", 14)
    await story.say("WANG", "/visits")
    story.expect("WANG", "我要办的", "1号 南苑社区：到时间了")
    await story.press("WANG", "面谈 1号")
    story.expect("WANG", "面谈 1号", "请记下结果")
    await story.press("WANG", "✓ 已谈")
    story.expect("WANG", "✓ 已谈过")
    await until(story, "2026-11-30", 12)
    story.expect_nothing(*EVERYBODY)
    await story.advance(days=30)
    assert not count(story, "visit") + count(story, "reminder")


async def test_what_one_has_taken_the_other_is_not_offered(story: Story) -> None:
    await opened(story)
    for who in ("X", "Y"):  # both see the same buttons
        await story.say(who, "/visits")
        await story.press(who, "约人面谈")
        await story.press(who, "咨询")
        await story.press(who, "周四26日 14:00")
        await story.say(who, "王女士")
    await story.press("X", "提交")
    await story.press("Y", "提交")
    story.expect("Y", "这个时间约不了")
    assert "周四26日 14:00" not in labels(story, "Y") and "周四26日 14:30" in labels(story, "Y")
    await story.say("Y", "周四 15:00")
    story.expect("Y", "这个时间约不了")
    await story.press("Y", "周四26日 14:30")
    await story.press("Y", "提交")
    story.expect("Y", "已约好：11月26日周四 14:30")
    assert count(story, "visit") == 2


async def test_moved_by_either_and_not_come(story: Story) -> None:
    await opened(story)
    await arranged(story)
    await story.advance(seconds=1)
    story.read_all(*EVERYBODY)
    await story.press("X", "改时间")
    await story.press("X", "周四26日 14:30")
    story.expect("X", "已约好：11月26日周四 14:30")
    await story.advance(seconds=1)
    story.expect("WANG", "对方改了时间：11月26日周四 14:30")
    await story.press("WANG", "我有事")
    story.expect("WANG", "等申请人给新的时间")
    await story.advance(seconds=1)
    story.expect("X", "接待的人有事，请另选一个时间")
    await story.press("X", "改时间")
    await story.press("X", "周四3日 14:00")
    story.expect("X", "已约好：12月3日周四 14:00")
    await story.advance(seconds=1)
    story.expect("WANG", "有人约您面谈：12月3日周四 14:00")
    await until(story, "2026-11-26", 14)
    story.expect_nothing(*EVERYBODY)
    for day, hour in (("2026-12-02", 17), ("2026-12-03", 13), ("2026-12-03", 14)):
        await until(story, day, hour)
    story.read_all(*EVERYBODY)
    await story.say("WANG", "/visits")
    await story.press("WANG", "面谈 1号")
    await story.press("WANG", "没来")
    await story.advance(seconds=1)
    story.expect("X", "没有等到您")
    await story.forge("LI", "vs:1:held")
    assert "职责" in story.toast("LI")


async def test_taken_back_it_is_erased_and_the_slot_is_free(story: Story) -> None:
    await opened(story)
    await arranged(story)
    await story.advance(seconds=1)
    story.read_all(*EVERYBODY)
    await story.press("X", "撤回")
    await story.press("X", "确定撤回")
    story.expect("X", "已撤回")
    story.expect("WANG", "申请人已撤回")
    assert not count(story, "visit")
    await arranged(story, "Y")
    story.expect("Y", "已约好：11月26日周四 14:00")


async def test_hours_that_are_taken_away_are_not_offered_and_without_any_there_is_no_button(story: Story) -> None:
    await opened(story)
    await story.say("LI", "/visits")
    assert "我的接待时间" not in labels(story, "LI") and "+ 约人面谈" in labels(story, "LI")
    await story.forge("LI", "vs:0:hours_off:1")
    assert "职责" in story.toast("LI") and count(story, "office_hours") == 1
    await story.press("WANG", "✕ 每周四")
    story.expect("WANG", "还没有接待时间")
    await story.say("X", "/visits")
    assert "+ 约人面谈" not in labels(story, "X")
    await story.forge("X", "vs:0:talk")
    story.expect("X", "现在还没有可以预约的接待时间")


async def test_the_main_way_in_english(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "WANG", language="en")
    story.stranger("X", "en")
    await story.say("WANG", "/visits")
    await story.press("WANG", "My office hours")
    story.expect("WANG", "No office hours yet")
    await story.press("WANG", "More hours")
    await story.say("WANG", "Thursday 14:00-15:00")
    story.expect("WANG", "My office hours", "Every Thu 14:00–15:00")
    await story.say("X", "/visits")
    await story.press("X", "Ask for a talk")
    story.expect("X", "What is it about?")
    await story.press("X", "Moving in or out")
    story.expect("X", "When do you come?")
    await story.press("X", "Thu 26 14:30")
    await story.say("X", "Ms Wang")
    await story.press("X", "Submit")
    story.expect("X", "✓ Agreed. If you cannot come", "Talk no. 1", "Agreed: Thu, Nov 26 14:30")
    await story.advance(seconds=1)
    story.expect("WANG", "Somebody has chosen your office hours: Thu, Nov 26 14:30", "Ask for: Ms Wang")
    await until(story, "2026-11-25", 17)
    for code in ("X", "WANG"):
        story.expect(code, "⏰ Do not forget the talk: Thu, Nov 26 14:30")
    await until(story, "2026-11-26", 13, 30)
    for code in ("X", "WANG"):
        story.expect(code, "⏰ The talk is soon")
    await until(story, "2026-11-26", 14, 30)
    await story.say("WANG", "/visits")
    await story.press("WANG", "Talk no. 1")
    await story.press("WANG", "Did not come")
    await story.advance(seconds=1)
    story.expect("X", "You did not come")
    await until(story, "2026-11-30", 12)
    story.expect_nothing("X")
