"""What is counted in the weekly workload (duty W1): counts of work and hours, never of persons."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

MOST = 99_999  # the largest amount taken in one entry


class Item(StrEnum):
    """Visited are dwellings; taken, changed, cancelled and same_day are records of the register; hours are whole."""

    VISITED = "visited"
    TAKEN = "taken"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    SAME_DAY = "same_day"
    CERTIFICATE_CHECKS = "certificate_checks"
    SELF_CHECKS = "self_checks"
    REPORTS = "reports"
    HOURS = "hours"


RECORDS = (Item.TAKEN, Item.CHANGED, Item.CANCELLED)

# An item that was not entered, or a day of leave, is absent: it is never 0.
Figures = Mapping[Item, int]


def total(entries: Iterable[Figures]) -> dict[Item, int]:
    """The sum of entries and of corrections, which are differences: the same in whatever order they come."""
    sums: dict[Item, int] = {}
    for entry in entries:
        for item, amount in entry.items():
            sums[item] = sums.get(item, 0) + amount
    return sums


def difference(entered: Figures, wanted: Figures) -> dict[Item, int]:
    """The correction that makes `wanted` of what was entered; items which `wanted` does not name stay as they are.

    An item that is to be 0 and was not entered is in it as 0: somebody said so.
    """
    return {
        item: amount - entered.get(item, 0)
        for item, amount in wanted.items()
        if item not in entered or amount != entered[item]
    }
