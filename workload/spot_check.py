"""The monthly spot check of dwellings (duty V2): how many, drawn by chance, and whether its counts add up.

Dwellings are numbers from 1 within a building; nothing here knows who lives there (scope.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from random import Random

LEAST, MOST, PART = 10, 50, 20  # of a sample: at least, at most, one dwelling in so many
SIZES = (10, 15, 20, 30, 40, 50)

Drawn = list[tuple[str, list[int]]]  # what a building is called, and the numbers of its dwellings


def default_size(dwellings: int) -> int:
    """How many dwellings are checked where nobody says otherwise: one in twenty, within bounds; never more than all."""
    return min(dwellings, max(LEAST, min(MOST, -(-dwellings // PART))))


def sizes(dwellings: int) -> list[int]:
    """The sizes to choose from, the default first."""
    first = default_size(dwellings)
    return [first, *(size for size in SIZES if size != first and size <= dwellings)]


def divided(counts: Sequence[int], size: int, random: Random) -> list[int]:
    """How many dwellings of each building: its part of `size` by its count, rounded up or down by chance.

    Systematic sampling: every dwelling has the same chance, also of buildings too small for a whole one of their own.
    Raises ValueError for more than there are.
    """
    whole = sum(counts)
    if not 0 < size <= whole or min(counts) < 0:
        raise ValueError(f"{size} of {whole} dwellings cannot be drawn")
    start, passed, sums = random.randrange(whole), 0, [0]
    for count in counts:
        passed += count
        sums.append((passed * size + start) // whole)
    return [upto - before for before, upto in pairwise(sums)]


def draw(buildings: Sequence[tuple[str, int]], size: int, random: Random) -> Drawn:
    """Dwellings drawn by chance, none twice, in the order of the route: buildings as listed, numbers ascending."""
    shares = divided([count for _, count in buildings], size, random)
    return [
        (called, sorted(random.sample(range(1, count + 1), share)))
        for (called, count), share in zip(buildings, shares, strict=True)
        if share
    ]


class Outcome(StrEnum):
    """What was found at a dwelling: the register is right, or what is wrong in it; or nobody was there."""

    CORRECT = "correct"
    LATE = "late"
    NOT_CANCELLED = "not_cancelled"
    WRONG = "wrong"
    NOBODY = "nobody"


class Doubt(StrEnum):
    """What does not add up: seen and nobody there to the dwellings drawn, right and wrong to those seen."""

    DRAWN = "drawn"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a check, of dwellings all of them."""

    seen: int = 0
    correct: int = 0
    late: int = 0
    not_cancelled: int = 0
    wrong: int = 0
    nobody: int = 0

    @property
    def faults(self) -> int:
        return self.late + self.not_cancelled + self.wrong

    @property
    def is_begun(self) -> bool:
        """Whether anything was counted yet."""
        return bool(self.seen or self.correct or self.faults or self.nobody)

    def doubts(self, size: int) -> list[Doubt]:
        """What does not add up; it is asked, never refused."""
        found = [Doubt.DRAWN] if self.seen + self.nobody != size else []
        return [*found, Doubt.SEEN] if self.correct + self.faults != self.seen else found
