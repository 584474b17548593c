"""Everything sealed in a database brought under the current key, while others use it; or sealed for the first time.

Both go over every sealed column of every table that there is: a new one is in it by being declared.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Column, LargeBinary, Table
from sqlmodel import SQLModel

from models.columns import Sealed
from models.database import Database, DatabaseUnusable, about
from models.sealing import KeyRing
from models.secret import KeyState

LOOKED_AT = 500  # rows at a time; nobody is kept waiting by that
HELD_SECONDS = 0.002  # a transaction goes on for so long; one row more, and its commit, come on top
PAUSE_SECONDS = 0.015  # others get their turn


class KeyInUse(Exception):
    """Somebody still seals under another key; the message is one line."""


def _sealed() -> Iterator[tuple[Table, Sequence[Column[Any]]]]:
    for table in SQLModel.metadata.sorted_tables:
        if columns := [column for column in table.columns if isinstance(column.type, Sealed)]:
            yield table, columns


def reseal(db: Database, pause: Callable[[float], None] = time.sleep) -> int:
    """Bring what is sealed under another key under the current one, row by row; returns how many rows that were.

    Killed, it has only done less. Raises models.sealing.Unopened where something was altered from outside.
    """
    count = 0
    for table, columns in _sealed():
        names = [column.name for column in columns]
        stale = " or ".join(f"""(typeof("{name}") = 'blob' and substr("{name}", 1, 5) <> ?)""" for name in names)
        anew = ", ".join(f'"{column.name}" = {_anew(column)}' for column in columns)
        look = f'select id, {stale} as stale from "{table.name}" where id between ? and ? order by id limit {LOOKED_AT}'
        bring = f'update "{table.name}" set {anew} where id = ?'
        end = db.one(f'select max(id) as id from "{table.name}"')  # what comes later is sealed under the key of then
        first, last = 0, end["id"] if end else None
        while rows := db.all(look, (*(db.head for _ in names), first, last)):
            first = rows[-1]["id"] + 1
            ids = [row["id"] for row in rows if row["stale"]]
            while ids:
                until = time.perf_counter() + HELD_SECONDS
                with db.transaction():
                    while ids and time.perf_counter() < until:
                        count += db.execute(bring, (ids.pop(),))
                pause(PAUSE_SECONDS)
    return count


def _anew(column: Column[Any]) -> str:
    bound = f"'{about(column)}'"
    return f'sealed(opened("{column.name}", {bound}, id), {bound}, id)'


def retire(db: Database, bot_runs: Callable[[], bool], pause: Callable[[float], None] = time.sleep) -> int:
    """Reseal everything, and take away the names of the keys under which nothing is sealed any more.

    The names are marked first. Whoever seals under one of these keys after that takes the mark away again, in the same
    transaction; so what is still marked when everything has been looked at is not in use. Only the bot, which seals too
    often to say so each time, says it once: while it seals under another key, nothing can be done. Returns how many
    rows were resealed. Raises KeyInUse.
    """
    with db.transaction():
        other = db.one(
            "select name from sealing_key where name <> ? and state = ?", (db.head[1:], KeyState.SEALING.value)
        )
        if other is not None and bot_runs():
            raise KeyInUse(f"the bot that runs seals under the key {other['name'].hex()}")
        db.execute("update sealing_key set state = ? where name <> ?", (KeyState.RETIRING.value, db.head[1:]))
    count = reseal(db, pause)
    with db.transaction():
        db.execute("delete from sealing_key where state = ?", (KeyState.RETIRING.value,))
        left = db.all("select name from sealing_key where name <> ?", (db.head[1:],))
    if left:
        names = ", ".join(row["name"].hex() for row in left)
        raise KeyInUse(f"meanwhile something was sealed under the key {names}")
    db.empty_journal()  # what was sealed under them stays in no journal
    return count


def seal_clear(path: Path, ring: KeyRing) -> bool:
    """Seal what an upgrade from an unsealed database left in clear, and leave no trace of it in the file.

    Names in columns of marks become their marks. Nobody else may use the database. Killed, it is done again; until it
    has come to its end the database opens for nobody else (models.database.LeftClear). Returns whether there was any.
    Raises DatabaseUnusable where another program has the database open.
    """
    db = Database(path, ring, left_clear=True)
    try:
        row = db.one("pragma user_version")
        if row is None or not row[0]:
            return False
        with db.transaction():
            for table in SQLModel.metadata.sorted_tables:
                for column in table.columns:
                    if isinstance(column.type, Sealed):
                        _replace(db, column, f"sealed(\"{column.name}\", '{about(column)}', id)")
                    elif isinstance(column.type, LargeBinary):
                        _replace(db, column, f'mark("{column.name}")')
        db.execute("vacuum")  # what was clear is in pages that are free now
        _empty_journal(db, path)
        db.execute("pragma user_version = 0")
        _empty_journal(db, path)
    finally:
        db.close()
    return True


def _replace(db: Database, column: Column[Any], value: str) -> None:
    """Put this where a text stands in the column."""
    table, name = column.table, column.name
    db.execute(f"""update "{table}" set "{name}" = {value} where typeof("{name}") = 'text' and "{name}" <> ''""")


def _empty_journal(db: Database, path: Path) -> None:
    if not db.empty_journal():
        raise DatabaseUnusable(f"another program uses {path}; end it, then run: linli migrate")
