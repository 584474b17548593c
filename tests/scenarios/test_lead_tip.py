"""Duty R2: a tip by a resident, anonymous or with a name, and the way back to it."""

import base64
import io
import re

import pytest
from PIL import Image

from tests.scenarios.story import Story

DEED = "三号楼地下室有人收赃车，夜里一辆接一辆推进去"


def photo() -> bytes:
    """A picture as a phone takes it: it says where."""
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


async def from_poster(story: Story, *residents: str) -> None:
    """Residents have come from the poster of the committee NY."""
    for who in residents:
        story.stranger(who)
        await story.say(who, f"/start tip-{story.ids['NY']}")


async def opened(story: Story, who: str = "X", *staff: str) -> None:
    """A resident has come from the poster, and these are at work."""
    for code in staff or ("WANG",):
        await story.join(code)
    await from_poster(story, who)


async def filled(story: Story, who: str = "X", *, how: str = "凭查询码", deed: str = DEED, kind: str = "盗窃") -> None:
    """An anonymous tip, up to its review card."""
    await story.press(who, "匿名")
    await story.press(who, kind)
    await story.say(who, deed)
    await story.press(who, "跳过")
    await story.press(who, "现在")
    await story.press(who, "看到的")
    await story.press(who, "跳过")
    await story.press(who, "不涉及")
    await story.press(who, how)


async def signed(
    story: Story,
    who: str = "X",
    *,
    name: str = "陈阿姨",
    kind: str = "诈骗",
    deed: str = DEED,
    known: str = "别人告诉",
) -> None:
    """A tip with a name (empty: the question is skipped), up to its review card."""
    await story.press(who, "署名")
    if name:
        await story.say(who, name)
    else:
        await story.press(who, "跳过")
    await story.press(who, kind)
    await story.say(who, deed)
    for label in ("跳过", "现在", known, "跳过", "不涉及", "可以"):
        await story.press(who, label)


async def tipped(story: Story, who: str = "X", *, how: str = "凭查询码", kind: str = "盗窃") -> str:
    """An anonymous tip has been left; returns its receipt code."""
    await filled(story, who, how=how, kind=kind)
    await story.press(who, "提交")
    return code_of(story, who)


def code_of(story: Story, who: str = "X") -> str:
    found = re.findall(r"查询码：([0-9A-Z]{5}-[0-9A-Z]{5})", story.screen(who))
    assert found
    return str(found[-1])


async def test_the_words_on_privacy_stand_before_the_first_question(story: Story) -> None:
    await opened(story)
    story.expect("X", "南苑社区", "110", "做了什么", "聊天平台自己仍然知道", "180 天", "匿名")


async def test_an_anonymous_tip_reaches_the_officer_and_its_code_leads_back(story: Story) -> None:
    await opened(story)
    code = await tipped(story)
    story.expect("X", "查询码", "提交凭证", "南苑社区")
    story.expect("WANG", "线索", DEED, "盗窃", "匿名提供", "本人看到")
    assert str(story.phones["X"].id) not in story.screen("WANG")
    await story.press("WANG", "接手")
    await story.press("WANG", "询问报告人")
    await story.say("WANG", "车牌看清了吗")
    story.read_all("X")
    story.expect_nothing("X")
    story.stranger("Y")
    await story.say("Y", code.lower().replace("-", " "))
    story.expect("Y", "王警官已查看并接手", "车牌看清了吗")
    await story.say("Y", "没有，天太黑")
    story.expect("Y", "已转给民警", "没有，天太黑")
    story.expect("WANG", "报告人回答：没有，天太黑")
    for label in ("办结", "已处理", "跳过"):
        await story.press("WANG", label)
    await story.say("Y", code)
    story.expect("Y", "已办结：已处理")


async def test_the_messages_of_the_form_are_taken_out_of_the_chat(story: Story) -> None:
    await opened(story)
    await tipped(story)
    mine = [m["text"] for m in story.messages("X") if m["from"] != "bot"]
    assert DEED not in mine
    assert DEED not in story.screen("X")


async def test_a_photo_is_cleaned_before_the_officer_sees_it(story: Story) -> None:
    await opened(story)
    await story.press("X", "匿名")
    await story.press("X", "盗窃")
    await story.say("X", DEED)
    await story.press("X", "跳过")
    await story.press("X", "现在")
    await story.press("X", "看到的")
    await story.send("X", "document", name="IMG_1.jpg", file=base64.b64encode(photo()).decode())
    story.expect("X", "附件 1 个")
    await story.press("X", "选好了")
    await story.press("X", "不涉及")
    await story.press("X", "凭查询码")
    await story.press("X", "提交")
    story.expect("WANG", DEED)
    [sent] = [m for m in story.messages("WANG") if m["kind"] == "photo"]
    seen = story.sandbox.world.files[sent["file"].rpartition("/")[2]].data
    assert sent["protected"] and seen[:2] == b"\xff\xd8" and b"PhoneMaker" not in seen


@pytest.mark.parametrize("typed", ["00000-OOOOO", "abcde-fghjk"])
async def test_a_slip_is_told_from_a_wrong_code(story: Story, typed: str) -> None:
    await opened(story)
    await tipped(story)
    story.read_all("X")
    await story.say("X", typed)
    story.expect("X", "抄错了")


async def test_a_named_tip_has_its_card(story: Story) -> None:
    await opened(story)
    await signed(story)
    await story.press("X", "提交")
    story.expect("X", "线索", "王警官")
    story.expect("WANG", "居民署名：陈阿姨")
    await story.press("WANG", "接手")
    story.expect("X", "王警官已接手")


async def test_a_tip_about_staff_goes_to_the_town_office_alone(story: Story) -> None:
    await opened(story, "X", "WANG", "SUN", "GAO")
    await story.press("X", "匿名")
    await story.press("X", "其他")
    await story.say("X", DEED)
    for label in ("跳过", "现在", "看到的", "跳过"):
        await story.press("X", label)
    await story.press("X", "是")
    for label in ("凭查询码", "提交"):
        await story.press("X", label)
    story.expect("GAO", "涉及本社区工作人员", DEED)
    story.expect_nothing("WANG", "SUN")
    await story.say("WANG", "/alerts")
    story.expect("WANG", "没有警情")
    await story.forge("WANG", "a:1:show")
    assert "不在您的职责" in story.toast("WANG")


async def test_the_first_answer_is_due_within_one_working_day(story: Story) -> None:
    await opened(story, "X", "WANG", "SUN", "GAO")
    await tipped(story)
    story.expect("WANG", DEED)
    story.read_all("SUN", "GAO")
    await story.advance(hours=23, minutes=59)
    story.expect_nothing("SUN", "GAO")
    await story.advance(minutes=1)
    story.expect("SUN", DEED)


async def test_who_asked_to_be_reminded_is_told_that_there_is_news_and_no_more(story: Story) -> None:
    await opened(story)
    code = await tipped(story, how="提醒我")
    story.read_all("X")
    for label in ("接手", "询问报告人"):
        await story.press("WANG", label)
    await story.say("WANG", "车牌看清了吗")
    story.expect("X", "有新消息", "查询码")
    assert "车牌" not in story.screen("X")
    await story.say("X", code)
    story.expect("X", "车牌看清了吗")


async def test_a_tip_is_withdrawn_by_its_code(story: Story) -> None:
    await opened(story)
    code = await tipped(story)
    story.stranger("Y")
    await story.say("Y", code)
    await story.press("Y", "撤回")
    await story.press("Y", "撤回")
    story.expect("Y", "已撤回")
    story.expect("WANG", "已撤回")
    await story.press("Y", "看完了")
    assert "线索" not in story.screen("Y")
    await story.say("Y", "还有一句话要补充")
    assert not story.db.all("select 1 from exchange")


async def test_after_a_restart_the_code_is_asked_for_again(story: Story) -> None:
    await opened(story)
    code = await tipped(story)
    await story.say("X", code)
    story.restart()
    await story.press("X", "撤回")
    assert "再发一次查询码" in story.toast("X")
    await story.say("X", code)
    await story.say("X", "补充一句：是辆蓝色的三轮车")
    story.expect("WANG", "＋ 补充一句")


async def test_a_tip_of_another_place_is_forwarded_to_who_answers_there(story: Story) -> None:
    await opened(story, "X", "WANG", "SUN", "HE")
    code = await tipped(story)
    for label in ("接手", "转其他社区", "东溪村"):
        await story.press("WANG", label)
    story.expect("HE", "线索", DEED)
    assert DEED not in story.screen("WANG")
    await story.say("WANG", "/alerts")
    story.expect("WANG", "没有警情")
    await story.say("X", code)
    story.expect("X", "已送达何警官")
    [opening] = story.db.all("select person from opening order by id desc limit 1")
    assert opening["person"] == story.ids["HE"]


async def test_a_named_giver_has_a_list_of_their_own(story: Story) -> None:
    await opened(story)
    await signed(story, name="")
    await story.press("X", "提交")
    await story.press("WANG", "接手")
    await story.press("WANG", "询问报告人")
    await story.say("WANG", "号码还在吗")
    story.expect("X", "号码还在吗")
    await story.press("X", "回答")
    await story.say("X", "在的，明天带来")
    story.expect("WANG", "在的，明天带来")
    await story.say("X", "/tip")
    await story.press("X", "南苑社区")
    story.expect("X", "您署名提供过的线索")
    story.stranger("Y")
    await story.say("Y", "/start")
    await story.forge("Y", "r:1:show")
    assert "不在您的职责" in story.toast("Y")


async def test_nobody_answers_and_the_tip_goes_on_to_the_deputy_and_the_town_office(story: Story) -> None:
    await opened(story, "X", "WANG", "SUN", "GAO")
    await tipped(story)
    await story.advance(days=1)
    story.expect("SUN", DEED)
    await story.advance(days=1)
    story.expect("GAO", DEED, "还没有人接手")


async def test_the_whole_way_in_english(story: Story) -> None:
    deed = "Stolen e-bikes are bought in the cellar of block 3 at night"
    await story.join("WANG", "en")
    story.stranger("X", "en")
    await story.say("X", f"/start tip-{story.ids['NY']}")
    story.expect("X", "in danger", "what somebody did", "platform itself still", "180 days")
    for label in ("Without", "Theft"):
        await story.press("X", label)
    await story.say("X", deed)
    for label in ("Skip", "Now", "I saw it", "Skip", "No", "with my code", "Submit"):
        await story.press("X", label)
    story.expect("X", "Receipt code", "only way back", "Proof of submission")
    story.expect("WANG", "Tip", deed, "without a name", "seen by the giver")
    code = re.findall(r"code: ([0-9A-Z]{5}-[0-9A-Z]{5})", story.screen("X"))[0]
    for label in ("Acknowledge", "Close", "Dealt with", "Skip"):
        await story.press("WANG", label)
    await story.say("X", code)
    story.expect("X", "closed", "dealt with")
