"""Receipt codes: easy to write down, hard to guess, and a slip of the hand is told from a wrong code."""

from hypothesis import given
from hypothesis import strategies as st

from models.receipt import LENGTH, SIGNS, is_whole, looks_like, named, new_code, plain

CODES = st.builds(new_code)
PLACES = st.integers(0, LENGTH - 1)


def test_signs_that_look_alike_are_not_used() -> None:
    assert not set("01ILO") & set(SIGNS)
    assert len(set(SIGNS)) == len(SIGNS) == 31


@given(CODES)
def test_a_code_is_whole_however_it_is_written(code: str) -> None:
    for written in (code, code.lower(), code.replace("-", ""), f" {code[:2]} {code[2:]} "):
        assert looks_like(written) and is_whole(written) and named(written) == named(code)


@given(CODES, PLACES, st.sampled_from(SIGNS))
def test_one_wrong_sign_is_seen(code: str, place: int, sign: str) -> None:
    whole = plain(code)
    assert is_whole(whole[:place] + sign + whole[place + 1 :]) == (whole[place] == sign)


@given(CODES, st.integers(0, LENGTH - 3))
def test_two_neighbours_that_changed_places_are_seen(code: str, place: int) -> None:
    whole = plain(code)
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    assert is_whole(swapped) == (swapped == whole)


def test_ten_thousand_codes_are_all_different() -> None:
    assert len({new_code() for _ in range(10_000)}) == 10_000


def test_ordinary_words_are_not_taken_for_codes() -> None:
    for words in ("everything", "门口有人打架了快来啊啊", "1234", "hello there", "two people fight", "13812345678"):
        assert not looks_like(words)
