"""A committee's buildings as people type them (duty V2): 1号楼 24户, 2号楼 36户; on one line or several."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from workload.numerals import AmountProblem, read_amount, tidy

MOST_DWELLINGS = 2000  # of one building
MOST_BUILDINGS = 200  # of one committee
LONGEST = 20  # characters of what a building is called
_NUMERAL = "0-9〇零○一二两兩三四五六七八九十百千廿卅"
_PARTS = re.compile(r"[,;、。\n\r]+|(?<=[户戶])")
_BUILDING = re.compile(
    rf"(?P<called>.*?)[ :=—共有是]*(?P<amount>[{_NUMERAL}]+) *(?:户|戶|dwellings?|homes?|flats?|units?)?"
)
_GENERIC = {"", "building", "block", "tower", "house", "no", "no.", "number", "楼", "栋", "幢", "号楼", "第"}
_NO_AMOUNT = re.compile(r"(?:[-−+~≈.约約负負]|about|around)$")

Reason = Literal["unreadable", "no_call", "huge", "long", "twice", "none_there", "too_many"]


@dataclass(frozen=True, slots=True)
class Misread:
    """A part of what somebody typed that is not taken, and why."""

    part: str
    reason: Reason


def read_buildings(said: str, known: Sequence[str] = ()) -> tuple[dict[str, int], list[Misread]]:
    """Buildings with their counts.

    0 takes out one that is `known`. What cannot be read is left out and told; the rest is taken.
    """
    found: dict[str, int] = {}
    bad: list[Misread] = []
    for each in _PARTS.split(normalize("NFKC", said)):
        part = " ".join(each.split())
        if not part:
            continue
        try:
            called, dwellings = _building(part)
        except _Unread as unread:
            bad.append(Misread(part, unread.reason))
            continue
        if called in found:
            bad.append(Misread(part, "twice"))
        elif not dwellings and called not in known:
            bad.append(Misread(part, "none_there"))
        elif len({*known, *found, called}) > MOST_BUILDINGS:
            bad.append(Misread(part, "too_many"))
        else:
            found[called] = dwellings
    return found, bad


class _Unread(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def _building(part: str) -> tuple[str, int]:
    tidied = tidy(part)
    read = _BUILDING.fullmatch(tidied)
    if read is None or _NO_AMOUNT.search(read["called"]):
        raise _Unread("unreadable")
    if read["called"].strip() in _GENERIC:
        raise _Unread("no_call")
    try:
        dwellings = read_amount(read["amount"])
    except AmountProblem as problem:
        raise _Unread("huge" if problem.reason == "huge" else "unreadable") from problem
    if dwellings > MOST_DWELLINGS:
        raise _Unread("huge")
    called = part[: len(read["called"])].strip()  # as it was written, in capitals where it was
    if len(called) > LONGEST:
        raise _Unread("long")
    return called, dwellings
