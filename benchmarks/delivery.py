"""From the press of "submit" to the message on the officer's phone, over a real Bot API; and how a bot starts."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import psutil

from benchmarks.conversation import FIRST, pressed, user
from benchmarks.linli_folder import RING, ROOT, draft, environment, furnish
from models.database import Database
from sandbox.server import Running
from sandbox.server import start as start_sandbox

TOKEN = "110110:benchmark"
SUBMISSIONS = 120
APART = 0.25  # seconds between two: far enough that nobody's pace is reached


@dataclass(frozen=True, slots=True)
class Delivery:
    """Milliseconds from submit to message; seconds from start to the first getUpdates; resident megabytes."""

    p50: float
    p99: float
    first_poll: float
    resident: float


@asynccontextmanager
async def _running(command: Sequence[str], variables: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, env=variables, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _measured(
    sandbox: Running, command: Sequence[str], variables: dict[str, str], data: Callable[[int], str]
) -> Delivery:
    """Submissions one after another, each timed until its officer's phone has the message."""
    arrived: dict[int, asyncio.Future[float]] = {}

    def heard(chat: int, _: int) -> None:
        if chat in arrived and not arrived[chat].done():
            arrived[chat].set_result(time.perf_counter())

    sandbox.world.watchers.append(heard)
    polled = asyncio.Event()
    sandbox.world.poll_watchers.append(polled.set)
    started = time.perf_counter()
    async with _running(command, variables) as process:
        await asyncio.wait_for(polled.wait(), 30)
        first_poll = time.perf_counter() - started
        spent = []
        for n in range(SUBMISSIONS):
            await asyncio.sleep(APART)
            officer = FIRST + n
            arrived[officer] = asyncio.get_running_loop().create_future()
            who = SUBMISSIONS + n
            card = {
                "message_id": 1,
                "date": 1_790_000_000,
                "chat": {"id": FIRST + who, "type": "private", "first_name": "P"},
                "from": user(who),
                "text": "?",
            }
            began = time.perf_counter()
            update = json.loads(pressed(n + 1, who, card, data(n)))
            sandbox.world.inject({"callback_query": update["callback_query"]})
            spent.append((await asyncio.wait_for(arrived[officer], 10) - began) * 1000)
        resident = psutil.Process(process.pid).memory_info().rss / 1e6
    return Delivery(median(spent), quantiles(spent, n=100)[98], first_poll, resident)


async def _sandbox() -> Running:
    sandbox = await start_sandbox(token=TOKEN)
    for number in range(2 * SUBMISSIONS):
        sandbox.world.add_person(f"P{number}", id=FIRST + number).started = True
    return sandbox


async def linli() -> Delivery:
    """`linli run`, as it is run anywhere."""
    sandbox = await _sandbox()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        furnish(path, SUBMISSIONS, 1)
        db = Database(path, RING)
        with db.transaction():
            drafts = [draft(db, SUBMISSIONS + n) for n in range(SUBMISSIONS)]
        db.close()
        command = (sys.executable, "-m", "bot", "run")
        found = await _measured(
            sandbox, command, environment(sandbox.url, TOKEN, path), lambda n: f"f:{drafts[n]}:0:submit:"
        )
    await sandbox.stop()
    return found


async def bare_aiogram() -> Delivery:
    """An aiogram bot that does nothing but send the message."""
    sandbox = await _sandbox()
    command = (sys.executable, "-m", "benchmarks.bare_aiogram", sandbox.url.rstrip("/"), TOKEN)
    found = await _measured(sandbox, command, os.environ | {"PYTHONPATH": str(ROOT)}, lambda n: f"to:{FIRST + n}")
    await sandbox.stop()
    return found


def help_seconds() -> float:
    """Seconds that `linli --help` takes, median of five."""
    spent = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "--help"], cwd=ROOT, capture_output=True, check=True)
        spent.append(time.perf_counter() - started)
    return median(spent)
