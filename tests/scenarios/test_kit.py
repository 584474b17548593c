"""Duty W5: the five items, checked by the coordinator each day in a tap or two, and spot-checked by the cadre."""

from tests.scenarios.story import Story
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import FRIDAY, joined


async def test_all_five_in_one_tap_and_counted_by_day(story: Story) -> None:
    await joined(story, "LI")
    await story.say("LI", "/workload")
    await story.press("LI", "今日五件")
    story.expect("LI", "今日五件自查 11月24日周二", "还没有查", "本月 0/17 天次")
    await story.press("LI", "五件都带了")
    assert story.toast("LI") == "五件齐全，辛苦了。"
    story.expect("LI", "带了 5/5 件", "本月 1/17 天次，齐全 1")
    await story.press("LI", "☑ 相机")
    story.expect("LI", "带了 4/5 件", "本月 1/17 天次，齐全 0")
    await until(story, "2026-11-25", 8)
    await story.press("LI", "☐ 相机")
    assert story.toast("LI") == "这是旧卡片，请看最新的那张。"
    story.expect("LI", "11月25日周三", "还没有查", "本月 1/18 天次")
    rows = story.db.all("select day, spot, there from kit_check")
    assert [(row["day"], row["spot"], len(row["there"])) for row in rows] == [("2026-11-24", 0, 4)]


async def test_the_cadre_checks_on_the_spot_and_both_are_counts_on_the_board(story: Story) -> None:
    await joined(story, "LI", "ZHOU", "WANG", "GAO")
    await story.say("LI", "/workload")
    await story.press("LI", "今日五件")
    await story.press("LI", "五件都带了")
    await story.say("ZHOU", "/board")
    await story.press("ZHOU", "抽查五件：李敏")
    story.expect("ZHOU", "五件抽查 李敏 11月24日周二")
    for item in ("工作证", "登记簿", "表格", "联系卡"):
        await story.press("ZHOU", f"☐ {item}")
    story.expect("ZHOU", "带了 4/5 件", "五件抽查：本月 1 次，齐全 0")
    for code in ("ZHOU", "WANG"):
        await story.say(code, "/board")
        story.expect(code, "五件自查：本月 1/34 天次，齐全 1", "五件抽查：本月 1 次，齐全 0")
    await story.say("GAO", "/board")
    await story.press("GAO", "南苑社区")
    story.expect("GAO", "五件自查：本月 1/34 天次")
    for code in ("WANG", "GAO"):
        assert not [label for label in labels(story, code) if "五件抽查" in label]
    await story.say("LI", "/workload")
    await story.press("LI", "今日五件")
    story.expect("LI", "带了 5/5 件", "村(居)委今天抽查：4/5 件")


async def test_the_officer_sees_the_counts_beside_the_week(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await story.say("LI", "走访 20 登记 3 当日录入 3")
    await story.press("LI", "今日五件")
    await story.press("LI", "五件都带了")
    await story.press("LI", "上报")
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    await story.press("WANG", "李敏")
    story.expect("WANG", "五件自查：本月 1/20 天次，齐全 1")


async def test_nobody_checks_who_is_not_theirs(story: Story) -> None:
    await joined(story, "LI", "WU", "ZHOU", "CHEN", "WANG", "GAO")
    li, day = story.ids["LI"], "20261124"
    forged = [("WU", "own"), ("ZHOU", "own"), ("WANG", "own"), ("LI", "spot"), ("CHEN", "spot"), ("WANG", "spot")]
    for code, kind in (*forged, ("GAO", "spot")):
        for verb in ("show", "all", "badge"):
            await story.forge(code, f"k:{kind}:{li}:{day}:{verb}")
            assert story.toast(code) == "这件事不在您的职责或辖区内。", (code, kind, verb)
    await story.forge("LI", f"k:own:{li}:{day}:passport")
    await story.forge("LI", f"k:own:{li}:20261123:all")
    await story.forge("ZHOU", f"k:spot:{story.ids['QIAN']}:{day}:all")
    assert not story.db.all("select 1 from kit_check")


async def test_the_same_in_english(story: Story) -> None:
    await joined(story, "LI", "ZHOU", language="en")
    await story.say("LI", "/workload")
    await story.press("LI", "Five items")
    await story.press("LI", "All five")
    story.expect("LI", "5 of 5 carried", "1 of 17 days this month")
    await story.say("ZHOU", "/board")
    await story.press("ZHOU", "Spot check: 李敏")
    await story.press("ZHOU", "All five")
    story.expect("ZHOU", "Spot check of the five items: 李敏", "spot checks: 1 this month, complete 1")
