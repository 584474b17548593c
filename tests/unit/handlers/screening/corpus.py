"""The lines on which the screening is measured: label, ground, language and text, in `corpus.tsv`."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handlers.screening.screening import screen


@dataclass(frozen=True, slots=True)
class Line:
    """A text somebody might send, and whether it must be stopped (then also on which ground)."""

    label: str
    ground: str
    language: str
    text: str

    @property
    def is_held_out(self) -> bool:
        """Whether the line is among the three in ten on which a change of the rules is measured, not made.

        Their author has seen them all the same: only lines of somebody else tell how well the unseen is judged.
        """
        return hashlib.sha256(self.text.encode()).digest()[0] % 10 < 3


CORPUS = [Line(*line.split("\t")) for line in Path(__file__).with_name("corpus.tsv").read_text("utf-8").splitlines()]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the screening made of some lines."""

    stopped: list[Line]
    passed: list[Line]

    @property
    def missed(self) -> list[Line]:
        return [line for line in self.passed if line.label == "stop"]

    @property
    def wronged(self) -> list[Line]:
        return [line for line in self.stopped if line.label == "pass"]

    @property
    def recall(self) -> float:
        """The share of the lines to stop that were stopped."""
        rightly = len(self.stopped) - len(self.wronged)
        return rightly / (rightly + len(self.missed))

    @property
    def precision(self) -> float:
        """The share of the stopped lines that had to be."""
        return 1 - len(self.wronged) / len(self.stopped)

    @property
    def good_stopped(self) -> float:
        """The share of the good lines that were stopped."""
        return len(self.wronged) / (len(self.wronged) + len(self.passed) - len(self.missed))


def judged(lines: Sequence[Line]) -> Judged:
    verdicts = [(line, screen(line.text) is not None) for line in lines]
    return Judged([line for line, stops in verdicts if stops], [line for line, stops in verdicts if not stops])
