"""Duties M1 and M2: points for the next meeting, its agenda, and action items until they are done."""

from tests.scenarios.said import BOTH, Said
from tests.scenarios.story import Story
from tests.scenarios.test_meetings import STAFF, count, set_up
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import joined


async def add(story: Story, who: str, kind: str, words: str, button: str = "提困难或建议") -> None:
    """A point for the next meeting, from /meetings."""
    await story.say(who, "/meetings")
    await story.press(who, button)
    await story.press(who, kind)
    await story.say(who, words)


async def agree(story: Story, words: str, owner: str, day: str, button: str = "定任务") -> None:
    """WANG, whose agenda is open, has somebody do something."""
    await story.press("WANG", button)
    await story.say("WANG", words)
    await story.press("WANG", owner)
    await story.say("WANG", day)


async def at_once(story: Story, data: str, *whom: str) -> None:
    """These people press the same button before the bot has seen any of it."""
    for who in whom:
        phone = story.phones[who].id
        newest = next(m for m in reversed(story.messages(who)) if m["from"] == "bot")
        story.sandbox.world.press(phone, phone, newest["message_id"], data, None, forge=True)
    await story.settle()


async def test_from_a_point_to_a_task_that_is_done(story: Story) -> None:
    await joined(story, *STAFF, "ZHOU", "QIAN")
    await set_up(story)
    await story.advance(seconds=1)
    await add(story, "LI", "困难", "三号楼电动车充电没地方，电话 13812345678 可问")
    story.expect("LI", "已记下", "南苑社区", "三号楼电动车充电没地方")
    assert "13812345678" not in story.screen("LI").replace("已记下：", "")
    await add(story, "WU", "建议", "这里的回族人太多")
    story.expect("WU", "⚠")  # screened, and the form waits for another word
    await story.say("WU", "每月换一次宣传栏")
    story.expect("WU", "已记下")
    story.read_all(*STAFF)

    await story.say("WANG", "/meetings")
    await story.press("WANG", "11月27日周五 14:00")
    await story.press("WANG", "议程")
    story.expect("WANG", "议程（还没有确定）", "1. 困难：三号楼", "2. 建议：每月换一次宣传栏（吴芳）", "未办结 0 件")
    await story.press("WANG", "排序")
    await story.press("WANG", "↑ 2")
    story.expect("WANG", "1. 建议：每月换", "2. 困难：三号楼")
    await story.press("WANG", "返回")
    await story.press("WANG", "确定议程")
    await story.forge("WANG", "ag:1:confirm:0")
    assert story.toast("WANG") == "议程已经确定过了。"
    story.expect("WANG", "议程（已确定）")
    await add(story, "LI", "建议", "巡查路线换一换")
    story.read_all(*STAFF)
    await until(story, "2026-11-26", 17)
    for code in STAFF:
        story.expect(code, "请别忘了", "后来又提了 1 条", "1. 建议：每月换", "3. 建议：巡查路线")
    await until(story, "2026-11-27", 13)
    await until(story, "2026-11-27", 14)
    story.read_all(*STAFF)
    await story.press("WANG", "议程")
    await agree(story, "三号楼装充电桩", "李敏", "下周三")
    story.expect("WANG", "任务已定", "12月2日周三前 三号楼装充电桩（李敏）")
    await story.forge("WANG", "mt:1:done")
    story.read_all("WANG")
    await story.advance(seconds=1)
    story.expect("LI", "您有新的任务", "1. 12月2日周三前 三号楼装充电桩")
    story.expect_nothing(*STAFF, "ZHOU", "QIAN")

    expected = {
        ("2026-12-01", 9, 30): "请您参加：12月4日",
        ("2026-12-01", 16, 59): "",
        ("2026-12-01", 17, 0): "下一个工作日有任务到期",
        ("2026-12-02", 20, 0): "",
        ("2026-12-03", 9, 29): "",
        ("2026-12-03", 9, 30): "有任务逾期了",
        ("2026-12-03", 12, 0): "",
        ("2026-12-03", 17, 0): "⚠ 逾期 12月2日周三 三号楼装充电桩（李敏）",  # on the agenda of the next meeting
    }
    for (day, hour, minute), words in expected.items():
        await until(story, day, hour, minute)
        if words:
            story.expect("LI", words)
        if day == "2026-12-01" and hour == 9:
            story.expect("ZHOU", "数据室 南苑社区")  # another duty of the first working day
        story.expect_nothing("LI", "ZHOU", "QIAN")
    await story.say("ZHOU", "/meetings")
    story.expect("ZHOU", "别人逾期的任务：1 项\n\n我的会议")
    await story.press("ZHOU", "任务")
    story.expect("ZHOU", "别人逾期的任务", "1. ⚠ 逾期 12月2日周三 三号楼装充电桩（李敏）")
    story.restart()
    await at_once(story, "ac:1:done", "LI", "ZHOU")
    story.expect("LI", "已办完：三号楼装充电桩", "没有要办的任务")
    assert story.toast("ZHOU") == "已经有人记为办完了。"
    await story.press("LI", "撤回")
    await until(story, "2026-12-04", 9, 30)
    story.expect("LI", "有任务逾期了")
    await story.press("LI", "✓ 1")
    assert not count(story, "action_item where look_at is not null")
    story.read_all("LI", "ZHOU")
    await until(story, "2026-12-07", 12)
    story.expect("LI", "没能按时提醒您：12月4日")
    await until(story, "2026-12-08", 8)
    story.expect_nothing("LI", "ZHOU", "QIAN")
    await story.say("LI", "/meetings")
    await story.press("LI", "上次会议")
    story.expect("LI", "11月27日周五", "定下的任务", "☑ 三号楼装充电桩", "3. 建议：巡查路线")


@BOTH
async def test_what_is_late_for_three_working_days_goes_on_to_whoever_called_the_meeting_once(
    story: Story, said: Said
) -> None:
    await said.join(story, *STAFF, "ZHOU")
    await said.weekly(story)
    await until(story, "2026-11-27", 14)
    await story.say("WANG", "/meetings")
    await story.press("WANG", said.day("2026-11-27"))
    await story.press("WANG", said("agenda"))
    await agree(story, said("chargers"), "李敏", said("next wednesday"), said("action item"))
    await story.forge("WANG", "mt:1:done")
    await until(story, "2026-12-03", 9, 30)
    story.expect("LI", said("overdue"))
    await until(story, "2026-12-03", 17)
    due = said.day("2026-12-02")
    story.expect("LI", said("day before", said.day("2026-12-04")), said("late on agenda", due, said("chargers")))
    await until(story, "2026-12-04", 9, 31)  # the second working day after
    story.expect("LI", said("overdue"))
    story.read_all(*STAFF, "ZHOU")
    await until(story, "2026-12-07", 9, 29)
    story.read_all(*STAFF)
    await until(story, "2026-12-07", 9, 30)
    story.expect("LI", said("overdue"))
    story.expect("WANG", said("gone on"), said("late item", due, said("chargers")))
    story.expect_nothing("ZHOU")
    await until(story, "2026-12-08", 9, 30)
    story.expect("LI", said("overdue"))
    story.expect_nothing("WANG")
    await story.say("WANG", "/meetings")
    story.expect("WANG", said("late of others"))  # what is late comes first
    await story.forge("WANG", "ac:1:done")
    story.read_all("LI", "WANG")
    await until(story, "2026-12-09", 9, 31)
    story.expect_nothing("LI")


async def test_the_figures_of_the_month_stand_on_it_once_they_are_filed(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await story.say("LI", "走访 12 登记 3")
    await story.say("WANG", "/meetings 周五 14:00 警务室")
    await story.press("WANG", "提交")
    await story.press("WANG", "议程")
    assert "工作量" not in story.screen("WANG")
    await story.press("LI", "上报")
    await story.say("WANG", "/meetings")
    await story.press("WANG", "11月27日周五")
    await story.press("WANG", "议程")
    story.expect("WANG", "本月已上报工作量：走访住户 12　登记 3")
    await story.say("WANG", "/meetings 12月2日 9:00 警务室")
    await story.press("WANG", "提交")
    await story.press("WANG", "议程")
    story.expect("WANG", "12月2日周三", "上月工作量：走访住户 12　登记 3")


async def test_a_point_outlives_a_meeting_that_was_cancelled_in_english(story: Story) -> None:
    await joined(story, "LI", "WANG", language="en")
    story.weeks_are_filed()
    await story.say("WANG", "/meetings Friday 14:00 Hall 2")
    await story.press("WANG", "Submit")
    await add(story, "LI", "Difficulty", "No light at gate 3", "Difficulty or suggestion")
    story.expect("LI", "Noted for the next agenda", "No light at gate 3")
    await story.say("WANG", "/meetings")
    await story.press("WANG", "Nov 27")
    await story.press("WANG", "Agenda")
    story.expect("WANG", "Agenda (not confirmed yet)", "1. Difficulty: No light at gate 3")
    await story.press("WANG", "Confirm the agenda")
    story.expect("WANG", "Agenda (confirmed)")
    await story.forge("WANG", "mt:1:cancel_sure")
    await story.say("WANG", "/meetings Thursday 9:00 Hall 2")
    await story.press("WANG", "Submit")
    await story.advance(seconds=1)
    story.read_all("LI", "WANG")
    await until(story, "2026-11-25", 17)
    story.expect("LI", "Please remember: Thu, Nov 26", "1. Difficulty: No light at gate 3")
    await until(story, "2026-11-26", 9)
    await story.press("WANG", "Agenda")
    await agree(story, "Have the light mended", "李敏", "tomorrow", "Action item")
    await story.advance(seconds=1)
    story.expect("LI", "You have a new action item", "1. by Fri, Nov 27: Have the light mended")
    await story.press("LI", "✓ 1")
    story.expect("LI", "Done: Have the light mended", "Nothing to be done")
