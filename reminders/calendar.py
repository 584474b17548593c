"""China's working days: the State Council's calendar where it is known, the statutory holidays beyond."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

import chinese_calendar
import holidays

SATURDAY = 5


class WorkingDays:
    """Which days people work. `overrides` (day -> is it worked?) goes before every calendar."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})
        self._statutory = holidays.country_holidays("CN")

    def is_working_day(self, day: date) -> bool:
        if day in self._overrides:
            return self._overrides[day]
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:  # beyond its data: make-up days are not known there
            return day.weekday() < SATURDAY and day not in self._statutory

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, before it if n is negative; `day` itself if n is 0."""
        step = timedelta(days=1 if n > 0 else -1)
        left = abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def covered_until(self) -> date:
        """The last day whose make-up days are known: the end of the last year that was announced."""
        return date(max(chinese_calendar.constants.holidays).year, 12, 31)


@cache
def _china() -> WorkingDays:
    return WorkingDays()


@lru_cache(4096)  # asked for every week of every coordinator
def next_working_day(day: date) -> date:
    """The first working day after `day` in China's calendar."""
    return _china().next_working_day(day)
