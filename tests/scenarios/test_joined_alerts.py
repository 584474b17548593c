"""Alerts of the same thing: joined by the officer, taken apart, withdrawn, moved and erased."""

import base64

import pytest

from handlers import erasing
from handlers.desk import Desk
from tests.scenarios.story import Story
from tests.scenarios.test_duplicates import (
    SECOND,
    alerts_on,
    colleague,
    file_same,
    held_two,
    join,
    newest_alert,
    numbers,
    tip_to_same,
    town,
    up_to_same,
)
from tests.scenarios.test_lead_tip import code_of, from_poster, photo, signed
from tests.scenarios.test_lead_tip import filled as tip_filled
from tests.scenarios.test_suspicious_activity import DEED, file_report


async def test_the_officer_joins_two_alerts_and_takes_them_apart(story: Story) -> None:
    await held_two(story)
    one, two = numbers(story)
    await story.press("WANG", "与…同一件事")
    story.expect("WANG", "与哪一份是同一件事")
    await story.press("WANG", f"{two} · ")
    assert "已并入" in story.toast("WANG")
    story.expect("WANG", DEED, "+1 份", f"＋ {two}：{SECOND}")
    story.expect("WANG", f"{two} 已并入 {one}。")
    story.expect("MA", "王警官已接手。")
    story.expect("MA", "王警官已查看并接手")
    story.expect_nothing("WANG", "LI")
    await story.press("WANG", "拆开")
    await story.press("WANG", f"{two} · ")
    story.expect("WANG", "未经核实", SECOND)
    story.expect("MA", "已单独办理")
    story.expect("MA", "已送达王警官，尚未查看")
    await story.press("WANG", "接手")
    story.expect("MA", "王警官已接手。")
    rows = story.db.all("select report, state from alert order by report")
    assert [tuple(row) for row in rows] == [(1, "acknowledged"), (2, "acknowledged")]
    assert len([text for text in alerts_on(story) if SECOND in text]) == 1
    assert "已并入" not in story.screen("WANG")


async def test_a_report_that_a_reporter_linked_is_taken_apart_and_routed_anew(story: Story) -> None:
    await town(story, "SUN")
    await file_report(story)
    await file_same(story)
    await story.press("WANG", "接手")
    story.read_all("WANG", "SUN", "MA")
    await story.press("WANG", "拆开")
    await story.press("WANG", numbers(story)[1])
    story.expect("WANG", SECOND)
    story.expect_nothing("SUN")
    await story.advance(minutes=5)
    story.expect("SUN", SECOND)
    assert DEED not in story.screen("SUN")


async def test_a_double_press_and_a_stale_one_do_nothing_twice(story: Story) -> None:
    await held_two(story)
    await story.forge("WANG", "a:1:same:2")
    await story.forge("WANG", "a:1:same:2")
    assert "已经关闭" in story.toast("WANG")
    assert len(story.db.all("select 1 from report where same_as = 1")) == 1
    told = [m for m in story.messages("MA") if "王警官已接手。" in m["text"]]
    assert len(told) == 1
    for _ in range(2):
        await story.forge("WANG", "a:1:apart:2")
    assert "已经关闭" in story.toast("WANG")
    assert len(story.db.all("select 1 from alert")) == 2
    assert len([m for m in story.messages("MA") if "已单独办理" in m["text"]]) == 1


async def test_only_the_holder_joins_and_only_what_is_near_and_free(story: Story) -> None:
    await held_two(story)
    for code in ("SUN", "HE", "QIAN"):
        await story.join(code)
    await file_report(story, "QIAN", place="东溪一片")
    before = [tuple(row) for row in story.db.all("select state, holder, report from alert")]
    openings = len(story.db.all("select 1 from opening"))
    for who in ("SUN", "HE", "QIAN", "LI", "MA"):
        for data in ("a:1:same", "a:1:same:2", "a:1:apart", "a:1:apart:2"):
            await story.forge(who, data)
            assert "不在您的职责" in story.toast(who)
    for data in ("a:1:same:3", "a:1:same:1", "a:1:same:99", "a:1:apart:2", "a:1:apart", "a:2:same:1"):
        await story.forge("WANG", data)
    assert [tuple(row) for row in story.db.all("select state, holder, report from alert")] == before
    assert not story.db.all("select 1 from report where same_as is not null")
    assert len(story.db.all("select 1 from opening")) == openings
    await story.forge("SUN", "a:2:ack")  # the other is in somebody else's hand now
    await story.forge("WANG", "a:1:same:2")
    assert not story.db.all("select 1 from report where same_as is not null")


async def test_whoever_reads_a_linked_report_on_the_card_is_in_the_log(story: Story) -> None:
    await town(story, "SUN")
    await file_report(story)
    await file_same(story)

    def readers() -> set[int]:
        return {row["person"] for row in story.db.all("select person from opening where report = 2")}

    assert readers() == {story.ids["WANG"]}
    story.read_all("MA")
    await story.advance(minutes=5)
    story.expect("SUN", SECOND)
    story.expect("MA", "已送达孙警官")
    assert readers() == {story.ids["WANG"], story.ids["SUN"]}
    counted = len(story.db.all("select 1 from opening"))
    await story.press("SUN", "接手")
    assert len(story.db.all("select 1 from opening")) == counted


async def test_the_first_is_withdrawn_and_the_oldest_of_the_others_becomes_the_first(story: Story) -> None:
    await town(story)
    await colleague(story, "MO")
    await file_report(story)
    await file_same(story)
    await file_same(story, "MO", "第三个人也看到了他们在拉车门")
    await story.press("WANG", "接手")
    story.read_all("WANG", "LI", "MA", "MO")
    for label in ("撤回", "撤回"):
        await story.press("LI", label)
    story.expect("LI", "已撤回")
    story.expect("WANG", numbers(story)[1], SECOND, "+1 份", "第三个人")
    assert DEED not in story.screen("WANG")
    story.expect_nothing("WANG")
    rows = story.db.all("select state, same_as from report order by id")
    assert [tuple(row) for row in rows] == [("withdrawn", None), ("open", None), ("open", 2)]
    for label in ("办结", "已处理", "跳过"):
        await story.press("WANG", label)
    for who in ("MA", "MO"):
        story.expect(who, "已办结：已处理。谢谢您")
    story.expect_nothing("LI")


async def test_a_linked_report_is_withdrawn_alone(story: Story) -> None:
    await town(story)
    await file_report(story)
    await file_same(story)
    story.read_all("WANG", "LI", "MA")
    for label in ("撤回", "撤回"):
        await story.press("MA", label)
    story.expect("MA", "已撤回")
    assert SECOND not in story.screen("WANG") and "+1" not in story.screen("WANG")
    story.expect("WANG", DEED)
    story.expect_nothing("LI", "WANG")
    rows = story.db.all("select state, same_as from report order by id")
    assert [tuple(row) for row in rows] == [("open", None), ("withdrawn", None)]


async def test_one_that_the_officer_joined_is_withdrawn_and_its_old_card_says_so(story: Story) -> None:
    await held_two(story)
    await join(story)
    await story.say("WANG", "/alerts")
    await story.press("WANG", "已办结")
    story.expect("WANG", "这里没有警情")
    story.read_all("WANG")
    for label in ("撤回", "撤回"):
        await story.press("MA", label)
    story.expect("WANG", f"{numbers(story)[1]} · 已撤回")
    story.expect("WANG", DEED)
    assert "+1" not in story.screen("WANG") and SECOND not in story.screen("WANG")


async def test_what_is_passed_on_to_another_committee_takes_those_of_the_same_thing_along(story: Story) -> None:
    await town(story, "HE")
    await file_report(story)
    await file_same(story)
    await story.press("WANG", "接手")
    story.read_all("LI", "MA")
    await story.press("WANG", "转其他社区")
    await story.press("WANG", "东溪村")
    for who in ("LI", "MA"):
        story.expect(who, "已转给东溪村")
        story.expect(who, "已送达何警官")
    story.expect("HE", DEED, "+1 份", SECOND)
    assert {row["place"] for row in story.db.all("select place from report")} == {story.ids["DX"]}
    await story.press("HE", "接手")
    await story.press("HE", "拆开")
    await story.press("HE", numbers(story)[1])
    assert [row["place"] for row in story.db.all("select place from alert")] == [story.ids["DX"]] * 2


async def test_the_first_of_two_that_the_officer_joined_is_withdrawn(story: Story) -> None:
    await held_two(story)
    await join(story)
    for label in ("撤回", "撤回"):
        await story.press("LI", label)
    assert [tuple(row) for row in story.db.all("select id, report, state from alert")] == [(1, 2, "acknowledged")]
    assert len(alerts_on(story)) == 1 and SECOND in alerts_on(story)[0]
    assert "已并入" not in story.screen("WANG")


async def test_photos_of_a_joined_report_go_when_the_first_is_closed(story: Story) -> None:
    await town(story)
    await file_report(story)
    await up_to_same(story)
    await story.press("MA", "都不是")
    await story.say("MA", SECOND)
    await story.press("MA", "跳过")
    await story.send("MA", "photo")
    for label in ("选好了", "可以", "提交"):
        await story.press("MA", label)
    await story.forge("WANG", "a:1:ack")
    await join(story)
    for _ in range(2):
        assert [m["kind"] for m in story.messages("WANG")].count("photo") == 1
        await story.forge("WANG", "a:1:apart:2")
    await story.forge("WANG", f"a:1:same:{newest_alert(story)}")
    await story.forge("WANG", "a:1:close")
    for label in ("已处理", "跳过"):
        await story.press("WANG", label)
    kinds = [m["kind"] for m in story.messages("WANG")]
    assert kinds.count("photo") == 0
    assert [row["photos"] for row in story.db.all("select photos from report")] == [None, None]
    assert SECOND not in story.screen("WANG")


@pytest.mark.parametrize("earlier", [1, 2])
async def test_each_is_erased_in_its_own_time(story: Story, earlier: int) -> None:
    await held_two(story)
    await join(story)
    await story.forge("WANG", "a:1:close")
    for label in ("已处理", "跳过"):
        await story.press("WANG", label)
    with story.db.transaction() as db:
        db.execute("update report set outcome = 'unfounded' where id = ?", (earlier,))
    await story.advance(days=7, hours=2)
    assert [row["id"] for row in story.db.all("select id from report")] == [3 - earlier]
    await story.advance(days=84)
    assert not story.db.all("select id from report")


async def erased(story: Story, report: int) -> None:
    """As `linli erase` does it, beside the bot."""
    desk = Desk(story.db, story.clock.now(), story.bot.house)
    with story.db.transaction():
        erasing.erase_reports(desk, [report])
    assert not desk.out
    await story.advance(seconds=1)


@pytest.mark.parametrize("own", [False, True])
async def test_where_the_first_is_erased_the_others_find_somebody(story: Story, own: bool) -> None:
    if own:
        await held_two(story)
        await join(story)
    else:
        await town(story)
        await file_report(story)
        await file_same(story)
    await colleague(story, "MO")
    await file_same(story, "MO", "第三个人也看到了他们在拉车门")
    first = numbers(story)[0]
    story.read_all("MA", "MO", "WANG")
    await erased(story, 1)
    story.expect("WANG", "未经核实", SECOND, "+1 份", "第三个人")
    assert len(alerts_on(story)) == 1 and DEED not in story.screen("WANG") and first not in story.screen("WANG")
    if own:  # whoever had it has it still
        assert "由您办理" in alerts_on(story)[0]
        return
    await story.press("WANG", "接手")
    for who in ("MA", "MO"):
        story.expect(who, "王警官已接手。")


async def test_where_a_linked_one_is_erased_its_words_leave_the_card(story: Story) -> None:
    await town(story)
    await file_report(story)
    await file_same(story)
    second = numbers(story)[1]
    await erased(story, 2)
    assert SECOND not in story.screen("WANG") and "+1" not in story.screen("WANG")
    assert second not in story.screen("WANG") + story.screen("MA")
    assert len(alerts_on(story)) == 1
    await story.press("WANG", "接手")
    story.expect("WANG", DEED, "由您办理")


async def test_the_town_office_reads_no_anonymous_tip_on_the_card_of_another(story: Story) -> None:
    for code in ("WANG", "GAO"):
        await story.join(code)
    await from_poster(story, "X", "Y")
    await signed(story, "X", kind="盗窃", deed="三号楼地下室有人收赃车", known="看到的")
    await story.press("X", "提交")
    await story.forge("GAO", "a:1:show")
    await tip_to_same(story, "Y")
    await story.press("Y", "是同一件事")
    await story.send("Y", "document", name="IMG_1.jpg", file=base64.b64encode(photo()).decode())
    await story.press("Y", "不涉及")
    await story.press("Y", "提交")
    story.expect("WANG", "+1 份", "又推进去三辆")
    story.expect("GAO", "收赃车", "+1 份")
    await story.say("Y", code_of(story, "Y"))
    await story.say("Y", "又看到一辆白色面包车")
    story.expect("WANG", "白色面包车")
    assert "又推进去三辆" not in story.screen("GAO") and "白色面包车" not in story.screen("GAO")
    assert not [m for m in story.messages("GAO") if m["kind"] == "photo"]
    readers = {row["person"] for row in story.db.all("select person from opening where report = 2")}
    assert readers == {story.ids["WANG"]}
    for label in ("撤回", "撤回"):
        await story.press("X", label)
    assert "收赃车" not in story.screen("GAO") and "又推进去三辆" not in story.screen("GAO")
    story.expect("WANG", "又推进去三辆")
    await story.forge("GAO", "a:1:show")
    assert "又推进去三辆" not in story.screen("GAO")


async def test_the_town_office_joins_no_tip_that_is_kept_from_it(story: Story) -> None:
    for code in ("WANG", "GAO"):
        await story.join(code)
    await from_poster(story, "X", "Y")
    await tip_filled(story, "Y")
    await story.press("Y", "提交")
    await tip_to_same(story, "X")
    await story.press("X", "不是，或不清楚")
    for label in ("看到的", "跳过", "不涉及", "凭查询码", "提交"):
        await story.press("X", label)
    await story.press("WANG", "接手")  # the newest
    await story.press("WANG", "移交")
    await story.press("WANG", "高主任")
    await story.press("GAO", "接受移交")
    await story.press("GAO", "与…同一件事")
    assert "没有别的可以并入" in story.toast("GAO")
    await story.forge("GAO", "a:2:same:1")
    assert not story.db.all("select 1 from report where same_as is not null")
    await story.say("GAO", f"/start tip-{story.ids['NY']}")
    await tip_to_same(story, "GAO")
    labels = [b["text"] for row in story.messages("GAO")[-1]["keyboard"] for b in row]
    assert labels[0] == "是同一件事" and not any("NY-" in label for label in labels)
