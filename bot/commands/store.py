"""The database that a command works on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.refusal import Refused

if TYPE_CHECKING:
    from bot.settings import Settings
    from models.database import Database


def ready(settings: "Settings") -> None:
    """Refuse to work on a database that is missing or of another version."""
    from models.migration import current, newest

    path = settings.database_path
    if not path.is_file():
        raise Refused(f"there is no database at {path}; run: linli migrate")
    revision = current(path)
    if revision != newest():
        raise Refused(f"the database is at revision {revision or 'none'}, not {newest()}; run: linli migrate")


@contextmanager
def opened(settings: "Settings") -> Iterator["Database"]:
    from models.database import Database

    ready(settings)
    db = Database(settings.database_path, settings.ring())
    try:
        yield db
    finally:
        db.close()
