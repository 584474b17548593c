"""Importing: all or nothing, repeatable, and every bad row named by file, line and column."""

from datetime import date
from pathlib import Path

import pytest

from bot.importing import FileCount, ImportProblem, ImportRefused, import_files
from models.database import Database

TODAY = date(2026, 11, 24)
P = "code,name,kind,parent\n"
Q = "code,name,role,places,language\n"
TREE = P + "T,镇,town,\nC,社区,committee,T\nA,片,area,C\n"


def _counts(db: Database, *files: Path, check: bool = False) -> list[tuple[int, int, int]]:
    return [(c.added, c.updated, c.unchanged) for c in import_files(db, files, TODAY, check=check).files]


def _problems(db: Database, *files: Path) -> list[ImportProblem]:
    with pytest.raises(ImportRefused) as refused:
        import_files(db, files, TODAY)
    assert all(str(problem) in str(refused.value) for problem in refused.value.problems)
    return refused.value.problems


def _rows(db: Database) -> int:
    return sum(len(db.all(f"select * from {table}")) for table in ("place", "person", "assignment"))


def test_children_before_parents_and_again_without_doubling(db: Database, roster: list[Path]) -> None:
    tree = db.all("select a.code, b.code as parent from place a left join place b on b.id = a.parent order by 1")
    assert [tuple(row) for row in tree] == [("NY", "TOWN"), ("NY-1", "NY"), ("TOWN", None)]
    before = _rows(db)
    assert _counts(db, *roster) == [(0, 0, 3), (0, 0, 4)]
    assert _rows(db) == before


def test_an_update_replaces_assignments_and_leaves_others_alone(db: Database, roster: list[Path]) -> None:
    roster[1].write_text(Q + "WANG,王所长,deputy,TOWN；NY-1;TOWN,en\nNEW,新,cadre,NY,zh\n", "utf-8")
    assert _counts(db, *reversed(roster), check=True) == [(1, 1, 0), (0, 0, 3)]
    assert db.one("select 1 from person where code = 'NEW'") is None
    assert _counts(db, *reversed(roster)) == [(1, 1, 0), (0, 0, 3)]
    person = db.one("select id, name, role, language from person where code = 'WANG'")
    assert person is not None
    assert tuple(person)[1:] == ("王所长", "deputy", "en")
    places = db.all(
        "select code from assignment join place on place.id = place where person = ? order by 1", (person[0],)
    )
    assert [row[0] for row in places] == ["NY-1", "TOWN"]
    assert len(db.all("select * from person")) == 5


def test_who_comes_or_moves_later_does_so_on_that_day(db: Database, roster: list[Path]) -> None:
    def postings() -> list[tuple[str, str, str, str | None]]:
        rows = db.all(
            "select person.code, place.code as place, since, until from posting join person on person.id = person "
            "join place on place.id = posting.place where person.code in ('LI', 'NEW') order by posting.id"
        )
        return [(row["code"], row["place"], row["since"], row["until"]) for row in rows]

    always = ("LI", "NY-1", "0001-01-01", None)
    assert postings() == [always]
    roster[1].write_text(Q + "LI,李敏,coordinator,NY,zh\nNEW,新,coordinator,NY-1,zh\n", "utf-8")
    _counts(db, roster[1], check=True)
    assert postings() == [always]
    _counts(db, roster[1])
    _counts(db, roster[1])
    moved = [("LI", "NY-1", "0001-01-01", "2026-11-23"), ("LI", "NY", "2026-11-24", None)]
    assert postings() == [*moved, ("NEW", "NY-1", "2026-11-24", None)]
    roster[1].write_text(Q + "LI,李敏,coordinator,NY-1,zh\n", "utf-8")
    _counts(db, roster[1])
    assert postings() == [always, ("NEW", "NY-1", "2026-11-24", None)]  # it was a slip of the same day


def test_a_place_may_move_and_be_renamed(db: Database, roster: list[Path]) -> None:
    roster[0].write_text(P + "DX,东溪,committee,TOWN\nNY-1,一片,area,DX\n", "utf-8")
    assert _counts(db, roster[0]) == [(1, 1, 0)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends(db: Database, folder: Path, encoding: str, newline: str) -> None:
    file = folder / "any name.csv"
    file.write_bytes((TREE + "\n,,,\n").replace("\n", newline).encode(encoding))
    assert import_files(db, [file], TODAY).files == [FileCount(str(file), added=3)]
    row = db.one("select name from place where code = 'C'")
    assert row is not None and row["name"] == "社区"


@pytest.mark.parametrize(
    ("content", "line", "column", "says"),
    [
        (b"", 0, "", "empty"),
        (b"\xef\xbb\xbf\n\n", 0, "", "empty"),
        (b"PK\x03\x04rest", 0, "", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", 0, "", "spreadsheet"),
        (P.encode("utf-16"), 0, "", "UTF-16"),
        ((TREE + "X\0,x,town,\n").encode(), 5, "", "NUL"),
        (TREE.encode() + b"\xff\xff", 5, "", "neither UTF-8 nor GB18030"),
        (b"code;name;kind;parent\n", 1, "", "semicolons"),
        (b"code\tname\tkind\tparent\n", 1, "", "tabs"),
        ("code，name，kind，parent\n".encode(), 1, "", "full-width commas"),
        (b"code,name,type,parent\n", 1, "", "wrong header"),
        (b"T,x,town,\n", 1, "", "wrong header"),
        ((P + 'T,"镇,town,\n').encode(), 2, "", "not CSV"),
        ((P + "T,镇,town\n").encode(), 2, "", "3 values where 4 belong"),
        ((P + "T,镇,village,\n").encode(), 2, "kind", "unknown kind village"),
        ((P + "\n\nT,,town,\n").encode(), 4, "name", "empty name"),
        ((P + ",镇,town,\n").encode(), 2, "code", "empty code"),
        ((P + 'T,"a\nb",town,\n').encode(), 2, "name", "line break"),
        ((P + "T;U,镇,town,\n").encode(), 2, "code", "semicolon"),
        ((TREE + "A,片,area,C\n").encode(), 5, "code", "there already"),
        ((TREE + "D,社区,committee,T\nA,片,area,D\n").encode(), 6, "parent", "A has two parents: C"),
        ((P + "C,社区,committee,X\n").encode(), 2, "parent", "unknown place X"),
        ((P + "C,社区,committee,\n").encode(), 2, "parent", "needs a town"),
        ((P + "T,镇,town,\nA,片,area,T\n").encode(), 3, "parent", "belongs under a committee"),
        ((P + "T,镇,town,\nU,镇,town,T\n").encode(), 3, "parent", "a town has no parent"),
        ((P + "T,镇,town,T\n").encode(), 2, "parent", "a loop: T → T"),
        ((P + "C,x,committee,A\nA,y,area,C\n").encode(), 2, "parent", "a loop: C → A → C"),
        ((Q + "W,王,sheriff,NY,zh\n").encode(), 2, "role", "unknown role sheriff"),
        ((Q + "W,王,officer,NY;ZZ,zh\n").encode(), 2, "places", "unknown place ZZ"),
        ((Q + "W,王,officer,;,zh\n").encode(), 2, "places", "no place"),
        ((Q + "W,王,officer,NY,fr\n").encode(), 2, "language", "unknown language fr"),
        ((Q + "W,王,officer,NY,NY-1,zh\n").encode(), 2, "", "separated by ;"),
        ((Q + "W,王,officer,NY,zh\nW,李,officer,NY,zh\n").encode(), 3, "code", "there already"),
        ((P + "NY,南苑,area,\n").encode(), 2, "parent", "needs a committee"),
        ((P + "NY,南苑,town,\n").encode(), 2, "kind", "the area NY-1 in the database"),
    ],
)
def test_bad_files_are_named_and_nothing_is_taken(
    db: Database, roster: list[Path], folder: Path, content: bytes, line: int, column: str, says: str
) -> None:
    bad = folder / "bad.csv"
    bad.write_bytes(content)
    good = folder / "good.csv"
    good.write_text(P + "GOOD,好,town,\n", "utf-8")
    before = _rows(db)
    problems = _problems(db, good, bad)
    assert any(
        (found.file, found.line, found.column) == (str(bad), line, column) and says in found.what for found in problems
    ), problems
    assert all(found.file == str(bad) for found in problems)
    assert _rows(db) == before


def test_all_problems_of_all_files_together(db: Database, folder: Path) -> None:
    places, people = folder / "places.csv", folder / "people.csv"
    places.write_text(P + "T,,town,\nC,x,committee,NO\n", "utf-8")
    people.write_text(Q + "W,王,boss,C,xx\n", "utf-8")
    found = [(problem.file, problem.line, problem.column) for problem in _problems(db, people, places)]
    assert found == [
        (str(people), 2, "role"),
        (str(people), 2, "language"),
        (str(places), 2, "name"),
        (str(places), 3, "parent"),
    ]


def test_an_unreadable_file_does_not_make_every_place_unknown(db: Database, folder: Path) -> None:
    people = folder / "people.csv"
    people.write_text(Q + "W,王,officer,C,zh\n", "utf-8")
    found = _problems(db, people, folder, folder / "missing.csv")
    assert [(problem.file, problem.what) for problem in found] == [
        (str(folder), "this is a folder, not a file"),
        (str(folder / "missing.csv"), "No such file or directory"),
    ]
