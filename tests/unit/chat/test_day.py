"""Days to come, as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.day import DayError, parse_day, written

TODAY = date(2026, 11, 24)  # a Tuesday
MOST = 60


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12-1", "2026-12-01"),
        ("12.5", "2026-12-05"),
        ("2027-1-5", "2027-01-05"),
        ("12月1日周二", "2026-12-01"),
        ("周二12月1日", "2026-12-01"),
        ("12-1（周二）", "2026-12-01"),
        ("十二月一号", "2026-12-01"),
        ("1号", "2026-12-01"),
        ("30号", "2026-11-30"),
        ("周五", "2026-11-27"),
        ("周二", "2026-12-01"),  # not today
        ("这周五", "2026-11-27"),
        ("下周五", "2026-12-04"),
        ("下礼拜一", "2026-11-30"),
        ("下星期天", "2026-12-06"),
        ("下下周三", "2026-12-09"),
        ("明天", "2026-11-25"),
        ("後天", "2026-11-26"),
        ("大后天", "2026-11-27"),
        ("三天后", "2026-11-27"),
        ("一个星期后", "2026-12-01"),
        ("两周后", "2026-12-08"),
        ("６０天后", "2027-01-23"),
        ("tomorrow", "2026-11-25"),
        ("the day after tomorrow", "2026-11-26"),
        ("Fri", "2026-11-27"),
        ("by Friday", "2026-11-27"),
        ("next Friday", "2026-12-04"),
        ("on Dec 1", "2026-12-01"),
        ("1st December", "2026-12-01"),
        ("the 1st", "2026-12-01"),
        ("by the 31st", "2026-12-31"),  # November has none
        ("in 3 days", "2026-11-27"),
        ("two weeks from now", "2026-12-08"),
    ],
)
def test_a_day_is_read(text: str, day: str) -> None:
    assert parse_day(text, TODAY, MOST) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("今天", "past"),
        ("本周一", "past"),
        ("11-20", "past"),
        ("2020-1-1", "past"),
        ("61天后", "too_far"),
        ("999天", "too_far"),
        ("3-1", "too_far"),
        ("9999-12-31", "too_far"),
        ("2-30", "impossible"),
        ("13-1", "impossible"),
        ("0-0", "impossible"),
        ("12-1 周五", "impossible"),  # a Tuesday
        ("", "unreadable"),
        ("随便", "unreadable"),
        ("昨天", "unreadable"),
        ("12-1 12-2", "unreadable"),
        ("周五" * 40, "unreadable"),
        ("٣-٤", "unreadable"),
    ],
)
def test_what_is_no_day_to_come_says_why(text: str, reason: str) -> None:
    with pytest.raises(DayError) as refused:
        parse_day(text, TODAY, MOST)
    assert refused.value.reason == reason


@given(
    st.dates(date(2020, 1, 1), date(2050, 1, 1)),
    st.integers(1, MOST),
    st.sampled_from(["zh", "en"]),
)
def test_a_day_is_read_as_it_is_written(today: date, ahead: int, language: str) -> None:
    day = today + timedelta(days=ahead)
    assert parse_day(written(day, language), today, MOST) == day
    assert parse_day(day.isoformat(), today, MOST) == day


@given(st.text(max_size=70))
def test_no_text_breaks_it(text: str) -> None:
    try:
        day = parse_day(text, TODAY, MOST)
    except DayError:
        return
    assert TODAY < day <= TODAY + timedelta(days=MOST)
