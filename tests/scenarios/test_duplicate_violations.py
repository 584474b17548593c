"""Violations of the same thing: offered while filing, linked, with one follow-up, joined and taken apart."""

import pytest

from tests.scenarios.story import Story
from tests.scenarios.test_duplicates import SECOND, alerts_on, colleague, file_same, join, numbers, town
from tests.scenarios.test_joined_alerts import erased
from tests.scenarios.test_suspicious_activity import DEED, file_report
from tests.scenarios.test_violation import DEED as BLOCKED
from tests.scenarios.test_violation import agreed as violation_agreed
from tests.scenarios.test_violation import labels as buttons
from tests.scenarios.test_violation import until


async def violation_up_to_same(
    story: Story, who: str = "MA", *, kind: str = "占堵消防通道", place: str = "南苑一片"
) -> None:
    await story.say(who, "/report")
    for label in ("违规情况", kind, place):
        await story.press(who, label)


async def linked_violation(story: Story) -> None:
    """A violation whose follow-up is agreed, and another report of it, linked to it while it was filed."""
    await violation_agreed(story)
    await colleague(story, "MA")
    await violation_up_to_same(story)
    await story.press("MA", "NY-1-")
    await story.say("MA", SECOND)
    await story.press("MA", "提交")


async def another_violation(story: Story) -> None:
    """A violation whose follow-up is agreed, and another that its reporter says is not the same."""
    await violation_agreed(story)
    await colleague(story, "MA")
    await violation_up_to_same(story)
    await story.press("MA", "都不是")
    await story.say("MA", SECOND)
    await story.press("MA", "跳过")
    await story.say("MA", "12-2")
    await story.press("MA", "提交")


async def two_violations(story: Story) -> None:
    """Two violations whose follow-ups are on two days; the officer has joined the second with the first."""
    await another_violation(story)
    await join(story)
    story.read_all("LI", "MA", "WANG")


async def test_who_reports_the_same_violation_follows_the_first_and_its_agreed_day_stands(story: Story) -> None:
    await violation_agreed(story)
    await colleague(story, "MA")
    story.read_all("MA")
    await violation_up_to_same(story)
    story.expect("MA", "是同一件事吗", "第 3/6 步")
    assert buttons(story, "MA")[0] == f"{numbers(story)[0]} · 占堵消防通道 · 南苑一片 · 10:00"
    assert "李敏" not in story.screen("MA") and BLOCKED not in story.screen("MA")
    await story.press("MA", "NY-1-")
    story.expect("MA", "第 4/4 步")
    await story.say("MA", SECOND)
    story.expect("MA", "请核对", f"同一件事：{numbers(story)[0]}")
    assert "共同复查" not in story.screen("MA")
    await story.press("MA", "提交")
    story.expect("MA", numbers(story)[1], "王警官已查看并接手")
    story.expect("WANG", BLOCKED, "+1 份", "双方已确认", f"＋ {numbers(story)[1]}：{SECOND}")
    story.expect_nothing("LI", "WANG")
    assert len(alerts_on(story)) == 1
    assert len(story.db.all("select 1 from followup")) == 1
    await until(story, "2026-12-01", 9)
    for who in ("LI", "WANG"):
        story.expect(who, "今天共同复查", "双方已确认")
    story.expect_nothing("MA")
    await story.press("LI", "已复查")
    await story.press("WANG", "已整改")
    for who in ("LI", "MA"):
        story.expect(who, "已办结：已整改。谢谢您")
        story.expect(who, "已办结：已整改")


async def test_another_violation_stands_for_itself_with_a_day_of_its_own(story: Story) -> None:
    await another_violation(story)
    story.expect("MA", numbers(story)[1], "12月2日周三", "等有人接手后确认")
    story.expect("WANG", "未经核实", SECOND)
    assert len(alerts_on(story)) == 2 and not any("+1 份" in card for card in alerts_on(story))
    assert [row["same_as"] for row in story.db.all("select same_as from report")] == [None, None]


async def test_another_kind_another_area_one_s_own_and_what_is_a_day_old_are_not_offered(story: Story) -> None:
    await violation_agreed(story, "LI", "WANG", "WU", "QIAN")
    await colleague(story, "MA")
    await file_report(story, "QIAN", place="东溪一片")
    others = (("MA", "噪声扰民", "南苑一片"), ("WU", "占堵消防通道", "南苑二片"), ("QIAN", "占堵消防通道", "东溪一片"))
    for who, kind, place in (*others, ("LI", "占堵消防通道", "南苑一片")):
        await violation_up_to_same(story, who, kind=kind, place=place)
        story.expect(who, "第 3/5 步", "那里是什么情况")
        assert "同一件事" not in story.screen(who)
    assert not any(numbers(story)[0] in story.screen(who) for who, _, _ in others)
    await story.advance(hours=24, seconds=1)
    await story.say("MA", "/cancel")
    await violation_up_to_same(story)
    story.expect("MA", "第 3/5 步")


async def test_who_may_see_a_place_no_more_is_not_offered_what_was_reported_there(story: Story) -> None:
    await violation_agreed(story)
    for who in ("MA", "MO"):
        await colleague(story, who)
    await violation_up_to_same(story, "MA")
    assert numbers(story)[0] in buttons(story, "MA")[0]
    await story.say("MO", "/report")
    for label in ("违规情况", "占堵消防通道"):
        await story.press("MO", label)
    with story.db.transaction() as db:
        for who in ("MA", "MO"):
            db.execute("update assignment set place = ? where person = ?", (story.ids["DX-1"], story.ids[who]))
    await story.say("MA", "三号楼")
    await story.say("MO", "三号楼")
    story.expect("MO", "第 3/5 步")
    for who in ("MA", "MO"):
        assert not any(numbers(story)[0] in label for label in buttons(story, who))
    await story.press("MA", "是同一件事")
    await story.say("MA", SECOND)
    await story.press("MA", "提交")
    story.expect("MA", "不归您负责了")
    assert len(numbers(story)) == 1


async def reviewed_elsewhere(story: Story) -> None:
    """A cadre stands at the review card of a violation in one area; in the other a colleague reported such a thing."""
    await violation_agreed(story)
    await colleague(story, "MU", "NY", "cadre")
    await violation_up_to_same(story, "MU", place="南苑二片")
    await story.say("MU", SECOND)
    await story.press("MU", "跳过")
    await story.say("MU", "11-25")
    await story.press("MU", "✎ 地点")
    await story.press("MU", "南苑一片")
    story.expect("MU", "是同一件事吗")


@pytest.mark.parametrize("same", [True, False])
async def test_another_place_on_the_review_card_asks_for_nothing_that_was_said_before(story: Story, same: bool) -> None:
    await reviewed_elsewhere(story)
    await story.press("MU", "NY-1-" if same else "都不是")
    story.expect("MU", "请核对", "地点：南苑一片", SECOND)
    assert ("共同复查：11月25日周三" in story.screen("MU")) is not same
    await story.advance(hours=15 if same else 0)  # a day that is not asked for any more may come
    await story.press("MU", "提交")
    assert [row["same_as"] for row in story.db.all("select same_as from report order by id")] == [None, same or None]


async def test_back_from_a_question_that_turned_up_leaves_it_to_be_answered(story: Story) -> None:
    await reviewed_elsewhere(story)
    await story.press("MU", "上一步")
    story.expect("MU", "在哪里")
    await story.press("MU", "南苑一片")
    story.expect("MU", "是同一件事吗")
    await story.press("MU", "都不是")
    story.expect("MU", "请核对", SECOND)


async def test_where_the_violation_that_was_chosen_has_ended_a_day_is_asked_for(story: Story) -> None:
    await violation_agreed(story)
    await colleague(story, "MA")
    await violation_up_to_same(story)
    await story.press("MA", "NY-1-")
    await story.say("MA", SECOND)
    for label in ("撤回", "撤回"):
        await story.press("LI", label)
    await story.press("MA", "提交")
    story.expect("MA", "刚刚办结或撤回了")
    await story.press("MA", "都不是")
    story.expect("MA", "哪天和民警一起去复查")
    await story.say("MA", "12-2")
    story.expect("MA", "请核对", SECOND)
    await story.press("MA", "提交")
    story.expect("WANG", "未经核实", SECOND, "12月2日周三")


@pytest.mark.parametrize(("first_day", "day"), [("12-1", "12月1日周二"), ("11-25", "11月27日周五")])
async def test_one_that_was_linked_while_filing_and_is_taken_apart_gets_a_follow_up(
    story: Story, first_day: str, day: str
) -> None:
    await violation_agreed(story, day=first_day)
    await colleague(story, "MA")
    await violation_up_to_same(story)
    await story.press("MA", "NY-1-")
    await story.say("MA", SECOND)
    await story.press("MA", "提交")
    await until(story, "2026-11-26", 10)
    story.read_all("LI", "WANG", "MA")
    await story.press("WANG", "拆开")
    await story.press("WANG", f"{numbers(story)[1]} · ")
    story.expect("MA", numbers(story)[1], f"共同复查：{day} · 王警官提议，等有人接手后确认")
    story.expect("WANG", "未经核实", SECOND, day)
    await story.press("WANG", "接手")
    await story.press("MA", "确认复查日")
    story.expect("MA", f"{day} · 双方已确认")
    assert len(story.db.all("select 1 from followup where state = 'agreed'")) == 2


async def test_the_same_violation_in_english(story: Story) -> None:
    await story.join("LI", "en")
    await story.join("WANG", "en")
    await colleague(story, "MA", language="en")
    await story.say("MA", "/language")
    await story.press("MA", "English")
    for who, deed in (("LI", "Boxes up to the ceiling, nobody could get out"), ("MA", "Nobody gets past the boxes")):
        await story.say(who, "/report")
        for label in ("Violation at a place", "Blocked fire exit", "南苑一片"):
            await story.press(who, label)
        if who == "MA":
            story.expect("MA", "Is it the same thing?", "the follow-up is the one of that report", "Step 3/6")
            await story.press("MA", "Blocked fire exit · 南苑一片 · 10:00")
        await story.say(who, deed)
        if who == "LI":
            await story.press("LI", "Skip")
            await story.say("LI", "12-1")
        else:
            story.expect("MA", "Please check", f"The same thing: {numbers(story)[0]}")
        await story.press(who, "Submit")
    story.expect("WANG", "+1 report of the same thing", "Nobody gets past", "Tue, Dec 1")
    await story.press("WANG", "Acknowledge")
    for who in ("LI", "MA"):
        story.expect(who, "王警官 has taken it.")
    await story.press("WANG", "Close")
    for label in ("Mended", "Skip"):
        await story.press("WANG", label)
    for who in ("LI", "MA"):
        story.expect(who, "is closed: mended. Thank you.")


async def test_joined_violations_have_one_follow_up_until_they_are_taken_apart(story: Story) -> None:
    await two_violations(story)
    assert "12月2日" not in story.screen("MA") + story.screen("WANG")
    await story.forge("MA", "v:2:reporter:move:20261202")
    assert "不在您的职责" in story.toast("MA")
    await until(story, "2026-12-01", 9)
    story.expect("LI", "今天共同复查")
    story.expect("WANG", "今天共同复查")
    await until(story, "2026-12-02", 9)
    story.expect_nothing("MA")
    await story.press("WANG", "拆开")
    await story.press("WANG", numbers(story)[1])
    await story.advance(seconds=1)
    story.expect("MA", "12月2日", "等有人接手后确认")
    story.expect("MA", numbers(story)[1], "今天共同复查")


async def test_the_result_of_the_one_follow_up_ends_all(story: Story) -> None:
    await two_violations(story)
    story.weeks_are_filed()
    await until(story, "2026-12-01", 9)
    await story.press("LI", "已复查")
    await story.press("WANG", "已整改")
    for who in ("LI", "MA"):
        story.expect(who, "已办结：已整改。谢谢您")
    story.read_all("LI", "MA", "WANG")
    await story.advance(days=3)
    story.expect_nothing("LI", "MA", "WANG")


@pytest.mark.parametrize("own", [True, False])
async def test_when_the_first_violation_is_withdrawn_there_is_still_a_follow_up(story: Story, own: bool) -> None:
    await (two_violations(story) if own else linked_violation(story))
    second = numbers(story)[1]
    for label in ("撤回", "撤回"):
        await story.press("LI", label)
    day = "12月2日" if own else "12月1日"
    story.expect("MA", day, "等王警官确认" if own else "等同事MA确认")
    assert numbers(story)[0] not in alerts_on(story)[0]
    await until(story, "2026-12-02" if own else "2026-12-01", 9)
    story.expect("MA", second, "今天共同复查")


@pytest.mark.parametrize("taken", [True, False])
async def test_the_first_is_erased_while_open_and_the_alert_goes_on_with_the_others(story: Story, taken: bool) -> None:
    await town(story)
    await file_report(story)
    await file_same(story)
    if taken:
        await story.press("WANG", "接手")
    await erased(story, 1)
    [card] = alerts_on(story)
    assert SECOND in card and DEED not in card
    assert [tuple(row) for row in story.db.all("select report, state from alert")] == [
        (2, "acknowledged" if taken else "waiting")
    ]
    assert DEED not in story.screen("LI") + story.screen("MA")
    for label in (*(() if taken else ("接手",)), "办结", "已处理", "跳过"):
        await story.press("WANG", label)
    story.expect("MA", "已办结：已处理")


async def test_one_of_several_is_erased_while_open_and_the_card_shows_it_no_more(story: Story) -> None:
    await town(story)
    await file_report(story)
    await file_same(story)
    assert SECOND in alerts_on(story)[0]
    await erased(story, 2)
    [card] = alerts_on(story)
    assert DEED in card and SECOND not in card


async def test_the_read_log_names_what_was_read_with_another(story: Story) -> None:
    await town(story, "GAO")
    await file_report(story)
    await file_same(story)
    await story.say("GAO", "/readlog")
    story.expect("GAO", "与同一事件一起看到", "派送")
