"""Time, which tests and the sandbox can move. Nobody else asks what time it is."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time. `now` is aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock, shifted by `offset` (zero outside the sandbox)."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC) + self.offset
