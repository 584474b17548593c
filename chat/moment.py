"""When it happened, as people type it: 昨晚九点半, 21:30, 11-20 8点, yesterday 9:30 pm.

A text is tidied (one width, one script, digits for numerals), cut into words of a few kinds, and turned into
every moment it could mean; of those, the latest which can have happened is the one meant.

Two readings are a choice of ours. A bare 9点半 is the nearest past one of 09:30 and 21:30; beside a day it is
read as written, 09:30. A night lasts until five: 昨晚一点 is one o'clock this morning.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Reason = Literal["unreadable", "future", "too_long_ago", "impossible"]
LONGEST = 60
EARLY = timedelta(minutes=5)  # clocks differ
NIGHT, NIGHT_ENDS = 17, 5
NOW = {"现在", "刚才", "刚刚", "刚", "方才", "now", "just now", "right now"}

# The part of a day -> the first hour of the twelve it can name, its usual hour, its words.
PARTS = (
    (0, 3, "凌晨|清晨|拂晓"),
    (1, 8, "早上|早晨|早|晨|in the morning|morning"),
    (1, 10, "上午"),
    (10, 12, "中午|正午|noon"),
    (12, 15, "下午|午后|in the afternoon|afternoon"),
    (12, 18, "傍晚|黄昏"),
    (NIGHT, 24, "午夜|半夜|深夜|midnight"),
    (NIGHT, 21, "晚上|晚间|夜里|夜间|夜晚|晚|夜|in the evening|evening|at night|night"),
    (0, 9, r"a\.?m\b\.?"),
    (12, 15, r"p\.?m\b\.?"),
)
DAYS_AGO = (
    (3, "大前天|大前日|大前(?=[晚夜])"),
    (2, "前天|前日|前(?=[晚夜])|the day before yesterday|day before yesterday"),
    (1, r"昨天|昨日|昨儿|昨(?=[晚夜早晨])|yesterday|last(?= night\b)"),
    (0, r"今天|今日|今儿|今(?=[晚夜早晨])|today|this(?= (?:morning|afternoon|evening)\b)|to(?=night\b)"),
    (-1, "明天|明日|明(?=[晚早晨])|tomorrow"),
    (-2, "后天"),
)
UNITS = {
    "minutes": "分钟|分|minutes?|mins?",
    "hours": "小时|钟头|hours?|hrs?|h",
    "days": "天|days?",
    "weeks": "周|星期|weeks?",
}
AMOUNTS = {"半": 0.5, "half an": 0.5, "half a": 0.5, "an": 1.0, "a": 1.0}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NUMBERS += ["eleven", "twelve"]

_MODERN = str.maketrans("點時週剛現禮個鐘兩號後裡間淩頭", "点时周刚现礼个钟两号后里间凌头")
_DIGITS = str.maketrans("〇零一二两三四五六七八九", "001223456789")
_ONES = "[一二三四五六七八九]"
_NUMERAL = re.compile(f"([0-9])?({_ONES}?十{_ONES}?|廿{_ONES}?|[〇零一二两三四五六七八九]+)")
_WEEKDAY = re.compile("(?:周|星期|礼拜)([一二三四五六日天])")
_ENGLISH = re.compile(rf"\b(?:{'|'.join(NUMBERS)})\b", re.ASCII)

_AMOUNT = re.compile(
    rf"(?P<n>[0-9]{{1,4}}(?:\.[0-9])?|{'|'.join(AMOUNTS)}) ?(?:个(?P<half>半)?)? ?"
    rf"(?:{'|'.join(f'(?P<{unit}>{words})' for unit, words in UNITS.items())}) ?"
)
_AGO = re.compile("(.+?)(?:之前|以前|前|ago)")


def _either(kind: str, choices: Iterable[str]) -> str:
    """A verbose pattern for the words of a table, one named group per row: `kind_0`, `kind_1`, ..."""
    return " | ".join(f"(?P<{kind}_{i}>{words.replace(' ', '[ ]')})" for i, words in enumerate(choices))


_MONTH = rf"(?:{'|'.join(MONTHS)})"
_WORD = re.compile(
    rf"""
    (?P<clock> (?P<past>half|quarter)[ ]past[ ](?P<past_hour>[0-9]{{1,2}})
      | (?P<h>[0-9]{{1,2}}) (?:
          :(?P<m>[0-9]{{1,2}}) (?: :[0-9]{{2}} )?
        | [ ]?[点时][ ]?(?: 钟 | 整 | (?P<half>半) | (?P<quarters>[13])刻 | 过?(?P<minute>[0-9]{{1,2}})分? )?
        | [.](?P<dotted>[0-9]{{2}}) (?= [ ]?[ap]\.?m\b )
        | [ ]o'clock
        | (?= [ ]?[ap]\.?m\b )
        | (?: (?<=at[ ][0-9]) | (?<=at[ ][0-9]{{2}}) ) \b ) )
  | (?P<date> (?: (?P<y>[0-9]{{4}})[ ]?[-/.年][ ]? )? (?P<mon>[0-9]{{1,2}}) (?: [-/.] | [ ]?月[ ]? )
        (?P<d>[0-9]{{1,2}}) [ ]?[日号]? (?: t(?=[0-9]) )?
      | (?P<only_month>[0-9]{{1,2}})月
      | (?P<only_day>[0-9]{{1,2}})[ ]?[日号]
      | (?P<en_mon>{_MONTH})[a-z]*\.?[ ](?P<en_d>[0-9]{{1,2}})(?:st|nd|rd|th)?\b
      | (?P<en_d2>[0-9]{{1,2}})(?:st|nd|rd|th)?[ ](?P<en_mon2>{_MONTH})[a-z]* )
  | (?P<ago> {_either("ago", (words for _, words in DAYS_AGO))} )
  | (?P<weekday> (?P<week>上{{0,3}}|这|本)个?周(?P<wd>[1-7])
      | (?P<en_week>(?:last|this)[ ])?(?P<en_wd>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur)?(?:day)?\b )
  | (?P<part> {_either("part", (words for *_, words in PARTS))} )
  | (?P<filler> [ ,、。的在] | 大概 | 大约 | 差不多 | 左右 | 前后 | 时候 | (?:at|on|around|about|the|of)\b )
    """,
    re.ASCII | re.VERBOSE,
)


class MomentError(ValueError):
    """No moment: the text cannot be read, or tells of one that is not there or that cannot be reported."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def parse_moment(
    text: str,
    now: datetime,
    zone: ZoneInfo,
    *,
    oldest: timedelta = timedelta(days=30),
) -> datetime:
    """The UTC moment meant by a text, no older than `oldest`; `now` is aware. Raises MomentError."""
    if len(text) > LONGEST:
        raise MomentError("unreadable")
    plain, now = tidy(text), now.astimezone(UTC)
    try:
        ago = _ago(plain)
        meant = list(_meant(_words(plain), now, zone)) if ago is None else [now - ago]
    except OverflowError as error:
        raise MomentError("impossible") from error
    return _latest(meant, now, oldest)


def parse_clock(tidied: str) -> time:
    """The time of day of an appointment, in a tidied text: 下午2点半, 9:30, 2 pm. Raises MomentError.

    A bare hour before seven is the afternoon's: nobody meets at 2点 in the night.
    """
    words = _words(tidied)
    if words["day"] or not words["clock"]:
        raise MomentError("unreadable")
    hours, minute = _clock(words["clock"][0], bare=False)
    hour = hours[0]
    if parts := [PARTS[_which("part", word, len(PARTS))] for word in words["part"]]:
        hour = _hour(hour, min(part[0] for part in parts), any(part[0] == NIGHT for part in parts))
    elif 1 <= hour < 7 and not words["clock"][0]["h"].startswith("0"):
        hour += 12
    if hour > 23:
        raise MomentError("impossible")
    return time(hour, minute)


def _latest(meant: Sequence[datetime], now: datetime, oldest: timedelta) -> datetime:
    """The latest of the moments that can have happened; when none can, the nearest tells what is wrong."""
    if not meant:
        raise MomentError("impossible")
    if possible := [moment for moment in meant if -EARLY <= now - moment <= oldest]:
        return max(possible)
    nearest = min(meant, key=lambda moment: abs(now - moment))
    raise MomentError("future" if nearest > now else "too_long_ago")


def tidy(text: str) -> str:
    """A text in one width and one script, with digits for numerals and 周1 to 周7 for weekdays."""
    text = " ".join(unicodedata.normalize("NFKC", text).lower().translate(_MODERN).split())
    text = _WEEKDAY.sub(lambda day: f"周{min('一二三四五六日天'.index(day[1]), 6) + 1} ", text)
    text = re.sub("(?:星期|礼拜)(?=[1-7])", "周", text)
    text = _ENGLISH.sub(lambda word: str(NUMBERS.index(word[0])), text)
    return _NUMERAL.sub(lambda run: (f"{run[1]} " if run[1] else "") + _number(run[2]), text).strip(" .。")


def _number(numeral: str) -> str:
    """二十一 -> 21, 零五 -> 05, 二〇二六 -> 2026."""
    tens, ten, ones = numeral.replace("廿", "二十").translate(_DIGITS).partition("十")
    return f"{tens or 1}{ones or 0}" if ten else tens


def _ago(text: str) -> timedelta | None:
    """刚才, 一个半小时前, 2 hours ago."""
    if text in NOW:
        return timedelta()
    found = _AGO.fullmatch(text)
    if not found or _AMOUNT.sub("", found[1]):
        return None
    return sum(map(_amount, _AMOUNT.finditer(found[1])), timedelta())


def _amount(found: re.Match[str]) -> timedelta:
    number = AMOUNTS.get(found["n"]) or float(found["n"])
    unit = next(unit for unit in UNITS if found[unit])
    return timedelta(**{unit: number + (0.5 if found["half"] else 0)})


def _words(text: str) -> dict[str, list[re.Match[str]]]:
    """The text's words by kind. Anything unknown, or two days or two clock times, makes it unreadable."""
    words: dict[str, list[re.Match[str]]] = {"clock": [], "day": [], "part": [], "filler": []}
    at = 0
    while at < len(text):
        word = _WORD.match(text, at)
        if not word:
            raise MomentError("unreadable")
        kind = next(kind for kind in ("clock", "date", "ago", "weekday", "part", "filler") if word[kind])
        words[kind if kind in words else "day"].append(word)
        at = word.end()
    clocks, days = len(words["clock"]), len(words["day"])
    if clocks > 1 or days > 1 or not (clocks or days or words["part"]):
        raise MomentError("unreadable")
    return words


def _meant(words: dict[str, list[re.Match[str]]], now: datetime, zone: ZoneInfo) -> Iterable[datetime]:
    """Every moment the words could mean."""
    local = now.astimezone(zone)
    parts = [PARTS[_which("part", word, len(PARTS))] for word in words["part"]]
    first = min((part[0] for part in parts), default=0)
    at_night = any(part[0] == NIGHT for part in parts)
    if words["clock"]:
        hours, minute = _clock(words["clock"][0], bare=not words["day"] and not parts)
        if parts:
            hours = [_hour(hours[0], first, at_night)]
    else:
        hours, minute = [parts[-1][1] if parts else 12], 0
    for day in _days(words["day"], local, at_night):
        for hour in hours:
            wall = datetime.combine(day, time(), zone) + timedelta(hours=hour, minutes=minute)
            moment = wall.astimezone(UTC)
            begun = not words["clock"] and day == local.date() and local.hour >= first
            yield min(moment, now) if begun else moment


def _clock(word: re.Match[str], *, bare: bool) -> tuple[list[int], int]:
    """The hours a clock time can mean, and its minute."""
    if word["past"]:
        written, minute = word["past_hour"], {"half": 30, "quarter": 15}[word["past"]]
    else:
        written, minute = word["h"], int(word["m"] or word["minute"] or word["dotted"] or 0)
        minute += 30 if word["half"] else 15 * int(word["quarters"] or 0)
    hour = int(written)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise MomentError("impossible")
    twelve = bare and 1 <= hour <= 12 and not written.startswith("0")
    return ([hour, hour % 12 + (0 if hour == 12 else 12)] if twelve else [hour]), minute


def _hour(hour: int, first: int, at_night: bool) -> int:
    """The hour that a part of the day makes of a clock's hour; past 24 it is the next day's."""
    if 1 <= hour <= 12:
        hour = first + (hour - first) % 12
    if at_night and hour < 12:  # 昨晚凌晨一点, 1 am last night, 昨晚零点
        hour += 24
    elif hour not in range(first - 1, first + 12):
        raise MomentError("impossible")
    return hour


def _days(words: Sequence[re.Match[str]], local: datetime, at_night: bool) -> Iterable[date]:
    """Every day that could be meant."""
    today = local.date()
    if not words:
        return [today - timedelta(days=ago) for ago in range(3)]
    word = words[0]
    if word["ago"]:
        ago = DAYS_AGO[_which("ago", word, len(DAYS_AGO))][0]
        # To those still up before five, tonight began yesterday.
        awake = at_night and ago >= 0 and local.hour < NIGHT_ENDS
        return [today - timedelta(days=ago + more) for more in range(2 if awake else 1)]
    return _weekdays(word, today) if word["weekday"] else _dates(word, today)


def _weekdays(word: re.Match[str], today: date) -> list[date]:
    weekday = int(word["wd"]) - 1 if word["wd"] else WEEKDAYS.index(word["en_wd"])
    monday = today - timedelta(days=today.weekday())
    this_week = monday + timedelta(days=weekday)
    week = (word["week"] or word["en_week"] or "").strip()
    if week in {"这", "本", "this"}:
        return [this_week]
    if week.startswith("上"):
        return [this_week - timedelta(weeks=len(week))]
    back = (today.weekday() - weekday) % 7
    if week == "last":
        return [today - timedelta(days=back or 7)]
    return [today - timedelta(days=back), today - timedelta(days=back + 7)]


def _dates(word: re.Match[str], today: date) -> list[date]:
    """The date in every year, or month, that the text leaves open; a day that no month has gives none."""
    named = word["en_mon"] or word["en_mon2"]
    month = MONTHS.index(named) + 1 if named else int(word["mon"] or word["only_month"] or 0)
    if word["only_month"]:
        raise MomentError("unreadable" if 1 <= month <= 12 else "impossible")
    day = int(word["d"] or word["only_day"] or word["en_d"] or word["en_d2"])
    years = [int(word["y"])] if word["y"] else range(today.year - 8, today.year + 1)
    months = range(1, 13) if word["only_day"] else [month]
    dates = (_date(year, month, day) for year in years for month in months)
    return [found for found in dates if found]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _which(kind: str, word: re.Match[str], count: int) -> int:
    return next(i for i in range(count) if word[f"{kind}_{i}"] is not None)
