"""Work beside the conversations, done when it is called for."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()


async def work_beside(work: Callable[[], Awaitable[bool]], called: asyncio.Event, stop: asyncio.Event) -> None:
    """Work at once, and whenever `called` is set, until `stop` is: what is under way then is left.

    Where `work` says that something is left, or database or disk fail, it is tried again in a second.
    """
    stopping = asyncio.create_task(stop.wait())
    while not stop.is_set():
        called.clear()
        working = asyncio.create_task(_insist(work, called))
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    await asyncio.gather(stopping)


async def _insist(work: Callable[[], Awaitable[bool]], called: asyncio.Event) -> None:
    try:
        wait = None if await work() else 1.0
    except (sqlite3.OperationalError, OSError) as error:
        log.error("work beside the conversations waits", reason=type(error).__name__)
        wait = 1.0
    try:
        await asyncio.wait_for(called.wait(), wait)
    except TimeoutError:
        return
