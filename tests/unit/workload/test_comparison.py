"""A month against the same month of last year, by days."""

from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from reminders.calendar import WorkingDays
from workload.comparison import (
    Assignment,
    against_last_year,
    by_place,
    days_by_place,
    expected,
    place_on,
    presence,
)
from workload.figures import Figures, Item, total
from workload.rates import Verdict

CHINA = cache(WorkingDays().is_working_day)
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
MONTH = [FIRST + timedelta(days=n) for n in range(31)]
NORTH, SOUTH = 1, 2
ALWAYS = [Assignment(NORTH, date(2025, 1, 1))]

OF_OCTOBER = st.sampled_from(MONTH)
FIGURES = st.dictionaries(st.sampled_from(Item), st.integers(0, 400), min_size=1)


def test_october_2026_has_national_day_and_a_make_up_saturday() -> None:
    there = presence(FIRST, LAST, ALWAYS, [], CHINA)
    assert len(there) == 18
    assert date(2026, 10, 7) not in there
    assert date(2026, 10, 10) in there


def test_who_moved_started_or_left_in_the_month_counts_by_days() -> None:
    moved = [Assignment(NORTH, date(2025, 1, 1), date(2026, 10, 14)), Assignment(SOUTH, date(2026, 10, 15))]
    assert days_by_place(presence(FIRST, LAST, moved, [], CHINA)) == {NORTH: 6, SOUTH: 12}
    started = [Assignment(NORTH, date(2026, 10, 26))]
    assert days_by_place(presence(FIRST, LAST, started, [], CHINA)) == {NORTH: 5}
    left = [Assignment(NORTH, date(2025, 1, 1), date(2026, 10, 8))]
    assert days_by_place(presence(FIRST, LAST, left, [], CHINA)) == {NORTH: 1}
    figures: dict[date, Figures] = {date(2026, 10, 14): {Item.VISITED: 5}, date(2026, 10, 15): {Item.VISITED: 7}}
    assert by_place(figures, moved) == {NORTH: {Item.VISITED: 5}, SOUTH: {Item.VISITED: 7}}
    assert by_place(figures, left) == {None: {Item.VISITED: 12}}  # nowhere, but not lost


@given(OF_OCTOBER, st.dictionaries(OF_OCTOBER, FIGURES), st.sets(OF_OCTOBER))
def test_no_day_and_no_figure_of_a_move_is_lost_or_counted_twice(
    moves: date, figures: dict[date, Figures], leave: set[date]
) -> None:
    moved = [Assignment(NORTH, date(2025, 1, 1), moves - timedelta(days=1)), Assignment(SOUTH, moves)]
    places = by_place(figures, moved)
    assert total(places.values()) == total(figures.values())
    assert places.get(SOUTH, {}) == total(each for day, each in figures.items() if day >= moves)
    there = days_by_place(presence(FIRST, LAST, moved, leave, CHINA))
    assert sum(there.values()) == len(presence(FIRST, LAST, ALWAYS, leave, CHINA))
    assert there.get(SOUTH, 0) == sum(CHINA(day) and day not in leave for day in MONTH if day >= moves)


def test_of_overlapping_assignments_the_later_one_counts() -> None:
    both = [Assignment(SOUTH, date(2026, 10, 9), date(2026, 10, 9)), *ALWAYS]
    assert [place_on(date(2026, 10, day), both) for day in (8, 9, 10)] == [NORTH, SOUTH, NORTH]
    assert place_on(date(2024, 12, 31), both) is None


def test_expected_is_scaled_by_days() -> None:
    assert expected(180, 18, 9) == 90
    assert expected(100, 18, 17) == Fraction(850, 9)
    assert expected(100, 0, 17) is None
    assert against_last_year(94, expected(100, 18, 17), 17) is Verdict.MISSED
    assert against_last_year(95, expected(100, 18, 17), 17) is Verdict.MET
    assert against_last_year(0, expected(0, 18, 17), 17) is Verdict.MET


@given(st.integers(0, 9999), st.integers(0, 23), st.integers(0, 9999))
def test_a_month_wholly_on_leave_is_unknown_not_below(last: int, last_days: int, figure: int) -> None:
    days = len(presence(FIRST, LAST, ALWAYS, MONTH, CHINA))
    assert days == 0
    assert against_last_year(None, expected(last, last_days, days), days) is Verdict.UNKNOWN
    assert against_last_year(figure, expected(last, last_days, days), days) is Verdict.UNKNOWN
    assert against_last_year(None, expected(last, last_days, 20), 20) is Verdict.UNKNOWN  # nothing was entered
    assert against_last_year(0, expected(9, 3, 1), 1) is Verdict.MISSED  # a 0 that was entered is one


@given(st.integers(1, 40), st.sets(OF_OCTOBER))
def test_who_did_as_much_a_day_as_last_year_is_not_below_whatever_the_leave(a_day: int, leave: set[date]) -> None:
    days = len(presence(FIRST, LAST, ALWAYS, leave, CHINA))
    last = len(presence(date(2025, 10, 1), date(2025, 10, 31), ALWAYS, [], CHINA))
    assert against_last_year(a_day * days, expected(a_day * last, last, days), days) is not Verdict.MISSED
