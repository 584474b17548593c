"""The five items a coordinator carries on duty, and how often they were checked and complete (duty W5)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kit(StrEnum):
    BADGE = "badge"
    REGISTER = "register"
    FORMS = "forms"
    CONTACT_CARDS = "contact_cards"
    CAMERA = "camera"


@dataclass(frozen=True, slots=True)
class Check:
    """Which items a person had there on a day, by their own word or, `spot`, at a cadre's spot check."""

    person: int
    day: date
    spot: bool
    there: Collection[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """Own checks on the `days` that people are at work, those with all five, and the same of spot checks."""

    checked: int
    complete: int
    days: int
    spot: int
    spot_complete: int


def toggled(there: Collection[str], item: Kit) -> list[str]:
    """The items that are there once one of them is ticked or unticked, in their order."""
    return [each.value for each in Kit if (each.value in there) != (each == item)]


def is_complete(there: Collection[str]) -> bool:
    """Whether all five are there."""
    return set(Kit) <= set(there)


def count(checks: Iterable[Check], at_work: Mapping[int, Collection[date]]) -> Counts:
    """The counts of people by the days they are at work; own checks on another day are none of these."""
    found = list(checks)
    own = [each for each in found if not each.spot and each.day in at_work.get(each.person, ())]
    spot = [each for each in found if each.spot]
    complete, spot_complete = (sum(is_complete(each.there) for each in some) for some in (own, spot))
    return Counts(len(own), complete, sum(map(len, at_work.values())), len(spot), spot_complete)
