"""Rates of the register against their targets."""

from hypothesis import given
from hypothesis import strategies as st

from workload.rates import RUNNING, TARGETS, Quality, Verdict, months_below, percent, rate, verdict

MET, MISSED, UNKNOWN = Verdict.MET, Verdict.MISSED, Verdict.UNKNOWN
COUNTS = st.integers(-5, 99_999)


@given(COUNTS, COUNTS)
def test_a_rate_never_exceeds_one_and_nothing_is_divided_by_zero(part: int, whole: int) -> None:
    found = rate(part, whole)
    assert (found is None) == (whole <= 0)
    assert found is None or 0 <= found <= 1


@given(st.integers(0, 99_999), st.integers(1, 99_999))
def test_the_verdict_is_that_of_whole_numbers(part: int, whole: int) -> None:
    assert verdict(rate(part, whole), TARGETS[Quality.ACCURACY]) == (MET if part * 100 >= whole * 91 else MISSED)
    assert verdict(rate(part, whole), TARGETS[Quality.SAME_DAY]) == (MET if part >= whole else MISSED)


@given(st.integers(0, 9999), st.integers(1, 9999), st.sampled_from(Quality))
def test_what_is_shown_never_looks_better_than_it_is(part: int, whole: int, quality: Quality) -> None:
    found = rate(part, whole)
    assert found is not None
    assert (percent(found) >= TARGETS[quality] * 100) == (verdict(found, TARGETS[quality]) is MET)


def test_targets_and_verdicts() -> None:
    assert TARGETS == {"registration": 0.91, "accuracy": 0.91, "coverage": 1, "same_day": 1}
    assert rate(1, 4) == 0.25
    assert rate(5, 4) == 1
    assert verdict(None, 0.91) is UNKNOWN
    assert (percent(0.91), percent(1.0), percent(9999 / 10_000), percent(0.57)) == (91.0, 100.0, 99.9, 57.0)


def test_two_months_running() -> None:
    assert months_below([]) == 0
    assert months_below([MISSED, MET]) == 0
    assert months_below([MET, MISSED]) == 1 < RUNNING
    assert months_below([MISSED, MET, MISSED, MISSED]) == 2 == RUNNING
    assert months_below([MISSED, UNKNOWN, MISSED]) == 1  # not one after the other
    assert months_below([MISSED, MISSED, UNKNOWN]) == 0
