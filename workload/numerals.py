"""An amount as people type it (duty W1): 32, ３２户, 三十二, 叁拾贰, 一千二, 1百2十. Read whole or not at all."""

import re
from typing import Literal

from workload.figures import MOST

Reason = Literal["empty", "date", "negative", "about", "decimal", "huge", "none"]

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
del _WIDE[ord("，")]  # a pause, never the comma of thousands
_DIGITS = "零一二三四五六七八九"
_PLAIN = str.maketrans(
    dict(zip("〇○两兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億", "零零二二一二二三三四五六六七八九十百千万亿", strict=True))
    | {"廿": "二十", "卅": "三十", "卌": "四十"}
)
_TO_CHINESE = str.maketrans("0123456789", _DIGITS)
_FROM_CHINESE = str.maketrans(_DIGITS, "0123456789")
_FIGURES = re.compile("[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_ONE_BY_ONE = re.compile(f"[{_DIGITS}]+")
_D = f"[{_DIGITS[1:]}]"
_SECTION = re.compile(  # below ten thousand; a last digit may leave its unit out: 一千二 is 1200
    f"(?:({_D})千)?(?:({_D})百)?(?:(?<=千)零(?={_D}十))?(?:({_D}?)(十))?(?:(?<=[千百])零({_D})|({_D}))?"
)

_NUMERAL = f"0-9{_DIGITS}十百千万亿"
_ANY_NUMERAL = _NUMERAL + "".join(map(chr, _PLAIN))
_UNIT = "[个個]?(?:小时|小時|钟头|户|戶|条|條|次|份|项|件|h(?![a-z]))|[个個]"
_ABOUT = (
    "大约|大概|差不多|左右|上下|以上|以下|不到|超过|至少|最多|将近|约|約|近|几|幾|多|余|来|來"
    "|(?:about|around|nearly|almost|over|under)(?![a-z])"
)
_MINUS = "-−–—负負减減"
_PROBLEMS: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    (
        "date",
        re.compile(
            rf"[{_NUMERAL}] ?[年月日号號]|[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.]"
            r"|^(?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12][0-9]|3[01])$"
        ),
    ),
    ("negative", re.compile(rf"^[{_MINUS}] *[{_NUMERAL}]")),
    (
        "about",
        re.compile(rf"{_ABOUT}|\+$|[?~≈<>≤≥]|[{_NUMERAL}] *[-/–—到至] *[{_NUMERAL}]|{_D}{_D}(?!{_D})"),  # 三四十
    ),
    ("decimal", re.compile(rf"[{_NUMERAL}][.点點][{_NUMERAL}]|半|%")),
    ("huge", re.compile(r"[0-9] *(?:e|\^|\*\*) *[0-9]|[0-9]{2} *万|亿")),
)

UNIT = re.compile(f" *(?P<unit>{_UNIT})")
_LAST_UNIT = re.compile(f"(?<=.) *(?:{_UNIT})$")
AMOUNT = re.compile(rf"(?:(?:{_ABOUT}|[{_MINUS}~≈<>≤≥]) *)*[{_ANY_NUMERAL}]")  # how one begins
# One piece of what somebody says an amount is, right or wrong: a line is cut into amounts with it.
PIECE = re.compile(
    rf"[{_ANY_NUMERAL}+?%~≈<>≤≥年月日号號点點半]|(?:{_ABOUT}) *|[{_MINUS}] *(?=[{_ANY_NUMERAL}.])"
    r"|(?<=[0-9])(?:[./^*到至]|e(?=[0-9])|,(?=[0-9]{3}(?![0-9])))(?=[0-9])|[.](?=[0-9])"
)


class AmountProblem(ValueError):
    """No amount: the text tells of something that is not a whole number from 0 to MOST."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def tidy(text: str) -> str:
    """One width, one case, no space around it."""
    return text.translate(_WIDE).lower().strip()


def read_amount(text: str) -> int:
    """The whole number meant, from 0 to MOST; a unit may follow it. Raises AmountProblem, never guesses."""
    said = tidy(text).translate(_PLAIN)
    if not said:
        raise AmountProblem("empty")
    amount = _exact(said)
    if amount is None:
        amount = _exact(_LAST_UNIT.sub("", said))
    if amount is None:
        raise AmountProblem(next((reason for reason, pattern in _PROBLEMS if pattern.search(said)), "none"))
    if amount > MOST:
        raise AmountProblem("huge")
    return amount


def _exact(said: str) -> int | None:
    if _FIGURES.fullmatch(said):
        digits = said.replace(",", "").lstrip("0") or "0"
        return int(digits[: len(str(MOST)) + 1])  # no longer one is needed to be too large
    if _ONE_BY_ONE.fullmatch(said):
        # 三四 is three or four, 三两 a few: two figures side by side are read only where one of them is 零.
        readable = len(said) != 2 or "零" in said
        return int(said.translate(_FROM_CHINESE)[: len(str(MOST)) + 1]) if readable else None
    if re.search("[0-9]{2}", said):
        return None
    return _spelled(said.translate(_TO_CHINESE))


def _spelled(said: str) -> int | None:
    """A number written with units: 一万零五百, 十二, 一万二."""
    head, unit, rest = said.partition("万")
    high = _section(head)
    if not unit or high is None:
        return high
    if len(rest) == 1 and rest in _DIGITS[1:]:
        return high * 10_000 + _DIGITS.index(rest) * 1000
    low = _section(rest.removeprefix("零")) if rest else 0
    return None if low is None else high * 10_000 + low


def _section(said: str) -> int | None:
    found = _SECTION.fullmatch(said)
    if not found or not said:
        return None
    thousands, hundreds, tens, ten, ones, last = (group or "" for group in found.groups())
    unit = 1 if ten or not (hundreds or thousands) else 10 if hundreds else 100
    parts = ((thousands, 1000), (hundreds, 100), (tens or ("一" if ten else ""), 10), (ones, 1), (last, unit))
    return sum(_DIGITS.index(digit) * times for digit, times in parts if digit)
