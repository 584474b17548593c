"""What is sealed opens where it was put, with its key, unaltered; anything else is told, and no garbage comes out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database import Database, columns, opened
from models.draft import Draft
from models.report import Exchange, Report
from models.sealing import KeyRing, KeysUnusable, Unopened, new_key
from tests import fresh_database
from tests.scenarios.story import START

OLD, NEW = new_key(), new_key()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened_db = Database(fresh_database.make(tmp_path / "linli.db"), KeyRing.read(OLD))
    with opened_db.transaction() as db:
        db.execute("insert into place (id, code, name, kind, active) values (1, 'NY', '南苑', 'committee', 1)")
        for number in (1, 2):
            words = {"deed": f"试拉车门{number}", "scene": f"蓝色面包车{number}", "where": "南苑"}
            about = {"about": ["trying_doors"], "happened_at": START, "created_at": START}
            db.insert(Report, number=f"N{number}", place=1, spot=[31.2, 121.4], **about, **words)
            db.insert(Exchange, report=number, kind="addition", text=f"又来了{number}", said_at=START)
    yield opened_db
    opened_db.close()


_READ = f"select {columns(Report)} from report where id = ?"


def test_what_was_put_in_comes_out(db: Database) -> None:
    row = db.one(_READ, (2,))
    assert row is not None
    assert (row["deed"], row["scene"], row["remark"]) == ("试拉车门2", "蓝色面包车2", "")
    assert (row["spot"], row["photos"]) == ([31.2, 121.4], None)


@pytest.mark.parametrize(
    "moved",
    [
        "update report set deed = (select deed from report where id = 2) where id = 1",
        "update report set deed = scene where id = 1",
        "update report set deed = (select text from exchange where id = 1) where id = 1",
    ],
    ids=["another row", "another column", "another table"],
)
def test_what_was_moved_elsewhere_does_not_open(db: Database, moved: str) -> None:
    assert db.execute(moved) == 1
    with pytest.raises(Unopened, match=r"sealed as report\.deed\.1 was altered or moved"):
        db.one(_READ, (1,))
    assert db.one(_READ, (2,)) is not None


def _altered(sealed: bytes, place: int) -> bytes:
    return sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]


@pytest.mark.parametrize("place", [5, 17, -1], ids=["nonce", "contents", "tag"])
def test_what_was_altered_does_not_open(db: Database, place: int) -> None:
    row = db.one("select deed from report where id = 1")
    assert row is not None
    at = place % len(row["deed"])
    db.execute("update report set deed = ? where id = 1", (_altered(row["deed"], at),))
    with pytest.raises(Unopened):
        db.one(_READ, (1,))


@pytest.mark.parametrize("written", [b"\x01", b"", "clear words", b"\x01" * 40], ids=["cut", "empty", "clear", "key"])
def test_what_was_never_sealed_is_not_taken_for_words(db: Database, written: bytes | str) -> None:
    db.execute("update report set deed = ? where id = 1", (written,))
    if not written:
        row = db.one(_READ, (1,))
        assert row is not None and row["deed"] == ""
        return
    with pytest.raises((Unopened, KeysUnusable)):
        db.one(_READ, (1,))


def test_a_draft_of_a_moved_row_does_not_open_either(db: Database) -> None:
    with db.transaction():
        for number in (1, 2):
            who = {"account": bytes([number]), "address": "telegram:1", "touched_at": START}
            db.insert(Draft, form="suspicious", version=1, step="deed", answers={"deed": f"{number}"}, **who)
        db.execute("update draft set answers = (select answers from draft where id = 2) where id = 1")
    with pytest.raises(Unopened, match=r"draft\.answers\.1"):
        db.all(f"select {opened(Draft, 'answers')} from draft")


def test_a_key_that_was_put_into_the_file_opens_at_once_and_seals_when_it_is_taken_up(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(OLD)
    ring, other = KeyRing.of(file), KeyRing.read(f"{NEW},{OLD}")
    sealed = other.seal(b"words", b"here")
    with pytest.raises(KeysUnusable, match=f"the key {other.first.hex()} is missing"):
        ring.open(sealed, b"here")
    file.write_text(f"{NEW}\n{OLD}\n")
    assert ring.open(sealed, b"here") == b"words"
    assert KeyRing.read(OLD).open(ring.seal(b"still", b"here"), b"here") == b"still"
    ring.take_up()
    assert KeyRing.read(NEW).open(ring.seal(b"now", b"here"), b"here") == b"now"


def test_a_key_file_that_was_spoilt_is_told_once_and_the_keys_of_before_are_used(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(OLD)
    ring = KeyRing.of(file)
    sealed = ring.seal(b"words", b"here")
    file.write_text(OLD[:-3])
    with pytest.raises(KeysUnusable, match=f"the key file {file}: key 1 is not whole"):
        ring.refresh()
    ring.refresh()
    assert ring.open(sealed, b"here") == b"words"
