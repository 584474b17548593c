"""Own times: quiet hours and reminders as somebody chose them under /me, and as a manager chose them for a series."""

from tests.scenarios.said import BOTH, EN, ZH, Said
from tests.scenarios.story import Story
from tests.scenarios.test_leaving import _leaves as leaves
from tests.scenarios.test_meetings import STAFF, count
from tests.scenarios.test_violation import until


async def invited(story: Story, language: str = "zh") -> None:
    """The Friday meeting at 14:00, of which everybody has heard."""
    said = EN if language == "en" else ZH
    await said.join(story, *STAFF)
    await said.weekly(story)
    await story.advance(seconds=1)
    story.read_all(*STAFF)


async def test_own_reminder_times_hold_at_once_and_for_oneself_alone(story: Story) -> None:
    await invited(story)
    await story.say("LI", "/me")
    story.expect("LI", "提醒：免打扰 22:00–07:00；前一个工作日 17:00（平常）；会前 1 小时（平常）")
    for label in ("提醒时间", "改前一个工作日", "20:00"):
        await story.press("LI", label)
    assert story.toast("LI") == "✓ 已改好，马上生效。"
    for label in ("改会前", "15 分钟"):
        await story.press("LI", label)
    story.expect("LI", "我的提醒时间", "前一个工作日 20:00\n会前 15 分钟")
    await until(story, "2026-11-26", 17)
    for code in ("WU", "WANG"):
        story.expect(code, "请别忘了")
    story.expect_nothing("LI")
    await until(story, "2026-11-26", 20)
    story.expect("LI", "请别忘了：11月27日周五 14:00")
    await until(story, "2026-11-27", 13)
    for code in ("WU", "WANG"):
        story.expect(code, "快开会了")
    await until(story, "2026-11-27", 13, 44)
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-27", 13, 45)
    story.expect("LI", "快开会了")
    await until(story, "2026-11-27", 14)
    for code in STAFF:
        story.expect(code, "现在开会")
    story.expect_nothing(*STAFF)


async def test_an_hour_that_has_passed_already_is_caught_up_with_at_once_and_once(story: Story) -> None:
    await invited(story)
    await until(story, "2026-11-26", 15)
    for code, labels in (("LI", ("14:00",)), ("WU", ("不要提醒", "改前一个工作日", "14:00"))):
        await story.say(code, "/me")
        for label in ("提醒时间", "改前一个工作日", *labels):
            await story.press(code, label)
        story.read_all(code)
    await story.advance(seconds=1)
    for code in ("LI", "WU"):
        story.expect(code, "请别忘了：11月27日周五 14:00")
    for label in ("改前一个工作日", "20:00"):  # it has been said
        await story.press("LI", label)
    story.read_all("LI")
    await until(story, "2026-11-26", 17)
    story.expect("WANG", "请别忘了")
    await until(story, "2026-11-26", 21)
    story.expect_nothing(*STAFF)


async def test_in_english_no_reminders_but_the_start_and_back_to_what_is_usual(story: Story) -> None:
    await invited(story, "en")
    await story.say("LI", "/me")
    story.expect("LI", "Reminders: Quiet 22:00–07:00; Working day before: 17:00 (as usual)")
    for label in ("Reminder times", "Working day before", "No reminder", "Before the meeting", "No reminder"):
        await story.press("LI", label)
    story.expect("LI", "Working day before: no reminder\nNo reminder just before the meeting")
    await until(story, "2026-11-26", 17)
    story.expect_nothing("LI")
    story.read_all("WU", "WANG")
    await story.press("LI", "As usual")
    story.expect("LI", "Working day before: 17:00 (as usual)\n1 hour before the meeting (as usual)")
    await until(story, "2026-11-27", 13)
    for code in STAFF:
        story.expect(code, "14:00")
    await until(story, "2026-11-27", 14)
    for code in STAFF:
        story.expect(code, "14:00")
    story.expect_nothing(*STAFF)


async def test_quiet_hours_by_taps_typed_and_refused(story: Story) -> None:
    await invited(story)
    await story.say("LI", "/me")
    for label in ("提醒时间", "改免打扰", "21:30 起", "07:30 止", "08:00 止"):
        await story.press("LI", label)
    story.expect("LI", "提醒：免打扰 22:00")
    story.expect("LI", "免打扰 21:30–08:00")
    await story.press("LI", "自己写")
    story.expect("LI", "从几点到几点不要提醒您？")
    await story.say("LI", "晚上不要吵我")
    story.expect("LI", "没有看懂。请写从几点到几点", "从几点到几点不要提醒您？")
    await story.say("LI", "16:30-12:00")
    story.expect("LI", "免打扰最长 18 小时")
    await story.say("LI", "下午四点半到早上十点")
    story.expect("LI", "已改好", "免打扰 16:30–10:00")
    story.expect_nothing("LI")
    await until(story, "2026-11-26", 17)
    for code in ("WU", "WANG"):
        story.expect(code, "请别忘了")
    story.expect_nothing("LI")  # quiet: it comes when that is over
    await until(story, "2026-11-27", 10)
    story.expect("LI", "请别忘了：11月27日周五 14:00")
    story.expect_nothing(*STAFF)
    await story.say("LI", "/me")
    for label in ("提醒时间", "改免打扰"):
        await story.press("LI", label)
    for _ in range(4):
        await story.forge("LI", "qt:0:until:1030")  # twice the same is once
    await story.forge("LI", "qt:0:from:1130")
    assert story.toast("LI") == "免打扰最长 18 小时，不然就没法提醒您了。"
    await story.press("LI", "不设免打扰")
    story.read_all("LI")
    assert "不设免打扰\n前一个工作日" in story.screen("LI")


@BOTH
async def test_a_series_has_times_of_its_own_and_who_chose_keeps_theirs(story: Story, said: Said) -> None:
    await invited(story, said.language)
    await story.say("WU", "/me")
    for label in (said("times"), said("evening"), "09:00"):
        await story.press("WU", label)
    story.read_all("WU")
    await story.press("WANG", said("times"))
    story.expect("WANG", said("times of series"), "14:00")
    for label in (said("evening"), "14:00", said("lead"), said("no reminder")):
        await story.press("WANG", label)
    story.expect("WANG", said("chosen"))
    story.expect_nothing("LI", "WU")
    await until(story, "2026-11-26", 9)
    story.expect("WU", said("day before", ""))
    await until(story, "2026-11-26", 14)
    for code in ("LI", "WANG"):
        story.expect(code, said("day before", ""))
    await until(story, "2026-11-27", 13, 59)
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-27", 14)
    story.read_all(*STAFF)
    await until(story, "2026-11-30", 10)
    for code in STAFF:
        story.read_all(code)
    december = said.day("2026-12-04")
    await until(story, "2026-12-03", 9)
    story.expect("WU", said("day before", december))  # and so for what was opened since
    await until(story, "2026-12-03", 14)
    for code in ("LI", "WANG"):
        story.expect(code, said("day before", december))
    story.expect_nothing(*STAFF)


async def test_a_correction_that_waits_for_the_morning_comes_when_quiet_hours_end_earlier(story: Story) -> None:
    await invited(story)
    await until(story, "2026-11-25", 22, 30)
    await story.press("WANG", "取消这次")
    await story.press("WANG", "确定取消")
    await story.advance(seconds=1)
    story.expect_nothing("LI", "WU")
    await story.say("LI", "/me")
    for label in ("提醒时间", "改免打扰", "06:30 止"):
        await story.press("LI", label)
    story.read_all("LI", "WANG")
    await until(story, "2026-11-26", 6, 30)
    story.expect("LI", "取消：原定 11月27日周五 14:00")
    story.expect_nothing("WU")
    await until(story, "2026-11-26", 7)
    story.expect("WU", "取消：原定")
    story.expect_nothing(*STAFF)


async def test_who_leaves_takes_their_times_along(story: Story) -> None:
    await invited(story)
    await story.forge("LI", "qt:0:lead:30")
    assert count(story, "own_times") == 1
    await leaves(story, "LI")
    assert count(story, "own_times") == 0
