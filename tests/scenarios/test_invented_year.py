"""A year of an invented town from import to export: every figure recomputed from what was told."""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest
from openpyxl import load_workbook

from bot import history
from bot.history_import import meanings, take
from chat.messages import Address, Incoming, Said
from exports.analysis import Analysis, Section, Table, document
from exports.table import table
from exports.workbook import workbook
from handlers import places
from handlers.desk import Desk, Turn
from handlers.workload import amounts, board, board_picture, week_card, week_round, workweek
from handlers.workload.month_book import book, coordinators
from handlers.workload.view import View
from models.database import Database
from models.workload import EntryState
from tests import invented_town
from tests.invented_town import COORDINATORS, HOUSE, STARTED, TODAY, InventedTown, at, committee_of, officer_of
from tests.unit.exports import office
from workload.figures import Item

MONTHS = [(2025, 10), (2025, 11), (2026, 1), (2026, 4), (2026, 9), (2026, 10), (2026, 11)]
Figures = dict[tuple[str, str], Counter[Item]]  # by coordinator and month


@pytest.fixture(scope="module")
def town() -> InventedTown:
    return invented_town.invent()


@pytest.fixture(scope="module")
def db(town: InventedTown, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The town's year, imported, and its current month, entered."""
    db = invented_town.live(town, tmp_path_factory.mktemp("town"))
    yield db
    db.close()


@pytest.fixture(scope="module")
def truth(town: InventedTown) -> Figures:
    """The months of every coordinator, from what was told alone; a week that is not filed yet is not counted."""
    figures: Figures = defaultdict(Counter)
    for row in town.past:
        days = [row.monday + timedelta(days=n) for n in range(7)]
        worked = [day for day in days if chinese_calendar.is_workday(day)] or days[:1]
        for item, amount in row.figures.items():
            for n, day in enumerate(worked):
                figures[row.code, f"{day:%Y-%m}"][item] += amount // len(worked) + (n < amount % len(worked))
    for tally in town.tallies:
        if (tally.code, tally.day - timedelta(days=tally.day.weekday())) not in town.confirmed:
            continue
        figures[tally.code, f"{tally.day:%Y-%m}"].update(tally.figures)
    for change in town.changes:
        if change.accepted is not False:
            before = town.figures(change.code, change.monday)
            for item, amount in change.figures.items():
                figures[change.code, f"{change.monday:%Y-%m}"][item] += amount - before[item]
    return figures


def _of(truth: Figures, committee: str, month: str) -> Counter[Item]:
    figures: Counter[Item] = Counter()
    for code in COORDINATORS:
        if committee_of(code) == committee:
            figures.update(truth.get((code, month), {}))
    return figures


def _sheets(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """Rows by sheet, each by its headers."""
    found = {}
    for sheet in load_workbook(io.BytesIO(content), read_only=True).worksheets:
        header, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, header), row, strict=True)) for row in rows]
    return found


def _read(row: Mapping[str, Any], before: str = "") -> dict[Item, int]:
    """The figures of a row, or last year's."""
    cells = {item: row[f"{before}{amounts.name_of(item, 'zh')}"] for item in Item}
    return {item: int(cell) for item, cell in cells.items() if cell not in (None, "")}


@pytest.mark.parametrize("month", MONTHS)
def test_workbook_csv_and_board_say_what_was_told(db: Database, truth: Figures, month: tuple[int, int]) -> None:
    desk = Desk(db, at(TODAY), HOUSE)
    this, then = f"{month[0]}-{month[1]:02}", f"{month[0] - 1}-{month[1]:02}"
    names = {code: name for code, name, *_ in invented_town.PLACES}
    sheets = _sheets(workbook(book(desk, month, "zh")))
    assert [row["村居"] for row in sheets["村居"]] == [names[code] for code in ("NY", "DX", "BH")]
    for row, committee in zip(sheets["村居"], ("NY", "DX", "BH"), strict=True):
        assert row["月份"] == this
        assert _read(row) == _of(truth, committee, this)
        assert _read(row, "去年") == _of(truth, committee, then)
    told = list(csv.DictReader(io.StringIO(table(coordinators(desk, month, "zh")).decode("utf-8-sig"))))
    for rows in (sheets["协管员"], told):
        assert [row["编号"] for row in rows] == list(COORDINATORS)
        for row in rows:
            assert _read(row) == truth.get((row["编号"], this), {})
            assert _read(row, "去年") == truth.get((row["编号"], then), {})
    weeks: dict[str, Counter[Item]] = defaultdict(Counter)
    for row in sheets["每周"]:
        weeks[row["编号"]].update(_read(row))
    assert {code: figures for code, figures in weeks.items() if figures} == {
        code: truth[code, this] for code in COORDINATORS if truth.get((code, this))
    }


def test_the_board_of_the_running_month_says_the_same(db: Database, truth: Figures) -> None:
    turn = Turn(db, at(TODAY), HOUSE, Incoming(Address("t", "1"), "t:1", Said.TEXT, language="zh"))
    first, this, then = TODAY.replace(day=1), "2026-11", "2025-11"
    passed = sum(chinese_calendar.is_workday(first + timedelta(days=n)) for n in range(TODAY.day))
    before = sum(chinese_calendar.is_workday(date(2025, 11, day)) for day in range(1, 31))
    office = db.one("select id, role from person where role = 'town_office'")
    assert office is not None
    drawn = board_picture.board(turn, office, View(0, 0, this), "zh")
    names = [column.name for column in drawn.columns]
    cells = {row.name: dict(zip(names, row.cells, strict=True)) for row in drawn.rows}
    for committee in ("NY", "DX", "BH"):
        people = [code for code in COORDINATORS if committee_of(code) == committee]
        had = [code for code in people if code not in STARTED]  # who has started since was nowhere a year ago
        place = db.one("select id from place where code = ?", (committee,))
        assert place is not None
        board.show(turn, office, View(place["id"], 0, this))
        shown = turn.out[-1].text
        for item, figure in _of(truth, committee, this).items():
            expected = ceil(Fraction(_of(truth, committee, then)[item] * passed * len(people), before * len(had)))
            line = rf"^{amounts.name_of(item, 'zh')} {figure}（去年折算 {expected}，"
            assert re.search(line, shown, re.M), f"{line}\n{shown}"
            if item in board_picture.ITEMS:
                cell = cells[places.name(turn, place["id"])][amounts.name_of(item, "zh")]
                assert (cell.value, cell.beside) == (figure, expected)


def _week(town: InventedTown, code: str, monday: date) -> dict[Item, int]:
    """A week as it counts: of the file, or what was tapped and what was changed since."""
    figures = town.figures(code, monday)
    for row in town.past:
        if (row.code, row.monday) == (code, monday):
            figures |= row.figures
    for change in town.changes:
        if (change.code, change.monday) == (code, monday) and change.accepted is not False:
            figures |= change.figures
    return figures


def test_cards_of_the_week_say_the_same_to_coordinator_and_officer(
    db: Database, town: InventedTown, truth: Figures
) -> None:
    def told(figures: Mapping[Item, int], beside: Mapping[Item, int] | None = None) -> str:
        parts = []
        for item in Item:
            said = f"{amounts.name_of(item, 'zh')} {figures.get(item, '—')}"
            parts.append(said + (f" ({beside[item]})" if beside and item in beside else ""))
        pairs = ["\u3000".join(parts[n : n + 2]) for n in range(0, len(parts), 2)]
        return "\n".join([*pairs, "括号里是上周的数字。"] if beside else pairs)

    for code in COORDINATORS:
        person = db.one("select id from person where code = ?", (code,))
        assert person is not None
        for monday in invented_town.WEEKS:
            turn = Turn(db, at(TODAY), HOUSE, Incoming(Address("t", "1"), "t:1", Said.TEXT, language="zh"))
            week = workweek.of(turn, person["id"], monday)
            assert week is not None
            wanted = told(_week(town, code, monday), _week(town, code, monday - timedelta(days=7)))
            week_card.show(turn, week)
            week_round.show_week(turn, week)
            own, officers = (f"{shown.text}\n" for shown in turn.out)
            assert f"\n\n{wanted}\n" in own, f"{wanted}\n{own}"
            assert f"\n\n{wanted}\n" in officers, f"{wanted}\n{officers}"
            for name, month in (("本月到此", "2026-11"), ("去年同月", "2025-11")):
                if name == "本月到此" and monday != invented_town.WEEKS[-1]:
                    continue  # until the end of that week
                sums = truth.get((code, month), Counter())
                short = dict(zip(week_round.SHOWN, ("走访", "登记", "变更", "注销"), strict=True))
                written = " ".join(f"{short[item]} {sums[item]}" for item in short if item in sums)
                assert f"\n{name}：{written or '—'}\n" in officers, officers


@office.needed
def test_libreoffice_reads_the_figures_of_workbook_and_document(db: Database, truth: Figures, tmp_path: Path) -> None:
    desk = Desk(db, at(TODAY), HOUSE)
    sums = tuple((amounts.name_of(item, "zh"), str(figure)) for item, figure in _of(truth, "NY", "2026-11").items())
    said = (Section("困难", ("白天无人在家。",)),)
    analysis = Analysis(
        "月度分析", "南苑社区", "2026-11", (), said, Table("表", ("项目", "本月"), sums), None, desk.now
    )
    files = {
        "month.xlsx": workbook(book(desk, (2026, 11), "zh")),
        "analysis.docx": document(analysis),
    }
    pages = {name: office.Page(made) for name, made in office.converted(files, "html", tmp_path).items()}
    committees, people, *_ = pages["month.xlsx"].tables
    names = {code: name for code, name, *_ in invented_town.PLACES}
    for committee, cells in zip(("NY", "DX", "BH"), committees[1:], strict=True):
        assert cells[0] == names[committee]
        assert _read(dict(zip(committees[0], cells, strict=True))) == _of(truth, committee, "2026-11")
    for code, cells in zip(COORDINATORS, people[1:], strict=True):
        assert _read(dict(zip(people[0], cells, strict=True))) == truth.get((code, "2026-11"), {})
    [printed] = pages["analysis.docx"].tables
    assert printed[1:] == list(map(list, sums))
    assert "白天无人在家。" in pages["analysis.docx"].texts


def test_every_correction_is_told_with_both_figures(db: Database, town: InventedTown) -> None:
    assert {(change.objected, change.accepted) for change in town.changes} == {
        (True, None),
        (False, None),
        (False, True),
        (False, False),
    }
    rows = _sheets(workbook(book(Desk(db, at(TODAY), HOUSE), (2026, 11), "zh")))["更正"]
    people = {code: name for code, name, *_ in invented_town.OTHERS} | {c: n for c, (n, _) in COORDINATORS.items()}
    outcomes = {(True, None): "已计入，协管员有异议", (False, False): "民警不同意，未计入"}
    wanted = [
        {
            "编号": change.code,
            "周起始日": datetime.combine(change.monday, time()),
            "项目": amounts.name_of(item, "zh"),
            "原数": town.figures(change.code, change.monday)[item],
            "更正后": amount,
            "更正人": people[change.by],
            "更正时间": datetime.combine(change.monday + timedelta(days=4), time(18)),
            "原因": change.why,
            "结果": outcomes.get((change.objected, change.accepted), "已计入"),
        }
        for change in town.changes
        for item, amount in change.figures.items()
    ]
    kept = [{name: row[name] for name in wanted[0]} for row in rows]

    def order(row: dict[str, Any]) -> tuple[str, datetime]:
        return row["编号"], row["周起始日"]

    assert sorted(kept, key=order) == sorted(wanted, key=order)


def test_what_was_refused_is_not_the_old_figure_of_what_comes_later(db: Database, town: InventedTown) -> None:
    refused = next(change for change in town.changes if change.accepted is False)
    ((item, _),) = refused.figures.items()
    before = town.figures(refused.code, refused.monday)[item]
    person = db.one("select id from person where code = ?", (refused.code,))
    assert person is not None
    desk = Desk(db, at(TODAY), HOUSE)
    try:
        with db.transaction():
            week = workweek.of(desk, person["id"], refused.monday)
            assert week is not None
            more = {item: before + 5}
            assert workweek.enter(desk, week, more, person["id"], why="再报", state=EntryState.PROPOSED)
        rows = _sheets(workbook(book(desk, (2026, 11), "zh")))["更正"]
        (told,) = [row for row in rows if row["原因"] == "再报"]
        assert (told["原数"], told["更正后"], told["结果"]) == (before, before + 5, "等民警答复，未计入")
    finally:
        with db.transaction():
            db.execute("delete from workload_entry where at = ? and state = 'proposed'", (at(TODAY),))


def test_weeks_tell_their_state_and_who_confirmed_them(db: Database, town: InventedTown) -> None:
    desk = Desk(db, at(TODAY), HOUSE)
    people = {code: name for code, name, *_ in invented_town.OTHERS}
    running = _sheets(workbook(book(desk, (2026, 11), "zh")))["每周"]
    assert len(running) == len(COORDINATORS) * len(invented_town.WEEKS)
    for row in running:
        confirmed = (row["编号"], row["周起始日"].date()) in town.confirmed
        assert row["状态"] == ("已确认" if confirmed else "未上报")
        assert row["确认人"] == (people[officer_of(row["编号"])] if confirmed else None)
    past = _sheets(workbook(book(desk, (2026, 5), "zh")))
    assert {(row["状态"], row["确认人"]) for row in past["每周"]} == {("已确认", "导入的往年数据")}
    assert past["更正"] == []


def test_a_corrected_file_is_told_as_a_correction(db: Database, town: InventedTown, tmp_path: Path) -> None:
    row = next(row for row in town.past if row.monday == date(2026, 6, 8) and Item.VISITED in row.figures)
    (tmp_path / "later.csv").write_text(
        f"编号,周,走访\n{row.code},2026-06-08,{row.figures[Item.VISITED] + 4}\n", "utf-8"
    )
    desk = Desk(db, at(TODAY), HOUSE)
    try:
        read = history.read(tmp_path / "later.csv", meanings(db), None, TODAY)
        assert take(db, read, at(TODAY), HOUSE.is_working_day).changed == 1
        (told,) = _sheets(workbook(book(desk, (2026, 6), "zh")))["更正"]
        assert (told["编号"], told["项目"], told["更正人"], told["原因"]) == (
            row.code,
            "走访住户",
            "导入的往年数据",
            "later.csv",
        )
        assert told["更正后"] == told["原数"] + 4 == row.figures[Item.VISITED] + 4
    finally:
        with db.transaction():
            db.execute("delete from workload_entry where at = ? and batch = 0", (at(TODAY),))


def test_the_same_seed_makes_the_same_town_and_the_same_book_the_same_bytes(db: Database, town: InventedTown) -> None:
    assert invented_town.invent() == town
    assert invented_town.invent(6) != town
    assert {row.monday.strftime("%Y-%m") for row in town.past} >= {"2025-10", "2026-10"}
    made = book(Desk(db, at(TODAY), HOUSE), (2026, 11), "en")
    assert workbook(made) == workbook(book(Desk(db, at(TODAY), HOUSE), (2026, 11), "en"))
    assert [sheet.name for sheet in made.sheets] == ["Committees", "Coordinators", "Weeks", "Corrections"]
    assert "no name, number or address of a resident" in made.origin.lines[-1]
