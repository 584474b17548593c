"""What was not entered the same day: how much, when it is asked about, and when an answer is late."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from workload.figures import Item
from workload.same_day import Round, is_late, rounds, shortfall

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = Calendar(SHANGHAI, cache(WorkingDays().is_working_day))
MORNING, EVENING = Round.MORNING, Round.EVENING


def local(written: str) -> datetime:
    return datetime.fromisoformat(f"2026-{written}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, 0),
        ({Item.VISITED: 30, Item.HOURS: 8}, 0),
        ({Item.TAKEN: 3, Item.CHANGED: 2, Item.CANCELLED: 1, Item.SAME_DAY: 4}, 2),
        ({Item.TAKEN: 3}, 3),
        ({Item.TAKEN: 3, Item.SAME_DAY: 3}, 0),
    ],
)
def test_the_shortfall_of_a_day(figures: dict[Item, int], expected: int) -> None:
    assert shortfall(figures) == expected


@given(st.dictionaries(st.sampled_from(Item), st.integers(0, 99_999)))
def test_a_shortfall_is_never_below_zero_and_never_more_than_the_records(figures: dict[Item, int]) -> None:
    records = sum(figures.get(item, 0) for item in (Item.TAKEN, Item.CHANGED, Item.CANCELLED))
    assert 0 <= shortfall(figures) <= records


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("11-24 08:59", []),
        ("11-24 09:00", [(MORNING, "11-23")]),
        ("11-24 17:59", [(MORNING, "11-23")]),
        ("11-24 18:00", [(MORNING, "11-23"), (EVENING, "11-24")]),
        ("11-28 19:00", []),  # Saturday
        ("11-30 09:00", [(MORNING, "11-27")]),
        ("10-08 09:00", [(MORNING, "09-30")]),  # after National Day
        ("10-10 18:00", [(MORNING, "10-09"), (EVENING, "10-10")]),  # the make-up Saturday
    ],
)
def test_what_is_asked_about_when(now: str, expected: list[tuple[Round, str]]) -> None:
    assert rounds(local(now), CHINA) == [(kind, local(day).date()) for kind, day in expected]


def test_the_day_ends_at_midnight_of_its_zone() -> None:
    assert not is_late(date(2026, 11, 24), local("11-24 23:59"), CHINA)
    assert is_late(date(2026, 11, 24), local("11-25 00:00"), CHINA)
