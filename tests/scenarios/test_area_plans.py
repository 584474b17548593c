"""Duty P1: a place is proposed, agreed on, worked at week by week, reviewed, accepted; every message counted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from handlers import postings, retention
from handlers.desk import Desk
from handlers.leaving import erase_person, find
from models.analysis import MonthlyAnalysis
from models.checks import DataRoom
from tests.scenarios.story import Story
from tests.scenarios.test_agenda import at_once
from tests.scenarios.test_calendar import imported
from tests.scenarios.test_meetings import count
from tests.scenarios.test_minutes import flip_chart
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import joined

SPOT, WHY = "3号楼地下室", "电线乱拉，杂物堵着通道"
MONDAY = datetime(2026, 9, 21, 2, tzinfo=UTC)  # 10:00; from Friday it is Mid-Autumn, then National Day
Heard = dict[tuple[str, int, int], dict[str, tuple[str, ...]]]


async def opened(story: Story, *whom: str, at: datetime | None = None, language: str = "zh") -> None:
    """A town in which nothing else is due."""
    if at is not None:
        story.clock.moment = at
    await joined(story, *whom, language=language)
    today = story.clock.moment
    for later in (timedelta(), timedelta(weeks=8)):
        story.clock.moment = today + later
        story.weeks_are_filed()
    story.clock.moment = today
    with story.db.transaction() as db:  # a story about something else hears nothing of data rooms and analyses
        for place in db.all("select id from place where kind = 'committee'"):
            for month in ("2026-08", "2026-09", "2027-02"):
                db.insert_new(MonthlyAnalysis, place=place["id"], month=month, sent=["sent"])
            for task in ("head", "entry"):
                db.insert(DataRoom, place=place["id"], task=task, person=story.ids["WU"])


async def propose(story: Story, who: str = "LI", spot: str = SPOT, *, counts: tuple[str, ...] = ("3", "1")) -> None:
    """A place from /plans to the review, sent."""
    await story.say(who, "/plans")
    await story.press(who, "提出一处")
    if any("南苑一片" in label for label in labels(story, who)):
        await story.press(who, "南苑一片")
    await story.say(who, spot)
    if any("另一处" in label for label in labels(story, who)):
        await story.press(who, "另一处")
    for amount in counts:
        await story.say(who, amount)
    for _ in range(3 - len(counts)):
        await story.press(who, "跳过")
    await story.say(who, WHY)
    await story.press(who, "提交")


async def agree(story: Story, lead: str = "ZHOU") -> None:
    """WANG agrees, and a cadre leads it."""
    await story.press("WANG", "✓ 同意")
    await story.press(lead, "我来牵头")
    story.read_all("LI", "WANG", lead)


async def measure(story: Story, words: str, owner: str, day: str, who: str = "ZHOU") -> None:
    await story.press(who, "+ 措施")
    await story.say(who, words)
    await story.press(who, owner)
    await story.say(who, day)


async def inspect_every(story: Story, weekday: str, hour: str, who: str = "ZHOU") -> None:
    await story.press(who, "巡查时间")
    await story.press(who, weekday)
    await story.press(who, hour)


async def inspected(story: Story, mended: str, remaining: str, who: str = "ZHOU") -> None:
    await story.press(who, "巡查结果")
    await story.say(who, mended)
    await story.say(who, remaining)


def redrawn(story: Story, words: str, *whom: str) -> None:
    """The card on these phones says so now where it stood: no message came."""
    for who in whom:
        known = set(story.phones[who].seen)
        story.expect(who, words)
        assert set(story.phones[who].seen) == known, story.screen(who)


async def hear(story: Story, expected: Heard, *whom: str) -> None:
    """At each local time these people hear just this, and nobody else anything."""
    for (day, hour, minute), told in expected.items():
        await until(story, day, hour, minute)
        for who, words in told.items():
            story.expect(who, *words)
        story.expect_nothing(*whom)


async def test_from_a_proposal_to_the_acceptance_over_national_day(story: Story) -> None:
    staff = ("LI", "ZHOU", "WANG", "GAO", "QIAN", "HE")
    await opened(story, *staff, at=MONDAY)
    await propose(story)
    story.expect("LI", "已提出，民警已收到", "整治方案 南苑一片 3号楼地下室", "等民警决定", "隐患 3 处、秩序 1 件", WHY)
    story.expect("WANG", "李敏提出一处，请您决定", "3号楼地下室", "隐患 3 处")
    story.read_all("LI")
    story.expect_nothing(*staff)
    await story.press("WANG", "✓ 同意")
    story.expect("WANG", "已同意", "进行中，11月23日周一前验收", "牵头：还没有")  # two months, a Saturday moved on
    story.expect("LI", "民警同意了您提出的方案")
    story.expect("ZHOU", "请一位村(居)干部牵头")
    await story.press("ZHOU", "我来牵头")
    story.expect("ZHOU", "牵头：周婷", "下一步：定巡查时间")
    assert story.toast("ZHOU") == "由您牵头。"
    await measure(story, "清走杂物", "李敏", "9月29日")
    story.expect("ZHOU", "措施已定", "1. 9月29日前 清走杂物（李敏）")
    await inspect_every(story, "周四", "10:00")
    story.expect("ZHOU", "联合巡查：每周四 10:00", "下一步：9月24日周四 10:00 联合巡查")
    await story.advance(seconds=1)
    story.expect("LI", "您有新的措施：清走杂物（9月29日周二前）", "整治方案 南苑一片 3号楼地下室")
    redrawn(story, "下一步：9月24日周四 10:00 联合巡查", "WANG")
    story.expect_nothing(*staff)
    everybody = ("LI", "ZHOU", "WANG")
    before, soon = ("请别忘了",), ("快要联合巡查了",)
    await hear(
        story,
        {
            ("2026-09-23", 16, 59): {},
            ("2026-09-23", 17, 0): dict.fromkeys(everybody, (*before, "9月24日周四 10:00")),
            ("2026-09-24", 9, 0): dict.fromkeys(everybody, (*soon, "9月24日周四 10:00")),
        },
        *staff,
    )
    await until(story, "2026-09-24", 11)
    await inspected(story, "2", "1", "LI")
    # The week of National Day has three working days: the inspection is on the last of them, the day before it.
    story.expect("LI", "巡查 1 次，漏 0 次", "还有隐患 1 处，累计整改 2 处", "9月29日周二前 清走杂物")
    redrawn(story, "还有隐患 1 处，累计整改 2 处", "ZHOU", "WANG")
    assert count(story, "area_plan_inspection where state = 'planned'") == 1
    await hear(
        story,
        {
            ("2026-09-25", 10, 0): {},  # Mid-Autumn
            ("2026-09-28", 16, 59): {},
            ("2026-09-28", 17, 0): {"LI": ("快到期了：清走杂物",)},
        },
        *staff,
    )
    await story.press("LI", "✓ 1")
    story.expect("LI", "☑ 清走杂物（李敏）")
    redrawn(story, "☑ 清走杂物（李敏）", "ZHOU", "WANG")
    await hear(
        story,
        {
            ("2026-09-29", 17, 0): dict.fromkeys(everybody, (*before, "9月30日周三 10:00")),
            ("2026-09-30", 9, 0): dict.fromkeys(everybody, soon),
            # Nobody tells the result; the working day before the next one is this same day.
            ("2026-09-30", 17, 0): dict.fromkeys(everybody, (*before, "10月8日周四 10:00")),
            ("2026-10-01", 10, 0): {},
            ("2026-10-06", 17, 0): {},
            ("2026-10-08", 9, 0): dict.fromkeys(everybody, (*soon, "10月8日周四 10:00")),
            ("2026-10-08", 9, 30): {"ZHOU": ("上次联合巡查（9月30日周三 10:00）还没有记结果", "⚠ 逾期：9月30日周三")},
        },
        *staff,
    )
    await until(story, "2026-10-08", 11)
    await story.press("ZHOU", "记10月8日巡查结果")
    for said in ("1", "0"):
        await story.say("ZHOU", said)
    await story.press("ZHOU", "+ 一句话")
    await story.say("ZHOU", "过道通了")
    story.expect("ZHOU", "巡查 2 次，漏 1 次", "最近 10月8日：还有隐患 0 处，累计整改 3 处。 过道通了")
    redrawn(story, "过道通了", "LI", "WANG")
    await hear(
        story,
        {
            ("2026-10-09", 9, 30): {},
            ("2026-10-10", 10, 0): {},  # a Saturday on which people work, but nothing is due
            ("2026-10-14", 17, 0): dict.fromkeys(everybody, (*before, "10月15日周四 10:00")),
        },
        *staff,
    )
    await weeks(story, "2026-10-15")
    await until(story, "2026-10-21", 9, 29)
    story.read_all(*staff)
    await hear(
        story,
        {
            ("2026-10-21", 9, 30): dict.fromkeys(("ZHOU", "WANG"), ("该做每月评估了（10月21日周三）",)),
            ("2026-10-22", 8, 59): dict.fromkeys(everybody, (*before, "10月22日")),
        },
        *staff,
    )
    await story.press("WANG", "每月评估")
    await story.press("WANG", "变好")
    await story.say("WANG", "这里的回族人太多")
    story.expect("WANG", "⚠")  # screened
    await story.say("WANG", "通道清了，电线在改")
    story.expect("WANG", "10月22日 评估：变好。通道清了，电线在改", "下一步：10月22日周四 10:00 联合巡查")
    story.expect("ZHOU", "这个月的评估做好了")
    redrawn(story, "10月22日 评估：变好", "LI")
    story.expect_nothing(*staff)
    for day in ("2026-10-22", "2026-10-29", "2026-11-05", "2026-11-12", "2026-11-19"):
        await weeks(story, day)
    story.read_all(*staff)
    assert count(story, "area_plan_inspection where state = 'done'") == 8
    await until(story, "2026-11-20", 10)
    story.read_all(*staff)
    await story.say("GAO", "/plans")
    await story.press("GAO", "▶ 南苑一片")
    await at_once(story, "pl:1:accept:0", "WANG", "GAO")
    for who in ("WANG", "GAO", "LI", "ZHOU"):
        story.expect(who, "11月20日 已通过验收。")
    story.read_all("GAO", "WANG")
    await until(story, "2026-11-30", 18)
    story.expect_nothing(*staff)
    await propose(story)
    story.expect("LI", "等民警决定")
    await story.press("LI", "这里以前的方案")
    story.expect("LI", "南苑一片 3号楼地下室 以前的方案", "11月20日 已通过验收")
    await story.press("LI", "南苑一片 3号楼地下室")
    story.expect("LI", "已通过验收", "☑ 清走杂物（李敏）", "巡查 8 次，漏 1 次")


async def weeks(story: Story, *days: str) -> None:
    """The inspections of these days are told by ZHOU."""
    for day in days:
        await until(story, day, 9)
        await until(story, day, 11)
        await inspected(story, "0", "0")


async def test_an_inspection_on_a_saturday_is_held_on_the_make_up_saturday(story: Story) -> None:
    await opened(story, "LI", "ZHOU", "WANG", at=datetime(2026, 9, 28, 2, tzinfo=UTC))
    await propose(story)
    await agree(story)
    await inspect_every(story, "周六", "09:00")
    story.expect("ZHOU", "下一步：9月30日周三 09:00 联合巡查")
    everybody = ("LI", "ZHOU", "WANG")
    await hear(
        story,
        {
            ("2026-09-29", 17, 0): dict.fromkeys(everybody, ("请别忘了：9月30日周三 09:00",)),
            ("2026-09-30", 8, 0): dict.fromkeys(everybody, ("快要联合巡查了",)),
        },
        *everybody,
    )
    await until(story, "2026-09-30", 10)
    await inspected(story, "1", "0")
    for who in everybody:
        story.expect(who, "下一步：10月10日周六 09:00 联合巡查")
    await hear(
        story,
        {
            ("2026-10-08", 17, 0): {},
            ("2026-10-09", 16, 59): {},
            ("2026-10-09", 17, 0): dict.fromkeys(everybody, ("请别忘了：10月10日周六 09:00",)),
            ("2026-10-10", 8, 0): dict.fromkeys(everybody, ("快要联合巡查了",)),
            ("2026-10-11", 10, 0): {},
            ("2026-10-12", 9, 29): {},
        },
        *everybody,
    )


async def test_a_place_is_refused_and_withdrawn_and_nothing_bad_is_taken(story: Story) -> None:
    await opened(story, "LI", "ZHOU", "WANG", "GAO")
    await propose(story, counts=())
    story.expect("LI", "⚠ 隐患、秩序、登记至少要有一项大于 0。", "隐患有几处")
    await story.say("LI", "好几处")
    story.expect("LI", "⚠", "隐患有几处")
    await story.say("LI", "2")
    await story.press("LI", "✎ 说明")
    await story.say("LI", "外地人太多")
    story.expect("LI", "⚠")
    await story.say("LI", "线路老化，联系 13812345678")
    await story.press("LI", "提交")
    story.expect("LI", "已提出", "隐患 2 处：线路老化")
    assert "13812345678" not in story.screen("LI") + story.screen("WANG")
    story.expect("WANG", "请您决定")
    await story.forge("LI", "pl:1:agree:0")
    assert story.toast("LI") == "这件事不在您的职责或辖区内。"
    await story.press("WANG", "不同意")
    await story.say("WANG", "物业本周就修")
    story.expect("WANG", "11月24日 民警没有同意：物业本周就修")
    story.expect("LI", "民警没有同意您提出的方案：物业本周就修", "11月24日")
    await story.forge("WANG", "pl:1:agree:0")
    assert story.toast("WANG") == "这个方案已经结束了。"
    story.read_all("LI", "WANG")
    await propose(story)
    story.read_all("LI", "WANG")
    await story.press("LI", "撤回")
    story.expect("LI", "撤回这个方案？")
    await story.press("LI", "确定撤回")
    story.expect("LI", "11月24日 已撤回。")
    story.expect("WANG", "李敏撤回了这个方案")
    await story.say("LI", "/plans")
    story.expect("LI", "现在没有进行中的方案")
    await story.press("LI", "以前的方案")
    story.expect("LI", "以前的方案", "已撤回", "民警没有同意：物业本周就修")
    await until(story, "2026-11-30", 18)
    story.expect_nothing("LI", "ZHOU", "WANG", "GAO")


async def test_one_place_has_one_open_plan_and_a_second_proposal_adds_its_reasons(story: Story) -> None:
    await opened(story, "LI", "ZHOU", "WANG")
    await propose(story)
    await agree(story)
    await story.say("ZHOU", "/plans")
    await story.press("ZHOU", "提出一处")
    await story.press("ZHOU", "南苑一片")
    await story.say("ZHOU", " ３号楼 地下室。")  # the same for all its width, spaces and signs
    story.expect("ZHOU", "这里已经有进行中的方案", "一处只有一个方案")
    assert [label for label in labels(story, "ZHOU") if "加到" in label] == ["加到：南苑一片 3号楼地下室"]
    await story.press("ZHOU", "加到")
    await story.press("ZHOU", "跳过")
    await story.press("ZHOU", "跳过")
    await story.say("ZHOU", "12")
    await story.say("ZHOU", "登记簿很久没有核对")
    await story.press("ZHOU", "提交")
    story.expect("ZHOU", "您的理由已加进这个方案", "登记 12 条：登记簿很久没有核对（周婷）", "隐患 3 处")
    assert count(story, "area_plan") == 1
    redrawn(story, "登记 12 条", "LI", "WANG")
    story.expect_nothing("LI", "WANG")  # ZHOU leads it
    await propose(story, spot="东门外")
    story.expect("WANG", "李敏提出一处", "东门外")
    assert count(story, "area_plan") == 2


async def test_two_do_the_same_at_once_and_one_gets_it(story: Story) -> None:
    with story.db.transaction():
        postings.assign(story.db, story.ids["CHEN"], [story.ids["NY"]], None)
        postings.assign(story.db, story.ids["WU"], [story.ids["NY-1"]], None)
    await opened(story, "LI", "WU", "ZHOU", "CHEN", "WANG", "SUN")
    for who in ("LI", "WU"):
        await story.say(who, "/plans")
        await story.press(who, "提出一处")
        await story.say(who, SPOT)
        for amount in ("1", "1", "1"):
            await story.say(who, amount)
        await story.say(who, WHY)
    for draft, who in zip(story.db.all("select id, turn from draft order by id"), ("LI", "WU"), strict=True):
        phone = story.phones[who].id
        newest = next(m for m in reversed(story.messages(who)) if m["from"] == "bot")
        data = f"f:{draft['id']}:{draft['turn']}:submit:"
        story.sandbox.world.press(phone, phone, newest["message_id"], data, None, forge=True)
    await story.settle()
    assert count(story, "area_plan") == 1
    story.expect("LI", "已提出")
    story.expect("WU", "⚠ 这一处刚刚已经有了方案", "这里已经有进行中的方案")
    await story.press("WU", "加到")
    await story.press("WU", "提交")
    story.expect("WU", "您的理由已加进这个方案")
    assert count(story, "area_plan_reason") == 2
    story.read_all("LI", "WU", "ZHOU", "CHEN", "WANG", "SUN")
    await at_once(story, "pl:1:agree:0", "WANG", "SUN")
    assert story.toast("SUN") == "民警已经决定了。"
    await at_once(story, "pl:1:take:0", "ZHOU", "CHEN")
    assert story.toast("ZHOU") == "由您牵头。"
    assert story.toast("CHEN") == "已经有人牵头：周婷"
    await measure(story, "清走杂物", "李敏", "12月1日")
    await at_once(story, "pl:1:done:1", "LI", "ZHOU")
    assert story.toast("ZHOU") == "已经有人记为办完了。"
    story.expect("LI", "☑ 清走杂物")
    await story.press("LI", "没有办完，撤回")
    story.expect("LI", "1. 12月1日前 清走杂物")
    await inspect_every(story, "周三", "10:00")
    await until(story, "2026-11-25", 10)
    for who in ("ZHOU", "LI"):
        await story.say(who, "/plans")
        await story.press(who, "▶ 南苑一片")
        await story.press(who, "巡查结果")
        await story.say(who, "1")
    for who in ("ZHOU", "LI"):
        await story.say(who, "0")
    story.expect("LI", "⚠ 这次巡查已经有人记过了")
    assert count(story, "area_plan_inspection where state = 'done'") == 1


async def test_a_late_measure_goes_up_and_one_whose_owner_left_finds_another(story: Story) -> None:
    staff = ("LI", "WU", "ZHOU", "WANG", "GAO")
    await opened(story, *staff)
    await propose(story)
    await agree(story)
    await inspect_every(story, "周日", "19:00")  # Friday, a working day
    await measure(story, "清走杂物", "李敏", "11月25日")
    await measure(story, "换电线", "吴芳", "12月30日")
    with story.db.transaction():  # nothing of inspections in this story
        story.db.execute("update area_plan set weekday = null")
        story.db.execute("delete from area_plan_inspection")
    await story.advance(seconds=1)
    story.expect("WU", "您有新的措施：换电线（12月30日周三前）")
    story.read_all(*staff)
    late = "⚠ 措施逾期：清走杂物（11月25日周三，李敏）"
    rhythm = "还没有定巡查时间"
    expected: Heard = {
        ("2026-11-24", 17, 0): {"LI": ("快到期了：清走杂物",)},
        ("2026-11-25", 20, 0): {"ZHOU": (rhythm,)},
        ("2026-11-26", 9, 29): {},
        ("2026-11-26", 9, 30): {"LI": (late,), "ZHOU": (rhythm,)},
        ("2026-11-27", 9, 30): {"LI": (late,), "ZHOU": (rhythm,)},
        ("2026-11-28", 12, 0): {},
        ("2026-11-30", 9, 30): {"LI": (late,), "ZHOU": (rhythm, late)},  # the third working day after
        ("2026-12-01", 9, 30): {"LI": (late,), "ZHOU": (rhythm, late)},
        ("2026-12-02", 9, 30): {"LI": (late,), "ZHOU": (rhythm, late), "WANG": (late,)},
    }
    await hear(story, expected, *staff)
    await story.say("GAO", "/plans")
    story.expect("GAO", "⚠ 南苑一片 3号楼地下室：逾期 1 项")
    desk = Desk(story.db, story.clock.now(), story.bot.house)
    with story.db.transaction():
        person = find(desk, "WU")
        assert person is not None
        erase_person(desk, person)
    story.read_all("WU")
    await story.press("LI", "✓ 1")
    story.expect("LI", "☑ 清走杂物")
    await story.advance(seconds=1)
    story.expect("ZHOU", "⚠ 措施没有人负责了，请换人：换电线", "1. 12月30日前 换电线（没有人负责）")
    await story.press("ZHOU", "1 换人")
    assert not any("吴芳" in label for label in labels(story, "ZHOU"))
    await story.press("ZHOU", "李敏")
    story.expect("ZHOU", "1. 12月30日前 换电线（李敏）")
    await story.advance(seconds=1)
    story.expect("LI", "您有新的措施：换电线")
    redrawn(story, "1. 12月30日前 换电线（李敏）", "WANG")
    story.expect_nothing(*staff)


async def test_what_waits_to_be_sent_is_not_sent_once_it_is_done(story: Story) -> None:
    await opened(story, "LI", "ZHOU", "WANG")
    await propose(story)
    await agree(story)
    for words in ("清走杂物", "换电线"):
        await measure(story, words, "李敏", "11月25日")
    await story.advance(seconds=1)
    story.read_all("LI", "ZHOU", "WANG")
    story.clock.moment += timedelta(hours=7)
    story.bot.tick()  # the reminder is written, and not sent yet
    await story.forge("LI", "pl:1:done:1")
    story.expect("LI", "☑ 清走杂物")
    redrawn(story, "☑ 清走杂物", "ZHOU", "WANG")
    story.expect_nothing("LI")
    await story.advance(seconds=1)  # what still holds of it is said
    story.expect("LI", "⏰ 快到期了：换电线")
    assert "到期：清走杂物" not in story.screen("LI")
    story.expect_nothing("LI", "ZHOU", "WANG")


async def test_the_acceptance_is_put_off_once_by_the_officer_then_by_the_town_office(story: Story) -> None:
    staff = ("LI", "ZHOU", "WANG", "GAO")
    await opened(story, *staff)
    await propose(story)
    await agree(story)
    with story.db.transaction():
        story.db.execute("update area_plan set deadline = '2026-12-07', weekday = 0, at = '10:00'")
        story.db.execute("update area_plan set weekday = null, lead = null")  # nothing else is heard of
        story.db.execute("update area_plan set lead = 2")
    soon, late = "12月7日周一前要验收", "验收逾期了（12月7日周一），请验收或延期"
    await until(story, "2026-11-30", 9, 29)
    story.read_all(*staff)
    await until(story, "2026-11-30", 9, 30)
    for who in ("WANG", "GAO", "ZHOU"):
        story.expect(who, soon)
    await until(story, "2026-12-07", 20)
    story.read_all("ZHOU")
    story.expect_nothing(*staff)
    await until(story, "2026-12-08", 9, 30)
    story.read_all("ZHOU")
    for who in ("WANG", "GAO"):
        story.expect(who, late)
    await story.press("WANG", "延期")
    await story.say("WANG", "12月9日")
    await story.say("WANG", "电线还没有换完")
    story.expect("WANG", "12月9日周三前验收", "延期 1 次，到 12月9日：电线还没有换完")
    for who in ("GAO", "LI", "ZHOU"):
        story.expect(who, "验收延期到 12月9日周三")
    await story.forge("WANG", "pl:1:extend:0")
    assert story.toast("WANG") == "已经延过一次，再延要由镇人口办定。"
    await until(story, "2026-12-10", 9, 30)
    story.read_all(*staff)
    await story.press("GAO", "延期")
    await story.say("GAO", "今天")
    story.expect("GAO", "⚠")
    await story.say("GAO", "12月31日")
    await story.say("GAO", "等材料")
    story.expect("GAO", "延期 2 次，到 12月31日：等材料")
    story.read_all(*staff)
    await measure(story, "换电线", "李敏", "12月20日")
    await story.forge("GAO", "pl:1:accept:0")
    assert story.toast("GAO") == "还有 1 项措施没有办完，办完再验收。"
    await story.press("ZHOU", "✓ 1")
    await story.say("GAO", "/plans")
    await story.press("GAO", "南苑一片")
    await story.press("GAO", "验收通过")
    story.expect("GAO", "✓ 镇人口办已验收，等民警")
    story.expect("WANG", "一方已经验收，请您验收")
    await story.forge("GAO", "pl:1:accept:0")
    assert story.toast("GAO") == "已经验收过了。"
    await story.press("WANG", "提前结束")
    await story.say("WANG", "楼要拆了")
    story.expect("WANG", "已提前结束：楼要拆了")
    for who in ("LI", "ZHOU"):
        story.expect(who, "这个方案提前结束了：楼要拆了")
    story.read_all(*staff)
    await until(story, "2027-01-05", 12)
    story.expect_nothing(*staff)


async def test_several_plans_are_told_of_in_one_message(story: Story) -> None:
    await opened(story, "LI", "ZHOU", "WANG")
    for spot in (SPOT, "东门外"):
        await propose(story, spot=spot)
    story.read_all("LI", "WANG")
    await until(story, "2026-11-25", 9, 30)
    story.expect("WANG", "3号楼地下室\n⏰ 有一处等您决定", "东门外\n⏰ 有一处等您决定")
    story.expect_nothing("WANG")
    await story.press("WANG", "东门外")
    story.expect("WANG", "整治方案 南苑一片 东门外")


def unsent(story: Story, *moments: str) -> None:
    """The tick at these moments (UTC), with a platform that takes nothing."""
    for moment in moments:
        story.clock.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        story.bot.tick()


async def test_after_days_on_which_the_platform_took_nothing_all_that_still_holds_is_told_once(story: Story) -> None:
    await opened(story, "LI", "ZHOU", "WANG")
    for spot in (SPOT, "东门外"):
        await propose(story, spot=spot)
    await agree(story)  # one of the two; the other waits for its officer
    for words, day in (("清走杂物", "11月26日"), ("换电线", "11月27日")):
        await measure(story, words, "李敏", day)
    await story.advance(seconds=1)
    story.read_all("LI", "ZHOU", "WANG")
    unsent(story, "2026-11-25 01:30", "2026-11-26 01:30", "2026-11-26 09:00", "2026-11-27 01:30")
    await story.settle()
    for words in ("措施逾期：清走杂物", "快到期了：换电线"):
        assert story.screen("LI").count(words) == 1, story.screen("LI")
    assert story.screen("WANG").count("有一处等您决定") == 1
    story.read_all("LI", "ZHOU", "WANG")
    await story.advance(hours=1)
    story.expect_nothing("LI", "ZHOU", "WANG")


async def test_photos_of_the_place_are_kept_with_the_inspection_shown_to_its_people_and_go_with_the_words(
    story: Story,
) -> None:
    await opened(story, "LI", "ZHOU", "WANG", "QIAN")
    await propose(story)
    await agree(story)
    await inspect_every(story, "周四", "10:00")
    await until(story, "2026-11-26", 10)
    await story.say("ZHOU", "/plans")
    await story.press("ZHOU", "▶ 南苑一片")
    await story.press("ZHOU", "巡查结果")
    await story.say("ZHOU", "2")
    await story.say("ZHOU", "1")
    await story.press("ZHOU", "+ 照片")
    story.expect("ZHOU", "请发现场照片", "只拍地点，不拍人")
    for _ in range(2):
        await flip_chart(story, "ZHOU")
    await story.press("ZHOU", "选好了")
    story.expect("ZHOU", "还有隐患 1 处", "照片 2 张")
    known = len(story.files("WANG"))
    await story.say("WANG", "/plans")
    await story.press("WANG", "3号楼地下室")
    await story.press("WANG", "📷 照片")
    assert len(story.files("WANG")) == known + 2
    await story.forge("QIAN", "pl:1:photos:0")
    assert story.toast("QIAN") == "这件事不在您的职责或辖区内。" and not story.files("QIAN")
    await story.press("WANG", "提前结束")
    await story.say("WANG", "修好了")
    with story.db.transaction():
        retention.erase(Desk(story.db, story.clock.now() + timedelta(days=366), story.bot.house))
    assert not count(story, "attachment") and not list(story.bot.house.cabinet.folder.iterdir())


async def test_words_go_after_their_time_and_counts_and_dates_stay(story: Story) -> None:
    await opened(story, "LI", "WANG")
    await propose(story)
    await story.press("WANG", "不同意")
    await story.say("WANG", "物业本周就修")
    with story.db.transaction():
        retention.erase(Desk(story.db, story.clock.now() + timedelta(days=366), story.bot.house))
    await story.say("LI", "/plans")
    await story.press("LI", "以前的方案")
    await story.press("LI", "南苑一片的一处")
    story.expect("LI", "整治方案 南苑一片的一处", "11月24日 民警没有同意", "隐患 3 处、秩序 1 件")
    assert not any(words in story.messages("LI")[-1]["text"] for words in (SPOT, WHY, "物业"))
    await propose(story)
    await story.press("LI", "这里以前的方案")  # history stays with the place
    story.expect("LI", "3号楼地下室 以前的方案", "南苑一片的一处")


async def test_the_main_way_in_english(story: Story) -> None:
    await opened(story, "LI", "ZHOU", "WANG", "GAO", language="en")
    await story.say("LI", "/meetings")
    await story.press("LI", "Area plans")
    story.expect("LI", "No open plans now")
    await story.press("LI", "Propose a place")
    await story.say("LI", "basement of block 3")
    for said in ("2", "0", "0", "wires hang loose"):
        await story.say("LI", said)
    await story.press("LI", "Submit")
    story.expect("LI", "Proposed; the officer has it", "basement of block 3", "hazards 2: wires hang loose")
    story.expect("WANG", "proposes a place; please decide")
    await story.press("WANG", "Agree")
    story.expect("WANG", "Agreed; acceptance within two months", "Open, acceptance by Mon, Jan 25")
    await story.press("ZHOU", "I lead it")
    await story.press("ZHOU", "+ Measure")
    await story.say("ZHOU", "fix the wires")
    await story.press("ZHOU", "李敏")
    await story.say("ZHOU", "next Friday")
    await story.press("ZHOU", "Inspection hour")
    await story.press("ZHOU", "Wednesday")
    await story.press("ZHOU", "10:00")
    story.expect("ZHOU", "Leads it: 周婷", "Next: Wed, Nov 25 10:00 joint inspection", "fix the wires (李敏)")
    await until(story, "2026-11-24", 17)
    story.expect("LI", "Please remember: Wed, Nov 25 10:00", "You have a new measure: fix the wires")
    await until(story, "2026-11-25", 9)
    await story.press("ZHOU", "Inspection result")
    await story.say("ZHOU", "1")
    await story.say("ZHOU", "1")
    story.expect("ZHOU", "Inspected: 1, missed: 0", "hazards left 1, mended in all 1")
    await story.press("LI", "✓ 1")
    for who in ("GAO", "WANG"):
        await story.say(who, "/plans")
        await story.press(who, "basement of block 3")
        await story.press(who, "Accept")
    story.expect("WANG", "accepted.")
    story.expect("LI", "This plan is accepted")


async def test_an_inspection_follows_the_working_days_that_a_town_sets(story: Story, tmp_path: Path) -> None:
    await opened(story, "LI", "ZHOU", "WANG")
    await propose(story, "WANG")
    story.expect("WANG", "已同意", "进行中")  # whoever proposes it would be the one to agree
    story.expect("ZHOU", "请一位村(居)干部牵头")
    story.expect_nothing("LI")
    await story.press("ZHOU", "我来牵头")
    await inspect_every(story, "周四", "10:00")
    story.read_all("ZHOU", "WANG")
    await until(story, "2026-11-25", 16)
    story.read_all("ZHOU", "WANG")
    imported(story, tmp_path, "2026-11-26,no,停电\n")
    await story.advance(seconds=1)  # nobody but who set it has heard of the Thursday
    story.expect("ZHOU", "⚠ 联合巡查改期：原定 11月26日周四 10:00，改到 11月27日周五 10:00。")
    redrawn(story, "下一步：11月27日周五 10:00 联合巡查", "WANG")
    story.expect_nothing("LI", "ZHOU", "WANG")
    await until(story, "2026-11-25", 17)
    for who in ("LI", "ZHOU", "WANG"):
        story.expect(who, "请别忘了：11月27日周五 10:00")
    await until(story, "2026-11-26", 9)
    story.expect_nothing("LI", "ZHOU", "WANG")
    await until(story, "2026-11-27", 9)
    for who in ("LI", "ZHOU", "WANG"):
        story.expect(who, "快要联合巡查了：11月27日周五 10:00")
