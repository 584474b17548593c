"""Office hours as people type them."""

from datetime import time

import pytest

from chat.office_hours import HoursError, OfficeHours, parse_hours

AFTERNOON = OfficeHours(1, time(14), time(17))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("周二 14:00-17:00", AFTERNOON),
        ("每周二下午两点到五点", AFTERNOON),
        ("星期二 14:00–17:00", AFTERNOON),
        ("周二14:00~17:00", AFTERNOON),
        ("Tuesday 14:00-17:00", AFTERNOON),
        ("every Tue 2 pm to 5 pm", AFTERNOON),
        ("周四上午9点至11点半", OfficeHours(3, time(9), time(11, 30))),
        ("Tuesdays, 14:00 - 17:00", AFTERNOON),
    ],
)
def test_read(text: str, hours: OfficeHours) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "unreadable"),
        ("随便", "unreadable"),
        ("14:00-17:00", "unreadable"),
        ("周二", "no_clock"),
        ("周二 14:00", "no_clock"),
        ("周二 14:00-25:00", "no_clock"),
        ("周二 17:00-14:00", "order"),
        ("周二 14:00-14:00", "order"),
        ("周" * 100, "unreadable"),
    ],
)
def test_not_read(text: str, reason: str) -> None:
    with pytest.raises(HoursError) as caught:
        parse_hours(text)
    assert caught.value.reason == reason
