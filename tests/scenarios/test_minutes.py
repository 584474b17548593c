"""Duties M1 and M2: minutes of a meeting, from attendance to the final document, with an objection over a weekend."""

import base64
from datetime import timedelta
from io import BytesIO

from docx import Document

from handlers import leaving, paper, postings, retention
from handlers.desk import Desk
from handlers.meetings import minutes, points
from models.agenda import AgendaPoint
from models.paper import PaperKind
from models.person import Person
from tests.scenarios.story import Story
from tests.scenarios.test_agenda import add, at_once
from tests.scenarios.test_lead_tip import photo
from tests.scenarios.test_meetings import count, set_up_once
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import joined

STAFF = ("LI", "WU", "WANG", "ZHOU")


def paragraphs(story: Story, who: str) -> list[str]:
    """The newest document on a phone, as another program reads it."""
    name, data = story.files(who)[-1]
    assert name.endswith(".docx")
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs if paragraph.text]


async def test_a_monthly_meeting_from_its_agenda_to_final_minutes(story: Story) -> None:
    await joined(story, *STAFF, "QIAN")
    await set_up_once(story, "周五 14:00 三楼会议室", "ZHOU")
    await story.advance(seconds=1)
    await add(story, "LI", "困难", "三号楼电动车充电没地方")
    await add(story, "WU", "建议", "每月换一次宣传栏")
    await story.press("LI", "✓ 来")
    await story.say("WANG", "/meetings")
    await story.press("WANG", "11月27日周五 14:00")
    await story.press("WANG", "派人代")
    await story.press("WANG", "请谁代")
    story.expect("WANG", "请谁代您参加")
    await story.say("WANG", "司法所张三 13812345678")
    story.expect("WANG", "已记下，由司法所张三", "派人代：王警官（司法所张三")
    assert "13812345678" not in story.messages("WANG")[-1]["text"]
    await story.forge("ZHOU", "ag:1:confirm:0")
    await story.forge("ZHOU", "mn:1:show:0")
    assert story.toast("ZHOU") == "会议还没有开始。"
    await until(story, "2026-11-27", 14)
    story.read_all(*STAFF)

    await story.press("ZHOU", "纪要")
    story.expect("ZHOU", "出席", "到会 2 人：李敏、周婷", "派人代 1 人：王警官（司法所张三", "没有来 1 人：吴芳")
    await story.press("ZHOU", "☐ 吴芳")
    story.expect("ZHOU", "到会 3 人")
    await story.press("ZHOU", "下一步")
    story.expect("ZHOU", "第 1/2 条", "困难：三号楼电动车充电没地方（李敏）", "还没有记录")
    await story.press("ZHOU", "✎ 记录")
    await story.say("ZHOU", "这里的回族人太多")
    story.expect("ZHOU", "⚠")
    await story.say("ZHOU", "在三号楼北侧装八个充电桩")
    story.expect("ZHOU", "第 1/2 条", "在三号楼北侧装八个充电桩", "（周婷 记）")
    await story.press("ZHOU", "定任务")
    await story.say("ZHOU", "联系物业装充电桩")
    await story.press("ZHOU", "李敏")
    await story.say("ZHOU", "下周四")
    story.expect("ZHOU", "任务已定", "第 1/2 条")
    await story.press("ZHOU", "下一步")
    await story.press("ZHOU", "✎ 记录")
    await story.say("ZHOU", "由二片负责，十二月开始")
    await story.press("ZHOU", "加一条")
    await story.say("ZHOU", "春节值班")
    story.expect("ZHOU", "第 3/3 条", "春节值班")
    await story.press("ZHOU", "看全文")
    story.expect(
        "ZHOU",
        "请核对",
        "1. 困难：三号楼",
        "→ 在三号楼北侧装八个充电桩",
        "→ （没有记录）",
        "联系物业装充电桩（李敏）",
    )
    story.read_all("ZHOU")
    await story.press("ZHOU", "发给大家")
    story.expect("ZHOU", "会议纪要（草案）", "请在12月1日周二以前（含当天）提出")
    story.expect("ZHOU", "会议纪要 南苑社区 11月27日周五 14:00 三楼会议室")  # the document
    story.expect_nothing("LI", "WU", "WANG", "QIAN")
    await story.advance(seconds=1)
    story.expect("LI", "您有新的任务")
    for code in ("LI", "WU", "WANG"):
        story.expect(code, "会议纪要写好了", "会议纪要（草案）", "派人代 1 人：王警官（司法所张三", "2. 建议：每月换")
        story.expect(code, "会议纪要 南苑社区")
    story.expect_nothing(*STAFF, "QIAN")
    told = paragraphs(story, "WU")
    assert told[:4] == ["会议纪要", "南苑社区  11月27日周五 14:00 三楼会议室", "会议 南苑社区", "会议纪要（草案）"]
    assert "1. 困难：三号楼电动车充电没地方（李敏）" in told
    assert "在三号楼北侧装八个充电桩" in told
    await story.press("WU", "文件")
    story.expect("WU", "会议纪要 南苑社区")
    files = [data for _, data in story.files("WU")]
    assert files[0] == files[1]

    await until(story, "2026-11-30", 12)  # Monday; nothing is said of minutes that are written
    story.expect_nothing(*STAFF, "QIAN")
    await story.press("WU", "提意见")
    await story.press("WU", "2. 每月换")
    await story.say("WU", "说的是明年一月开始")
    story.expect("WU", "您的意见：说的是明年一月开始（等待答复）")
    await story.advance(seconds=1)
    story.expect("ZHOU", "吴芳对会议纪要有意见", "第 2 条 每月换", "纪要写的是：由二片负责", "意见：说的是明年一月开始")
    await story.press("ZHOU", "更正")
    story.expect("ZHOU", "现在写的是：由二片负责")
    await story.say("ZHOU", "由二片负责，明年一月开始")
    story.expect("ZHOU", "会议纪要（第 2 稿，已更正）", "12月2日周三以前")
    story.expect("ZHOU", "已更正，新稿发给大家")
    story.expect("ZHOU", "会议纪要 南苑社区")
    await story.advance(seconds=1)
    for code in ("LI", "WU", "WANG"):
        story.expect(code, "有更正，请看新稿", "→ 由二片负责，明年一月开始")
        story.expect(code, "会议纪要 南苑社区")
    assert "由二片负责，明年一月开始" in paragraphs(story, "LI")
    assert story.files("LI")[-1][0] == "会议纪要-南苑社区-2026-11-27-第2稿.docx"
    await story.press("LI", "提意见")
    await story.press("LI", "出席情况")
    await story.say("LI", "我迟到了半小时")
    await story.advance(seconds=1)
    story.expect("LI", "等待答复")
    story.expect("ZHOU", "李敏对会议纪要有意见", "出席情况")
    await story.press("ZHOU", "不改，附注意见")
    story.expect("ZHOU", "不改，意见附注在纪要里")
    await story.forge("ZHOU", "mn:1:keep:2")
    assert story.toast("ZHOU") == "已经有人决定附注了。"
    await story.advance(seconds=1)
    story.expect("LI", "您的意见已附注在纪要里", "我迟到了半小时（不改，已附注）")
    story.expect_nothing(*STAFF, "QIAN")

    story.restart()
    await until(story, "2026-12-02", 17)
    story.read_all(*STAFF)  # other duties of these days
    await until(story, "2026-12-02", 23, 59)
    story.expect_nothing(*STAFF)
    await until(story, "2026-12-03", 0)
    story.expect_nothing(*STAFF)
    await until(story, "2026-12-03", 7)
    for code in STAFF:
        story.expect(code, "会议纪要（已定稿）", "附注的意见", "出席情况：我迟到了半小时（李敏）")
    for data in ("mn:1:object:0", "mn:1:resend:0", "mn:1:absent:1", "mn:1:send:0", "mn:1:write:1", "mn:1:correct:1"):
        await story.forge("ZHOU", data)
        assert story.toast("ZHOU") in ("纪要已定稿，不再改动。", "已经有人更正了。"), data
    story.read_all("ZHOU")
    await story.say("WANG", "/meetings")
    await story.press("WANG", "上次会议")
    await story.press("WANG", "纪要")
    story.expect("WANG", "会议纪要（已定稿）")
    await story.press("WANG", "文件")
    assert "出席情况：我迟到了半小时（李敏）" in paragraphs(story, "WANG")
    assert paragraphs(story, "WANG")[3] == "会议纪要（已定稿）"


async def write(story: Story, who: str, words: str, button: str = "✎ 记录") -> None:
    """A text to the point that is open on somebody's card."""
    await story.press(who, button)
    await story.say(who, words)


async def test_minutes_from_taps_in_english(story: Story) -> None:
    await joined(story, "LI", "WANG", language="en")
    story.weeks_are_filed()
    await story.say("WANG", "/meetings Friday 14:00 Hall 2")
    await story.press("WANG", "Submit")
    await add(story, "LI", "Difficulty", "No light at gate 3", "Difficulty or suggestion")
    await story.advance(seconds=1)
    await story.press("LI", "Stand-in")
    await story.press("LI", "Who comes?")
    story.expect("LI", "Who comes in your place?")
    await story.say("LI", "Zhang San")
    story.expect("LI", "Zhang San comes for you", "Stand-in for: 李敏 (by Zhang San)")
    await until(story, "2026-11-27", 14)
    story.read_all("LI", "WANG")
    await until(story, "2026-11-30", 9, 29)
    story.expect_nothing("LI", "WANG")
    await until(story, "2026-11-30", 9, 30)
    story.expect("WANG", "The minutes of this meeting are not written.", "Fri, Nov 27 14:00 Hall 2")
    story.expect_nothing("LI", "WANG")
    await story.press("WANG", "Minutes")
    story.expect("WANG", "Attendance", "There, 1: 王警官", "Stand-in for 1: 李敏 (by Zhang San)", "Not there, 1: 吴芳")
    await story.press("WANG", "⇄ 李敏")
    story.expect("WANG", "There, 2: 李敏")
    await story.press("WANG", "☑ 李敏")
    await story.press("WANG", "☐ 李敏")
    story.expect("WANG", "Stand-in for 1: 李敏 (by Zhang San)")
    await story.press("WANG", "Name a stand-in")
    await story.press("WANG", "吴芳")
    await story.say("WANG", "Li Si")
    story.expect("WANG", "Stand-in for 2: 李敏 (by Zhang San), 吴芳 (by Li Si)")
    await story.press("WANG", "All there")
    story.expect("WANG", "There, 3")
    await story.press("WANG", "Next: the points")
    await write(story, "WANG", "A lamp goes up by Friday", "✎ Write")
    story.expect("WANG", "Point 1/1", "A lamp goes up", "(written by 王警官)")
    await story.press("WANG", "Next ›")
    await story.press("WANG", "Send to everybody")
    story.expect("WANG", "Minutes (draft)", "Objections until the end of Wed, Dec 2, please.")
    await story.advance(seconds=1)
    story.expect(
        "LI", "The minutes are here.", "1. Difficulty: No light at gate 3 (李敏)", "→ A lamp goes up by Friday"
    )
    assert paragraphs(story, "LI")[4:] == [
        "Attendance",
        "There, 3: 李敏, 王警官, 吴芳",
        "1. Difficulty: No light at gate 3 (李敏)",
        "A lamp goes up by Friday",
    ]
    await story.press("LI", "Object")
    await story.press("LI", "Attendance")
    await story.say("LI", "I was not there myself")
    await story.advance(seconds=1)
    story.expect("WANG", "李敏 objects to the minutes", "I was not there myself")
    await story.press("WANG", "Correct")
    await story.press("WANG", "☑ 李敏")
    await story.press("WANG", "Send the correction")
    story.expect("WANG", "Corrected; the new version goes to everybody")
    story.expect("WANG", "Minutes (version 2, corrected)", "Not there, 1: 李敏")
    await story.advance(seconds=1)
    story.expect("LI", "with two working days for objections", "I was not there myself (corrected)")
    for label in ("Object", "1. No light"):
        await story.press("LI", label)
    await story.say("LI", "It is gate 4")
    await story.advance(seconds=1)
    story.expect("WANG", "李敏 objects to the minutes", "Point 1 No light at gate 3", "It is gate 4")
    await story.press("WANG", "Keep, note it")
    story.expect("WANG", "Kept; the minutes note the objection.")
    await story.advance(seconds=1)
    story.expect("LI", "The minutes note your objection.", "It is gate 4 (text kept, objection noted)")
    await story.press("WANG", "Amend")
    story.expect("WANG", "When it is right, send the correction", "with two working days for objections from then")
    await story.press("WANG", "Send the correction")
    assert story.toast("WANG") == "Nothing has changed; nothing was sent."
    await until(story, "2026-12-02", 23, 59)
    story.read_all("LI", "WANG")  # other duties of these days
    await until(story, "2026-12-03", 7)
    story.expect("LI", "Minutes (final)", "Objections noted", "Point 1: It is gate 4 (李敏)")


async def test_a_draft_is_amended_though_nobody_objects_and_goes_out_once_it_is_sent(story: Story) -> None:
    await joined(story, *STAFF)
    await set_up_once(story, "周五 14:00 警务室")
    await add(story, "LI", "困难", "三号楼电动车充电没地方")
    await until(story, "2026-11-27", 14)
    await story.press("WANG", "纪要")
    await story.press("WANG", "下一步")
    await write(story, "WANG", "装八个充电桩")
    await story.press("WANG", "照片")
    await flip_chart(story, "WANG")
    await story.press("WANG", "选好了")
    await story.press("WANG", "看全文")
    await story.press("WANG", "发给大家")
    await story.advance(seconds=1)
    await story.press("LI", "提意见")
    await story.press("LI", "出席情况")
    await story.say("LI", "我没有到")
    await story.advance(seconds=1)
    story.read_all(*STAFF)
    await until(story, "2026-11-30", 10)
    assert "改纪要" not in labels(story, "LI")
    await story.press("WANG", "✎ 改纪要")
    story.expect("WANG", "再有两个工作日可以提意见", "不发，就还是原来的稿子", "照片 1 张")
    await story.press("WANG", "✓ 发送更正")
    assert story.toast("WANG") == "没有改动，不用再发。"
    await story.press("WANG", "✎ 1")
    await story.press("WANG", "✗ 照片")  # what should not be seen is gone at once
    assert not count(story, "attachment where state = 'kept'")
    await write(story, "WANG", "装十个充电桩")
    story.expect("WANG", "第 1/1 条", "装十个充电桩")
    await story.say("LI", "/meetings")
    await story.press("LI", "上次会议")
    await story.press("LI", "纪要")
    assert "→ 装八个充电桩" in story.messages("LI")[-1]["text"]  # still the version that was sent
    story.read_all("LI")
    await story.press("WANG", "看全文")
    await story.press("WANG", "✓ 发送更正")
    assert story.toast("WANG") == "已发出。"
    story.expect("WANG", "会议纪要（第 2 稿，已更正）", "→ 装十个充电桩", "12月2日周三以前")
    assert count(story, "objection where state = 'open'") == 1  # it is about something else
    await story.advance(seconds=1)
    for code in ("LI", "WU"):
        story.expect(code, "会议纪要有更正，请看新稿，再有两个工作日可以提意见。", "→ 装十个充电桩")
        story.expect(code, "会议纪要 南苑社区")
        assert "照片" not in story.messages(code)[-2]["text"]
    story.expect_nothing("LI", "WU")
    await story.press("WANG", "✎ 改纪要")
    await story.press("WANG", "出席")
    await story.press("WANG", "☐ 李敏")
    await story.press("WANG", "看全文")
    await story.press("WANG", "✓ 发送更正")
    assert not count(story, "objection where state = 'open'")
    await until(story, "2026-12-02", 23)
    for label in ("✎ 改纪要", "✎ 1", "✎ 记录"):
        await story.press("WANG", label)
    await until(story, "2026-12-03", 7)
    await story.say("WANG", "太晚了")
    story.expect("WANG", "⚠ 纪要已定稿，不再改动。", "现在的答案：太晚了")


async def test_two_who_write_at_once_keep_what_both_wrote(story: Story) -> None:
    await joined(story, "LI", "WANG", "ZHOU")
    await set_up_once(story, "周五 14:00 三楼会议室", "ZHOU")
    await add(story, "LI", "困难", "三号楼电动车充电没地方")
    await until(story, "2026-11-27", 14)
    for who in ("WANG", "ZHOU"):
        await story.press(who, "纪要")
        await story.press(who, "下一步")
        await story.press(who, "✎ 记录")
    await story.say("WANG", "装八个充电桩")
    story.expect("WANG", "装八个充电桩", "（王警官 记）")
    await story.say("ZHOU", "物业出钱")
    story.expect("ZHOU", "⚠ 别人刚刚写了这一条", "刚刚写进去的：装八个充电桩", "您写的：物业出钱")
    story.restart()
    await write(story, "WANG", "装十个充电桩")
    await story.press("ZHOU", "两段都留")  # of what is not what it was by now
    story.expect("ZHOU", "⚠ 别人刚刚写了这一条", "刚刚写进去的：装十个充电桩", "您写的：物业出钱")
    await story.press("ZHOU", "两段都留")
    story.expect("ZHOU", "第 1/1 条", "装十个充电桩\n物业出钱", "（周婷 记）")
    await write(story, "WANG", "别的")
    story.expect("WANG", "第 1/1 条", "别的")
    await story.press("ZHOU", "✎ 记录")
    await write(story, "WANG", "又一次")
    await story.say("ZHOU", "不要这一句")
    await story.press("ZHOU", "用刚写进去的")
    story.expect("ZHOU", "第 1/1 条", "又一次", "（王警官 记）")
    # Taps of two on who was there agree, and only one sends.
    await at_once(story, "mn:1:there:1", "WANG", "ZHOU")
    for who in ("WANG", "ZHOU"):
        await story.forge(who, "mn:1:people:0")
        story.expect(who, "李敏")
    await story.forge("ZHOU", "mn:1:write:1")
    await at_once(story, "mn:1:send:0", "WANG", "ZHOU")
    assert story.toast("WANG") == "已发出。"
    assert story.toast("ZHOU") == "纪要已经发出，请看最新的。"
    await story.say("ZHOU", "来不及了")
    story.expect("ZHOU", "⚠ 纪要已经发出", "现在的答案：来不及了")
    assert count(story, "minutes where version = 1") == 1


async def test_two_who_decide_on_one_objection_at_once(story: Story) -> None:
    await joined(story, "LI", "WANG", "ZHOU")
    await set_up_once(story, "周五 14:00 三楼会议室", "ZHOU")
    await add(story, "LI", "困难", "三号楼电动车充电没地方")
    await until(story, "2026-11-27", 14)
    await story.press("ZHOU", "纪要")
    await story.forge("ZHOU", "mn:1:send:0")
    await story.advance(seconds=1)
    await story.press("LI", "提意见")
    await story.press("LI", "1. 三号楼")
    await story.say("LI", "漏了充电桩")
    await story.advance(seconds=1)
    await story.press("ZHOU", "更正")
    await story.forge("WANG", "mn:1:keep:1")
    assert story.toast("WANG") == "意见已附注。"
    await story.say("ZHOU", "装八个充电桩")
    story.expect("ZHOU", "⚠ 这条意见刚刚已经有人处理了")
    assert count(story, "minutes where version = 1") == 1


async def test_nobody_wrote_minutes(story: Story) -> None:
    """It is said to who called the meeting, each working morning while they may be begun; then all stays as it is."""
    await joined(story, "LI", "WANG", "ZHOU", "CHEN", "HE")
    await set_up_once(story, "周五 14:00 三楼会议室", "ZHOU")
    await set_up_once(story, "周五 14:00 东溪", "CHEN")  # nothing to talk about: nothing is said of it
    await add(story, "LI", "困难", "三号楼电动车充电没地方")
    await until(story, "2026-11-27", 14)
    await until(story, "2026-11-27", 16, 1)  # nobody called it done
    await story.say("LI", "/meetings")
    await add(story, "LI", "建议", "换宣传栏")  # too late for this one
    story.read_all("LI", "WANG", "ZHOU", "CHEN", "HE")
    await until(story, "2026-11-29", 12)
    story.expect_nothing("ZHOU", "CHEN")
    await until(story, "2026-11-30", 9, 29)
    story.expect_nothing("ZHOU", "CHEN")
    await until(story, "2026-11-30", 9, 30)
    story.expect("ZHOU", "纪要还没有写", "11月27日周五 14:00")
    await until(story, "2026-11-30", 23)
    story.expect_nothing("ZHOU", "WANG", "CHEN", "HE", "LI")
    await until(story, "2026-12-01", 9, 30)
    story.read_all("ZHOU", "CHEN")  # the data room is asked about, too
    await story.say("ZHOU", "/meetings")
    await story.press("ZHOU", "11月27日周五的纪要还没写")
    story.expect("ZHOU", "出席")
    await story.press("ZHOU", "下一步")
    story.expect("ZHOU", "第 1/1 条", "三号楼电动车充电没地方")
    story.read_all("ZHOU")
    await until(story, "2026-12-02", 9, 30)  # once more, as somebody has begun
    story.expect("ZHOU", "纪要还没有写")
    await until(story, "2026-12-03", 9, 30)
    await until(story, "2026-12-04", 9, 30)
    story.expect_nothing("ZHOU", "CHEN")
    await story.press("ZHOU", "纪要")  # what was begun may be finished
    await story.press("ZHOU", "下一步")
    await write(story, "ZHOU", "装八个充电桩")
    await story.press("ZHOU", "看全文")
    await story.press("ZHOU", "发给大家")
    story.expect("ZHOU", "会议纪要（草案）", "12月8日周二以前")
    assert count(story, "meeting where id = 1 and state = 'done'") == 1
    assert count(story, "agenda_point where occasion = 1") == 1
    for who in ("CHEN", "WANG"):
        await story.forge(who, "mn:2:show:0")
    assert story.toast("CHEN") == "补写纪要的期限已过。"
    assert story.toast("WANG") == "这件事不在您的职责或辖区内。"


async def test_an_agenda_confirmed_twice_at_once(story: Story) -> None:
    await joined(story, "LI", "WANG", "ZHOU")
    await set_up_once(story, "周五 14:00 三楼会议室", "ZHOU")
    await add(story, "LI", "困难", "三号楼电动车充电没地方")
    await at_once(story, "ag:1:confirm:0", "WANG", "ZHOU")
    assert story.toast("WANG") == "议程已确定。"
    assert story.toast("ZHOU") == "议程已经确定过了。"


async def test_forty_people_on_pages(story: Story) -> None:
    await joined(story, "LI", "WANG")
    with story.db.transaction() as db:
        for number in range(37):
            person = db.insert(Person, code=f"P{number}", name=f"协管{number:02}", role="coordinator")
            postings.assign(db, person, [story.ids["NY-1"]], None)
    await set_up_once(story, "周五 14:00 警务室")
    await until(story, "2026-11-27", 14)
    await story.press("WANG", "纪要")
    story.expect("WANG", "到会 1 人：王警官", "没有来 39 人", "共 39")
    await story.press("WANG", "2/3 ›")
    await story.press("WANG", "☐ 协管20")
    story.expect("WANG", "到会 2 人：王警官、协管20")
    await story.press("WANG", "3/3 ›")
    await story.press("WANG", "☐ 协管36")
    story.expect("WANG", "到会 3 人")
    await story.press("WANG", "全部到会")
    story.expect("WANG", "到会 40 人")
    assert max(len(row) for m in story.messages("WANG") for row in m["keyboard"] or []) <= 3


async def test_words_of_minutes_are_kept_for_a_year(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await set_up_once(story, "周五 14:00 警务室")
    await add(story, "LI", "困难", "三号楼电动车充电没地方")
    await until(story, "2026-11-27", 14)
    await story.press("LI", "派人代")
    await story.press("LI", "请谁代")
    await story.say("LI", "司法所张三")
    await story.press("WANG", "纪要")
    await story.press("WANG", "下一步")
    await write(story, "WANG", "装八个充电桩")
    await story.forge("WANG", "mn:1:send:0")
    await story.advance(seconds=1)
    await story.press("LI", "提意见")
    await story.press("LI", "1. 三号楼")
    await story.say("LI", "漏了")
    kept = (
        "minutes where content is not null",
        "minutes_point where heading <> ''",
        "objection",
        "attendance where stand_in <> ''",
    )

    def forgotten() -> list[int]:
        with story.db.transaction():
            retention.erase(Desk(story.db, story.clock.now(), story.bot.house))
        return [count(story, each) for each in kept]

    await until(story, "2026-12-03", 9)
    assert forgotten() == [1, 1, 1, 1]
    await until(story, "2027-11-26", 9)
    assert forgotten() == [1, 1, 1, 1]
    await until(story, "2027-11-28", 9)
    assert forgotten() == [0, 0, 0, 0]
    await story.forge("LI", "mn:1:show:0")
    story.expect("LI", "会议纪要（已定稿）", "保存期限已过")
    await story.forge("LI", "mn:1:file:0")
    assert story.toast("LI") == "纪要已定稿，不再改动。"


async def test_the_name_of_who_is_erased_goes_from_final_minutes(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await set_up_once(story, "周五 14:00 警务室")
    await until(story, "2026-11-27", 14)
    await story.press("WANG", "纪要")
    await story.press("WANG", "全部到会")
    await story.forge("WANG", "mn:1:send:0")
    await until(story, "2026-12-02", 8)
    with story.db.transaction():
        desk = Desk(story.db, story.clock.now(), story.bot.house)
        found = leaving.find(desk, "LI")
        assert found is not None
        leaving.erase_person(desk, found)
    await story.press("WANG", "文件")
    assert not any("李敏" in line for line in paragraphs(story, "WANG"))
    assert any("吴芳" in line for line in paragraphs(story, "WANG"))


async def test_what_is_too_much_is_said_in_words_and_nothing_is_lost(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await set_up_once(story, "周五 14:00 警务室")
    with story.db.transaction() as db:
        for number in range(points.MOST_WAITING):
            words = f"第{number}件事"
            place, by = story.ids["NY"], story.ids["LI"]
            db.insert(AgendaPoint, place=place, by=by, kind="difficulty", words=words, at=story.clock.now())
    await add(story, "LI", "困难", "三号楼电动车充电没地方")
    story.expect("LI", "⚠ 您提的还有很多没有讨论", "三号楼电动车充电没地方")
    await story.press("LI", "放弃")
    await until(story, "2026-11-27", 14)
    await story.press("WANG", "纪要")
    await story.press("WANG", "下一步")
    story.expect("WANG", "第 1/20 条")
    await story.press("WANG", "看全文")
    story.expect("WANG", "请核对", "10. 困难：第9件事", "……共 20")
    await story.press("WANG", "发给大家")
    await story.advance(seconds=1)
    for number in range(minutes.MOST_OBJECTIONS):
        await story.press("LI", "提意见")
        await story.press("LI", "1. 第0件事")
        if number == 1:
            await story.say("LI", "长" * 501)
            story.expect("LI", "⚠")
        await story.say("LI", f"意见{number}")
        story.expect("LI", f"您的意见：意见{number}（等待答复）")
    await story.forge("LI", "mn:1:object:0")
    assert story.toast("LI") == "纪要已经发出，请看最新的。"
    await story.advance(seconds=1)
    story.read_all("WANG", "LI")
    # Nobody answers: the minutes note them, and a form that was open says so.
    await until(story, "2026-12-01", 23)
    await story.press("WANG", "更正")
    await until(story, "2026-12-02", 8)
    await story.say("WANG", "太晚了")
    story.expect("WANG", "⚠ 纪要已定稿，不再改动。", "现在的答案：太晚了")
    await story.press("WANG", "放弃")
    for number in range(minutes.MOST_OBJECTIONS):
        story.expect("WANG", f"意见：意见{number}", "不改，意见附注在纪要里")
    assert "更正" not in labels(story, "WANG")
    story.expect("LI", "会议纪要（已定稿）", "第 1 条：意见0（李敏）", "第 1 条：意见2（李敏）")


async def flip_chart(story: Story, who: str, *, kind: str = "photo", data: bytes = b"") -> None:
    """A photo, sent into the form that asks for one."""
    await story.send(who, kind, file=base64.b64encode(data or photo()).decode())


async def test_photos_of_the_flip_chart_stand_in_the_document(story: Story) -> None:
    await joined(story, "LI", "WANG", "CHEN")
    await set_up_once(story, "周五 14:00 警务室")
    await add(story, "LI", "困难", "三号楼电动车充电没地方")
    await until(story, "2026-11-27", 14)
    await story.press("WANG", "纪要")
    await story.press("WANG", "下一步")
    await story.press("WANG", "照片")
    story.expect("WANG", "请发照片")
    await flip_chart(story, "WANG")
    await flip_chart(story, "WANG")
    await story.press("WANG", "选好了")
    story.expect("WANG", "第 1/1 条", "照片 2 张")
    await story.press("WANG", "照片")  # others take their place
    await flip_chart(story, "WANG")
    await story.press("WANG", "选好了")
    story.expect("WANG", "第 1/1 条", "照片 1 张")
    assert len(list(story.bot.house.cabinet.folder.iterdir())) == 1
    await story.press("WANG", "✗ 照片")
    story.expect("WANG", "（还没有记录）")
    assert not count(story, "attachment where state = 'kept'")
    assert not list(story.bot.house.cabinet.folder.iterdir())
    await story.press("WANG", "照片")
    await flip_chart(story, "WANG")
    await story.press("WANG", "选好了")
    await story.press("WANG", "看全文")
    story.expect("WANG", "照片 1 张")
    await story.press("WANG", "发给大家")
    await story.advance(seconds=1)
    story.expect("LI", "会议纪要写好了", "照片 1 张")
    _, data = story.files("LI")[-1]
    [shape] = Document(BytesIO(data)).inline_shapes
    assert shape._inline.docPr.get("descr") == "1. 困难：三号楼电动车充电没地方（李敏）"
    await story.press("LI", "文件")
    assert story.files("LI")[-1][1] == data
    # Whoever was not invited gets no document, however it was ordered.
    with story.db.transaction():
        desk = Desk(story.db, story.clock.now(), story.bot.house)
        paper.order(desk, PaperKind.MINUTES, story.ids["CHEN"], "1", place=story.ids["NY"])
    await story.settle()
    assert not story.files("CHEN")
    await until(story, "2026-12-02", 8)
    story.clock.moment += timedelta(days=366)
    with story.db.transaction():
        retention.erase(Desk(story.db, story.clock.now(), story.bot.house))
    assert not count(story, "attachment where state = 'kept'")
    assert not list(story.bot.house.cabinet.folder.iterdir())


async def test_what_is_no_photo_is_left_out_and_said_so(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await set_up_once(story, "周五 14:00 警务室")
    await add(story, "LI", "困难", "三号楼电动车充电没地方")
    await until(story, "2026-11-27", 14)
    await story.press("WANG", "纪要")
    await story.press("WANG", "下一步")
    await story.press("WANG", "照片")
    await story.say("WANG", "没有照片")
    story.expect("WANG", "⚠", "请发照片")
    await flip_chart(story, "WANG")
    await flip_chart(story, "WANG")
    with story.db.transaction() as db:
        db.execute("update attachment set kind = 'document' where id = 2")
    await story.press("WANG", "选好了")
    story.expect("WANG", "有的没有收下", "照片 1 张")
    await story.bot.porter.work()
    assert count(story, "attachment where state = 'kept'") == 1
