"""Days of a series: dateutil's, moved off days off."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from reminders.calendar import WorkingDays
from reminders.series import Off, days

CHINA = WorkingDays().is_working_day
RULES = (
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYDAY=2TU",
)


def held(rule: str, off: Off, first: date, last: date) -> list[str]:
    return [f"{day:%m-%d}" for day in days(rule, first, off, CHINA, first, last).values()]


def test_fridays_around_national_day() -> None:
    around = date(2026, 9, 18), date(2026, 10, 16)
    # 25 September is Mid-Autumn; 2 October is National Day, before which people work on Wednesday, 30 September.
    assert held("FREQ=WEEKLY;BYDAY=FR", Off.BEFORE, *around) == ["09-18", "09-24", "09-30", "10-09", "10-16"]
    assert held("FREQ=WEEKLY;BYDAY=FR", Off.AFTER, *around) == ["09-18", "09-28", "10-08", "10-09", "10-16"]


def test_the_first_and_the_last_working_day_of_a_month() -> None:
    year = date(2026, 1, 1), date(2026, 12, 31)
    first = held("FREQ=MONTHLY;BYMONTHDAY=1", Off.AFTER, *year)
    assert first[:5] + first[9:10] == ["01-04", "02-02", "03-02", "04-01", "05-06", "10-08"]
    assert held("FREQ=MONTHLY;BYMONTHDAY=-1", Off.BEFORE, *year)[8:10] == ["09-30", "10-30"]


def test_two_that_meet_on_one_day_are_one_meeting() -> None:
    found = days("FREQ=WEEKLY;BYDAY=TH,FR", date(2026, 9, 28), Off.AFTER, CHINA, date(2026, 9, 28), date(2026, 10, 8))
    assert list(found.values()) == [date(2026, 10, 8)]


def test_once_is_once_whatever_day_it_is() -> None:
    sunday = date(2026, 11, 29)
    assert days("", sunday, Off.AFTER, CHINA, sunday, sunday) == {sunday: sunday}
    assert not days("", sunday, Off.AFTER, CHINA, sunday + timedelta(days=1), sunday + timedelta(days=9))


@pytest.mark.parametrize("rule", RULES)
def test_five_years_are_dateutils(rule: str) -> None:
    first, last = date(2026, 1, 1), date(2030, 12, 31)
    start = datetime.combine(first, time())
    wanted = [moment.date() for moment in rrulestr(f"{rule};UNTIL=20301231T000000", dtstart=start)]
    assert list(days(rule, first, Off.AFTER, lambda day: True, first, last)) == wanted


@given(st.sampled_from(RULES), st.sampled_from(Off), st.integers(0, 700), st.integers(0, 60))
def test_every_day_is_a_working_day_and_windows_fit_together(rule: str, off: Off, start: int, length: int) -> None:
    first = date(2026, 1, 1)
    since = first + timedelta(days=start)
    until = since + timedelta(days=length)
    found = days(rule, first, off, CHINA, since, until)
    assert all(CHINA(day) and since <= day <= until for day in found.values())
    middle = since + timedelta(days=length // 2)
    parts = days(rule, first, off, CHINA, since, middle) | days(
        rule, first, off, CHINA, middle + timedelta(days=1), until
    )
    assert set(found.values()) == set(parts.values())
