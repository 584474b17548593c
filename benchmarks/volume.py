"""Whether a bot that is years old is slower: /alerts, submit, the search for the same thing, with many old reports.

And whether anybody waits while old reports are erased.
"""

import gc
import resource
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.conversation import FIRST, Phones, pressed, said, user
from benchmarks.linli_folder import DEED, draft, fill, furnish
from benchmarks.linli_form import Linli
from chat.clock import SystemClock
from chat.messages import Address, Incoming, Said
from handlers.desk import Turn
from handlers.duplicates import MOST, Happening, search
from models.database import Database
from models.queue import Card
from models.report import Exchange, ReportKind

SAMPLES = 200


@dataclass(frozen=True, slots=True)
class Volume:
    """Median CPU milliseconds, the messages that follow included."""

    alerts: float
    submit: float
    duplicates: float


@dataclass(frozen=True, slots=True)
class Retention:
    """Milliseconds on the clock. `longest` is the longest time that a person's update had to wait for the tick.

    It is of the ticks that no other process of the machine broke in upon; `interrupted` is the longest of all.
    `answered` is the 99th percentile of what an update took while reports were erased, its answer and whatever else
    waited to be sent included.
    """

    longest: float
    interrupted: float
    typical: float
    answered: float
    ticks: int
    updates: int


async def erase(reports: int) -> Retention:
    """So many old reports, with their cards and words, all due at once; a person's updates between the ticks."""
    phones = Phones()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        furnish(path, 1, SAMPLES)
        fill(path, reports, still_open=0)
        linli = Linli(path, phones)
        _hang(linli.db)
        linli.bot.tick()  # whatever is done once
        linli.bot.clock.offset = timedelta(days=400)
        ticks: list[float] = []
        alone: list[float] = []
        updates: list[float] = []
        while _left(linli.db):
            broken = resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw
            started = time.perf_counter()
            linli.bot.tick()
            ticks.append((time.perf_counter() - started) * 1000)
            if resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw == broken:
                alone.append(ticks[-1])
            said_at = time.perf_counter()
            await linli.take([said(1 + len(updates), len(updates) % SAMPLES, "/help")])
            updates.append((time.perf_counter() - said_at) * 1000)
        counted = linli.db.all("select sum(count) as n from erasure where kind = 'suspicious'")[0]["n"]
        assert counted == reports, "reports were not counted"
        linli.db.close()
    assert len(alone) > len(ticks) // 4, "the machine is too busy to tell"
    return Retention(
        max(alone), max(ticks), median(ticks), sorted(updates)[len(updates) * 99 // 100], len(ticks), len(updates)
    )


def _hang(db: Database) -> None:
    """What people said about each report, and the card that its reporter and its officer have of it."""
    with db.transaction():
        chats = [f"telegram:{FIRST}", f"telegram:{FIRST + 1}"]
        for row in db.all(
            "select report.id, alert.id as alert, created_at as at from report join alert on report = report.id"
        ):
            db.insert(Exchange, report=row["id"], kind="question", text=DEED, said_at=row["at"])
            for chat, card in zip(chats, (f"alert:{row['alert']}", f"report:{row['id']}"), strict=True):
                db.insert(Card, address=db.mark(chat), card=card, message="1", shown_at=row["at"])


def _left(db: Database) -> bool:
    return db.one("select 1 from report") is not None


async def play(reports: int) -> Volume:
    """Both, on a database with so many reports; a fifth of the samples warms up."""
    phones = Phones()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        furnish(path, 1, SAMPLES)
        fill(path, reports)
        linli = Linli(path, phones)

        async def spent(update: bytes) -> float:
            started = time.process_time()
            await linli.take([update])
            return (time.process_time() - started) * 1000

        gc.collect()
        alerts = [await spent(said(1 + n, 0, "/alerts")) for n in range(SAMPLES)]
        duplicates = _duplicates(linli)
        submit = []
        for n in range(1, SAMPLES):
            with linli.db.transaction() as db:
                form = draft(db, n)
            card = {
                "message_id": 1,
                "date": 1_790_000_000,
                "chat": {"id": FIRST + n, "type": "private"},
                "from": user(n),
                "text": "?",
            }
            submit.append(await spent(pressed(SAMPLES + 1 + n, n, card, f"f:{form}:0:submit:")))
        filed = linli.db.one("select count(*) as n from report")
        assert filed is not None and filed["n"] == reports + SAMPLES - 1, "reports were lost"
        linli.db.close()
    warm = SAMPLES // 5
    return Volume(median(alerts[warm:]), median(submit[warm:]), median(duplicates[warm:]))


def _duplicates(linli: Linli) -> list[float]:
    """The search alone, by somebody else, at the place where the reports are and with some that are the same thing."""
    now = SystemClock().now()
    area = linli.db.one("select place from report limit 1")
    assert area is not None
    asked = Happening(["trying_doors"], now)
    spent = []
    for n in range(2, SAMPLES):
        incoming = Incoming(Address("telegram", str(FIRST + n)), f"telegram:{FIRST + n}", Said.TEXT)
        turn = Turn(linli.db, now, linli.bot.house, incoming)
        assert turn.persons
        started = time.process_time()
        found = search(turn, ReportKind.SUSPICIOUS, area["place"], asked)
        spent.append((time.process_time() - started) * 1000)
        assert len(found) == MOST
    return spent
