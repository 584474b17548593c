"""What the database says of itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.linli_folder import RING
from models.database import Database
from models.person import Person
from models.place import Place
from tests import fresh_database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database(fresh_database.make(tmp_path / "linli.db"), RING)
    yield opened
    opened.close()


def test_whatever_is_written_by_anybody_makes_another_state(db: Database) -> None:
    states = [db.state(besides=["place"])]

    def look() -> None:
        states.append(db.state(besides=["place"]))

    with db.transaction():
        person = db.insert(Person, code="A", name="A", role="officer")
    look()
    with db.transaction():
        db.execute("with x(id) as (select 1) update person set name = 'B' where id in (select id from x)")
    look()
    other = db.another()
    with other.transaction():
        other.execute("update person set active = 0 where id = ?", (person,))
    other.close()
    look()
    with db.transaction():
        db.execute("delete from person where id = ?", (person,))
    look()
    assert len(set(states)) == len(states)
    with db.transaction():
        db.insert(Place, code="T", name="T", kind="town")
        clash = "on conflict (code) do update set name = 'U'"
        keep = f"insert into place (code, name, kind, active) values ('T', 'U', 'town', 1) {clash}"
        db.execute(keep)
    look()
    assert states[-1] == states[-2]
