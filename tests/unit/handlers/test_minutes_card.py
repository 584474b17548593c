"""The card of minutes fits into one message, whatever was said."""

import pytest

from handlers.meetings.minutes_card import MOST, lines

POINT = {"kind": "difficulty", "heading": "长" * 120, "who": "李敏", "words": "长" * 500, "photos": [1]}
LONG = {
    "there": ["李敏"] * 300,
    "absent": [],
    "stand_ins": [["王警官", "长" * 40]] * 300,
    "points": [POINT] * 40,
    "items": [{"words": "长" * 120, "who": "李敏", "day": "2026-12-01"}] * 40,
    "noted": [{"point": 1, "who": "李敏", "words": "长" * 500}] * 40,
}


@pytest.mark.parametrize(("language", "last"), [("zh", "……其余在文件里。"), ("en", "… the rest is in the document.")])
def test_a_long_one_is_cut_and_says_so(language: str, last: str) -> None:
    told = lines(LONG, language)
    assert len("\n".join(told)) <= MOST + len(last) + 1
    assert told[-1] == last


def test_a_short_one_is_whole() -> None:
    short = LONG | {"there": ["李敏"], "stand_ins": [], "points": [POINT], "items": [], "noted": []}
    assert lines(short, "zh") == [
        "到会 1 人：李敏",
        "",
        f"1. 困难：{'长' * 120}（李敏）",
        f"→ {'长' * 120}…",
        "照片 1 张",
    ]
