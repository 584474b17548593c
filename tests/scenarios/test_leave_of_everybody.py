"""Leave of officers, deputies and cadres: told under /me, to who stands in; alerts, meetings and talks go by it."""

from tests.scenarios import test_area_plans, test_spot_checks, test_talks, test_visits
from tests.scenarios.story import Story
from tests.scenarios.test_agenda import agree as agreed_task
from tests.scenarios.test_meetings import STAFF, count, set_up
from tests.scenarios.test_suspicious_activity import DEED, file_report
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import joined

THURSDAY, FRIDAY = "11-26", "11-27"


async def leave(story: Story, who: str, first: str, last: str = "", *, button: str = "请假") -> None:
    """From /me, in days that are typed."""
    await story.say(who, "/me")
    await story.press(who, button)
    if any(label in ("再请一段", "More leave") for label in labels(story, who)):
        await story.press(who, "再请一段")
    await story.say(who, first)
    await story.say(who, last or first)


async def test_an_officer_on_leave_is_passed_over_and_everybody_reads_why(story: Story) -> None:
    await joined(story, "LI", "WANG", "SUN", "GAO", "HE")
    await story.say("WANG", "/me")
    for label in ("请假", "今天 11月24日周二", "就这一天"):
        await story.press("WANG", label)
    story.expect("WANG", "已记下，已告诉孙警官、高主任。这几天不提醒您。", "· 11月24日周二，1 个工作日")
    assert "去年" not in story.screen("WANG") and "⚠" not in story.screen("WANG")
    for code in ("SUN", "GAO"):
        story.expect(code, "王警官请假：11月24日周二，1 个工作日。")
    story.expect_nothing("LI", "SUN", "GAO", "HE")
    story.read_all("WANG")
    await file_report(story)
    story.expect("SUN", "未经核实", DEED, "请假，没有惊动：王警官")
    story.expect("LI", "王警官请假，没有惊动", "已送达孙警官，尚未查看")
    assert "联系不上" not in story.screen("LI") + story.screen("SUN")
    await story.say("LI", "/duty")
    story.expect("LI", "王警官（请假）", "孙警官")
    story.read_all("LI")
    story.expect_nothing("WANG", "GAO")
    await story.press("SUN", "接手")
    story.read_all("LI", "SUN")
    story.expect_nothing("WANG", "GAO")  # no card of hers is kept up that she never got
    await until(story, "2026-11-25", 10)
    await file_report(story, deed="后来又来了两个人，还在试车门")
    story.expect("WANG", "未经核实", "还在试车门")
    story.expect_nothing("SUN")


async def test_who_is_on_leave_may_still_take_an_alert(story: Story) -> None:
    await joined(story, "LI", "WANG", "SUN")
    await leave(story, "WANG", "11-24")
    await file_report(story)
    story.read_all("LI", "WANG", "SUN")
    await story.say("WANG", "/alerts")
    await story.press("WANG", "1124-")
    story.expect("WANG", DEED)
    await story.press("WANG", "接手")
    story.expect("WANG", "由您办理")
    story.expect("SUN", "王警官")
    story.expect("LI", "王警官已查看并接手")


async def test_where_everybody_is_on_leave_the_alert_goes_out_all_the_same(story: Story) -> None:
    await joined(story, "LI", "WANG", "SUN")
    await leave(story, "SUN", "11-24")
    story.expect("SUN", "已告诉王警官")
    story.expect("WANG", "孙警官请假：11月24日周二")
    await leave(story, "WANG", "11-24")
    story.expect("WANG", "联系不上该告诉的人", "⚠ 11月24日周二南苑社区没有别的人能接警，警情仍会送给您")
    story.read_all("LI", "WANG", "SUN")
    await file_report(story)
    story.expect("WANG", "未经核实", DEED)
    story.expect("LI", "已送达王警官")
    await story.advance(minutes=5)
    story.expect("SUN", "未经核实", DEED)


async def test_without_a_deputy_the_town_office_is_alerted_and_the_confirmation_says_so(story: Story) -> None:
    await joined(story, "LI", "WANG", "GAO")
    await leave(story, "WANG", "11-24", "11-26")
    gap = "⚠ 11月24日至11月26日南苑社区没有别的民警或代理民警能接警，警情会直接送到镇人口办"
    story.expect("WANG", "已告诉高主任", gap)
    story.read_all("LI", "GAO")
    await file_report(story)
    story.expect("GAO", "未经核实", "请假，没有惊动：王警官", "联系不上：孙警官")
    story.expect("LI", "王警官请假，没有惊动", "联系不上孙警官", "已送达高主任")
    await story.press("WANG", "收回 11月24日至11月26日")
    story.expect("WANG", "现在没有请假")
    story.expect("GAO", "王警官收回了请假")
    await file_report(story, deed="后来又来了两个人，还在试车门")
    story.expect("WANG", "未经核实", "还在试车门")


async def test_who_has_two_roles_is_on_leave_in_both_and_each_chat_hears_it_once(story: Story) -> None:
    await joined(story, "LI", "WANG", "SUN", "GAO")
    with story.db.transaction() as db:
        db.execute("update person set account = (select account from person where code = 'WANG') where code = 'ZHOU'")
    await leave(story, "WANG", "11-24")
    story.expect("SUN", "请假：11月24日周二，1 个工作日")
    story.expect("GAO", "请假：11月24日周二，1 个工作日")
    story.expect_nothing("LI", "SUN", "GAO")
    assert count(story, "leave where taken_back_at is null") == 2
    await story.press("WANG", "收回 11月24日周二")
    assert count(story, "leave where taken_back_at is null") == 0
    for code in ("SUN", "GAO"):
        story.expect(code, "收回了请假")
    story.expect_nothing("LI", "SUN", "GAO")


async def test_a_cadre_tells_the_officer_and_who_is_away_that_day_hears_nothing(story: Story) -> None:
    await joined(story, "ZHOU", "WANG", "SUN", "GAO")
    await leave(story, "ZHOU", THURSDAY)
    story.expect("ZHOU", "已记下，已告诉王警官。")
    story.expect("WANG", "周婷请假：11月26日周四")
    story.expect_nothing("SUN", "GAO")
    await leave(story, "WANG", "11-24")
    story.read_all("WANG", "SUN", "GAO")
    await story.press("ZHOU", "收回 11月26日周四")
    story.expect("SUN", "周婷收回了请假")  # in place of the officer, who is away
    story.expect_nothing("WANG", "GAO")


async def test_a_meeting_on_leave_is_neither_an_invitation_nor_a_reminder_and_who_comes_is_reminded(
    story: Story,
) -> None:
    await joined(story, *STAFF)
    await set_up(story)
    await story.advance(seconds=1)
    await story.press("WU", "✓ 来")
    story.read_all(*STAFF)
    await leave(story, "LI", THURSDAY, FRIDAY)
    story.expect("LI", "这几天有 1 次会议：您没有答应来的，记为请假、不再提醒；答应来的照常提醒。")
    await leave(story, "WU", THURSDAY, FRIDAY)
    story.expect("WU", "这几天有 1 次会议")
    await story.say("WANG", "/meetings")
    await story.press("WANG", "11月27日周五 14:00")
    story.expect("WANG", "来：王警官、吴芳\n请假：李敏")
    assert "还没有答复" not in story.messages("WANG")[-1]["text"]
    story.read_all(*STAFF)
    await until(story, "2026-11-26", 17)
    story.expect("WANG", "请别忘了")
    story.expect_nothing(*STAFF)  # WU comes, and hears on the day itself
    await until(story, "2026-11-27", 7)
    story.expect("WU", "请别忘了：11月27日周五 14:00")
    await until(story, "2026-11-27", 13)
    await until(story, "2026-11-27", 14)
    for code in ("WU", "WANG"):
        story.expect(code, "▶ 现在开会", "来：王警官、吴芳", "请假：李敏")
    story.expect_nothing("LI")
    await story.press("WANG", "已开完")
    await until(story, "2026-12-01", 9, 30)
    story.expect("LI", "请您参加：12月4日周五")  # the next one is after the leave


async def test_leave_that_is_taken_back_brings_the_invitation_once(story: Story) -> None:
    await joined(story, *STAFF)
    await leave(story, "LI", FRIDAY)
    await set_up(story)
    await story.advance(seconds=1)
    story.expect("WU", "请您参加")
    story.read_all("WANG", "LI")
    await until(story, "2026-11-25", 10)
    story.expect_nothing("LI")
    await story.press("LI", "收回 11月27日周五")
    story.read_all("LI", "WANG")
    await story.advance(seconds=1)
    story.expect("LI", "请您参加：11月27日周五 14:00")
    await until(story, "2026-11-25", 20)
    story.expect_nothing("LI")
    await until(story, "2026-11-26", 17)
    story.expect("LI", "请别忘了")


async def test_a_meeting_that_is_moved_while_somebody_is_away(story: Story) -> None:
    await joined(story, *STAFF)
    await set_up(story)
    await story.advance(seconds=1)
    await story.press("WU", "✓ 来")
    for code in ("LI", "WU"):
        await leave(story, code, "11-25", FRIDAY)
    story.read_all(*STAFF)
    await until(story, "2026-11-25", 10)
    await story.say("WANG", "/meetings")
    await story.press("WANG", "11月27日周五 14:00")
    await story.press("WANG", "改期")
    await story.say("WANG", "11-30 14:00")
    story.read_all("WANG")
    await story.advance(seconds=1)
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-27", 7)
    story.expect("WU", "11月30日周一 14:00", "11月27日周五 14:00")  # who had said yes, before coming in vain
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-30", 7)
    story.expect("LI", "11月30日周一 14:00")


async def test_a_host_on_leave_is_not_offered_and_whoever_had_a_talk_is_asked_once(story: Story) -> None:
    await test_talks.opened(story)
    await test_talks.arranged(story)
    await story.advance(seconds=1)
    story.read_all(*test_talks.EVERYBODY)
    await until(story, "2026-11-24", 23)
    await leave(story, "WANG", THURSDAY)
    story.expect("WANG", "这几天约好的面谈有 1 次：会告诉对方您来不了，请对方另选时间。")
    story.read_all("WANG")
    await story.advance(seconds=1)
    story.expect("WANG", "这次面谈不由您接待了")
    story.expect_nothing("X")  # it is night
    await until(story, "2026-11-25", 7)
    story.expect("X", "接待的人有事，请另选一个时间")
    await until(story, "2026-11-26", 13)
    story.expect_nothing("X", "WANG")
    await story.press("X", "改时间")
    assert not any("26日" in label for label in labels(story, "X"))
    await story.press("X", "周四3日 14:00")
    story.expect("X", "已约好：12月3日周四 14:00")
    await story.say("Y", "/visits")
    await story.press("Y", "约人面谈")
    await story.press("Y", "咨询")
    assert not any("26日" in label for label in labels(story, "Y"))
    assert count(story, "visit_part") == 1


async def test_a_certificate_passes_cadre_and_officer_on_leave(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "LI", "ZHOU", "WANG", "SUN")
    for code in ("ZHOU", "WANG"):
        await leave(story, code, "11-24")
    story.read_all("LI", "ZHOU", "WANG", "SUN")
    story.stranger("X")
    await test_visits.asked(story)
    await story.advance(seconds=1)
    for code in ("LI", "SUN"):
        story.expect(code, "有人申请居住证明")
    story.expect_nothing("ZHOU", "WANG")


async def test_a_plan_that_waits_for_a_word_is_the_deputys_while_the_officer_is_away(story: Story) -> None:
    await test_area_plans.opened(story, "LI", "WANG", "SUN")
    await leave(story, "WANG", "11-24", "11-26")
    story.read_all("WANG", "SUN")
    await test_area_plans.propose(story)
    story.expect("SUN", "3号楼地下室")
    story.read_all("LI")
    for day in ("2026-11-25", "2026-11-26"):
        await until(story, day, 9, 30)
        story.expect("SUN", "3号楼地下室")
    story.expect_nothing("WANG")
    await until(story, "2026-11-27", 7)
    story.expect_nothing("WANG", "SUN")
    await until(story, "2026-11-27", 9, 30)
    story.expect("WANG", "3号楼地下室")
    story.expect_nothing("SUN")


async def test_a_spot_check_is_confirmed_by_who_stands_in(story: Story) -> None:
    await test_spot_checks.begun(story, "ZHOU", "WANG", "SUN")
    await test_spot_checks.planned(story)
    await story.advance(seconds=1)
    await story.press("WANG", "同意")
    await until(story, "2026-11-11", 9, 30)
    await leave(story, "WANG", "11-12", "11-13")
    await story.say("ZHOU", "/board")
    await until(story, "2026-11-12", 10)
    story.read_all("ZHOU", "WANG", "SUN")
    await story.press("ZHOU", "入户抽查")
    await story.press("ZHOU", "11月11日周三")
    await test_spot_checks.counted(story, "ZHOU", correct=9, nobody=1)
    await story.press("ZHOU", "报结果")
    story.expect("SUN", "周婷填报了抽查结果", "等民警确认")
    story.expect_nothing("WANG")
    await until(story, "2026-11-13", 9, 30)
    story.expect("SUN", "请您确认")
    story.expect_nothing("WANG")
    await story.press("SUN", "看名单")
    await story.press("SUN", "✓ 确认")
    story.expect("SUN", "✓ 孙警官已确认")
    await until(story, "2026-11-20", 10)
    await story.advance(hours=1)
    assert "请勿转发" not in story.screen("SUN")  # the list is taken out of the chat of who stood in as well


async def test_a_task_waits_for_the_first_day_back(story: Story) -> None:
    await joined(story, *STAFF)
    await set_up(story)
    await story.advance(seconds=1)
    await until(story, "2026-11-27", 14)
    await leave(story, "LI", "11-30", "12-3")
    await story.press("WANG", "议程")
    await agreed_task(story, "三号楼装充电桩", "李敏", "12-2")
    await story.advance(seconds=1)
    story.read_all(*STAFF)
    for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
        await until(story, day, 17)
        await until(story, day, 18)
    story.expect_nothing("LI")
    await until(story, "2026-12-04", 9, 30)
    story.expect("LI", "有任务逾期了")


async def test_the_story_in_english(story: Story) -> None:
    await joined(story, "LI", "WU", "WANG", "GAO", language="en")
    story.weeks_are_filed()
    await story.say("WANG", "every Friday 14:00 police room")
    for label in ("working day before", "Submit"):
        await story.press("WANG", label)
    await story.advance(seconds=1)
    story.read_all("LI", "WU", "WANG")
    await leave(story, "WANG", "today", "11-27", button="Leave")
    story.expect(
        "WANG",
        "Noted, and 高主任 was told. No reminders on these days.",
        "⚠ Nov 24 – Nov 27: no other officer or deputy answers for 南苑社区. Alerts go straight to the town office.",
        "Meetings on these days: 1.",
    )
    story.expect("GAO", "王警官 is on leave: Nov 24 – Nov 27, working days: 4.")
    await story.say("LI", "/report")
    for label in ("Suspicious", "No", "Trying doors", "Done", "南苑一片", "Now"):
        await story.press("LI", label)
    await story.say("LI", "Two people tried every car door along the road, one opened")
    for label in ("Skip", "Skip", "Yes", "Submit"):
        await story.press("LI", label)
    story.expect("GAO", "unverified", "On leave, not called: 王警官", "Out of reach: 孙警官")
    story.expect("LI", "王警官 was on leave and was not called", "sent to 高主任, not yet seen")
    await leave(story, "WU", "11-27", button="Leave")
    story.expect("WU", "Noted, and 王警官 was told.", "Comparisons leave these days out.", "Meetings on these days: 1.")
    await story.say("LI", "/meetings")
    await story.press("LI", "14:00")
    story.expect("LI", "Coming: 王警官\nOn leave: 吴芳\nNot answered yet: 1")
    await until(story, "2026-11-25", 10)
    await story.press("WANG", "Nov 24 – Nov 27")
    story.expect("WANG", "Your leave:\n· Tue, Nov 24, working days: 1")
    story.expect("GAO", "王警官 is back at work; the leave ends early (it was Nov 24 – Nov 27).")
