"""Whether years of workload make the card of a week slower, and how long a town's Friday takes."""

import gc
import tempfile
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from statistics import median

from benchmarks.conversation import Phones, said
from benchmarks.linli_folder import furnish
from benchmarks.linli_form import Linli
from handlers.desk import Desk
from handlers.workload import week_due
from models.database import Database
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
