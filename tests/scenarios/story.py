"""Stories over the sandbox: say, expect, press, advance the clock, expect. An unexpected message fails the story."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from alerts.escalation import Rules
from attachments.cabinet import Cabinet
from benchmarks.linli_folder import RING
from bot.porter import keeping
from bot.runtime import Bot
from chat.clock import SystemClock
from handlers import postings
from handlers.desk import House
from handlers.strangers import Strangers
from models.analysis import MonthlyAnalysis
from models.calendar import CalendarWarning
from models.database import Database
from models.invite import Invite, digest
from models.person import Person
from models.place import Place
from models.spot_check import SpotAsk
from models.workload import Week
from platforms.telegram.channel import TelegramChannel
from reminders.calendar import WorkingDays
from sandbox.limits import Limits
from sandbox.server import Running
from sandbox.server import start as start_sandbox
from tests import fresh_database
from workload.weeks import monday_of

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # Tuesday 10:00 in Shanghai
TOKEN = "110110:sandbox"
STAFF = [
    ("LI", "李敏", "coordinator", "NY-1"),
    ("ZHOU", "周婷", "cadre", "NY"),
    ("WANG", "王警官", "officer", "NY"),
    ("SUN", "孙警官", "deputy", "NY"),
    ("GAO", "高主任", "town_office", "TOWN"),
    ("HE", "何警官", "officer", "DX"),
    ("QIAN", "钱进", "coordinator", "DX-1"),
    ("WU", "吴芳", "coordinator", "NY-2"),
    ("CHEN", "陈洁", "cadre", "DX"),
    ("FENG", "冯警官", "deputy", "DX"),
]


class StoppedClock(SystemClock):
    """A clock that stands until the story moves it."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = START

    def now(self) -> datetime:
        return self.moment


def furnish(db: Database) -> dict[str, int]:
    """The invented town: two committees, three areas, ten people. Returns ids by code."""
    ids: dict[str, int] = {}
    places = [
        ("TOWN", "青溪镇", "town", None),
        ("NY", "南苑社区", "committee", "TOWN"),
        ("DX", "东溪村", "committee", "TOWN"),
        ("NY-1", "南苑一片", "area", "NY"),
        ("NY-2", "南苑二片", "area", "NY"),
        ("DX-1", "东溪一片", "area", "DX"),
    ]
    with db.transaction():
        for code, name, kind, parent in places:
            ids[code] = db.insert(Place, code=code, name=name, kind=kind, parent=ids[parent] if parent else None)
        for code, name, role, place in STAFF:
            ids[code] = db.insert(Person, code=code, name=name, role=role)
            postings.assign(db, ids[code], [ids[place]], None)
        # The town office knows already that the calendar of this year ends: no story but that one hears of it.
        db.insert(CalendarWarning, covered_until=WorkingDays().covered_until().isoformat(), told_at=START)
        for cadre, place in (("ZHOU", "NY"), ("CHEN", "DX")):  # nor is a cadre asked for the buildings of a committee
            db.insert(SpotAsk, place=ids[place], person=ids[cadre], day="2099-12-31")
    return ids


@dataclass
class Phone:
    """One person's phone: what it shows, and what on it has been expected so far."""

    id: int
    seen: dict[int, int] = field(default_factory=dict)  # message id -> seq that was expected


class Story:
    """One run of bot and sandbox in this event loop; time stands still unless advanced."""

    def __init__(self, db: Database, sandbox: Running, bot: Bot, clock: StoppedClock, ids: dict[str, int]) -> None:
        self.db = db
        self.sandbox = sandbox
        self.bot = bot
        self.clock = clock
        self.ids = ids
        self.phones: dict[str, Phone] = {}
        self.taps: Counter[str] = Counter()  # of each person
        self.making = True  # whether papers that are ordered are made at once
        self._pace = 0.0
        self._number = 1000

    @classmethod
    async def open(cls, folder: Path, *, paced: bool = False) -> Story:
        """A new town. `paced`: Telegram's limits hold, on the story's own time, and their violations are counted."""
        db = Database(fresh_database.make(folder / "linli.db"), RING)
        db._connection.execute("pragma synchronous = off")  # in a story no power fails
        ids = furnish(db)
        sandbox = await start_sandbox(limits=Limits(enabled=paced))
        cabinet = Cabinet(folder / "attachments")
        channel = TelegramChannel(TOKEN, sandbox.url.rstrip("/"), keeping(db, cabinet))
        await channel.open()
        clock = StoppedClock()
        house = House(ZoneInfo("Asia/Shanghai"), Rules(), link=channel.link, cabinet=cabinet)
        story = cls(db, sandbox, Bot(db, clock, house, channel), clock, ids)
        story.bot.outbox._monotonic = sandbox.limits.now = lambda: story._pace
        return story

    async def close(self) -> None:
        await self.bot.press.studio.close()
        await self.bot.channel.close()
        await self.sandbox.stop()
        self.db.close()

    def restart(self) -> None:
        """The bot as it is after a restart: what is not in the database is gone."""
        house = replace(self.bot.house, strangers=Strangers())
        fresh = Bot(self.db, self.clock, house, self.bot.channel)
        fresh.outbox._monotonic = self.bot.outbox._monotonic
        fresh.press.studio = self.bot.press.studio  # its process, for the story to end
        self.bot = fresh

    async def join(self, code: str, language: str = "zh") -> None:
        """A member of staff opens an invite on a new phone."""
        self.stranger(code, language)
        secret = f"CODE{code}"
        with self.db.transaction():
            self.db.insert(
                Invite, digest=digest(secret), person=self.ids[code], expires_at=self.clock.now() + timedelta(days=7)
            )
        await self.say(code, f"/start {secret}")
        self.expect(code, self.name(code))

    @staticmethod
    def name(code: str) -> str:
        """The name of a member of staff."""
        return next(name for staff, name, _, _ in STAFF if staff == code)

    def stranger(self, code: str, language: str = "zh") -> None:
        person = self.sandbox.world.add_person(code, language)
        self.phones[code] = Phone(person.id)

    def group(self, name: str, *members: str) -> None:
        """A group of these people and the bot; what it shows is looked at by its name, as on a phone."""
        made = self.sandbox.world.add_group(name, [self.phones[code].id for code in members])
        self.phones[name] = Phone(made.id)

    async def say(self, who: str, text: str, *, group: str = "") -> None:
        self.sandbox.world.say(self.phones[group or who].id, self.phones[who].id, text)
        await self.settle()

    async def send(self, who: str, kind: str, **what: Any) -> None:
        phone = self.phones[who]
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                f"{self.sandbox.url.rstrip('/')}/sandbox/chats/{phone.id}/send",
                json={"from": phone.id, "kind": kind, **what},
            ) as answer,
        ):
            assert answer.status == 200, await answer.text()
        await self.settle()

    async def press(self, who: str, label: str, *, group: str = "") -> None:
        """Press the newest button whose label contains `label`."""
        chat, phone = self.phones[group or who], self.phones[who]
        for message in reversed(self.messages(group or who)):
            for row in message["keyboard"] or []:
                for button in row:
                    if label in button["text"] and button.get("data"):
                        self.taps[who] += 1
                        self.sandbox.world.press(chat.id, phone.id, message["message_id"], button["data"], None)
                        await self.settle()
                        return
        raise AssertionError(f"{who} has no button {label!r}; the phone shows {self.screen(group or who)}")

    async def forge(self, who: str, data: str, *, group: str = "") -> None:
        """Press a button that the bot never showed this person."""
        chat, phone = self.phones[group or who], self.phones[who]
        message = next(m for m in reversed(self.messages(group or who)) if m["from"] == "bot")
        self.sandbox.world.press(chat.id, phone.id, message["message_id"], data, None, forge=True)
        await self.settle()

    async def advance(self, **duration: float) -> None:
        """Move the clock and let the tick do what has become due."""
        self.clock.moment += timedelta(**duration)
        self.bot.tick()
        await self.settle()

    def weeks_are_filed(self) -> None:
        """Everybody's workload of the next weeks is confirmed, and the next monthly analyses are sent: a story about
        something else hears nothing of it."""
        monday = monday_of(self.clock.now().date())
        with self.db.transaction():
            for person in self.db.all("select id from person where role = 'coordinator'"):
                for n in range(8):
                    day = (monday + timedelta(weeks=n)).isoformat()
                    self.db.insert_new(Week, person=person["id"], monday=day, sent=[])
            self.db.execute("update workload_week set state = 'confirmed', look_at = null")
            for place in self.db.all("select id from place where kind = 'committee'"):
                for month in ("2026-10", "2026-11", "2026-12", "2027-01"):
                    self.db.insert_new(MonthlyAnalysis, place=place["id"], month=month, sent=["sent"])

    async def settle(self) -> None:
        """Let the bot take every waiting update and send every message."""
        while pending := self.sandbox.world.updates(0, 100):
            updates = await self.bot.channel.fetch()
            self.bot.take(list(updates))
            self.bot.channel.confirm(updates)
            for update in pending:
                self.sandbox.world.confirm(update["update_id"])
        await self.bot.porter.work()
        if self.making:
            await self.bot.press.work()
        while not self.bot.outbox.idle:
            self._pace += max(await self.bot.outbox.flush(), 0.01)

    def messages(self, who: str) -> list[dict[str, Any]]:
        """What stands in this person's chat now."""
        shown: list[dict[str, Any]] = self.sandbox.world.view(self.phones[who].id)["messages"]
        return [message for message in shown if not message["deleted"]]

    def files(self, who: str) -> list[tuple[str, bytes]]:
        """The files and pictures that stand in this person's chat: what each is called, and its bytes."""
        stored = self.sandbox.world.files
        named = [message["file"].rpartition("/")[2] for message in self.messages(who) if message["file"]]
        return [(stored[name].name, stored[name].data) for name in named]

    def screen(self, who: str) -> str:
        return "\n---\n".join(str(m["text"]) for m in self.messages(who) if m["from"] == "bot")

    def toast(self, who: str) -> str:
        toasts = self.sandbox.world.view(self.phones[who].id)["toasts"]
        return str(toasts[-1]["text"]) if toasts else ""

    def expect(self, who: str, *parts: str) -> None:
        """Some message that is new or changed since it was last expected contains all `parts`."""
        phone = self.phones[who]
        for message in self.messages(who):
            if message["from"] != "bot" or phone.seen.get(message["message_id"]) == message["seq"]:
                continue
            if all(part in message["text"] for part in parts):
                phone.seen[message["message_id"]] = message["seq"]
                return
        raise AssertionError(f"{who} was to read {parts}; the phone shows:\n{self.screen(who)}")

    def expect_nothing(self, *whom: str) -> None:
        """Nothing new or changed stands on these phones that was not expected."""
        for who in whom:
            phone = self.phones[who]
            for message in self.messages(who):
                if message["from"] == "bot" and phone.seen.get(message["message_id"]) != message["seq"]:
                    raise AssertionError(f"{who} got an unexpected message:\n{message['text']}")

    def read_all(self, *whom: str) -> None:
        """These people have read everything so far."""
        for who in whom:
            for message in self.messages(who):
                self.phones[who].seen[message["message_id"]] = message["seq"]
