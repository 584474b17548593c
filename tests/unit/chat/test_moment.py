"""When it happened, as people type it."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.moment import EARLY, MomentError, parse_moment

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=SHANGHAI)  # a Tuesday


def said(text: str, now: datetime = NOW) -> str:
    moment = parse_moment(text, now, SHANGHAI)
    assert moment.tzinfo is UTC
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"


def refused(text: str, now: datetime = NOW) -> str:
    with pytest.raises(MomentError) as caught:
        parse_moment(text, now, SHANGHAI)
    return caught.value.reason


UNDERSTOOD = """
11-24 15:00 = 现在|刚才|刚刚|剛才|now|Just now|0分钟前
11-24 14:40 = 20分钟前|二十分钟前|20 分钟之前|20 min ago|20 minutes ago
11-24 14:30 = 半小时前|半个小时前|三十分钟前|half an hour ago
11-24 13:30 = 一个半小时前|1个半小时前|1.5小时前|1小时30分钟前|1 hour 30 minutes ago
11-24 13:00 = 两小时前|2个小时前|兩個鐘頭前|2 hours ago|two hours ago|2h ago
11-21 15:00 = 三天前|3天前|3 days ago
11-24 09:00 = 今天9点|今早九点|今天上午9点|今天早上9:00|today 09:00|this morning at 9
11-24 06:00 = 今晨六点|今天凌晨6点|今早6点钟
11-24 12:00 = 中午|今天中午|12点|noon|today at noon|今天|today
11-24 14:00 = 今天下午两点|下午2点|14:00|2pm|2点|this afternoon at 2
11-24 01:00 = 凌晨1点|今天凌晨一点|昨晚一点|昨晚凌晨1点|昨夜1点|last night 1am|半夜一点|晚上1点
11-24 00:00 = 昨晚12点|昨晚十二点|昨晚零点|昨天24:00|24:00|0点|昨天半夜|12am|midnight
11-23 21:00 = 昨晚|昨晚9点|昨天晚上九点|昨夜九点|昨天21点|last night|last night at 9|yesterday 9 p.m.
11-23 21:30 = 昨晚九点半|昨晚 9:30|21:30|21：30|２１：３０|二十一点三十分|9:30 pm|9.30pm|yesterday 9:30 pm
11-23 21:30 = 9:30 pm yesterday|yesterday evening at 9:30|昨天21点半|大概昨晚九点半左右
11-23 12:00 = 昨天|昨天中午|yesterday|yesterday at noon|Monday|周一|星期一
11-23 09:30 = 昨天9点半|昨天早上九点三十|yesterday 9:30
11-22 20:00 = 前天晚上8点|前晚八点|前天 20:00|the day before yesterday at 8 pm
11-21 08:00 = 大前天8点|大前天 8:00|大前天早上八点
11-24 09:30 = 9点半|9:30|09:30|９点半|九点半|half past nine
11-24 09:15 = 九点一刻|quarter past nine
11-24 09:45 = 九点三刻|9点45
11-24 08:05 = 8点05|八点零五|8点过5分|8:05
11-24 04:00 = 4点|凌晨4点|昨晚4点|04:00|4 o'clock
11-23 16:00 = 昨天下午4点|16:00|4 pm|下午4点
11-18 12:00 = 周三|星期三|禮拜三|wed|Wednesday
11-18 09:00 = 周三九点|周三 9点|周39点|上周三上午九点
11-18 10:00 = 周三十点
11-24 12:00 = 周二|星期二|Tuesday
11-17 18:00 = 周二18:00|last Tuesday 6 pm|上周二傍晚6点
11-20 12:00 = 上周五|周五|last Friday|on Friday
11-20 20:00 = 上周五晚上八点|周五20:00|週五晚上八點|last Friday at 8pm
11-13 12:00 = 上上周五
11-22 15:00 = 星期天下午3点|星期日15:00|周日下午三点|on Sunday at 3 pm
11-20 12:00 = 11-20|11/20|11.20|11月20日|11月20号|11月20|20号|廿号|2026-11-20|2026年11月20日
11-20 12:00 = 十一月二十日|二〇二六年十一月二十日|Nov 20|20 November|November 20th|１１－２０
11-20 08:00 = 11-20 8点|11-20八点|11.20 8:00|11月20日早上8点|20号8点|2026-11-20T08:00|Nov 20 at 8 am
11-20 20:00 = 2026-11-20 晚上八点|11/20 20:00|8 pm on 20 November
11-21 00:00 = 11月20日晚上12点
11-20 00:00 = 11月20日凌晨12点|11-20 0:00
10-31 12:00 = 31号|10-31
11-24 15:04 = 15:04|15点04|3点04
"""

REFUSED = """
unreadable = |  |hello|不知道|什么时候|8-9点|上午九点到十点|昨天 前天|9点 10点|5月|250:00|周八|11-200|下周三
unreadable = 昨晚😀|\0|昨天\0|21:30\0|𝟚𝟙x|ſ|٢١:٣٠|二一十点|。|,|at|昨晚九点半吧
future = 今晚8点|明天|明天8点|tomorrow|今天15:06|11-25|12-1|2026-12-01|2027-01-01|tonight
too_long_ago = 6-1|2-29|1-1 8点|10-1|2026-10-01|40天前|2025-11-24|99周前|9999周前
impossible = 25:00|24:01|9:77|13月|13月1日|2月30日|32号|0号|21-11|2025-02-29|上午21点|0000-01-01
impossible = 0001-01-01 0:00|9999-12-31 24:00
"""

# Half an hour past midnight: to those still up, tonight began yesterday.
STILL_UP = """
11-23 23:30 = 今晚11点半
11-23 21:00 = 昨晚9点
11-24 00:00 = 昨晚12点|凌晨12点|今天凌晨0点
11-23 22:00 = tonight at 10 pm
11-23 20:00 = 晚上8点
11-23 23:50 = 11点50
"""


def lines(table: str) -> list[tuple[str, str]]:
    rows = (line.partition(" = ") for line in table.strip("\n").split("\n"))
    return [(text, meaning) for meaning, _, texts in rows for text in texts.split("|")]


@pytest.mark.parametrize(("text", "meaning"), lines(UNDERSTOOD))
def test_understood(text: str, meaning: str) -> None:
    assert said(text) == meaning


@pytest.mark.parametrize(("text", "reason"), lines(REFUSED))
def test_refused(text: str, reason: str) -> None:
    assert refused(text) == reason


@pytest.mark.parametrize(("text", "meaning"), lines(STILL_UP))
def test_after_midnight(text: str, meaning: str) -> None:
    assert said(text, datetime(2026, 11, 24, 0, 30, tzinfo=SHANGHAI)) == meaning


def test_a_part_of_the_day_that_has_begun_is_no_later_than_now() -> None:
    assert said("今天", NOW.replace(hour=9)) == "11-24 09:00"
    assert said("今晚", NOW.replace(hour=19)) == "11-24 19:00"


def test_a_date_without_a_year_is_the_latest_past_one() -> None:
    assert said("12-31 22:00", datetime(2027, 1, 2, tzinfo=UTC)) == "12-31 22:00"


def test_oldest_is_the_callers() -> None:
    moment = parse_moment("6-1", NOW, SHANGHAI, oldest=timedelta(days=365))
    assert moment == datetime(2026, 6, 1, 4, tzinfo=UTC)


def test_long_texts_are_refused_quickly() -> None:
    short = ("半" * 60, "1分" * 30, "1周" * 29 + "前x", "ﷺ" * 60, "9" * 60, "昨晚" * 30, "😀" * 30)
    started = time.perf_counter()
    for text in ("9" * 100_000, "昨" * 100_000, " " * 100_000, *short):
        assert refused(text) == "unreadable"
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize("text", ["2:30", "02:30", "3-8 2:30", "今天凌晨两点半", "today 2:30 am", "9小时前"])
def test_hours_that_summer_time_skips(text: str) -> None:
    new_york = ZoneInfo("America/New_York")
    now = datetime(2026, 3, 8, 12, 0, tzinfo=new_york)
    assert parse_moment(text, now, new_york) <= now


FRAGMENTS = """
昨晚|前天|大前天|今|周三|上周|五|十|廿|半|一|两|点|分|刻|号|月|日|年|前|小时|个|凌晨|晚上|下午
:|-|/|.| |9|30|2026|0|99|am|pm|last|night|Friday|ago|half|past|at|nov|\0|😀
昨晚|今天|上周五|周日|9点|一刻|21:30|25:00|11-20|2月29日|31号|分钟前|十二|2:30
"""
PIECES = FRAGMENTS.strip().replace("\n", "|").split("|")
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
FIRST = datetime(2000, 1, 1)  # noqa: DTZ001 (hypothesis wants it so)


@given(
    text=st.text(max_size=70) | st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    now=st.datetimes(FIRST, FIRST.replace(year=2100), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    oldest=st.timedeltas(timedelta(), timedelta(days=4000)),
)
def test_no_text_raises_anything_else_and_no_moment_is_out_of_bounds(
    text: str,
    now: datetime,
    zone: ZoneInfo,
    oldest: timedelta,
) -> None:
    try:
        moment = parse_moment(text, now, zone, oldest=oldest)
    except MomentError as error:
        assert error.reason in {"unreadable", "future", "too_long_ago", "impossible"}
    else:
        assert now - oldest <= moment <= now + EARLY
