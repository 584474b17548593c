"""Files of history: what is read in which layouts, and every bad cell named by sheet, cell and reason."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from benchmarks.linli_folder import RING
from bot import history, spreadsheet
from bot.history import Column, HistoryProblem, Meaning
from bot.history_import import HistoryRefused, HistoryResult, learn, meanings, take
from handlers import postings
from models.database import Database
from models.person import Person
from models.place import Place
from reminders.calendar import works_by_base
from tests import fresh_database
from workload.figures import Item

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
HEADER = ["编号", "月份", "走访", "登记", "备注"]


def xlsx(
    folder: Path, *rows: Sequence[object], change: Callable[[Any], object] | None = None, name: str = "h.xlsx"
) -> Path:
    """A workbook with one sheet of these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "一年"
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    book.save(folder / name)
    return folder / name


def csv_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "h.csv").write_bytes(text.encode(encoding))
    return folder / "h.csv"


def read(file: Path, year: int | None = 2025, **more: Meaning) -> history.History:
    return history.read(file, dict(history.known()) | more, year, TODAY)


def told(db: Database, file: Path, year: int | None = 2025, *, skip_bad: bool = False) -> HistoryResult:
    return take(db, history.read(file, meanings(db), year, TODAY), NOW, works_by_base, skip_bad=skip_bad)


def problems(db: Database, file: Path, year: int | None = 2025) -> list[HistoryProblem]:
    """What is wrong with a file; nothing of it is taken."""
    with pytest.raises(HistoryRefused) as refused:
        told(db, file, year)
    assert db.all("select 1 from workload_week union select 1 from workload_entry") == []
    return refused.value.problems


def sums(db: Database, item: str = "visited") -> dict[str, int]:
    """By month."""
    rows = db.all(f"select substr(day, 1, 7) as month, sum({item}) as n from workload_entry group by 1 order by 1")
    return {row["month"]: row["n"] for row in rows}


# --- What is read ---


@pytest.mark.parametrize(
    ("written", "year", "month"),
    [
        ("2025-03", None, 3),
        ("2025/3", None, 3),
        ("2025.03", None, 3),
        ("2025年3月", None, 3),
        ("２０２５年３月份", None, 3),
        (202503, None, 3),
        ("2025-03-15", None, 3),
        (date(2025, 3, 15), None, 3),
        ("3月", 2025, 3),
        ("三月", 2025, 3),
        ("十二月", 2025, 12),
        (3, 2025, 3),
        (3.0, 2025, 3),
    ],
)
def test_months_are_written_in_many_ways(tmp_path: Path, written: object, year: int | None, month: int) -> None:
    there = read(xlsx(tmp_path, HEADER, ["LI", written, 3, 4]), year)
    assert not there.problems
    assert [(row.first, row.figures) for row in there.rows] == [
        (date(2025, month, 1), {Item.VISITED: 3, Item.TAKEN: 4})
    ]


@pytest.mark.parametrize(
    ("written", "year"),
    [
        (date(2025, 3, 3), None),
        (date(2025, 3, 7), None),
        ("2025-03-05", None),
        ("2025年3月9日", None),
        ("2025-W10", None),
        ("2025年第10周", None),
        ("第10周", 2025),
        (10, 2025),
        ("3月3日-3月9日", 2025),
        ("3月3日—9日", 2025),
        ("3.3-3.7", 2025),
        ("2025.3.3～2025.3.9", None),
        ("2025-03-03 至 2025-03-09", None),
    ],
)
def test_weeks_are_written_in_many_ways(tmp_path: Path, written: object, year: int | None) -> None:
    there = read(xlsx(tmp_path, ["编号", "周", "走访"], ["LI", written, 3]), year)
    assert not there.problems
    assert [(row.first, row.last) for row in there.rows] == [(date(2025, 3, 3), date(2025, 3, 9))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    there = read(csv_file(tmp_path, '编号,月份,走访（户）\nLI,2025-03,"1,032"\nLI,4月,三十二户\n', encoding))
    assert not there.problems
    assert [row.figures for row in there.rows] == [{Item.VISITED: 1032}, {Item.VISITED: 32}]


def test_a_title_sums_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    def title(sheet: Any) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "2025年工作量"
        sheet.merge_cells("A1:E1")

    rows: list[Sequence[object]] = [
        HEADER,
        ["LI", "3月", 3, None, "=1+1"],
        [None, None, None],
        ["合计", None, "=SUM(C2:C3)"],
        ["LI", "4月"],
    ]
    there = read(xlsx(tmp_path, *rows, change=title))
    assert not there.problems
    assert [(row.row, row.figures) for row in there.rows] == [(3, {Item.VISITED: 3})]


def test_the_cells_next_to_a_wrong_size_are_read_and_hidden_sheets_are_not(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.parent.create_sheet("选项").append(["甲", "乙", "丙"])
        sheet.parent["选项"].sheet_state = "hidden"

    file = xlsx(tmp_path, HEADER, ["LI", "3月", 3], change=hide)
    altered = tmp_path / "altered.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(altered, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<dimension ref="A1:E2"', b'<dimension ref="A1:A1"'))
    there = read(altered)
    assert not there.problems
    assert len(there.rows) == 1


# --- What is bad ---


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("32", 'text ("32") where a number belongs'),
        ("约30", 'text ("约30")'),
        (-3, "-3 is negative"),
        (3.5, "3.5 is not a whole number"),
        (10**9, "1000000000 is too large; at most 99999"),
        (1e300, "1e+300 is too large"),
        ("=C1+1", "a formula; its result is not used"),
        (date(2025, 3, 1), "a date or time"),
        (True, "yes or no"),
        ("#REF!", "the cell shows the error #REF!"),
    ],
)
def test_bad_amounts_in_a_workbook(town: Database, tmp_path: Path, value: object, says: str) -> None:
    file = xlsx(tmp_path, HEADER, ["LI", "3月", 5], ["LI", "4月", 3, value])
    (problem,) = problems(town, file)
    assert (problem.sheet, problem.cell) == ("一年", "D3")
    assert f"sheet 一年, cell D3: taken: {says}" in str(problem)
    assert told(town, file, skip_bad=True).skipped == [problem]
    assert sums(town) == {"2025-03": 5}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("-3", '"-3" is negative'),
        ("3.5", "not a whole number"),
        ("约30", "not an exact number"),
        ("30+", "not an exact number"),
        ("2025-03-01", "is a date"),
        ("1000000000", "too large"),
        ("没有", "text"),
        ("=1+1", "text"),
    ],
)
def test_bad_amounts_in_csv(town: Database, tmp_path: Path, value: str, says: str) -> None:
    (problem,) = problems(town, csv_file(tmp_path, f"编号,月份,走访,登记\nLI,3月,5,{value}\n"))
    assert (problem.sheet, problem.cell) == ("", "D2")
    assert f"h.csv, cell D2: taken: {says}" in str(problem) or says in problem.what


@pytest.mark.parametrize(
    ("row", "cell", "says"),
    [
        (["NOBODY", "3月", 3], "A2", "there is no coordinator NOBODY"),
        (["WANG", "3月", 3], "A2", "there is no coordinator WANG"),
        ([None, "3月", 3], "A2", "no coordinator"),
        (["李敏", "3月", 3], "A2", "2 coordinators are called 李敏; write the code"),
        (["NEW", "3月", 3], "A2", "NEW has no area"),
        (["=A1", "3月", 3], "A2", "a formula"),
        (["LI", "=B1", 3], "B2", "a formula"),
        (["LI", None, 3], "B2", "no month"),
        (["LI", "13月", 3], "B2", '"13月" is no month'),
        (["LI", "春天", 3], "B2", '"春天" is no month'),
        (["LI", "2024-03", 3], "B2", "the wrong year: 2024, not 2025"),
        (["LI", date(2024, 3, 1), 3], "B2", "the wrong year: 2024, not 2025"),
        (["LI", "3月", 3, 4, "x", 7], "F2", "no header stands above this value"),
    ],
)
def test_bad_rows(town: Database, tmp_path: Path, row: list[object], cell: str, says: str) -> None:
    file = xlsx(tmp_path, HEADER, row)
    (problem,) = problems(town, file)
    assert (problem.cell, says in problem.what) == (cell, True), problem
    assert told(town, file, skip_bad=True).rows == 0


@pytest.mark.parametrize(
    ("when", "written", "says"),
    [
        ("月份", "3月", "of which year"),
        ("月份", "2026-11", "this ends on 2026-11-30, which is not over yet"),
        ("月份", "1925-03", "the wrong year: 1925 is long ago"),
        ("周", "2026-11-23", "not over yet"),
        ("周", "2025-W60", "is no week"),
        ("周", "2025年2月30日", "is no day there is"),
        ("周", "2025.3.3-2025.3.12", "is more than one week"),
        ("周", "2022年第10周", "numbered in two ways; write the week's Monday, or 2022-W10"),
        ("周", "2025-10", "is no week"),
    ],
)
def test_times_that_are_none(town: Database, tmp_path: Path, when: str, written: str, says: str) -> None:
    (problem,) = problems(town, xlsx(tmp_path, ["编号", when, "走访"], ["LI", written, 3]), None)
    assert (problem.cell, says in problem.what) == ("B2", True), problem


def test_the_same_month_twice_is_named_with_where_it_stands(town: Database, tmp_path: Path) -> None:
    """Also by another name of the same coordinator, and in another sheet by weeks."""

    def weeks(sheet: Any) -> None:
        other = sheet.parent.create_sheet("按周")
        other.append(["姓名", "村居", "周", "走访"])
        other.append(["李敏", "NY", "2025-W10", 3])

    file = xlsx(tmp_path, HEADER, ["LI", "3月", 5], ["LI", "2025-03", 6], change=weeks)
    twice, crossed = problems(town, file)
    assert str(twice) == f"{file}, sheet 一年, cell B3: the figures of LI for 2025-03-01 stand in 一年 B2 already"
    assert "sheet 按周, cell C2: the figures of 李敏 for 2025-03-03 stand in 一年 B2" in str(crossed)
    told(town, file, skip_bad=True)
    assert sums(town) == {"2025-03": 5}


def test_merged_cells_are_named(town: Database, tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        HEADER,
        ["LI", "3月", 5],
        ["LI", "4月", 6],
        ["LI", "5月", 7, 8, "甲"],
        ["LI", "6月", 7, 8, "乙"],
    ]

    def merge(sheet: Any) -> None:
        sheet.merge_cells("C2:C3")
        sheet.merge_cells("E4:E5")  # remarks are passed over

    file = xlsx(tmp_path, *rows, change=merge)
    (problem,) = problems(town, file)
    assert str(problem).startswith(f"{file}, sheet 一年, cell C2:C3: merged cells; unmerge them")
    told(town, file, skip_bad=True)
    assert sums(town) == {"2025-05": 7, "2025-06": 7}
    headless = xlsx(tmp_path, *rows, change=lambda sheet: sheet.merge_cells("C1:D1"), name="headless.xlsx")
    there = read(headless)
    assert [problem.cell for problem in there.problems if "merged" in problem.what] == ["C1:D1"]
    assert there.rows == []


@pytest.mark.parametrize(
    ("header", "cell", "says"),
    [
        (["编号", "月份", "走访", "入户"], "D1", "the column C1 holds the visited already"),
        (["编号", "月份", "周", "走访"], "C1", "the column B1 holds the week already"),
        (["编号", "月份", "走访", "神秘"], "D1", 'nobody has said what the column "神秘" holds'),
        (["编号", "走访", "登记"], "A1", "no column holds the months or weeks"),
        (["月份", "走访", "登记"], "A1", "no column holds the coordinators"),
        (["编号", "月份", "备注"], "A1", "no column holds any item"),
    ],
)
def test_headers_that_do_not_fit(town: Database, tmp_path: Path, header: list[object], cell: str, says: str) -> None:
    (problem,) = problems(town, xlsx(tmp_path, header, ["LI", "3月", 5]))
    assert (problem.cell, problem.what) == (cell, says)


def _locked() -> bytes:
    return spreadsheet.OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\n,,\n", "the file is empty"),
        (_locked(), "protected by a password"),
        (spreadsheet.OLE + b"\0" * 600, "an old .xls workbook, whatever its name says"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        (b"PK\x03\x04 torn", "the workbook is damaged"),
        ("编号;月份;走访\nLI;3月;5\n".encode(), "separated by semicolons"),
        ("编号,月份,走访\n".encode("utf-16"), "UTF-16"),
        ("编号,月份,走访\n".encode() + b"\xff\xff", "neither UTF-8 nor GB18030"),
        ('编号,月份,走访\nLI,"3月,5\n'.encode(), "not CSV"),
        ("编号,月份\nLI,3月\n".encode(), "there is no row of headers"),
    ],
)
@pytest.mark.parametrize("name", ["h.xlsx", "h.csv", "h.xls"])
def test_files_that_are_none(town: Database, tmp_path: Path, content: bytes, says: str, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    (problem,) = problems(town, tmp_path / name)
    assert says in str(problem)
    assert told(town, tmp_path / name, skip_bad=True).rows == 0


def test_workbooks_that_are_none(town: Database, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "h.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "no XLSX workbook" in str(problems(town, tmp_path / "h.xlsx")[0])
    file = xlsx(tmp_path, HEADER, *[["LI", "3月", 5]] * 50)
    content = file.read_bytes()
    renamed = content.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheetX.xml")
    for torn in (content[: len(content) // 2], renamed):
        file.write_bytes(torn)
        assert "damaged" in str(problems(town, file)[0])
    assert "the file is empty" in str(problems(town, xlsx(tmp_path))[0])
    assert "folder" in str(problems(town, tmp_path)[0])
    assert "No such file" in str(problems(town, tmp_path / "none.xlsx")[0])


def test_of_a_hundred_thousand_rows_the_last_is_named_and_not_all_that_are_bad_are_told(
    town: Database, tmp_path: Path
) -> None:
    rows = ["没有的人,2025-03,5,"] * 500 + [",,,"] * 99_498 + ["LI,2025-03,5,6", "LI,2025-04,约30,"]
    file = csv_file(tmp_path, "\n".join(["编号,月份,走访,登记", *rows]) + "\n")
    with pytest.raises(HistoryRefused) as refused:
        told(town, file, None)
    assert len(refused.value.problems) == 501
    assert refused.value.problems[-1].cell == "C100001"
    assert "cell A101: there is no coordinator 没有的人\n… and 401 more" in str(refused.value)
    assert sums(town) == {}


# --- What is kept ---


def test_a_month_is_spread_over_its_working_days_in_weeks_that_are_confirmed(town: Database, tmp_path: Path) -> None:
    result = told(town, xlsx(tmp_path, HEADER, ["LI", "2025-10", 35, 0]))
    assert (result.rows, result.changed, result.entries) == (1, 1, 18)
    days = town.all("select day, visited, taken, state, batch, person, by, place from workload_entry order by day")
    assert [row["day"] for row in days][:4] == ["2025-10-09", "2025-10-10", "2025-10-11", "2025-10-13"]  # a make-up day
    assert [row["visited"] for row in days] == [2] * 17 + [1]
    assert [row["taken"] for row in days] == [0] + [None] * 17  # said once, never where nothing was said
    assert {(row["state"], row["batch"], row["person"] == row["by"]) for row in days} == {("counted", 0, True)}
    weeks = town.all("select state, confirmed_by, confirmed_at, look_at from workload_week")
    assert {tuple(week) for week in weeks} == {("confirmed", None, NOW, None)}
    assert len(weeks) == 4


def test_a_week_cut_by_the_month_belongs_to_both_and_a_week_off_to_its_monday(town: Database, tmp_path: Path) -> None:
    weeks = [["LI", "2025-09-29", 7], ["LI", "2025-06-30", 9], ["LI", "2024-10-07", 4], ["LI", "2020-01-27", 5]]
    told(town, xlsx(tmp_path, ["编号", "周", "走访"], *weeks), None)
    assert sums(town) == {"2020-01": 5, "2024-10": 4, "2025-06": 2, "2025-07": 7, "2025-09": 7}


def test_the_same_file_changes_nothing_and_a_corrected_one_enters_the_differences(
    town: Database, tmp_path: Path
) -> None:
    file = xlsx(tmp_path, HEADER, ["LI", "3月", 30, 5], ["LI", "4月", 8, 0])
    told(town, file)
    before = len(town.all("select 1 from workload_entry"))
    again = told(town, file)
    assert (again.rows, again.changed, again.entries) == (2, 0, 0)
    result = told(town, xlsx(tmp_path, HEADER, ["LI", "3月", 27, None], ["LI", "4月", 8, 2]))
    assert (result.rows, result.changed) == (2, 2)
    assert len(town.all("select 1 from workload_entry")) == before + result.entries
    assert (sums(town), sums(town, "taken")) == ({"2025-03": 27, "2025-04": 8}, {"2025-03": 5, "2025-04": 2})
    told(town, xlsx(tmp_path, ["编号", "周", "走访"], ["LI", "2025-W10", 10], name="weeks.xlsx"))
    below = town.all("select day from workload_entry group by day having sum(visited) < 0")
    assert below == []


def test_what_was_entered_or_corrected_with_the_bot_stays(town: Database, tmp_path: Path) -> None:
    file = xlsx(tmp_path, HEADER, ["LI", "3月", 30], ["LI", "4月", 8])
    told(town, file)
    person = town.all("select id from person where code = 'LI'")[0]["id"]
    week = town.all("select id from workload_week where monday = '2025-03-10'")[0]["id"]
    place = town.all("select place from workload_entry")[0]["place"]
    insert = (
        "insert into workload_entry (week, person, place, day, visited, state, batch, by, at, why) "
        "values (?, ?, ?, '2025-03-10', -1, 'counted', 1, ?, ?, '')"
    )
    with town.transaction():
        town.execute(insert, (week, person, place, person, NOW))
    assert told(town, file).changed == 0
    assert sums(town)["2025-03"] == 29
    with pytest.raises(HistoryRefused, match="visited of 2025-03-10 was corrected with the bot and would be below 0"):
        told(town, xlsx(tmp_path, HEADER, ["LI", "3月", 0], name="zero.xlsx"))
    with town.transaction():
        town.execute("update workload_week set confirmed_by = ? where monday = '2025-04-07'", (person,))
    with pytest.raises(HistoryRefused, match="cell B3: the week from 2025-04-07 of LI was entered with the bot"):
        told(town, file)


def test_a_week_whose_card_was_only_looked_at_is_taken(town: Database, tmp_path: Path) -> None:
    opened = "insert into workload_week (person, monday, state, note, reason, question, look_at, sent) values "
    person = town.all("select id from person where code = 'LI'")[0]["id"]
    with town.transaction():
        town.execute(f"{opened} (?, '2025-03-03', 'open', '', '', '', ?, '[]')", (person, NOW))
    told(town, xlsx(tmp_path, ["编号", "周", "走访"], ["LI", "2025-W10", 10]))
    weeks = town.all("select state, look_at from workload_week")
    assert [tuple(week) for week in weeks] == [("confirmed", None)]


def test_figures_of_a_mover_belong_to_the_place_where_they_were(town: Database, tmp_path: Path) -> None:
    """Also those of before the roster knew of them; and the places they were at are names for them."""
    row = town.one("select id from person where code = 'LI'")
    places = {each["code"]: each["id"] for each in town.all("select id, code from place")}
    assert row is not None
    with town.transaction():
        town.execute("update posting set since = '2025-03-03' where person = ?", (row["id"],))
        postings.assign(town, row["id"], [places["DX-1"]], date(2025, 3, 17))
    header = ["编号", "村居", "周", "走访"]
    told(town, xlsx(tmp_path, header, *[["LI", "NY", f"2025-W{n}", 5] for n in (8, 11, 12)]), None)
    rows = town.all("select place, min(day) as first, sum(visited) as n from workload_entry group by place order by 2")
    assert [tuple(each) for each in rows] == [(places["NY-1"], "2025-02-17", 10), (places["DX-1"], "2025-03-17", 5)]
    since = town.one("select since from posting where person = ? order by since", (row["id"],))
    assert since is not None and since["since"] == "0001-01-01"


def test_names_are_told_apart_by_the_place(town: Database, tmp_path: Path) -> None:
    header = ["姓名", "社区", "月份", "走访"]
    file = xlsx(tmp_path, header, ["李敏", "南苑社区", "3月", 5], ["李敏", "DX-1", "3月", 6], ["ＬＩ", None, "4月", 7])
    assert told(town, file).rows == 3
    rows = town.all("select code, sum(visited) as n from workload_entry join person on person.id = person group by 1")
    assert {row["code"]: row["n"] for row in rows} == {"LI": 12, "LI2": 6}
    (problem,) = told(town, xlsx(tmp_path, header, ["LI", "东溪村", "5月", 5]), skip_bad=True).skipped
    assert (problem.cell, problem.what) == ("B2", "LI does not work at 东溪村")


def test_what_a_header_means_is_remembered_and_may_be_said_anew(town: Database, tmp_path: Path) -> None:
    file = xlsx(tmp_path, ["编号", "月份", "跑了几家（户）", "别的"], ["LI", "3月", 5, "x"])
    assert [name for name in history.headers(file) if history.plain(name) not in meanings(town)] == [
        "跑了几家（户）",
        "别的",
    ]
    learn(town, {"跑了几家": Item.TAKEN, "别的": Column.IGNORED})
    learn(town, {"跑了几家": Item.VISITED})
    told(town, file)
    assert sums(town) == {"2025-03": 5}
    assert (history.meaning("visited"), history.meaning(" 走访 "), history.meaning("Ignore")) == (
        Item.VISITED,
        Item.VISITED,
        Column.IGNORED,
    )
    assert history.meaning("nothing") is None


@pytest.fixture
def town(tmp_path: Path) -> Any:
    """Two committees; two coordinators of one name, an officer, a coordinator without an area."""
    (tmp_path / "data").mkdir()
    db = Database(fresh_database.make(tmp_path / "data" / "linli.db"), RING)
    ids: dict[str, int] = {}
    with db.transaction():
        for code, name, kind, parent in (
            ("TOWN", "青溪镇", "town", None),
            ("NY", "南苑社区", "committee", "TOWN"),
            ("DX", "东溪村", "committee", "TOWN"),
            ("NY-1", "南苑一片", "area", "NY"),
            ("DX-1", "东溪一片", "area", "DX"),
        ):
            ids[code] = db.insert(Place, code=code, name=name, kind=kind, parent=ids[parent] if parent else None)
        for code, name, role, place in (
            ("LI", "李敏", "coordinator", "NY-1"),
            ("LI2", "李敏", "coordinator", "DX-1"),
            ("WANG", "王警官", "officer", "NY"),
            ("NEW", "新人", "coordinator", None),
        ):
            person = db.insert(Person, code=code, name=name, role=role)
            if place:
                postings.assign(db, person, [ids[place]], None)
    yield db
    db.close()
