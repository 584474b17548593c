"""The figures as XLSX and CSV, read by programs of other people."""

import csv
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from openpyxl import load_workbook

from exports.quick_page import QuickPage
from exports.table import table
from exports.workbook import Book, Field, Kind, Origin, Sheet, workbook
from tests.unit.exports import office

MADE = datetime(2026, 11, 27, 17, 5, tzinfo=timezone(timedelta(hours=8)))
FIELDS = (
    Field("居委会", Kind.TEXT),
    Field("周", Kind.DATE),
    Field("走访", Kind.WHOLE),
    Field("工时", Kind.DECIMAL),
    Field("登记率", Kind.PERCENT),
    Field("录入时间", Kind.TIME),
    Field("备注", Kind.TEXT),
)
ROWS = (
    ("南苑第一社区", date(2026, 11, 23), 32, 7.5, 0.915, MADE, "=1+1"),
    ("东溪新村", date(2026, 11, 23), 0, None, None, None, "http://a.example/ {=2} 0123"),
    ("柳河", date(2026, 11, 23), "休假", 40.0, 1, MADE, "一行\n两行\x0b"),
)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC).replace(tzinfo=None)
WEEKS = Sheet("周报", FIELDS, ROWS, frozen=2)
BOOK = Book((WEEKS, replace(WEEKS, name="月报", rows=ROWS[:1], frozen=1)), Origin("数据来源", ("甲", "=乙")), MADE)


def test_each_value_is_what_it_was() -> None:
    read = load_workbook(BytesIO(workbook(BOOK)))
    assert read.sheetnames == ["周报", "月报", "数据来源"]
    page = read["周报"]
    assert [cell.value for cell in page[1]] == [field.name for field in FIELDS]
    first = page[2]
    assert [cell.value for cell in first] == [
        *("南苑第一社区", MIDNIGHT, 32, 7.5, 0.915, MADE.replace(tzinfo=None), "=1+1")
    ]
    assert [cell.data_type for cell in first] == list("sdnnnds")
    assert [cell.number_format for cell in first][1:6] == [
        *("yyyy-mm-dd", "General", "0.0", "0.0%", "yyyy-mm-dd hh:mm")
    ]
    assert [cell.value for cell in page[3]][2:5] == [0, None, None]
    assert page["G3"].data_type == "s"
    assert page["G3"].hyperlink is None
    assert (page["C4"].value, page["C4"].data_type) == ("休假", "s")
    assert [cell.value for cell in read["数据来源"]["A"]] == ["甲", "=乙"]


def test_no_cell_is_a_formula() -> None:
    with ZipFile(BytesIO(workbook(BOOK))) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


def test_the_head_stays_in_sight_and_on_each_page() -> None:
    read = load_workbook(BytesIO(workbook(BOOK)))
    page = read["周报"]
    assert page.freeze_panes == "C2"
    assert read["月报"].freeze_panes == "B2"
    assert page.print_title_rows == "$1:$1"
    assert page.auto_filter.ref == "A1:G4"
    for name in read.sheetnames:
        setup = read[name].page_setup
        assert (setup.paperSize, setup.fitToWidth, setup.fitToHeight) == (9, None, 0)
        properties, footer = read[name].sheet_properties.pageSetUpPr, read[name].oddFooter
        assert properties is not None
        assert properties.fitToPage
        assert footer is not None
        assert footer.center.text == "&P / &N"
    assert page.page_setup.orientation == "landscape"


def test_columns_are_wide_enough_for_chinese_and_not_wider_than_a_page() -> None:
    rows = (("和平里第二居民委员会", date(2026, 11, 23), 1, 1.0, 1.0, MADE, "长" * 300),)
    page = load_workbook(BytesIO(workbook(replace(BOOK, sheets=(replace(WEEKS, rows=rows),)))))["周报"]
    widths = [page.column_dimensions[letter].width for letter in "ABCDEFG"]
    assert 20 <= widths[0] <= 24
    assert widths[1] >= 10
    assert widths[5] >= 16
    assert widths[6] <= 41


def test_many_columns_of_figures_are_printed_readably_and_no_line_is_cut() -> None:
    names = ("走访住户", "去年走访住户", "Certificate checks", "核查证明", "去年核查证明") * 4
    fields = (FIELDS[0], *(Field(name, Kind.WHOLE) for name in names))
    lines = ("短", "长" * 100)
    read = load_workbook(BytesIO(workbook(Book((Sheet("月报", fields, ()),), Origin("来源", lines), MADE))))
    page = read["月报"]
    assert sum(column.width for column in page.column_dimensions.values()) <= 210  # digits: 7 points high or more
    assert page.row_dimensions[1].height == 2 * page.sheet_format.defaultRowHeight
    heights = [read["来源"].row_dimensions[row].height for row in (1, 2)]
    assert heights[1] >= 3 * heights[0]


def test_the_same_book_is_the_same_file_at_any_time() -> None:
    with time_machine.travel("2026-11-24T09:00:00Z"):
        first = workbook(BOOK)
    with time_machine.travel("2031-02-03T04:05:06Z"):
        assert workbook(BOOK) == first
    assert workbook(replace(BOOK, made=MADE.astimezone(UTC))) == first
    assert load_workbook(BytesIO(first)).properties.created == MADE.astimezone(UTC).replace(tzinfo=None)
    assert workbook(replace(BOOK, made=MADE + timedelta(minutes=1))) != first


def test_the_quick_way_to_write_cells_writes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [(0.1 + 0.2, None, 10**15 + 1, -1e-9, 1 / 3, MADE, f"{number}") for number in range(100)]
    book = replace(BOOK, sheets=(*BOOK.sheets, replace(WEEKS, name="数", rows=figures)))
    quick = workbook(book)
    monkeypatch.delattr(QuickPage, "_write_cell")
    assert workbook(book) == quick


def test_any_name_makes_a_sheet_of_its_own() -> None:
    names = ["周报", "周报", "a/b:c*[1]?\\", "'x'", "", "长" * 40, "长" * 41, "abc", "ABC", "\x07"]
    read = load_workbook(
        BytesIO(workbook(replace(BOOK, sheets=tuple(replace(WEEKS, name=name) for name in names))))
    ).sheetnames
    assert len({name.casefold() for name in read}) == len(names) + 1
    assert read[:3] == ["周报", "周报 2", "a_b_c__1___"]
    assert max(map(len, read)) == 31


def test_a_sheet_may_be_empty_and_no_figure_may_be_none_at_all() -> None:
    empty = replace(BOOK, sheets=(replace(WEEKS, rows=()),))
    assert load_workbook(BytesIO(workbook(empty)))["周报"].max_row == 1
    for bad in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="no figure"):
            workbook(replace(BOOK, sheets=(replace(WEEKS, rows=(("西园", None, bad, None, None, None, None),)),)))


def test_too_long_a_text_is_cut() -> None:
    rows = (("长" * 40_000, None, None, None, None, None, None),)
    page = load_workbook(BytesIO(workbook(replace(BOOK, sheets=(replace(WEEKS, rows=rows),)))))["周报"]
    assert page["A2"].value == "长" * 32_767


def test_a_year_of_a_town_is_made_soon() -> None:
    """300 coordinators: months and weeks, nine items each. What a quiet machine does in two seconds has ten."""
    fields = (Field("协管员", Kind.TEXT), Field("月", Kind.DATE), *(Field(f"{n}", Kind.WHOLE) for n in range(9)))
    figures = tuple(range(9))
    day = date(2026, 1, 1)
    sheets = tuple(
        Sheet(name, fields, [(f"协管员{row % 300}", day, *figures) for row in range(300 * times)])
        for name, times in (("月", 12), ("周", 52))
    )
    began = time.process_time()
    workbook(Book(sheets, BOOK.origin, MADE))
    assert time.process_time() - began < 10


def test_csv_says_the_same_and_calculates_nothing() -> None:
    made = table(WEEKS)
    assert made.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(StringIO(made.decode("utf-8-sig"), newline=""))
    assert head == [field.name for field in FIELDS]
    assert rows[0] == ["南苑第一社区", "2026-11-23", "32", "7.5", "0.915", "2026-11-27 17:05+08:00", "'=1+1"]
    assert rows[1][2:6] == ["0", "", "", ""]
    assert rows[2][6] == "一行\n两行\x0b"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_csv_marks_whatever_a_program_might_calculate(text: str) -> None:
    [_, row] = csv.reader(StringIO(table(Sheet("x", FIELDS[:1], ((text,),))).decode("utf-8-sig"), newline=""))
    assert row == [f"'{text}"]


def test_csv_leaves_negative_numbers_numbers() -> None:
    assert table(Sheet("x", FIELDS[2:3], ((-5,),))).endswith(b"-5\r\n")


@office.needed
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    made = office.converted({"made.xlsx": workbook(BOOK)}, "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path)
    first = next(row for row in csv.reader(StringIO(made["made.xlsx"].decode())) if row[0] == "南苑第一社区")
    assert first == ["南苑第一社区", "2026-11-23", "32", "7.5", "91.5%", "2026-11-27 17:05", "=1+1"]
