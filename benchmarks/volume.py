"""Whether a bot that is years old is slower: /alerts, submit, the search for the same thing, with many old reports."""

import gc
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.conversation import FIRST, Phones, pressed, said, user
from benchmarks.linli_folder import draft, fill, furnish
from benchmarks.linli_form import Linli
from chat.clock import SystemClock
from chat.messages import Address, Incoming, Said
from handlers.desk import Turn
from handlers.duplicates import MOST, Happening, search
from models.report import ReportKind

SAMPLES = 200


@dataclass(frozen=True, slots=True)
class Volume:
    """Median CPU milliseconds, the messages that follow included."""

    alerts: float
    submit: float
    duplicates: float


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
