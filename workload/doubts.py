"""What does not fit together in a week's figures (duty W1): it is asked, not refused; a reason may keep it."""

from dataclasses import dataclass
from enum import StrEnum

from workload.figures import RECORDS, Figures, Item

DWELLINGS_A_DAY = 300
HOURS_A_DAY = 14
TIMES = 3  # a third or less of last week, or three times last week
FEW = 10  # smaller figures come and go: below it last week's are not compared

# Certificate checks, self-checks and reports come as they come.
MATTERS = (Item.VISITED, Item.TAKEN, Item.CHANGED, Item.CANCELLED, Item.HOURS)


class Reason(StrEnum):
    SAME_DAY = "same_day"  # more entered the same day than taken, changed and cancelled
    NO_VISIT = "no_visit"  # records without a visit
    MANY_A_DAY = "many_a_day"
    LONG_DAYS = "long_days"
    FELL = "fell"
    ROSE = "rose"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure, and what stands beside it: what it must not exceed, last week's, or the records (None: not entered)."""

    reason: Reason
    item: Item
    figure: int | None
    beside: int


def doubts(figures: Figures, last_week: Figures, days: int, last_days: int | None = None) -> list[Doubt]:
    """What to ask about a week of `days` working days; last week's is scaled to it by its own (None: as many)."""
    found = []
    records = sum(figures.get(item, 0) for item in RECORDS)
    if figures.get(Item.SAME_DAY, 0) > records:
        found.append(Doubt(Reason.SAME_DAY, Item.SAME_DAY, figures[Item.SAME_DAY], records))
    if records > 0 and not figures.get(Item.VISITED):
        found.append(Doubt(Reason.NO_VISIT, Item.VISITED, figures.get(Item.VISITED), records))
    limits = (
        (Reason.MANY_A_DAY, Item.VISITED, DWELLINGS_A_DAY * days),
        (Reason.LONG_DAYS, Item.HOURS, HOURS_A_DAY * days),
    )
    found += [
        Doubt(reason, item, figures[item], limit) for reason, item, limit in limits if figures.get(item, 0) > limit
    ]
    return found + _beside_last_week(figures, last_week, days, days if last_days is None else last_days)


def is_plausible(figures: Figures, last_week: Figures, days: int, last_days: int | None = None) -> bool:
    """Nothing in these figures is to be asked about."""
    return not doubts(figures, last_week, days, last_days)


def _beside_last_week(figures: Figures, last_week: Figures, days: int, last_days: int) -> list[Doubt]:
    found: list[Doubt] = []
    if not days or not last_days:
        return found
    for item, figure in figures.items():
        before = last_week.get(item)
        if before is None or max(figure, before) < FEW:
            continue
        now, then = figure * last_days, before * days
        if item in MATTERS and now * TIMES <= then:
            found.append(Doubt(Reason.FELL, item, figure, before))
        elif now >= then * TIMES:
            found.append(Doubt(Reason.ROSE, item, figure, before))
    return found
