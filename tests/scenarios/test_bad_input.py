"""What people and phones send that was not asked for: a friendly word, the draft is kept, nothing is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest

from chat.messages import Update
from models.database import opened
from models.draft import Draft
from models.invite import Invite, digest
from models.report import Report
from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import DEED, file_report

FAMILY = "👩‍👩‍👧‍👦"  # one sign to the eye, seven code points


async def _asked(story: Story, *labels: str, who: str = "LI") -> None:
    """The form led to a question; without labels to "what was done"."""
    await story.join(who)
    await story.say(who, "/report")
    for label in labels or ("可疑情况", "否", "试拉门窗", "选好了", "南苑一片", "现在"):
        await story.press(who, label)
    story.read_all(who)


async def _finish(story: Story, who: str = "LI") -> None:
    """From "how to recognise the scene" to the end."""
    for label in ("跳过", "跳过", "可以", "提交"):
        await story.press(who, label)


def _message(story: Story, who: str, **content: Any) -> dict[str, Any]:
    """A message as Telegram would send it from this phone; for what no phone of the sandbox can do."""
    id = story.phones[who].id
    user = {"id": id, "is_bot": False, "first_name": who, "language_code": "zh"}
    return {"message_id": 90_000, "date": 1, "chat": {"id": id, "type": "private"}, "from": user, **content}


async def _inject(story: Story, update: dict[str, Any]) -> None:
    story.sandbox.world.inject(update)
    await story.settle()


async def _pressed(story: Story, who: str, data: str, message: dict[str, Any] | None) -> None:
    """A pressed button whose message is not what the bot would expect."""
    query = {"id": "1", "from": _message(story, who)["from"], "chat_instance": "1", "data": data}
    await _inject(story, {"callback_query": query | ({"message": message} if message else {})})


def _data(story: Story, who: str, label: str) -> str:
    """What the newest button with this label carries."""
    keyboards = [row for m in reversed(story.messages(who)) for row in m["keyboard"] or []]
    return next(str(button["data"]) for row in keyboards for button in row if label in button["text"])


def _tidy(story: Story) -> None:
    """Every update was dealt with, and none of them failed."""
    assert not story.db.all("select reason from inbox where state <> 'done'")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "太短"),
        (" \n\t\u3000 " * 9, "太短"),
        ("\u200b\u200e\u2060\ufeff" * 9, "太短"),
        ("\0\0\0", "太短"),
        ("啊", "太短"),
        ("👍", "太短"),
        ("门" * 4096, "太长"),
        ("门" * 100_000, "太长"),
    ],
    ids=["nothing", "blank", "invisible", "NUL", "one", "one-emoji", "4096", "100000"],
)
async def test_a_text_too_short_or_too_long_is_told_and_everything_else_stays(
    story: Story, text: str, word: str
) -> None:
    await _asked(story)
    await _inject(story, {"message": _message(story, "LI", text=text)})
    story.expect("LI", word, "第 5/8 步")
    await story.say("LI", DEED)
    story.expect("LI", "第 6/8 步")
    await _finish(story)
    story.expect("LI", "南苑一片 · 试拉门窗或车门")
    assert story.db.all(f"select {opened(Report, 'deed')} from report")[0]["deed"] == DEED
    _tidy(story)


async def test_the_longest_text_of_a_phone_is_told_in_one_word(story: Story) -> None:
    await _asked(story)
    await story.say("LI", "门" * 4096)
    story.expect("LI", "太长", "第 5/8 步")
    story.expect_nothing("LI")


@pytest.mark.parametrize(
    "deed",
    [
        "رجلان جرّبا أبواب السيارات الواحدة تلو الأخرى",
        "两人试拉车门，说了 \u202bשלום לכולם\u202c 就走了",
        "Deux hommes ont essaye\u0301 chaque portie\u0300re, un a\u0302ne \u1ea1\u0323\u0304\u0308\u0301 aussi",
        "ชายสองคนลองเปิดประตูรถทุกคัน",
        f"{FAMILY}🏳️‍🌈👍🏽🇨🇳1️⃣🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f试拉车门三次",
        "𠮷家的车门被人挨个试拉，𠀀𠀁",
    ],
    ids=["arabic", "hebrew", "combining", "thai", "emoji", "beyond-bmp"],
)
async def test_every_script_reaches_the_officer_unharmed(story: Story, deed: str) -> None:
    await story.join("WANG")
    await _asked(story)
    await story.say("LI", deed)
    story.expect("LI", "第 6/8 步")
    for label in ("跳过", "跳过", "可以"):
        await story.press("LI", label)
    story.expect("LI", f"经过：{deed}")
    await story.press("LI", "提交")
    story.expect("WANG", deed)


async def test_a_nul_inside_a_text_is_dropped_and_nothing_else(story: Story) -> None:
    await story.join("WANG")
    await _asked(story)
    await _inject(story, {"message": _message(story, "LI", text=f"\0{DEED[:9]}\0{DEED[9:]}\0")})
    story.expect("LI", "第 6/8 步")
    await _finish(story)
    story.expect("WANG", DEED)


async def test_a_card_too_long_for_the_platform_ends_between_two_signs(story: Story) -> None:
    await story.join("WANG")
    await _asked(story)
    await story.say("LI", FAMILY * 142)
    await story.say("LI", FAMILY * 71)
    for label in ("跳过", "可以", "提交"):
        await story.press("LI", label)
    for _ in range(3):
        await story.press("LI", "补充")
        await story.say("LI", FAMILY * 71)
    [card] = [m["text"] for m in story.messages("WANG") if "未经核实" in m["text"]]
    assert len(card.encode("utf-16-le")) // 2 > 4000
    assert re.search(f"\n＋ (?:{FAMILY})+…$", card), card[-40:]


@pytest.mark.parametrize("kind", ["sticker", "voice", "poll", "contact", "dice", "photo", "location"])
async def test_no_text_where_text_is_asked(story: Story, kind: str) -> None:
    await _asked(story)
    what = {"latitude": 31.1, "longitude": 121.2} if kind == "location" else {}
    await story.send("LI", kind, **what)
    story.expect("LI", "请用文字回答", "第 5/8 步")
    await story.say("LI", DEED)
    story.expect("LI", "第 6/8 步")


async def test_a_corrected_message_is_told_and_changes_no_answer(story: Story) -> None:
    await _asked(story)
    phone = story.phones["LI"].id
    [said] = story.sandbox.world.say(phone, phone, DEED)
    await story.settle()
    story.read_all("LI")
    story.sandbox.world.amend(phone, phone, said.message_id, "完全不同的另一件事情发生了")
    await story.settle()
    story.expect("LI", "改过的消息不会被读取")
    story.expect_nothing("LI")
    await _finish(story)
    assert story.db.all(f"select {opened(Report, 'deed')} from report")[0]["deed"] == DEED


async def test_a_forwarded_text_is_an_answer_like_any_and_its_author_is_not_kept(story: Story) -> None:
    await _asked(story)
    author = {"id": 4_242_424_242, "is_bot": False, "first_name": "路人丁"}
    origin = {"forward_origin": {"type": "user", "date": 1, "sender_user": author}}
    forwarded = {"text": "楼下来了几个新疆人，看着就不像好人", **origin}
    await _inject(story, {"message": _message(story, "LI", **forwarded)})
    story.expect("LI", "不是做了什么", "第 5/8 步")
    await _inject(story, {"message": _message(story, "LI", text=f"{DEED}，电话13812345678", **origin)})
    story.expect("LI", "第 6/8 步")
    await _finish(story)
    deed = story.db.all(f"select {opened(Report, 'deed')} from report")[0]["deed"]
    assert deed.startswith(DEED) and "13812345678" not in deed
    for table in ("inbox", "outbox", "draft", "report", "account", "person", "exchange", "opening"):
        for row in story.db.all(f"select * from {table}"):
            assert not any(trace in str(tuple(row)) for trace in ("路人丁", "4242424242")), table


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post", "inline_query", "poll", "something_new"])
async def test_what_nobody_said_to_the_bot_gets_no_answer_and_changes_nothing(story: Story, kind: str) -> None:
    await _asked(story)
    message = _message(story, "LI", text="频道里的一段话，不是对机器人说的")
    query = {"id": "1", "from": message["from"], "query": "试拉车门", "offset": ""}
    await _inject(story, {kind: query if kind == "inline_query" else message})
    story.expect_nothing("LI")
    await story.say("LI", DEED)
    story.expect("LI", "第 6/8 步")
    _tidy(story)


@pytest.mark.parametrize("kind", ["document", "video", "audio", "voice", "animation", "video_note"])
async def test_a_file_is_no_photo_of_a_report(story: Story, kind: str) -> None:
    await story.join("WANG")
    await _asked(story)
    await story.say("LI", DEED)
    await story.press("LI", "跳过")
    await story.say("LI", "在这里")
    story.expect("LI", "请发照片", "第 7/8 步")
    await story.send("LI", kind)
    story.expect("LI", "这一步请发照片", "第 7/8 步")
    await story.send("LI", "photo")
    story.expect("LI", "第 7/8 步", "照片 1 张")


async def test_an_album_arrives_photo_by_photo_and_the_fifth_photo_is_one_too_many(story: Story) -> None:
    await story.join("WANG")
    await _asked(story)
    await story.say("LI", DEED)
    await story.press("LI", "跳过")
    phone = story.phones["LI"].id
    await story.say("LI", "在这里")
    story.expect("LI", "请发照片", "第 7/8 步")
    sent = [story.sandbox.world.send_from(phone, phone, "photo", {"media_group_id": "7"}) for _ in range(3)]
    await story.settle()
    story.expect("LI", "第 7/8 步", "照片 3 张")
    sent += [story.sandbox.world.send_from(phone, phone, "photo", {"media_group_id": "8"}) for _ in range(2)]
    await story.settle()
    story.expect("LI", "最多 4 张照片", "照片 4 张")
    assert len([m for m in story.messages("LI") if "第 7/8 步" in m["text"]]) == 1
    for label in ("选好了", "可以", "提交"):
        await story.press("LI", label)
    [report] = story.db.all(f"select {opened(Report, 'photos')} from report")
    assert report["photos"] == [photo.file_id for photo in sent[:4]]
    assert [m["kind"] for m in story.messages("WANG")].count("photo") == 4


async def test_the_buttons_of_somebody_elses_cards_do_nothing(story: Story) -> None:
    await story.join("ZHOU")
    await file_report(story, "ZHOU")
    await _asked(story)
    await story.join("QIAN")
    drafts = [tuple(row) for row in story.db.all("select * from draft")]
    for label in ("上一步", "放弃"):
        await story.forge("QIAN", _data(story, "LI", label))
        assert "已经关闭" in story.toast("QIAN")
    for verb in ("show", "add", "answer", "withdraw", "withdrawn"):
        await story.forge("QIAN", f"r:1:{verb}")
        assert "不在您的职责" in story.toast("QIAN")
    assert [tuple(row) for row in story.db.all("select * from draft")] == drafts
    assert story.db.all("select state from report")[0]["state"] == "open"
    story.expect_nothing("LI")
    assert DEED not in story.screen("QIAN")


@pytest.mark.parametrize("gone", ["inaccessible", "missing", "inline"])
async def test_a_press_whose_message_is_gone_is_a_press(story: Story, gone: str) -> None:
    await _asked(story, "可疑情况")
    chat = {"id": story.phones["LI"].id, "type": "private"}
    message = {"chat": chat, "message_id": 3, "date": 0} if gone == "inaccessible" else None
    data = _data(story, "LI", "否")
    if gone == "inline":
        query = {"id": "1", "from": _message(story, "LI")["from"], "inline_message_id": "x", "data": data}
        await _inject(story, {"callback_query": query})
    else:
        await _pressed(story, "LI", data, message)
    story.expect("LI", "第 2/8 步")
    _tidy(story)


async def test_a_card_that_was_deleted_comes_back_with_the_next_answer(story: Story) -> None:
    await _asked(story, "可疑情况")
    data = _data(story, "LI", "否")
    card = next(m for m in reversed(story.messages("LI")) if "第 1/8 步" in m["text"])
    story.sandbox.world.delete(story.phones["LI"].id, card["message_id"])
    await _pressed(story, "LI", data, {"chat": {"id": story.phones["LI"].id, "type": "private"}, "message_id": 1})
    story.expect("LI", "第 2/8 步")
    await story.press("LI", "试拉门窗")
    assert _data(story, "LI", "☑ 试拉门窗")


async def test_updates_out_of_order_are_all_dealt_with(story: Story) -> None:
    await _asked(story)
    for number, text in ((3, "第三句话在最前面到了，车门被拉开"), (1, "白色面包车"), (2, "往北")):
        story.sandbox.world.inject({"update_id": 800_000_000 + number, "message": _message(story, "LI", text=text)})
    await story.settle()
    story.expect("LI", "请发照片", "第 7/8 步")  # the third to come; the first two were answers
    [draft] = story.db.all(f"select {opened(Draft, 'answers')} from draft")
    assert (draft["answers"]["deed"], draft["answers"]["scene"]) == ("第三句话在最前面到了，车门被拉开", "白色面包车")
    _tidy(story)


async def test_late_updates_pushed_one_by_one_are_all_dealt_with_and_each_once(story: Story) -> None:
    await _asked(story)
    texts = {3: DEED, 1: "白色面包车", 2: "往北"}
    for number in (3, 1, 3, 2, 1):  # as a webhook that lost its turn would bring them
        raw = {"update_id": 800_000_000 + number, "message": _message(story, "LI", text=texts[number])}
        story.bot.take([Update(f"telegram:{raw['update_id']}", "telegram:1", raw)])
    await story.settle()
    story.expect("LI", "请发照片", "第 7/8 步")
    [draft] = story.db.all(f"select {opened(Draft, 'answers')} from draft")
    assert (draft["answers"]["deed"], draft["answers"]["scene"]) == (DEED, "白色面包车")


async def test_one_account_in_two_roles_has_both_menus_and_gets_the_alert_of_its_own_report(story: Story) -> None:
    await story.join("LI")
    with story.db.transaction() as db:
        expires = story.clock.now() + timedelta(days=1)
        db.insert(Invite, digest=digest("SECOND"), person=story.ids["WANG"], expires_at=expires)
    await story.say("LI", "/start SECOND")
    story.expect("LI", "王警官，您好。您已登记为社区民警")
    await story.say("LI", "/help")
    story.expect("LI", "/report", "/alerts")
    commands = {line["command"] for line in story.sandbox.world.menu(story.phones["LI"].id)}
    assert {"report", "alerts"} <= commands
    await file_report(story)
    story.expect("LI", "已送达王警官，尚未查看")
    story.expect("LI", "未经核实", DEED, "报告人：李敏")
    await story.press("LI", "接手")
    story.expect("LI", "由您办理")
    story.expect("LI", "王警官已查看并接手")
    await story.say("LI", "/alerts")
    await story.press("LI", "我办理的")
    story.expect("LI", "由您办理")
    await story.press("LI", "NY-1-261124-001")
    for label in ("办结", "已处理", "跳过"):
        await story.press("LI", label)
    story.expect("LI", "已办结：已处理。谢谢您")
    await story.say("LI", "/me")
    story.expect("LI", "李敏 · 社区综合协管员", "王警官 · 社区民警", "未办结的报告 0 份")


REMOVALS = {
    "deactivated": "update person set active = 0 where id = ?",
    "unassigned": "delete from assignment where person = ?",
    "another-role": "update person set role = 'coordinator' where id = ?",
}


def _remove(story: Story, who: str, how: str = "unassigned") -> None:
    with story.db.transaction() as db:
        db.execute(REMOVALS[how], (story.ids[who],))


@pytest.mark.parametrize("how", REMOVALS)
async def test_an_officer_removed_while_holding_an_alert_loses_it_and_it_finds_somebody(story: Story, how: str) -> None:
    for code in ("LI", "WANG", "SUN", "GAO"):
        await story.join(code)
    await file_report(story)
    await story.press("WANG", "接手")
    await story.press("WANG", "询问报告人")  # a form left open is worth nothing either
    story.read_all("LI", "SUN", "GAO")
    _remove(story, "WANG", how)
    await story.advance(seconds=1)
    story.expect("SUN", "未经核实", DEED)
    story.expect("LI", "王警官不再负责")
    story.expect("LI", "已送达孙警官，尚未查看")
    story.expect_nothing("LI", "SUN", "GAO")
    assert DEED not in story.screen("WANG")
    await story.say("WANG", "什么颜色的车？")
    assert not story.db.all("select 1 from exchange")
    for verb in ("way", "close", "show", "hand"):
        await story.forge("WANG", f"a:1:{verb}")
        assert "不在您的职责" in story.toast("WANG")
    await story.advance(minutes=10)
    story.expect("GAO", "还没有人接手")
    await story.press("SUN", "接手")
    story.expect("LI", "孙警官已查看并接手")
    await story.press("LI", "补充")
    await story.say("LI", "他们往北门去了")
    story.expect("SUN", "他们往北门去了")
    assert "北门" not in story.screen("WANG")


async def test_an_alert_not_yet_taken_leaves_a_removed_officer_for_the_one_who_follows(story: Story) -> None:
    for code in ("LI", "WANG", "SUN", "HE"):
        await story.join(code)
    await file_report(story)
    story.read_all("LI")
    _remove(story, "WANG")
    with story.db.transaction() as db:
        db.execute("update assignment set place = ? where person = ?", (story.ids["NY"], story.ids["HE"]))
    await story.advance(seconds=1)
    story.expect("HE", "未经核实", DEED)
    story.expect_nothing("SUN")
    story.expect("LI", "已送达何警官，尚未查看")
    assert DEED not in story.screen("WANG")


async def test_an_offer_to_a_removed_officer_lapses_and_the_holder_keeps_the_alert(story: Story) -> None:
    for code in ("LI", "WANG", "SUN", "GAO"):
        await story.join(code)
    await file_report(story)
    for label in ("接手", "移交", "孙警官"):
        await story.press("WANG", label)
    _remove(story, "SUN")
    await story.advance(seconds=1)
    assert DEED not in story.screen("SUN")
    await story.forge("SUN", "a:1:accept")
    assert "不在您的职责" in story.toast("SUN")
    for label in ("移交", "高主任"):
        await story.press("WANG", label)
    await story.press("GAO", "接受移交")
    story.expect("GAO", "由您办理")


async def test_a_place_removed_while_a_draft_names_it_is_asked_again_and_the_rest_stays(story: Story) -> None:
    await story.join("WANG")
    await _asked(story, who="ZHOU")
    await story.say("ZHOU", DEED)
    for label in ("跳过", "跳过", "可以"):
        await story.press("ZHOU", label)
    with story.db.transaction() as db:
        db.execute("update place set active = 0 where code = 'NY-1'")
    await story.press("ZHOU", "提交")
    story.expect("ZHOU", "这个地点已经停用", "第 3/8 步")
    assert not story.db.all("select 1 from report")
    await story.press("ZHOU", "南苑二片")
    story.expect("ZHOU", "地点：南苑二片", f"经过：{DEED}")
    await story.press("ZHOU", "提交")
    story.expect("WANG", "南苑二片", DEED)
    assert story.db.all("select place from report")[0]["place"] == story.ids["NY-2"]


async def test_a_reporter_whose_last_place_is_removed_keeps_the_draft_until_there_is_one(story: Story) -> None:
    await story.join("WANG")
    await _asked(story)
    await story.say("LI", DEED)
    for label in ("跳过", "跳过", "可以"):
        await story.press("LI", label)
    with story.db.transaction() as db:
        db.execute("update place set active = 0 where code = 'NY-1'")
    await story.press("LI", "提交")
    story.expect("LI", "还没有分到责任区", "第 3/8 步")
    with story.db.transaction() as db:
        db.execute("update assignment set place = ? where person = ?", (story.ids["NY-2"], story.ids["LI"]))
    await story.say("LI", "三号楼门口")
    await story.press("LI", "提交")
    story.expect("WANG", "三号楼门口", DEED)
