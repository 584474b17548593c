"""The tick: once a second, look at what is due. Due things are rows: a restart or a leap changes nothing."""

from collections.abc import Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Ticker:
    """Calls `tick` every `seconds` on the running loop; ticks that were late come as one."""

    def __init__(self, tick: Callable[[], None], seconds: float = 1.0) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            _on_the_loop(tick),
            "interval",
            seconds=seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


def _on_the_loop(tick: Callable[[], None]) -> Callable[[], object]:
    async def job() -> None:  # a coroutine, so that APScheduler does not hand it to a thread
        tick()

    return job
