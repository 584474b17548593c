"""Personal calendars over HTTP, on a port of their own: who has the secret address reads, anybody else learns nothing.

Nothing of a request is written to a log, since the address is the secret. What is read comes through a connection of
its own, in one thread beside the conversations.
"""

import asyncio
import hashlib
import ipaddress
import logging
import re
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import structlog
from aiohttp import ETag, web

from chat.clock import SystemClock
from exports import calendar_feed as _  # noqa: F401 – loaded before the first request, which it would hold up
from handlers.calendar_feed import NONE, content
from handlers.desk import Desk, House
from models.database import Database

log = structlog.get_logger()
BURST, PER_SECOND = 60, 0.5  # requests of one sender
MOST_SENDERS = 5000  # remembered
MOST_WAITING = 50  # requests; more are told to come again
_NAME = re.compile(r"([A-Za-z0-9_-]{20,60})\.ics")
_HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}
_SILENT = logging.getLogger("linli.feed.silent")  # what aiohttp would say of a bad request may hold the address
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


class Limiter:
    """How often each sender may ask; forgotten with the process, and of the longest silent first."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # sender -> requests left, when that was so

    def allows(self, sender: str) -> bool:
        """Whether this request is answered; it counts in any case."""
        now = self._monotonic()
        left, since = self._left.pop(sender, (float(BURST), now))
        left = min(BURST, left + (now - since) * PER_SECOND)
        self._left[sender] = (max(0.0, left - 1), now)
        if len(self._left) > MOST_SENDERS:
            self._left.popitem(last=False)
        return left >= 1


def sender_of(request: web.BaseRequest) -> str:
    """Who asks. Behind a proxy on this machine that is whom the proxy names last; of IPv6 the network counts."""
    remote = request.remote or ""
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(remote)
        if address.is_loopback and named:
            address = ipaddress.ip_address(named)
    except ValueError:
        return remote
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


class Feed:
    """Answers requests for calendars out of a database."""

    def __init__(self, db: Database, clock: SystemClock, house: House, limiter: Limiter | None = None) -> None:
        self._db = db
        self._clock = clock
        self._house = house
        self._limiter = limiter or Limiter()
        self._thread = ThreadPoolExecutor(1, "feed")
        self._waiting = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The calendar, 304 where the asker has it already, 404 for whatever is not an address that holds now."""
        if not self._limiter.allows(sender_of(request)):
            return web.Response(status=429, headers={"Retry-After": "60"})
        if self._waiting >= MOST_WAITING:
            return web.Response(status=503, headers={"Retry-After": "30"})
        self._waiting += 1
        try:
            found = await asyncio.get_running_loop().run_in_executor(
                self._thread, self._read, request.match_info.get("name", "")
            )
        except Exception as error:  # the database is locked, damaged, without its keys: calendars ask again
            log.error("a calendar is not served", reason=type(error).__name__)
            return web.Response(status=503, headers={"Retry-After": "300"})
        finally:
            self._waiting -= 1
        if found is None:
            return web.Response(status=404, text=NONE, headers=_HEADERS)
        return _response(request, found)

    def _read(self, name: str) -> bytes | None:
        """In the thread: what is no address at all is looked for as any other, so that it takes as long."""
        secret = _NAME.fullmatch(name)
        db = self._db.another()
        try:
            with db.snapshot():
                return content(Desk(db, self._clock.now(), self._house), secret[1] if secret else "")
        finally:
            db.close()

    def close(self) -> None:
        """Nothing is answered any more."""
        self._thread.shutdown(cancel_futures=True)


def _response(request: web.BaseRequest, found: bytes) -> web.Response:
    tag = ETag(hashlib.sha256(found).hexdigest()[:32])
    known = request.if_none_match or ()
    if any(each.value in (tag.value, "*") for each in known):
        response = web.Response(status=304, headers=_HEADERS)
    else:
        response = web.Response(body=found, content_type="text/calendar", charset="utf-8", headers=_HEADERS)
    response.etag = tag
    return response


@asynccontextmanager
async def serving(feed: Feed, url: str, port: int) -> AsyncIterator[None]:
    """Listen for requests to calendars below the public address while inside. Raises OSError: the port is taken."""
    app = web.Application()
    app.router.add_get(f"{urlsplit(url).path}/feed/{{name}}", feed.answer)
    runner = web.AppRunner(app, access_log=None, logger=_SILENT, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, port=port).start()
        yield
    finally:
        await runner.cleanup()
        feed.close()
