"""When a coordinator and an officer are reminded of a week."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from workload.sweep import TO_OFFICER, Decision, Kind, Week, decide, moments
from workload.weeks import monday_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = Calendar(SHANGHAI, cache(WorkingDays().is_working_day))
ORDINARY = Week(date(2026, 11, 23))
SOON, TODAY, OVERDUE, NOT_FILED, NOT_CONFIRMED = Kind
NOTHING = Decision((), None)


def local(written: str) -> datetime:
    return datetime.fromisoformat(f"2026-{written}").replace(tzinfo=SHANGHAI)


def times(*written: str) -> list[datetime]:
    return [local(each) for each in written]


@pytest.mark.parametrize(
    ("monday", "expected"),
    [
        ("11-23", times("11-26 14:00", "11-27 09:00", "11-27 17:00", "11-30 09:00")),
        ("09-28", times("09-29 14:00", "09-30 09:00", "09-30 17:00", "10-08 09:00")),  # National Day on Thursday
        ("10-05", times("10-08 14:00", "10-09 09:00", "10-09 17:00", "10-10 09:00")),  # the make-up Saturday
        ("09-21", times("09-23 14:00", "09-24 09:00", "09-24 17:00", "09-28 09:00")),  # due on Thursday
    ],
)
def test_the_moments_of_a_week(monday: str, expected: list[datetime]) -> None:
    found = moments(local(monday).date(), CHINA)
    assert list(found) == [SOON, TODAY, OVERDUE, NOT_FILED]
    assert list(found.values()) == expected


def test_a_week_of_one_day_has_only_its_morning_and_a_week_off_nothing() -> None:
    friday = Calendar(SHANGHAI, [date(2026, 11, 27), date(2026, 11, 30)].__contains__)
    assert list(moments(ORDINARY.monday, friday)) == [TODAY, OVERDUE, NOT_FILED]
    spring_festival = date(2026, 2, 16)
    assert moments(spring_festival, CHINA) == {}
    assert decide(Week(spring_festival), local("02-20 17:00"), CHINA) == NOTHING


def test_thursday_off_is_the_working_day_before() -> None:
    thursday_off = Calendar(SHANGHAI, lambda day: CHINA.is_working_day(day) and day != date(2026, 11, 26))
    assert moments(ORDINARY.monday, thursday_off)[SOON] == local("11-25 14:00")


def test_an_ordinary_week_is_reminded_of_step_by_step() -> None:
    assert decide(ORDINARY, local("11-26 13:59"), CHINA) == Decision((), local("11-26 14:00"))
    assert decide(ORDINARY, local("11-26 14:00"), CHINA) == Decision((SOON,), local("11-27 09:00"))
    sent = replace(ORDINARY, sent=[SOON])
    assert decide(sent, local("11-26 14:01"), CHINA) == Decision((), local("11-27 09:00"))
    assert decide(sent, local("11-27 09:00"), CHINA) == Decision((TODAY,), local("11-27 17:00"))
    sent = replace(ORDINARY, sent=[SOON, TODAY])
    assert decide(sent, local("11-27 17:00"), CHINA) == Decision((OVERDUE,), local("11-30 09:00"))
    sent = replace(ORDINARY, sent=[SOON, TODAY, OVERDUE])
    assert decide(sent, local("11-28 12:00"), CHINA) == Decision((), local("11-30 09:00"))
    assert decide(sent, local("11-30 09:00"), CHINA) == Decision((NOT_FILED,), None)
    assert decide(replace(sent, sent=list(Kind)), local("11-30 09:01"), CHINA) == NOTHING


def test_who_has_filed_is_not_reminded_and_the_officer_not_of_what_is_confirmed() -> None:
    filed = replace(ORDINARY, filed=True)
    for moment in ("11-26 14:00", "11-27 09:00", "11-27 17:00"):
        assert decide(filed, local(moment), CHINA) == Decision((), local("11-30 09:00"))
    assert decide(filed, local("11-30 09:00"), CHINA) == Decision((NOT_CONFIRMED,), None)
    assert decide(replace(filed, confirmed=True), local("11-30 09:00"), CHINA) == NOTHING
    # Filed after the officer was told that it was not: the filing speaks for itself.
    assert decide(replace(filed, sent=[NOT_FILED]), local("12-01 09:00"), CHINA) == NOTHING


def test_who_is_on_leave_all_week_is_not_reminded() -> None:
    week = [ORDINARY.monday + timedelta(days=n) for n in range(5)]
    assert decide(replace(ORDINARY, absent=week), local("11-27 17:00"), CHINA) == NOTHING


def test_on_days_of_leave_the_coordinator_is_left_alone_until_the_first_day_back() -> None:
    on_leave = replace(ORDINARY, absent=[date(2026, 11, 26) + timedelta(days=n) for n in range(5)])  # until Monday
    assert decide(on_leave, local("11-26 14:00"), CHINA) == Decision((), local("11-27 09:00"))
    assert decide(on_leave, local("11-27 17:00"), CHINA) == Decision((), local("11-30 09:00"))
    assert decide(on_leave, local("11-30 09:00"), CHINA) == Decision((NOT_FILED,), local("12-01 09:00"))
    told = replace(on_leave, sent=[NOT_FILED])
    assert decide(told, local("12-01 09:00"), CHINA) == Decision((OVERDUE,), None)


def test_of_what_was_slept_through_the_last_is_sent_in_the_hours_of_a_working_day() -> None:
    assert decide(ORDINARY, local("11-27 10:00"), CHINA) == Decision((TODAY,), local("11-27 17:00"))
    assert decide(ORDINARY, local("11-27 20:00"), CHINA).send == (OVERDUE,)
    assert decide(ORDINARY, local("11-27 03:00"), CHINA) == Decision((), local("11-27 09:00"))
    assert decide(ORDINARY, local("11-28 10:00"), CHINA) == Decision((), local("11-30 09:00"))  # a Saturday
    assert decide(ORDINARY, local("11-30 09:00"), CHINA) == Decision((OVERDUE, NOT_FILED), None)
    make_up_saturday = decide(Week(date(2026, 10, 5)), local("10-10 09:00"), CHINA)
    assert make_up_saturday.send == (OVERDUE, NOT_FILED)


def test_now_may_be_utc() -> None:
    assert decide(ORDINARY, local("11-26 14:00").astimezone(UTC), CHINA).send == (SOON,)


def _played(
    week: Week, wakes: list[datetime], files_at: datetime, confirms_at: datetime
) -> Iterator[tuple[datetime, Kind]]:
    sent: list[Kind] = []
    for now in wakes:
        state = replace(week, filed=now >= files_at, confirmed=now >= max(files_at, confirms_at), sent=sent)
        for kind in decide(state, now, CHINA).send:
            yield now, kind
            sent.append(kind)


HOURS = st.integers(0, 24 * 16)


@settings(deadline=None)  # three weeks are played
@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)), st.lists(HOURS).map(sorted), HOURS, HOURS)
def test_each_kind_once_on_working_days_and_none_to_who_has_filed(
    day: date, wakes: list[int], files: int, confirms: int
) -> None:
    start = datetime.combine(monday_of(day), time(0), SHANGHAI)
    files_at, confirms_at = start + timedelta(hours=files), start + timedelta(hours=confirms)
    found = list(_played(Week(start.date()), [start + timedelta(hours=h) for h in wakes], files_at, confirms_at))
    kinds = [kind for _, kind in found]
    assert len(set(kinds)) == len(kinds)
    assert len(set(TO_OFFICER) & set(kinds)) <= 1
    for now, kind in found:
        assert CHINA.is_working_day(now.date()) and now.time() >= time(9)
        assert (now >= files_at) == (kind is NOT_CONFIRMED)
        assert now < max(files_at, confirms_at)


@settings(deadline=None)  # three weeks are played
@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)), HOURS)
def test_looking_again_when_told_misses_nothing(day: date, files: int) -> None:
    start = datetime.combine(monday_of(day), time(0), SHANGHAI)
    files_at, never = start + timedelta(hours=files), start + timedelta(days=99)
    hourly = [start + timedelta(hours=h) for h in range(24 * 20) if h % 24 in (0, 9, 14, 17)]
    every_hour = list(_played(Week(start.date()), hourly, files_at, never))
    told: list[tuple[datetime, Kind]] = []
    now: datetime | None = start
    while now:
        state = Week(start.date(), filed=now >= files_at, sent=[kind for _, kind in told])
        decision = decide(state, now, CHINA)
        told += [(now, kind) for kind in decision.send]
        assert decision.look_again is None or decision.look_again > now
        now = decision.look_again
    assert told == every_hour
