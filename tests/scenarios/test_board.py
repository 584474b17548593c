"""Duty S1: the board, from the town down to a coordinator's week; its pictures and tables, and those of past months."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot import press
from exports.faces import FontMissing
from handlers.paper import Gathered
from models.paper import PaperKind
from tests.scenarios.story import Story
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import FRIDAY, filed, joined


async def test_from_the_town_down_to_a_week_with_its_picture_and_table(story: Story) -> None:
    await joined(story, "LI", "WU", "GAO")
    await filed(story)
    await story.say("WU", "走访 41")
    story.read_all("WU")
    await until(story, FRIDAY, 8)
    await story.say("GAO", "/board")
    story.expect("GAO", "工作情况 2026-11", "走访住户 32", "填报中，未计入：走访住户 41")
    await story.press("GAO", "图片")
    ((name, picture),) = story.files("GAO")
    assert name == "工作情况-各村居-2026-11.png"
    assert Image.open(io.BytesIO(picture)).width == 1170
    story.expect("GAO", "各村居 2026-11")
    assert "正在制作" not in story.screen("GAO")
    assert not story.db.all("select 1 from paper")
    assert not list(story.bot.house.cabinet.folder.iterdir())
    await story.press("GAO", "南苑社区")
    story.expect("GAO", "南苑社区 2026-11", "走访住户 32", "填报中，未计入：走访住户 41", "○ 吴芳　未上报")
    await story.press("GAO", "表格")
    name, table = story.files("GAO")[-1]
    assert name == "工作量-南苑社区-2026-11.xlsx"
    book = load_workbook(io.BytesIO(table))
    assert [cell.value for cell in book["村居"][2]][:3] == ["南苑社区", "2026-11", 32]
    assert {row[1].value: row[4].value for row in list(book["协管员"].rows)[1:]} == {"李敏": 32, "吴芳": None}
    await story.press("GAO", "李敏")
    story.expect("GAO", "李敏（南苑社区）2026-11", "走访住户 32", "● 11月23日至11月29日　已上报")
    await story.press("GAO", "11月23日")
    story.expect("GAO", "李敏 11月23日至11月29日", "走访住户 32")
    for there in ("李敏（南苑社区）", "南苑社区 2026-11", "东溪村"):
        await story.press("GAO", "上一步")
        story.expect("GAO", there)


async def test_the_papers_of_a_past_month_can_be_had_again(story: Story) -> None:
    await joined(story, "LI", "ZHOU")
    await filed(story)
    story.clock.moment += timedelta(days=45)
    await story.say("ZHOU", "/board")
    story.expect("ZHOU", "南苑社区 2027-01", "走访住户 —")
    for label in ("往月", "2026", "2026-11"):
        await story.press("ZHOU", label)
    story.expect("ZHOU", "南苑社区 2026-11", "走访住户 32", "周报：已报 1/1，已确认 0")
    await story.press("ZHOU", "表格")
    name, table = story.files("ZHOU")[-1]
    assert name == "工作量-南苑社区-2026-11.xlsx"
    assert load_workbook(io.BytesIO(table)).sheetnames == ["村居", "数字来源"]  # a cadre sees the sums
    for label in ("往月", "2026 全年表格"):
        await story.press("ZHOU", label)
    name, table = story.files("ZHOU")[-1]
    months = [row[1].value for row in list(load_workbook(io.BytesIO(table))["村居"].rows)[1:]]
    assert name == "工作量-南苑社区-2026.xlsx"
    assert months == [f"2026-{month:02}" for month in range(1, 13)]


async def test_a_coordinator_sees_their_own_figures_and_the_sums_in_english(story: Story) -> None:
    await joined(story, "LI", "WU", language="en")
    for code, line in (("LI", "visited 32"), ("WU", "visited 41")):
        await story.say(code, line)
        await story.press(code, "File")
    story.read_all("LI", "WU")
    await story.say("LI", "/board")
    story.expect("LI", "李敏 (南苑社区) 2026-11", "Dwellings visited 32", "南苑社区 together: Dwellings visited 73")
    assert "吴芳" not in "".join(labels(story, "LI"))
    await story.press("LI", "Table")
    name, table = story.files("LI")[-1]
    assert name == "Workload-南苑社区-2026-11.xlsx"
    book = load_workbook(io.BytesIO(table))
    assert [row[1].value for row in list(book["Coordinators"].rows)[1:]] == ["李敏"]
    assert {row[1].value for row in list(book["Weeks"].rows)[1:]} == {"李敏"}


async def test_a_paper_that_cannot_be_made_is_told_and_what_was_ordered_outlives_a_restart(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    await joined(story, "GAO")

    async def unmade(_: object) -> bytes:
        raise FontMissing

    made = {PaperKind.PICTURE: lambda *_: Gathered("a.png", "", unmade), PaperKind.TABLE: lambda *_: 1 / 0}
    story.making = False
    await story.say("GAO", "/board")
    await story.press("GAO", "图片")
    await story.press("GAO", "图片")
    assert story.toast("GAO") == "正在制作，请稍候。"
    await story.press("GAO", "表格")
    story.expect("GAO", "正在制作图片")
    story.restart()
    story.making = True
    with monkeypatch.context() as patched:
        patched.setattr(press, "GATHER", made)
        await story.settle()
    story.expect("GAO", "图片做不出来：服务器上没有中文字体")
    story.expect("GAO", "表格没有做出来")
    await story.press("GAO", "表格")
    assert len(story.files("GAO")) == 1
    story.making = False
    await story.press("GAO", "表格")
    story.read_all("GAO")
    await story.advance(hours=25)
    story.expect("GAO", "表格没有发出去，请再要一次")
    assert not story.db.all("select 1 from paper")
