"""On which days nobody of the police answers for a place."""

from datetime import date, timedelta

from alerts.cover import uncovered

MONDAY = date(2026, 11, 23)
FRIDAY = MONDAY + timedelta(days=4)


def days(*numbers: int) -> set[date]:
    return {MONDAY + timedelta(days=n) for n in numbers}


def test_a_day_is_uncovered_when_everybody_is_away_on_it() -> None:
    assert uncovered(MONDAY, FRIDAY, [days(1, 2), days(2, 3)]) == [(MONDAY + timedelta(days=2),) * 2]
    assert uncovered(MONDAY, FRIDAY, [days(0, 1), set()]) == []


def test_days_that_follow_one_another_are_one_time() -> None:
    assert uncovered(MONDAY, FRIDAY, [days(0, 1, 2, 4)]) == [
        (MONDAY, MONDAY + timedelta(days=2)),
        (FRIDAY, FRIDAY),
    ]


def test_where_there_is_nobody_no_day_is_covered() -> None:
    assert uncovered(MONDAY, FRIDAY, []) == [(MONDAY, FRIDAY)]
