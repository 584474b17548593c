"""The plan of self-checks: its usual day, and when it is reminded of."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from workload.self_checks import Decision, Kind, begun, decide, moments, usual_day

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = Calendar(SHANGHAI, cache(WorkingDays().is_working_day))
SOON, TODAY, ENDED = Kind
UNTIL = date(2026, 12, 4)  # a Friday


def local(written: str) -> datetime:
    return datetime.fromisoformat(f"2026-{written}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("11-24", "12-04"),  # Tuesday
        ("11-26", "12-04"),
        ("11-27", "12-11"),  # on a Friday two whole weeks
        ("11-28", "12-11"),
        ("09-22", "09-30"),  # the second Friday is National Day
    ],
)
def test_the_usual_day_is_the_second_friday_ahead(today: str, expected: str) -> None:
    assert usual_day(local(today).date(), CHINA.is_working_day) == local(expected).date()


def test_two_working_days_before_on_the_day_and_after_it() -> None:
    expected = {SOON: local("12-02 09:00"), TODAY: local("12-04 09:00"), ENDED: local("12-07 09:00")}
    assert moments(UNTIL, CHINA) == expected
    assert moments(date(2026, 10, 9), CHINA)[SOON] == local("09-30 09:00")  # National Day lies between


def test_a_plan_for_tomorrow_is_not_reminded_of_two_days_before() -> None:
    assert begun(UNTIL, local("12-03 10:00"), CHINA) == ([SOON], local("12-04 09:00"))
    assert begun(UNTIL, local("11-24 10:00"), CHINA) == ([], local("12-02 09:00"))


@pytest.mark.parametrize(
    ("now", "reached", "sent", "expected"),
    [
        ("12-02 09:00", False, [], Decision(SOON, local("12-04 09:00"))),
        ("12-02 09:01", False, [SOON], Decision(None, local("12-04 09:00"))),
        ("12-02 09:00", True, [], Decision(None, local("12-04 09:00"))),
        ("12-04 09:00", False, [SOON], Decision(TODAY, local("12-07 09:00"))),
        ("12-04 09:00", True, [SOON], Decision(None, local("12-07 09:00"))),
        ("12-04 11:00", False, [], Decision(TODAY, local("12-07 09:00"))),  # the first was slept through
        ("12-07 09:00", True, [SOON, TODAY], Decision(ENDED, None)),
        ("12-07 09:00", False, [SOON, TODAY, ENDED], Decision(None, None)),
        ("12-12 10:00", False, [], Decision(None, local("12-14 09:00"))),  # what is late waits for a working day
        ("12-04 02:00", False, [], Decision(None, local("12-04 09:00"))),
    ],
)
def test_what_is_sent_when(now: str, reached: bool, sent: list[Kind], expected: Decision) -> None:
    assert decide(UNTIL, reached, sent, local(now), CHINA) == expected


@given(st.lists(st.integers(1, 60 * 24), min_size=1, max_size=60), st.booleans())
def test_whenever_it_is_looked_at_each_reminder_goes_out_once_on_a_working_morning(
    minutes: list[int], reached: bool
) -> None:
    now, sent = local("11-24 10:00"), list[Kind]()
    for ahead in [*minutes, 60 * 24 * 30]:
        now += timedelta(minutes=ahead)
        decision = decide(UNTIL, reached, sent, now, CHINA)
        if decision.send:
            assert CHINA.is_working_day(now.date())
            assert now.hour >= 9
            sent.append(decision.send)
    assert len(sent) == len(set(sent))
    assert not (reached and set(sent) & {SOON, TODAY})
