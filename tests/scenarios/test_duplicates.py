"""Reports of the same thing: offered while filing, linked, counted on one alert, joined and taken apart."""

import base64

import pytest

from handlers import postings
from models.database import opened
from models.draft import Draft
from models.invite import Invite, digest
from models.person import Person
from tests.scenarios.story import Story
from tests.scenarios.test_lead_tip import code_of, from_poster, photo
from tests.scenarios.test_lead_tip import filled as tip_filled
from tests.scenarios.test_suspicious_activity import DEED, file_report

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


async def join(story: Story) -> None:
    """The officer joins the newest other alert with the one of the first report."""
    await story.forge("WANG", "a:1:same")
    await story.press("WANG", "NY-1-")


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
