"""The accuracy of ledgers: sums of samples, unknown without any, never more than all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.ledger import Sample, accuracy, reaches, together
from workload.rates import Verdict

SAMPLES = st.lists(st.integers(0, 99_999).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=9)


def test_a_large_sample_weighs_more_than_a_small_one() -> None:
    assert together([(1, 1), (5, 10)]) == (6, 11)
    assert together([]) == (0, 0)


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ((91, 100), Verdict.MET),
        ((909, 1000), Verdict.MISSED),
        ((0, 5), Verdict.MISSED),
        ((0, 0), Verdict.UNKNOWN),
    ],
)
def test_against_the_target(sample: Sample, expected: Verdict) -> None:
    assert reaches(sample) is expected


@given(SAMPLES)
def test_samples_together_lie_between_none_and_all(samples: list[Sample]) -> None:
    found = accuracy(together(samples))
    assert found is None or 0 <= found <= 1
    assert (found is None) == (not any(whole for _, whole in samples))
