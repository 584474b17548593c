"""A backup brings everything back; one that is not whole, or not for these keys, touches nothing."""

import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from attachments.sealed_file import CHUNK, SEALED_CHUNK, SealedReader, SealedWriter
from attachments.sealed_file import new_key as new_file_key
from benchmarks.linli_folder import KEYS, RING
from bot import backup as backups
from bot.backup import MAGIC, SEALED_KEY, BackupRefused, Saved, backup, restore
from bot.settings import Settings
from models.attachment import Attachment
from models.calendar_feed import CalendarFeed
from models.database import Database, opened
from models.draft import Draft
from models.person import Account
from models.queue import Outbox
from models.sealing import KeysUnusable, new_key
from tests.unit.bot.test_command_line import Linli

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
DEED = "两人挨个试拉停在路边的车门"
PHOTO = b"a photo" * CHUNK  # several chunks
ATTACHMENTS = ["a1b2", "e5f6"]


@pytest.fixture
def kept(db: Database, roster: list[Path]) -> Database:
    """A database with something of every kind, and two attachments."""
    folder = Path("data/attachments")
    folder.mkdir()
    with db.transaction():
        who = {"account": db.mark("telegram:1"), "address": "telegram:1", "touched_at": NOW}
        db.insert(Draft, form="suspicious", version=1, step="deed", answers={"deed": DEED}, **who)
        for name in ATTACHMENTS:
            key = new_file_key()
            with SealedWriter(folder / name, key) as photo:
                photo.write(PHOTO)
            db.insert(Attachment, draft=1, state="kept", kind="photo", name=name, key=key.hex(), came_at=NOW)
        account = db.insert(Account, name="telegram:9", address="telegram:9", language="zh", bound_at=NOW)
        db.insert(CalendarFeed, account=account, digest="d", made_at=NOW)
        for number, state in enumerate(("waiting", "sending", "done")):
            payload = "" if state == "done" else DEED
            db.insert(Outbox, dedupe=str(number), priority="0", payload=payload, state=state, due_at=NOW)
    return db


def _all() -> dict[str, bytes]:
    """Every file in the data folder, but the lock."""
    files = (file for file in Path("data").rglob("*") if file.is_file() and file.suffix != ".lock")
    return {str(file): file.read_bytes() for file in sorted(files)}


def test_everything_comes_back(kept: Database) -> None:
    settings = Settings()
    assert backup(settings, Path("saved"), NOW) == Saved("2026-11-24T02:00:00+00:00", 2)
    kept.close()
    shutil.rmtree("data")
    assert restore(settings, Path("saved")) == Saved("2026-11-24T02:00:00+00:00", 2)
    db = Database(settings.database_path, RING)
    draft = db.one(f"select {opened(Draft, 'answers')} from draft where account = ?", (db.mark("telegram:1"),))
    assert draft is not None and draft["answers"] == {"deed": DEED}
    row = db.one(f"select name, {opened(Attachment, 'key')} from attachment")
    assert row is not None
    with SealedReader(Path("data/attachments") / row["name"], bytes.fromhex(row["key"])) as photo:
        assert photo.read() == PHOTO
    assert len(db.all("select 1 from person")) == 4
    assert not db.all("select 1 from calendar_feed")  # an address that was revoked since is not to be good again
    # What was under way then has mostly been sent since: it says that it may be a repeat.
    assert [tuple(r) for r in db.all("select state, repeat from outbox")] == [
        ("waiting", 1),
        ("sending", 1),
        ("done", 0),
    ]
    db.close()
    assert {file.name for file in Path("data").iterdir()} == {"attachments", "linli.db", "linli.lock"}


def test_a_backup_is_sealed_and_its_owners_alone_and_replaced_whole(kept: Database) -> None:
    file = Path("saved")
    for _ in range(2):
        backup(Settings(), file, NOW)
        raw = file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert not [word for word in (DEED, "王警官", "南苑", "a photo", "SQLite", "outbox") if word.encode() in raw]
        with kept.transaction():
            kept.execute("delete from draft")
    left = sorted(path.name for path in Path().iterdir())
    assert left == ["data", "people.csv", "places.csv", "saved"]
    assert not list(Path("data").glob(".*"))
    restore_as = Settings(data_dir=Path("elsewhere"))
    restore(restore_as, file)
    db = Database(restore_as.database_path, RING)
    assert not db.all("select 1 from draft")
    db.close()


def test_what_was_there_is_gone_after_a_restore(kept: Database) -> None:
    backup(Settings(), Path("saved"), NOW)
    with kept.transaction():
        kept.execute("update person set name = '后来的人'")
    kept.close()
    (Path("data/attachments") / "c3d4").write_bytes(b"came later")
    restore(Settings(), Path("saved"))
    assert "后来的人".encode() not in b"".join(_all().values())
    assert sorted(file.name for file in Path("data/attachments").iterdir()) == ATTACHMENTS


def test_the_journal_of_a_bot_that_was_killed_is_not_taken_for_the_restored_ones(kept: Database) -> None:
    backup(Settings(), Path("saved"), NOW)
    with kept.transaction():
        kept.execute("update person set name = '后来的人'")
    there = Settings(data_dir=Path("there"))
    shutil.copytree("data", "there")  # with the journal, as a kill leaves it
    assert Path("there/linli.db-wal").stat().st_size
    restore(there, Path("saved"))
    db = Database(there.database_path, RING)
    assert db.one("pragma integrity_check")[0] == "ok"  # type: ignore[index]
    assert not db.all("select 1 from person where name = '后来的人'")
    db.close()


@pytest.mark.parametrize("damage", [b"no database" * 999, b"", None], ids=["damaged", "empty", "gone"])
def test_a_database_that_is_damaged_is_replaced(kept: Database, damage: bytes | None) -> None:
    backup(Settings(), Path("saved"), NOW)
    kept.close()
    path = Settings().database_path
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    path.with_name("linli.db-wal").write_bytes(b"of before")
    restore(Settings(), Path("saved"))
    db = Database(path, RING)
    assert len(db.all("select 1 from person")) == 4
    db.close()


def _cut(at: float) -> Callable[[bytes], bytes]:
    return lambda raw: raw[: int(len(raw) * at)]


def _without_its_last_chunk(raw: bytes) -> bytes:
    start = raw.index(b"\n", len(MAGIC)) + 1 + SEALED_KEY
    return raw[: start + (len(raw) - start - 1) // SEALED_CHUNK * SEALED_CHUNK]


def _altered(at: float) -> Callable[[bytes], bytes]:
    def alter(raw: bytes) -> bytes:
        place = min(int(len(raw) * at), len(raw) - 1)
        return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]

    return alter


def _head(was: bytes, then: bytes) -> Callable[[bytes], bytes]:
    return lambda raw: raw.replace(was, then, 1)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_cut(0), "is no backup"),
        (lambda raw: b"PK" + raw, "is no backup"),
        (lambda raw: raw[:30], "cut off or altered"),
        (lambda raw: raw[:150], "cut off or altered"),
        (_cut(0.5), "cut off or altered"),
        (lambda raw: raw[:-1], "cut off or altered"),
        (_without_its_last_chunk, "cut off or altered"),
        (lambda raw: raw + b"x", "cut off or altered"),
        (_altered(0.3), "cut off or altered"),
        (_altered(0.95), "cut off or altered"),
        (_altered(1), "cut off or altered"),
        (_head(b"02:00:00", b"03:00:00"), "cut off or altered"),
        (_head(b'"revision": "', b'"revision": "9'), "is of a newer linli"),
        (_head(RING.first.hex().encode(), b"0badc0de"), "sealed under the key 0badc0de, which is missing"),
    ],
)
def test_one_that_is_not_whole_touches_nothing(kept: Database, spoil: Callable[[bytes], bytes], says: str) -> None:
    backup(Settings(), Path("saved"), NOW)
    kept.close()
    Path("saved").write_bytes(spoil(Path("saved").read_bytes()))
    shutil.rmtree("data/attachments")  # none of the backup's may come there either
    before = _all()
    with pytest.raises(BackupRefused, match=says) as refused:
        restore(Settings(), Path("saved"))
    assert "\n" not in str(refused.value)
    assert _all() == before


def test_a_key_that_only_the_rows_need_is_missed_before_anything_is_touched(kept: Database) -> None:
    """The backup was made under a new key, and not everything had come under it."""
    both = new_key()
    backup(Settings(keys=f"{both},{KEYS}"), Path("saved"), NOW)
    kept.close()
    before = _all()
    with pytest.raises(KeysUnusable, match="is missing"):
        restore(Settings(keys=both), Path("saved"))
    assert _all() == before


def test_a_backup_is_not_written_where_it_does_not_belong(kept: Database) -> None:
    for place, says in (("data/saved", "lies in the data folder"), ("people.csv", "something else than a backup")):
        before = Path(place).read_bytes() if Path(place).exists() else None
        with pytest.raises(BackupRefused, match=says):
            backup(Settings(), Path(place), NOW)
        assert (Path(place).read_bytes() if Path(place).exists() else None) == before


def test_a_disk_that_is_full_leaves_the_backup_of_before(kept: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    backup(Settings(), Path("saved"), NOW)
    before = Path("saved").read_bytes()

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_archive", full)
    with pytest.raises(OSError, match="No space"):
        backup(Settings(), Path("saved"), NOW)
    assert Path("saved").read_bytes() == before
    assert not Path(".saved.partial").exists()


def test_from_the_command_line(kept: Database, folder: Path) -> None:
    linli = Linli(folder)
    assert linli("backup", "saved").startswith("saved: the database and 2 attachments, sealed")
    kept.close()
    shutil.rmtree("data")
    assert linli("restore", "saved").startswith("restored as of 20")
    assert linli("invite", "--role", "officer", "--place", "NY").startswith("王警官")
    before = _all()
    for words, says in (
        (["restore", "places.csv"], "linli: places.csv is no backup\n"),
        (["restore", "nowhere"], "linli: No such file or directory: nowhere\n"),
        (["backup", "nowhere/saved"], "linli: No such file or directory: nowhere/.saved.partial\n"),
    ):
        assert linli(*words, code=1) == says
    told = linli("restore", "saved", code=1, LINLI_KEYS=new_key())
    assert "is sealed under the key" in told and told.count("\n") == 1
    assert _all() == before
