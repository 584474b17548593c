"""A database for a test: migrated once in a process, then copied, which saves a third of a second each time."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from models.migration import migrate


def make(path: Path) -> Path:
    """Put an empty database of the newest schema there."""
    path.write_bytes(_migrated())
    return path


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        migrate(path)
        return path.read_bytes()
