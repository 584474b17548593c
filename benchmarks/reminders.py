"""Reminders in great number: a tick with a million that wait, 20,000 due at once, a year planned for 300 people.

What is sent goes at the platform's pace, of which the seconds are counted, not waited for: a second that the bot lets
pass takes as long as its work in it. Whether that pace is kept the limits of the sandbox judge.
"""

import gc
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as hour
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import orjson
import psutil

from benchmarks.conversation import FIRST, Phones, pressed, user
from benchmarks.linli_folder import draft, furnish
from benchmarks.linli_form import Channel, Linli
from chat.messages import Capabilities
from handlers.desk import Desk
from handlers.meetings import occasions
from models.database import Row
from models.meeting import Invited, Occasion, Series
from models.reminder import Reminder
from models.workload import Week
from platforms.telegram.translate import update_of
from reminders.plan import Kind
from sandbox.limits import Limits
from workload.weeks import monday_of

TICKS = 200
COMMITTEES, INVITED = 70, 290  # with its officer each committee is a little less than 300
APART = 20.0  # seconds of the platform's time between two alerts
A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Drained:
    """How many reminders went out, how many a second, at most; how many calls the platform refused.

    `alert` is the 99th percentile of the seconds from submit to the message of an alert, `grown` in megabytes.
    """

    reminders: int
    per_second: float
    refused: int
    alert: float
    alerts: int
    grown: float


def _meeting(linli: Linli, starts_at: datetime, place: int, officer: int, rule: str = "") -> int:
    """A series with one occasion, to which nobody is invited yet; returns the occasion."""
    now = linli.bot.clock.now()
    there = starts_at.astimezone(linli.bot.house.zone)
    series = linli.db.insert(
        Series,
        place=place,
        called_by=officer,
        rule=rule,
        first=there.date().isoformat(),
        at=f"{there:%H:%M}",
        off="after",
        room="一室",
        roles=["coordinator", "officer"],
        made_at=now,
        look_at=None,
    )
    return linli.db.insert(Occasion, series=series, day=there.date().isoformat(), starts_at=starts_at)


def tick(waiting: int) -> float:
    """CPU milliseconds of a tick while so many reminders wait whose time has not come; the median."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        furnish(path, 1, 100)
        linli = Linli(path, Phones())
        _quiet(linli)
        now = linli.bot.clock.now()
        far = now + timedelta(days=200)
        people = [row["id"] for row in linli.db.all("select id from person order by id")]
        place = linli.db.all("select id from place where kind = 'committee'")[0]["id"]
        with linli.db.transaction() as db:
            meeting = _meeting(linli, far, place, people[0])
            db.execute(
                "with recursive n (i) as (select 0 union all select i + 1 from n where i < :last) "
                "insert into reminder (meeting, person, kind, start, due_at, state) "
                "select :meeting, (select min(id) from person) + i % 100, 'soon', :start, :start - i, 'waiting' from n",
                {"last": waiting - 1, "meeting": meeting, "start": far},
            )
        for _ in range(20):
            linli.bot.tick()
        gc.collect()
        spent = []
        for _ in range(TICKS):
            linli.bot.clock.offset += timedelta(seconds=1)
            started = time.process_time()
            linli.bot.tick()
            spent.append((time.process_time() - started) * 1000)
        linli.db.close()
    return median(spent)


def _quiet(linli: Linli) -> None:
    """It is a working morning, and nobody hears of anything but meetings: weeks are confirmed, menus given."""
    house, clock = linli.bot.house, linli.bot.clock
    day = house.next_working_day(house.today(clock.now()) + timedelta(days=7))
    clock.offset += house.calendar.at(day, hour(10)) - clock.now()
    with linli.db.transaction() as db:
        for person in db.all("select id from person where role = 'coordinator'"):
            for n in range(3):
                monday = (monday_of(day) + timedelta(weeks=n)).isoformat()
                db.insert(Week, person=person["id"], monday=monday, sent=[], state="confirmed", look_at=None)
    linli.bot._menus_due = False


class _Paced(Channel):
    """Telegram's limits, and a clock of the platform that goes on as the bot waits and works."""

    capabilities = Capabilities()

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.waited = 0.0
        self._messages = 0
        self._began = time.perf_counter()
        self.limits = Limits(now=self.now)
        self.heard: dict[int, list[float]] = {}  # by chat: when messages came

    def now(self) -> float:
        """Seconds of the platform: those that were worked, and those that are only counted."""
        return self.waited + time.perf_counter() - self._began

    async def _http(self, method: str, body: Any, seconds: float) -> tuple[int, bytes]:
        if method in ("sendMessage", "editMessageText"):
            chat = int(orjson.loads(body)["chat_id"])
            if self.limits.take(chat):
                return 429, b'{"ok":false,"error_code":429,"description":"","parameters":{"retry_after":1}}'
            self.heard.setdefault(chat, []).append(self.now())
            self._messages += 1
        # Nothing of what stands on the phones is kept: the memory that is measured is the bot's.
        return 200, orjson.dumps({"ok": True, "result": {"message_id": self._messages}})


async def drain() -> Drained:
    """Everybody is reminded at once, an alert now and then in the midst of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        furnish(path, COMMITTEES, INVITED)
        linli = Linli(path, Phones(), _Paced)
        channel = linli.channel
        assert isinstance(channel, _Paced)
        linli.bot.outbox._monotonic = channel.now
        _quiet(linli)
        reminders = _all_due(linli)
        process = psutil.Process()
        gc.collect()
        before = peak = process.memory_info().rss
        spent: list[float] = []
        filed = 0
        began = channel.now()
        next_tick = next_alert = began
        while len(channel.heard) < reminders:
            if channel.now() >= next_tick:
                next_tick = channel.now() + 1.0
                linli.bot.clock.offset += timedelta(seconds=1)
                linli.bot.tick()
                peak = max(peak, process.memory_info().rss)
            if channel.now() >= next_alert:
                next_alert = channel.now() + APART
                spent.append(await _alert(linli, channel, COMMITTEES + filed, filed % COMMITTEES))
                filed += 1
            wait = await linli.bot.outbox.flush()
            channel.waited += max(0.0, min(wait, next_tick - channel.now()))
        seconds = channel.now() - began
        sent = sum(map(len, channel.heard.values()))
        linli.db.close()
    return Drained(
        reminders,
        sent / seconds,
        channel.limits.violations,
        quantiles(spent, n=100)[98],
        len(spent),
        (peak - before) / 1e6,
    )


def _all_due(linli: Linli) -> int:
    """A meeting of each committee tomorrow, of which everybody is to be reminded now."""
    now = linli.bot.clock.now()
    starts_at = linli.bot.house.calendar.at(linli.bot.house.next_working_day(linli.bot.house.today(now)), hour(14))
    reminders = 0
    with linli.db.transaction() as db:
        for place in db.all("select id from place where kind = 'committee' order by id"):
            officer = db.all("select person from assignment where place = ?", (place["id"],))[0]["person"]
            meeting = _meeting(linli, starts_at, place["id"], officer)
            for person in occasions.people(_desk(linli), place["id"], ["coordinator", "officer"]):
                db.insert(Invited, occasion=meeting, person=person, told=starts_at)
                kind = Kind.DAY_BEFORE.value
                db.insert(Reminder, meeting=meeting, person=person, kind=kind, start=starts_at, due_at=now)
                reminders += 1
    return reminders


def _desk(linli: Linli) -> Desk:
    return Desk(linli.db, linli.bot.clock.now(), linli.bot.house)


async def _alert(linli: Linli, channel: _Paced, number: int, officer: int) -> float:
    """Seconds from the press of "submit" until the officer has the alert."""
    with linli.db.transaction() as db:
        form = draft(db, number)
    card = {
        "message_id": 1,
        "date": 1_790_000_000,
        "chat": {"id": FIRST + number, "type": "private"},
        "from": user(number),
        "text": "?",
    }
    known = len(channel.heard.get(FIRST + officer, ()))
    started = channel.now()
    update = update_of(orjson.loads(pressed(1_000_000 + number, number, card, f"f:{form}:0:submit:")))
    assert update is not None
    linli.bot.take([update])
    while len(channel.heard.get(FIRST + officer, ())) == known:
        wait = await linli.bot.outbox.flush()
        channel.waited += wait
    return channel.heard[FIRST + officer][known] - started


def year() -> tuple[int, float]:
    """How many reminders a weekly meeting of 300 people has in a year, and the seconds that planning them takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linli.db"
        furnish(path, 1, 299)
        linli = Linli(path, Phones())
        _quiet(linli)
        desk = _desk(linli)
        caller: Sequence[Row] = linli.db.all("select id, role from person where role = 'officer'")
        place = linli.db.all("select id from place where kind = 'committee'")[0]["id"]
        ahead, occasions.AHEAD = occasions.AHEAD, A_YEAR
        try:
            started = time.perf_counter()
            with linli.db.transaction():
                occasions.make(desk, place, caller[0], "FREQ=WEEKLY;BYDAY=FR", None, hour(14), "before", "一室")
            spent = time.perf_counter() - started
        finally:
            occasions.AHEAD = ahead
        count = linli.db.all("select count(*) as n from reminder")[0]["n"]
        linli.db.close()
    return count, spent
