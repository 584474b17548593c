"""China's working days: a town's own table, then the State Council's calendar, beyond it the statutory holidays."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

import chinese_calendar
import holidays

SATURDAY = 5
TWO_MONTHS = timedelta(days=61)
_COVERED = max(chinese_calendar.constants.holidays).year  # the last year whose make-up days the base data know


class WorkingDays:
    """Which days people work. The table of `own` days (day -> is it worked?) goes before the base data.

    A running bot takes up another table; `version` says which one this is.
    """

    def __init__(self, own: Mapping[date, bool] | None = None) -> None:
        self.take_up(own or {}, 0)

    def take_up(self, own: Mapping[date, bool], version: int) -> None:
        """From now on this table is the one that goes before the base data."""
        self._own = dict(own)
        self._covered_until = _covered_until(self._own)
        self.version = version

    def is_working_day(self, day: date) -> bool:
        works = self._own.get(day)
        return works_by_base(day) if works is None else works

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
        return self._covered_until

    def ends_soon(self, today: date) -> bool:
        """Whether make-up days are known for less than two months from now."""
        return self._covered_until - today <= TWO_MONTHS


@lru_cache(4096)  # asked for every day of every coordinator's week
def works_by_base(day: date) -> bool:
    """Whether people work on this day by the base data. Beyond those, make-up days are not known."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY and day not in _statutory(day.year, observed=True)


@cache
def _statutory(year: int, *, observed: bool) -> frozenset[date]:
    """The statutory holidays of a year; `observed`: with what will be off in place of a Saturday or Sunday."""
    return frozenset(holidays.country_holidays("CN", years=year, observed=observed))


def contradicted(own: Mapping[date, bool]) -> list[date]:
    """The days of a table that are otherwise in the base data, of the years that those know."""
    return [day for day, works in own.items() if day.year <= _COVERED and works != works_by_base(day)]


def missing(own: Mapping[date, bool], year: int) -> list[date]:
    """The statutory holidays of a year beyond the base data that a table does not give off; sorted."""
    if year <= _COVERED:
        return []
    return sorted(day for day in _statutory(year, observed=False) if own.get(day) is not False)


def off_in_a_row(day: date, calendar: WorkingDays) -> int:
    """How many days off there are in a row around this one; 0 where it is worked."""
    if calendar.is_working_day(day):
        return 0
    return (calendar.next_working_day(day) - calendar.add_working_days(day, -1)).days - 1


def _covered_until(own: Mapping[date, bool]) -> date:
    year = _COVERED
    while not missing(own, year + 1):
        year += 1
    return date(year, 12, 31)
