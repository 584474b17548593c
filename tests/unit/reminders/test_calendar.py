"""Working days, with their holidays and make-up days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reminders.calendar import WorkingDays, contradicted, missing, off_in_a_row, works_by_base

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


DAYS = some.dates(date(2026, 1, 1), date(BEYOND.year + 1, 12, 31))
OFF_NEXT_YEAR = dict.fromkeys(missing({}, BEYOND.year), False)


@given(some.dictionaries(DAYS, some.booleans(), max_size=40), DAYS)
def test_the_own_table_goes_first_and_leaves_all_other_days_alone(own: dict[date, bool], day: date) -> None:
    days = WorkingDays(own)
    assert days.is_working_day(day) is own.get(day, works_by_base(day))
    coming = days.next_working_day(day)
    assert days.is_working_day(coming)
    between = [day + timedelta(days=n) for n in range(1, (coming - day).days)]
    assert not any(map(days.is_working_day, between))
    assert set(contradicted(own)) == {each for each in own if each < BEYOND and own[each] != works_by_base(each)}
    assert (days.covered_until() > BEYOND) is (not missing(own, BEYOND.year))


@given(some.sampled_from(sorted(OFF_NEXT_YEAR)), some.sampled_from([True, None]))
def test_a_year_is_covered_where_every_statutory_holiday_is_given_off(day: date, instead: bool | None) -> None:
    days = WorkingDays(OFF_NEXT_YEAR)
    assert days.covered_until() == date(BEYOND.year, 12, 31)
    assert days.ends_soon(date(BEYOND.year, 11, 1)) and not days.ends_soon(date(BEYOND.year, 10, 30))
    lacking = {each: works for each, works in OFF_NEXT_YEAR.items() if each != day}
    if instead is not None:
        lacking[day] = instead
    assert missing(lacking, BEYOND.year) == [day]
    days.take_up(lacking, 7)
    assert days.version == 7
    assert days.covered_until() == BEYOND - timedelta(days=1)


def test_days_off_in_a_row() -> None:
    days = WorkingDays({date(2026, 9, 30): False, date(2026, 10, 8): False})
    assert [off_in_a_row(date(2026, 10, day), days) for day in (1, 8, 9)] == [9, 9, 0]


def test_overrides_go_first() -> None:
    days = WorkingDays({date(2026, 11, 24): False, date(2026, 11, 28): True, BEYOND: True})
    assert not days.is_working_day(date(2026, 11, 24))
    assert days.is_working_day(date(2026, 11, 28))
    assert days.is_working_day(BEYOND)
