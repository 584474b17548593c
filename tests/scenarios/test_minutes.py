"""Duties M1 and M2: minutes of a meeting, from attendance to the final document, with an objection over a weekend."""

from io import BytesIO

from docx import Document

from tests.scenarios.story import Story
from tests.scenarios.test_agenda import add, agree, at_once
from tests.scenarios.test_meetings import count, set_up_once
from tests.scenarios.test_violation import until
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
    assert story.toast("ZHOU") == "补写纪要的期限已过。" or "还没有" in story.toast("ZHOU")
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
        "→ （还没有记录）",
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
