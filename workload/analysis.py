"""The monthly analysis of a committee: its figures, its rates against their targets, and what changed (duties M3, W3).

Everything here is counts of work. What was not told is absent, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import ceil

from workload.comparison import against_last_year, expected
from workload.figures import RECORDS, Figures, Item
from workload.ledger import Sample, together
from workload.rates import TARGETS, Quality, Verdict, percent, rate, verdict


@dataclass(frozen=True, slots=True)
class Register:
    """What a cadre counted of a register in a month: dwellings in all and covered, records expected and present."""

    dwellings: int | None = None
    covered: int | None = None
    expected: int | None = None
    present: int | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A committee's month until its day `last`. `ledger` and `spot_checks`: right and sampled; `tips`: by kind."""

    first: date
    last: date
    days: int  # worked
    figures: Figures
    register: Register | None = None
    ledger: Sample = (0, 0)
    violations_filed: int = 0
    violations_closed: int = 0
    violations_open: int = 0  # at the end of `last`
    tips: Mapping[str, int] = field(default_factory=dict)
    spot_checks: Sample = (0, 0)


@dataclass(frozen=True, slots=True)
class LastYear:
    """The same month of the year before, whole: its days worked and its figures."""

    days: int
    figures: Figures


def shares(month: Month) -> dict[Quality, Sample]:
    """Each rate of a month as a part and its whole; one that cannot be known is absent."""
    register = month.register or Register()
    found: dict[Quality, tuple[int | None, int | None]] = {
        Quality.REGISTRATION: (register.present, register.expected),
        Quality.ACCURACY: together((month.ledger, month.spot_checks)),
        Quality.COVERAGE: (register.covered, register.dwellings),
        Quality.SAME_DAY: (month.figures.get(Item.SAME_DAY), records(month.figures)),
    }
    return {quality: (part, whole) for quality, (part, whole) in found.items() if part is not None and whole}


def records(figures: Figures) -> int:
    """How many records of the register were taken, changed and cancelled."""
    return sum(figures.get(item, 0) for item in RECORDS)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of the month: its part and whole, its verdict, and in percent; `missing` are percentage points."""

    quality: Quality
    part: int
    whole: int

    @property
    def percent(self) -> float:
        """With one decimal, rounded down; from 0 to 100."""
        found = rate(self.part, self.whole)
        assert found is not None  # `shares` has none without a whole
        return percent(found)

    @property
    def verdict(self) -> Verdict:
        return verdict(rate(self.part, self.whole), TARGETS[self.quality])

    @property
    def target(self) -> float:
        """In percent."""
        return percent(TARGETS[self.quality])

    @property
    def missing(self) -> float:
        """How far below its target it is; 0 where it is not."""
        return max(round(self.target - self.percent, 1), 0.0)


def rates(month: Month) -> dict[Quality, Rate]:
    """The rates of a month that can be known."""
    return {quality: Rate(quality, *share) for quality, share in shares(month).items()}


class Trend(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """What is known of two months: a rate in percent, or of VIOLATIONS how many are open, then and now."""

    what: Quality | None  # None: open violations
    before: float
    now: float

    @property
    def trend(self) -> Trend:
        """By what is shown: no sentence speaks of a change that nobody sees. Fewer open violations are better."""
        if self.before == self.now:
            return Trend.SAME
        return Trend.BETTER if (self.now > self.before) == (self.what is not None) else Trend.WORSE


def changes(month: Month, before: Month) -> list[Change]:
    """The rates known of both months, then the open violations."""
    now, then = rates(month), rates(before)
    both = [
        Change(quality, then[quality].percent, now[quality].percent)
        for quality in Quality
        if {quality} <= now.keys() & then.keys()
    ]
    return [*both, Change(None, before.violations_open, month.violations_open)]


@dataclass(frozen=True, slots=True)
class Compared:
    """An item beside the same month of last year, and the least that is not below it by days worked; None: unknown."""

    item: Item
    figure: int | None
    last_year: int | None
    least: int | None
    verdict: Verdict

    @property
    def short(self) -> int:
        """How much it is below last year; 0 where it is not."""
        return max((self.least or 0) - (self.figure or 0), 0) if self.verdict is Verdict.MISSED else 0


def compared(month: Month, last_year: LastYear) -> list[Compared]:
    """Each item beside last year's (duty W2)."""
    found = []
    for item in Item:
        figure, before = month.figures.get(item), last_year.figures.get(item)
        wanted = expected(before, last_year.days, month.days) if before is not None else None
        least = ceil(wanted) if wanted is not None else None
        found.append(Compared(item, figure, before, least, against_last_year(figure, wanted, month.days)))
    return found
