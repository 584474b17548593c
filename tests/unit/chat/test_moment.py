"""Times as people type them, read on Tuesday 2026-11-24 at 10:00 in Shanghai."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.moment import EARLY, MomentError, parse_moment

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("现在", "11-24 10:00"),
        ("刚才", "11-24 10:00"),
        ("now", "11-24 10:00"),
        ("20分钟前", "11-24 09:40"),
        ("半小时前", "11-24 09:30"),
        ("两小时前", "11-24 08:00"),
        ("一个半小时前", "11-24 08:30"),
        ("20 min ago", "11-24 09:40"),
        ("2 hours ago", "11-24 08:00"),
        ("昨晚九点半", "11-23 21:30"),
        ("昨晚21:30", "11-23 21:30"),
        ("昨晚一点", "11-24 01:00"),
        ("昨晚12点", "11-24 00:00"),
        ("昨天下午三点一刻", "11-23 15:15"),
        ("今早7点", "11-24 07:00"),
        ("今天凌晨两点", "11-24 02:00"),
        ("前天中午", "11-22 12:00"),
        ("21:30", "11-23 21:30"),
        ("21：30", "11-23 21:30"),
        ("９点半", "11-24 09:30"),
        ("11点", "11-23 23:00"),
        ("11-20 8点", "11-20 08:00"),
        ("11/20 20:15", "11-20 20:15"),
        ("11月20日", "11-20 12:00"),
        ("20号上午九点", "11-20 09:00"),
        ("2026-11-20 晚上八点", "11-20 20:00"),
        ("上周五下午4点", "11-20 16:00"),
        ("周一 9:00", "11-23 09:00"),
        ("yesterday 9:30 pm", "11-23 21:30"),
        ("yesterday at 9pm", "11-23 21:00"),
        ("last friday 4 pm", "11-20 16:00"),
        ("9pm", "11-23 21:00"),
    ],
)
def test_read(text: str, there: str) -> None:
    assert f"{parse_moment(text, NOW, SHANGHAI).astimezone(SHANGHAI):%m-%d %H:%M}" == there


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "unreadable"),
        ("不知道", "unreadable"),
        ("\0", "unreadable"),
        ("😀" * 30, "unreadable"),
        ("9" * 100_000, "unreadable"),
        ("25:00", "impossible"),
        ("13月1日", "impossible"),
        ("2月30日", "impossible"),
        ("今晚九点", "future"),
        ("1-1 8点", "too_long_ago"),
        ("2025-11-20", "too_long_ago"),
    ],
)
def test_not_read(text: str, reason: str) -> None:
    with pytest.raises(MomentError) as caught:
        parse_moment(text, NOW, SHANGHAI)
    assert caught.value.reason == reason


_WORDS = st.sampled_from(
    [
        "昨晚",
        "今天",
        "前天",
        "上周五",
        "周日",
        "凌晨",
        "下午",
        "晚上",
        "9点",
        "半",
        "一刻",
        "21:30",
        "25:00",
        "11-20",
        "2月29日",
        "31号",
        "pm",
        "ago",
        "3",
        "分钟前",
        "十二",
        "点",
    ]
)


@given(
    st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=5).map("".join)),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin"]),
)
def test_no_text_raises_anything_else_and_no_moment_is_out_of_bounds(text: str, zone: str) -> None:
    for now in (NOW, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)):
        try:
            moment = parse_moment(text, now, ZoneInfo(zone))
        except MomentError:
            continue
        assert now - timedelta(days=30) <= moment <= now + EARLY
