"""Which leave may be entered, and what is left of one that is taken back."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminders.calendar import WorkingDays
from workload.leave import LONG, Problem, Span, earliest, kept, problem

CHINA = cache(WorkingDays().is_working_day)
TODAY = date(2026, 11, 24)  # a Tuesday
OTHER = Span(date(2026, 12, 7), date(2026, 12, 9))


def day(written: str) -> date:
    return date.fromisoformat(written)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-11-24", "2026-11-24", None),
        ("2026-11-16", "2026-11-17", None),  # last week, which is still being filed
        ("2026-11-15", "2026-11-17", Problem.PAST),
        ("2026-11-26", "2026-11-25", Problem.ORDER),
        ("2026-12-09", "2026-12-10", Problem.OVERLAP),
        ("2026-12-01", "2026-12-31", Problem.OVERLAP),
        ("2026-12-10", "2026-12-10", None),
        ("2026-11-28", "2026-11-29", Problem.OFF),  # a weekend
        ("2026-11-28", "2026-11-30", None),
        ("2027-11-26", "2027-11-26", Problem.FAR),
        ("2026-12-10", "2028-01-01", Problem.FAR),
    ],
)
def test_what_may_be_entered(first: str, last: str, expected: Problem | None) -> None:
    assert problem(Span(day(first), day(last)), TODAY, [OTHER], CHINA) is expected
    assert earliest(TODAY) == day("2026-11-16")


def test_sixty_days_are_not_long_and_one_more_is() -> None:
    assert not Span(TODAY, TODAY + timedelta(days=LONG - 1)).is_long
    assert Span(TODAY, TODAY + timedelta(days=LONG)).is_long


@given(st.integers(-20, 20), st.integers(0, 40))
def test_what_has_passed_of_a_leave_that_is_taken_back_stays(begins: int, days: int) -> None:
    span = Span(TODAY + timedelta(days=begins), TODAY + timedelta(days=begins + days))
    left = kept(span, TODAY)
    if span.first < TODAY <= span.last:
        assert left is not None
        assert (left.first, left.last) == (span.first, TODAY - timedelta(days=1))
    else:
        assert left is None
