"""The quality of a register as rates of counts, against their targets (duty W3)."""

from collections.abc import Sequence
from enum import StrEnum

RUNNING = 2  # months below target one after the other that bring it before officer and town office


class Quality(StrEnum):
    """Registration and accuracy of the register, coverage of the dwellings, records entered the same day."""

    REGISTRATION = "registration"
    ACCURACY = "accuracy"
    COVERAGE = "coverage"
    SAME_DAY = "same_day"


TARGETS = {Quality.REGISTRATION: 0.91, Quality.ACCURACY: 0.91, Quality.COVERAGE: 1.0, Quality.SAME_DAY: 1.0}


class Verdict(StrEnum):
    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"


def rate(part: int, whole: int) -> float | None:
    """The part of a whole, in [0, 1]; None where there is no whole. More than all of it is all of it."""
    return min(max(part, 0) / whole, 1.0) if whole > 0 else None


def percent(rate: float) -> float:
    """A rate to be shown, with one decimal: rounded down, so that nothing below target looks as if it met it."""
    return int(rate * 1000 + 1e-9) / 10


def verdict(rate: float | None, target: float) -> Verdict:
    """Whether a rate reaches its target. What is not known is not missed."""
    if rate is None:
        return Verdict.UNKNOWN
    return Verdict.MET if rate >= target else Verdict.MISSED


def months_below(verdicts: Sequence[Verdict]) -> int:
    """How many months up to the last one missed their target one after the other (oldest first; unknown ends it)."""
    below = 0
    for each in reversed(verdicts):
        if each is not Verdict.MISSED:
            break
        below += 1
    return below
