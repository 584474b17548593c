"""Duty W7: the officer checks a ledger from the card of a week; the coordinator and the board are told."""

from tests.scenarios.story import Story
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import FRIDAY, LINE, joined


async def opened(story: Story, *staff: str, language: str = "zh") -> None:
    """LI and WU have filed; the officer has opened LI's week."""
    await joined(story, *(staff or ("LI", "WU", "WANG")), language=language)
    for code in ("LI", "WU"):
        await story.say(code, LINE)
        await story.press(code, "上报" if language == "zh" else "File")
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    await story.press("WANG", "李敏")
    story.read_all(*story.phones)


async def test_the_book_its_order_and_a_sample(story: Story) -> None:
    await opened(story)
    assert "台账还没有核查过" in story.screen("WANG")
    await story.press("WANG", "核查台账")
    await story.press("WANG", "有")
    await story.press("WANG", "不清楚")
    await story.say("WANG", "20")
    await story.say("WANG", "21")
    story.expect("WANG", "⚠ 准确的不会多于抽查的")
    await story.say("WANG", "十八")
    story.expect("WANG", "李敏", "台账 11月27日周五：有台账，登记注销不清楚，准确率 90.0%（18/20） ▼ 低于 91%")
    story.expect("LI", "王警官核查了您的台账：有台账，登记注销不清楚，准确率 90.0%（18/20）")
    story.expect_nothing("WU")
    await story.say("WANG", "/board")
    story.expect("WANG", "台账核查：本月 1/2 人，准确率 90.0%（18/20） ▼ 低于 91%")


async def test_without_a_book_or_a_sample_there_is_no_accuracy_and_samples_add_up(story: Story) -> None:
    await opened(story)
    await story.press("WANG", "核查台账")
    await story.press("WANG", "没有")
    story.expect("LI", "核查了您的台账：没有台账")
    await story.press("WANG", "核查台账")
    await story.press("WANG", "有")
    await story.press("WANG", "清楚")
    await story.press("WANG", "跳过")
    story.expect("WANG", "有台账，登记注销清楚，没有抽查")
    await story.say("WANG", "/board")
    story.expect("WANG", "台账核查：本月 1/2 人，没有抽查")
    for name, sample, correct in (("李敏", "10", "10"), ("吴芳", "30", "27")):
        await story.say("WANG", "/workload")
        await story.press("WANG", name)
        await story.press("WANG", "核查台账")
        await story.press("WANG", "有")
        await story.press("WANG", "清楚")
        await story.say("WANG", sample)
        await story.say("WANG", correct)
    await story.say("WANG", "/board")
    story.expect("WANG", "台账核查：本月 2/2 人，准确率 92.5%（37/40） ▲ 达到 91%")


async def test_only_the_officers_of_the_place_check(story: Story) -> None:
    await opened(story, "LI", "WU", "WANG", "SUN", "HE", "ZHOU", "GAO")
    for code in ("LI", "WU", "HE", "ZHOU", "GAO"):
        await story.forge(code, "lc:1")
        assert story.toast(code) == "这件事不在您的职责或辖区内。"
    assert not story.db.all("select 1 from draft")
    await story.forge("SUN", "lc:1")
    story.expect("SUN", "有台账吗？")
    await story.press("SUN", "有")
    story.db._connection.execute("delete from assignment where person = ?", (story.ids["SUN"],))
    await story.press("SUN", "清楚")
    await story.press("SUN", "跳过")
    story.expect("SUN", "这件事不在您的职责或辖区内。")
    assert not story.db.all("select 1 from ledger_check")


async def test_the_same_in_english(story: Story) -> None:
    await opened(story, language="en")
    await story.press("WANG", "Check the ledger")
    for _ in range(2):
        await story.press("WANG", "Yes")
    await story.say("WANG", "20")
    await story.say("WANG", "19")
    story.expect("WANG", "ledger there, entries and cancellations in order, accuracy 95.0% (19 of 20) ▲ ")
    story.expect("LI", "王警官 checked your ledger: ledger there")
