"""Makes what the weekly workload shows and prints, to be looked at: `python -m docs.pictures.make_workload`.

Screenshots of the cards on a phone, and pages of the month's workbook and of an analysis, all of invented towns. It
needs Chromium, LibreOffice, pdftoppm and a font with ⏰: apt-get install chromium libreoffice-calc libreoffice-writer
poppler-utils fonts-noto-color-emoji
"""

import asyncio
import io
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Page, async_playwright

from docs.pictures.make_boards import board
from docs.pictures.make_phones import FLAGS
from exports.analysis import Analysis, Picture, Section, Table, document
from exports.board import picture
from exports.workbook import workbook
from handlers.desk import Desk
from handlers.workload import amounts, workweek
from handlers.workload.month_book import book
from tests import invented_town
from tests.scenarios.story import Story
from tests.unit.exports import office
from workload.line import read_line

HERE = Path(__file__).parent
PHONE = {"width": 390, "height": 844}
COLOURS = 64  # of a picture
DOTS = 60  # to the inch, of a printed page
ACROSS = 4  # printed pages beside each other
LINES = {
    "LI": "走访 32 登记 11 变更 4 注销 2 当日录入 15 核查证明 3 自查 20 工时 38",
    "WU": "走访 28 登记 9 变更 3 注销 1 当日录入 13 核查证明 5 自查 16 工时 40",
    "QIAN": "走访 35 登记 14 变更 6 注销 3 当日录入 23 核查证明 2 自查 25 工时 39",
}
FIGURES = Table(
    "表 1　主要指标",
    ("指标", "本月", "目标", "去年同月"),
    (
        ("登记率", "92.4%（1,386/1,500）", "91%", "90.8%"),
        ("准确率", "90.0%（36/40）", "91%", "93.1%"),
        ("走访覆盖率", "100%（1,500/1,500）", "100%", "98.2%"),
        ("当日录入率", "96.3%（183/190）", "100%", "95.0%"),
        ("走访住户", "735", "不低于去年", "702"),
        ("未办结违规", "2", "—", "4"),
    ),
)
SECTIONS = (
    Section(
        "一、做得好的",
        ("走访住户 735 户，比去年同月多 33 户。", "登记率 92.4%，达到 91% 的目标，比去年同月高 1.6 个百分点。"),
    ),
    Section(
        "二、还差的",
        (
            "准确率 90.0%，比 91% 的目标低 1 个百分点：抽查 40 条，4 条不准确。",
            "7 条登记没有当日录入，其中 5 条因为网络不通。",
        ),
    ),
    Section(
        "三、线索",
        ("本月收到线索 6 条，已办结 5 条。",),
        Table("表 2　线索", ("类别", "条数"), (("盗窃", "3"), ("消防隐患", "2"), ("其他", "1"))),
    ),
    Section("四、困难", ("三片区白天多数住户不在家，走访集中在傍晚。",)),
    Section("五、建议", ("与物业约定每周四晚上一起走访。",)),
)


async def _phones(folder: Path) -> None:
    """A week of an invented town on its people's phones."""
    story = await Story.open(folder)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = await browser.new_page(viewport=PHONE, locale="zh-CN")
        try:
            await _week(story, page)
        finally:
            await browser.close()
            await story.close()


async def _week(story: Story, page: Page) -> None:
    async def look(who: str, name: str) -> None:
        await page.reload()
        await page.add_style_tag(content=".toast { display: none }")
        await page.locator(f'.tab[data-person="{story.phones[who].id}"]').click()
        await page.wait_for_timeout(700)
        drawn = Image.open(io.BytesIO(await page.screenshot()))
        save(drawn, f"workload-{name}")

    for code in ("LI", "WU", "QIAN", "WANG", "ZHOU", "GAO"):
        await story.join(code)
        story.sandbox.world.people[story.phones[code].id].name = story.name(code)
    _remember(story)
    await page.goto(story.sandbox.url)
    story.sandbox.world.clock.to(story.clock.now())
    await story.say("LI", "/workload")
    for label in ("走访 +5", "走访 +1", "登记 +5", "当日 +1"):
        await story.press("LI", label)
    await look("LI", "card")
    await _later(story, hours=8)
    await look("LI", "same-day")
    await story.press("LI", "网络不通")
    await story.forge("LI", f"k:own:{story.ids['LI']}:0:show")
    for label in ("工作证", "登记簿", "表格", "联系卡"):
        await story.press("LI", label)
    await look("LI", "kit")
    await story.say("LI", "/workload")
    await story.press("LI", "自查计划")
    await story.say("LI", "20")
    await story.press("LI", "两周一轮")
    await look("LI", "self-check")
    for code, line in LINES.items():
        await story.say(code, line if code != "WU" else f"{line} 报告 9")
    for code in ("LI", "QIAN"):
        await story.press(code, "上报")
    await story.say("WU", "登记 2")
    await story.press("WU", "上报")
    await look("WU", "doubts")
    for label in ("数字没错", "补录以前的"):
        await story.press("WU", label)
    await _later(story, days=2, hours=14)
    await story.say("WANG", "/workload")
    await look("WANG", "round")
    await story.press("WANG", "李敏")
    await look("WANG", "week")
    await story.press("WANG", "核查台账")
    for label in ("有", "清楚"):
        await story.press("WANG", label)
    await story.say("WANG", "20")
    await story.say("WANG", "18")
    await look("WANG", "ledger")
    await look("LI", "told")
    await story.say("ZHOU", "/board")
    await look("ZHOU", "board")
    await story.press("ZHOU", "数据室人员")
    await story.press("ZHOU", "负责人 周婷")
    await look("ZHOU", "data-room")
    await story.say("GAO", "/board")
    await look("GAO", "town")
    await story.say("LI", "/board")
    await look("LI", "total")


async def _later(story: Story, **duration: float) -> None:
    """Time goes by, for the phones as well."""
    story.sandbox.world.clock.to(story.clock.now() + timedelta(**duration))
    await story.advance(**duration)


def _remember(story: Story) -> None:
    """The week before, and the month of the year before."""
    with story.db.transaction():
        for monday in (
            date(2025, 11, 3),
            date(2025, 11, 10),
            date(2025, 11, 17),
            date(2025, 11, 24),
            date(2026, 11, 16),
        ):
            desk = Desk(story.db, datetime(monday.year, 11, monday.day + 4, 8, tzinfo=UTC), story.bot.house)
            for number, (code, line) in enumerate(LINES.items()):
                week = workweek.open_week(desk, story.ids[code], monday)
                figures = {
                    item: amount + number - monday.day % 3 for item, amount in read_line(line, amounts.names()).items()
                }
                workweek.enter(desk, week, figures, story.ids[code])
                workweek.file(desk, week)
                workweek.confirm(desk, week["id"], story.ids["WANG"])


def _prints(folder: Path) -> None:
    """The month's workbook of the town with a year behind it, and an analysis, as LibreOffice prints them."""
    db = invented_town.live(invented_town.invent(), folder)
    made = invented_town.at(invented_town.TODAY)
    analysis = Analysis(
        "月度数据分析",
        "南苑社区",
        "2026 年 11 月",
        ("数据来源：协管员每周工作量、民警核查、抽查；只有数量。",),
        SECTIONS,
        FIGURES,
        Picture(picture(board(3)), "本月看板：三个村居的完成情况"),
        made,
    )
    files = {
        "workbook.xlsx": workbook(book(Desk(db, made, invented_town.HOUSE), (2026, 11), "zh")),
        "analysis.docx": document(analysis),
    }
    db.close()
    for name, pages in office.converted(files, "pdf", folder).items():
        printed, stem = folder / f"{name}.pdf", name.partition(".")[0]
        printed.write_bytes(pages)
        subprocess.run(["pdftoppm", "-png", "-r", str(DOTS), str(printed), str(folder / stem)], check=True)
        save(_beside_each_other(sorted(folder.glob(f"{stem}-*.png"))), stem)


def _beside_each_other(pages: list[Path]) -> Image.Image:
    drawn = [Image.open(page) for page in pages]
    wide, high = (max(sizes) + 8 for sizes in zip(*(page.size for page in drawn), strict=True))
    sheet = Image.new("RGB", (wide * min(ACROSS, len(drawn)), high * -(-len(drawn) // ACROSS)), "#808080")
    for number, page in enumerate(drawn):
        sheet.paste(page, (number % ACROSS * wide + 4, number // ACROSS * high + 4))
    return sheet


def save(drawn: Image.Image, name: str) -> None:
    drawn.convert("RGB").quantize(COLOURS).save(HERE / f"{name}.png", optimize=True)


def main() -> None:
    """Write the pictures beside this script."""
    with TemporaryDirectory() as folder:
        asyncio.run(_phones(Path(folder)))
    with TemporaryDirectory() as folder:
        _prints(Path(folder))


if __name__ == "__main__":
    main()
