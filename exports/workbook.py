"""Figures as XLSX: typed cells, print set-up, and a last sheet that says how the figures come about.

Numbers are to be given as they are shown elsewhere, a percentage as a part of 1 (0.915 for 91.5 %).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from io import BytesIO
from math import isfinite
from typing import Any
from unicodedata import east_asian_width

LONGEST_NAME = 31  # characters of a sheet's name
LONGEST_TEXT = 32_767  # characters of a cell
NARROWEST, WIDEST, LINES_WIDTH = 8, 40, 70  # columns, in digits
LINE = 18  # points, enough for Chinese; nobody but Excel finds out by itself how high a row has to be
A4 = 9

Value = str | int | float | date | None


class Kind(StrEnum):
    """What the figures of a column are."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"


# Whole numbers show well without a format, and are written faster. A text keeps clear of the figure before it.
FORMATS = {
    Kind.DECIMAL: "0.0",
    Kind.PERCENT: "0.0%",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "yyyy-mm-dd hh:mm",
}
_WORD = re.compile(r"[!-~]+|[^!-~]")  # what a line is not broken in
_FIGURES_WIDTH = {Kind.DATE: 10, Kind.TIME: 16}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet; a text may stand in any of them."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows, each with a value for every field; the first `frozen` columns stay in sight."""

    name: str
    fields: tuple[Field, ...]
    rows: Sequence[tuple[Value, ...]]
    frozen: int = 1


@dataclass(frozen=True, slots=True)
class Origin:
    """The sheet that says how the figures come about."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a file, and when it was made."""

    sheets: tuple[Sheet, ...]
    origin: Origin
    made: datetime


def workbook(book: Book) -> bytes:
    """The sheets as XLSX, the same bytes for the same book."""
    # The bot need not carry them where the file is made in a process of its own.
    from xlsxwriter import Workbook

    from exports.quick_page import QuickPage

    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as made:
        made.set_properties({"created": book.made.astimezone(UTC)})
        formats = {kind: made.add_format({"num_format": number}) for kind, number in FORMATS.items()}
        formats[Kind.TEXT] = made.add_format({"indent": 1})
        heading = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#dcecf7"}
        heads = [made.add_format(heading | place) for place in ({"align": "left", "indent": 1}, {"align": "right"})]
        wrapped = made.add_format({"text_wrap": True, "valign": "top"})
        *names, last = _names([*(sheet.name for sheet in book.sheets), book.origin.name])
        for name, sheet in zip(names, book.sheets, strict=True):
            page = made.add_worksheet(name, QuickPage)
            page.set_default_row(LINE)
            lines = 1
            for number, field in enumerate(sheet.fields):
                page.write_string(0, number, field.name[:LONGEST_TEXT], heads[field.kind is not Kind.TEXT])
                column = [row[number] for row in sheet.rows]
                _fill(page, number, column, formats, field.kind)
                width = _width(field, column)
                page.set_column(number, number, width)
                lines = max(lines, _lines(field.name, width - 1))
            page.set_row(0, LINE * lines)
            page.freeze_panes(1, sheet.frozen)
            page.autofilter(0, 0, len(sheet.rows), max(0, len(sheet.fields) - 1))
            page.repeat_rows(0)
            page.set_landscape()
            _print_on_a4(page)
        page = made.add_worksheet(last)
        page.set_column(0, 0, LINES_WIDTH)
        for number, line in enumerate(book.origin.lines):
            page.set_row(number, LINE * _lines(line, LINES_WIDTH - 2))
            page.write_string(number, 0, line[:LONGEST_TEXT], wrapped)
        _print_on_a4(page)
    return file.getvalue()


def _print_on_a4(page: Any) -> None:
    page.set_paper(A4)
    page.fit_to_pages(1, 0)  # as many pages as it takes, each as wide as the sheet
    page.set_header("&C&A")
    page.set_footer("&C&P / &N")


def _fill(page: Any, number: int, column: list[Value], formats: dict[Kind, Any], kind: Kind) -> None:
    """Write a column, each value as what it is."""
    chosen = formats.get(kind)
    for row, value in enumerate(column, 1):
        if value is None:
            continue
        if isinstance(value, str):
            # And no formula, whatever it begins with.
            page.write_string(row, number, value[:LONGEST_TEXT], formats[Kind.TEXT] if kind is Kind.TEXT else None)
        elif isinstance(value, date):
            time = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            page.write_datetime(row, number, time, chosen)
        elif isfinite(value):
            page.write_number(row, number, value, chosen)
        else:
            raise ValueError(f"{value} is no figure")


def _width(field: Field, column: list[Value]) -> int:
    """Wide enough for a column's texts, within bounds; over figures a head takes two lines, so that many fit a page."""
    texts = {value[:WIDEST] for value in column if isinstance(value, str)}
    longest = max(map(_length, texts), default=0)
    head = _length(field.name[:WIDEST])
    if field.kind is not Kind.TEXT:
        head = max(-(-head // 2), *(_length(word) for word in _WORD.findall(field.name)))
    return min(WIDEST, max(NARROWEST, longest + 2, head + 2, _FIGURES_WIDTH.get(field.kind, 0) + 2))


def _length(text: str) -> int:
    """In digits: Chinese takes two a character."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in text)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of a width."""
    return max(1, -(-_length(text[:LONGEST_TEXT]) // width))


def _names(names: list[str]) -> list[str]:
    """Names as Excel allows them: without its marks, not too long, each once."""
    taken: dict[str, str] = {}
    for name in names:
        clean = "".join("_" if letter in "[]:*?/\\'" or not letter.isprintable() else letter for letter in name)
        clean = clean.strip() or "_"
        count, unique = 1, clean[:LONGEST_NAME]
        while unique.casefold() in taken:
            count += 1
            mark = f" {count}"
            unique = clean[: LONGEST_NAME - len(mark)] + mark
        taken[unique.casefold()] = unique
    return list(taken.values())
