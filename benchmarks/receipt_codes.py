"""Whether the time of a look-up tells a right receipt code from a wrong one: Welch's t of both, taken in turns."""

import math
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, variance
from zoneinfo import ZoneInfo

from benchmarks.linli_folder import RING, fill, furnish
from chat.clock import SystemClock
from chat.messages import Address, Incoming, Said
from handlers.desk import House, Turn
from handlers.receipt import find
from models.database import Database
from models.receipt import Receipt, named, new_code

CODES = 2_000
ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Timing:
    """Mean microseconds, and Welch's t: beyond ±4.5 they can be told apart."""

    right: float
    wrong: float
    t: float


def play() -> Timing:
    """So many codes that are there and as many that are not, in random order, again and again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        furnish(path, 1, 1)
        fill(path, CODES)
        db = Database(path, RING)
        incoming = Incoming(Address("telegram", "1"), "telegram:1", Said.TEXT)
        turn = Turn(db, SystemClock().now(), House(ZoneInfo("Asia/Shanghai")), incoming)
        there = [new_code() for _ in range(CODES)]
        with db.transaction():
            for report, code in enumerate(there, start=1):
                db.insert(Receipt, report=report, mark=db.mark(named(code)))
        tried = [(True, code) for code in there] + [(False, new_code()) for _ in range(CODES)]
        spent: dict[bool, list[float]] = {True: [], False: []}
        for number in range(ROUNDS + 1):
            random.shuffle(tried)
            for right, code in tried:
                started = time.perf_counter_ns()
                found = find(turn, code)
                took = time.perf_counter_ns() - started
                assert (found is not None) == right
                if number:
                    spent[right].append(took / 1000)
        db.close()
    kept = {right: _without_pauses(times) for right, times in spent.items()}
    return Timing(fmean(kept[True]), fmean(kept[False]), _welch(kept[True], kept[False]))


def _without_pauses(times: list[float]) -> list[float]:
    """The quickest nine of ten: the rest is what else the machine did."""
    return sorted(times)[: len(times) * 9 // 10]


def _welch(one: list[float], other: list[float]) -> float:
    return (fmean(one) - fmean(other)) / math.sqrt(variance(one) / len(one) + variance(other) / len(other))
