"""Rotation: everything comes under the new key, killed or not, and no key is let go that something needs."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from models.columns import Sealed
from models.database import Database, LeftClear, columns
from models.draft import Draft
from models.migration import current, migrate
from models.person import Person
from models.queue import Inbox, Outbox
from models.report import Exchange, Report
from models.resealing import KeyInUse, reseal, retire, seal_clear
from models.sealing import KeyRing, KeysUnusable, new_key
from tests import fresh_database
from tests.scenarios.story import START

OLD, NEW = new_key(), new_key()
BEFORE, BOTH = KeyRing.read(OLD), KeyRing.read(f"{NEW} {OLD}")
ROWS = 300


class Killed(Exception):
    """The rotation ends here."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database whose every table with sealed columns holds something sealed under the old key."""
    path = fresh_database.make(tmp_path / "linli.db")
    db = Database(path, KeyRing.read(OLD))
    with db.transaction():
        db.execute("insert into place (id, code, name, kind, active) values (1, 'NY', '南苑', 'committee', 1)")
        db.insert(Person, code="LI", name="李敏", role="coordinator")
        for number in range(1, ROWS + 1):
            about = {"about": ["trying_doors"], "happened_at": START, "created_at": START}
            db.insert(Report, number=f"N{number}", place=1, spot=[31.2, 121.4], deed=f"试拉{number}", **about)
            db.insert(Exchange, report=number, kind="addition", text=f"又来了{number}", said_at=START)
        for table in SQLModel.metadata.sorted_tables:  # one row with everything, whatever tables there are
            names = [c.name for c in table.columns if isinstance(c.type, Sealed)]
            if (names or table.name == "meeting") and db.one(f'select 1 from "{table.name}"') is None:
                given = {
                    c.name: "1" if c.foreign_keys else "0" for c in table.columns if not c.nullable and c.name != "id"
                }
                given |= {name: f"sealed('words', '{table.name}.{name}', 1)" for name in names}
                listed = ", ".join(f'"{name}"' for name in given)
                db.execute(f'insert into "{table.name}" (id, {listed}) values (1, {", ".join(given.values())})')
    db.close()
    return path


def _under(path: Path) -> set[bytes]:
    """The names of the keys under which anything at all is sealed."""
    found = set()
    with closing(sqlite3.connect(path)) as db:
        for (table,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in db.execute(f'select * from "{table}"'):
                found |= {
                    value[1:5] for value in row if isinstance(value, bytes) and value[:1] == b"\x01" and len(value) > 32
                }
    return found


def _deeds(path: Path, ring: KeyRing) -> list[str]:
    db = Database(path, ring)
    try:
        return [row["deed"] for row in db.all(f"select {columns(Report)} from report order by id")]
    finally:
        db.close()


def test_everything_comes_under_the_new_key_and_the_old_one_may_go(path: Path) -> None:
    assert _under(path) == BEFORE.names
    db = Database(path, BOTH)
    mark = db.mark("telegram:1")
    assert retire(db, lambda: False) > 2 * ROWS
    db.close()
    alone = KeyRing.read(NEW)
    assert _under(path) == alone.names
    assert _deeds(path, alone) == [f"试拉{number}" for number in range(1, ROWS + 1)]
    db = Database(path, alone)
    assert db.mark("telegram:1") == mark
    assert retire(db, lambda: False) == 0
    db.close()
    with pytest.raises(KeysUnusable, match=f"the key {alone.first.hex()} is missing"):
        Database(path, KeyRing.read(OLD))


def test_every_transaction_is_short_and_others_get_their_turn(path: Path) -> None:
    db, other = Database(path, BOTH), sqlite3.connect(path, isolation_level=None, timeout=0)
    turns = []

    def turn(seconds: float) -> None:
        other.execute("begin immediate")
        other.execute("rollback")
        turns.append(seconds)

    reseal(db, turn)
    other.close()
    db.close()
    assert len(turns) > 3 and min(turns) > 0


@pytest.mark.parametrize("after", [1, 2, 5])
def test_broken_off_it_has_lost_nothing_and_goes_on(path: Path, after: int) -> None:
    left = iter(range(after))

    def breaking(_: float) -> None:
        if next(left, None) is None:
            raise Killed

    db = Database(path, BOTH)
    with pytest.raises(Killed):
        reseal(db, breaking)
    db.close()
    assert _under(path) == BOTH.names
    assert _deeds(path, BOTH) == [f"试拉{number}" for number in range(1, ROWS + 1)]
    db = Database(path, BOTH)
    tables = [t for t in SQLModel.metadata.sorted_tables if any(isinstance(c.type, Sealed) for c in t.columns)]
    everything = 2 * ROWS + len(tables) - 2  # two of them have ROWS each, the others one
    assert 0 < retire(db, lambda: False) < everything
    db.close()
    assert _under(path) == {BOTH.first}


def test_while_the_bot_seals_under_the_old_key_it_is_refused_and_changes_nothing(path: Path) -> None:
    bot = Database(path, KeyRing.read(OLD))
    bot.take_up()
    db = Database(path, BOTH)
    with pytest.raises(KeyInUse, match=BEFORE.first.hex()):
        retire(db, lambda: True)
    assert [tuple(row) for row in db.all("select name, state from sealing_key")] == [(BEFORE.first, "sealing")]
    assert _under(path) == BEFORE.names
    assert retire(db, lambda: False)  # it was killed: nobody seals under it any more
    db.close()
    bot.close()


def test_a_key_under_which_somebody_seals_meanwhile_is_kept(path: Path) -> None:
    """An `linli import` that was started before, say: it writes where the rotation has been already."""
    late, db = Database(path, KeyRing.read(f"{OLD} {NEW}")), Database(path, BOTH)

    def write(_: float) -> None:
        with late.transaction():
            number = late.insert(Inbox, key=f"telegram:{len(late.all('select 1 from inbox'))}", payload="words")
        assert number

    with pytest.raises(KeyInUse, match=BEFORE.first.hex()):
        retire(db, lambda: False, write)
    late.close()
    assert _under(path) == BOTH.names
    assert {row["name"] for row in db.all("select name from sealing_key")} == BOTH.names
    retire(db, lambda: False)
    db.close()
    assert _under(path) == {BOTH.first}


CLEAR = {
    "account": "telegram:900001",
    "deed": "有人反复试拉路边车门",
    "line": "之后又来了一辆车",
    "draft": "填到一半的话",
}
_OLD_ROWS = (
    "insert into place (id, code, name, kind, active) values (1, 'NY', '南苑', 'committee', 1)",
    "insert into person (id, code, name, role, language, active) values (1, 'LI', '李敏', 'coordinator', 'zh', 1)",
    'insert into report (id, number, reporter, place, state, ongoing, behaviours, "where", latitude, longitude, '
    "happened_at, deed, scene, photos, may_ask, outcome, remark, created_at) values (1, 'N1', 1, 1, 'open', 0, '[]', "
    "'0712', 31.25, 121.5, 1, :deed, '', '[\"photo-of-900001\"]', 1, '', '', 1)",
    "insert into exchange (report, author, kind, text, said_at) values (1, 1, 'addition', :line, 1)",
    "insert into draft (id, account, form, version, step, answers, turn, language, address, touched_at, reviewing, "
    "reminded) values (1, :account, 'suspicious', 1, 'deed', json_object('deed', :draft), 3, 'zh', :account, 1, 0, 0)",
    "insert into card (address, card, message, shown_at) values (:account, 'form:1', '5', 1)",
    "insert into inbox (key, lane, payload, state, tries, reason) values "
    "('telegram:7', :account, cast(:draft as blob), 'waiting', 0, ''), ('telegram:6', '', x'', 'done', 0, '')",
    "insert into outbox (dedupe, address, priority, payload, card, about, state, attempts, repeat, due_at, reason) "
    "values ('a', :account, '1', json_object('act', 'note', 'text', :line), '', '', 'waiting', 0, 0, 1, ''), "
    "('b', :account, '1', '', '', '', 'done', 1, 0, 1, '')",
)


def _of_before(path: Path) -> None:
    """A database of the last version that sealed nothing, with free pages in which words stand as well."""
    migrate(path, "0003")
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma journal_mode = wal")
        with db:
            for sql in _OLD_ROWS:
                db.execute(sql, CLEAR)
            db.execute("create table gone as select deed || 'x' from report, (select 1 from place limit 99)")
            db.execute("drop table gone")


def _clear_words(path: Path) -> list[str]:
    raw = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    return [word for word in (*CLEAR.values(), "0712", "photo-of-900001", "121.5") if word.encode() in raw]


def test_what_an_earlier_version_kept_is_sealed_and_nothing_of_it_stays_in_clear(tmp_path: Path) -> None:
    path, ring = tmp_path / "old.db", KeyRing.read(NEW)
    _of_before(path)
    migrate(path)
    assert len(_clear_words(path)) == len(CLEAR) + 3
    with pytest.raises(LeftClear, match="is not sealed yet; run: linli migrate"):
        Database(path, ring)
    assert seal_clear(path, ring)
    assert _clear_words(path) == []
    assert not seal_clear(path, ring)
    db = Database(path, ring)
    report = db.one(f"select {columns(Report)} from report")
    assert report is not None
    told = (report["deed"], report["where"], report["spot"], report["photos"], report["scene"])
    assert told == (CLEAR["deed"], "0712", [31.25, 121.5], ["photo-of-900001"], "")
    draft = db.one(f"select {columns(Draft)} from draft where account = mark(?)", (CLEAR["account"],))
    assert draft is not None and (draft["answers"], draft["address"]) == ({"deed": CLEAR["draft"]}, CLEAR["account"])
    assert db.one("select 1 from card where address = mark(?)", (CLEAR["account"],))
    rows = db.all(f"select {columns(Inbox)} from inbox order by id")
    assert [(row["payload"], row["lane"]) for row in rows] == [(CLEAR["draft"], db.mark(CLEAR["account"])), ("", b"")]
    [waiting, done] = db.all(f"select {columns(Outbox)} from outbox order by id")
    assert (done["payload"], CLEAR["account"] in waiting["payload"]) == ("", True)
    db.close()


@pytest.mark.parametrize("point", ["schema", "sealing", "vacuum", "pragma user_version = 0"])
def test_killed_half_way_an_upgrade_is_done_again_and_nobody_works_on_it_before(tmp_path: Path, point: str) -> None:
    path = tmp_path / "old.db"
    _of_before(path)
    assert _kill_upgrade(path, point) == -signal.SIGKILL
    if point == "schema":
        assert current(path) == "0003"
    else:
        with pytest.raises(LeftClear):
            Database(path, KeyRing.read(NEW))
    migrate(path)
    assert seal_clear(path, KeyRing.read(NEW))
    assert _clear_words(path) == []
    assert _deeds(path, KeyRing.read(NEW)) == [CLEAR["deed"]]


_UPGRADE = """
import os, signal, sqlite3, sys
from pathlib import Path
path, point, key = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

from models import database, resealing
from models.draft import Draft
from models.migration import current, migrate
from models.sealing import KeyRing

if point == "schema":
    import alembic.op
    made = alembic.op.create_index
    alembic.op.create_index = lambda *given, **more: (die if "exchange" in given else made)(*given, **more)
migrate(path)
if point == "sealing":
    database.Database.mark = die
else:
    whole = database.Database.execute
    database.Database.execute = lambda self, sql, *more: die() if sql == point else whole(self, sql, *more)
resealing.seal_clear(path, KeyRing.read(key))
"""


def _kill_upgrade(path: Path, point: str) -> int:
    command = [sys.executable, "-c", _UPGRADE, str(path), point, NEW]
    return subprocess.run(command, cwd=Path(__file__).parents[3], check=False).returncode
