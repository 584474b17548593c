"""When a joint follow-up is reminded of."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from reminders.followup import Reminder, Stage, around, overdue, reminders

CHINA = Calendar(ZoneInfo("Asia/Shanghai"), WorkingDays().is_working_day)


def local(written: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_the_evening_before_the_morning_of_it_and_each_working_morning_after() -> None:
    assert list(islice(reminders(date(2026, 11, 26), CHINA), 5)) == [
        Reminder(Stage.BEFORE, local("2026-11-25 17:00")),
        Reminder(Stage.TODAY, local("2026-11-26 09:00")),
        Reminder(Stage.OVERDUE, local("2026-11-27 09:00"), 1),
        Reminder(Stage.OVERDUE, local("2026-11-30 09:00"), 2),
        Reminder(Stage.OVERDUE, local("2026-12-01 09:00"), 3),
    ]


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-11-30", "2026-11-27"),  # a Monday
        ("2026-10-08", "2026-09-30"),  # after National Day
        ("2026-10-12", "2026-10-10"),  # after a make-up Saturday
    ],
)
def test_the_evening_before_is_that_of_a_working_day(day: str, before: str) -> None:
    first = next(reminders(date.fromisoformat(day), CHINA))
    assert first == Reminder(Stage.BEFORE, local(f"{before} 17:00"))


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        ("2026-11-24 10:00", None, "2026-11-25 17:00"),
        ("2026-11-25 16:59", None, "2026-11-25 17:00"),
        ("2026-11-25 17:00", Stage.BEFORE, "2026-11-26 09:00"),
        ("2026-11-26 08:59", Stage.BEFORE, "2026-11-26 09:00"),
        ("2026-11-26 23:00", Stage.TODAY, "2026-11-27 09:00"),
        ("2026-11-29 12:00", Stage.OVERDUE, "2026-11-30 09:00"),
    ],
)
def test_the_last_and_the_next(now: str, last: Stage | None, following: str) -> None:
    past, ahead = around(date(2026, 11, 26), local(now), CHINA)
    assert (past.stage if past else None) == last
    assert ahead.at == local(following)


def test_hours_are_those_of_the_zone_also_where_the_clock_changes() -> None:
    berlin = Calendar(ZoneInfo("Europe/Berlin"), lambda day: True)
    times = [reminder.at for reminder in islice(reminders(date(2027, 3, 28), berlin), 2)]
    assert times == [local("2027-03-27 17:00", "Europe/Berlin"), local("2027-03-28 09:00", "Europe/Berlin")]
    assert times[1] - times[0] == timedelta(hours=15)  # sixteen on the clock


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 60 * 24 * 40))
def test_every_time_is_met_once_however_the_ticks_fall(day: date, minutes: int) -> None:
    now = CHINA.at(day, datetime.min.time()) - timedelta(days=3) + timedelta(minutes=minutes)
    last, following = around(day, now, CHINA)
    assert following.at > now
    assert last is None or last.at <= now
    again, _ = around(day, following.at, CHINA)
    assert again == following


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 30))
def test_days_overdue_are_counted_as_the_reminders_count_them(day: date, ahead: int) -> None:
    today = day + timedelta(days=ahead)
    last, _ = around(day, CHINA.at(today, datetime.max.time()), CHINA)
    assert overdue(day, today, CHINA) == (last.overdue if last else 0)
