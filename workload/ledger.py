"""The monthly check of a coordinator's ledger: how much of the samples was right (duty W7)."""

from collections.abc import Iterable

from workload.rates import TARGETS, Quality, Verdict, rate, verdict

TARGET = TARGETS[Quality.ACCURACY]
Sample = tuple[int, int]  # right, of how many


def together(samples: Iterable[Sample]) -> Sample:
    """Several samples as one: their sums, so that a large one weighs more than a small one."""
    found = list(samples)
    return sum(right for right, _ in found), sum(whole for _, whole in found)


def accuracy(sample: Sample) -> float | None:
    """The part of a sample that was right; None where none was taken."""
    return rate(*sample)


def reaches(sample: Sample) -> Verdict:
    """Whether a sample is as accurate as it is to be."""
    return verdict(accuracy(sample), TARGET)
