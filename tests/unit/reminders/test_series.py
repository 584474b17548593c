"""Days of a series: dateutil's, moved off days off."""

from calendar import monthrange
from collections.abc import Callable
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


def _weekly(first: date, weekday: int, every: int) -> list[date]:
    begin = first + timedelta(days=(weekday - first.weekday()) % 7)
    monday = first - timedelta(days=first.weekday())  # weeks are counted from the one that the first day is in
    weeks = [begin + timedelta(weeks=n) for n in range(300)]
    return [day for day in weeks if ((day - monday).days // 7) % every == 0]


def _monthly(choose: Callable[[list[date]], date]) -> list[date]:
    months = [(year, month) for year in range(2026, 2031) for month in range(1, 13)]
    return [choose([date(*each, n) for n in range(1, monthrange(*each)[1] + 1)]) for each in months]


def _of_weekday(month: list[date], weekday: int) -> list[date]:
    return [day for day in month if day.weekday() == weekday]


COUNTED = {
    "FREQ=WEEKLY;BYDAY=FR": _weekly(date(2026, 1, 1), 4, 1),
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE": _weekly(date(2026, 1, 1), 2, 2),
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH": _weekly(date(2026, 1, 1), 3, 2),
    "FREQ=MONTHLY;BYMONTHDAY=15": _monthly(lambda month: month[14]),
    "FREQ=MONTHLY;BYMONTHDAY=1": _monthly(lambda month: month[0]),
    "FREQ=MONTHLY;BYMONTHDAY=-1": _monthly(lambda month: month[-1]),
    "FREQ=MONTHLY;BYDAY=2TU": _monthly(lambda month: _of_weekday(month, 1)[1]),
    "FREQ=MONTHLY;BYDAY=-1FR": _monthly(lambda month: _of_weekday(month, 4)[-1]),
}


@pytest.mark.parametrize("rule", COUNTED)
def test_five_years_are_dateutils_and_those_counted_by_hand(rule: str) -> None:
    """Opened as the bot does it, two weeks ahead each day; and every one held on a working day, days off left aside."""
    first, last = date(2026, 1, 1), date(2030, 12, 31)
    counted = [day for day in COUNTED[rule] if first <= day <= last]
    start = datetime.combine(first, time())
    assert counted == [moment.date() for moment in rrulestr(f"{rule};UNTIL=20301231T000000", dtstart=start)]
    opened: dict[date, date] = {}
    for today in (first + timedelta(days=n) for n in range((last - first).days - 13)):
        opened |= days(rule, first, Off.AFTER, lambda day: True, today, today + timedelta(days=14))
    assert list(opened) == list(opened.values()) == counted


@pytest.mark.parametrize("off", Off)
@pytest.mark.parametrize("rule", COUNTED)
def test_five_years_of_the_real_calendar(rule: str, off: Off) -> None:
    first, last = date(2026, 1, 1), date(2030, 11, 30)
    step = timedelta(days=1 if off is Off.AFTER else -1)
    wanted: list[date] = []
    for nominal in COUNTED[rule]:
        day = nominal
        while not CHINA(day):
            day += step
        if first <= day <= last and day not in wanted:
            wanted.append(day)
    assert list(days(rule, first, off, CHINA, first, last).values()) == wanted


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
