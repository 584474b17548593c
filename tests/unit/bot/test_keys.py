"""`linli keys` through the command line, and what every command says where the keys cannot be used."""

import stat
from pathlib import Path

import pytest

from models.database import Database
from models.sealing import KeyRing, new_key
from tests.unit.bot.test_command_line import Linli

FILE = {"LINLI_KEYS": "", "LINLI_KEY_FILE": "keys"}


@pytest.fixture
def linli(folder: Path, files: list[Path]) -> Linli:
    return Linli(folder)


def _name(key: str) -> str:
    return KeyRing.read(key).first.hex()


def test_a_key_is_printed_alone_so_that_it_can_be_put_into_a_setting(linli: Linli) -> None:
    key = linli("keys", "new")
    assert KeyRing.read(key).names and key.count("\n") == 1
    assert linli("keys", "new") != key


def test_a_key_file_is_made_for_its_owner_alone_and_a_new_key_goes_before_the_others(linli: Linli) -> None:
    file = linli.folder / "keys"
    assert "set LINLI_KEY_FILE" in linli("keys", "new", "keys")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    [first] = file.read_text().splitlines()
    file.chmod(0o640)
    linli("keys", "new", "keys")
    second, *rest = file.read_text().splitlines()
    assert rest == [first] and second.split()[1:3] == ["#", f"{_name(second)},"] and "made 20" in second
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [left.name for left in linli.folder.glob(".*")] == []
    assert KeyRing.of(file).first.hex() == _name(second)


@pytest.mark.parametrize(
    ("file", "held", "says"),
    [
        ("data/keys", None, "lies in the data folder"),
        ("keys", b"", "there is no key"),
        ("keys", b"# nothing\n", "there is no key"),
        ("keys", b"places and people\n", "key 1 is not whole"),
        ("keys", b"\xff\xfe\x00", "not a text file with keys"),
        ("nowhere/keys", None, "No such file or directory"),
    ],
    ids=["among the data", "empty", "only a remark", "no keys", "no text", "no folder"],
)
def test_no_key_is_put_where_it_does_not_belong(linli: Linli, file: str, held: bytes | None, says: str) -> None:
    (linli.folder / "data").mkdir()
    if held is not None:
        (linli.folder / file).write_bytes(held)
    line = linli("keys", "new", file, code=1)
    assert says in line and line.startswith("linli: ") and line.count("\n") == 1
    left = linli.folder / file
    assert (left.read_bytes() if left.exists() else None) == held


def test_rotation_names_the_keys_that_may_go(linli: Linli) -> None:
    linli("keys", "new", "keys")
    linli("migrate", code=0, **FILE)
    old = _name((linli.folder / "keys").read_text())
    linli("keys", "new", "keys")
    told = linli("keys", "rotate", code=0, **FILE)
    assert told.startswith("sealed anew: 1 rows\n") and f"the key {old} seals nothing here any more" in told
    file = linli.folder / "keys"
    file.write_text(file.read_text().splitlines()[0])
    assert linli("keys", "rotate", code=0, **FILE) == "sealed anew: 0 rows\n"
    linli("import", "places.csv", code=0, **FILE)


def test_rotation_without_the_old_key_is_refused(linli: Linli) -> None:
    linli("migrate")
    line = linli("keys", "rotate", code=1, LINLI_KEYS=new_key())
    assert "is missing, under which the database is sealed" in line and line.count("\n") == 1


@pytest.mark.parametrize(
    ("written", "settings", "says"),
    [
        (None, {"LINLI_KEYS": ""}, "there is no key to seal with; make one with: linli keys new FILE"),
        (None, {"LINLI_KEYS": new_key()}, "is missing, under which the database is sealed"),
        (None, {"LINLI_KEYS": "A" * 42}, "LINLI_KEYS: key 1 is not whole"),
        (None, FILE, "the key file keys is not there"),
        (b"", FILE, "the key file keys: there is no key"),
        (new_key()[:-1].encode(), FILE, "the key file keys: key 1 is not whole"),
        (new_key().encode(), FILE, "is missing, under which the database is sealed"),
        (b"\xff\xfe" * 30, FILE, "the key file keys is not a text file with keys"),
        (new_key().encode(), {"LINLI_KEYS": "", "LINLI_KEY_FILE": "data/keys"}, "lies in the data folder"),
        (None, {"LINLI_KEYS": "", "LINLI_KEY_FILE": "data"}, "lies in the data folder"),
        (None, {"LINLI_KEYS": "", "LINLI_KEY_FILE": "."}, "cannot be read: Is a directory"),
    ],
    ids=[
        *("none", "wrong", "truncated", "no file", "empty file", "truncated file", "wrong file", "binary file"),
        *("file among the data", "the data folder", "a folder"),
    ],
)
def test_without_its_keys_nothing_starts_and_one_line_says_why(
    linli: Linli, db: Database, written: bytes | None, settings: dict[str, str], says: str
) -> None:
    db.close()
    if written is not None:
        (linli.folder / settings["LINLI_KEY_FILE"]).write_bytes(written)
    before = (linli.folder / "data" / "linli.db").read_bytes()
    line = linli("run", code=1, LINLI_BOT_TOKEN="1:abc", LINLI_TELEGRAM_API="http://127.0.0.1:1", **settings)
    assert says in line and line.startswith("linli: ") and line.count("\n") == 1, line
    assert (linli.folder / "data" / "linli.db").read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["import", "places.csv"],
        ["invite", "--role", "officer", "--place", "NY"],
        ["migrate"],
        ["doctor"],
        ["retention"],
        ["backup", "saved"],
        ["keys", "rotate"],
    ],
    ids=lambda words: words[0],
)
def test_no_command_does_anything_without_the_keys(linli: Linli, db: Database, words: list[str]) -> None:
    db.close()
    before = (linli.folder / "data" / "linli.db").read_bytes()
    line = linli(*words, code=1, LINLI_KEYS=new_key())
    assert "is missing, under which the database is sealed; put it back into LINLI_KEYS or the key file" in line
    assert words == ["doctor"] or (line.startswith("linli: ") and line.count("\n") == 1)
    assert (linli.folder / "data" / "linli.db").read_bytes() == before
    assert not (linli.folder / "saved").exists()
