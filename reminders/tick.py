"""The tick: once a second, look at what is due. Due things are rows: a restart or a leap changes nothing."""

import asyncio
from collections.abc import Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Ticker:
    """Calls `tick` every `seconds` on the running loop; ticks that were late come as one.

    The scheduler goes by the machine's clock and, where that is set back a day, would sleep for a day. So the loop,
    whose time only goes forward, watches that there are ticks.
    """

    def __init__(self, tick: Callable[[], None], seconds: float = 1.0) -> None:
        self._tick = tick
        self._seconds = seconds
        self._ticked = True
        self._watching: asyncio.TimerHandle | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._job = self._scheduler.add_job(
            self._run,
            "interval",
            seconds=seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        self._scheduler.start()
        self._watch()

    def stop(self) -> None:
        if self._watching:
            self._watching.cancel()
        self._scheduler.shutdown(wait=False)

    async def _run(self) -> None:  # a coroutine, so that APScheduler does not hand it to a thread
        self._ticked = True
        self._tick()

    def _watch(self) -> None:
        if not self._ticked:
            self._job.reschedule("interval", seconds=self._seconds)
        self._ticked = False
        self._watching = asyncio.get_running_loop().call_later(3 * self._seconds, self._watch)
