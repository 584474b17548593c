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

    def wait(self, now: float, tokens: int = 1) -> float:
        """Seconds until that many tokens are there; 0 where they are."""
        self._fill(now)
        return 0.0 if self._tokens >= tokens else (tokens - self._tokens) / self.rate

    def take(self, now: float) -> None:
        self._fill(now)
        self._tokens -= 1.0
