"""Token buckets: how fast a platform lets a bot speak."""


class Bucket:
    """`rate` tokens a second, `burst` at most. Times are monotonic seconds given by the caller."""

    __slots__ = ("_at", "_tokens", "burst", "rate")

    def __init__(self, rate: float, burst: float) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = burst
        self._at = 0.0

    def _fill(self, now: float) -> None:
        if now > self._at:
            self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
            self._at = now

    def ready(self, now: float) -> int:
        """How many tokens are there."""
        self._fill(now)
        return int(self._tokens)

    def wait(self, now: float) -> float:
        """Seconds until a token is there; 0 where one is."""
        self._fill(now)
        return 0.0 if self._tokens >= 1.0 else (1.0 - self._tokens) / self.rate

    def take(self, now: float) -> None:
        self._fill(now)
        self._tokens -= 1.0
