"""A bot that is killed again and again while reminders fall due and meetings are moved and cancelled.

The same people meet with any bot that reminds: Linli, or plain jobs of APScheduler 3 in its SQLAlchemy store. What must
have been heard, and what must not have been any more, is then looked for on everybody's phone.
"""

import asyncio
import json
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from itertools import cycle
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.conversation import FIRST
from benchmarks.linli_folder import RING, environment, furnish
from models.database import Database
from models.workload import Week
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.server import Running
from sandbox.server import start as start_sandbox
from tests.faults.kills import MARK, TOKEN

ZONE = ZoneInfo("Asia/Shanghai")
OFFICERS = 10
CANCELLED, MOVED = (0, 1, 2), (3, 4, 5)  # whose meeting is cancelled or moved while its reminders go out
QUIET = 20.0  # seconds that a program is up and nobody hears anything new: what has not come by then will not come
UP = 20.0  # seconds in which a program comes up
SOON = 4.0  # seconds until what plain jobs are to remind of
MONDAY = datetime(2026, 10, 12, 10, tzinfo=ZONE)  # from here to the end of the year there are no holidays
WEEKS = 13
REMINDING = ("请别忘了", "快开会了", "现在开会")


def days() -> Iterator[tuple[date, date]]:
    """Days of meetings, each with the third working day before it, on which people are invited."""
    working = [day for n in range(7 * (WEEKS - 2)) if (day := MONDAY.date() + timedelta(days=n)).weekday() < 5]
    return zip(working[4::4], working[1::4], strict=False)


@dataclass(slots=True)
class Tally:
    """What came of it."""

    kills: int = 0
    reminders: int = 0  # that were to come: invitations, reminders, corrections
    lost: int = 0
    twice: int = 0  # came more than once, a repeat that says so left out
    stale: int = 0  # came after the officer had read that the meeting is cancelled or moved
    marked: int = 0  # repeats that say so
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """The figures, under those of HEAD."""
        figures = (self.kills, self.reminders, self.lost, self.twice, self.stale, self.marked)
        return "".join(f"{figure:11}" for figure in figures) + f"{self.seconds:10.0f}s"


HEAD = "".join(f"{name:>11}" for name in ("kills", "reminders", "lost", "twice", "too late", "marked", "time"))


class Ears:
    """Everything that anybody's phone has shown, in the order in which it came: (phone, words, a new message)."""

    def __init__(self, sandbox: Running, people: int, patience: float) -> None:
        self.world = sandbox.world
        self.ends_at = time.monotonic() + patience
        self.ids = [self.world.add_person(f"P{n}", id=FIRST + n).id for n in range(people)]
        for person in self.ids:
            self.world.people[person].started = True
        self.log: list[tuple[int, str, bool]] = []
        self._places: dict[int, list[int]] = {person: [] for person in self.ids}  # of each phone in the log
        self._heard_at = time.monotonic()
        self._up_at: float | None = None  # since when the program is up; None while it comes up
        self._seq: dict[int, int] = {}
        self._words: dict[tuple[int, int], str] = {}
        self._news = asyncio.Event()
        self.world.watchers.append(self._heard)

    def _heard(self, chat: int, _: int) -> None:
        if chat in self._places:  # looked at once the change is made
            asyncio.get_running_loop().call_soon(self._look, chat)

    def _look(self, chat: int) -> None:
        view = self.world.view(chat, self._seq.get(chat, 0))
        self._seq[chat] = view["seq"]
        for message in view["messages"]:
            key = (chat, message["message_id"])
            if message["from"] == "bot" and self._words.get(key) != message["text"]:
                self._places[chat].append(len(self.log))
                self.log.append((chat, message["text"], key not in self._words))
                self._words[key] = message["text"]
                self._heard_at = time.monotonic()
                self._news.set()

    def program(self, *, up: bool) -> None:
        """The program has come up, or is killed: silence is counted while it is up, however slow the machine is."""
        self._up_at = time.monotonic() if up else None
        self._news.set()

    async def until(self, found: Callable[[], Any]) -> Any:
        """Wait for it; None where nothing new comes any more, or patience is at its end."""
        began = time.monotonic()
        while not (seen := found()):
            ends = self.ends_at
            if self._up_at is not None:
                ends = min(ends, max(self._heard_at, began, self._up_at) + QUIET)
            left = ends - time.monotonic()
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(max(left, 0.0)):
                    await self._news.wait()
                    continue
            return found()
        return seen

    def read(self, phone: int, *words: str, since: int = 0) -> list[int]:
        """The places of the log at which a phone showed all these words."""
        places = (place for place in self._places[phone] if place >= since)
        return [place for place in places if all(word in self.log[place][1] for word in words)]

    def came(self, phone: int, *words: str, since: int = 0) -> list[str]:
        """The new messages on a phone that have all these words."""
        return [self.log[place][1] for place in self.read(phone, *words, since=since) if self.log[place][2]]

    async def press(self, phone: int, label: str, since: int) -> None:
        """Press the button of a card that was shown since then."""

        def button() -> tuple[int, str] | None:
            for message in reversed(self.world.view(phone)["messages"]):
                for found in (found for row in message["keyboard"] or [] for found in row):
                    if label in found["text"] and found.get("data") and message["seq"] > since:
                        return message["message_id"], found["data"]
            return None

        if (found := await self.until(button)) is not None:
            self.world.press(phone, phone, found[0], found[1], None)


@dataclass(frozen=True, slots=True)
class Expected:
    """What one person is to hear, once."""

    person: int
    words: tuple[str, ...]


class Life:
    """A bot's program that is killed at random moments until it is enough; then it lives on."""

    def __init__(self, ears: Ears, module: Sequence[str], variables: dict[str, str], folder: Path) -> None:
        self._ears = ears
        self._start = ((sys.executable, "-W", "ignore", "-m", *module), variables, folder)
        self.kills = 0
        self.enough = asyncio.Event()
        self.over = False
        self._polls = asyncio.Event()
        ears.world.poll_watchers.append(self._polls.set)
        self.process: asyncio.subprocess.Process

    async def lead(self, kills: int, seed: int) -> None:
        dice = random.Random(seed)
        await self._born()
        while self.kills < kills and not self.over:
            await asyncio.sleep(dice.uniform(0.0, 0.8))
            with suppress(ProcessLookupError):  # one that ended by itself is begun anew
                self.process.send_signal(signal.SIGKILL)
            self._ears.program(up=False)
            await self.process.wait()
            self.kills += 1
            await self._born()
        self.enough.set()

    async def _born(self) -> None:
        command, variables, folder = self._start
        self._polls.clear()
        with (folder / "bot.log").open("a") as log:
            self.process = await asyncio.create_subprocess_exec(
                *command, env=variables, cwd=folder, stdout=log, stderr=log
            )
        with suppress(TimeoutError):  # one that does not come up is killed like any other; what it owed is lost
            async with asyncio.timeout(UP):
                await self._polls.wait()
        self._ears.program(up=True)


class Meetings:
    """Officers, the people of each, and what they are to hear of their meetings."""

    def __init__(self, ears: Ears, clock: Clock, people: int) -> None:
        self.ears = ears
        self.clock = clock
        self.officers = ears.ids[:OFFICERS]
        # As benchmarks.linli_folder.furnish has it: coordinator n belongs to committee n % OFFICERS.
        self.people = {n: ears.ids[OFFICERS + n :: OFFICERS] for n in range(OFFICERS)}
        self.expected: list[Expected] = []
        # Whose people, from which place of the log on, are not to be reminded of what has these words.
        self.over: list[tuple[int, int, tuple[str, ...]]] = []

    def all_hear(self, which: Sequence[int], *words: str, rooms: Callable[[int], str]) -> list[Expected]:
        """Everybody of these officers is to hear of their room."""
        new = [Expected(person, (*words, rooms(n))) for n in which for person in self.people[n]]
        self.expected += new
        return new

    async def heard(self, awaited: Sequence[Expected]) -> None:
        """Wait until they have heard it, or nothing comes any more."""
        left = list(awaited)

        def all_came() -> bool:
            left[:] = [one for one in left if not self.ears.came(one.person, *one.words)]
            return not left

        await self.ears.until(all_came)

    def judge(self, tally: Tally) -> None:
        """Hold what was to be heard against the phones."""
        tally.reminders = len(self.expected)
        for one in self.expected:
            came = self.ears.came(one.person, *one.words)
            unmarked = [text for text in came if MARK not in text]
            tally.lost += not came
            tally.twice += len(unmarked) > 1
            if not came or len(unmarked) > 1:
                tally.faults.append(f"{one.person} {one.words}: {came}")
        for n, since, words in self.over:
            for person in self.people[n]:
                late = [text for word in REMINDING for text in self.ears.came(person, word, *words, since=since)]
                tally.stale += len(late)
                tally.faults += [f"{person} after {words} was over: {text}" for text in late]
        tally.marked = sum(new and MARK in text for _, text, new in self.ears.log)


async def _set_up(meetings: Meetings, n: int, day: date, room: str) -> None:
    officer, start = meetings.officers[n], len(meetings.ears.log)
    seq = meetings.ears.world.seq
    meetings.ears.world.say(officer, officer, f"/meetings {day.month}月{day.day}日 10:00 {room}")
    await meetings.ears.press(officer, "提交", seq)
    await meetings.ears.until(lambda: meetings.ears.came(officer, "已定下", room, since=start))


async def _cancelled(meetings: Meetings, n: int, room: str) -> None:
    ears, officer = meetings.ears, meetings.officers[n]
    seq, start = ears.world.seq, len(ears.log)
    ears.world.say(officer, officer, "/meetings")
    for label in ("10:00", "取消这次", "确定取消"):
        await ears.press(officer, label, seq)
    if read := await ears.until(lambda: ears.read(officer, "已取消", room, since=start)):
        meetings.over.append((n, read[0] + 1, (room,)))


async def _moved(meetings: Meetings, n: int, day: date, room: str) -> None:
    ears, officer = meetings.ears, meetings.officers[n]
    seq, start = ears.world.seq, len(ears.log)
    ears.world.say(officer, officer, "/meetings")
    for label in ("10:00", "改期"):
        await ears.press(officer, label, seq)
    await ears.until(lambda: ears.read(officer, "改到什么时候", since=start))
    ears.world.say(officer, officer, f"{day.month}月{day.day}日 15:00")
    if read := await ears.until(lambda: ears.read(officer, "15:00", room, since=start)):
        meetings.over.append((n, read[0] + 1, ("10:00", room)))


async def _round(meetings: Meetings, number: int, day: date, invited: date) -> None:
    """Meetings of all officers on one day: invited, reminded the day before, changed meanwhile, reminded, begun."""

    def room(n: int) -> str:
        return f"{number}号楼{n}室"

    def clock_to(when: date, at: hour) -> None:
        meetings.clock.to(datetime.combine(when, at, ZONE) - timedelta(seconds=1))

    everybody = range(OFFICERS)
    as_planned = [n for n in everybody if n not in (*CANCELLED, *MOVED)]
    await asyncio.gather(*(_set_up(meetings, n, day, room(n)) for n in everybody))
    clock_to(invited, hour(9, 30))
    await meetings.heard(meetings.all_hear(everybody, "请您参加", rooms=room))
    clock_to(day - timedelta(days=1), hour(17))
    awaited = meetings.all_hear(as_planned, "请别忘了", rooms=room)
    await meetings.heard(awaited[: len(awaited) // 4])
    changes = [_cancelled(meetings, n, room(n)) for n in CANCELLED]
    changes += [_moved(meetings, n, day, room(n)) for n in MOVED]
    awaited += meetings.all_hear(CANCELLED, "取消：原定", rooms=room)
    awaited += meetings.all_hear(MOVED, "改期：原定", rooms=room)
    await asyncio.gather(*changes)
    await meetings.heard(awaited)
    for at, words, which in (
        (hour(9), "快开会了", as_planned),
        (hour(10), "现在开会", as_planned),
        (hour(14), "快开会了", MOVED),
        (hour(15), "现在开会", MOVED),
    ):
        clock_to(day, at)
        await meetings.heard(meetings.all_hear(which, words, rooms=room))


async def _bare_round(meetings: Meetings, number: int, day: date, invited: date) -> None:
    """The same with plain jobs: a reminder each, and some meetings that are cancelled while they go out."""
    ears = meetings.ears

    def room(n: int) -> str:
        return f"{number}-{n}-room"

    at = (datetime.now(UTC) + timedelta(seconds=SOON)).isoformat()

    async def say(n: int, words: str, answer: str) -> int:
        officer, start = meetings.officers[n], len(ears.log)
        ears.world.say(officer, officer, words)
        await ears.until(lambda: ears.came(officer, answer, room(n), since=start))
        return len(ears.log)

    await asyncio.gather(*(say(n, f"/meeting {room(n)} {at}", "已定下") for n in range(OFFICERS)))
    awaited = meetings.all_hear([n for n in range(OFFICERS) if n not in CANCELLED], "请别忘了", rooms=room)
    await meetings.heard(awaited[: len(awaited) // 4])
    for n in CANCELLED:
        meetings.over.append((n, await say(n, f"/cancel {room(n)}", "已取消"), (room(n),)))
    await meetings.heard(awaited)


def _weeks_are_filed(store: Path) -> None:
    """Everybody's workload of these weeks is confirmed: nothing but meetings is to be heard of."""
    db = Database(store, RING)
    with db.transaction():
        for person in db.all("select id from person where role = 'coordinator'"):
            for n in range(-2, WEEKS):
                monday = (MONDAY.date() + timedelta(weeks=n)).isoformat()
                db.insert(Week, person=person["id"], monday=monday, sent=[], state="confirmed", look_at=None)
    db.close()


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that reminds: its program, and how its officers and its clock are made use of.

    After `patience`, in seconds, it is clear what comes of it: it is killed no more, and what is lost is lost.
    """

    name: str
    module: Sequence[str]
    play: Callable[[Meetings, int, date, date], Any]
    patience: float


LINLI = Bot("Linli", ("bot", "run"), _round, 1500.0)
APSCHEDULER = Bot("APScheduler 3", ("tests.faults.bare_apscheduler",), _bare_round, 240.0)


async def play(bot: Bot, kills: int, people: int, seed: int, folder: Path) -> Tally:
    """So many people reminded, round after round, until the bot has been killed so often; then it is judged."""
    began = time.monotonic()
    clock = Clock(MONDAY)
    sandbox = await start_sandbox(clock=clock, limits=Limits(enabled=False))
    ears = Ears(sandbox, OFFICERS + people, bot.patience)
    meetings = Meetings(ears, clock, people)
    store = folder / "store.db"
    settings = {}
    if bot.name == LINLI.name:
        furnish(store, OFFICERS, people // OFFICERS)
        _weeks_are_filed(store)
        settings["LINLI_SANDBOX_CLOCK_URL"] = f"{sandbox.url}sandbox/clock"
    else:
        settings["BARE_PEOPLE"] = json.dumps({str(meetings.officers[n]): meetings.people[n] for n in range(OFFICERS)})
    life = Life(ears, bot.module, environment(sandbox.url, TOKEN, store, **settings), folder)
    leading = asyncio.create_task(life.lead(kills, seed))
    try:
        rounds = days() if bot.name == LINLI.name else cycle(days())  # plain jobs go by the machine's clock
        for number, (day, invited) in enumerate(rounds, start=1):
            await bot.play(meetings, number, day, invited)
            if life.enough.is_set() or time.monotonic() > ears.ends_at:
                break
    finally:
        life.over = True
        await leading
        with suppress(ProcessLookupError):
            life.process.send_signal(signal.SIGTERM)
        await life.process.wait()
        await sandbox.stop()
    tally = Tally(kills=life.kills, seconds=time.monotonic() - began)
    meetings.judge(tally)
    return tally
