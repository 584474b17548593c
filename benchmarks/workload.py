"""Whether years of workload make the card of a week slower, and how long a town's Friday takes."""

import asyncio
import gc
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import orjson

from benchmarks.conversation import FIRST, Phones, pressed, said
from benchmarks.linli_folder import furnish
from benchmarks.linli_form import Linli
from chat.clock import SystemClock
from handlers.desk import Desk
from handlers.workload import week_due
from models.database import Database
from models.person import Account, Assignment, Person
from platforms.telegram.translate import update_of
from workload.sweep import AFTERNOON, DEADLINE, MORNING
from workload.weeks import due, monday_of

OFFICERS, COORDINATORS = 10, 30  # of each officer
DAYS = 5
_WEEK = (
    "insert into workload_week (person, monday, state, note, reason, question, sent) "
    "values (?, ?, 'confirmed', '', '', '', '[]')"
)
_DAY = (
    "insert into workload_entry (week, person, place, day, visited, taken, changed, cancelled, same_day, reports, "
    "hours, state, batch, by, at, why) values (?, ?, ?, ?, 8, 3, 1, 1, 4, 0, 8, 'counted', 1, ?, 0, '')"
)


@dataclass(frozen=True, slots=True)
class Workload:
    """Milliseconds: `card` the median CPU time of /workload with all that is sent; `found` how long who has not filed
    is looked for, `due` how many that are, `reminded` the tick that reminds them."""

    card: float
    found: float
    due: int
    reminded: float


@dataclass(frozen=True, slots=True)
class Papers:
    """Milliseconds from the press of a button to the last byte of the file, of a town with so many years: the board's
    picture made and from the cache, the tables of the past year; and how long somebody else's update takes from when it
    came to its answer, meanwhile and otherwise (99th percentile)."""

    cold: float
    kept: float
    year: float
    meanwhile: float
    otherwise: float


def _fill(db: Database, weeks: int, this: date) -> None:
    """So many weeks of every coordinator, all confirmed."""
    people = db.all(
        "select person.id, assignment.place from person join assignment on assignment.person = person.id "
        "where role = 'coordinator' order by person.id"
    )
    with db.transaction():
        for back in range(weeks, 0, -1):
            monday = this - timedelta(weeks=back)
            for person in people:
                db.execute(_WEEK, (person["id"], monday.isoformat()))
                week = db.all("select last_insert_rowid() as id")[0]["id"]
                for day in range(DAYS):
                    db.execute(
                        _DAY,
                        (
                            week,
                            person["id"],
                            person["place"],
                            (monday + timedelta(days=day)).isoformat(),
                            person["id"],
                        ),
                    )


def _turn_to(linli: Linli, day: date, hour: clock_time) -> None:
    """The bot's clock shows this hour of this day."""
    at = datetime.combine(day, hour, linli.bot.house.zone) + timedelta(seconds=1)
    linli.bot.clock.offset += at - linli.bot.clock.now()


async def play(weeks: int) -> Workload:
    """/workload of every coordinator, then the Friday on which nobody has filed."""
    phones = Phones()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        furnish(path, OFFICERS, COORDINATORS)
        linli = Linli(path, phones)
        house = linli.bot.house
        monday = monday_of(house.today(linli.bot.clock.now())) + timedelta(weeks=1)
        while not (day := due(monday, house.is_working_day)):
            monday += timedelta(weeks=1)
        _turn_to(linli, monday, MORNING)
        _fill(linli.db, weeks, monday)
        for _ in range(OFFICERS * COORDINATORS // week_due.OPENED + 1):
            linli.bot.tick()  # everybody's week is opened
            await linli.bot.outbox.flush()
        spent = []
        gc.collect()
        for number in range(OFFICERS * COORDINATORS):
            update = [said(1 + number, OFFICERS + number, "/workload")]
            started = time.process_time()
            await linli.take(update)
            spent.append((time.process_time() - started) * 1000)
        for at in (AFTERNOON, MORNING):  # what was to be told before
            _turn_to(linli, day if at is MORNING else day - timedelta(days=1), at)
            for _ in range(OFFICERS * COORDINATORS // week_due.MOST):
                linli.bot.tick()
        _turn_to(linli, day, DEADLINE)
        desk = Desk(linli.db, linli.bot.clock.now(), house)
        started = time.perf_counter()
        waiting = week_due.due(desk, OFFICERS * COORDINATORS)
        found = (time.perf_counter() - started) * 1000
        started = time.perf_counter()
        linli.bot.tick()
        reminded = (time.perf_counter() - started) * 1000
        linli.db.close()
    return Workload(median(spent), found, len(waiting), reminded)


OFFICE = OFFICERS + OFFICERS * COORDINATORS  # the town office's account, after all others
ORDERS = 20
DRAWN = 12  # pictures that are made anew while people write
EVERY = 0.05  # seconds, somebody writes


async def papers(weeks: int) -> Papers:
    """The town office asks for pictures and tables."""
    phones = Phones()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        furnish(path, OFFICERS, COORDINATORS)
        linli = Linli(path, phones)
        _open_office(linli.db)
        today = linli.bot.house.today(linli.bot.clock.now())
        _fill(linli.db, weeks, monday_of(today) + timedelta(weeks=1))
        stop = asyncio.Event()
        running = [asyncio.create_task(part.run(stop)) for part in (linli.bot.outbox, linli.bot.press)]
        clock = _Stopwatch(linli, phones)
        await clock.answered(OFFICE, "/board")
        cold = await clock.brought(f"b:0:0:{today:%Y%m}:picture")
        kept = [await clock.brought(f"b:0:0:{today:%Y%m}:picture") for _ in range(ORDERS)]
        otherwise = await clock.writing(asyncio.sleep(EVERY * 5 * ORDERS))
        meanwhile = await clock.writing(_drawn_anew(clock, linli, f"b:0:0:{today:%Y%m}:picture"))
        year = await clock.brought(f"b:0:0:{today.year - 1}:table")
        stop.set()
        linli.bot.outbox.wake()
        await asyncio.gather(*running)
        linli.db.close()
    return Papers(cold, median(kept), year, meanwhile, otherwise)


def _open_office(db: Database) -> None:
    name = f"telegram:{FIRST + OFFICE}"
    with db.transaction():
        account = db.insert(Account, name=name, address=name, language="zh", bound_at=SystemClock().now())
        person = db.insert(Person, code="OFFICE", name="OFFICE", role="town_office", account=account)
        town = db.all("select id from place where kind = 'town'")[0]["id"]
        db.insert(Assignment, person=person, place=town)


async def _drawn_anew(clock: "_Stopwatch", linli: Linli, data: str) -> None:
    for _ in range(DRAWN):
        linli.bot.press.studio._pictures.clear()
        await clock.brought(data)


class _Stopwatch:
    """Takes the time of what a running bot does, in milliseconds."""

    def __init__(self, linli: Linli, phones: Phones) -> None:
        self._linli, self._phones = linli, phones

    async def answered(self, number: int, text: str) -> float:
        """From when somebody writes to the answer."""
        self._phones.updates += 1
        return await self._timed(said(self._phones.updates, number, text), lambda: self._phones.messages)

    async def brought(self, data: str) -> float:
        """From when the town office presses a button to the file."""
        self._phones.updates += 1
        update = pressed(self._phones.updates, OFFICE, self._phones.cards[FIRST + OFFICE], data)
        spent = await self._timed(update, lambda: len(self._linli.channel.brought))
        while self._linli.db.one("select 1 from paper"):  # noqa: ASYNC110  # its receipt is no call
            await asyncio.sleep(0.001)
        return spent

    async def _timed(self, update: bytes, count: Callable[[], int], came: float = 0.0) -> float:
        started, before = came or time.perf_counter(), count()
        read = update_of(orjson.loads(update))
        assert read is not None
        self._linli.bot.take([read])
        while count() == before:
            self._linli.channel.called.clear()
            await self._linli.channel.called.wait()
        return (time.perf_counter() - started) * 1000

    def _shows(self, chat: int) -> int:
        return int(chat in self._phones.cards)

    async def writing(self, meanwhile: Awaitable[object]) -> float:
        """How long people who write all the while wait for an answer, 99th percentile."""
        spent: list[float] = []
        task = asyncio.ensure_future(meanwhile)
        came = time.perf_counter()
        while not task.done():
            number = OFFICERS + len(spent) % (OFFICERS * COORDINATORS)
            chat = FIRST + number
            self._phones.updates += 1
            self._phones.cards.pop(chat, None)
            update = said(self._phones.updates, number, "/workload")
            spent.append(await self._timed(update, partial(self._shows, chat), came))
            came += EVERY  # it comes then, whether the loop is free to hear it or not
            await asyncio.sleep(max(0.0, came - time.perf_counter()))
            came = max(came, time.perf_counter() - 0.2)
        await task
        return quantiles(spent, n=100)[-1]
