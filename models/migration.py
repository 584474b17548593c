"""Brings a database to the newest schema, and tells whether it is there."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

SCRIPTS = Path(__file__).parent / "migrations"


def _config(path: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
    return config


def migrate(path: Path, revision: str = "head") -> None:
    """Upgrade the SQLite file at `path`, making it if it is not there."""
    command.upgrade(_config(path), revision)


def newest() -> str:
    """The newest revision this code knows."""
    return ScriptDirectory(str(SCRIPTS)).get_current_head() or ""


def known(revision: str) -> bool:
    """Whether this code knows a revision."""
    return revision in {script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()}


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
