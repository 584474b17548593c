"""Reads last year's workload out of a file in the town's own layout, XLSX or CSV: rows, and what cannot be taken.

Nothing here touches the database. A row is a coordinator's month or week; what each column holds is told by its header.
Merged cells and formulas are not guessed at: a formula's value may be older than what it is made of.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries

from bot.importing import NoText, decoded, numbered, wrong_separator
from chat.texts import LANGUAGES, text
from handlers.workload import amounts
from workload.figures import MOST, Item
from workload.numerals import AmountProblem, read_amount, tidy
from workload.weeks import monday_of

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNPACKED = 1 << 30  # bytes that a workbook may unpack to; 100,000 rows of 12 cells have some 60 million
HEADER_WITHIN = 20  # rows in which a sheet's header is looked for
HEADER_CELLS = 3  # that a header has at least: who, when, and one item
OLDEST = 10  # years before today; what is older is a slip of the pen


class Column(StrEnum):
    """What a column holds that is no item."""

    COORDINATOR = "coordinator"
    PLACE = "place"
    MONTH = "month"
    WEEK = "week"
    IGNORED = "ignore"


Meaning = Item | Column
PERIODS = (Column.MONTH, Column.WEEK)


@dataclass(frozen=True, slots=True)
class HistoryProblem:
    """Why something cannot be taken. An empty `cell` means the whole sheet, an empty `sheet` the whole file."""

    file: str
    sheet: str
    cell: str
    what: str

    @property
    def row(self) -> int:
        """Where in the sheet this is, to be told in order."""
        found = re.search("[0-9]+", self.cell)
        return int(found[0]) if found else 0

    def __str__(self) -> str:
        sheet = f", sheet {self.sheet}" if self.sheet else ""
        cell = f", cell {self.cell}" if self.cell else ""
        return f"{self.file}{sheet}{cell}: {self.what}"


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A coordinator's figures of the days from `first` to `last`; `who` and `place` as they are written."""

    sheet: str
    row: int
    who: str
    who_cell: str
    place: str
    place_cell: str
    first: date
    last: date
    when_cell: str
    figures: Mapping[Item, int]


@dataclass(slots=True)
class History:
    """What a file says, and what of it cannot be taken; `sheets` in their order."""

    file: str
    sheets: list[str] = field(default_factory=list)
    rows: list[HistoryRow] = field(default_factory=list)
    problems: list[HistoryProblem] = field(default_factory=list)


class Unreadable(ValueError):
    """A cell that does not hold what it should; the message says why."""


class _FileRefused(Exception):
    """A file that is no table at all."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True)
class _Formula:
    """A cell whose value is made from others."""


@dataclass(frozen=True, slots=True)
class _Broken:
    """A cell that shows an error."""

    shown: str


@dataclass(slots=True)
class _Sheet:
    """A table: its rows with their numbers from 1, and the ranges that are merged. CSV has no name, and only text."""

    name: str
    rows: Iterator[tuple[int, Sequence[object]]]
    merged: Sequence[str] = ()
    typed: bool = True

    def header(self) -> tuple[int, list[str]] | None:
        """Where the header is and what it says: the first row that has several cells, below any title."""
        for number, cells in islice(self.rows, HEADER_WITHIN):
            written = [_written(cell) for cell in cells]
            if sum(map(bool, written)) >= HEADER_CELLS:
                return number, written
            if not self.typed and (separated := wrong_separator(written)):
                raise _FileRefused(separated, number)
        return None


# --- What a header means ---


def plain(header: str) -> str:
    """A header as it is compared and remembered: one width, one case, no spaces, without a unit in brackets."""
    return re.sub(r"\((?:户|条|次|份|个|件|项|小时|h)\)$", "", "".join(tidy(header).split()))


@cache
def known() -> Mapping[str, Meaning]:
    """The headers that need no question: the names of items and columns in every language."""
    columns: dict[str, Meaning] = {
        plain(name): column
        for language in LANGUAGES
        for column in Column
        for name in text(language, f"history-names-{column}").split("/")
    }
    return columns | {plain(name): item for name, item in amounts.names().items()}


def meaning(said: str) -> Meaning | None:
    """What somebody says a column holds: an item or a column, by its word here or by a name."""
    words: dict[str, Meaning] = {each.value: each for each in (*Item, *Column)}
    return words.get(said.strip().lower()) or known().get(plain(said))


def headers(file: Path) -> list[str]:
    """The headers of every sheet, in order, each once. None where the file cannot be read: `read` says why."""
    found: dict[str, str] = {}
    try:
        with _sheets(file) as sheets:
            for sheet in sheets:
                header = sheet.header()
                for name in header[1] if header else ():
                    if name:
                        found.setdefault(plain(name), name)
    except _FileRefused:
        return []
    return list(found.values())


# --- Reading ---


def read(file: Path, meanings: Mapping[str, Meaning], year: int | None, today: date) -> History:
    """The rows of a file whose headers have these meanings. With `year` every row must be of it."""
    history = History(str(file))
    try:
        with _sheets(file) as sheets:
            filled = 0
            for sheet in sheets:
                history.sheets.append(sheet.name)
                filled += _Reader(history, sheet, meanings, year, today).read()
            if not filled:
                raise _FileRefused("the file is empty")
    except _FileRefused as refused:
        history.rows.clear()
        history.sheets.append("")
        history.problems.append(
            HistoryProblem(history.file, "", f"A{refused.line}" if refused.line else "", str(refused))
        )
    return history


class _Reader:
    """One sheet being read."""

    def __init__(
        self, history: History, sheet: _Sheet, meanings: Mapping[str, Meaning], year: int | None, today: date
    ) -> None:
        self.history, self.sheet, self.year, self.today = history, sheet, year, today
        self.meanings = meanings
        self.columns: dict[int, Meaning] = {}
        self.width = 0

    def problem(self, cell: str, what: str) -> None:
        self.history.problems.append(HistoryProblem(self.history.file, self.sheet.name, cell, what))

    def read(self) -> bool:
        """Read it; false where it has no filled cell."""
        first = next((row for row in self.sheet.rows if any(map(_written, row[1]))), None)
        if first is None:
            return False
        self.sheet.rows = chain([first], self.sheet.rows)
        header = self.sheet.header()
        if header is None:
            self.problem("", "there is no row of headers: who, month or week, and the items")
        elif self._understood(*header):
            merged = self._merged(header[0])
            for number, cells in self.sheet.rows if merged is not None else ():
                if number not in (merged or ()):
                    self._row(number, cells)
        return True

    def _understood(self, number: int, names: Sequence[str]) -> bool:
        """Whether the header says who, when and what, each once."""
        self.width = len(names)
        place: dict[Meaning, str] = {}
        sound = True
        for index, name in enumerate(names):
            means = self.meanings.get(plain(name))
            cell = _cell(index, number)
            if not name or means is Column.IGNORED:
                continue
            if means is None:
                self.problem(cell, f'nobody has said what the column "{name}" holds')
                sound = False
            elif means in place or (means in PERIODS and any(period in place for period in PERIODS)):
                other = place.get(means) or next(place[period] for period in PERIODS if period in place)
                self.problem(cell, f"the column {other} holds the {means.value} already")
                sound = False
            else:
                place[means] = cell
                self.columns[index] = means
        missing = [] if Column.COORDINATOR in place else ["the coordinators"]
        missing += [] if any(period in place for period in PERIODS) else ["the months or weeks"]
        missing += [] if any(item in place for item in Item) else ["any item"]
        if sound and missing:
            self.problem(_cell(0, number), f"no column holds {' nor '.join(missing)}")
        return sound and not missing

    def _merged(self, header: int) -> set[int] | None:
        """The rows that have merged cells in columns that matter; None where the header has. A title may be merged."""
        rows: set[int] = set()
        touched = False
        for merged in self.sheet.merged:
            left, top, right, bottom = (each or 0 for each in range_boundaries(merged))
            if bottom < header or not any(left <= index + 1 <= right for index in self.columns):
                continue
            self.problem(merged, "merged cells; unmerge them, so that each cell holds its own value")
            touched = touched or top <= header
            rows.update(range(top, bottom + 1))
        return None if touched else rows

    def _row(self, number: int, cells: Sequence[object]) -> None:
        stray = next((index for index in range(self.width, len(cells)) if _written(cells[index])), None)
        at = {
            means: (_cell(index, number), cells[index] if index < len(cells) else None)
            for index, means in self.columns.items()
        }
        who_cell, who = at[Column.COORDINATOR]
        if not any(_written(value) for _, value in at.values()) or plain(_written(who)) in _totals():
            return
        before = len(self.history.problems)
        if stray is not None:
            self.problem(_cell(stray, number), "no header stands above this value")
        when = next(period for period in PERIODS if period in at)
        when_cell, said = at[when]
        place_cell, place = at.get(Column.PLACE, ("", None))
        for cell, value, missing in ((who_cell, who, "no coordinator"), (place_cell, place, "")):
            if isinstance(value, _Formula | _Broken):
                self.problem(cell, _made(value))
            elif missing and not _written(value):
                self.problem(cell, missing)
        first = last = date.min
        try:
            first, last = (_month if when is Column.MONTH else _week)(said, self.year)
            self._plausible(first, last)
        except Unreadable as why:
            self.problem(when_cell, str(why))
        figures: dict[Item, int] = {}
        for item in Item:
            if item in at:
                cell, value = at[item]
                try:
                    amount = _amount(value) if self.sheet.typed else _told(_written(value))
                except Unreadable as why:
                    self.problem(cell, f"{item.value}: {why}")
                else:
                    if amount is not None:
                        figures[item] = amount
        if figures and len(self.history.problems) == before:
            self.history.rows.append(
                HistoryRow(
                    self.sheet.name, number, _written(who), who_cell, _written(place), place_cell,
                    first, last, when_cell, figures,
                )
            )  # fmt: skip

    def _plausible(self, first: date, last: date) -> None:
        if self.year is not None and self.year not in (first.year, last.year):
            raise Unreadable(f"the wrong year: {first.year}, not {self.year}")
        if first.year < self.today.year - OLDEST:
            raise Unreadable(f"the wrong year: {first.year} is long ago")
        if last >= self.today:
            raise Unreadable(f"this ends on {last}, which is not over yet")


@cache
def _totals() -> frozenset[str]:
    """What stands in the place of a coordinator's name in a row of sums."""
    return frozenset(plain(name) for language in LANGUAGES for name in text(language, "history-totals").split("/"))


def _cell(index: int, row: int) -> str:
    return f"{get_column_letter(index + 1)}{row}"


def _written(value: object) -> str:
    """A cell as text; a number that is whole has no point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def _made(value: _Formula | _Broken) -> str:
    if isinstance(value, _Broken):
        return f"the cell shows the error {value.shown}"
    return "a formula; its result is not used, put the value itself into the cell"


def _amount(value: object) -> int | None:
    """The amount of a cell of a workbook: a whole number; None where it is empty. Raises Unreadable."""
    match value:
        case None:
            return None
        case str():
            if not value.strip():
                return None
            raise Unreadable(f'text ("{value.strip()[:20]}") where a number belongs')
        case _Formula() | _Broken():
            raise Unreadable(_made(value))
        case bool():
            raise Unreadable("yes or no where a number belongs")
        case int() | float():
            if value < 0:
                raise Unreadable(f"{value} is negative")
            if value > MOST:
                raise Unreadable(f"{value} is too large; at most {MOST}")
            if isinstance(value, float) and not value.is_integer():
                raise Unreadable(f"{value} is not a whole number")
            return int(value)
    raise Unreadable("a date or time where a number belongs")


_WHY = {
    "date": "{} is a date, not an amount",
    "negative": "{} is negative",
    "about": "{} is not an exact number",
    "decimal": "{} is not a whole number",
    "huge": f"{{}} is too large; at most {MOST}",
    "none": "text ({}) where a number belongs",
}


def _told(written: str) -> int | None:
    """The amount that a cell of a CSV file tells; None where it is empty. Raises Unreadable."""
    if not written:
        return None
    try:
        return read_amount(written)
    except AmountProblem as problem:
        raise Unreadable(_WHY[problem.reason].format(f'"{written[:20]}"')) from problem


# --- Months and weeks ---

_YEAR = r"(?:(?P<year>[0-9]{4}) ?[年./-] ?)?"
_MONTH = re.compile(rf"{_YEAR}(?P<month>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}}) ?月?(?:份)?")
_COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})")
_DAY = re.compile(
    r"(?P<year>[0-9]{4}) ?[年./-] ?(?P<month>[0-9]{1,2}) ?[月./-] ?(?P<day>[0-9]{1,2}) ?日?(?: 00:00:00)?"
)
_NUMBERED = re.compile(r"(?:(?P<year>[0-9]{4}) ?(?:年 ?|-?(?=w)))?(?:第|w)?(?P<week>[0-9]{1,2}) ?周?")
_SPAN = re.compile(
    rf"{_YEAR}(?P<month>[0-9]{{1,2}}) ?[月./-] ?(?P<day>[0-9]{{1,2}}) ?日?"
    r"(?: ?[-~—–至到]+ ?(?:(?P<year2>[0-9]{4}) ?[年./-] ?)?(?:(?P<month2>[0-9]{1,2}) ?[月./-] ?)?"
    r"(?P<day2>[0-9]{1,2}) ?日?)?"
)


def _no(what: str, written: str) -> Unreadable:
    return Unreadable(f'"{written[:30]}" is no {what}' if written else f"no {what}")


def _dated(year: str | int | None, fallback: int | None, month: int, day: int, written: str) -> date:
    """A day; the year is what is written, or otherwise the one that was given."""
    number = int(year) if year else fallback
    if number is None:
        raise Unreadable(f'of which year is "{written}"? Give it: --year')
    try:
        return date(number, month, day)
    except ValueError as error:
        raise _no("day there is", written) from error


def _month(value: object, year: int | None) -> tuple[date, date]:
    """The days of a month that is written in some way: 2025-03, 2025年3月, 3月, 三月, 3, 202503, a date in it."""
    if isinstance(value, _Formula | _Broken):
        raise Unreadable(_made(value))
    if isinstance(value, datetime | date):
        first = date(value.year, value.month, 1)
    else:
        written = tidy(_written(value))
        found = _COMPACT.fullmatch(written) or _MONTH.fullmatch(written) or _DAY.fullmatch(written)
        if not found:
            raise _no("month", written)
        try:
            month = read_amount(found["month"])
        except AmountProblem as problem:
            raise _no("month", written) from problem
        if not 1 <= month <= 12:
            raise _no("month", written)
        first = _dated(found["year"], year, month, 1, written)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _week(value: object, year: int | None) -> tuple[date, date]:
    """The days of a week: a date in it, 3月3日-3月9日, 2025-W10, 第10周 (as ISO counts weeks)."""
    if isinstance(value, _Formula | _Broken):
        raise Unreadable(_made(value))
    if isinstance(value, datetime | date):
        monday = monday_of(date(value.year, value.month, value.day))
    else:
        written = tidy(_written(value))
        if found := _NUMBERED.fullmatch(written):
            monday = _of_number(found, year, written)
        elif found := _SPAN.fullmatch(written) or _DAY.fullmatch(written):
            monday = _of_span(found, year, written)
        else:
            raise _no("week", written)
    return monday, monday + timedelta(days=6)


def _of_number(found: re.Match[str], year: int | None, written: str) -> date:
    of = int(found["year"]) if found["year"] else year
    if of is None:
        raise Unreadable(f'of which year is "{written}"? Give it: --year')
    if "w" not in written and date(of, 1, 1).weekday() > 3:
        raise Unreadable(
            f"weeks of {of} are numbered in two ways; write the week's Monday, or {of}-W{found['week']:0>2}"
        )
    try:
        return date.fromisocalendar(of, int(found["week"]), 1)
    except ValueError as error:
        raise _no("week", written) from error


def _of_span(found: re.Match[str], year: int | None, written: str) -> date:
    first = _dated(found["year"], year, int(found["month"]), int(found["day"]), written)
    monday = monday_of(first)
    said = found.groupdict()
    if said.get("day2"):
        month = int(said["month2"] or found["month"])
        later = int(said["year2"]) if said["year2"] else first.year + (month < first.month)
        if monday_of(_dated(later, None, month, int(said["day2"]), written)) != monday:
            raise Unreadable(f'"{written}" is more than one week')
    return monday


# --- Files ---


@contextmanager
def _sheets(file: Path) -> Iterator[Iterable[_Sheet]]:
    """The tables of a file. Raises _FileRefused."""
    try:
        with file.open("rb") as opened:
            start = opened.read(8)
            if start.startswith(OLE):
                opened.seek(0)
                raise _FileRefused(_old(opened.read(1 << 22)))
            if not start.startswith(ZIP):
                opened.seek(0)
                raw = opened.read()
    except OSError as error:
        raise _FileRefused("this is a folder, not a file" if file.is_dir() else str(error.strerror)) from error
    if not start.startswith(ZIP):
        yield [_Sheet("", _lines(raw), typed=False)]
        return
    merged = _merged_ranges(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and validations that it does not know
        try:
            book = load_workbook(file, read_only=True, keep_links=False)
        except Exception as error:  # openpyxl raises whatever it stumbles over
            raise _damaged(error) from error
        try:
            yield [
                _Sheet(sheet.title, _cells(sheet), merged.get(sheet.title, ()))
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            ]
        finally:
            book.close()


def _old(raw: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return "the workbook is protected by a password; save it without one"
    return "this is an old .xls workbook, whatever its name says; save it as XLSX or CSV"


def _damaged(error: Exception) -> _FileRefused:
    return _FileRefused(f"the workbook is damaged: {' '.join(str(error).split()) or type(error).__name__}")


def _lines(raw: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    """The lines of a CSV file."""
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table)", raw[:200], re.I):
        raise _FileRefused("this is a web page, whatever its name says; open it in a spreadsheet and save it as XLSX")
    try:
        lines = csv.reader(io.StringIO(decoded(raw), newline=""), strict=True)
        yield from numbered(lines)
    except NoText as problem:
        raise _FileRefused(str(problem), problem.line) from problem
    except csv.Error as error:
        raise _FileRefused(f"this is not CSV: {error}", lines.line_num) from error


def _cells(sheet: Any) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows of a worksheet that hold something, read as they come."""
    sheet.reset_dimensions()  # what a file says about its size may be wrong
    try:
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [_value(cell) for cell in row]
            if any(cell is not None for cell in cells):
                yield number, cells
    except Exception as error:  # as above
        raise _damaged(error) from error


def _value(cell: Any) -> object:
    kind = cell.data_type
    if kind == "f":
        return _Formula()
    return _Broken(str(cell.value)) if kind == "e" else cell.value


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=\"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})\"")


def _merged_ranges(file: Path) -> dict[str, list[str]]:
    """The merged ranges of each sheet, which openpyxl leaves out where it reads row by row."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = {info.filename: info.file_size for info in archive.infolist()}
            if sum(names.values()) > UNPACKED:
                raise _FileRefused("the workbook unpacks to more than 1 GB")
            if "xl/workbook.xml" not in names:
                raise _FileRefused("this is no XLSX workbook, whatever its name says; save it as XLSX or CSV")
            relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
            targets = {each.get("Id"): str(each.get("Target")) for each in relations}
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            found: dict[str, list[str]] = {}
            for sheet in book.iter(f"{_MAIN}sheet"):
                target = targets.get(sheet.get(f"{_RELATIONS}id"), "")
                path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
                if path not in names:
                    raise KeyError(f"the sheet {sheet.get('name')} is missing")
                found[str(sheet.get("name"))] = _merged_in(archive, path)
            return found
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, NotImplementedError, RuntimeError, OSError) as error:
        raise _damaged(error) from error


def _merged_in(archive: zipfile.ZipFile, path: str) -> list[str]:
    """They stand behind the rows: the sheet is gone through in pieces, not kept."""
    found: list[str] = []
    rest = b""
    with archive.open(path) as sheet:
        while piece := sheet.read(1 << 20):
            rest += piece
            end = rest.rfind(b">") + 1
            if b"mergeCell " in rest:  # looked for first: it is seldom there, and this is much faster
                found += [each.decode() for each in _MERGED.findall(rest[:end])]
            rest = rest[end:]
    return found
