"""Reads last year's workload out of a file in the town's own layout, XLSX or CSV: rows, and what cannot be taken.

Nothing here touches the database. A row is a coordinator's month or week; what each column holds is told by its header.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path

from openpyxl.utils.cell import get_column_letter, range_boundaries

from bot.history_periods import month, week
from bot.spreadsheet import Broken, FileRefused, Formula, Sheet, Unreadable, cell_text, sheets, why_no_value
from chat.texts import LANGUAGES, text
from handlers.workload import amounts
from workload.figures import MOST, Item
from workload.numerals import AmountProblem, read_amount, tidy

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
        with sheets(file) as found_sheets:
            for sheet in found_sheets:
                header = sheet.header()
                for name in header[1] if header else ():
                    if name:
                        found.setdefault(plain(name), name)
    except FileRefused:
        return []
    return list(found.values())


# --- Reading ---


def read(file: Path, meanings: Mapping[str, Meaning], year: int | None, today: date) -> History:
    """The rows of a file whose headers have these meanings. With `year` every row must be of it."""
    history = History(str(file))
    try:
        with sheets(file) as found_sheets:
            filled = 0
            for sheet in found_sheets:
                history.sheets.append(sheet.name)
                filled += _Reader(history, sheet, meanings, year, today).read()
            if not filled:
                raise FileRefused("the file is empty")
    except FileRefused as refused:
        history.rows.clear()
        history.sheets.append("")
        history.problems.append(
            HistoryProblem(history.file, "", f"A{refused.line}" if refused.line else "", str(refused))
        )
    return history


class _Reader:
    """One sheet being read."""

    def __init__(
        self, history: History, sheet: Sheet, meanings: Mapping[str, Meaning], year: int | None, today: date
    ) -> None:
        self.history, self.sheet, self.year, self.today = history, sheet, year, today
        self.meanings = meanings
        self.columns: dict[int, Meaning] = {}
        self.width = 0

    def problem(self, cell: str, what: str) -> None:
        self.history.problems.append(HistoryProblem(self.history.file, self.sheet.name, cell, what))

    def read(self) -> bool:
        """Read it; false where it has no filled cell."""
        first = next((row for row in self.sheet.rows if any(map(cell_text, row[1]))), None)
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
        stray = next((index for index in range(self.width, len(cells)) if cell_text(cells[index])), None)
        at = {
            means: (_cell(index, number), cells[index] if index < len(cells) else None)
            for index, means in self.columns.items()
        }
        who_cell, who = at[Column.COORDINATOR]
        if not any(cell_text(value) for _, value in at.values()) or plain(cell_text(who)) in _totals():
            return
        before = len(self.history.problems)
        if stray is not None:
            self.problem(_cell(stray, number), "no header stands above this value")
        when = next(period for period in PERIODS if period in at)
        when_cell, said = at[when]
        place_cell, place = at.get(Column.PLACE, ("", None))
        for cell, value, missing in ((who_cell, who, "no coordinator"), (place_cell, place, "")):
            if isinstance(value, Formula | Broken):
                self.problem(cell, why_no_value(value))
            elif missing and not cell_text(value):
                self.problem(cell, missing)
        first = last = date.min
        try:
            first, last = (month if when is Column.MONTH else week)(said, self.year)
            self._plausible(first, last)
        except Unreadable as why:
            self.problem(when_cell, str(why))
        figures: dict[Item, int] = {}
        for item in Item:
            if item in at:
                cell, value = at[item]
                try:
                    amount = _amount(value) if self.sheet.typed else _told(cell_text(value))
                except Unreadable as why:
                    self.problem(cell, f"{item.value}: {why}")
                else:
                    if amount is not None:
                        figures[item] = amount
        if figures and len(self.history.problems) == before:
            self.history.rows.append(
                HistoryRow(
                    self.sheet.name, number, cell_text(who), who_cell, cell_text(place), place_cell,
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


def _amount(value: object) -> int | None:
    """The amount of a cell of a workbook: a whole number; None where it is empty. Raises Unreadable."""
    match value:
        case None:
            return None
        case str():
            if not value.strip():
                return None
            raise Unreadable(f'text ("{value.strip()[:20]}") where a number belongs')
        case Formula() | Broken():
            raise Unreadable(why_no_value(value))
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
