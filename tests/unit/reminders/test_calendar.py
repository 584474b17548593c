"""Working days, with their holidays and make-up days."""

from datetime import date, timedelta

import pytest

from reminders.calendar import WorkingDays

BEYOND = WorkingDays().covered_until() + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # a make-up Saturday
        (date(2026, 9, 20), True),  # a make-up Sunday
        (date(2026, 10, 11), False),
        (date(2026, 11, 24), True),
        (date(2026, 11, 28), False),
    ],
)
def test_working_days_of_2026(day: date, working: bool) -> None:
    assert WorkingDays().is_working_day(day) is working


def test_counting() -> None:
    days = WorkingDays()
    assert days.next_working_day(date(2026, 9, 30)) == date(2026, 10, 8)
    assert days.next_working_day(date(2026, 10, 9)) == date(2026, 10, 10)
    assert days.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert days.add_working_days(date(2026, 10, 3), 0) == date(2026, 10, 3)
    assert days.add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)


def test_beyond_coverage_statutory_holidays_and_weekends_are_kept() -> None:
    days = WorkingDays()
    assert days.covered_until() >= date(2026, 12, 31)
    labour_day = date(BEYOND.year, 5, 1)
    assert not days.is_working_day(BEYOND)  # New Year's Day
    assert not days.is_working_day(labour_day)
    week = [date(BEYOND.year, 8, 1) + timedelta(days=n) for n in range(7)]
    assert [days.is_working_day(day) for day in week] == [day.weekday() < 5 for day in week]
    assert days.next_working_day(date(BEYOND.year - 1, 12, 31)) > BEYOND


def test_overrides_go_first() -> None:
    days = WorkingDays({date(2026, 11, 24): False, date(2026, 11, 28): True, BEYOND: True})
    assert not days.is_working_day(date(2026, 11, 24))
    assert days.is_working_day(date(2026, 11, 28))
    assert days.is_working_day(BEYOND)
