"""Duty R3: a violation at a place, reported, followed up by officer and reporter together, and brought to its end."""

import base64
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chat.texts import LOCALES
from handlers.form_card import CONVERSATIONS
from tests.scenarios.story import Story
from tests.scenarios.test_lead_tip import photo

DEED = "三号楼一层楼道堆满杂物，消防通道出不去"


async def begun(story: Story, who: str = "LI", *, kind: str = "占堵消防通道", place: str = "南苑一片") -> None:
    """The form, up to the question for the day."""
    await story.say(who, "/report")
    for label in ("违规情况", kind, place):
        await story.press(who, label)
    await story.say(who, DEED)
    await story.press(who, "跳过")


async def reported(story: Story, *staff: str, day: str = "12-1") -> None:
    """A violation has been reported by LI, with a follow-up proposed for that day."""
    for code in staff or ("LI", "WANG"):
        await story.join(code)
    await begun(story)
    await story.say("LI", day)
    await story.press("LI", "提交")


async def agreed(story: Story, *staff: str, day: str = "12-1") -> None:
    """The officer has taken it and agreed to the day; everybody has read everything."""
    await reported(story, *staff, day=day)
    await story.press("WANG", "接手")
    await story.press("WANG", "确认复查日")
    story.read_all(*(staff or ("LI", "WANG")))


async def until(story: Story, day: str, hour: int, minute: int = 0) -> None:
    """The clock moves to this local time of Shanghai, with one tick there."""
    local = story.clock.now() + timedelta(hours=8)
    wanted = date.fromisoformat(day)
    ahead = timedelta(days=(wanted - local.date()).days, hours=hour - local.hour, minutes=minute - local.minute)
    await story.advance(seconds=ahead.total_seconds())


def labels(story: Story, who: str) -> Sequence[str]:
    """What stands on every button of a phone."""
    return [button["text"] for m in story.messages(who) for row in m["keyboard"] or [] for button in row]


async def test_a_violation_is_reported_followed_up_and_mended(story: Story) -> None:
    story.weeks_are_filed()
    for code in ("LI", "WANG"):
        await story.join(code)
    await begun(story)
    story.expect("LI", "第 5/5 步", "哪天和民警一起去复查")
    assert "11月27日周五（3 个工作日后）" in labels(story, "LI")
    await story.say("LI", "12-1")
    story.expect("LI", "类别：占堵消防通道", "地点：南苑一片", DEED, "共同复查：12月1日周二")
    await story.press("LI", "提交")
    story.expect("LI", "违规报告", "占堵消防通道", "共同复查：12月1日周二 · 李敏提议，等有人接手后确认")
    story.expect("WANG", "违规", "未经核实", "占堵消防通道", DEED, "李敏提议，等有人接手后确认")
    await story.press("WANG", "接手")
    story.expect("LI", "李敏提议，等王警官确认")
    story.expect("LI", "已接手。")
    await story.press("WANG", "确认复查日")
    story.expect("WANG", "由您办理", "双方已确认")
    story.expect("LI", "双方已确认")
    story.expect("LI", "王警官确认了 12月1日周二 共同复查")
    await until(story, "2026-11-30", 16, 59)
    story.expect_nothing("LI", "WANG")
    await until(story, "2026-11-30", 17)
    story.expect("LI", "共同复查快到了", "12月1日周二")
    story.expect("WANG", "共同复查快到了", "12月1日周二")
    await until(story, "2026-12-01", 9)
    story.expect("LI", "今天共同复查")
    story.expect("WANG", "今天共同复查")
    await story.press("LI", "已复查")
    story.expect("WANG", "已复查，等民警写结果")
    story.expect("WANG", "李敏记下了 12月1日周二 已复查")
    story.expect("LI", "已复查，等民警写结果")
    await story.press("WANG", "已整改")
    story.expect("LI", "已办结：已整改。谢谢您")
    assert DEED not in story.screen("WANG")
    assert "今天共同复查" not in story.screen("WANG") + story.screen("LI")
    story.read_all("LI", "WANG")
    await story.advance(days=3)
    story.expect_nothing("LI", "WANG")


async def test_the_same_in_english(story: Story) -> None:
    for code in ("LI", "WANG"):
        await story.join(code, "en")
    await story.say("LI", "/report")
    for label in ("Violation at a place", "Blocked fire exit", "南苑一片"):
        await story.press("LI", label)
    await story.say("LI", "The corridor is full of boxes, nobody could get out")
    await story.press("LI", "Skip")
    await story.say("LI", "next Saturday")
    story.expect("LI", "Joint follow-up: Mon, Dec 7 (Sat, Dec 5 is a day off)")
    await story.press("LI", "Submit")
    story.expect("WANG", "Violation", "Blocked fire exit", "proposed by 李敏, waits for somebody to take it")
    await story.press("WANG", "Acknowledge")
    await story.press("WANG", "Another day")
    await story.say("WANG", "Tue, Dec 1")
    story.expect("LI", "王警官 proposes Tue, Dec 1 for the follow-up; please agree")
    await story.press("LI", "Agree to the day")
    story.expect("WANG", "李敏 agrees to the joint follow-up on Tue, Dec 1")
    await until(story, "2026-12-02", 9)
    story.expect("WANG", "is 1 working day overdue", "⚠ Joint follow-up: Tue, Dec 1")
    await story.press("WANG", "Carried out")
    await story.press("WANG", "Time limit")
    await story.press("WANG", "in 3 working days")
    story.expect("LI", "王警官 set a time limit; the next follow-up is on Mon, Dec 7")
    await story.press("LI", "Agree to the day")
    await story.press("WANG", "Carried out")
    await story.press("WANG", "Passed on to an authority")
    story.expect("LI", "is closed: passed on. Thank you")


async def test_photos_go_along_and_a_location_can_be_the_place(story: Story) -> None:
    for code in ("LI", "WANG"):
        await story.join(code)
    await story.say("LI", "/report")
    await story.press("LI", "违规情况")
    await story.press("LI", "噪声扰民")
    await story.send("LI", "location", latitude=31.2, longitude=121.4)
    await story.say("LI", DEED)
    await story.send("LI", "photo", file=base64.b64encode(photo()).decode())
    await story.press("LI", "选好了")
    await story.press("LI", "7 个工作日后")
    story.expect("LI", "附件：附件 1 个", "共同复查：12月3日周四")
    await story.press("LI", "提交")
    story.expect("WANG", "噪声扰民", "https://maps.google.com/?q=31.2,121.4")
    [sent] = [m for m in story.messages("WANG") if m["kind"] == "photo"]
    await story.press("WANG", "接手")
    await story.press("WANG", "办结")
    await story.press("WANG", "未发现问题")
    await story.press("WANG", "跳过")
    story.expect("LI", "已办结：未发现异常")
    assert sent["message_id"] not in [m["message_id"] for m in story.messages("WANG")]


ENGLISH = (LOCALES / "en" / "linli.ftl").read_text("utf-8")


async def test_nobody_who_lives_there_is_asked_for(story: Story) -> None:
    """A violation belongs to a place: no question, no label and no choice of the form is about a person."""
    person = re.compile(
        "姓名|名字|称呼|身份|证件|电话|手机|户主|房东|房客|租客|住户|居民|人员|name|resident|owner|tenant|landlord|who",
        re.I,
    )
    may_say = "只写地点和情况，不写住户是谁；身份证号、护照号和电话号码会自动隐去。"
    for code in ("LI", "WANG"):
        await story.join(code)
    before = story.screen("LI")
    await story.say("LI", "/report")
    for label in ("违规情况", "占堵消防通道", "南苑一片"):
        await story.press("LI", label)
    shown = [story.screen("LI").removeprefix(before), *labels(story, "LI")]
    await story.say("LI", DEED)
    shown += [story.screen("LI").removeprefix(before), *labels(story, "LI")]
    await story.press("LI", "跳过")
    shown += [story.screen("LI").removeprefix(before), *labels(story, "LI")]
    await story.say("LI", "12-1")
    shown += [story.screen("LI").removeprefix(before), *labels(story, "LI")]
    assert may_say in shown[0]
    assert not [said for said in shown if person.search(said.replace(may_say, ""))]
    form = CONVERSATIONS["violation"].form
    assert list(form.questions) == ["kind", "where", "same", "deed", "attachments", "day"]
    asked = re.findall(r"^violation-.*(?:\n    .*)*", ENGLISH, re.M)
    assert len(asked) == 22
    told = "Write of the place, not of who lives there; identity-card, passport and telephone numbers are masked."
    assert [said for said in asked if told in said]
    assert not [said for said in asked if person.search(said.replace(told, ""))]


async def test_words_about_who_somebody_is_are_not_taken_and_numbers_are_masked(story: Story) -> None:
    for code in ("LI", "WANG"):
        await story.join(code)
    await story.say("LI", "/report")
    for label in ("违规情况", "违规群租", "南苑一片"):
        await story.press("LI", label)
    await story.say("LI", "这套房里住的都是外地人，看着就不放心，应该查")
    story.expect("LI", "没有收下")
    await story.say("LI", "隔成八间出租，联系电话 13812345678 贴在门上")
    await story.press("LI", "跳过")
    await story.say("LI", "12-1")
    await story.press("LI", "提交")
    story.expect("WANG", "隔成八间出租")
    assert "13812345678" not in story.screen("WANG")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("11-20", "已经过了"),
        ("今天", "已经过了"),
        ("昨天", "没有看懂"),
        ("3-1", "太远了"),
        ("2-30", "没有这一天"),
        ("等有空再说", "没有看懂"),
        ("九" * 70, "没有看懂"),
        ("下周五", "共同复查：12月4日周五"),
        ("三天后", "共同复查：11月27日周五"),
        ("11-28", "共同复查：11月30日周一（11月28日周六休息，顺延）"),
        ("2027-1-1", "共同复查：1月4日周一（1月1日周五休息，顺延）"),
    ],
)
async def test_a_day_that_is_typed(story: Story, said: str, answer: str) -> None:
    await story.join("LI")
    await begun(story)
    await story.say("LI", said)
    story.expect("LI", answer)


async def test_a_photo_and_a_forged_button_are_no_day(story: Story) -> None:
    await story.join("LI")
    await begun(story)
    draft = story.db.one("select id, turn from draft")
    assert draft is not None
    for value, why in (("2026-11-20", "已经过了"), ("2026-13-40", "不能用"), ("2030-01-01", "太远了"), ("x", "不能用")):
        await story.forge("LI", f"f:{draft['id']}:{draft['turn']}:choose:{value}")
        story.expect("LI", "⚠", why, "哪天和民警一起去复查")


async def test_a_day_that_comes_while_the_form_lies_open_is_asked_for_again(story: Story) -> None:
    await story.join("LI")
    await begun(story)
    await story.say("LI", "明天")
    await story.advance(hours=15)
    await story.press("LI", "提交")
    story.expect("LI", "选的日子已经到了")
    await story.press("LI", "3 个工作日后")
    await story.press("LI", "提交")
    story.expect("LI", "共同复查：11月30日周一")


@pytest.mark.parametrize("how", ["active = 0", "role = 'officer'"])
async def test_who_loses_the_right_while_filling_reports_nothing(story: Story, how: str) -> None:
    await story.join("LI")
    await begun(story)
    await story.say("LI", "12-1")
    with story.db.transaction() as db:
        db.execute(f"update person set {how} where id = ?", (story.ids["LI"],))
    await story.press("LI", "提交")
    story.expect("LI", "不在您的职责或辖区内")
    assert not story.db.all("select 1 from report union all select 1 from draft union all select 1 from followup")


async def test_officers_and_strangers_get_no_form(story: Story) -> None:
    await story.join("WANG")
    story.stranger("X")
    await story.say("X", "/help")
    for who in ("WANG", "X"):
        await story.forge(who, "m:violation")
    assert not story.db.all("select 1 from draft")


async def test_kinds_come_from_the_settings_and_others_are_shown_as_written(story: Story) -> None:
    story.bot.house = replace(story.bot.house, violation_kinds=("noise", "占用公共绿地种菜养鸡养鸭晒粮"))
    story.bot.inbox._house = story.bot.house
    for code in ("LI", "WANG"):
        await story.join(code, "en")
    await story.say("LI", "/report")
    await story.press("LI", "Violation at a place")
    assert [label for label in labels(story, "LI") if "Cancel" not in label] == [
        "Noise",
        "占用公共绿地种菜养鸡养鸭晒粮",
    ]
    for label in ("占用公共绿地", "南苑一片"):
        await story.press("LI", label)
    await story.say("LI", "Beds were dug into the common lawn behind house 3")
    await story.press("LI", "Skip")
    await story.say("LI", "12-1")
    story.expect("LI", "Kind: 占用公共绿地种菜养鸡养鸭晒粮")
    story.bot.inbox._house = replace(story.bot.house, violation_kinds=("noise",))
    await story.press("LI", "Submit")
    story.expect("LI", "This kind is no longer used")
    story.bot.inbox._house = story.bot.house
    await story.say("LI", "The lawn")
    await story.press("LI", "占用公共绿地")
    await story.press("LI", "Submit")
    story.expect("WANG", "占用公共绿地种菜养鸡养鸭晒粮")
    story.expect("LI", "占用公共绿地种菜养鸡养鸭晒粮")


async def test_an_officer_has_a_working_day_to_take_it(story: Story) -> None:
    await reported(story, "LI", "WANG", "SUN")
    story.read_all("SUN")
    await story.advance(hours=23, minutes=59)
    story.expect_nothing("SUN")
    await story.advance(minutes=1)
    story.expect("SUN", "违规", DEED)


async def test_before_anybody_holds_it_confirming_waits(story: Story) -> None:
    await reported(story)
    assert not {"确认复查日", "已复查"} & {*labels(story, "LI"), *labels(story, "WANG")}
    assert "改期" in labels(story, "LI")
    await story.forge("WANG", "v:1:officer:confirm:20261201")
    assert "不在您的职责" in story.toast("WANG")
    await story.press("WANG", "接手")
    assert {"确认复查日", "改期"} <= set(labels(story, "WANG"))


async def test_nobody_agrees_to_a_day_of_their_own_and_agreeing_twice_changes_nothing(story: Story) -> None:
    await reported(story)
    await story.press("WANG", "接手")
    await story.forge("LI", "v:1:reporter:confirm:20261201")
    assert "旧卡片" in story.toast("LI")
    story.read_all("LI", "WANG")
    story.expect_nothing("LI")
    await story.press("WANG", "确认复查日")
    story.expect("LI", "双方已确认")
    story.expect("LI", "确认了 12月1日周二")
    await story.forge("WANG", "v:1:officer:confirm:20261201")
    assert "旧卡片" in story.toast("WANG")
    story.expect_nothing("LI")


async def test_nobody_agrees_to_a_day_that_was_moved_under_their_finger(story: Story) -> None:
    await reported(story)
    await story.press("WANG", "接手")
    await story.press("LI", "改期")
    await story.say("LI", "12-3")
    story.expect("WANG", "李敏提议改到 12月3日周四 复查")
    await story.forge("WANG", "v:1:officer:confirm:20261201")
    assert "旧卡片" in story.toast("WANG")
    story.expect("WANG", "12月3日周四 · 李敏提议，等王警官确认")
    await story.press("WANG", "确认复查日")
    story.expect("LI", "12月3日周四 · 双方已确认")


async def test_a_moved_day_is_to_be_agreed_anew_and_reminds_at_its_own_time(story: Story) -> None:
    await agreed(story)
    await story.press("WANG", "改期")
    await story.press("WANG", "7 个工作日后")
    story.expect("LI", "王警官提议改到 12月3日周四 复查")
    story.expect("LI", "王警官提议，等李敏确认")
    await until(story, "2026-12-01", 12)
    story.read_all("WANG")
    story.expect_nothing("LI", "WANG")
    await story.press("LI", "确认复查日")
    story.read_all("LI", "WANG")
    await until(story, "2026-12-02", 17)
    story.expect("LI", "快到了", "双方已确认")


@pytest.mark.parametrize("who", ["LI", "WANG"])
async def test_it_is_not_moved_once_it_was_carried_out(story: Story, who: str) -> None:
    await agreed(story)
    side = "reporter" if who == "LI" else "officer"
    await story.press(who, "改期")
    await story.press("LI" if who == "WANG" else "WANG", "已复查")
    day = story.db.all("select day from followup")[0]["day"]
    assert day == "2026-11-24"  # the visit was made before its day
    await story.say(who, "12-9")
    story.expect(who, "这次复查已有新进展")
    await story.say(who, "/cancel")
    await story.forge(who, f"v:1:{side}:move:20261124")
    assert "旧卡片" in story.toast(who)
    assert story.db.all("select day from followup")[0]["day"] == day


async def test_the_result_is_the_officers_word(story: Story) -> None:
    await agreed(story)
    await story.press("LI", "已复查")
    assert not {"已整改", "限期整改", "移送主管部门"} & set(labels(story, "LI"))
    for verb in ("mended", "limit", "passed_on", "visit", "confirm"):
        await story.forge("LI", f"v:1:reporter:{verb}:20261124")
        await story.forge("LI", f"v:1:officer:{verb}:20261124")
    assert story.db.all("select state from report")[0]["state"] == "open"
    await story.press("WANG", "移送主管部门")
    story.expect("LI", "已办结：已移送")
    for verb in ("mended", "limit", "passed_on"):
        await story.forge("WANG", f"v:1:officer:{verb}:20261124")
        assert "已经关闭" in story.toast("WANG")
    assert story.db.all("select outcome from report")[0]["outcome"] == "passed_on"


async def test_a_time_limit_is_the_day_of_the_next_visit(story: Story) -> None:
    await agreed(story)
    await until(story, "2026-12-01", 15)
    story.read_all("LI", "WANG")
    await story.press("WANG", "已复查")
    story.expect("LI", "王警官记下了 12月1日周二 已复查")
    await story.press("WANG", "限期整改")
    await story.say("WANG", "一周后")
    story.expect("LI", "王警官已责令限期整改，12月8日周二 再去复查，请确认")
    story.expect("LI", "12月8日周二 · 王警官提议，等李敏确认", "12月1日周二复查过，已责令限期整改")
    await story.press("LI", "确认复查日")
    story.read_all("LI", "WANG")
    await until(story, "2026-12-07", 17)
    story.expect("LI", "快到了", "12月8日周二")
    story.expect("WANG", "快到了", "12月8日周二")


@pytest.mark.parametrize("end", ["unfounded", "withdrawn"])
async def test_an_unfounded_or_withdrawn_one_reminds_nobody(story: Story, end: str) -> None:
    story.weeks_are_filed()
    await agreed(story)
    if end == "unfounded":
        for label in ("办结", "不属实", "跳过"):
            await story.press("WANG", label)
        story.expect("LI", "已办结：未能证实")
    else:
        await story.press("LI", "撤回")
        await story.press("LI", "撤回")
        story.expect("LI", "已撤回")
    story.read_all("LI", "WANG")
    await story.advance(days=10)
    story.expect_nothing("LI", "WANG")


async def test_with_a_hand_over_the_visit_goes_along(story: Story) -> None:
    await reported(story, "LI", "WANG", "SUN")
    await story.press("WANG", "接手")
    await story.press("WANG", "移交")
    await story.press("WANG", "孙警官")
    assert "确认复查日" not in labels(story, "SUN")
    await story.press("SUN", "接受移交")
    story.expect("SUN", "李敏提议，等孙警官确认")
    await story.forge("WANG", "v:1:officer:confirm:20261201")
    assert "不在您的职责" in story.toast("WANG")
    await story.press("SUN", "确认复查日")
    story.expect("LI", "孙警官确认了 12月1日周二 共同复查")
    story.read_all("WANG", "SUN")
    await until(story, "2026-11-30", 17)
    story.expect("SUN", "快到了")
    story.expect_nothing("WANG")


async def test_a_day_begun_by_who_has_it_no_more_is_not_proposed(story: Story) -> None:
    await reported(story, "LI", "WANG", "SUN")
    await story.press("WANG", "接手")
    await story.press("WANG", "移交")
    await story.press("WANG", "孙警官")
    await story.press("WANG", "改期")
    await story.press("SUN", "接受移交")
    await story.say("WANG", "12-9")
    story.expect("WANG", "不在您的职责")
    assert story.db.all("select day from followup")[0]["day"] == "2026-12-01"


async def test_where_the_reporter_has_left_the_officer_goes_alone(story: Story) -> None:
    await reported(story)
    await story.press("WANG", "接手")
    with story.db.transaction() as db:
        db.execute("update person set active = 0 where id = ?", (story.ids["LI"],))
    await story.press("WANG", "改期")
    await story.say("WANG", "12-3")
    story.expect("WANG", "12月3日周四 · 报告人已离岗，由民警复查")
    story.read_all("LI", "WANG")
    await story.forge("LI", "v:1:reporter:confirm:20261203")
    assert "不在您的职责" in story.toast("LI")
    await until(story, "2026-12-02", 17)
    story.expect("WANG", "快到了")
    story.expect_nothing("LI")
    await story.press("WANG", "已复查")
    await story.press("WANG", "已整改")
    assert story.db.all("select state from report")[0]["state"] == "closed"


async def test_overdue_ones_show_up_at_both_then_in_one_list_at_the_town_office(story: Story) -> None:
    await agreed(story, "LI", "WANG", "GAO", day="11-26")
    await begun(story, kind="噪声扰民")
    await story.say("LI", "11-26")
    await story.press("LI", "提交")
    await story.press("WANG", "接手")
    await story.press("WANG", "确认复查日")
    await until(story, "2026-11-26", 20)
    story.read_all("LI", "WANG", "GAO")
    await until(story, "2026-11-27", 8, 59)
    story.expect_nothing("LI", "WANG")
    await until(story, "2026-11-27", 9)
    for who in ("LI", "WANG"):
        for _ in range(2):
            story.expect(who, "已过期 1 个工作日", "⚠ 共同复查：11月26日周四")
    story.expect_nothing("GAO")
    await story.say("WANG", "/alerts")
    assert len([label for label in labels(story, "WANG") if label.startswith("⚠ NY")]) == 2
    story.read_all("LI", "WANG")
    await until(story, "2026-11-28", 10)  # a Saturday
    story.expect_nothing("LI", "WANG", "GAO")
    await until(story, "2026-11-30", 9)
    story.expect("WANG", "已过期 2 个工作日")
    story.expect("GAO", "过期未复查的违规报告 2 件", "南苑一片 · 11月26日周四（过期 2 个工作日）")
    story.expect_nothing("GAO")
    assert DEED not in story.screen("GAO")
    story.restart()
    story.read_all("LI", "WANG")
    await story.advance(hours=3)
    story.expect_nothing("LI", "WANG", "GAO")
    await story.press("WANG", "已复查")
    await story.press("WANG", "已整改")
    await until(story, "2026-12-01", 9)
    story.expect("GAO", "过期未复查的违规报告 1 件", "过期 3 个工作日")
    opened = story.db.one("select count(*) as n from opening where person = ?", (story.ids["GAO"],))
    assert opened is not None
    assert opened["n"] == 0
    await story.press("GAO", "NY-1-")
    story.expect("GAO", "违规", DEED)
    opened = story.db.one("select count(*) as n from opening where person = ?", (story.ids["GAO"],))
    assert opened is not None
    assert opened["n"] == 1


async def test_the_list_of_another_town_office_and_of_another_committee_is_not_mixed(story: Story) -> None:
    await agreed(story, "LI", "WANG", "HE", "GAO", day="11-26")
    await until(story, "2026-11-30", 9)
    story.expect("GAO", "1 件")
    await story.say("HE", "/alerts")
    assert not [label for label in labels(story, "HE") if "⚠" in label]


async def test_a_visit_without_a_result_is_asked_of_the_officer_alone(story: Story) -> None:
    await agreed(story)
    await until(story, "2026-12-01", 12)
    await story.press("LI", "已复查")
    story.read_all("LI", "WANG")
    await until(story, "2026-12-02", 9)
    story.expect("WANG", "已过期 1 个工作日", "等民警写结果")
    assert "过期" not in story.screen("LI")


async def test_what_was_slept_through_is_made_up_for_once(story: Story) -> None:
    await agreed(story)
    await until(story, "2026-12-01", 11)  # two times have come meanwhile
    story.expect("LI", "今天共同复查")
    story.expect_nothing("LI")
    story.restart()
    await story.advance(seconds=1)
    story.expect_nothing("LI")


async def test_a_clock_that_is_set_back_repeats_nothing_and_one_that_ran_ahead_silences_nothing(story: Story) -> None:
    await agreed(story)
    await until(story, "2026-11-30", 17)
    story.expect("LI", "快到了")
    await story.advance(hours=-2)
    await story.advance(hours=2)
    story.expect_nothing("LI")
    await story.advance(days=100)
    story.expect("LI", "已过期")
    story.read_all("LI", "WANG")
    await story.advance(days=-100)
    story.expect_nothing("LI")
    await until(story, "2026-12-01", 9)
    story.expect("LI", "今天共同复查")


@pytest.mark.parametrize("who", ["QIAN", "HE", "ZHOU", "SUN", "GAO", "WU"])
async def test_nobody_else_touches_a_follow_up(story: Story, who: str) -> None:
    await agreed(story, "LI", "WANG", who)
    before = [tuple(row) for row in story.db.all("select * from followup")]
    for side in ("reporter", "officer"):
        for verb in ("confirm", "move", "visit", "mended", "limit", "passed_on"):
            await story.forge(who, f"v:1:{side}:{verb}:20261201")
            assert "不在您的职责" in story.toast(who)
    for data in ("v:1:officer:mended", "v:99:officer:mended:20261201", "v:1:boss:mended:20261201", "v:1:officer:x:1"):
        await story.forge(who, data)
    assert [tuple(row) for row in story.db.all("select * from followup")] == before
    assert not story.db.all("select 1 from draft")
