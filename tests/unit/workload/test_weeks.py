"""Weeks, their days, and what month they belong to."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reminders.calendar import WorkingDays
from workload.weeks import corrected, due, monday_of, month_of, parts, spread, working_days

CHINA = cache(WorkingDays().is_working_day)
BEFORE_NATIONAL_DAY, NATIONAL_DAY, MAKE_UP_SATURDAY = date(2026, 9, 28), date(2026, 10, 1), date(2026, 10, 10)

DATES = st.dates(date(2024, 1, 1), date(2026, 12, 31))
DAYS = st.sets(DATES, min_size=1, max_size=7)


@given(DATES)
def test_a_week_is_named_by_its_monday(day: date) -> None:
    monday = monday_of(day)
    assert monday.isoweekday() == 1
    assert monday.isocalendar()[:2] == day.isocalendar()[:2]
    assert 0 <= (day - monday).days < 7


def test_working_days_around_national_day() -> None:
    assert working_days(BEFORE_NATIONAL_DAY, CHINA) == [date(2026, 9, 28), date(2026, 9, 29), date(2026, 9, 30)]
    week = [date(2026, 10, 8), date(2026, 10, 9), MAKE_UP_SATURDAY]
    assert working_days(monday_of(MAKE_UP_SATURDAY), CHINA) == week
    assert working_days(monday_of(MAKE_UP_SATURDAY), CHINA, absent=[week[0]]) == week[1:]
    assert working_days(date(2026, 9, 14), CHINA)[-1] == date(2026, 9, 20)  # a make-up Sunday


@pytest.mark.parametrize(
    ("monday", "day"),
    [
        (date(2026, 11, 23), date(2026, 11, 27)),  # a Friday
        (BEFORE_NATIONAL_DAY, date(2026, 9, 30)),  # Friday is off, and Thursday too
        (date(2026, 9, 21), date(2026, 9, 24)),  # Mid-Autumn Festival is on Friday
        (date(2026, 10, 5), date(2026, 10, 9)),  # Friday, though the make-up Saturday is worked
        (date(2026, 9, 14), date(2026, 9, 18)),  # Friday, though the make-up Sunday is worked
        (date(2026, 2, 16), None),  # the whole week of Spring Festival
    ],
)
def test_when_a_week_is_due(monday: date, day: date | None) -> None:
    assert due(monday, CHINA) == day


def test_a_week_off_with_a_make_up_day_is_due_on_it() -> None:
    saturday = date(2026, 11, 28)
    assert due(date(2026, 11, 23), [saturday].__contains__) == saturday


def test_parts_of_a_week_that_a_month_cuts() -> None:
    assert parts(date(2026, 6, 29), CHINA) == {(2026, 6): 2, (2026, 7): 3}
    assert parts(BEFORE_NATIONAL_DAY, CHINA) == {(2026, 9): 3}  # its days of October are National Day
    assert parts(date(2026, 6, 29), CHINA, absent=[date(2026, 6, 29), date(2026, 6, 30)]) == {(2026, 7): 3}
    assert parts(date(2026, 2, 16), CHINA) == {}


@given(DATES.map(lambda day: (day.year, day.month)))
def test_the_parts_of_all_weeks_are_the_working_days_of_the_month(month: tuple[int, int]) -> None:
    first = date(*month, 1)
    mondays = [monday_of(first) + timedelta(weeks=n) for n in range(6)]
    days = [first + timedelta(days=n) for n in range(31)]
    assert sum(parts(monday, CHINA).get(month, 0) for monday in mondays) == sum(
        CHINA(day) for day in days if month_of(day) == month
    )


@given(st.integers(-99_999, 99_999), DAYS)
def test_spread_keeps_the_sum_and_is_even(amount: int, days: set[date]) -> None:
    over = spread(amount, days)
    assert sum(over.values()) == amount
    assert set(over) == days
    assert max(over.values()) - min(over.values()) <= 1
    assert all(figure * amount >= 0 for figure in over.values())
    assert over == spread(amount, sorted(days, reverse=True)) == spread(amount, [*days, *days])


def test_spread_gives_the_earlier_days_more_and_needs_a_day() -> None:
    days = working_days(BEFORE_NATIONAL_DAY, CHINA)
    assert list(spread(32, days).values()) == [11, 11, 10]
    assert list(spread(-32, days).values()) == [-11, -11, -10]
    assert spread(0, []) == {}
    with pytest.raises(ValueError, match="no day"):
        spread(1, [])


@given(st.integers(0, 9999), st.integers(0, 9999), DAYS)
def test_a_spread_correction_of_a_spread_amount_leaves_no_day_below_zero(more: int, less: int, days: set[date]) -> None:
    assume(less <= more)
    entered, back = spread(more, days), spread(-less, days)
    assert all(entered[day] + back[day] >= 0 for day in days)


@given(st.dictionaries(DATES, st.integers(0, 400), max_size=7), st.lists(st.integers(0, 9999), max_size=4), DAYS)
def test_corrected_days_add_up_and_none_is_below_zero(
    entered: dict[date, int], wanted: list[int], days: set[date]
) -> None:
    for amount in wanted:
        change = corrected(entered, amount, days)
        entered = {day: entered.get(day, 0) + change.get(day, 0) for day in {*entered, *change}}
        assert sum(entered.values()) == amount
        assert min(entered.values(), default=0) >= 0


def test_less_is_taken_where_there_is_something() -> None:
    september, october = date(2026, 9, 30), date(2026, 10, 8)
    assert corrected({september: 30, october: 0}, 10, [september, october]) == {september: -20}
    assert corrected({september: 30}, 30, [september, october]) == {september: 0, october: 0}
    assert corrected({september: 20, october: 10}, 15, [september]) == {september: -10, october: -5}
