"""What goes wrong with a tip: every bad file, code and moment is answered, and nothing that was written is lost."""

import io
import resource
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from chat.messages import Update
from models.database import opened as columns_of
from models.report import Report
from tests.scenarios.story import Story
from tests.scenarios.test_lead_tip import DEED, filled, opened, photo, tipped


def _heic() -> bytes:
    register_heif_opener()
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "blue").save(out, "HEIF")
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


def _vast() -> bytes:
    """A picture of 30,000 × 30,000 points, in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def _program() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


async def _send(story: Story, data: bytes, name: str = "a.jpg", kind: str = "document", caption: str = "") -> None:
    phone, world = story.phones["X"].id, story.sandbox.world
    world.send_from(phone, phone, kind, {"caption": caption}, world.keep(data, name))
    await story.settle()


async def _at_the_files(story: Story) -> None:
    await opened(story)
    for label in ("匿名", "盗窃"):
        await story.press("X", label)
    await story.say("X", DEED)
    for label in ("跳过", "现在", "看到的"):
        await story.press("X", label)
    story.read_all("X", "WANG")


async def _sent(story: Story) -> None:
    for label in ("不涉及", "凭查询码", "提交"):
        await story.press("X", label)
    story.expect("WANG", DEED)


def _kinds(story: Story, who: str) -> list[str]:
    return [message["kind"] for message in story.messages(who) if message["kind"] != "text"]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.jpg", "是空的"),
        (_zip(), "a.jpg", "这种文件不能收"),
        (_vast(), "a.png", "尺寸太大"),
        (_program(), "a.pdf", "带有程序"),
        (photo()[:150], "a.jpg", "打不开"),
        (b"MZ" + b"\0" * 500, "a.jpg", "这种文件不能收"),
    ],
    ids=["empty", "zip", "vast", "program", "half", "exe"],
)
async def test_a_file_that_cannot_be_taken_is_told_and_the_tip_goes_on(
    story: Story, data: bytes, name: str, words: str
) -> None:
    await _at_the_files(story)
    await _send(story, data, name)
    story.expect("X", words, "没有收下")
    await _sent_without(story)
    assert not _kinds(story, "WANG")


async def _sent_without(story: Story) -> None:
    """The card has forgotten the file: there is nothing to be done with, only to be skipped."""
    await story.press("X", "跳过")
    await _sent(story)


async def test_a_heic_comes_as_a_plain_picture(story: Story) -> None:
    await _at_the_files(story)
    await _send(story, _heic(), "IMG.HEIC")
    await story.press("X", "选好了")
    await _sent(story)
    assert _kinds(story, "WANG") == ["photo"]


async def test_a_file_that_the_platform_no_longer_has(story: Story) -> None:
    await _at_the_files(story)
    world = story.sandbox.world
    phone = story.phones["X"].id
    note = world.send_from(phone, phone, "document", {}, world.keep(photo(), "a.jpg", "image/jpeg"))
    assert note.file_id
    world.lose(note.file_id)
    await story.settle()
    story.expect("X", "已经没有这个附件")


async def test_a_disk_without_room_is_told_and_words_go_on(story: Story) -> None:
    await _at_the_files(story)
    noise = Image.effect_noise((1500, 1500), 100)
    out = io.BytesIO()
    noise.save(out, "PNG")
    with _no_file_longer_than(1 << 20):
        await _send(story, out.getvalue(), "a.png")
    story.expect("X", "存不下")
    await story.press("X", "跳过")
    await _sent(story)


@contextmanager
def _no_file_longer_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_tip_of_photos_is_asked_for_its_words_and_keeps_the_photos(story: Story) -> None:
    await opened(story)
    for label in ("匿名", "盗窃"):
        await story.press("X", label)
    await _send(story, photo(), kind="photo")
    story.expect("X", "附件已收下", "发生了什么")
    await story.say("X", DEED)
    for label in ("跳过", "现在", "看到的"):
        await story.press("X", label)
    story.expect("X", "附件 1 个")
    await story.press("X", "选好了")
    await _sent(story)
    assert _kinds(story, "WANG") == ["photo"]


async def test_words_under_a_photo_are_the_answer(story: Story) -> None:
    await opened(story)
    for label in ("匿名", "盗窃"):
        await story.press("X", label)
    await _send(story, photo(), kind="photo", caption=DEED)
    story.expect("X", "在哪里")


async def test_the_fifth_file_is_one_too_many(story: Story) -> None:
    await _at_the_files(story)
    for _ in range(5):
        await _send(story, photo())
    story.expect("X", "最多 4 个")
    await story.press("X", "选好了")
    await _sent(story)
    assert _kinds(story, "WANG") == ["photo"] * 4


@pytest.mark.parametrize("committee", ["DX", "NY"])
async def test_a_poster_of_a_committee_that_is_gone_leads_to_the_others(story: Story, committee: str) -> None:
    with story.db.transaction() as db:
        db.execute("update place set active = 0 where code = ?", (committee,))
    story.stranger("X")
    await story.say("X", f"/start tip-{story.ids[committee]}")
    story.expect("X", "已经停用")
    story.expect("X", "向东溪村" if committee == "NY" else "向南苑社区")


@pytest.mark.parametrize("payload", ["tip-999999", "tip-0", "tip-x", "tip-"])
async def test_a_poster_that_names_nothing(story: Story, payload: str) -> None:
    story.stranger("X")
    await story.say("X", f"/start {payload}")
    assert story.messages("X")[-1]["from"] == "bot"


@pytest.mark.parametrize("change", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c[:3]} {c[3:]} "])
async def test_a_code_is_known_however_it_is_typed(story: Story, change: object) -> None:
    await opened(story)
    code = await tipped(story)
    assert callable(change)
    await story.say("X", change(code))
    story.expect("X", "直接写下一条消息")


async def test_every_slip_of_one_sign_is_told_from_a_wrong_code(story: Story) -> None:
    await opened(story)
    code = await tipped(story)
    story.read_all("X")
    slipped = code[:-1] + ("2" if code[-1] != "2" else "3")
    for typed in (slipped, code[1] + code[0] + code[2:] if code[0] != code[1] else slipped, "O" + code[1:]):
        await story.say("X", typed)
        story.expect("X", "抄错了")


async def test_a_thousand_wrong_codes_open_nothing_and_shut_out_nobody_else(story: Story) -> None:
    from models.receipt import new_code

    await opened(story)
    code = await tipped(story)
    phone = story.phones["X"].id
    user = {"id": phone, "is_bot": False, "first_name": "X"}
    for number in range(1000):
        message = {
            "message_id": number,
            "date": 0,
            "chat": {"id": phone, "type": "private"},
            "from": user,
            "text": new_code(),
        }
        raw = {"update_id": 900_000_000 + number, "message": message}
        story.bot.take([Update(f"telegram:{raw['update_id']}", f"telegram:{phone}", raw)])
    await story.settle()
    assert story.screen("X").count("没有这个查询码") == 5
    assert DEED not in story.screen("X")
    story.read_all("X")
    await story.say("X", code)
    story.expect("X", "试的次数太多")
    story.stranger("Y")
    await story.say("Y", code)
    story.expect("Y", "直接写下一条消息")


@pytest.mark.parametrize(("how", "source"), [("匿名", "匿名提供"), ("署名", "报告人：李敏")])
async def test_a_tip_of_somebody_who_is_staff(story: Story, how: str, source: str) -> None:
    for code in ("WANG", "LI"):
        await story.join(code)
    await story.say("LI", "/tip")
    await story.press("LI", how)
    await story.press("LI", "盗窃")
    await story.say("LI", DEED)
    for label in ("跳过", "现在", "看到的", "跳过", "不涉及", "可以", "提交"):
        await story.press("LI", label)
    story.expect("WANG", DEED, source)
    [report] = story.db.all("select reporter, giver_mark from report")
    assert (report["reporter"] is None) == (how == "匿名") and report["giver_mark"] is None


async def test_a_giver_who_blocks_the_bot_hinders_nobody(story: Story) -> None:
    await opened(story)
    await tipped(story, how="提醒我")
    world = story.sandbox.world
    world.people[story.phones["X"].id].blocked = True
    for label in ("接手", "询问报告人"):
        await story.press("WANG", label)
    await story.say("WANG", "车牌看清了吗")
    story.expect("WANG", "问题已转给报告人")
    for label in ("办结", "不属实", "跳过"):
        await story.press("WANG", label)
    assert story.db.one("select state from report")["state"] == "closed"  # type: ignore[index]
    assert not story.db.all("select 1 from inbox where state <> 'done'")


async def test_who_gives_it_up_leaves_nothing(story: Story) -> None:
    await _at_the_files(story)
    await _send(story, photo())
    await story.press("X", "放弃")
    assert not story.db.all("select 1 from draft union all select 1 from attachment union all select 1 from report")
    assert not list(story.bot.house.cabinet.folder.iterdir())
    assert DEED not in [m["text"] for m in story.messages("X")]


async def test_screening_and_masking_hold_for_tips_and_for_answers_by_code(story: Story) -> None:
    await opened(story)
    for label in ("匿名", "盗窃"):
        await story.press("X", label)
    await story.say("X", "隔壁那个维族人不像好人，请来查一查")
    story.expect("X", "没有收下")
    await story.press("X", "上一步")
    await story.press("X", "上一步")
    await filled(story, deed=f"{DEED}，电话 13812345678")
    await story.press("X", "提交")
    [report] = story.db.all(f"select {columns_of(Report, 'deed')} from report")
    assert "13812345678" not in report["deed"] and DEED in report["deed"]


async def test_too_many_tips_of_one_account_and_a_blocked_source_read_the_same_words(story: Story) -> None:
    await opened(story)
    for kind in ("盗窃", "诈骗", "毒品"):
        await tipped(story, kind=kind)
        await story.say("X", f"/start tip-{story.ids['NY']}")
    story.expect("X", "暂时不能再收", "110")
    told = story.messages("X")[-1]["text"]
    story.stranger("Y")
    await story.say("Y", f"/start tip-{story.ids['NY']}")
    await tipped(story, "Y", kind="火灾隐患")
    for label in ("接手", "办结", "恶意", "跳过"):
        await story.press("WANG", label)
    await story.say("Y", f"/start tip-{story.ids['NY']}")
    assert story.messages("Y")[-1]["text"] == told
    assert "恶意" not in story.screen("Y")
    await story.advance(hours=25)
    await story.say("Y", f"/start tip-{story.ids['NY']}")
    story.expect("Y", "向南苑社区提供线索")
