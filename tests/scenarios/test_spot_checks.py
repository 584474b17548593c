"""Duty V2: a month's spot check from the buildings to its confirmed counts; every message counted."""

from datetime import UTC, datetime, timedelta

from handlers import retention
from handlers.desk import Desk
from handlers.workload import month_figures
from models.analysis import MonthlyAnalysis
from models.checks import DataRoom, LedgerCheck
from models.database import opened
from models.spot_check import SpotCheck, SpotDraw
from tests.scenarios.story import Story
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import joined
from workload.analysis import rates
from workload.rates import Quality

BUILDINGS = "1号楼 24户, 2号楼 36户\n3号楼：一百二十户"
NOVEMBER = datetime(2026, 11, 2, 2, tzinfo=UTC)  # Monday 10:00


async def begun(story: Story, *codes: str, at: datetime = NOVEMBER, language: str = "zh") -> None:
    """The staff has joined, and nothing but spot checks is heard of."""
    story.clock.moment = at
    story.weeks_are_filed()
    with story.db.transaction() as db:
        for place, head in (("NY", "LI"), ("DX", "QIAN")):
            for task in ("head", "entry"):
                db.insert(DataRoom, place=story.ids[place], task=task, person=story.ids[head])
            for month in ("2026-08", "2026-09"):
                db.insert_new(MonthlyAnalysis, place=story.ids[place], month=month, sent=["sent"])
    await joined(story, *codes, language=language)


async def told(story: Story, lines: str = BUILDINGS, who: str = "ZHOU") -> None:
    """The cadre opens the committee's card from the board and tells its buildings."""
    await story.say(who, "/board")
    for label in ("入户抽查", "楼栋和户数"):
        await story.press(who, label)
    await story.say(who, lines)


async def planned(story: Story, slot: str = "下周三 9:30", size: str = "10 户（按 5%）") -> None:
    """Buildings told, and the month's check planned."""
    await told(story)
    await story.press("ZHOU", "安排抽查")
    await story.press("ZHOU", size)
    await story.say("ZHOU", slot)


def drawn(story: Story, spot: int = 1) -> list[tuple[str, list[int]]]:
    """The list that holds, as it is kept."""
    row = story.db.all(f"select {opened(SpotDraw, 'drawn')} from spot_draw where spot = {spot} order by id")[-1]
    return [(called, numbers) for called, numbers in row["drawn"] or []]


def check(story: Story, spot: int = 1) -> dict[str, object]:
    names = ("state", "seen", "correct", "late", "not_cancelled", "wrong", "nobody", "why")
    row = story.db.all(f"select {opened(SpotCheck, *names)} from spot_check where id = {spot}")[0]
    return {name: row[name] for name in names}


async def counted(story: Story, who: str, **outcomes: int) -> None:
    """Taps, a dwelling each."""
    names = {"correct": "登记正确 +1", "late": "迟登记 +1", "wrong": "信息有误 +1", "nobody": "没人 +1"}
    await story.press(who, "记结果")
    for outcome, count in outcomes.items():
        for _ in range(count):
            await story.press(who, names[outcome])


async def test_a_month_from_the_buildings_to_the_confirmed_counts(story: Story) -> None:
    await begun(story, "ZHOU", "WANG", "LI", "GAO")
    await story.say("ZHOU", "/board")
    story.expect("ZHOU", "南苑社区 2026-11")
    await story.press("ZHOU", "入户抽查")
    story.expect("ZHOU", "入户抽查 南苑社区", "还没有登记楼栋", "本月还没有安排")
    assert "+ 安排抽查" not in labels(story, "ZHOU")
    await story.press("ZHOU", "楼栋和户数")
    story.expect("ZHOU", "南苑社区：请写各栋楼的户数")
    await story.say("ZHOU", BUILDINGS)
    story.expect("ZHOU", "已记下 3 栋", "共 3 栋，180 户", "1号楼 24 户", "3号楼 120 户")
    await story.press("ZHOU", "安排抽查")
    story.expect("ZHOU", "一共 180 户，本月抽几户")
    await story.press("ZHOU", "10 户（按 5%）")
    story.expect("ZHOU", "什么时候去")
    await story.say("ZHOU", "下周日 9:30")
    story.expect("ZHOU", "那天是休息日", "什么时候去")
    await story.say("ZHOU", "下周三 9:30")
    story.expect(
        "ZHOU", "已安排，名单已随机抽出。正在问王警官", "11月11日周三 09:30", "还没有同意这个时间：王警官", "抽 10 户"
    )
    story.expect_nothing("ZHOU", "WANG")
    await story.advance(seconds=1)
    story.expect("WANG", "周婷请您一起入户抽查：11月11日周三 09:30。这个时间可以吗？")
    await story.press("WANG", "同意")
    story.expect("WANG", "时间两人都同意了")
    story.expect("ZHOU", "王警官同意了这个时间。", "时间两人都同意了")
    for code in ("ZHOU", "WANG"):
        await story.press(code, "看名单")
        lines = [f"{called}: 第{'、'.join(map(str, numbers))}户" for called, numbers in drawn(story)]
        story.expect(code, "名单（10 户，请勿转发）", *lines)
    assert sum(len(numbers) for _, numbers in drawn(story)) == 10
    await until(story, "2026-11-10", 16, 59)
    story.expect_nothing("ZHOU", "WANG", "LI", "GAO")
    for day, hour, minute, words in (
        ("2026-11-10", 17, 0, "⏰ 请别忘了入户抽查：11月11日周三 09:30"),
        ("2026-11-11", 8, 30, "⏰ 快到入户抽查的时间了"),
        ("2026-11-11", 9, 30, "▶ 现在入户抽查"),
    ):
        await until(story, day, hour, minute)
        for code in ("ZHOU", "WANG"):
            story.expect(code, words)
            story.expect_nothing(code)
    await counted(story, "WANG", correct=6, late=1, wrong=1, nobody=1)
    story.expect("WANG", "见到 8 户，没人 1 户（共抽 10 户）", "登记正确：6", "准确率 75.0%（6/8） ▼ 低于 91%")
    await story.press("WANG", "报结果")
    story.expect("WANG", "加起来不是抽的 10 户")
    await story.press("WANG", "记结果")
    await story.press("WANG", "登记正确 +1")
    await story.press("WANG", "报结果")
    story.expect("WANG", "见到 9 户，没人 1 户", "王警官填报，等民警确认")
    story.expect("ZHOU", "王警官填报了抽查结果", "登记正确：7", "等民警确认")
    assert "✓ 确认" not in labels(story, "ZHOU")
    story.expect_nothing("ZHOU", "WANG")
    await story.press("WANG", "✓ 确认")
    story.expect("WANG", "✓ 王警官已确认")
    story.expect("ZHOU", "王警官确认了抽查结果", "✓ 王警官已确认")
    await story.say("GAO", "/board")
    await story.press("GAO", "南苑社区")
    story.expect("GAO", "入户抽查：11月11日周三 09:30 抽 10 户，见到 9 户，已确认。准确率 77.7%（7/9） ▼ 低于 91%")
    assert "入户抽查" not in " ".join(labels(story, "GAO"))
    assert not any("第" in story.screen(code) and "号楼:" in story.screen(code) for code in ("LI", "GAO"))
    story.restart()
    story.read_all("GAO")
    await until(story, "2026-11-30", 20)
    story.expect_nothing("ZHOU", "WANG", "LI", "GAO")


async def test_the_list_is_erased_a_week_after_and_the_reasons_after_a_year(story: Story) -> None:
    await begun(story, "ZHOU", "WANG")
    await planned(story)
    await story.press("ZHOU", "看名单")
    first = drawn(story)
    await story.press("ZHOU", "重新抽取")
    story.expect("ZHOU", "为什么要重新抽取")
    await story.say("ZHOU", "2号楼停电")
    story.expect("ZHOU", "第 2 次抽取，原因：2号楼停电")
    assert "请勿转发）" not in story.screen("ZHOU")  # the list that holds no more is out of the chat
    story.expect("WANG", "周婷重新抽取了名单", "第 2 次抽取")
    assert drawn(story) != first
    assert len(story.db.all("select 1 from spot_draw where drawn is null")) == 1
    await story.press("ZHOU", "看名单")
    await counted(story, "ZHOU", correct=9)
    await story.press("ZHOU", "报结果")
    await story.press("ZHOU", "没有错，写原因")
    await story.say("ZHOU", "一户在装修")
    story.expect("ZHOU", "对不上的原因：一户在装修", "周婷填报")
    await story.press("WANG", "✓ 确认")
    await story.advance(days=6, hours=23)
    assert drawn(story)
    assert "名单（10 户" in story.screen("ZHOU")
    await story.advance(hours=2)
    assert not drawn(story)
    assert "名单（10 户" not in story.screen("ZHOU")
    await story.forge("ZHOU", "sc:1:0:list")
    assert story.toast("ZHOU") == "这是旧卡片，请看最新的那张。"
    assert check(story)["correct"] == 9
    for days, left in ((350, "一户在装修"), (370, "")):
        with story.db.transaction():
            retention.erase(Desk(story.db, story.clock.now() + timedelta(days=days), story.bot.house))
        assert check(story)["why"] == left
    assert not story.db.all("select 1 from spot_draw where why <> ''")
    assert check(story)["seen"] == 9


async def test_a_list_that_is_looked_at_again_stands_once_and_at_the_bottom(story: Story) -> None:
    await begun(story, "ZHOU", "WANG")
    await planned(story)
    await story.press("ZHOU", "看名单")
    await story.say("ZHOU", "/help")
    for hours in (1, 72):  # after 48 hours the old message cannot be deleted: it is blanked
        await story.advance(hours=hours)
        await story.press("ZHOU", "看名单")
        shown = [message["text"] for message in story.messages("ZHOU")]
        assert "名单（10 户" in shown[-1]
        assert sum("名单（10 户" in each for each in shown) == 1


async def test_another_time_is_agreed_by_the_other_one_and_a_check_called_off_is_told(story: Story) -> None:
    await begun(story, "ZHOU", "WANG")
    await planned(story)
    await story.advance(seconds=1)
    story.read_all("ZHOU", "WANG")
    await story.press("WANG", "另定时间")
    story.expect("WANG", "改到什么时候")
    await story.say("WANG", "下周六 9:30")
    story.expect("WANG", "那天是休息日")
    await story.say("WANG", "下周四 14:00")
    story.expect("WANG", "已改好，正在问对方", "11月12日周四 14:00", "还没有同意这个时间：周婷")
    await story.advance(seconds=1)
    story.expect("ZHOU", "原定 11月11日周三 09:30，想改到 11月12日周四 14:00")
    await until(story, "2026-11-10", 17)
    story.expect_nothing("ZHOU", "WANG")
    await story.press("ZHOU", "✓ 同意")
    story.expect("WANG", "周婷同意了这个时间")
    story.read_all("ZHOU")
    await until(story, "2026-11-11", 17)
    for code in ("ZHOU", "WANG"):
        story.expect(code, "请别忘了入户抽查：11月12日周四 14:00")
    await story.press("ZHOU", "取消这次")
    story.expect("ZHOU", "取消这次抽查？")
    await story.press("ZHOU", "确定取消")
    story.expect("ZHOU", "已取消，名单已清除")
    await story.advance(seconds=1)
    story.expect("WANG", "原定 11月12日周四 14:00 的入户抽查取消了")
    assert not drawn(story)
    await story.forge("WANG", "sc:1:0:agree")
    assert story.toast("WANG") == "这是旧卡片，请看最新的那张。"
    story.read_all("WANG", "ZHOU")
    await until(story, "2026-11-12", 15)
    story.expect_nothing("ZHOU", "WANG")
    await story.press("ZHOU", "入户抽查")  # the board again: the month may have another one
    await story.press("ZHOU", "安排抽查")
    await story.press("ZHOU", "20 户")
    await story.say("ZHOU", "下周三 9:30")
    story.expect("ZHOU", "已安排", "抽 20 户")


async def test_at_the_end_of_a_month_before_national_day_who_has_no_check_is_asked(story: Story) -> None:
    await begun(story, "ZHOU", "WANG", "CHEN", at=datetime(2026, 9, 21, 2, tzinfo=UTC))
    await told(story)
    story.read_all("ZHOU")
    asked = "快到月底了，本月的入户抽查还没有安排"
    # The working days that are left: 23, 24, 28, 29 and 30 September; from the 25th it is Mid-Autumn.
    for day, hour, minute, who in (
        ("2026-09-22", 20, 0, ""),
        ("2026-09-23", 9, 29, ""),
        ("2026-09-23", 9, 30, "ZHOU"),
        ("2026-09-23", 9, 31, ""),
        ("2026-09-24", 9, 30, "ZHOU"),
        ("2026-09-25", 9, 30, ""),
        ("2026-09-27", 20, 0, ""),
        ("2026-09-28", 9, 30, "ZHOU"),
        ("2026-09-29", 9, 30, "WANG"),
        ("2026-09-30", 9, 30, ""),
    ):
        await until(story, day, hour, minute)
        if who:
            story.expect(who, asked if who == "ZHOU" else "村(居)委还没有安排本月的入户抽查")
        story.expect_nothing("ZHOU", "WANG", "CHEN")  # CHEN's committee has told no buildings
    await story.press("ZHOU", "安排抽查")
    await story.press("ZHOU", "10 户")
    await story.say("ZHOU", "10月5日 9:30")
    story.expect("ZHOU", "那天是休息日")
    await story.say("ZHOU", "10月8日 9:30")
    story.expect("ZHOU", "已安排", "10月8日周四 09:30")
    await story.advance(seconds=1)
    story.expect("WANG", "请您一起入户抽查：10月8日周四")
    await until(story, "2026-09-30", 17)
    for code in ("ZHOU", "WANG"):
        story.expect(code, "请别忘了入户抽查：10月8日周四 09:30")
    await until(story, "2026-10-07", 17)
    story.expect_nothing("ZHOU", "WANG")
    await until(story, "2026-10-08", 8, 30)
    for code in ("ZHOU", "WANG"):
        story.expect(code, "快到入户抽查的时间了")
    await until(story, "2026-10-08", 9, 30)
    story.read_all("ZHOU", "WANG")
    for day in ("2026-10-09", "2026-10-10", "2026-10-12"):  # Friday, a Saturday on which people work, Monday
        await until(story, day, 9, 30)
        story.expect("ZHOU", "这次抽查的结果还没有报")
        story.expect_nothing("ZHOU", "WANG")
    for day in ("2026-10-13", "2026-10-26", "2026-10-29"):  # often enough; and October has its check
        await until(story, day, 10)
        story.expect_nothing("ZHOU", "WANG", "CHEN")


async def test_a_committee_without_buildings_is_asked_for_them_once_a_month_until_it_tells_them(
    story: Story,
) -> None:
    await begun(story, "ZHOU", "WANG", "CHEN", at=datetime(2026, 9, 21, 2, tzinfo=UTC))
    with story.db.transaction() as db:
        db.execute("delete from spot_ask")
    words = "每月入户抽查要先登记楼栋"
    for day, hour, minute, heard in (
        ("2026-09-23", 9, 29, ()),
        ("2026-09-23", 9, 30, ("ZHOU", "CHEN")),
        ("2026-09-23", 9, 31, ()),
        ("2026-09-24", 9, 30, ()),
        ("2026-09-29", 9, 30, ()),
        ("2026-09-30", 12, 0, ()),
    ):
        await until(story, day, hour, minute)
        for who in heard:
            story.expect(who, words, "还没有登记楼栋")
        story.expect_nothing("ZHOU", "WANG", "CHEN")
    story.restart()
    await until(story, "2026-10-12", 10)
    await story.press("ZHOU", "楼栋和户数")
    await story.say("ZHOU", BUILDINGS)
    story.read_all("ZHOU")
    await until(story, "2026-10-26", 9, 30)
    story.expect("CHEN", words)
    story.expect("ZHOU", "本月的入户抽查还没有安排")  # it can plan now
    story.expect_nothing("ZHOU", "WANG", "CHEN")


async def test_what_did_not_go_out_was_not_heard_a_new_time_is_the_first_they_hear_of(story: Story) -> None:
    await begun(story, "ZHOU", "WANG")
    await planned(story)
    await story.say("WANG", "/plans")
    await story.press("WANG", "提出一处")
    story.read_all("ZHOU", "WANG")
    await story.advance(seconds=1)
    story.expect_nothing("WANG")  # it waits until the form is filled in
    await story.press("ZHOU", "另定时间")
    await story.say("ZHOU", "下周四 14:00")
    await story.advance(seconds=1)
    story.expect_nothing("WANG")
    await story.say("WANG", "/cancel")
    await story.advance(seconds=1)
    story.expect("WANG", "周婷请您一起入户抽查：11月12日周四 14:00。这个时间可以吗？")
    assert "11月11日" not in story.screen("WANG")


async def test_what_is_not_understood_is_named_and_the_rest_is_kept(story: Story) -> None:
    await begun(story, "ZHOU", "WANG")
    await told(story, "1号楼 24户, 门口那栋, 2号楼 36户, 3号楼 约20户, 1号楼 30户, 9号楼 0户")
    story.expect(
        "ZHOU",
        "已记下 2 栋",
        "没有看懂“门口那栋、3号楼 约20户”",
        "“1号楼 30户”前面已经写过",
        "“9号楼 0户”原来就没有登记",
        "共 2 栋，60 户",
    )
    await story.press("ZHOU", "楼栋和户数")
    await story.say("ZHOU", "一栋楼")
    story.expect("ZHOU", "⚠ 没有看懂“一栋楼”", "请写各栋楼的户数")
    await story.say("ZHOU", "1号楼 0户；2号楼 40户")
    story.expect("ZHOU", "已记下 2 栋", "共 1 栋，40 户")
    await story.press("ZHOU", "楼栋和户数")
    await story.say("ZHOU", "维族住的那栋 12户")
    story.expect("ZHOU", "没有收下")


async def test_a_cadre_who_comes_later_and_a_night_that_was_slept_through(story: Story) -> None:
    await begun(story, "ZHOU", "WANG")
    await planned(story, "明天 8:00")
    await story.advance(seconds=1)
    story.read_all("ZHOU", "WANG")
    await until(story, "2026-11-03", 3)  # slept through five in the afternoon: told before it begins, not at night
    story.expect_nothing("ZHOU", "WANG")
    await until(story, "2026-11-03", 7)
    story.expect("WANG", "快到入户抽查的时间了")
    story.expect("ZHOU", "快到入户抽查的时间了")
    await until(story, "2026-11-03", 12)
    for code in ("ZHOU", "WANG"):
        story.expect(code, "没能按时提醒您入户抽查：11月3日周二 08:00")
    await story.advance(days=-1)
    await story.advance(days=2)
    story.expect("ZHOU", "这次抽查的结果还没有报")
    story.expect_nothing("ZHOU", "WANG")  # nothing twice
    await counted(story, "WANG", correct=10)
    await story.press("WANG", "报结果")
    story.expect("WANG", "王警官填报，等民警确认")
    story.expect("ZHOU", "王警官填报了抽查结果")
    await until(story, "2026-11-05", 9, 30)
    story.expect("WANG", "抽查结果已经报了，请您确认")
    story.expect_nothing("ZHOU")
    await story.press("WANG", "✓ 确认")
    story.read_all("ZHOU", "WANG")
    await until(story, "2026-11-09", 12)
    story.expect_nothing("ZHOU", "WANG")


async def test_the_counts_are_typed_mended_and_confirmed_as_they_are_now(story: Story) -> None:
    await begun(story, "ZHOU", "WANG")
    await planned(story)
    await story.advance(seconds=1)
    await story.press("ZHOU", "记结果")
    await story.press("ZHOU", "填数字")
    for count in ("9", "八", "1", "0", "0", "1"):
        await story.say("ZHOU", count)
    story.expect("ZHOU", "见到 9 户，没人 1 户", "登记正确：8")
    await story.press("ZHOU", "报结果")
    story.expect("WANG", "周婷填报了抽查结果", "登记正确：8")
    await story.press("ZHOU", "更正")
    await story.press("ZHOU", "−1")
    assert check(story) | {"why": ""} == {
        "state": "planned", "seen": 8, "correct": 7, "late": 1, "not_cancelled": 0, "wrong": 0, "nobody": 1, "why": ""
    }  # fmt: skip
    await story.forge("WANG", "sc:1:1:confirm")
    assert story.toast("WANG") == "这是旧卡片，请看最新的那张。"
    await story.press("ZHOU", "信息有误 +1")
    await story.press("ZHOU", "报结果")
    story.expect("WANG", "登记正确：7", "信息有误：1")
    await story.forge("WANG", "sc:1:1:confirm")  # of the counts before
    assert story.toast("WANG") == "这是旧卡片，请看最新的那张。"
    await story.press("WANG", "✓ 确认")
    assert check(story)["state"] == "confirmed"
    await story.forge("ZHOU", "sc:1:2:mend")
    assert story.toast("ZHOU") == "这是旧卡片，请看最新的那张。"
    story.read_all("ZHOU", "WANG")
    await until(story, "2026-11-11", 12)
    story.expect_nothing("ZHOU", "WANG")  # done before its time: nobody is reminded


async def test_confirmed_checks_stand_beside_the_ledgers_in_the_accuracy_of_the_month(story: Story) -> None:
    await begun(story, "ZHOU", "WANG", "LI")
    await planned(story)
    with story.db.transaction() as db:
        by = {"person": story.ids["LI"], "by": story.ids["WANG"], "at": story.clock.now(), "day": "2026-11-02"}
        db.insert(LedgerCheck, book=True, in_order=True, sample=20, correct=19, **by)

    def accuracy() -> tuple[int, int]:
        desk = Desk(story.db, story.clock.now(), story.bot.house)
        found = rates(month_figures.collect(desk, story.ids["NY"], (2026, 11)))[Quality.ACCURACY]
        return found.part, found.whole

    await counted(story, "ZHOU", correct=7, late=2, nobody=1)
    await story.press("ZHOU", "报结果")
    assert accuracy() == (19, 20)  # what is not confirmed does not count
    await story.press("WANG", "✓ 确认")
    rows = story.db.all("select correct, seen from spot_check where state = 'confirmed' and month = '2026-11'")
    assert accuracy() == (19 + sum(r["correct"] for r in rows), 20 + sum(r["seen"] for r in rows)) == (26, 29)


async def test_two_cadres_plan_at_once_and_one_gets_it(story: Story) -> None:
    await begun(story, "ZHOU", "WANG", "CHEN")
    with story.db.transaction() as db:
        db.execute("update assignment set place = ? where person = ?", (story.ids["NY"], story.ids["CHEN"]))
    await told(story)
    for code in ("ZHOU", "CHEN"):
        await story.say(code, "/board")
        for label in ("入户抽查", "安排抽查", "10 户"):
            await story.press(code, label)
    await story.say("ZHOU", "下周三 9:30")
    story.expect("ZHOU", "已安排")
    await story.say("CHEN", "下周四 9:30")
    story.expect("CHEN", "那个月已经安排了一次抽查")
    await story.press("CHEN", "放弃")
    await story.press("CHEN", "入户抽查")
    assert "11月11日周三 09:30的抽查" not in labels(story, "CHEN")
    await story.forge("CHEN", "sc:1:0:list")
    assert story.toast("CHEN") == "这件事不在您的职责或辖区内。"
    with story.db.transaction() as db:  # ZHOU leaves: CHEN stands in
        db.execute("delete from assignment where person = ?", (story.ids["ZHOU"],))
    await story.forge("CHEN", "sc:1:0:list")
    story.expect("CHEN", "名单（10 户")
    await story.forge("ZHOU", "sc:1:0:list")
    assert story.toast("ZHOU") == "这件事不在您的职责或辖区内。"


async def test_the_main_way_in_english(story: Story) -> None:
    await begun(story, "ZHOU", "WANG", language="en")
    await story.say("ZHOU", "/board")
    await story.press("ZHOU", "Spot check of dwellings")
    story.expect("ZHOU", "Spot checks, 南苑社区", "No buildings yet")
    await story.press("ZHOU", "Buildings and dwellings")
    await story.say("ZHOU", "Building 1: 24, Building 2: 36 homes, Building 5")
    story.expect("ZHOU", "Buildings noted: 2", "“Building 5” lacks which building", "2 buildings, 60 dwellings")
    await story.press("ZHOU", "Plan a check")
    await story.press("ZHOU", "10 (5%)")
    await story.say("ZHOU", "next Wednesday 9:30")
    story.expect("ZHOU", "Planned; the dwellings are drawn", "Wed, Nov 11 09:30")
    await story.advance(seconds=1)
    story.expect("WANG", "周婷 asks you along to a spot check: Wed, Nov 11 09:30")
    await story.press("WANG", "Agree")
    await story.press("WANG", "Show the list")
    story.expect("WANG", "Dwellings (10", *(f"{called}: " for called, _ in drawn(story)))
    await story.press("ZHOU", "Result")
    for label in ("Right +1",) * 9 + ("Nobody +1", "Send result"):
        await story.press("ZHOU", label)
    story.expect("WANG", "周婷 told the result", "9 seen, nobody there at 1 (10 drawn)", "accuracy 100.0% (9 of 9) ▲")
    await story.press("WANG", "Confirm")
    story.expect("ZHOU", "Confirmed by 王警官")
