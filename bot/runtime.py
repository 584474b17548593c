"""The running bot: updates in, messages out, a tick a second. This is where everything is wired together."""

import asyncio
import gc
import importlib
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

import structlog

from bot.house import house_of
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.porter import Porter, keeping
from bot.press import Press
from bot.settings import Settings
from chat.clock import SystemClock
from chat.messages import Channel, ChannelDown, Receipt, Update
from chat.texts import LANGUAGES
from handlers import alert, due, erasing, menu, paper, retention
from handlers.desk import Desk, House
from handlers.visits import applicant
from models.database import Database, is_damage
from models.sealing import KeysUnusable
from reminders.tick import Ticker

log = structlog.get_logger()
DRAIN_SECONDS = 4.0
QUIET_SECONDS = 2.0  # without an update
MANY = 10  # messages of one tick
HOUR = timedelta(hours=1)


class Bot:
    """Inbox, outbox and tick around one database and one channel."""

    def __init__(self, db: Database, clock: SystemClock, house: House, channel: Channel) -> None:
        self.db = db
        self.clock = clock
        self.house = house
        self.channel = channel
        channels = {channel.name: channel}
        self.outbox = Outbox(db, clock, house, channels, _delivered, unreachable=applicant.unreachable)
        self.inbox = Inbox(db, clock, house, channels, self.outbox)
        self.porter = Porter(db, clock, house, channels, self.outbox)
        self.press = Press(db, clock, house, self.outbox)
        self.stop = asyncio.Event()
        self.db.take_up()
        self._ticks = 0
        self._menus_due = True  # a newer linli, or an import while it was down, may have changed them
        self._erased_at = datetime.min.replace(tzinfo=UTC)  # the last full hour of which all is erased
        self._damage: sqlite3.DatabaseError | None = None
        self._taken_at = time.monotonic()

    def take(self, updates: Sequence[Update]) -> None:
        """Store updates and deal with them. Returning means: stored. Raises sqlite3.Error: nothing may be confirmed."""
        self._taken_at = time.monotonic()
        try:
            self.inbox.take(updates)
        except sqlite3.DatabaseError as error:
            self._look_at(error)
            raise
        self.outbox.set_off()
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
        if time.monotonic() - self._taken_at > QUIET_SECONDS:
            importlib.import_module("handlers.screening.screening")  # before the first text needs it; half a second
            importlib.import_module("handlers.screening.masking")
        desk = Desk(self.db, self.clock.now(), self.house)
        try:
            self._take_up_keys()
            with self.db.transaction():
                due.sweep(desk)
                menus_due = self._menus_due and (bool(desk.out) or menu.give(desk))
                if desk.out:
                    self.outbox.post(desk.out, f"tick:{desk.now.timestamp()}:{self._ticks}", desk.now)
            self._menus_due = menus_due
            # Where many are told something that comes first: a tick holds up nobody. Nothing keeps it from its hour.
            erased = self._erase(desk.now) if len(desk.out) < MANY or self._ticks % 60 == 0 else False
            self._clear_chats(desk.now)
            if erased or (self.house.strangers.left_traces and self.outbox.idle):
                self._empty_the_journal()
            self._work()
        except sqlite3.OperationalError as error:
            log.error("database busy, the tick is tried again", reason=str(error))
        except sqlite3.DatabaseError as error:
            self._look_at(error)
            if not self._damage:
                raise
        self.outbox.wake()

    def _erase(self, now: datetime) -> bool:
        """Each hour, and a few reports a tick until none is left, erase what is due; whether that has come to its end.

        In a transaction of its own: were it to fail, alerts go on all the same.
        """
        if self._has_erased(now):
            return False
        desk = Desk(self.db, now, self.house)
        with self.db.transaction():
            erased = retention.erase(desk)
            more = bool(erased) and retention.is_due(desk)
        if erased:
            log.info("records erased", reports=erased.reports, requests=erased.requests)
        if not more:
            self._erased_at = now.replace(minute=0, second=0, microsecond=0)
        return bool(erased) and not more

    def _has_erased(self, now: datetime) -> bool:
        """Whether all that was due in this hour is erased."""
        return self._erased_at <= now < self._erased_at + HOUR

    def _clear_chats(self, now: datetime) -> None:
        """Take out of chats what told of something that is erased, whoever erased it."""
        if not erasing.to_carry_out(self.db):
            return
        desk = Desk(self.db, now, self.house)
        with self.db.transaction():
            erasing.carry_out(desk)
            self.outbox.post(desk.out, f"cleared:{now.timestamp()}:{self._ticks}", now)

    def clear_up(self) -> None:
        """Before the first word with anybody: what a restored backup holds too long goes."""
        now = self.clock.now()
        while not self._has_erased(now):
            self._erase(now)
        self.tick()

    def _empty_the_journal(self) -> None:
        """What was erased, or is no stranger's any more, stays in the journal no longer either."""
        emptied = self.db.empty_journal()
        self.house.strangers.left_traces = not emptied
        if emptied:
            log.info("journal emptied")

    def _take_up_keys(self) -> None:
        """A key that was put into the key file is taken up without a restart."""
        try:
            self.db.take_up()
        except KeysUnusable as unusable:
            log.error("the keys of before are still used", reason=str(unusable))

    def _look_at(self, error: sqlite3.DatabaseError) -> None:
        """A damaged database ends the bot: logged only, nobody would hear that alerts go no further."""
        if is_damage(error):
            self._damage = error
            self.stop.set()

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

    async def work(self, *, polling: bool = True) -> None:
        """Run until `stop` is set; then send what can be sent and return within five seconds.

        Without `polling` somebody else calls `take`.
        """
        self._work()
        ticker = Ticker(self.tick)
        ticker.start()
        sending = asyncio.create_task(self.outbox.run(self.stop))
        fetching = asyncio.create_task(self.porter.run(self.stop))
        making = asyncio.create_task(self.press.run(self.stop))
        taking = asyncio.create_task(self.poll() if polling else self.stop.wait())
        done, _ = await asyncio.wait({sending, taking, fetching, making}, return_when=asyncio.FIRST_COMPLETED)
        self.stop.set()
        self.outbox.wake()
        ticker.stop()
        try:
            await asyncio.wait_for(asyncio.gather(sending, taking, fetching, making), DRAIN_SECONDS)
        except TimeoutError:
            log.warning("stopped before everything was sent; the rest is kept")
        for task in done:
            task.result()
        if self._damage:
            raise self._damage


def _delivered(desk: Desk, about: str, receipt: Receipt) -> None:
    """What became of a message goes to whose it is."""
    whose = paper if about.startswith("paper:") else alert
    whose.delivered(desk, about, receipt)


async def _look(clock: SystemClock, url: str) -> None:
    """Take over how far the sandbox's clock is ahead."""
    import aiohttp

    try:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            clock.offset = timedelta(seconds=(await answer.json())["offset_seconds"])
    except (aiohttp.ClientError, KeyError, ValueError):
        log.warning("sandbox clock does not answer")


async def _follow(clock: SystemClock, url: str, stop: asyncio.Event) -> None:
    """The sandbox's clock drives the bot."""
    while not stop.is_set():
        await _look(clock, url)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 0.2)


async def _insist(what: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """Do it, however long the platform does not answer, unless the bot is to stop."""
    while not stop.is_set():
        try:
            await what()
            return
        except ChannelDown as down:
            log.warning("platform does not answer, trying again", reason=str(down))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), down.wait)


async def _offer(channel: Channel) -> None:
    """The menus of those who have none of their own: strangers, and groups."""
    try:
        await channel.offer({language: menu.lines(language, menu.STRANGER) for language in LANGUAGES})
        await channel.offer({language: menu.lines(language, menu.GROUP) for language in LANGUAGES}, groups=True)
    except ChannelDown as down:
        log.warning("command menu not set", reason=str(down))


@asynccontextmanager
async def _calendars(settings: Settings, bot: Bot) -> AsyncIterator[None]:
    """Serve people's own calendars while inside, where the town has switched that on. The bot runs without, too."""
    async with AsyncExitStack() as serving:
        if settings.feed_url:
            from bot import feed

            made = feed.Feed(bot.db, bot.clock, bot.house)
            try:
                await serving.enter_async_context(feed.serving(made, settings.feed_url, settings.feed_port))
                log.info("calendars are served", port=settings.feed_port)
            except OSError as error:
                log.error("calendars are not served", port=settings.feed_port, reason=str(error))
        yield


async def run(settings: Settings) -> None:
    """`linli run`. Raises ChannelClosed or DatabaseUnusable, whose messages say the mend."""
    from platforms.telegram.channel import TelegramChannel

    db = Database(settings.database_path, settings.ring())
    db.take_up()  # before the platform is waited for: a rotation would wait for us
    clock = SystemClock()
    house = house_of(settings, db)
    channel = TelegramChannel(settings.bot_token, settings.telegram_api, keeping(db, house.cabinet))
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    beside: list[asyncio.Task[None]] = []
    try:
        await _insist(channel.open, stop)
        bot = Bot(db, clock, replace(house, link=channel.link), channel)
        bot.stop = stop
        if settings.sandbox_clock_url:
            await _look(clock, settings.sandbox_clock_url)  # nothing is done in another time first
        bot.clear_up()
        if settings.sandbox_clock_url:
            beside.append(asyncio.create_task(_follow(clock, settings.sandbox_clock_url, stop)))
        beside.append(asyncio.create_task(_offer(channel)))
        intake = "webhook" if settings.webhook_url else "polling"
        gc.freeze()  # what was loaded stays: it need not be looked through again
        gc.enable()
        log.info("linli runs", database=str(settings.database_path), intake=intake, zone=settings.timezone)
        async with _calendars(settings, bot):
            if settings.webhook_url:
                from platforms.telegram.webhook import serving

                path = urlsplit(settings.webhook_url).path
                async with serving(bot.take, path, settings.webhook_port, settings.webhook_secret):
                    await _insist(partial(channel.set_webhook, settings.webhook_url, settings.webhook_secret), stop)
                    await bot.work(polling=False)
            else:
                await bot.work()
    finally:
        stop.set()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await channel.close()
        db.close()
