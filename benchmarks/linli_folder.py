"""A Linli that the benchmarks talk to: its town, and reports that stand in its database already."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.conversation import FIRST
from chat.clock import SystemClock
from handlers import postings
from models.alert import Alert, Delivery
from models.database import Database
from models.draft import Draft
from models.migration import migrate
from models.person import Account, Person
from models.place import Place
from models.queue import Inbox, Outbox
from models.report import Opening, Report
from models.sealing import KeyRing

ROOT = Path(__file__).parent.parent
KEYS = "A" * 43  # of databases that hold nothing of anybody
RING = KeyRing.read(KEYS)
DEED = "两人挨个试拉停在路边的车门，有一辆被拉开了"


def furnish(path: Path, committees: int, coordinators: int) -> None:
    """A new database: each committee has an officer and so many coordinators with an area each, all with accounts.

    An area of one's own keeps the question whether others have reported the same out of a conversation. Accounts
    count from FIRST: those of all officers, then those of all coordinators.
    """
    migrate(path)
    db = Database(path, RING)
    now = SystemClock().now()
    with db.transaction():
        town = db.insert(Place, code="TOWN", name="青溪镇", kind="town")
        places = []
        for number in range(committees):
            places.append(db.insert(Place, code=f"C{number}", name=f"{number}社区", kind="committee", parent=town))
            _person(db, number, "officer", places[number], now)
        for number in range(committees * coordinators):
            code = f"C{number % committees}-{number // committees + 1}"
            area = db.insert(Place, code=code, name="南苑一片", kind="area", parent=places[number % committees])
            _person(db, committees + number, "coordinator", area, now)
    db.close()


def _person(db: Database, number: int, role: str, place: int, now: datetime) -> None:
    name = f"telegram:{FIRST + number}"
    account = db.insert(Account, name=name, address=name, language="zh", bound_at=now)
    person = db.insert(Person, code=f"P{number}", name=f"P{number}", role=role, account=account)
    postings.assign(db, person, [place], None)


def environment(api: str, token: str, path: Path, **settings: str) -> dict[str, str]:
    """What `linli run` is started with: a Bot API at `api`, the database at `path`, no setting of the outer world."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    own = {
        "LINLI_BOT_TOKEN": token,
        "LINLI_TELEGRAM_API": api.rstrip("/"),
        "LINLI_DATABASE_URL": f"sqlite:///{path}",
        "LINLI_KEYS": KEYS,
        "PYTHONPATH": str(ROOT),
    }
    return kept | own | settings


def fill(path: Path, reports: int, still_open: int = 20) -> None:
    """So many closed reports of the past, and the last few open, with all that a report leaves behind."""
    db = Database(path, RING)
    officer, reporter = (
        db.all("select id from person where role = ? order by id", (role,))[0]["id"]
        for role in ("officer", "coordinator")
    )
    area = db.all("select id from place where kind = 'area' order by id")[0]["id"]
    now = SystemClock().now()
    with db.transaction():
        for number in range(reports):
            at = now - timedelta(minutes=reports - number)
            state = "open" if number >= reports - still_open else "closed"
            report = db.insert(
                Report,
                number=f"C0-1-OLD-{number}",
                reporter=reporter,
                place=area,
                state=state,
                about=["trying_doors"],
                where="南苑一片",
                happened_at=at,
                deed=DEED,
                created_at=at,
                closed_at=None if state == "open" else at,
                outcome="" if state == "open" else "dealt_with",
            )
            alert_state = "waiting" if state == "open" else "closed"
            alert = db.insert(Alert, report=report, place=area, state=alert_state)
            db.insert(Delivery, alert=alert, person=officer, step=0, fate="arrived", sent_at=at)
            db.insert(Opening, report=report, person=officer, through="alert", opened_at=at)
            for part in range(3):
                db.insert_new(Inbox, key=f"telegram:old{number}-{part}", state="done")
                db.insert(
                    Outbox,
                    dedupe=f"old{number}-{part}",
                    priority="1",
                    payload="",
                    state="done",
                    due_at=at,
                )
    db.close()


def draft(db: Database, number: int) -> int:
    """A whole report of this account's, waiting on its review card to be submitted."""
    now = SystemClock().now()
    area = db.all(
        "select assignment.place from assignment join person on person.id = assignment.person where code = ?",
        (f"P{number}",),
    )[0]["place"]
    answers = {
        "ongoing": "no",
        "behaviours": ["trying_doors"],
        "where": {"name": "南苑一片", "place": area},
        "when": {"at": now.isoformat(), "shown": "10:00"},
        "deed": DEED,
        "may_ask": "yes",
    }
    name = f"telegram:{FIRST + number}"
    return db.insert(
        Draft,
        account=db.mark(name),
        form="suspicious",
        version=1,
        step="review",
        answers=answers,
        address=name,
        touched_at=now,
    )
