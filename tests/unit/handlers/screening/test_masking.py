"""No number by which a person could be found is kept; every other number is."""

import time

import pytest

from handlers.screening.masking import SIGN, mask

PERSONAL = [
    "11010519491231002X",
    "11010519491231002x",
    "110105 19491231 002X",
    "110105-19491231-002X",
    "１１０１０５１９４９１２３１００２Ｘ",
    "440524188001010014",
    "110105491231002",
    "E12345678",
    "G12345678",
    "D12345678",
    "EA1234567",
    "H12345678",
    "ABC123456789012",
    "13812345678",
    "138 1234 5678",
    "138-1234-5678",
    "1 3 8 1 2 3 4 5 6 7 8",
    "１３８１２３４５６７８",
    "138\u200b1234\u200b5678",
    "+8613812345678",
    "+86 138 1234 5678",
    "0086-13812345678",
    "8613812345678",
    "一三八一二三四五六七八",
    "幺三八 幺二三四 五六七八",
    "壹叁捌壹贰叁肆伍陆柒捌",
    "①③⑧①②③④⑤⑥⑦⑧",
    "010-62345678",
    "(010) 62345678",
    "0571 88886666",
    "0571-8888666",
    "0571-88886666-802",
    "+86 10 62345678",
    "+44 20 7946 0958",
]

HARMLESS = [
    "丢了1380元，不是1,380.50元",
    "2026年11月24日 13:45",
    "2026-11-24 13:45:30",
    "13:30-15:40 一直在敲",
    "3号楼2单元1801室",
    "朝阳路1380号院138栋",
    "订单号2026112413450012",
    "快递单 773012345678901",
    "订单 202611241345001234",
    "京E12345 白色面包车",
    "京AD12345",
    "沪D·88888",
    "110、119、120",
    "G1234次列车",
    "一三五楼都有人，二四六楼没人",
    "一二三四五，上山打老虎",
    "1301 1302 1303 1304 都被敲了门",
    "13 14 15 16 17 18 层",
    "10086",
    "流量 1.380123456789 兆",
    "No digits at all",
    "",
]


@pytest.mark.parametrize("number", PERSONAL)
@pytest.mark.parametrize("around", ["{}", "电话是{}，请回", "call {} now", "（{}）", "他{}她"])
def test_a_personal_number_leaves_nothing(number: str, around: str) -> None:
    assert mask(around.format(number)) == around.format(SIGN)


@pytest.mark.parametrize("text", HARMLESS)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text


def test_a_number_announced_as_a_paper_goes_whatever_its_form() -> None:
    assert mask("护照号：AB1234567 在门口") == f"护照号：{SIGN} 在门口"
    assert mask("身份证号123456789012345678") == f"身份证号{SIGN}"


def test_several_numbers_in_one_text() -> None:
    assert mask("13812345678 和 139 8765 4321，证 11010519491231002X") == f"{SIGN} 和 {SIGN}，证 {SIGN}"


def test_masking_again_changes_nothing() -> None:
    once = mask("他的电话13812345678，护照E12345678")
    assert mask(once) == once


@pytest.mark.parametrize("piece", ["1", "1 ", "0", "+", "13812345678", "一", "\0", "E1", "1-", "\u202e1", "护照", "😀"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    begun = time.perf_counter()
    mask(text)
    assert time.perf_counter() - begun < 2
