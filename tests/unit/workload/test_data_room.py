"""Who is missing in a data room, and when it is asked for."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from workload.data_room import Task, asked_on, missing

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = Calendar(SHANGHAI, cache(WorkingDays().is_working_day))


def test_who_is_missing() -> None:
    assert missing({}) == [Task.HEAD, Task.ENTRY]
    assert missing({Task.HEAD: [1], Task.ENTRY: []}) == [Task.ENTRY]
    assert missing({Task.HEAD: [1], Task.ENTRY: [1, 2]}) == []


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-12-01 08:59", None),
        ("2026-12-01 09:00", date(2026, 12, 1)),
        ("2026-12-01 23:00", date(2026, 12, 1)),
        ("2026-12-05 10:00", None),  # Saturday
        ("2026-12-07 10:00", date(2026, 12, 1)),  # after an outage
        ("2026-12-08 10:00", None),
        ("2026-11-01 10:00", None),  # Sunday
        ("2026-11-02 09:00", date(2026, 11, 1)),
        ("2026-10-01 10:00", None),  # National Day
        ("2026-10-08 09:00", date(2026, 10, 1)),  # the first working day comes after the seventh
        ("2026-10-09 09:00", None),
    ],
)
def test_from_the_first_working_day_at_nine(now: str, expected: date | None) -> None:
    assert asked_on(datetime.fromisoformat(now).replace(tzinfo=SHANGHAI), CHINA) == expected
