"""Telegram's published sending limits as token buckets; they run on real time, whatever the clock says."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Bucket:
    """`burst` tokens at most, refilled at `rate` a second; may run into debt (an album costs its length)."""

    rate: float
    burst: float
    tokens: float = field(init=False)
    filled: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def wait(self, now: float) -> float:
        """Seconds until one more message may go out."""
        self.tokens = min(self.burst, self.tokens + (now - self.filled) * self.rate)
        self.filled = now
        return max(0.0, (1 - self.tokens) / self.rate)


@dataclass
class Limits:
    """30 a second per bot, 1 a second per private chat (short bursts pass), 20 a minute per group."""

    bot: tuple[float, float] = (30.0, 30.0)
    private: tuple[float, float] = (1.0, 5.0)
    group: tuple[float, float] = (20 / 60, 20.0)
    enabled: bool = True
    now: Callable[[], float] = time.monotonic
    violations: int = 0
    _buckets: dict[int, Bucket] = field(default_factory=dict, repr=False)

    def take(self, chat_id: int, cost: int = 1) -> int:
        """Pay for `cost` messages to a chat: 0 when they may go out, else the seconds to wait."""
        if not self.enabled:
            return 0
        now = self.now()
        buckets = [
            self._bucket(0, self.bot, now),
            self._bucket(chat_id, self.private if chat_id > 0 else self.group, now),
        ]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 1e-9:
            self.violations += 1
            return math.ceil(wait - 1e-9)
        for bucket in buckets:
            bucket.tokens -= cost
        return 0

    def _bucket(self, key: int, measure: tuple[float, float], now: float) -> Bucket:
        if key not in self._buckets:
            self._buckets[key] = Bucket(*measure, filled=now)
        return self._buckets[key]
