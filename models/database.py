"""The SQLite file: opened for durability, written in transactions, spoken to in statements prepared once.

Columns are declared once, on the SQLModel tables; the SQL of the hot path is compiled from them at import.
ORM objects are kept off this path because they cost more than the commits do (facts.md, "Speed").
"""

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Column, Table
from sqlmodel import SQLModel

from models.columns import Sealed, SealedJson
from models.sealing import KeyRing, KeysUnusable, Marks, Unopened
from models.secret import KeyState

Row = sqlite3.Row


class DatabaseUnusable(Exception):
    """The database cannot be opened or read; the message says why and what to do."""


class LeftClear(DatabaseUnusable):
    """What people entrusted to an earlier version still stands in the database in clear."""


# A key that a transaction seals under: a rotation must not take its name away after this.
_USED = (
    "insert into sealing_key (name, state) values (?, 'kept') "
    "on conflict (name) do update set state = 'kept' where state = 'retiring'"
)
_WRITES = re.compile(r'\b(?:insert(?: or \w+)? into|update(?! set\b)|delete from)\s+"?(\w+)', re.IGNORECASE)
_TAKEN_UP = "update sealing_key set state = case name when ? then ? else 'kept' end where name = ? or state = ?"


def is_damage(error: Exception) -> bool:
    """Whether this says that the file is damaged: nothing but a person can mend that."""
    return type(error) is sqlite3.DatabaseError  # what is derived from it says something else


def is_of_database(error: Exception) -> bool:
    """Whether the database failed (locked, without room, damaged), rather than what it was asked for."""
    return isinstance(error, sqlite3.OperationalError) or is_damage(error)


@lru_cache(maxsize=2048)
def _written_by(sql: str) -> tuple[str, ...]:
    """The tables that a statement writes to."""
    return tuple(_WRITES.findall(sql))


def _declared(table: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(table.__tablename__)]


@cache
def _sealed(table: type[SQLModel]) -> dict[str, tuple[bool, str]]:
    """The sealed columns of a table: whether they hold JSON, and what they are bound to but for the id of the row."""
    columns = _declared(table).columns
    return {c.name: (isinstance(c.type, SealedJson), about(c)) for c in columns if isinstance(c.type, Sealed)}


@cache
def _next_id(table: type[SQLModel]) -> str:
    """The SQL for the id that SQLite would give the next row: what is sealed is bound to it."""
    name = table.__tablename__
    if _declared(table).dialect_options["sqlite"]["autoincrement"]:
        return f"select coalesce((select seq from sqlite_sequence where name = '{name}'), 0) + 1"
    return f'select coalesce(max(id), 0) + 1 from "{name}"'


def about(column: Column[Any]) -> str:
    """What a value sealed in this column is bound to, but for the id of its row."""
    return f"{column.table.name}.{column.name}"


def opened(table: type[SQLModel], *names: str) -> str:
    """SQL for these columns of a table in a select, those that are sealed opened."""
    sealed = _sealed(table)
    whose = table.__tablename__
    parts = []
    for name in names:
        if name not in sealed:
            parts.append(f'"{whose}"."{name}"')
            continue
        json, bound = sealed[name]
        kind = f"{name} [JSON]" if json else name
        parts.append(f'opened("{whose}"."{name}", \'{bound}\', "{whose}".id) as "{kind}"')
    return ", ".join(parts)


def columns(table: type[SQLModel]) -> str:
    """SQL for every column of a table in a select, those that are sealed opened."""
    return opened(table, *_declared(table).columns.keys())


def sealing(table: type[SQLModel], column: str, value: str = "?") -> str:
    """SQL for a value to be written into a sealed column by an update of its row."""
    return f"sealed({value}, '{_sealed(table)[column][1]}', id)"


@cache
def _insert(table: type[SQLModel], names: tuple[str, ...], quiet: bool) -> str:
    columns = _declared(table).columns
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
    """One connection, one thread. Reading needs no transaction; every write happens inside `transaction()`.

    What its tables call sealed is sealed with `ring` on the way in, and opened in SQL by what `opened` and `columns`
    write. Raises DatabaseUnusable (LeftClear where an upgrade did not come to its end, unless `left_clear` allows
    that), or KeysUnusable where a key is missing under which something in it is sealed.
    """

    def __init__(self, path: Path | str, ring: KeyRing, *, busy_seconds: float = 5.0, left_clear: bool = False) -> None:
        self._path = path
        self._ring = ring
        self._taken_up = b""  # the key that the bot has said it seals under; others say so in each transaction
        self._failure: Exception | None = None
        try:
            self._connection = sqlite3.connect(
                path,
                isolation_level=None,
                timeout=busy_seconds,
                detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
                cached_statements=512,
            )
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                self._connection.execute(f"pragma {pragma}")
            self._connection.execute("select count(*) from sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            raise DatabaseUnusable(f"the database {path} cannot be used: {error}") from error
        self._connection.row_factory = sqlite3.Row
        self._after: list[Callable[[], None]] = []
        self._numbers: dict[type[SQLModel], int] = {}
        self.transactions = 0  # begun so far: tells one from the next
        self._written: Counter[str] = Counter()  # statements, by the table they write to
        self._connection.create_function("sealed", 3, self._seal)
        self._connection.create_function("opened", 3, self._open)
        self._connection.create_function("mark", 1, lambda name: name and self.mark(name), deterministic=True)
        self._marks: Marks | None = None
        try:
            if not left_clear and self._connection.execute("pragma user_version").fetchone()[0]:
                raise LeftClear(f"what {path} holds is not sealed yet; run: linli migrate")
            self._marks = self._enter()
        except BaseException:
            self._connection.close()
            raise

    def _enter(self) -> Marks | None:
        """See that every key is there; make the secret of marks where there is none. None before its migration."""
        if self.one("select 1 from sqlite_master where name = 'sealing_key'") is None:
            return None
        missing = {row["name"] for row in self.all("select name from sealing_key")} - self._ring.names
        if missing:
            names = ", ".join(sorted(name.hex() for name in missing))
            raise KeysUnusable(
                f"the key {names} is missing, under which the database is sealed; put it back into LINLI_KEYS or the "
                "key file: without it nobody can read what is kept"
            )
        secret = "select opened(value, 'secret.value', id) as value from secret"
        row = self.one(secret)
        if row is None:
            made = "insert or ignore into secret (id, value) values (1, sealed(?, 'secret.value', 1))"
            with self.transaction():
                self.execute(_USED, (self._ring.current,))
                self.execute(made, (os.urandom(32).hex(),))
                row = self.one(secret)
        assert row is not None
        return Marks(bytes.fromhex(row["value"]))

    def take_up(self) -> None:
        """What the bot does once a second: learn the keys that the key file has now, and seal under the first of them.

        It is written down first, so that a rotation knows what the bot seals under. Raises KeysUnusable, once for each
        change of the file, where that cannot be read; the keys that were known are still used.
        """
        self._ring.refresh()
        key = self._ring.first
        if key == self._taken_up or self._marks is None:
            return
        with self.transaction():
            self.execute(_USED, (key,))
            self.execute(_TAKEN_UP, (key, KeyState.SEALING.value, key, KeyState.SEALING.value))
        self._ring.take_up()
        self._taken_up = key

    @property
    def head(self) -> bytes:
        """How everything begins that is sealed under the current key."""
        return self._ring.head

    def mark(self, name: str) -> bytes:
        """What stands for an account or an address where it must be met again but not be read."""
        assert self._marks is not None, "a database that is not migrated has no marks"
        return self._marks.of(name)

    def _seal(self, value: str | None, about: str, row: int) -> bytes | str | None:
        return self._ring.seal(value.encode(), f"{about}.{row}".encode()) if value else value

    def _open(self, value: bytes | str | None, about: str, row: int) -> str | None:
        if not value:
            return "" if value is not None else None
        try:
            if isinstance(value, str):
                raise Unopened(f"{about} of row {row} is not sealed")
            return self._ring.open(value, f"{about}.{row}".encode()).decode()
        except (KeysUnusable, Unopened) as failure:
            self._failure = failure  # SQLite passes on only that something failed
            raise

    @contextmanager
    def transaction(self) -> Iterator["Database"]:
        """BEGIN IMMEDIATE … COMMIT; rolled back whole if anything is raised inside."""
        self._numbers.clear()
        self.transactions += 1
        self._connection.execute("begin immediate")
        try:
            if not self._taken_up and self._marks is not None:
                self._connection.execute(_USED, (self._ring.current,))
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
        row = self._to_be_kept(table, values)
        self._written[str(table.__tablename__)] += 1
        return self._connection.execute(_insert(table, tuple(row), False), tuple(row.values())).lastrowid or 0

    def insert_new(self, table: type[SQLModel], **values: Any) -> bool:
        """Insert a row unless its unique key is there already; true when it was new."""
        row = self._to_be_kept(table, values)
        self._written[str(table.__tablename__)] += 1
        return self._connection.execute(_insert(table, tuple(row), True), tuple(row.values())).rowcount > 0

    def insert_all(self, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows, all of which name the same columns in the same order."""
        kept = [self._to_be_kept(table, row) for row in rows]
        if kept:
            self._written[str(table.__tablename__)] += len(kept)
            self._connection.executemany(_insert(table, tuple(kept[0]), False), [tuple(row.values()) for row in kept])

    def _to_be_kept(self, table: type[SQLModel], values: Mapping[str, Any]) -> dict[str, Any]:
        """A row as it is written: with its defaults, and what is to be sealed sealed."""
        row: dict[str, Any] = {**_defaults(table), **values}
        for name, (json, bound) in _sealed(table).items():
            value = row.get(name)
            if value is None or value == "":
                continue
            if "id" not in row:
                row["id"] = self._next(table)
            written = orjson.dumps(value).decode() if json else value
            row[name] = self._seal(written, bound, row["id"])
        if "id" not in row:  # the file gives the id itself
            self._numbers.pop(table, None)
        return row

    def _next(self, table: type[SQLModel]) -> int:
        """The id of a new row; asked of the file once in a transaction, in which nobody else writes."""
        number = self._numbers.get(table)
        if number is None:
            number = int(self._connection.execute(_next_id(table)).fetchone()[0])
        self._numbers[table] = number + 1
        return number

    def _explain(self) -> None:
        """Where opening what is sealed failed, SQLite says only that something did: raise what it was."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure from None

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> int:
        """Run one statement and return how many rows it changed."""
        for table in _written_by(sql):
            self._written[table] += 1
        try:
            return self._connection.execute(sql, parameters).rowcount
        except sqlite3.OperationalError:
            self._explain()
            raise

    def one(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
        """The first row, or None."""
        try:
            row: Row | None = self._connection.execute(sql, parameters).fetchone()
        except sqlite3.OperationalError:
            self._explain()
            raise
        return row

    def all(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        """Every row."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.OperationalError:
            self._explain()
            raise

    def state(self, *, besides: Collection[str]) -> tuple[int, int]:
        """Another one whenever anybody has written anything, but for what is written here to the tables `besides`."""
        by_others = int(self._connection.execute("pragma data_version").fetchone()[0])
        return by_others, sum(count for table, count in self._written.items() if table not in besides)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read in here is all of one moment, and keeps nobody from writing."""
        self._connection.execute("begin")
        try:
            yield
        finally:
            self._connection.execute("rollback")

    def another(self) -> "Database":
        """A connection of its own to the same file, for another thread to read with. Raises what making one raises."""
        return Database(self._path, self._ring)

    def copy_into(self, other: sqlite3.Connection) -> None:
        """Copy the whole database, page by page, as what is sealed in it is."""
        self._connection.backup(other)

    def empty_journal(self) -> bool:
        """Bring everything into the file; whether nothing is left in the journal, which others may be using."""
        row = self.one("pragma wal_checkpoint(truncate)")
        return row is not None and not row["busy"]

    def close(self) -> None:
        self._connection.close()
