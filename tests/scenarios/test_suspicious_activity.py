"""Duty R1 as people live it: seen, reported, routed, acknowledged, closed; and the reporter is told the truth."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.scenarios.story import Story

DEED = "两人挨个试拉停在路边的车门，有一辆被拉开了"


async def file_report(story: Story, who: str = "LI", deed: str = DEED, place: str = "南苑一片") -> None:
    """The shortest way through the form, in Chinese."""
    await story.say(who, "/report")
    for label in ("可疑情况", "否", "试拉门窗", "选好了", place, "现在"):
        await story.press(who, label)
    await story.say(who, deed)
    for label in ("跳过", "跳过", "可以", "提交"):
        await story.press(who, label)


async def test_a_report_reaches_the_officer_and_comes_back_as_an_answer(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await file_report(story)
    story.expect("WANG", "可疑情况", "未经核实", "试拉门窗", DEED, "李敏")
    story.expect("LI", "已送达王警官，尚未查看")
    await story.press("WANG", "接手")
    story.expect("WANG", "由您办理")
    story.expect("LI", "王警官已查看并接手")
    story.expect("LI", "已接手。")
    await story.press("WANG", "正在前往")
    story.expect("LI", "正在前往。")
    await story.press("WANG", "办结")
    await story.press("WANG", "已处理")
    await story.press("WANG", "跳过")
    story.expect("LI", "已办结：已处理。谢谢您")
    assert DEED not in story.screen("WANG")


async def test_an_unanswered_alert_goes_to_the_deputy_then_to_the_town_office_again_and_again(story: Story) -> None:
    for code in ("LI", "WANG", "SUN", "GAO"):
        await story.join(code)
    await file_report(story)
    story.read_all("LI", "WANG")
    await story.advance(minutes=4, seconds=59)
    story.expect_nothing("LI", "WANG", "SUN", "GAO")
    await story.advance(seconds=1)
    story.expect("SUN", "未经核实")
    story.expect("LI", "已送达孙警官")
    story.expect_nothing("GAO")
    await story.advance(minutes=10)
    story.expect("GAO", "还没有人接手")
    await story.advance(minutes=10)
    story.expect("GAO", "还没有人接手")
    story.read_all("WANG", "SUN", "LI")
    await story.press("GAO", "接手")
    story.expect("GAO", "由您办理")
    story.expect("WANG", "高主任已接手")
    story.expect("SUN", "高主任已接手")
    story.read_all("LI", "GAO")
    await story.advance(minutes=30)
    story.expect_nothing("WANG", "SUN", "GAO")


async def test_steps_without_a_reachable_person_are_skipped_at_once(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await story.join("SUN")
    story.sandbox.world.block(story.phones["WANG"].id, True)
    await story.settle()
    await file_report(story)
    story.expect("SUN", "未经核实", "联系不上：王警官")
    story.expect("LI", "联系不上王警官", "已送达孙警官")


async def test_the_town_office_hears_of_a_skipped_step_before_the_alert_comes_to_it(story: Story) -> None:
    for code in ("LI", "WANG", "SUN", "GAO"):
        await story.join(code)
    story.sandbox.world.person(story.phones["WANG"].id).blocked = True  # the bot has not heard of it yet
    await file_report(story)
    await story.advance(seconds=1)
    story.expect("SUN", "未经核实", "联系不上：王警官")
    story.expect("GAO", "联系不上王警官，已转下一位")
    assert DEED not in story.screen("GAO")
    await story.press("SUN", "接手")
    story.expect_nothing("GAO")


async def test_when_nobody_can_be_reached_the_reporter_is_told_plainly(story: Story) -> None:
    await story.join("LI")
    await file_report(story)
    story.expect("LI", "现在联系不上任何负责人", "110")
    await story.join("GAO")
    await story.advance(minutes=10)
    story.expect("GAO", "还没有人接手")


async def test_hand_over_needs_acceptance_and_questions_travel_through_the_bot(story: Story) -> None:
    for code in ("LI", "WANG", "SUN"):
        await story.join(code)
    await file_report(story)
    await story.press("WANG", "接手")
    await story.press("WANG", "询问报告人")
    await story.say("WANG", "是什么颜色的车？")
    story.expect("LI", "王警官想问您", "什么颜色")
    await story.press("LI", "回答")
    await story.say("LI", "白色的面包车")
    story.expect("WANG", "报告人回答", "白色的面包车")
    await story.press("WANG", "移交")
    await story.press("WANG", "孙警官")
    assert "接受前仍由您办理" in story.toast("WANG")
    story.expect("SUN", "王警官想移交给您")
    await story.press("SUN", "接受移交")
    story.expect("SUN", "由您办理")
    story.expect("WANG", "孙警官已接手")


async def test_a_second_officer_is_told_who_has_it(story: Story) -> None:
    for code in ("LI", "WANG", "SUN"):
        await story.join(code)
    await file_report(story)
    await story.advance(minutes=5)
    await story.press("WANG", "接手")
    alert = story.db.one("select id from alert")
    assert alert is not None
    await story.forge("SUN", f"a:{alert['id']}:ack")
    assert "王警官已接手" in story.toast("SUN")


@pytest.mark.parametrize("verb", ["ack", "way", "close", "ask", "hand", "accept", "show"])
@pytest.mark.parametrize("who", ["QIAN", "HE", "ZHOU", "LI"])
async def test_nobody_without_the_role_and_the_place_touches_an_alert(story: Story, verb: str, who: str) -> None:
    for code in {"LI", "WANG", who}:
        await story.join(code)
    await file_report(story)
    before = story.db.all("select state, holder from alert")[0]
    await story.forge(who, f"a:1:{verb}")
    after = story.db.all("select state, holder from alert")[0]
    assert tuple(before) == tuple(after)
    assert "不在您的职责" in story.toast(who)
    if who != "LI":
        assert DEED not in story.screen(who)


async def test_screening_stops_who_somebody_is_and_keeps_the_draft(story: Story) -> None:
    await story.join("LI")
    await story.say("LI", "/report")
    for label in ("可疑情况", "否", "试拉门窗", "选好了", "南苑一片", "现在"):
        await story.press("LI", label)
    await story.say("LI", "楼下来了几个新疆人，看着就不像好人")
    story.expect("LI", "不是做了什么", "第 5/8 步")
    await story.say("LI", "有人撬门，电话13812345678留在门上")
    for label in ("跳过", "跳过", "可以"):
        await story.press("LI", label)
    assert "13812345678" not in story.screen("LI")
    assert not story.db.all("select 1 from draft where opened(answers, 'draft.answers', id) like '%13812345678%'")


async def test_danger_shows_the_emergency_numbers_first(story: Story) -> None:
    await story.join("LI")
    await story.say("LI", "/report")
    await story.press("LI", "可疑情况")
    await story.press("LI", "是")
    story.expect("LI", "请先拨打 110 / 119 / 120")
    await story.press("LI", "继续填写")
    story.expect("LI", "第 2/8 步")


async def test_old_and_forged_buttons_and_repeats_change_nothing(story: Story) -> None:
    await story.join("LI")
    await story.say("LI", "/report")
    await story.press("LI", "可疑情况")
    draft = story.db.all("select id from draft")[0]["id"]
    await story.press("LI", "否")
    await story.forge("LI", f"f:{draft}:0:choose:no")
    assert "旧卡片" in story.toast("LI")
    story.expect("LI", "第 2/8 步")
    for data in ("f:999:0:choose:no", "x", "f:", "a:1:ack", "r:1:withdrawn", "m:nothing", f"f:{draft}:1:submit:"):
        await story.forge("LI", data)
    story.expect("LI", "第 2/8 步")
    assert not story.db.all("select 1 from report")
    assert not story.db.all("select 1 from inbox where state <> 'done'")


async def test_a_stranger_leaves_no_data(story: Story, tmp_path: Path) -> None:
    story.stranger("X", "en")
    await story.say("X", "/start")
    story.expect("X", "Hello, this is Linli")
    await story.say("X", "/report")
    await story.say("X", "hello")
    await story.say("X", "/start WRONG123")
    story.expect("X", "not right")
    for _ in range(6):
        await story.say("X", "/start WRONG123")
    story.expect("X", "too many tries")
    assert not story.db.all("select 1 from account")
    assert not story.db.all("select 1 from inbox where length(payload) > 0")
    assert not story.db.all("select 1 from outbox where length(payload) > 0")
    with closing(sqlite3.connect(tmp_path / "linli.db")) as stored:
        dump = list(stored.iterdump())
    assert len(dump) > 20
    left = "\n".join(line for line in dump if str(story.phones["X"].id) in line)
    assert not left, left


async def test_withdrawing_and_adding(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await file_report(story)
    await story.press("LI", "补充")
    await story.say("LI", "他们往北门去了")
    story.expect("WANG", "他们往北门去了")
    await story.press("LI", "撤回")
    await story.press("LI", "撤回")
    story.expect("LI", "已撤回")
    story.expect("WANG", "已撤回")
    assert DEED not in story.screen("WANG")


async def test_everything_again_in_english(story: Story) -> None:
    await story.join("LI", "en")
    await story.join("WANG", "en")
    await story.say("LI", "/report")
    for label in ("Suspicious", "No", "Trying doors", "Done"):
        await story.press("LI", label)
    await story.say("LI", "the north gate")
    await story.say("LI", "yesterday 9:30 pm")
    await story.say("LI", "Two people tried every car door along the road")
    for label in ("Skip", "Skip", "Yes", "Submit"):
        await story.press("LI", label)
    story.expect("WANG", "Suspicious activity", "unverified", "the north gate")
    story.expect("LI", "sent to 王警官, not yet seen")
    await story.press("WANG", "On the way")
    story.expect("LI", "is on the way.")


async def test_help_me_duty_language_alerts(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await file_report(story)
    await story.say("WANG", "/alerts")
    story.expect("WANG", "未办结")
    await story.say("LI", "/duty")
    story.expect("LI", "社区民警：王警官", "代理民警：孙警官（暂时联系不上）")
    await story.say("LI", "/me")
    story.expect("LI", "李敏 · 社区综合协管员 · 南苑一片")
    await story.say("LI", "/help")
    story.expect("LI", "/report")
    assert "/alerts" not in story.messages("LI")[-1]["text"]
    await story.say("LI", "/language")
    await story.press("LI", "English")
    await story.say("LI", "/help")
    story.expect("LI", "You can")


async def test_a_forgotten_draft_is_recalled_once_and_expires(story: Story) -> None:
    await story.join("LI")
    await story.say("LI", "/report")
    await story.press("LI", "可疑情况")
    story.read_all("LI")
    await story.advance(minutes=31)
    story.expect("LI", "还没填完")
    await story.advance(minutes=31)
    story.expect_nothing("LI")
    await story.advance(hours=24)
    story.expect("LI", "已清除")


@pytest.mark.parametrize("kind", ["sticker", "voice", "contact", "dice", "location", "photo"])
async def test_other_things_than_asked_get_a_friendly_word(story: Story, kind: str) -> None:
    await story.join("LI")
    await story.say("LI", "/report")
    await story.press("LI", "可疑情况")
    what = {"latitude": 31.1, "longitude": 121.2} if kind == "location" else {}
    await story.send("LI", kind, **what)
    story.expect("LI", "请用按钮选择", "第 1/8 步")


async def test_photos_reach_the_officer_and_are_taken_away_on_closing(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await story.say("LI", "/report")
    for label in ("可疑情况", "否", "试拉门窗", "选好了", "南苑一片", "现在"):
        await story.press("LI", label)
    await story.say("LI", DEED)
    await story.say("LI", "白色面包车，往北")
    await story.send("LI", "photo")
    await story.send("LI", "photo")
    story.expect("LI", "照片 2 张")
    for label in ("选好了", "可以", "提交"):
        await story.press("LI", label)
    story.expect("WANG", "现场特征：白色面包车")
    assert [m["kind"] for m in story.messages("WANG")].count("photo") == 2
    for label in ("正在前往", "办结", "不属实", "跳过"):
        await story.press("WANG", label)
    assert [m["kind"] for m in story.messages("WANG")].count("photo") == 0
    report = story.db.all("select scene, photos, outcome from report")[0]
    assert tuple(report) == ("", None, "unfounded")
    assert "白色面包车" not in story.screen("WANG")


async def test_the_same_update_five_times_is_one_update(story: Story) -> None:
    await story.join("LI")
    phone = story.phones["LI"]
    story.sandbox.world.say(phone.id, phone.id, "/help")
    for _ in range(5):  # Telegram repeats what was not confirmed
        story.bot.take(list(await story.bot.channel.fetch()))
    await story.settle()
    answers = [m for m in story.messages("LI") if "您可以" in m["text"]]
    assert len(answers) == 1


async def test_a_time_button_still_works_minutes_after_it_was_shown(story: Story) -> None:
    await story.join("LI")
    await story.say("LI", "/report")
    for label in ("可疑情况", "否", "试拉门窗", "选好了", "南苑一片"):
        await story.press("LI", label)
    await story.advance(minutes=5)
    await story.press("LI", "一小时内")
    story.expect("LI", "第 5/8 步")
