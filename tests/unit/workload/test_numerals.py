"""Amounts as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.figures import MOST
from workload.numerals import AmountProblem, read_amount

DIGITS = "零一二三四五六七八九"
FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def chinese(number: int) -> str:
    """A number as it is written: 10 十, 105 一百零五, 20030 二万零三十."""
    figures = [int(figure) for figure in f"{number:05}"]
    written = ""
    for figure, following, unit in zip(figures, [*figures[1:], 0], "万千百十 ", strict=True):
        if figure:
            written += DIGITS[figure] + unit.strip()
        elif written and following:
            written += "零"
    written = written or "零"
    return written[1:] if written.startswith("一十") else written


def test_every_amount_in_chinese_reads_back() -> None:
    written = [chinese(number) for number in range(MOST + 1)]
    assert written[:3] == ["零", "一", "二"]
    assert (written[10], written[105], written[20_030]) == ("十", "一百零五", "二万零三十")
    assert [read_amount(each) for each in written] == list(range(MOST + 1))


@given(st.integers(0, MOST))
def test_every_amount_reads_back_in_other_ways_of_writing(number: int) -> None:
    written = chinese(number)
    wide = str(number).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    ways = [str(number), f"{number:,}", f"000{number}", wide, f" {number} 户", f"{written}条", f"{number}个小时"]
    ways += [written.translate(FINANCIAL), written.replace("零", "〇"), written.replace("二千", "两千")]
    ways += [written.translate({ord(DIGITS[n]): str(n) for n in range(1, 10)})]
    assert [read_amount(way) for way in ways] == [number] * len(ways)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("三十二", 32),
        ("两百", 200),
        ("〇", 0),
        ("廿", 20),
        ("一百廿五", 125),
        ("叁拾贰", 32),
        ("一千二", 1200),
        ("一百二", 120),
        ("一万二", 12_000),
        ("一千零二", 1002),
        ("1百2十", 120),
        ("1万2千", 12_000),
        ("三〇", 30),
        ("一〇五", 105),
        ("32户", 32),
        ("８ｈ", 8),
    ],
)
def test_what_is_read(text: str, amount: int) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    ("reason", "texts"),
    [
        ("empty", ["", "  ", "\u3000"]),
        ("negative", ["-3", "－３", "− 3", "负三", "减3", "-3.5"]),
        ("decimal", ["3.5", "３．５", "三点五", "11.20", "3个半小时", "三小时半", "1.2万", "30%"]),
        ("huge", ["100000", "1,000,000,000", "10^9", "1e9", "十万", "10万", "一亿", "1亿", "9" * 5000]),
        (
            "about",
            ["约30", "30+", "大概三十", "三十多户", "30左右", "几十", "30-40", "三到五", "30~40", "不到30", "30?"],
        ),
        ("about", ["三四十", "三五户", "三两户", "一百二三十", "十七八", "about 30"]),
        ("date", ["11-20", "11/20", "11月20日", "十一月二十日", "20号", "2026-11-20", "2026年"]),
        (
            "none",
            ["abc", "百", "零零百", "一百零五十", "二百三千", "³", "①", "+5", "3 2", "12三", "户", "1，200", "1,20"],
        ),
    ],
)
def test_what_is_no_amount_is_named(reason: str, texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(AmountProblem) as problem:
            read_amount(text)
        assert problem.value.reason == reason, text


@given(st.text("0123456789零〇一二两三九十百千万亿廿点半约多-+., 户月日e^x", max_size=9) | st.text(max_size=20))
def test_no_text_is_read_as_anything_but_an_amount(text: str) -> None:
    with suppress(AmountProblem):
        assert 0 <= read_amount(text) <= MOST


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from("十百千"))
def test_two_figures_side_by_side_are_never_read_as_one(one: int, two: int, unit: str) -> None:
    for text in (DIGITS[one] + DIGITS[two], DIGITS[one] + DIGITS[two] + unit):
        with pytest.raises(AmountProblem, match="about"):
            read_amount(text)
