"""When people meet, as they type it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.rhythm import Reason, Rhythm, RhythmError, is_recurring, parse_rhythm

ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 27, 10, tzinfo=ZONE)
WEEKLY, FORTNIGHTLY = "FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("每周五下午两点 警务室", Rhythm(time(14), WEEKLY, room="警务室")),
        ("每周五下午两点警务室", Rhythm(time(14), WEEKLY, room="警务室")),
        ("每个星期五 14：00，警务室", Rhythm(time(14), WEEKLY, room="警务室")),
        ("每周五2点半 3号会议室", Rhythm(time(14, 30), WEEKLY, room="3号会议室")),
        ("每周五9点3号会议室", Rhythm(time(9), WEEKLY, room="3号会议室")),
        ("每周五九点三号楼", Rhythm(time(9), WEEKLY, room="三号楼")),
        ("每两周周五 9:30", Rhythm(time(9, 30), FORTNIGHTLY)),
        ("每两周的星期五 9:30", Rhythm(time(9, 30), FORTNIGHTLY)),
        ("隔周五 9:30", Rhythm(time(9, 30), FORTNIGHTLY)),
        ("每月第一个工作日 9:30", Rhythm(time(9, 30), "FREQ=MONTHLY;BYMONTHDAY=1", off="after")),
        (
            "每个月最后一个工作日下午三点 在二楼",
            Rhythm(time(15), "FREQ=MONTHLY;BYMONTHDAY=-1", room="二楼", off="before"),
        ),
        ("每月15号上午九点", Rhythm(time(9), "FREQ=MONTHLY;BYMONTHDAY=15")),
        ("每月最后一天 16:00", Rhythm(time(16), "FREQ=MONTHLY;BYMONTHDAY=-1", off="before")),
        ("每月第二个周二 14:00", Rhythm(time(14), "FREQ=MONTHLY;BYDAY=2TU")),
        ("每月最后一个周五 14:00", Rhythm(time(14), "FREQ=MONTHLY;BYDAY=-1FR")),
        ("every Friday 2 pm, police room", Rhythm(time(14), WEEKLY, room="police room")),
        ("every Friday 2 pm police room", Rhythm(time(14), WEEKLY, room="police room")),
        ("Every other Friday at 9:30, Room 3", Rhythm(time(9, 30), FORTNIGHTLY, room="Room 3")),
        ("every two weeks on Friday 9:30", Rhythm(time(9, 30), FORTNIGHTLY)),
        ("first working day of the month 9:30", Rhythm(time(9, 30), "FREQ=MONTHLY;BYMONTHDAY=1", off="after")),
        ("last working day of every month 3 pm", Rhythm(time(15), "FREQ=MONTHLY;BYMONTHDAY=-1", off="before")),
        ("every month on the 15th 9:30", Rhythm(time(9, 30), "FREQ=MONTHLY;BYMONTHDAY=15")),
        ("on the 15th of every month at 9:30", Rhythm(time(9, 30), "FREQ=MONTHLY;BYMONTHDAY=15")),
        ("second Tuesday of the month 14:00", Rhythm(time(14), "FREQ=MONTHLY;BYDAY=2TU")),
        # On a Friday, 下周五 is a week from today, and so is 周五; 今天 is today.
        ("下周五 14:00 会议室", Rhythm(time(14), day=date(2026, 12, 4), room="会议室")),
        ("周五下午两点", Rhythm(time(14), day=date(2026, 12, 4))),
        ("今天下午4点 警务室", Rhythm(time(16), day=date(2026, 11, 27), room="警务室")),
        ("明天9点半", Rhythm(time(9, 30), day=date(2026, 11, 28))),
        ("12月1日 9:30 会议室", Rhythm(time(9, 30), day=date(2026, 12, 1), room="会议室")),
        ("next Friday 2 pm", Rhythm(time(14), day=date(2026, 12, 4))),
        ("the 1st at 9:30, hall", Rhythm(time(9, 30), day=date(2026, 12, 1), room="hall")),
        ("每周五 14:00 到访接待室", Rhythm(time(14), WEEKLY, room="到访接待室")),
        ("tomorrow at 9:30 in the police room", Rhythm(time(9, 30), day=date(2026, 11, 28), room="police room")),
    ],
)
def test_what_is_meant(said: str, meant: Rhythm) -> None:
    assert parse_rhythm(said, FRIDAY, ZONE) == meant


@pytest.mark.parametrize("said", ["明天 9:30", "tomorrow 9:30", "下周五 9:30", "next Friday 9:30", "今天 23:59"])
def test_just_before_midnight_a_day_is_counted_from_the_one_that_ends_then(said: str) -> None:
    late = datetime(2026, 11, 27, 23, 58, 59, tzinfo=ZONE)
    day = {"明": 28, "t": 28, "今": 27}.get(said[0], 34)
    assert parse_rhythm(said, late.astimezone(UTC), ZONE).day == date(2026, 11, 1) + timedelta(days=day - 1)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("每周五 25:00 警务室", "impossible"),
        ("每周五 9:75", "impossible"),
        ("每周五下午25点", "impossible"),
        ("每周五 24:00", "impossible"),
        ("每月31号 9:30", "not_every_month"),
        ("每月三十日 9:30", "not_every_month"),
        ("every month on the 31st 9:30", "not_every_month"),
        ("每月第五个周二 9:30", "not_every_month"),
        ("每月45号 9:30", "impossible"),
        ("2月30日 9:30", "impossible"),
        ("31 February 9:30", "impossible"),
        ("February 30 9:30", "impossible"),
        ("every Friday 25:00, police room", "impossible"),
        ("every month on the 45th 9:30", "impossible"),
        ("every Friday, police room", "no_clock"),
        ("today 9 am", "past"),
        ("yesterday 9:30", "unreadable"),
        ("每天 9:30 警务室", "too_often"),
        ("每个工作日 9:30", "too_often"),
        ("every day 9:30 forever", "too_often"),
        ("daily 9:30", "too_often"),
        ("every weekday at 9:30", "too_often"),
        ("每周五 14:00 永远", "no_end"),
        ("每周五 14:00 到年底", "no_end"),
        ("every Friday 2 pm until Christmas", "no_end"),
        ("每周五 警务室", "no_clock"),
        ("每周五", "no_clock"),
        ("下周五 会议室", "no_clock"),
        ("今天上午9点", "past"),
        ("昨天 9:30", "unreadable"),
        ("2026-11-20 9:30", "past"),
        ("2027-11-20 9:30", "too_far"),
        ("老地方", "unreadable"),
        ("每月第二个工作日 9:30", "unreadable"),
        ("", "no_clock"),
        ("五" * 100, "unreadable"),
    ],
)
def test_what_cannot_be_meant(said: str, reason: Reason) -> None:
    with pytest.raises(RhythmError) as error:
        parse_rhythm(said, FRIDAY, ZONE)
    assert error.value.reason == reason


def test_a_meeting_is_moved_to_one_day() -> None:
    with pytest.raises(RhythmError) as error:
        parse_rhythm("每周五 14:00", FRIDAY, ZONE, once=True)
    assert error.value.reason == "one_day"


def test_what_begins_like_a_series() -> None:
    assert is_recurring("每周五 警务室")
    assert is_recurring("first working day of the month 9:30")
    assert not is_recurring("下周五 14:00")
    assert not is_recurring("走访 32")
    assert not is_recurring("每天都有人打架")


@given(st.text(max_size=40))
def test_whatever_is_typed_it_is_read_or_refused(said: str) -> None:
    try:
        found = parse_rhythm(said, FRIDAY, ZONE)
    except RhythmError:
        return
    assert bool(found.rule) != bool(found.day)
