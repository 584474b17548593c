"""Tables as people save them, XLSX or CSV: their rows as they are written, and why a file is none.

Merged cells and formulas are not guessed at: a formula's value may be older than what it is made of.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook

from bot.importing import NoText, decoded, numbered, wrong_separator

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNPACKED = 1 << 30  # bytes that a workbook may unpack to; 100,000 rows of 12 cells have some 60 million
HEADER_WITHIN = 20  # rows in which a sheet's header is looked for
HEADER_CELLS = 3  # that a header has at least


class Unreadable(ValueError):
    """A cell that does not hold what it should; the message says why."""


class FileRefused(Exception):
    """A file that is no table at all."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell whose value is made from others."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that shows an error."""

    shown: str


@dataclass(slots=True)
class Sheet:
    """A table: its rows with their numbers from 1, and the ranges that are merged. CSV has no name, and only text."""

    name: str
    rows: Iterator[tuple[int, Sequence[object]]]
    merged: Sequence[str] = ()
    typed: bool = True

    def header(self) -> tuple[int, list[str]] | None:
        """Where the header is and what it says: the first row that has several cells, below any title."""
        for number, cells in islice(self.rows, HEADER_WITHIN):
            written = [cell_text(cell) for cell in cells]
            if sum(map(bool, written)) >= HEADER_CELLS:
                return number, written
            if not self.typed and (separated := wrong_separator(written)):
                raise FileRefused(separated, number)
        return None


def cell_text(value: object) -> str:
    """A cell as text; a number that is whole has no point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def why_no_value(value: Formula | Broken) -> str:
    if isinstance(value, Broken):
        return f"the cell shows the error {value.shown}"
    return "a formula; its result is not used, put the value itself into the cell"


@contextmanager
def sheets(file: Path) -> Iterator[Iterable[Sheet]]:
    """The tables of a file. Raises FileRefused."""
    try:
        with file.open("rb") as opened:
            start = opened.read(8)
            if start.startswith(OLE):
                opened.seek(0)
                raise FileRefused(_old(opened.read(1 << 22)))
            if not start.startswith(ZIP):
                opened.seek(0)
                raw = opened.read()
    except OSError as error:
        raise FileRefused("this is a folder, not a file" if file.is_dir() else str(error.strerror)) from error
    if not start.startswith(ZIP):
        yield [Sheet("", _lines(raw), typed=False)]
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
                Sheet(sheet.title, _cells(sheet), merged.get(sheet.title, ()))
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            ]
        finally:
            book.close()


def _old(raw: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return "the workbook is protected by a password; save it without one"
    return "this is an old .xls workbook, whatever its name says; save it as XLSX or CSV"


def _damaged(error: Exception) -> FileRefused:
    return FileRefused(f"the workbook is damaged: {' '.join(str(error).split()) or type(error).__name__}")


def _lines(raw: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    """The lines of a CSV file."""
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table)", raw[:200], re.I):
        raise FileRefused("this is a web page, whatever its name says; open it in a spreadsheet and save it as XLSX")
    try:
        lines = csv.reader(io.StringIO(decoded(raw), newline=""), strict=True)
        yield from numbered(lines)
    except NoText as problem:
        raise FileRefused(str(problem), problem.line) from problem
    except csv.Error as error:
        raise FileRefused(f"this is not CSV: {error}", lines.line_num) from error


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
        return Formula()
    return Broken(str(cell.value)) if kind == "e" else cell.value


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=\"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})\"")


def _merged_ranges(file: Path) -> dict[str, list[str]]:
    """The merged ranges of each sheet, which openpyxl leaves out where it reads row by row."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = {info.filename: info.file_size for info in archive.infolist()}
            if sum(names.values()) > UNPACKED:
                raise FileRefused("the workbook unpacks to more than 1 GB")
            if "xl/workbook.xml" not in names:
                raise FileRefused("this is no XLSX workbook, whatever its name says; save it as XLSX or CSV")
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
