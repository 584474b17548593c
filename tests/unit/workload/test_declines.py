"""Below last year's figures two months running, and when a month is closed."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from workload.declines import Closing, Compared, Group, closing, declined, month_before
from workload.figures import Item

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = Calendar(SHANGHAI, cache(WorkingDays().is_working_day))
BELOW = Compared({Item.VISITED: 99, Item.TAKEN: 10}, 20, {Item.VISITED: 100, Item.TAKEN: 5}, 20)
ABOVE = Compared({Item.VISITED: 100}, 20, {Item.VISITED: 100}, 20)
FIGURES = st.dictionaries(st.sampled_from(Item), st.integers(0, 400))
MONTHS = st.builds(Compared, FIGURES, st.integers(0, 23), FIGURES, st.integers(0, 23))


def test_one_month_below_is_not_two() -> None:
    assert declined([BELOW, BELOW]) == [Group.VISITED]
    assert declined([ABOVE, BELOW]) == declined([BELOW, ABOVE]) == declined([BELOW]) == []


def test_records_are_those_taken_changed_and_cancelled_together() -> None:
    fewer_new = Compared({Item.TAKEN: 2, Item.CHANGED: 9}, 20, {Item.TAKEN: 8, Item.CHANGED: 3}, 20)
    assert declined([fewer_new, fewer_new]) == []
    fewer = Compared({Item.TAKEN: 2, Item.CHANGED: 8}, 20, {Item.TAKEN: 8, Item.CHANGED: 3}, 20)
    assert declined([fewer, fewer]) == [Group.RECORDS]


def test_leave_comes_off_and_what_is_not_known_is_not_below() -> None:
    half_away = Compared({Item.VISITED: 50}, 10, {Item.VISITED: 100}, 20)
    assert declined([half_away, half_away]) == []
    for unknown in (
        Compared({Item.VISITED: 1}, 20, {}, 20),
        Compared({Item.VISITED: 1}, 20, {Item.VISITED: 100}, 0),
        Compared({}, 20, {Item.VISITED: 100}, 20),
        Compared({Item.VISITED: 0}, 0, {Item.VISITED: 100}, 20),  # all of it on leave
    ):
        assert declined([BELOW, unknown]) == declined([unknown, BELOW]) == []


@given(st.lists(MONTHS, min_size=2, max_size=4))
def test_it_is_the_last_two_months_that_count(months: list[Compared]) -> None:
    assert declined(months) == declined(months[-2:])
    assert set(declined(months)) <= set(declined([months[-1], months[-1]]))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-12-01 08:59", None),
        ("2026-12-01 09:00", Closing((2026, 11), date(2026, 12, 1), False)),
        ("2026-12-05 12:00", None),  # a Saturday
        ("2026-12-07 09:00", Closing((2026, 11), date(2026, 12, 7), True)),
        ("2026-12-09 09:00", Closing((2026, 11), date(2026, 12, 7), True)),
        ("2026-12-16 09:00", None),
        ("2026-10-08 09:00", Closing((2026, 9), date(2026, 10, 8), False)),
        ("2026-10-13 09:00", Closing((2026, 9), date(2026, 10, 13), True)),  # with the make-up Saturday
        ("2027-01-04 09:00", Closing((2026, 12), date(2027, 1, 4), False)),
    ],
)
def test_a_month_is_closed_on_the_fifth_working_day(now: str, expected: Closing | None) -> None:
    assert closing(datetime.fromisoformat(now).replace(tzinfo=SHANGHAI), CHINA) == expected
    assert month_before((2026, 1)) == (2025, 12)


@given(st.integers(1, 10), st.lists(st.integers(1, 60 * 24), max_size=40))
def test_each_look_is_named_alike_however_often_it_is_come_by(month: int, minutes: list[int]) -> None:
    now, finals = datetime(2026, month, 1, tzinfo=SHANGHAI), set()
    for ahead in minutes:
        now += timedelta(minutes=ahead)
        if (look := closing(now, CHINA)) and look.final:
            finals.add((look.month, look.day))
    assert len({of for of, _ in finals}) == len(finals)
