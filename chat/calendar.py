"""The calendar that decisions about days need: the zone people live in, and which days they work."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_HOLIDAY = 16  # days; no holiday of China's calendar is longer


@dataclass(frozen=True, slots=True)
class Calendar:
    """A zone and its working days (asked often: cache them); `longest`: how many days off may follow one another."""

    zone: ZoneInfo
    is_working_day: Callable[[date], bool]
    longest: int = LONGEST_HOLIDAY

    def at(self, day: date, hour: time) -> datetime:
        """This hour of a day in the zone, as UTC."""
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`; the day after the longest holiday where the calendar knows none."""
        return self._first(day, 1)

    def working_day_before(self, day: date) -> date:
        """The last working day before `day`; the day before the longest holiday where the calendar knows none."""
        return self._first(day, -1)

    def working_day_after(self, day: date, count: int) -> date:
        """The so-manieth working day after `day`; `day` itself where count is 0."""
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def working_day_from(self, day: date) -> date:
        """`day`, or where it is a day off the first working day after it."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def _first(self, day: date, step: int) -> date:
        for _ in range(self.longest):
            day += timedelta(days=step)
            if self.is_working_day(day):
                break
        return day

    def without(self, days: Collection[date]) -> "Calendar":
        """The calendar of somebody who does not work on these days."""
        if not days:
            return self
        works = self.is_working_day
        longest = self.longest + len(days)
        return replace(self, is_working_day=lambda day: day not in days and works(day), longest=longest)
