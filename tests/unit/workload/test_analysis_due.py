"""When the monthly analysis is asked about and sent: before the meeting, once, whatever was slept through."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from workload.analysis_due import CHOICES, USUAL, Kind, after, before, decide, in_question, meeting, moments
from workload.weeks import Month

ZONE = ZoneInfo("Asia/Shanghai")
CHINA = Calendar(ZONE, cache(WorkingDays().is_working_day))
assert CHINA.is_working_day(date(2026, 11, 24))  # its data are read now, not in a test that is timed
NOVEMBER = (2026, 11)
MONTHS = st.tuples(st.integers(2024, 2026), st.integers(1, 12))
NTH = st.sampled_from(CHOICES)
LATER = st.lists(st.integers(1, 90 * 24), max_size=12)  # hours after the end of the month


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE).astimezone(UTC)


def test_two_working_days_before_the_fifth() -> None:
    assert meeting(NOVEMBER, USUAL, CHINA) == date(2026, 12, 7)
    assert moments(NOVEMBER, USUAL, CHINA) == {
        Kind.ASKED: at(date(2026, 12, 2), 9),
        Kind.REMINDED: at(date(2026, 12, 3), 9),
        Kind.SENT: at(date(2026, 12, 3), 14),
    }
    assert meeting((2026, 9), 4, CHINA) == date(2026, 10, 12)  # the 10th is worked, after the holiday


@given(MONTHS, NTH)
def test_moments_are_on_working_days_in_the_next_month_and_in_order(month: Month, nth: int) -> None:
    times = moments(month, nth, CHINA)
    days = [moment.date() for moment in times.values()]
    assert list(times.values()) == sorted(times.values())
    assert all(CHINA.is_working_day(day) and (day.year, day.month) == after(month) for day in days)
    met = meeting(month, nth, CHINA)
    between = [days[-1] + timedelta(days=n) for n in range(1, (met - days[-1]).days + 1)]
    assert sum(map(CHINA.is_working_day, between)) == 2


@given(MONTHS)
def test_before_undoes_after(month: Month) -> None:
    assert before(after(month)) == month == after(before(month))


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 12, 1), NOVEMBER),
        (date(2026, 12, 7), NOVEMBER),
        (date(2026, 12, 8), (2026, 12)),
        (date(2026, 11, 24), NOVEMBER),
    ],
)
def test_a_month_is_worked_at_until_its_meeting_is_over(today: date, month: Month) -> None:
    assert in_question(today, USUAL, CHINA) == month


@given(MONTHS, NTH, LATER, st.booleans())
def test_whenever_it_is_looked_at_each_goes_out_once_and_on_working_days(
    month: Month, nth: int, hours: list[int], told: bool
) -> None:
    start = CHINA.at(date(*after(month), 1), time())
    sent: list[str] = []
    for now in (start + timedelta(hours=hour) for hour in [*hours, *sorted(hours)]):  # with leaps back
        decision = decide(month, nth, told, sent, now, CHINA)
        if decision.send:
            local = now.astimezone(ZONE)
            assert CHINA.is_working_day(local.date())
            assert local.hour >= 9
            sent.append(decision.send)
    assert len(sent) == len(set(sent))
    assert not told or sent in ([], [Kind.SENT])
    assert Kind.SENT not in sent[:-1]


@given(MONTHS, NTH, st.booleans())
def test_following_look_again_sends_all_in_time(month: Month, nth: int, told: bool) -> None:
    now = CHINA.at(date(*month, 1), time(12))
    sent: list[str] = []
    while True:
        decision = decide(month, nth, told, sent, now, CHINA)
        if decision.send:
            assert now == moments(month, nth, CHINA)[decision.send]
            sent.append(decision.send)
        if decision.look_again is None:
            break
        assert decision.look_again > now
        now = decision.look_again
    assert sent == ([Kind.SENT] if told else list(Kind))


def test_what_was_slept_through_is_not_made_up_for() -> None:
    assert decide(NOVEMBER, USUAL, False, (), at(date(2026, 12, 5), 15), CHINA).send is None  # a Saturday
    monday = decide(NOVEMBER, USUAL, False, (), at(date(2026, 12, 5), 15), CHINA).look_again
    assert monday == at(date(2026, 12, 7), 9)
    assert decide(NOVEMBER, USUAL, False, (), monday, CHINA).send is Kind.SENT  # neither asked nor reminded first
    assert decide(NOVEMBER, USUAL, False, (), at(date(2027, 1, 4), 9), CHINA).send is None  # December has its turn
