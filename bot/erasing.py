"""Erasing at an administrator's word: a report, or the person who left; with a certificate that tells no content."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.house import house_of
from bot.refusal import Refused
from bot.settings import Settings
from chat.clock import SystemClock
from handlers import erasing, leaving, retention
from handlers.desk import Desk
from models.database import Database

PAUSE_SECONDS = 0.02  # between transactions: a running bot gets its turn


class EraseRefused(Refused):
    """Nothing was erased; the message says why."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was erased: kinds and counts, no content. `emptied`: the journal holds nothing of it any more."""

    what: str
    at: datetime
    counts: Mapping[str, int]
    remarks: tuple[str, ...]
    emptied: bool

    def __str__(self) -> str:
        journal = (
            "The database overwrites what it erases, and its journal is emptied; a VACUUM is not needed."
            if self.emptied
            else "The database overwrites what it erases; its journal was in use: the bot empties it at its next start."
        )
        lines = [
            "Certificate of erasure",
            f"erased: {self.what}",
            f"when: {self.at:%Y-%m-%d %H:%M:%S %z} ({self.at.tzinfo})",
            f"by: linli {_version()}",
            "",
            *(f"{count:6}  {kind}" for kind, count in sorted(self.counts.items())),
            "",
            *self.remarks,
            journal,
        ]
        return "\n".join(lines) + "\n"


def _version() -> str:
    try:
        return version("linli")
    except PackageNotFoundError:
        return "(not installed)"


def desk_of(db: Database, settings: Settings) -> Desk:
    """What erasing needs of a desk, without a bot."""
    return Desk(db, SystemClock().now(), house_of(settings, db))


def erase_due(db: Database, settings: Settings, pause: Callable[[float], None] = time.sleep) -> retention.Erased:
    """Erase what is due, as the running bot does by itself; returns how much."""
    count = retention.Erased()
    while True:
        with db.transaction():
            erased = retention.erase(desk_of(db, settings))
        count += erased
        if not erased:
            db.empty_journal()
            return count
        pause(PAUSE_SECONDS)


def words_due(db: Database, settings: Settings) -> int:
    """How many rows hold words whose time is over: counted by deleting them in a transaction that is given up."""
    count = 0
    with suppress(_GivenUp), db.transaction():
        count = retention.delete_words(desk_of(db, settings))
        raise _GivenUp
    return count


class _GivenUp(Exception):
    """Nothing of it is kept."""


def erase_report(db: Database, settings: Settings, number: str, sure: Callable[[str], None]) -> Certificate:
    """Erase one report now, whatever its state. `sure` is told what it is, and raises where it is not to be.

    Raises EraseRefused.
    """
    row = db.one("select id, kind, state from report where number = ?", (number,))
    if row is None:
        raise EraseRefused(f"there is no report {number}; it may be erased already")
    what = f"report {number} ({row['kind']}, {row['state']})"
    sure(what)
    desk = desk_of(db, settings)
    with db.transaction():
        gone = erasing.erase_reports(desk, [row["id"]])
    if not gone:
        raise EraseRefused(f"there is no report {number}; it was erased meanwhile")
    return _certificate(db, desk, what, gone, "A count for its month, place and kind is left, and nothing else.")


def erase_person(db: Database, settings: Settings, code: str, sure: Callable[[str], None]) -> Certificate:
    """Take a person who left out of the staff. `sure` as for a report. Raises EraseRefused."""
    desk = desk_of(db, settings)
    row = leaving.find(desk, code)
    if row is None:
        raise EraseRefused(f"there is no person with the code {code}")
    what = f"person {code}"
    sure(what)
    with db.transaction():
        row = leaving.find(desk, code)
        if row is None:
            raise EraseRefused(f"there is no person with the code {code} any more")
        gone, held = leaving.erase_person(desk, row)
    remarks = ["Reports and the read log keep their rows, of a former colleague without a name."]
    if row["others"]:
        remarks.append("The account is somebody else's too, and stays.")
    if held:
        remarks.append(f"The running bot finds somebody else for the alerts that this person had: {held}.")
    return _certificate(db, desk, what, gone, *remarks)


def _certificate(db: Database, desk: Desk, what: str, gone: Mapping[str, int], *remarks: str) -> Certificate:
    if gone.get(erasing.MESSAGES):
        remarks = (*remarks, "Messages are taken out of chats by the running bot, as far as the platform lets it.")
    return Certificate(what, desk.now.astimezone(desk.house.zone), gone, remarks, db.empty_journal())


@contextmanager
def written(file: Path | None) -> Iterator[Callable[[str], None]]:
    """Give what writes a certificate into this file, which only its owner may read; made first, so that nothing is
    erased whose certificate cannot be kept, and gone again where nothing was. Raises OSError, as where it is there."""
    if file is None:
        yield lambda text: None
        return
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as kept:
        os.fchmod(kept.fileno(), 0o600)
        try:
            yield lambda text: print(text, end="", file=kept)
        except BaseException:
            file.unlink()
            raise
