"""Duty P1: the hour of a joint inspection changes, a plan ends before one, more is added to its result."""

from datetime import timedelta
from pathlib import Path

from handlers import postings
from handlers.area_plans import inspections, plans
from handlers.desk import Desk
from tests.scenarios.story import Story
from tests.scenarios.test_area_plans import agree, hear, inspect_every, inspected, opened, propose, redrawn
from tests.scenarios.test_calendar import imported
from tests.scenarios.test_meetings import count
from tests.scenarios.test_minutes import flip_chart
from tests.scenarios.test_violation import labels, until

STAFF = ("LI", "ZHOU", "WANG")  # who inspects the place
THURSDAY, FRIDAY = "11月26日周四 10:00", "11月27日周五 14:00"
MOVED = f"⚠ 联合巡查改期：原定 {THURSDAY}，改到 {FRIDAY}。"
CANCELLED = f"原定 {THURSDAY} 的联合巡查取消了，方案已经结束。"
REMEMBER = "⏰ 请别忘了："


async def running(story: Story, *more: str) -> None:
    """A plan that WU proposed, inspected on Thursdays; Wednesday noon."""
    with story.db.transaction():
        postings.assign(story.db, story.ids["WU"], [story.ids["NY-2"], story.ids["NY-1"]], None)
    await opened(story, *STAFF, "WU", *more)
    await story.say("WU", "/plans")
    await story.press("WU", "提出一处")
    await story.press("WU", "南苑一片")
    for said in ("东门外车棚", "1", "1", "1", "线路老化"):
        await story.say("WU", said)
    await story.press("WU", "提交")
    await agree(story)
    with story.db.transaction():  # from now on WU has to do with it as its proposer alone
        postings.assign(story.db, story.ids["WU"], [story.ids["NY-2"]], None)
    await inspect_every(story, "周四", "10:00")
    await until(story, "2026-11-25", 12)
    story.read_all(*STAFF, "WU", *more)


async def test_a_new_rhythm_is_told_to_who_was_reminded_of_the_old_hour_with_old_and_new_and_once(story: Story) -> None:
    await running(story)
    await until(story, "2026-11-25", 17)
    for who in STAFF:
        story.expect(who, REMEMBER + THURSDAY)
    await inspect_every(story, "周五", "14:00", "WANG")
    story.expect("WANG", f"下一步：{FRIDAY} 联合巡查")
    redrawn(story, f"下一步：{FRIDAY} 联合巡查", "LI", "ZHOU", "WU")
    story.expect_nothing(*STAFF, "WU")
    await story.advance(seconds=1)
    for who in ("LI", "ZHOU"):  # WANG has set it; WU was not told of any hour
        story.expect(who, MOVED)
    assert "改期" not in story.screen("WANG")
    story.restart()
    await hear(
        story,
        {
            ("2026-11-26", 9, 0): {},
            ("2026-11-26", 9, 30): {},
            ("2026-11-26", 16, 59): {},
            ("2026-11-26", 17, 0): dict.fromkeys(STAFF, (REMEMBER + FRIDAY,)),
            ("2026-11-27", 13, 0): dict.fromkeys(STAFF, ("快要联合巡查了：" + FRIDAY,)),
        },
        *STAFF,
        "WU",
    )
    assert count(story, "area_plan_inspection") == 1  # the same one


async def test_it_is_told_in_the_morning_unless_it_would_be_missed_and_not_at_all_where_it_is_as_it_was(
    story: Story,
) -> None:
    await running(story)
    await until(story, "2026-11-25", 17)
    story.read_all(*STAFF, "WU")
    await until(story, "2026-11-25", 23)
    await inspect_every(story, "周五", "14:00")
    await story.advance(seconds=1)
    story.read_all("ZHOU")
    redrawn(story, FRIDAY, "LI", "WANG", "WU")
    await story.advance(hours=1)
    story.expect_nothing(*STAFF)
    await inspect_every(story, "周四", "10:00")  # as they know it
    story.read_all("ZHOU")
    redrawn(story, THURSDAY, "LI", "WANG", "WU")
    await inspect_every(story, "周五", "14:00")
    story.read_all("ZHOU")
    redrawn(story, FRIDAY, "LI", "WANG", "WU")
    await until(story, "2026-11-26", 6, 59)
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-26", 7)
    for who in ("LI", "WANG"):
        story.expect(who, MOVED)
    await inspect_every(story, "周四", "08:30")
    await story.advance(seconds=1)
    early = "改到 11月26日周四 08:30。"
    for who in ("LI", "WANG"):
        story.expect(who, early)
    story.expect("ZHOU", "下一步：11月26日周四 08:30")
    story.read_all("WU")
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-26", 7, 30)
    for who in STAFF:
        story.expect(who, "快要联合巡查了：11月26日周四 08:30")


async def test_where_the_night_is_too_long_it_is_told_at_once(story: Story) -> None:
    await running(story)
    await inspect_every(story, "周四", "09:00")
    await until(story, "2026-11-25", 17)
    story.read_all(*STAFF, "WU")
    with story.db.transaction():  # LI wants to hear nothing until ten
        account = story.db.all("select account from person where code = 'LI'")[0]["account"]
        story.db.execute(
            "insert into own_times (account, quiet_from, quiet_until) values (?, '20:00', '10:00')", (account,)
        )
    await until(story, "2026-11-25", 21)
    await inspect_every(story, "周四", "15:00")
    await story.advance(seconds=1)
    told = "原定 11月26日周四 09:00，改到 11月26日周四 15:00"
    story.expect("LI", told)  # LI would have gone there in vain
    story.expect("WANG", told)
    story.read_all("ZHOU", "WU")
    await until(story, "2026-11-26", 13, 59)
    story.expect_nothing(*STAFF)


async def test_a_new_hour_that_is_near_is_told_as_new_and_not_reminded_of_beside_that(story: Story) -> None:
    await running(story)
    await until(story, "2026-11-25", 17)
    await until(story, "2026-11-26", 7, 45)
    story.read_all(*STAFF, "WU")
    await inspect_every(story, "周四", "08:30")
    story.read_all("ZHOU", "WU")
    await story.advance(seconds=1)
    for who in ("LI", "WANG"):
        story.expect(who, f"原定 {THURSDAY}，改到 11月26日周四 08:30。")
        assert "快要" not in story.screen(who)
    await until(story, "2026-11-26", 8, 29)
    story.expect_nothing("LI", "WANG")


async def test_an_imported_calendar_moves_it_and_each_who_knows_hears_so_once(story: Story, tmp_path: Path) -> None:
    await running(story)
    await until(story, "2026-11-25", 17)
    for who in STAFF:
        story.expect(who, REMEMBER + THURSDAY)
    imported(story, tmp_path, "2026-11-26,no,停电\n")
    await story.advance(seconds=1)
    told = f"⚠ 联合巡查改期：原定 {THURSDAY}，改到 11月27日周五 10:00。"
    for who in STAFF:
        story.expect(who, told)
    redrawn(story, "下一步：11月27日周五 10:00 联合巡查", "WU")
    await until(story, "2026-11-26", 12)
    story.expect_nothing(*STAFF, "WU")
    await until(story, "2026-11-27", 9)
    for who in STAFF:
        story.expect(who, "快要联合巡查了：11月27日周五 10:00")
    story.expect_nothing(*STAFF, "WU")


async def test_moved_while_the_reminder_is_on_its_way_only_the_new_hour_is_heard(story: Story) -> None:
    await running(story)
    await until(story, "2026-11-25", 16, 59)
    story.clock.moment += timedelta(minutes=1)
    story.bot.tick()  # the reminders are written, and not sent yet
    with story.db.transaction():
        desk = Desk(story.db, story.clock.now(), story.bot.house)
        plan = plans.load(desk, 1)
        assert plan is not None
        inspections.set_rhythm(desk, plan, 4, "14:00", story.ids["ZHOU"])
    await story.settle()
    await story.advance(seconds=1)
    story.expect_nothing(*STAFF)  # LI and WANG have heard of no Thursday
    assert THURSDAY not in story.screen("LI")
    await until(story, "2026-11-26", 17)
    for who in STAFF:
        story.expect(who, REMEMBER + FRIDAY)


async def test_a_plan_that_ends_before_an_inspection_calls_it_off_for_who_does_not_hear_of_the_end(
    story: Story,
) -> None:
    await running(story)
    await until(story, "2026-11-25", 17)
    for who in STAFF:
        story.expect(who, REMEMBER + THURSDAY)
    await story.press("WANG", "提前结束")
    await story.say("WANG", "楼要拆了")
    story.expect("WANG", "已提前结束：楼要拆了")
    for who in ("ZHOU", "WU"):
        story.expect(who, "这个方案提前结束了：楼要拆了")
    redrawn(story, "已提前结束：楼要拆了", "LI")
    await story.advance(seconds=1)
    story.expect("LI", CANCELLED, "已提前结束")
    story.restart()
    await until(story, "2026-11-30", 18)
    story.expect_nothing(*STAFF, "WU")
    assert count(story, "area_plan where look_at is not null") == 0


async def test_a_plan_that_ends_at_night_or_before_anybody_was_reminded(story: Story) -> None:
    await running(story)
    await until(story, "2026-11-25", 16)
    await story.press("WANG", "提前结束")
    await story.say("WANG", "楼要拆了")
    story.read_all("WANG", "ZHOU", "WU")
    await until(story, "2026-11-26", 18)
    story.expect_nothing(*STAFF, "WU")  # LI has heard of no hour
    await propose(story)
    await agree(story)
    await inspect_every(story, "周一", "10:00")
    await until(story, "2026-11-27", 17)
    for who in STAFF:
        story.expect(who, REMEMBER + "11月30日周一 10:00")
    with story.db.transaction():  # LI is nobody who hears of its end
        story.db.execute("update area_plan set proposed_by = ? where id = 2", (story.ids["ZHOU"],))
    await until(story, "2026-11-29", 23)
    await story.press("WANG", "提前结束")
    await story.say("WANG", "修好了")
    story.read_all("WANG", "ZHOU")
    redrawn(story, "已提前结束：修好了", "LI")
    await until(story, "2026-11-30", 6, 59)
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-30", 7)
    story.expect("LI", "原定 11月30日周一 10:00 的联合巡查取消了")
    await until(story, "2026-11-30", 12)
    story.expect_nothing(*STAFF)


async def test_photos_and_a_line_are_added_each_by_itself_until_the_next_inspection_begins(story: Story) -> None:
    await running(story)
    await until(story, "2026-11-26", 11)
    await story.say("LI", "/plans")
    await story.press("LI", "东门外车棚")
    before = story.taps["LI"]
    await inspected(story, "2", "1", "LI")
    assert story.taps["LI"] == before + 1
    for who in STAFF:
        story.expect(who, "还有隐患 1 处，累计整改 2 处")
        assert {"+ 照片", "+ 一句话"} <= set(labels(story, who))
    assert "+ 照片" not in labels(story, "WU")
    await story.press("ZHOU", "+ 一句话")
    await story.press("LI", "+ 一句话")
    await story.say("LI", "过道通了")
    redrawn(story, "过道通了", "WANG", "WU")
    assert "+ 一句话" not in labels(story, "WANG")
    await story.say("ZHOU", "都好")
    story.expect("ZHOU", "⚠ 这次巡查已经有人写过说明了，请取消。")
    await story.press("ZHOU", "放弃")
    await story.press("LI", "+ 照片")
    for _ in range(2):
        await flip_chart(story, "LI")
    story.restart()  # what was sent is kept
    await story.press("LI", "选好了")
    story.expect("LI", "照片 2 张", "过道通了")
    for _ in range(2):
        await story.press("WANG", "+ 照片")
        for _ in range(2):
            await flip_chart(story, "WANG")
        await story.press("WANG", "选好了")
        if "+ 照片" not in labels(story, "WANG"):
            break
    story.expect("WANG", "照片 4 张")
    assert "+ 照片" not in labels(story, "LI")
    await until(story, "2026-12-03", 10)
    await story.say("LI", "/plans")
    await story.press("LI", "东门外车棚")
    await story.press("LI", "12月3日巡查结果")
    await story.say("LI", "0")
    await story.say("LI", "0")
    await until(story, "2026-12-10", 9, 59)
    assert "+ 一句话" in labels(story, "LI")
    await until(story, "2026-12-10", 10)
    await story.forge("LI", "pl:1:add_line:2")
    assert story.toast("LI") == "这是旧卡片，请看最新的那张。"
    assert "+ 一句话" not in labels(story, "LI")


async def test_a_card_is_redrawn_for_each_as_they_may_see_it(story: Story) -> None:
    await running(story, "CHEN")
    with story.db.transaction():  # WANG is the officer of another committee now, CHEN a cadre here
        postings.assign(story.db, story.ids["WANG"], [story.ids["DX"]], None)
        postings.assign(story.db, story.ids["CHEN"], [story.ids["NY"]], None)
    await inspect_every(story, "周五", "14:00")
    redrawn(story, "这个方案现在不在您的职责或辖区内。", "WANG")
    assert not [label for label in labels(story, "WANG") if "延期" in label]
    redrawn(story, FRIDAY, "WU")
    assert "巡查时间" not in labels(story, "WU")
    story.expect_nothing("WANG", "CHEN")
