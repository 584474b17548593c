"""The monthly analysis of the invented town, read back from its DOCX and recomputed from what was told."""

import math
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from io import BytesIO
from random import Random

import chinese_calendar
import pytest
from docx import Document

from exports.analysis import document
from exports.board import State
from handlers.desk import Desk
from handlers.workload import amounts, month_analysis, month_record
from handlers.workload.month_analysis import Told
from models.checks import LedgerCheck
from models.database import Database
from models.report import Report
from tests import invented_town
from tests.invented_town import COORDINATORS, HOUSE, at, committee_of, officer_of
from tests.scenarios.test_invented_year import Figures, _of, db, town, truth  # noqa: F401  # fixtures
from workload.analysis import Register
from workload.figures import Item

OCTOBER, SEPTEMBER = (2026, 10), (2026, 9)
COMMITTEES = {code: name for code, name, kind, _ in invented_town.PLACES if kind == "committee"}
KINDS = ("theft", "fraud", "fire_hazard")


class Undo(Exception):
    """What a test entered is taken back."""


class Facts:
    """What else happened in September and October: told here, entered from here, and recomputed from here."""

    def __init__(self, seed: int = 6) -> None:
        random = Random(seed)
        days = [date(2026, 9, 1) + timedelta(days=n) for n in range(61)]
        self.registers = {
            (committee, month): [
                Register(whole := random.randint(300, 900), random.randint(200, whole), 1000, random.randint(850, 1000))
                for _ in range(2)  # the second corrects the first
            ]
            for committee in ("NY", "DX")
            for month in (SEPTEMBER, OCTOBER)
        }
        self.checks = [
            (code, random.choice(days), random.randint(20, 60), random.randint(10, 20))
            for code in COORDINATORS
            if committee_of(code) != "BH"
            for _ in range(3)
        ]
        self.violations = [
            (committee, day := random.choice(days), random.choice((None, day + timedelta(days=random.randint(0, 40)))))
            for committee in COMMITTEES
            for _ in range(7)
        ]
        self.tips = [
            (committee, random.choice(days), random.choice(KINDS), random.random() < 0.2)
            for committee in COMMITTEES
            for _ in range(8)
        ]

    def enter(self, desk: Desk) -> None:
        places = {row["code"]: row["id"] for row in desk.db.all("select id, code from place")}
        people = {row["code"]: row["id"] for row in desk.db.all("select id, code from person")}
        for (committee, month), told in self.registers.items():
            for register in told:
                month_record.count(desk, places[committee], month, register, people["ZHOU"])
        for code, day, sample, correct in self.checks:
            there = {"person": people[code], "by": people[officer_of(code)], "day": day.isoformat(), "at": at(day)}
            desk.db.insert(LedgerCheck, book=True, in_order=True, sample=sample, correct=correct, **there)
        filed = [("violation", committee, day, ["noise"], False, closed) for committee, day, closed in self.violations]
        filed += [("tip", committee, day, [kind], staff, None) for committee, day, kind, staff in self.tips]
        for number, (kind, committee, day, about, about_staff, closed) in enumerate(filed):
            desk.db.insert(
                Report,
                number=f"F{number}",
                kind=kind,
                place=places[f"{committee}-1"],
                about=about,
                about_staff=about_staff,
                happened_at=at(day, 1),
                created_at=at(day, 1),
                closed_at=at(closed, 23) if closed else None,
                state="closed" if closed else "open",
            )


def months_of(day: date) -> tuple[int, int]:
    return day.year, day.month


def rates_of(facts: Facts, truth: Figures, committee: str, month: tuple[int, int]) -> dict[str, tuple[int, int] | None]:  # noqa: F811
    figures = _of(truth, committee, f"{month[0]}-{month[1]:02}")
    register = facts.registers.get((committee, month), [Register()])[-1]
    last = {
        code: (correct, sample)
        for code, day, sample, correct in facts.checks
        if months_of(day) == month and committee_of(code) == committee
    }
    right, sampled = (sum(each[n] for each in last.values()) for n in (0, 1))
    there = {
        "登记率": (register.present, register.expected),
        "准确率": (right, sampled),
        "覆盖率": (register.covered, register.dwellings),
        "当日录入率": (figures[Item.SAME_DAY], figures[Item.TAKEN] + figures[Item.CHANGED] + figures[Item.CANCELLED]),
    }
    return {name: (part, whole) if part is not None and whole else None for name, (part, whole) in there.items()}


def written(share: tuple[int, int] | None) -> str:
    """A rate in percent, rounded down."""
    if share is None:
        return "—"
    tenths = min(share[0] * 1000 // share[1], 1000)
    return f"{tenths // 10}.{tenths % 10}%"


def worked(year: int, month: int) -> int:
    days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    return sum(chinese_calendar.is_workday(day) for day in days if day.month == month)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts()


@pytest.fixture(scope="module")
def told(db: Database, facts: Facts) -> Iterator[dict[str, Told]]:  # noqa: F811
    """The analysis of each committee, as it is gathered on 3 November at 14:00."""
    desk, made = Desk(db, at(date(2026, 11, 3), 14), HOUSE), {}
    try:
        with db.transaction():
            facts.enter(desk)
            for code, name in COMMITTEES.items():
                place = db.one("select id from place where code = ?", (code,))
                assert place is not None
                made[code] = month_record.gather(desk, place["id"], OCTOBER, name)
            raise Undo
    except Undo:
        yield made


@pytest.mark.parametrize("committee", COMMITTEES)
def test_the_document_says_what_was_told(told: dict[str, Told], facts: Facts, truth: Figures, committee: str) -> None:  # noqa: F811
    analysis = month_analysis.written(told[committee], "zh")
    content = document(analysis)
    assert document(month_analysis.written(told[committee], "zh")) == content
    read = Document(BytesIO(content))
    words = "\n".join(paragraph.text for paragraph in read.paragraphs)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in read.tables]
    now, before = (rates_of(facts, truth, committee, month) for month in (OCTOBER, SEPTEMBER))

    targets = {"登记率": 91, "准确率": 91, "覆盖率": 100, "当日录入率": 100}
    for row in tables[0][1:]:
        name, share = row[0], now[row[0]]
        met = "— 无数据" if share is None else ("▲ 达标" if share[0] * 100 >= share[1] * targets[name] else "▼ 未达标")
        counts = "—" if share is None else f"{share[0]}/{share[1]}"
        assert row == [name, written(share), counts, f"{targets[name]}%", met, written(before[name])]
    assert [row[0] for row in tables[0][1:]] == list(targets)

    this, then = _of(truth, committee, "2026-10"), _of(truth, committee, "2025-10")
    days, days_before = worked(2026, 10), worked(2025, 10)
    assert f"本月 {days} 个工作日，去年同月 {days_before} 个" in words
    for item, row in zip(Item, tables[1][1:], strict=True):
        wanted = Fraction(then[item] * days, days_before)
        sign = "▲ 不低于" if this[item] >= wanted else "▼ 低于"
        assert row == [amounts.name_of(item, "zh"), str(this[item]), str(then[item]), str(math.ceil(wanted)), sign]
        if this[item] < wanted:
            assert f"{amounts.name_of(item, 'zh')}（差 {math.ceil(wanted) - this[item]}）" in words

    there = [(day, closed) for place, day, closed in facts.violations if place == committee]
    open_at = [
        sum(day <= end and (closed is None or closed > end) for day, closed in there)
        for end in (date(2026, 9, 30), date(2026, 10, 31))
    ]
    filed = sum(months_of(day) == OCTOBER for day, _ in there)
    closed = sum(closed is not None and months_of(closed) == OCTOBER for _, closed in there)
    assert f"违规：新报 {filed} 起，办结 {closed} 起，期末未办结 {open_at[1]} 起。" in words
    if open_at[0] != open_at[1]:
        change = f"未办结违规由 {open_at[0]} 起变为 {open_at[1]} 起"
        assert change in words.split("好转：" if open_at[1] < open_at[0] else "下滑：")[1].split("\n")[0]

    kinds = {"盗窃": "theft", "诈骗": "fraud", "火灾隐患": "fire_hazard"}
    tips = Counter(
        kind for place, day, kind, staff in facts.tips if place == committee and not staff and months_of(day) == OCTOBER
    )
    assert {row[0]: int(row[1]) for row in (tables[2][1:] if len(tables) > 2 else [])} == {
        name: tips[kind] for name, kind in kinds.items() if tips[kind]
    }
    for name in targets:
        shares = before[name], now[name]
        if shares[0] is None or shares[1] is None:
            assert name in words.split("无法比较：")[1].split("\n")[0]
        else:
            was, is_ = (float(written(share).partition("%")[0]) for share in shares)
            head = {True: "好转：", False: "下滑："}.get(is_ > was) if is_ != was else "和上月持平："
            assert head is not None
            assert name in words.split(head)[1].split("\n")[0]
    assert words.count("到生成时，村(居)委还没有填写。") == 2


@pytest.mark.parametrize("committee", COMMITTEES)
def test_the_picture_says_the_same(told: dict[str, Told], facts: Facts, truth: Figures, committee: str) -> None:  # noqa: F811
    board = month_analysis.pictured(told[committee], "zh")
    cells = {column.name: cell for column, cell in zip(board.columns, board.rows[0].cells, strict=True)}
    for name, share in rates_of(facts, truth, committee, OCTOBER).items():
        shown = None if share is None else float(written(share).partition("%")[0])
        assert cells[name].value == shown
        assert (cells[name].state is State.UNKNOWN) == (share is None)
    this = _of(truth, committee, "2026-10")
    for item in month_analysis.PICTURED:
        assert cells[amounts.name_of(item, "zh")].value == this[item]
