"""Takes places and people from CSV files: all or nothing, every bad row named by file, line and column."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.refusal import Refused
from handlers import postings
from models.database import Database
from models.person import Person, Role
from models.place import Place, PlaceKind

PLACES = ["code", "name", "kind", "parent"]
PEOPLE = ["code", "name", "role", "places", "language"]
LANGUAGES = ("zh", "en")
ABOVE = {PlaceKind.TOWN: None, PlaceKind.COMMITTEE: PlaceKind.TOWN, PlaceKind.AREA: PlaceKind.COMMITTEE}
KINDS = [kind.value for kind in PlaceKind]
ROLES = [role.value for role in Role]
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Why something cannot be taken. `line` 0 means the whole file, an empty `column` the whole line."""

    file: str
    line: int
    column: str
    what: str

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}{line}{column}: {self.what}"


class ImportRefused(Refused):
    """Nothing was taken, because of these problems."""

    def __init__(self, problems: Sequence[ImportProblem]) -> None:
        super().__init__("\n".join([*map(str, problems), "nothing was imported"]))
        self.problems = list(problems)


class NoText(Exception):
    """A file is no text that could be read: from which line on (0: the whole file), and why."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


@dataclass(slots=True)
class FileCount:
    """What became of one file's rows."""

    file: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class ImportResult:
    """One count per file, in the order given."""

    files: list[FileCount]


@dataclass(frozen=True, slots=True)
class _Row:
    file: int
    name: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def places(self) -> list[str]:
        """The codes in the column `places`, each once; the full-width semicolon counts as well."""
        codes = self["places"].replace("；", ";").split(";")
        return list(dict.fromkeys(code.strip() for code in codes if code.strip()))


@dataclass(slots=True)
class _Reading:
    """The rows of all files, and every problem met so far."""

    places: list[_Row] = field(default_factory=list)
    people: list[_Row] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    complete: bool = True  # false: a file could not be read, so that unknown codes prove nothing

    def problem(self, row: _Row, column: str, what: str) -> None:
        self.problems.append(ImportProblem(row.name, row.line, column, what))

    def read(self, number: int, file: Path) -> None:
        """Read one file, whichever of the two kinds it is."""
        text = self._text(file)
        if text is None:
            self.complete = False
            return
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        header: list[str] | None = None
        try:
            for line, cells in numbered(lines):
                if header is not None:
                    self._row(number, str(file), line, header, cells)
                elif cells in (PLACES, PEOPLE):
                    header = cells
                else:
                    self._refuse(file, line, _wrong_header(cells))
                    return
        except csv.Error as error:
            self._refuse(file, lines.line_num, f"this is not CSV: {error}")
            return
        if header is None:
            self._refuse(file, 0, "the file is empty")

    def _refuse(self, file: Path, line: int, what: str) -> None:
        self.problems.append(ImportProblem(str(file), line, "", what))
        self.complete = False

    def _row(self, number: int, file: str, line: int, header: list[str], cells: list[str]) -> None:
        row = _Row(number, file, line, dict(zip(header, cells, strict=False)))
        if len(cells) != len(header):
            hint = "; several places are separated by ;" if len(cells) > len(header) == len(PEOPLE) else ""
            self.problem(row, "", f"{len(cells)} values where {len(header)} belong{hint}")
            self.complete = False
        else:
            (self.places if header == PLACES else self.people).append(row)

    def _text(self, file: Path) -> str | None:
        try:
            return text_of(file)
        except NoText as problem:
            self._refuse(file, problem.line, str(problem))
        return None


def text_of(file: Path) -> str:
    """The text of a CSV file, wherever it is. Raises NoText."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise NoText(0, "this is a folder, not a file" if file.is_dir() else str(error.strerror)) from error
    if raw.startswith(SPREADSHEETS):
        raise NoText(0, "this is a spreadsheet that was only renamed; save it as CSV (comma separated)")
    return decoded(raw)


def decoded(raw: bytes) -> str:
    """The text of a CSV file as spreadsheets write it: UTF-8, with or without a mark, or GB18030. Raises NoText."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NoText(0, "this is UTF-16 text; save it as CSV UTF-8")
    if b"\0" in raw:
        raise NoText(raw[: raw.index(b"\0")].count(b"\n") + 1, "a NUL byte; this is not a text file")
    line = 1
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            line = max(line, raw[: error.start].count(b"\n") + 1)
    raise NoText(line, "the text is neither UTF-8 nor GB18030")


def wrong_separator(cells: list[str]) -> str:
    """What the cells of this line are separated by instead of commas, in words; empty where they are not."""
    for separator, called in (
        (";", "semicolons"),
        ("\t", "tabs"),
        ("；", "full-width semicolons"),
        ("，", "full-width commas"),
    ):
        if len(cells) == 1 and separator in cells[0]:
            return f"the columns are separated by {called}; save the file with commas"
    return ""


def numbered(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, each with the line it begins on."""
    begins = 1
    for cells in lines:
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield begins, stripped
        begins = lines.line_num + 1  # type: ignore[attr-defined]


def _wrong_header(cells: list[str]) -> str:
    wanted = f"the first line must be {','.join(PLACES)} or {','.join(PEOPLE)}"
    separated = wrong_separator(cells)
    return f"{separated}. {wanted.capitalize()}" if separated else f"wrong header; {wanted}"


def _check_common(reading: _Reading, rows: list[_Row]) -> None:
    """Codes and names; the second row of a code is named."""
    first: dict[str, _Row] = {}
    for row in rows:
        for column in ("code", "name"):
            if not row[column]:
                reading.problem(row, column, f"empty {column}")
            elif not row[column].isprintable():
                reading.problem(row, column, "a line break or control character")
        code = row["code"]
        if ";" in code or "；" in code:
            reading.problem(row, "code", f"{code} holds a semicolon, which separates codes")
        before = first.setdefault(code, row)
        if code and before is not row:
            where = f"{before.name}, line {before.line}"
            if "parent" in row.cells and row["parent"] != before["parent"]:
                parents = f"{before['parent'] or 'none'} ({where}) and {row['parent'] or 'none'}"
                reading.problem(row, "parent", f"{code} has two parents: {parents}")
            else:
                reading.problem(row, "code", f"{code} is there already: {where}")


def _check_places(reading: _Reading, kept: dict[str, tuple[str, str]]) -> None:
    """The tree as it would be: the kept places, code to (kind, parent), overlaid with the rows."""
    tree = kept | {row["code"]: (row["kind"], row["parent"]) for row in reading.places}
    rows = {row["code"]: row for row in reading.places}
    for row in reading.places:
        code, kind, parent = row["code"], row["kind"], row["parent"]
        if kind not in KINDS:
            reading.problem(row, "kind", f"unknown kind {kind or '(empty)'}; it is one of {', '.join(KINDS)}")
            continue
        above = ABOVE[PlaceKind(kind)]
        if loop := _loop(tree, code):
            reading.problem(row, "parent", f"a loop: {' → '.join(loop)}")
        elif above is None and parent:
            reading.problem(row, "parent", f"a town has no parent, here it is {parent}")
        elif above is not None and not parent:
            reading.problem(row, "parent", f"the {kind} {code} needs a {above.value} as parent")
        elif parent and parent not in tree:
            if reading.complete:
                reading.problem(row, "parent", f"unknown place {parent}")
        elif above is not None and tree[parent][0] in KINDS and tree[parent][0] != above:
            what = f"the {kind} {code} belongs under a {above.value}, but {parent} is of kind {tree[parent][0]}"
            reading.problem(row, "parent", what)
    for code, (kind, parent) in kept.items():
        if code not in rows and parent in rows and rows[parent]["kind"] in KINDS:
            above = ABOVE[PlaceKind(kind)]
            if rows[parent]["kind"] != above:
                reading.problem(rows[parent], "kind", f"the {kind} {code} in the database is under {parent}")


def _loop(tree: dict[str, tuple[str, str]], code: str) -> list[str]:
    """The way from a place up to itself; empty where there is none."""
    way = [code]
    while len(way) <= len(tree):
        way.append(tree.get(way[-1], ("", ""))[1])
        if way[-1] == code:
            return way
        if not way[-1]:
            break
    return []


def _check_people(reading: _Reading, places: set[str]) -> None:
    for row in reading.people:
        if row["role"] not in ROLES:
            what = f"unknown role {row['role'] or '(empty)'}; it is one of {', '.join(ROLES)}"
            reading.problem(row, "role", what)
        if row["language"] not in LANGUAGES:
            what = f"unknown language {row['language'] or '(empty)'}; it is zh or en"
            reading.problem(row, "language", what)
        if not row.places:
            reading.problem(row, "places", "no place; a person answers for one place at least")
        for code in row.places:
            if code not in places and reading.complete:
                reading.problem(row, "places", f"unknown place {code}")


def import_files(db: Database, files: Sequence[Path], today: date, *, check: bool = False) -> ImportResult:
    """Take the files in one transaction; with `check` only say what would be done. Raises ImportRefused.

    What is there under the same code is updated; what the files do not name is left alone. Whoever comes or moves does
    so `today` (in the house's zone); those of the first files of all have been there before.
    """
    reading = _Reading()
    for number, file in enumerate(files):
        reading.read(number, file)
    counts = [FileCount(str(file)) for file in files]
    with db.transaction():
        kept = {
            row["code"]: (row["kind"], row["parent"] or "")
            for row in db.all(
                "select place.code, place.kind, up.code as parent from place left join place up on up.id = place.parent"
            )
        }
        _check_common(reading, reading.places)
        _check_common(reading, reading.people)
        _check_places(reading, kept)
        _check_people(reading, kept.keys() | {row["code"] for row in reading.places})
        if reading.problems:
            order = {str(file): number for number, file in reversed(list(enumerate(files)))}
            raise ImportRefused(sorted(reading.problems, key=lambda problem: (order[problem.file], problem.line)))
        # The kinds are in the order of the tree, so parents may follow children in the file.
        for row in sorted(reading.places, key=lambda row: KINDS.index(row["kind"])):
            _take_place(db, row, counts[row.file], check)
        day = today if db.one("select 1 from person") else None
        for row in reading.people:
            _take_person(db, row, counts[row.file], day, check)
    return ImportResult(counts)


def _take_place(db: Database, row: _Row, count: FileCount, check: bool) -> None:
    old = db.one(
        "select place.id, place.name, place.kind, coalesce(up.code, '') as parent "
        "from place left join place up on up.id = place.parent where place.code = ?",
        (row["code"],),
    )
    if old and (old["name"], old["kind"], old["parent"]) == (row["name"], row["kind"], row["parent"]):
        count.unchanged += 1
        return
    count.updated += bool(old)
    count.added += not old
    if check:
        return
    up = db.one("select id from place where code = ?", (row["parent"],))
    values = {"code": row["code"], "name": row["name"], "kind": row["kind"], "parent": up["id"] if up else None}
    if old:
        db.execute("update place set name = :name, kind = :kind, parent = :parent where code = :code", values)
    else:
        db.insert(Place, **values)


def _take_person(db: Database, row: _Row, count: FileCount, day: date | None, check: bool) -> None:
    old = db.one("select id, name, role, language from person where code = ?", (row["code"],))
    values = {column: row[column] for column in ("code", "name", "role", "language")}
    if old:
        assigned = {
            place["code"]
            for place in db.all(
                "select code from assignment join place on place.id = assignment.place where person = ?", (old["id"],)
            )
        }
        same = all(old[column] == row[column] for column in ("name", "role", "language"))
        if same and assigned == set(row.places):
            count.unchanged += 1
            return
    count.updated += bool(old)
    count.added += not old
    if check:
        return
    if old:
        person: int = old["id"]
        db.execute("update person set name = :name, role = :role, language = :language where code = :code", values)
    else:
        person = db.insert(Person, **values)
    marks = ", ".join("?" * len(row.places))
    places = db.all(f"select id from place where code in ({marks})", row.places)
    postings.assign(db, person, [place["id"] for place in places], day)
