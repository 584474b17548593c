"""Reports of the same thing: offered while filing, linked, counted on one alert, joined and taken apart."""

import base64

import pytest

from handlers import erasing, postings
from handlers.desk import Desk
from models.database import opened
from models.draft import Draft
from models.invite import Invite, digest
from models.person import Person
from tests.scenarios.story import Story
from tests.scenarios.test_lead_tip import code_of, from_poster, photo, signed
from tests.scenarios.test_lead_tip import filled as tip_filled
from tests.scenarios.test_suspicious_activity import DEED, file_report
from tests.scenarios.test_violation import DEED as BLOCKED
from tests.scenarios.test_violation import agreed as violation_agreed
from tests.scenarios.test_violation import labels as buttons
from tests.scenarios.test_violation import until

SECOND = "他们又回来了，在试另一排车的车门"
START = ("可疑情况", "否", "试拉门窗", "选好了", "南苑一片", "现在")


async def colleague(
    story: Story, code: str, place: str = "NY-1", role: str = "coordinator", language: str = "zh"
) -> None:
    """One more member of staff, with a phone."""
    with story.db.transaction():
        story.ids[code] = story.db.insert(Person, code=code, name=f"同事{code}", role=role)
        postings.assign(story.db, story.ids[code], [story.ids[place]], None)
        story.db.insert(
            Invite,
            digest=digest(f"CODE{code}"),
            person=story.ids[code],
            expires_at=story.clock.now().replace(year=2030),
        )
    story.stranger(code, language)
    await story.say(code, f"/start CODE{code}")


async def town(story: Story, *more: str) -> None:
    """LI and a colleague of the same area, the officer, and whoever else is named."""
    for code in ("LI", "WANG", *more):
        await story.join(code)
    await colleague(story, "MA")


async def up_to_same(story: Story, who: str = "MA", place: str = "南苑一片") -> None:
    await story.say(who, "/report")
    for label in (*START[:4], place, START[5]):
        await story.press(who, label)


async def file_same(story: Story, who: str = "MA", deed: str = SECOND) -> None:
    """The same thing as the report that stands first among those offered."""
    await up_to_same(story, who)
    await story.press(who, "NY-1-")
    await story.say(who, deed)
    await story.press(who, "提交")


def alerts_on(story: Story, who: str = "WANG") -> list[str]:
    return [m["text"] for m in story.messages(who) if "🔔" in m["text"]]


def numbers(story: Story) -> list[str]:
    return [row["number"] for row in story.db.all("select number from report order by id")]


def newest_alert(story: Story) -> int:
    return int(story.db.all("select max(id) as id from alert")[0]["id"])


async def held_two(story: Story) -> None:
    """Two reports, each with an alert of its own; the officer has the first in hand."""
    await town(story)
    await file_report(story)
    await story.press("WANG", "接手")
    await up_to_same(story)
    await story.press("MA", "都不是")
    await story.say("MA", SECOND)
    for label in ("跳过", "跳过", "可以", "提交"):
        await story.press("MA", label)
    story.read_all("LI", "MA", "WANG")


async def test_the_second_reporter_links_theirs_in_fewer_taps_and_follows_the_first(story: Story) -> None:
    await town(story)
    await file_report(story)
    story.read_all("WANG", "LI")
    await up_to_same(story)
    story.expect("MA", "是同一件事吗", "第 5/9 步")
    lines = [b["text"] for row in story.messages("MA")[-1]["keyboard"] for b in row]
    assert lines[0] == f"{numbers(story)[0]} · 试拉门窗或车门 · 南苑一片 · 10:00"
    assert "李敏" not in story.screen("MA") and DEED not in story.screen("MA")
    await story.press("MA", "NY-1-")
    story.expect("MA", "第 6/6 步")
    await story.say("MA", SECOND)
    story.expect("MA", "请核对", f"同一件事：{numbers(story)[0]}")
    await story.press("MA", "提交")
    story.expect("MA", numbers(story)[1], "已送达王警官，尚未查看")
    story.expect("WANG", DEED, "+1 份", f"＋ {numbers(story)[1]}：{SECOND}")
    story.expect_nothing("WANG")
    assert len(alerts_on(story)) == 1
    assert len(story.db.all("select 1 from alert")) == 1
    story.read_all("LI")
    await story.press("WANG", "接手")
    for who in ("LI", "MA"):
        story.expect(who, "王警官已查看并接手")
        story.expect(who, "王警官已接手。")


async def test_closing_the_first_closes_all_and_tells_all(story: Story) -> None:
    await town(story)
    await file_report(story)
    await file_same(story)
    for label in ("正在前往", "办结", "已处理", "跳过"):
        await story.press("WANG", label)
    for who in ("LI", "MA"):
        story.expect(who, "已办结：已处理。谢谢您")
        story.expect(who, "已办结：已处理")
    rows = story.db.all("select state, outcome, closed_at from report")
    assert [tuple(row) for row in rows] == [("closed", "dealt_with", story.clock.now())] * 2
    assert SECOND not in story.screen("WANG") and DEED not in story.screen("WANG")


@pytest.mark.parametrize("taken", [False, True])
async def test_twenty_reports_in_ten_minutes_are_one_alert_that_counts_up(story: Story, taken: bool) -> None:
    await story.join("LI")
    await story.join("WANG")
    await file_report(story)
    if taken:
        await story.press("WANG", "接手")
    before = len(story.messages("WANG"))
    for number in range(19):
        await colleague(story, f"M{number}")
        await file_same(story, f"M{number}", f"{SECOND}，第{number}个人看到")
        await story.advance(seconds=30 if taken else 15)
    assert len(story.messages("WANG")) == before
    [card] = alerts_on(story)
    assert "+19 份" in card and card.count("＋ NY-1-") == 2
    assert "第18个人" in card and "第17个人" in card and "第16个人" not in card
    assert len(story.db.all("select 1 from alert")) == 1
    assert {row["same_as"] for row in story.db.all("select same_as from report where id > 1")} == {1}


async def test_what_linked_reporters_add_and_answer_stands_on_the_one_card(story: Story) -> None:
    await held_two(story)
    await story.press("WANG", "接手")
    await story.press("WANG", "询问报告人")
    await story.say("WANG", "车牌看清了吗")
    await join(story)
    await story.press("MA", "回答")
    await story.say("MA", "尾号是七")
    story.expect("WANG", "报告人回答：尾号是七")
    story.expect("WANG", DEED, "答：尾号是七")
    await story.press("MA", "补充")
    await story.say("MA", "往东门去了")
    story.expect("WANG", DEED, "＋ 往东门去了")


async def test_another_area_and_another_thing_are_not_asked(story: Story) -> None:
    await town(story, "WU", "QIAN")
    await file_report(story)
    for who, place in (("WU", "南苑二片"), ("QIAN", "东溪一片")):
        await up_to_same(story, who, place)
        story.expect(who, "第 5/8 步")
        assert "同一件事" not in story.screen(who) and numbers(story)[0] not in story.screen(who)
    await story.say("MA", "/report")
    for label in ("可疑情况", "否", "尾随", "选好了", "南苑一片", "现在"):
        await story.press("MA", label)
    story.expect("MA", "第 5/8 步")


async def test_what_is_a_day_old_or_one_s_own_is_not_asked(story: Story) -> None:
    await town(story)
    await file_report(story)
    await up_to_same(story, "LI")
    story.expect("LI", "第 5/8 步")
    await story.advance(hours=24, seconds=1)
    await up_to_same(story)
    story.expect("MA", "第 5/8 步")


async def test_spots_further_than_150_metres_apart_are_two_things(story: Story) -> None:
    await town(story)
    await colleague(story, "MO")
    for who, north, step in (("LI", 31.1, "第 5/8 步"), ("MA", 31.1012, "第 5/9 步"), ("MO", 31.1014, "第 5/8 步")):
        await story.say(who, "/report")
        for label in START[:4]:
            await story.press(who, label)
        await story.send(who, "location", latitude=north, longitude=121.2)
        await story.press(who, "现在")
        story.expect(who, step)
        if who == "LI":
            await story.say(who, DEED)
            for label in ("跳过", "跳过", "可以", "提交"):
                await story.press(who, label)


async def test_a_resident_is_asked_without_a_detail_and_follows_by_the_code(story: Story) -> None:
    await story.join("WANG")
    await from_poster(story, "X", "Y")
    await tip_filled(story, "X")
    await story.press("X", "提交")
    first = numbers(story)[0]
    story.read_all("WANG")
    await story.press("Y", "匿名")
    await story.press("Y", "盗窃")
    await story.say("Y", "地下室里又推进去三辆电动车")
    await story.press("Y", "跳过")
    await story.press("Y", "现在")
    story.expect("Y", "可能已经有人反映过")
    labels = [b["text"] for row in story.messages("Y")[-1]["keyboard"] for b in row]
    assert labels[:2] == ["是同一件事", "不是，或不清楚"]
    assert first not in story.screen("Y") and not any(first in str(m) for m in story.messages("Y"))
    await story.press("Y", "是同一件事")
    await story.press("Y", "不涉及")
    story.expect("Y", "请核对", "同一件事：是同一件事")
    await story.press("Y", "提交")
    code = code_of(story, "Y")
    story.expect("WANG", "+1 份", "又推进去三辆")
    story.expect_nothing("WANG")
    for label in ("接手", "办结", "已处理", "跳过"):
        await story.press("WANG", label)
    await story.say("Y", code)
    story.expect("Y", numbers(story)[1], "已办结：已处理")


async def test_a_photo_that_came_all_the_same_stands_beside_the_one_card_once(story: Story) -> None:
    await story.join("WANG")
    await from_poster(story, "X", "Y")
    await tip_filled(story, "X")
    await story.press("X", "提交")
    await tip_to_same(story, "Y")
    await story.press("Y", "是同一件事")
    await story.send("Y", "document", name="IMG_1.jpg", file=base64.b64encode(photo()).decode())
    await story.press("Y", "不涉及")
    await story.press("Y", "提交")
    assert len(alerts_on(story)) == 1
    await story.press("WANG", "接手")
    for data in ("a:1:show", "a:1:apart:2"):
        assert [m["kind"] for m in story.messages("WANG")].count("photo") == 1
        await story.forge("WANG", data)
    assert len(alerts_on(story)) == 2
    assert [m["kind"] for m in story.messages("WANG")].count("photo") == 1


async def test_staff_read_a_line_about_tips_of_their_own_committee_only(story: Story) -> None:
    for code in ("WANG", "LI", "QIAN"):
        await story.join(code)
    await from_poster(story, "X")
    await tip_filled(story, "X")
    await story.press("X", "提交")
    for who, seen in (("LI", True), ("QIAN", False)):
        await story.say(who, f"/start tip-{story.ids['NY']}")
        await tip_to_same(story, who)
        labels = [b["text"] for row in story.messages(who)[-1]["keyboard"] for b in row]
        assert (numbers(story)[0] in labels[0]) is seen
        assert ("是同一件事" in labels) is not seen


async def tip_to_same(story: Story, who: str) -> None:
    await story.press(who, "匿名")
    await story.press(who, "盗窃")
    await story.say(who, "地下室里又推进去三辆电动车")
    await story.press(who, "跳过")
    await story.press(who, "现在")


async def test_what_is_said_about_staff_is_never_linked(story: Story) -> None:
    await story.join("WANG")
    await story.join("GAO")
    await from_poster(story, "X", "Y", "Z")
    await tip_filled(story, "X")
    await story.press("X", "提交")
    story.read_all("WANG", "GAO")
    await tip_to_same(story, "Y")
    await story.press("Y", "是同一件事")
    await story.press("Y", "是，涉及工作人员")
    await story.press("Y", "凭查询码")
    await story.press("Y", "提交")
    story.expect_nothing("WANG")
    story.expect("GAO", "又推进去三辆")
    assert [row["same_as"] for row in story.db.all("select same_as from report order by id")] == [None, None]
    with story.db.transaction() as db:
        db.execute("update report set state = 'closed' where id = 1")
    await tip_to_same(story, "Z")
    assert "同一件事" not in story.screen("Z")


async def test_a_forged_answer_that_names_a_report_elsewhere_is_refused(story: Story) -> None:
    await town(story, "QIAN")
    await file_report(story, "QIAN", place="东溪一片")
    await file_report(story)
    await up_to_same(story)
    row = story.db.one(f"select {opened(Draft, 'id', 'answers')}, turn from draft")
    assert row is not None and row["answers"]["_near"] == [2]
    for value in ("2", "3", "-1", "", "DX", "00"):
        await story.forge("MA", f"f:{row['id']}:{row['turn']}:choose:{value}")
        assert "这个按钮现在不能用" in story.screen("MA") and "第 5/9 步" in story.screen("MA")
        await story.say("MA", "2")
        assert "请用按钮选择" in story.screen("MA") and "第 5/9 步" in story.screen("MA")
    await story.press("MA", "NY-1-")
    await story.say("MA", SECOND)
    await story.press("MA", "提交")
    assert [r["same_as"] for r in story.db.all("select same_as from report order by id")] == [None, None, 2]


async def test_what_was_chosen_and_ended_before_the_end_is_asked_again(story: Story) -> None:
    await town(story)
    await file_report(story)
    await up_to_same(story)
    await story.press("MA", "NY-1-")
    await story.say("MA", SECOND)
    for label in ("撤回", "撤回"):
        await story.press("LI", label)
    await story.press("MA", "提交")
    story.expect("MA", "刚刚办结或撤回了")
    await story.press("MA", "都不是")
    story.expect("MA", "民警可以再向您询问吗")
    await story.press("MA", "可以")
    await story.press("MA", "提交")
    story.expect("WANG", "未经核实", SECOND)


async def test_another_place_on_the_review_card_takes_the_choice_back(story: Story) -> None:
    await town(story)
    await colleague(story, "MU", "NY", "cadre")
    await file_report(story)
    await up_to_same(story, "MU")
    await story.press("MU", "NY-1-")
    await story.say("MU", SECOND)
    await story.press("MU", "✎ 地点")
    await story.press("MU", "南苑二片")
    story.expect("MU", "民警可以再向您询问吗")
    await story.press("MU", "可以")
    await story.press("MU", "提交")
    assert [row["same_as"] for row in story.db.all("select same_as from report order by id")] == [None, None]


async def test_another_place_with_another_report_near_is_asked_about_anew(story: Story) -> None:
    await town(story, "WU")
    await colleague(story, "MU", "NY", "cadre")
    await file_report(story)
    await file_report(story, "WU", place="南苑二片")
    await up_to_same(story, "MU")
    await story.press("MU", "NY-1-")
    await story.say("MU", SECOND)
    await story.press("MU", "✎ 地点")
    await story.press("MU", "南苑二片")
    story.expect("MU", "是同一件事吗")
    await story.press("MU", "NY-2-")
    story.expect("MU", "请核对", SECOND)
    await story.press("MU", "提交")
    assert [row["same_as"] for row in story.db.all("select same_as from report order by id")] == [None, None, 2]


async def join(story: Story) -> None:
    """The officer joins the newest other alert with the one of the first report."""
    await story.forge("WANG", "a:1:same")
    await story.press("WANG", "NY-1-")


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


async def test_the_main_path_in_english(story: Story) -> None:
    await story.join("LI", "en")
    await story.join("WANG", "en")
    await colleague(story, "MA", language="en")
    await story.say("MA", "/language")
    await story.press("MA", "English")
    for who, deed in (
        ("LI", "Two people tried every car door along the road"),
        ("MA", "They came back for the others"),
    ):
        await story.say(who, "/report")
        for label in ("Suspicious", "No", "Trying doors", "Done", "南苑一片", "Now"):
            await story.press(who, label)
        if who == "MA":
            story.expect("MA", "Is it the same thing?", "Step 5/9")
            await story.press("MA", "Trying doors or vehicles · 南苑一片 · 10:00")
        await story.say(who, deed)
        for label in ("Skip", "Skip", "Yes") if who == "LI" else ():
            await story.press(who, label)
        await story.press(who, "Submit")
    story.expect("WANG", "+1 report of the same thing", "They came back")
    await story.press("WANG", "Acknowledge")
    story.expect("MA", "王警官 has taken it.")
    await story.press("WANG", "Take apart")
    await story.press("WANG", numbers(story)[1])
    story.expect("MA", "on its own now")
    await story.forge("WANG", "a:1:same")
    story.expect("WANG", "Which one is the same thing?")
    await story.press("WANG", numbers(story)[1])
    story.expect("WANG", f"{numbers(story)[1]} has been joined with {numbers(story)[0]}.")


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
