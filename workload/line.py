"""A week's or a day's figures in one line (duty W1): names and amounts in any order. What is not plain is asked."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Literal, NoReturn

from workload.figures import Item
from workload.numerals import AMOUNT, PIECE, UNIT, AmountProblem, Reason, read_amount, tidy

LineReason = Literal["unknown", "twice", "no_figure", "no_item"] | Reason

_BETWEEN = " \t\r\n,，、;；。.|/:="
_BULLETS = "-–—•·*"
_WORD = re.compile(rf"[0-9]*[^0-9{_BETWEEN}]*")
_LIKE = re.compile(rf"[^\W\d_]{{1,12}}[ :]*(?:{AMOUNT.pattern})")
_LONGEST = 30  # signs of an unknown name that are shown
_NEAR = 0.4  # of 1: two names of two signs that share one are near


class LineProblem(ValueError):
    """What cannot be read: `name` as it was written or as it is known, and up to three known names near it."""

    def __init__(self, reason: LineReason, name: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(reason, name, nearest)
        self.reason: LineReason = reason
        self.name = name
        self.nearest = nearest


def is_meant(text: str, names: Mapping[str, Item]) -> bool:
    """Whether a text is meant as a line of figures, right or wrong: a known name, then nothing or an amount."""
    said = tidy(text)
    found = _pattern({"".join(tidy(name).split()): name for name in names}).match(said)
    rest = said[found.end() :].lstrip(_BETWEEN) if found else ""
    return found is not None and (not rest or bool(AMOUNT.match(rest)))


def may_be_meant(text: str) -> bool:
    """Whether a text begins as a line of figures does: a word, known or not, and an amount."""
    return bool(_LIKE.match(tidy(text)))


def read_line(text: str, names: Mapping[str, Item]) -> dict[Item, int]:
    """The figures of a line such as "visited 32, taken 11"; `names` are those of every language, with aliases.

    The longest known name goes first; separators and units may be left out. Raises LineProblem.
    """
    known = {"".join(tidy(name).split()): name for name in names}
    name_at = _pattern(known)
    figures: dict[Item, int] = {}
    rest = tidy(text)
    while rest := rest.lstrip(_BETWEEN + _BULLETS):
        found = name_at.match(rest)
        if not found:
            _raise_nameless(rest, name_at, names)
        name = known["".join(found[0].split())]
        said, rest = _amount(rest[found.end() :].lstrip(_BETWEEN), name_at)
        if not said:
            raise LineProblem("no_figure", name)
        if names[name] in figures:
            raise LineProblem("twice", name)
        try:
            figures[names[name]] = read_amount(said)
        except AmountProblem as problem:
            raise LineProblem(problem.reason, name) from problem
    if not figures:
        raise LineProblem("empty", "")
    return figures


def _pattern(known: Mapping[str, str]) -> re.Pattern[str]:
    """Every known name, the longest first; a name in Latin letters ends where the letters end."""
    spelled = (
        r"\s*".join(map(re.escape, name)) + ("(?![a-z])" if name[-1].isascii() and name[-1].isalpha() else "")
        for name in sorted(filter(None, known), key=len, reverse=True)
    )
    return re.compile("|".join(spelled) or "(?!)")


def _amount(rest: str, name_at: re.Pattern[str]) -> tuple[str, str]:
    """What is said of an amount at the beginning of `rest`, right or wrong, and what comes after it."""
    end = 0
    while True:
        unit = UNIT.match(rest, end) if end else None
        if unit and not _begins_item(rest, unit, name_at):
            end = unit.end()
        elif (piece := PIECE.match(rest, end)) and not name_at.match(rest, end):
            end = piece.end()
        else:
            return rest[:end].rstrip(), rest[end:]


def _begins_item(rest: str, unit: re.Match[str], name_at: re.Pattern[str]) -> bool:
    """Whether what looks like a unit is the name of the next item: it is longer, or has an amount of its own."""
    name = name_at.match(rest, unit.start("unit"))
    if not name:
        return False
    after = rest[name.end() :].lstrip(_BETWEEN)
    return name.end() > unit.end() or bool(AMOUNT.match(after) and not name_at.match(after))


def _raise_nameless(rest: str, name_at: re.Pattern[str], names: Mapping[str, Item]) -> NoReturn:
    said, after = _amount(rest, name_at)
    if said and (not after or after[0] in _BETWEEN + _BULLETS or name_at.match(after)):
        raise LineProblem("no_item", said)
    written = _WORD.match(rest)
    word = written[0][:_LONGEST] if written else ""
    raise LineProblem("unknown", word, _nearest(word, names))


def _nearest(word: str, names: Mapping[str, Item]) -> tuple[str, ...]:
    """Up to three names of different items, the nearest first."""
    likeness = {name: SequenceMatcher(None, word, tidy(name)).ratio() for name in names}
    near: dict[Item, str] = {}
    for name in sorted((n for n in names if likeness[n] >= _NEAR), key=lambda n: (-likeness[n], n)):
        near.setdefault(names[name], name)
    return tuple(near.values())[:3]
