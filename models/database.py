"""The SQLite file: opened for durability, written in transactions, spoken to in statements prepared once.

Columns are declared once, on the SQLModel tables; the SQL of the hot path is compiled from them at import.
ORM objects are kept off this path because they cost more than the commits do (facts.md, "Speed").
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

Row = sqlite3.Row


class DatabaseUnusable(Exception):
    """The database cannot be opened or read; the message says why and what to do."""


def is_damage(error: Exception) -> bool:
    """Whether this says that the file is damaged: nothing but a person can mend that."""
    return type(error) is sqlite3.DatabaseError  # what is derived from it says something else


def is_of_database(error: Exception) -> bool:
    """Whether the database failed (locked, without room, damaged), rather than what it was asked for."""
    return isinstance(error, sqlite3.OperationalError) or is_damage(error)


@cache
def _insert(table: type[SQLModel], names: tuple[str, ...], quiet: bool) -> str:
    columns = table.__table__.columns  # type: ignore[attr-defined]
    unknown = set(names) - set(columns.keys())
    if unknown:
        raise KeyError(f"{table.__name__} has no column {', '.join(sorted(unknown))}")
    verb = "insert or ignore into" if quiet else "insert into"
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    return f'{verb} "{table.__tablename__}" ({listed}) values ({marks})'


@cache
def _defaults(table: type[SQLModel]) -> dict[str, Any]:
    fields = table.model_fields
    return {name: f.default for name, f in fields.items() if not f.is_required() and name != "id"}


class Database:
    """One connection, one thread. Reading needs no transaction; every write happens inside `transaction()`."""

    def __init__(self, path: Path | str, *, busy_seconds: float = 5.0) -> None:
        try:
            self._connection = sqlite3.connect(
                path,
                isolation_level=None,
                timeout=busy_seconds,
                detect_types=sqlite3.PARSE_DECLTYPES,
                cached_statements=512,
            )
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                self._connection.execute(f"pragma {pragma}")
            self._connection.execute("select count(*) from sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            raise DatabaseUnusable(f"the database {path} cannot be used: {error}") from error
        self._connection.row_factory = sqlite3.Row
        self._after: list[Callable[[], None]] = []

    @contextmanager
    def transaction(self) -> Iterator["Database"]:
        """BEGIN IMMEDIATE … COMMIT; rolled back whole if anything is raised inside."""
        self._connection.execute("begin immediate")
        try:
            yield self
        except BaseException:
            self._after.clear()
            self._connection.execute("rollback")
            raise
        try:
            self._connection.execute("commit")
        except BaseException:
            self._after.clear()
            if self._connection.in_transaction:
                self._connection.execute("rollback")
            raise
        after, self._after = self._after, []
        for then in after:
            then()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of a transaction that may fail alone."""
        kept = len(self._after)
        self._connection.execute("savepoint part")
        try:
            yield
        except BaseException:
            del self._after[kept:]
            self._connection.execute("rollback to part")
            self._connection.execute("release part")
            raise
        self._connection.execute("release part")

    def after_commit(self, then: Callable[[], None]) -> None:
        """Do this when, and only when, the transaction has been committed."""
        self._after.append(then)

    def insert(self, table: type[SQLModel], **values: Any) -> int:
        """Insert one row and return its id. Raises sqlite3.IntegrityError on a clash."""
        row = _defaults(table) | values
        return self._connection.execute(_insert(table, tuple(row), False), tuple(row.values())).lastrowid or 0

    def insert_new(self, table: type[SQLModel], **values: Any) -> bool:
        """Insert a row unless its unique key is there already; true when it was new."""
        row = _defaults(table) | values
        return self._connection.execute(_insert(table, tuple(row), True), tuple(row.values())).rowcount > 0

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> int:
        """Run one statement and return how many rows it changed."""
        return self._connection.execute(sql, parameters).rowcount

    def one(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
        """The first row, or None."""
        row: Row | None = self._connection.execute(sql, parameters).fetchone()
        return row

    def all(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        """Every row."""
        return self._connection.execute(sql, parameters).fetchall()

    def close(self) -> None:
        self._connection.close()
