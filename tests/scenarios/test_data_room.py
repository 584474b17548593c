"""Duty S2: the head of a committee's data room and who enters data, chosen among its staff, asked for monthly."""

from tests.scenarios.story import Story
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import joined


async def test_the_cadre_is_asked_on_the_first_working_day_until_it_is_filled(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "ZHOU", "WANG", "GAO")
    await until(story, "2026-12-01", 8, 59)
    story.expect_nothing("ZHOU")
    await until(story, "2026-12-01", 9)
    story.expect("ZHOU", "数据室 南苑社区", "数据室负责人：未定", "还没有定下负责人、录入人员")
    assert len([label for label in labels(story, "ZHOU") if "负责人" in label]) == 3  # ZHOU, LI, WU; QIAN is another's
    await story.press("ZHOU", "负责人 周婷")
    story.expect("ZHOU", "数据室负责人：周婷", "还没有定下录入人员")
    story.restart()
    await until(story, "2026-12-02", 9)
    story.expect_nothing("ZHOU")
    await until(story, "2027-01-04", 9)
    story.expect("ZHOU", "还没有定下录入人员")
    await story.press("ZHOU", "录入 李敏")
    await story.press("ZHOU", "录入 吴芳")
    story.expect("ZHOU", "数据录入：李敏、吴芳")
    assert "还没有定下" not in story.messages("ZHOU")[-1]["text"]
    story.read_all("ZHOU")
    await until(story, "2027-02-01", 9)
    story.expect_nothing("ZHOU")
    story.read_all("WANG")
    for code in ("ZHOU", "WANG"):
        await story.say(code, "/board")
        story.expect(code, "数据室负责人：周婷", "数据录入：李敏、吴芳")
    await story.say("GAO", "/board")
    await story.press("GAO", "东溪村")
    story.expect("GAO", "数据室负责人：未定")


async def test_there_is_one_head_and_who_has_left_is_none(story: Story) -> None:
    await joined(story, "ZHOU")
    await story.say("ZHOU", "/board")
    await story.press("ZHOU", "数据室人员")
    await story.press("ZHOU", "负责人 周婷")
    await story.press("ZHOU", "负责人 李敏")
    story.expect("ZHOU", "数据室负责人：李敏")
    await story.press("ZHOU", "录入 李敏")
    await story.press("ZHOU", "录入 李敏")
    story.expect("ZHOU", "数据录入：未定")
    story.db._connection.execute("delete from assignment where person = ?", (story.ids["LI"],))
    await until(story, "2026-12-01", 9)
    story.expect("ZHOU", "数据室负责人：未定")


async def test_only_the_cadre_of_the_committee_chooses_and_only_of_its_staff(story: Story) -> None:
    await joined(story, "LI", "ZHOU", "CHEN", "WANG", "SUN", "GAO")
    place, li = story.ids["NY"], story.ids["LI"]
    for code in ("LI", "CHEN", "WANG", "SUN", "GAO"):
        for verb in ("show", f"head:{li}", f"entry:{li}"):
            await story.forge(code, f"dr:{place}:{verb}")
            assert story.toast(code) == "这件事不在您的职责或辖区内。", (code, verb)
    for other in ("QIAN", "WANG", "GAO"):
        await story.forge("ZHOU", f"dr:{place}:head:{story.ids[other]}")
    await story.forge("ZHOU", f"dr:{place}:chief:{li}")
    await story.forge("ZHOU", f"dr:{story.ids['NY-1']}:head:{li}")
    assert not story.db.all("select 1 from data_room")


async def test_the_same_in_english(story: Story) -> None:
    await joined(story, "ZHOU", language="en")
    await until(story, "2026-12-01", 9)
    story.expect("ZHOU", "Data room of", "Still to be chosen: the head, who enters data")
    await story.press("ZHOU", "Head 周婷")
    await story.press("ZHOU", "Entry 吴芳")
    story.expect("ZHOU", "Head of the data room: 周婷", "Enters data: 吴芳")
