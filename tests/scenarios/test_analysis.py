"""Duty M3: the monthly analysis of a committee: asked for, sent before the meeting, once, and made at any time."""

from datetime import timedelta
from io import BytesIO

import aiohttp
from docx import Document

from tests.scenarios.story import Story
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import joined

ASKED, SENT = "2026-12-02", "2026-12-03"  # three and two working days before 7 December, the fifth of the month

PAPERS = [f"月度数据分析-南苑社区-2026-11.{ending}" for ending in ("docx", "png")]


def documents(story: Story, who: str) -> list[str]:
    """The names of the files that a phone shows."""
    return [m["file_name"] for m in story.messages(who) if m.get("file_name")]


def only_analyses(story: Story) -> None:
    """Nobody is reminded of a week; the monthly analyses are still to come."""
    story.weeks_are_filed()
    with story.db.transaction():
        story.db.execute("delete from monthly_analysis")


async def read(story: Story, who: str) -> str:
    """The words of the last document on a phone."""
    file = next(m["file"] for m in reversed(story.messages(who)) if (m["file_name"] or "").endswith(".docx"))
    async with aiohttp.ClientSession() as session, session.get(story.sandbox.url.rstrip("/") + file) as answer:
        made = Document(BytesIO(await answer.read()))
    return "\n".join(paragraph.text for paragraph in made.paragraphs)


async def counted(story: Story, *counts: str, send: str = "提交") -> None:
    """The cadre fills the form of counts that is open, and sends it."""
    for each in counts:
        await story.say("ZHOU", each)
    await story.press("ZHOU", send)


async def test_it_is_asked_for_filled_and_sent_to_cadre_and_officer(story: Story) -> None:
    only_analyses(story)
    await joined(story, "ZHOU", "CHEN", "WANG")
    await until(story, ASKED, 8, 59)
    story.read_all("ZHOU", "CHEN", "WANG")
    await until(story, ASKED, 9)
    story.expect("ZHOU", "请报登记簿数目、困难和建议", "12月3日周四 14:00", "南苑社区 2026-11", "登记率 —")
    story.expect("CHEN", "东溪村 2026-11")
    await story.press("ZHOU", "报登记簿数目")
    story.expect("ZHOU", "第 1/4 步", "南苑社区 2026-11：现在一共有多少户住所")
    await counted(story, "800", "820", "一千", "915")
    story.expect("ZHOU", "已覆盖的不会多于住户总数")
    await counted(story, "790")
    story.expect("ZHOU", "登记率 91.5%（915/1000） ▲", "覆盖率 98.7%（790/800） ▼", "登记簿数目：已报")
    await story.press("ZHOU", "写困难和建议")
    await story.say("ZHOU", "白天家里没人")
    await story.press("ZHOU", "跳过")
    await story.press("ZHOU", "提交")
    story.expect("ZHOU", "困难和建议：已写")
    await story.press("ZHOU", "写困难和建议")
    story.expect("ZHOU", "发出前都可以改", "困难：白天家里没人", "建议：无")
    await story.press("ZHOU", "✎ 建议")
    await story.say("ZHOU", "增加晚间走访")
    await story.press("ZHOU", "提交")
    story.read_all("ZHOU")
    story.restart()
    await until(story, SENT, 9)
    story.expect_nothing("ZHOU", "WANG")  # all is told: nobody is reminded
    story.expect("CHEN", "分析今天 14:00 发出，还缺：登记簿数目、困难和建议")
    await until(story, SENT, 13, 59)
    story.expect_nothing("ZHOU", "WANG")
    await until(story, SENT, 14)
    for code in ("ZHOU", "WANG"):
        assert documents(story, code) == PAPERS, code
    told = await read(story, "WANG")
    for part in ("六、困难", "白天家里没人", "增加晚间走访", "登记率 91.5%（915/1000），达到 91% 的目标。"):
        assert part in told
    assert "到生成时，村(居)委还没有填写。" in await read(story, "CHEN")  # on time without them
    story.restart()
    story.read_all("ZHOU", "WANG")
    for day in ("2026-12-04", "2026-12-07", "2026-12-08"):
        await until(story, day, 14)
        story.expect_nothing("ZHOU", "WANG")
    await story.say("ZHOU", "/board")
    await story.press("ZHOU", "月度数据分析")
    story.expect("ZHOU", "2026-12")
    await story.forge("ZHOU", f"an:{story.ids['NY']}:words:202611")
    assert story.toast("ZHOU") == "这是旧卡片，请看最新的那张。"
    rows = story.db.all("select month, dwellings, covered, present from register_count")
    assert [tuple(row) for row in rows] == [("2026-11", 800, 790, 915)]
    await until(story, "2026-12-25", 9)
    await story.say("ZHOU", "/board")
    await story.press("ZHOU", "月度数据分析")
    story.expect("ZHOU", "2026-12", "登记簿数目：未报")
    await story.press("ZHOU", "报登记簿数目")
    story.expect("ZHOU", "2026-12 的登记簿数目", "住户总数：800", "已登记：915")  # as told last
    await story.press("ZHOU", "提交")
    story.expect("ZHOU", "登记簿数目：已报")


async def test_the_committee_chooses_its_day_and_a_night_or_a_leap_sends_nothing_twice(story: Story) -> None:
    only_analyses(story)
    await joined(story, "ZHOU", "WANG")
    await until(story, "2026-11-30", 9)
    await story.say("ZHOU", "/board")
    await story.press("ZHOU", "月度数据分析")
    story.expect("ZHOU", "例会：12月7日周一（每月第 5 个工作日）")
    await story.press("ZHOU", "改例会日期")
    story.expect("ZHOU", "每月例会在第几个工作日", "再提前一个工作日请您报数")
    assert "● 第 5 个工作日" in labels(story, "ZHOU")
    await story.press("ZHOU", "第 8 个工作日")
    story.expect("ZHOU", "例会：12月10日周四（每月第 8 个工作日）", "12月8日周二 14:00")
    await until(story, ASKED, 15)
    story.read_all("ZHOU")
    await until(story, SENT, 15)
    story.expect_nothing("ZHOU", "WANG")
    await until(story, "2026-12-12", 3)  # down from Thursday to the night of a Saturday, over the meeting
    story.restart()
    await story.advance(seconds=1)
    story.expect_nothing("ZHOU", "WANG")
    await until(story, "2026-12-14", 9)
    assert documents(story, "ZHOU") == documents(story, "WANG") == PAPERS  # late, but neither asked nor reminded first
    story.read_all("ZHOU", "WANG")
    story.clock.moment -= timedelta(days=12)  # the clock was wrong
    await story.advance(seconds=1)
    await until(story, "2026-12-08", 15)
    story.expect_nothing("ZHOU", "WANG")


async def test_an_officer_reads_and_has_it_made_at_any_time_and_writes_nothing(story: Story) -> None:
    await joined(story, "WANG", "ZHOU", "LI")
    await story.say("LI", "走访 32 登记 11 变更 4 注销 2 当日录入 15")
    await story.press("LI", "上报")
    await story.say("WANG", "/board")
    await story.press("WANG", "月度数据分析")
    story.expect("WANG", "当日录入率 88.2%（15/17） ▼")
    shown = story.messages("WANG")[-1]["keyboard"]
    assert [button["text"] for row in shown for button in row] == ["生成 2026-11", "生成 2026-10"]
    await story.press("WANG", "生成 2026-11")
    assert documents(story, "WANG") == PAPERS
    told = await read(story, "WANG")
    assert "2026 年 11 月（截至11月24日）" in told
    assert "登记、变更、注销共 17 条，当日录入 15 条，未当日录入 2 条。" in told
    story.read_all("ZHOU")
    await story.press("WANG", "生成 2026-10")
    assert documents(story, "WANG")[2:] == [name.replace("2026-11", "2026-10") for name in PAPERS]
    assert "本月还没有已上报的工作量。" in await read(story, "WANG")
    story.expect_nothing("ZHOU")


async def test_the_same_in_english(story: Story) -> None:
    await joined(story, "ZHOU", language="en")
    await until(story, ASKED, 9)
    story.expect("ZHOU", "Please tell: counts of the register, difficulties and suggestions", "Registration —")
    await story.press("ZHOU", "Register counts")
    await counted(story, "800", "800", "1000", "905", send="Submit")
    story.expect("ZHOU", "Registration 90.5% (905 of 1000) ▼", "Coverage 100.0% (800 of 800) ▲")
    story.read_all("ZHOU")
    await until(story, SENT, 9)
    story.expect("ZHOU", "goes out today at 14:00. Still missing: difficulties and suggestions")
