"""The sandbox's clock: real time plus an offset, so that an afternoon can see a week go by."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar


def working_day(day: date) -> bool:
    """Whether offices are open: the Chinese calendar where its data reach, else Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


class Clock:
    """Tells the time of the sandbox; may be moved, and may be stopped."""

    def __init__(self, start: datetime | None = None, zone: str = "Asia/Shanghai") -> None:
        self.zone = zone
        self._offset = timedelta()
        self._frozen: datetime | None = None
        if start is not None:
            self.to(start)

    def now(self) -> datetime:
        """The sandbox's time, in UTC."""
        return self._frozen or datetime.now(UTC) + self._offset

    @property
    def offset_seconds(self) -> float:
        """How far the sandbox is ahead of real time at this moment."""
        return (self.now() - datetime.now(UTC)).total_seconds() if self._frozen else self._offset.total_seconds()

    @property
    def frozen(self) -> bool:
        """Whether the clock stands still."""
        return self._frozen is not None

    def to(self, moment: datetime) -> None:
        """Jump to `moment`; without a zone it is read as local time."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.zone))
        aware = aware.astimezone(UTC)
        self._offset = aware - datetime.now(UTC)
        if self._frozen:
            self._frozen = aware

    def advance(self, seconds: float) -> None:
        """Move by `seconds`."""
        self._offset += timedelta(seconds=seconds)
        if self._frozen:
            self._frozen += timedelta(seconds=seconds)

    def next_working_day(self) -> None:
        """Jump to 09:00 local time of the next working day after today."""
        day = self.now().astimezone(ZoneInfo(self.zone)).date() + timedelta(days=1)
        while not working_day(day):
            day += timedelta(days=1)
        self.to(datetime.combine(day, time(9), ZoneInfo(self.zone)))

    def freeze(self, frozen: bool) -> None:
        """Stop the clock, or let it run on from where it stands."""
        if frozen and self._frozen is None:
            self._frozen = self.now()
        elif not frozen and self._frozen is not None:
            self._offset, self._frozen = self._frozen - datetime.now(UTC), None

    def state(self) -> dict[str, object]:
        """What `GET /sandbox/clock` answers."""
        return {
            "now": self.now().isoformat(),
            "zone": self.zone,
            "offset_seconds": self.offset_seconds,
            "frozen": self.frozen,
        }
