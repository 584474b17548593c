"""What is known of people without an invite, to keep them from doing harm: in memory only, and nothing of who they are.

Accounts are known by a hash under a random key that is drawn anew each day and at each start and never leaves memory:
a day later nobody can tell any more whose they were (scope.md, "Anonymous means anonymous").
"""

import hashlib
import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

TRIES = 5  # wrong codes of one account
TRIES_OF_ALL = 300
TRIES_WINDOW = timedelta(minutes=30)
TIPS_WINDOW = timedelta(hours=1)
BLOCKED = timedelta(hours=24)
REQUESTS = 6  # for a visit or a talk, of one account in a day: some are withdrawn and made again, nobody makes more
OPEN = timedelta(minutes=15)  # that a tip stays open to somebody who showed its code


@dataclass
class Strangers:
    """Counters by hashed account, and what is open to whom."""

    tips_of_one: int = 3  # within an hour
    tips_of_place: int = 60
    left_traces: bool = True  # something of theirs was taken away: the journal is to be emptied (also at each start)
    _key: bytes = field(default_factory=lambda: os.urandom(32))
    _day: date | None = None
    _wrong: dict[bytes, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _tips: dict[bytes, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _blocked: dict[bytes, datetime] = field(default_factory=dict)
    _sources: dict[int, bytes] = field(default_factory=dict)
    _open: dict[bytes, tuple[int, datetime]] = field(default_factory=dict)
    _asked: Counter[bytes] = field(default_factory=Counter)

    def hash(self, account: str, now: datetime) -> bytes:
        """What stands for an account today. A new day draws a new key, and all that was known is gone."""
        if self._day != now.date():
            self._day, self._key = now.date(), os.urandom(32)
            for known in (self._wrong, self._tips, self._blocked, self._sources, self._open, self._asked):
                known.clear()
        return hashlib.blake2b(account.encode(), key=self._key, digest_size=16).digest()

    def may_try(self, account: str, now: datetime) -> bool:
        """Whether this account may try another code; `wrong` says that one was wrong."""
        mine = self._recent(self._wrong, self.hash(account, now), now, TRIES_WINDOW)
        return len(mine) < TRIES and len(self._recent(self._wrong, b"", now, TRIES_WINDOW)) < TRIES_OF_ALL

    def wrong(self, account: str, now: datetime) -> None:
        """A code was wrong."""
        self._wrong[self.hash(account, now)].append(now)
        self._wrong[b""].append(now)

    def right(self, account: str, now: datetime) -> None:
        """A code was right: the wrong ones before it were slips."""
        self._wrong.pop(self.hash(account, now), None)

    def may_tip(self, account: str, place: int, now: datetime) -> bool:
        """Whether a tip is taken from this account, for this place, now."""
        source = self.hash(account, now)
        if self._blocked.get(source, now) > now:
            return False
        of_one = self._recent(self._tips, source, now, TIPS_WINDOW)
        of_place = self._recent(self._tips, _of(place), now, TIPS_WINDOW)
        return len(of_one) < self.tips_of_one and len(of_place) < self.tips_of_place

    def tipped(self, account: str, place: int, report: int, now: datetime) -> None:
        """A tip was taken."""
        source = self.hash(account, now)
        self._tips[source].append(now)
        self._tips[_of(place)].append(now)
        self._sources[report] = source

    def block(self, report: int, now: datetime) -> bool:
        """Take no more from the source of this tip for a day; false where it is not known any more."""
        source = self._sources.get(report)
        if source is None:
            return False
        self._blocked[source] = now + BLOCKED
        return True

    def may_ask(self, account: str, now: datetime) -> bool:
        """Whether one more request for a visit or a talk is taken from this account today."""
        return self._asked[self.hash(account, now)] < REQUESTS

    def asked(self, account: str, now: datetime) -> None:
        """Such a request was taken; that it is withdrawn does not make it undone."""
        self._asked[self.hash(account, now)] += 1

    def open(self, account: str, report: int, now: datetime) -> None:
        """Whoever showed the code of a tip may read it and add to it for a while."""
        self._open[self.hash(account, now)] = (report, now + OPEN)

    def opened(self, account: str, now: datetime) -> int | None:
        """The tip that is open to this account; speaking of it keeps it open."""
        if not self._open:
            return None
        report, until = self._open.get(self.hash(account, now), (0, now))
        return report if until > now else None

    def close(self, account: str, now: datetime) -> None:
        """The tip is open no more."""
        if self._open:
            self._open.pop(self.hash(account, now), None)

    @staticmethod
    def _recent(known: dict[bytes, list[datetime]], whose: bytes, now: datetime, window: timedelta) -> list[datetime]:
        recent = [at for at in known.get(whose, ()) if now - window < at <= now]
        if recent:
            known[whose] = recent
        else:
            known.pop(whose, None)
        return recent


def _of(place: int) -> bytes:
    return b"place" + place.to_bytes(8, "big")
