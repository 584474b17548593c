"""A database can be brought to the newest schema from nothing and from every earlier revision, with what is in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import models  # noqa: F401 – its tables are what a migrated database must have
from models.migration import SCRIPTS, current, known, migrate, newest

REVISIONS = [script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()][::-1]


def _schema(path: Path) -> dict[str, set[str]]:
    """Columns by table, and index names."""
    with closing(sqlite3.connect(path)) as db:
        tables = [row[0] for row in db.execute("select name from sqlite_master where type = 'table'")]
        schema = {
            table: {f"{c[1]} {c[2]} {'not null' if c[3] else ''}" for c in db.execute(f"pragma table_info('{table}')")}
            for table in tables
            if table != "alembic_version"
        }
        schema["counting on"] = {
            row[0] for row in db.execute("select name from sqlite_master where sql like '%autoincrement%'")
        }
        schema["indexes"] = {
            row[0] for row in db.execute("select name from sqlite_master where type = 'index' and sql is not null")
        }
        return schema


def test_what_is_newest_and_known_is_told_by_the_names_of_the_scripts() -> None:
    assert REVISIONS[-1] == newest() and all(map(known, REVISIONS)) and not known("9999")


def test_a_new_database_is_what_the_tables_declare(tmp_path: Path) -> None:
    migrate(tmp_path / "migrated.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    assert _schema(tmp_path / "migrated.db") == _schema(tmp_path / "declared.db")


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_earlier_revision_comes_up_with_what_is_in_it(tmp_path: Path, revision: str) -> None:
    path, fresh = tmp_path / "old.db", tmp_path / "fresh.db"
    migrate(path, revision)
    assert current(path) == revision
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("insert into place (id, code, name, kind, active) values (1, 'TOWN', '青溪镇', 'town', 1)")
        db.execute(
            "insert into account (id, name, address, language, blocked, bound_at) "
            "values (1, 'telegram:1', 'telegram:1', 'zh', 0, 1)"
        )
    migrate(path)
    migrate(fresh)
    assert current(path) == newest() == REVISIONS[-1]
    assert _schema(path) == _schema(fresh)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("select name from place").fetchall() == [("青溪镇",)]
        assert db.execute("select name from account").fetchall() == [("telegram:1",)]
        assert db.execute("pragma foreign_key_check").fetchall() == []


def test_who_was_there_before_the_records_began_is_there_since_then(tmp_path: Path) -> None:
    """Who has left is known by their figures."""
    path = tmp_path / "old.db"
    migrate(path, "0009")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("insert into place (id, code, name, kind, active) values (1, 'NY-1', '一片', 'area', 1)")
        for number, active in ((1, 1), (2, 0)):
            person = "insert into person (id, code, name, role, language, active)"
            db.execute(f"{person} values (?, ?, '某', 'coordinator', 'zh', ?)", (number, f"P{number}", active))
            week = "insert into workload_week (id, person, monday, state, note, reason, question, sent)"
            db.execute(f"{week} values (?, ?, '2026-11-16', 'open', '', '', '', '[]')", (number, number))
            entry = "insert into workload_entry (week, person, place, day, state, batch, by, at, why)"
            db.execute(f"{entry} values (?, ?, 1, '2026-11-18', 'counted', 1, ?, 0, '')", (number, number, number))
        db.execute("insert into assignment (person, place) values (1, 1)")
    migrate(path)
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("select person, place, since, until from posting order by person").fetchall()
    assert rows == [(1, 1, "0001-01-01", None), (2, 1, "0001-01-01", "2026-11-18")]


def test_what_waited_to_be_said_of_meetings_is_in_the_one_store_of_reminders(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, "0013")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("insert into place (id, code, name, kind, active) values (1, 'NY', '南苑', 'committee', 1)")
        db.execute(
            "insert into person (id, code, name, role, language, active) values (1, 'A', '某', 'cadre', 'zh', 1)"
        )
        db.execute(
            "insert into meeting_series (id, place, called_by, rule, first, at, off, room, roles, made_at, calendar) "
            "values (1, 1, 1, '', '2026-11-27', '14:00', '', '', '[]', 1, 0)"
        )
        db.execute(
            "insert into meeting (id, series, day, starts_at, by_hand, state) "
            "values (1, 1, '2026-11-27', 9, 0, 'planned')"
        )
        db.execute(
            "insert into meeting_reminder (id, occasion, person, kind, start, due_at, state) "
            "values (7, 1, 1, 'soon', 9, 8, 'waiting')"
        )
    migrate(path)
    with closing(sqlite3.connect(path)) as db:
        moved = db.execute("select id, meeting, visit, person, kind, start, due_at, state from reminder").fetchall()
        assert moved == [(7, 1, None, 1, "soon", 9, 8, "waiting")]
        assert not db.execute("select 1 from sqlite_master where name = 'meeting_reminder'").fetchall()
