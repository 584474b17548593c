"""The running bot: updates in, messages out, a tick a second. This is where everything is wired together."""

import asyncio
import signal
import sqlite3
from collections.abc import Sequence
from datetime import timedelta

import structlog

from alerts.escalation import Rules
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.settings import Settings
from chat.clock import SystemClock
from chat.messages import Channel, ChannelClosed, ChannelDown, Command, Update
from chat.texts import LANGUAGES, text
from handlers import alert, due
from handlers.desk import Desk, House
from models.database import Database
from reminders.tick import Ticker

log = structlog.get_logger()
DRAIN_SECONDS = 4.0
MENU = ("report", "alerts", "duty", "me", "language", "help", "cancel")


class Bot:
    """Inbox, outbox and tick around one database and one channel."""

    def __init__(self, db: Database, clock: SystemClock, house: House, channel: Channel) -> None:
        self.db = db
        self.clock = clock
        self.house = house
        self.channel = channel
        channels = {channel.name: channel}
        self.outbox = Outbox(db, clock, house, channels, alert.delivered)
        self.inbox = Inbox(db, clock, house, channels, self.outbox)
        self.stop = asyncio.Event()
        self._ticks = 0

    def take(self, updates: Sequence[Update]) -> None:
        """Store updates and deal with them. Returning means: stored. Raises sqlite3.Error: nothing may be confirmed."""
        self.inbox.take(updates)
        self._work()

    def _work(self) -> None:
        try:
            while self.inbox.work():
                pass
        except sqlite3.OperationalError as error:
            log.error("database busy, updates are kept", reason=str(error))

    def tick(self) -> None:
        """Everything whose time has come; and updates that an earlier failure left."""
        self._ticks += 1
        desk = Desk(self.db, self.clock.now(), self.house)
        try:
            with self.db.transaction():
                due.sweep(desk)
                if desk.out:
                    self.outbox.post(desk.out, f"tick:{desk.now.timestamp()}:{self._ticks}", desk.now)
        except sqlite3.OperationalError as error:
            log.error("database busy, the tick is tried again", reason=str(error))
        self._work()
        self.outbox.wake()

    async def poll(self) -> None:
        """Ask for updates until stopped. An update is confirmed only once it is committed."""
        while not self.stop.is_set():
            fetching = asyncio.ensure_future(self.channel.fetch())
            stopping = asyncio.ensure_future(self.stop.wait())
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if not fetching.done():
                fetching.cancel()
                await asyncio.gather(fetching, return_exceptions=True)
                return
            try:
                updates = fetching.result()
                if updates:
                    self.take(updates)
                    self.channel.confirm(updates)
            except ChannelDown as down:
                log.warning("platform does not answer", reason=str(down))
                await self._pause(down.wait)
            except sqlite3.OperationalError as error:
                log.error("updates not stored, so not confirmed", reason=str(error))
                await self._pause(1.0)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.stop.wait(), seconds)
        except TimeoutError:
            return

    async def work(self) -> None:
        """Run until `stop` is set; then send what can be sent and return within five seconds."""
        self._work()
        ticker = Ticker(self.tick)
        ticker.start()
        sending = asyncio.create_task(self.outbox.run(self.stop))
        taking = asyncio.create_task(self.poll())
        done, _ = await asyncio.wait({sending, taking}, return_when=asyncio.FIRST_COMPLETED)
        self.stop.set()
        self.outbox.wake()
        ticker.stop()
        try:
            await asyncio.wait_for(asyncio.gather(sending, taking), DRAIN_SECONDS)
        except TimeoutError:
            log.warning("stopped before everything was sent; the rest is kept")
        for task in done:
            task.result()


async def _follow(clock: SystemClock, url: str, stop: asyncio.Event) -> None:
    """The sandbox's clock drives the bot: follow its offset."""
    import aiohttp

    async with aiohttp.ClientSession() as session:
        while not stop.is_set():
            try:
                async with session.get(url) as answer:
                    clock.offset = timedelta(seconds=(await answer.json())["offset_seconds"])
            except (aiohttp.ClientError, KeyError, ValueError):
                log.warning("sandbox clock does not answer")
            try:
                await asyncio.wait_for(stop.wait(), 0.2)
            except TimeoutError:
                continue


def house_of(settings: Settings, channel: Channel) -> House:
    """The settings that conversations need."""
    rules = Rules(settings.acknowledge_minutes, settings.deputy_minutes, settings.town_office_minutes)
    return House(settings.zone, rules, settings.emergency_numbers, settings.draft_hours, channel.link)


async def run(settings: Settings) -> None:
    """`linli run`. Raises ChannelClosed or DatabaseUnusable, whose messages say the mend."""
    from platforms.telegram.channel import TelegramChannel

    if settings.webhook_url:
        raise ChannelClosed("webhooks are not served yet: unset LINLI_WEBHOOK_URL, the bot then polls")
    db = Database(settings.database_path)
    clock = SystemClock()
    channel = TelegramChannel(settings.bot_token, settings.telegram_api)
    stop = asyncio.Event()
    try:
        while True:
            try:
                await channel.open()
                break
            except ChannelDown as down:
                log.warning("platform does not answer, trying again", reason=str(down))
                await asyncio.sleep(down.wait)
        bot = Bot(db, clock, house_of(settings, channel), channel)
        bot.stop = stop
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        followers = []
        if settings.sandbox_clock_url:
            followers.append(asyncio.create_task(_follow(clock, settings.sandbox_clock_url, stop)))
        menus: dict[str, Sequence[Command]] = {
            language: [Command(name, text(language, f"command-{name}")) for name in MENU] for language in LANGUAGES
        }
        try:
            await channel.offer(menus)
        except ChannelDown as down:
            log.warning("command menu not set", reason=str(down))
        log.info("linli runs", database=str(settings.database_path), intake="polling", zone=settings.timezone)
        await bot.work()
        stop.set()
        await asyncio.gather(*followers)
    finally:
        await channel.close()
        db.close()
