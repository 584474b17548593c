"""Duty V3: which appointments can be had within office hours."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from reminders.office import free

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(ZONE, WorkingDays().is_working_day)
NOW = datetime(2026, 11, 24, 13, 45, tzinfo=ZONE)  # Tuesday
TUESDAY = (1, time(14), time(15, 45))


def _there(hours: list[tuple[int, time, time]], now: datetime = NOW, taken: tuple[datetime, ...] = ()) -> list[str]:
    return [f"{slot.astimezone(ZONE):%m-%d %H:%M}" for slot in free(hours, now, CALENDAR, taken)]


def test_half_hours_that_fit_whole_and_are_not_too_near() -> None:
    found = ["11-24 15:00"]
    found += [f"{day} {hour}" for day in ("12-01", "12-08") for hour in ("14:00", "14:30", "15:00")]
    assert _there([TUESDAY]) == found


def test_what_is_taken_is_not_offered_and_hours_that_overlap_offer_a_slot_once() -> None:
    taken = (datetime(2026, 11, 24, 15, tzinfo=ZONE),)
    assert _there([TUESDAY, (1, time(14, 30), time(15, 30))], taken=taken)[0] == "12-01 14:00"
    assert len(_there([TUESDAY, TUESDAY])) == 7


def test_none_on_a_day_off_and_some_on_a_saturday_on_which_people_work() -> None:
    holiday = datetime(2026, 9, 30, 9, tzinfo=ZONE)
    assert _there([(3, time(9), time(10))], holiday) == ["10-08 09:00", "10-08 09:30"]  # not on the first of October
    assert _there([(5, time(9), time(9, 30))], holiday) == ["10-10 09:00"]
