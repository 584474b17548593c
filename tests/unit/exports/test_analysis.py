"""The monthly analysis as DOCX, read by programs of other people."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from exports.analysis import Analysis, Picture, Section, Table, document

MADE = datetime(2026, 11, 27, 17, 5, tzinfo=timezone(timedelta(hours=8)))
TABLE = Table("表 1", ("指标", "本月", "目标"), (("登记率", "92.1%", "91%"), ("准确率", "90.7%", "91%")))


def png(width: int = 60, height: int = 40) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "#0072b2").save(file, "PNG")
    return file.getvalue()


ANALYSIS = Analysis(
    "月度数据分析",
    "南苑第一社区",
    "2026 年 11 月",
    ("撰写：甲", "审核：乙"),
    (
        Section("一、总体情况", ("本月走访 735 户。", "登记率达标。"), TABLE),
        Section("二、困难", ("白天无人\x0b在家。",)),
    ),
    replace(TABLE, caption="指标一览"),
    Picture(png(), "看板"),
    MADE,
)


def test_all_that_was_given_is_there_in_its_order() -> None:
    read = Document(BytesIO(document(ANALYSIS)))
    assert [
        (getattr(paragraph.style, "name", ""), paragraph.text) for paragraph in read.paragraphs if paragraph.text
    ] == [
        ("Title", "月度数据分析"),
        ("Subtitle", "南苑第一社区  2026 年 11 月"),
        ("Normal", "撰写：甲"),
        ("Normal", "审核：乙"),
        ("Caption", "指标一览"),
        ("Heading 1", "一、总体情况"),
        ("Normal", "本月走访 735 户。"),
        ("Normal", "登记率达标。"),
        ("Caption", "表 1"),
        ("Heading 1", "二、困难"),
        ("Normal", "白天无人在家。"),
    ]
    for table in read.tables:
        assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [TABLE.header, *TABLE.rows]
    assert len(read.tables) == 2
    [shape] = read.inline_shapes
    assert shape._inline.docPr.get("descr") == "看板"


def test_it_is_a4_and_tables_repeat_their_head() -> None:
    read = Document(BytesIO(document(ANALYSIS)))
    [page] = read.sections
    for length, wanted in ((page.page_width, Mm(210)), (page.page_height, Mm(297))):
        assert length is not None
        assert abs(length - wanted) < 635  # what is written has a twentieth of a point as its unit
    for table in read.tables:
        repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert repeated == [True, False, False]


def test_chinese_has_fonts_of_its_own_in_every_style_in_use() -> None:
    read = Document(BytesIO(document(ANALYSIS)))
    for name in ("Title", "Subtitle", "Heading 1", "Normal", "Caption"):
        fonts = read.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("SimSun", "SimHei")
        assert not [attribute for attribute in fonts.attrib if attribute.endswith("Theme")], "a theme comes first"


def test_a_tall_picture_stays_on_its_page() -> None:
    read = Document(BytesIO(document(replace(ANALYSIS, picture=Picture(png(100, 900), "看板")))))
    [shape] = read.inline_shapes
    assert round(shape.height.mm) == 200
    assert shape.height / shape.width == pytest.approx(9, rel=0.01)


def test_little_may_be_given() -> None:
    bare = Analysis("题", "", "", (), (), None, None, MADE)
    assert [paragraph.text for paragraph in Document(BytesIO(document(bare))).paragraphs if paragraph.text.strip()] == [
        "题"
    ]
    assert Document(BytesIO(document(replace(bare, title="长" * 400)))).core_properties.title == "长" * 255


def test_the_same_analysis_is_the_same_file_at_any_time() -> None:
    with time_machine.travel("2026-11-24T09:00:00Z"):
        first = document(ANALYSIS)
    with time_machine.travel("2031-02-03T04:05:06Z"):
        assert document(ANALYSIS) == first
    assert document(replace(ANALYSIS, made=MADE.astimezone(UTC))) == first
    about = Document(BytesIO(first)).core_properties
    assert about.created == about.modified == datetime(2026, 11, 27, 9, 5, tzinfo=UTC)
    assert (about.author, about.last_modified_by, about.comments) == ("南苑第一社区", "南苑第一社区", "")
    with ZipFile(BytesIO(first)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_photos_stand_below_their_section_small_enough_for_paper() -> None:
    photo = Picture(png(4000, 2000), "白板")
    read = Document(BytesIO(document(replace(ANALYSIS, picture=None, sections=(Section("一", (), None, (photo,)),)))))
    [shape] = read.inline_shapes
    assert shape._inline.docPr.get("descr") == "白板"
    [part] = [part for part in read.part.package.parts if "/media/" in part.partname]
    with Image.open(BytesIO(part.blob)) as shown:
        assert shown.size == (1600, 800)
