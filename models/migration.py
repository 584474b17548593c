"""Brings a database to the newest schema, and tells whether it is there."""

import sqlite3
from pathlib import Path

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(path: Path, revision: str = "head") -> None:
    """Upgrade the SQLite file at `path`, making it if it is not there."""
    from alembic import command  # only here: every start would wait for it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
    command.upgrade(config, revision)


def newest() -> str:
    """The newest revision this code knows."""
    return max(_revisions())


def known(revision: str) -> bool:
    """Whether this code knows a revision."""
    return revision in _revisions()


def _revisions() -> set[str]:
    """A script's name begins with its revision; each follows the one of the number before."""
    return {script.name[:4] for script in (SCRIPTS / "versions").glob("[0-9]*.py")}


def current(path: Path) -> str:
    """The revision the file is at; empty when it has none. Raises sqlite3.DatabaseError where it cannot be read."""
    if not path.exists():
        return ""
    connection = sqlite3.connect(path)
    try:
        if connection.execute("select 1 from sqlite_master where name = 'alembic_version'").fetchone() is None:
            return ""
        row = connection.execute("select version_num from alembic_version").fetchone()
    finally:
        connection.close()
    return str(row[0]) if row else ""
