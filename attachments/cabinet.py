"""Where kept files lie: one sealed file each, named at random. Which is whose, and its key, only the database knows."""

import asyncio
import secrets
from collections.abc import Iterable
from pathlib import Path

from attachments.sealed_file import SealedReader

RAW = ".raw"  # as it came: never passed on


class Cabinet:
    """A folder of sealed files. `called` is set when there may be something to fetch, `ordered` to make."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.called = asyncio.Event()
        self.ordered = asyncio.Event()

    def new(self, suffix: str = "") -> Path:
        """The path of a file that is yet to be written."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.folder / f"{secrets.token_hex(16)}{suffix}"

    def open(self, name: str, key: bytes) -> SealedReader:
        """A kept file, to be read. Raises OSError where it is gone, sealed_file.Damaged where it is another."""
        return SealedReader(self.folder / name, key)

    def take_away(self, names: Iterable[str]) -> None:
        """These files are gone for good; also where they are already."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def sweep(self, known: Iterable[str]) -> None:
        """Whatever nobody knows of any more, a run that was killed may have left: it goes."""
        kept = set(known)
        if self.folder.is_dir():
            self.take_away(file.name for file in self.folder.iterdir() if file.name not in kept)
