"""Two hours of a day as people type them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.hours import HoursError, parse_hours

HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("22:00-7:00", "22:00", "07:00"),
        ("22：30～6：30", "22:30", "06:30"),
        ("晚上十点到早上七点半", "22:00", "07:30"),
        ("每晚十点半至次日六点", "22:30", "06:00"),
        ("从晚上12点到6点", "00:00", "06:00"),
        ("下午1点到2点", "13:00", "02:00"),
        ("二十二点到七点", "22:00", "07:00"),
        ("2200-0700", "22:00", "07:00"),
        ("22-7", "22:00", "07:00"),
        ("10 pm to 7 am", "22:00", "07:00"),
        ("from 9:30pm until 6am", "21:30", "06:00"),
        ("12 am - 12 pm", "00:00", "12:00"),
        ("22:00-24:00", "22:00", "00:00"),
    ],
)
def test_what_people_write(said: str, start: str, end: str) -> None:
    assert parse_hours(said) == (time.fromisoformat(start), time.fromisoformat(end))


@pytest.mark.parametrize(
    "said", ["", "22:00", "25:00-7:00", "22:60-7:00", "24:30-7:00", "晚上", "7", "22:00-7:00-8:00", "-"]
)
def test_what_is_no_two_hours(said: str) -> None:
    with pytest.raises(HoursError):
        parse_hours(said)


@given(st.text(max_size=80))
def test_whatever_is_written_it_is_two_hours_or_none(said: str) -> None:
    try:
        assert len(parse_hours(said)) == 2
    except HoursError:
        return


@given(HOURS, HOURS)
def test_what_is_shown_can_be_typed(start: time, end: time) -> None:
    assert parse_hours(f"{start:%H:%M}–{end:%H:%M}") == (start, end)
