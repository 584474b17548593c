"""`linli backup` and `linli restore`: everything that is kept in one sealed file, made while the bot runs.

The file says in its first lines what it is, and holds the key of the rest, sealed under the ring. The rest is an
archive, sealed as a stream (attachments.sealed_file): one that was cut off or altered is not restored at all.
"""

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from attachments.cabinet import Cabinet
from attachments.sealed_file import Damaged, SealedReader, Sealer, keep_names, new_key
from bot.lock import held
from bot.refusal import Refused
from bot.replacing import replacing
from bot.settings import Settings
from models.database import Database
from models.migration import known, newest
from models.sealing import KeyRing, Unopened

MAGIC = b"linli backup 1\n"
SEALED_KEY = 65  # bytes: 32, and what sealing adds
MOST_HEAD = 200
DATABASE = "linli.db"
ATTACHMENTS = "attachments/"
COPIES = ".linli-copy-"
ADDRESSES = "delete from calendar_feed"  # some may have been revoked since: whoever reads their calendar makes one anew
WAITING = "update outbox set repeat = 1 where state in ('waiting', 'sending')"


class BackupRefused(Refused):
    """A backup cannot be made or restored; the message is one line, and nothing has changed."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds: when it was made (ISO, UTC), and how many attachments."""

    made: str
    attachments: int


def backup(settings: Settings, file: Path, now: datetime) -> Saved:
    """Save everything into `file`: replaced whole or not at all. Raises BackupRefused, KeysUnusable, OSError."""
    if settings.is_kept(file):
        raise BackupRefused(f"{file} lies in the data folder and would be lost with it; choose another place")
    if file.exists() and not _begins_well(file):
        raise BackupRefused(f"{file} is something else than a backup; choose another name")
    path, ring = settings.database_path, settings.ring()
    db = Database(path, ring)
    try:
        head = {"made": now.isoformat(timespec="seconds"), "revision": newest(), "key": ring.current.hex()}
        with replacing(file) as out, _copied(db, path.parent) as (pages, names):
            key = new_key()
            line = MAGIC + json.dumps(head).encode() + b"\n"
            out.write(line + ring.seal(key, line))
            sealer = Sealer(out, key)
            count = _archive(sealer, pages, names, settings.attachments)
            sealer.finish()
    finally:
        db.close()
    return Saved(head["made"], count)


@contextmanager
def _copied(db: Database, folder: Path) -> Iterator[tuple[BinaryIO, Sequence[str]]]:
    """The database as it is at one moment, and the names of the attachments of that moment.

    The copy lies where the database does, and has no name from before it holds anything: no kill leaves it there.
    """
    for left in folder.glob(f"{COPIES}*"):
        left.unlink(missing_ok=True)
    made, name = tempfile.mkstemp(prefix=COPIES, dir=folder)
    os.close(made)
    with closing(sqlite3.connect(name, isolation_level=None)) as copy:
        copy.execute("pragma journal_mode = off")
        copy.execute("select count(*) from sqlite_master")  # only now it is opened
        with Path(name).open("rb") as pages:
            Path(name).unlink()
            with db.snapshot():
                names = [row["name"] for row in db.all("select name from attachment where name <> '' order by id")]
                db.copy_into(copy)
            yield pages, names


def _archive(sealer: Sealer, pages: BinaryIO, names: Sequence[str], folder: Path) -> int:
    """Write the archive; returns how many attachments are in it. What was erased since is left out."""
    count = 0
    with tarfile.open(fileobj=sealer, mode="w|") as archive:  # type: ignore[call-overload]  # it is written to only
        archive.addfile(_member(DATABASE, pages), pages)
        for name in names:
            try:
                attachment = (folder / name).open("rb")
            except FileNotFoundError:
                continue
            with attachment:
                archive.addfile(_member(ATTACHMENTS + name, attachment), attachment)
            count += 1
    return count


def _member(name: str, file: BinaryIO) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = os.fstat(file.fileno()).st_size
    return member


def _begins_well(file: Path) -> bool:
    with file.open("rb") as there:
        return there.read(len(MAGIC)) == MAGIC


def restore(settings: Settings, file: Path) -> Saved:
    """Put what `file` holds in the place of everything that is kept; what was there before is gone.

    Until the last moment nothing of that is touched; killed, all is as it was, or done. Raises BackupRefused,
    bot.lock.InUse while a bot runs, KeysUnusable, OSError.
    """
    path, ring = settings.database_path, settings.ring()
    try:
        with _opened(file, ring) as (archive, made):
            while archive.read(1 << 20):  # to its end, before anything is done
                pass
            archive.seek(0)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with held(path):
                return Saved(made, _put_back(archive, path, ring, Cabinet(settings.attachments)))
    except Damaged:
        raise BackupRefused(f"{file} was cut off or altered; nothing was restored") from None


@contextmanager
def _opened(file: Path, ring: KeyRing) -> Iterator[tuple[SealedReader, str]]:
    """The archive in a backup, and when it was made. Raises BackupRefused, Damaged."""
    with file.open("rb") as there:
        line = there.read(len(MAGIC))
        if line != MAGIC:
            raise BackupRefused(f"{file} is no backup")
        line += there.readline(MOST_HEAD)
        sealed = there.read(SEALED_KEY)
    try:
        head = json.loads(line[len(MAGIC) :])
        made, revision, key = head["made"], head["revision"], bytes.fromhex(head["key"])
    except (ValueError, KeyError, TypeError):
        raise Damaged from None
    if not known(revision):
        raise BackupRefused(f"{file} is of a newer linli: its revision {revision} is not known here")
    if key not in ring.names:
        raise BackupRefused(
            f"{file} is sealed under the key {key.hex()}, which is missing: put it into LINLI_KEYS or the key file"
        )
    try:
        opened = ring.open(sealed, line)
    except Unopened:
        raise Damaged from None
    with SealedReader(file, opened, len(line) + SEALED_KEY) as archive:
        yield archive, made


def _put_back(archive: BinaryIO, path: Path, ring: KeyRing, cabinet: Cabinet) -> int:
    fresh = _fresh(path)
    clear_leftovers(path)
    try:
        names = _unpack(archive, fresh, cabinet)
        db = Database(fresh, ring)
        try:
            with db.transaction():
                db.execute(WAITING)  # most of it was sent since (docs/decisions/0005)
                if db.one("select 1 from sqlite_master where name = 'calendar_feed'"):  # not in backups of long ago
                    db.execute(ADDRESSES)
        finally:
            db.close()
        _close_up(path)
        fresh.replace(path)
        keep_names(path.parent)
    finally:
        clear_leftovers(path)
    cabinet.sweep(names)
    return len(names)


def _unpack(archive: BinaryIO, fresh: Path, cabinet: Cabinet) -> Sequence[str]:
    """Write the database to `fresh`, and the attachments where they belong: nobody knows of them until the database is
    there, and the next start of the bot takes away what nobody knows. Returns their names."""
    names = []
    with tarfile.open(fileobj=archive, mode="r|") as members:
        for member in members:
            content = members.extractfile(member)
            assert content is not None
            if member.name == DATABASE:
                target = fresh
            else:
                names.append(Path(member.name).name)
                target = cabinet.folder / names[-1]
                if target.exists():
                    continue  # the very same: a name is drawn once
                cabinet.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with replacing(target) as written:
                shutil.copyfileobj(content, written)
    return names


def _fresh(path: Path) -> Path:
    return path.with_name(f"{path.name}.restoring")


def clear_leftovers(path: Path) -> None:
    """Take away what a restore that was killed has left beside the database at `path`."""
    for left in path.parent.glob(f"*{_fresh(path).name}*"):
        left.unlink(missing_ok=True)


def _close_up(path: Path) -> None:
    """Bring the old database to rest in its one file: a journal that outlived it would be taken for the new one's."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=2.0)) as old:
            old.execute("pragma wal_checkpoint(truncate)")
            old.execute("pragma journal_mode = delete")
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BackupRefused(f"another program uses {path}; end it first, nothing was restored") from None
        # It is damaged, or not there: that is what a backup is for.
    for journal in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + journal).unlink(missing_ok=True)
