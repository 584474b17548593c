"""Duty P1: the days of an area plan, and when who hears of what. Pure decisions; all moments are UTC, days local.

Each thing that is due has its moments; of each a person hears once, the latest of several that have come. Nobody hears
anything in their quiet hours or on a day off. What was slept through is not made up for. Whoever has leave is
planned for by a calendar without its days.
"""

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from chat.calendar import Calendar
from reminders import plan
from reminders.plan import Kind, Occasion, Rule, Settings, Told, heard_at

BEFORE_HOUR = time(17)
MORNING = time(9, 30)
LEAD_AFTER, OFFICER_AFTER = 3, 5  # working days that a measure is late before these hear of it, too
MONTHS = 2  # from the officer's word to the acceptance
AHEAD = timedelta(days=7)  # the acceptance is told of so long before
WEEK = timedelta(days=7)
_INSPECTION = (Rule(Kind.DAY_BEFORE, days=1, hour=BEFORE_HOUR), Rule(Kind.SOON, before=timedelta(hours=1)))


class Step(StrEnum):
    """What is said."""

    PROPOSED = "proposed"  # it waits for the officer's word
    LEAD = "lead"  # nobody leads it
    RHYTHM = "rhythm"  # it is not said when it is inspected
    MEASURE_NEW = "measure_new"
    MEASURE_ORPHANED = "measure_orphaned"  # its owner is not there any more
    MEASURE_BEFORE = "measure_before"
    MEASURE_LATE = "measure_late"
    INSPECTION_BEFORE = "inspection_before"
    INSPECTION_SOON = "inspection_soon"
    INSPECTION_UNTOLD = "inspection_untold"  # it is over, and nobody has told its result
    INSPECTION_MOVED = "inspection_moved"
    INSPECTION_CANCELLED = "inspection_cancelled"  # the plan has ended before it
    REVIEW = "review"
    ACCEPTANCE_SOON = "acceptance_soon"
    ACCEPTANCE_LATE = "acceptance_late"


class Part(StrEnum):
    """As what somebody hears of a measure."""

    OWNER = "owner"
    HEIR = "heir"  # in place of an owner who has left
    LEAD = "lead"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Due:
    """A moment of the plan; after `until` it would come too late (None: never)."""

    at: datetime
    step: Step
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said now (None: nothing), the moment that has been heard of then, when to look again (None: never)."""

    step: Step | None
    told_at: datetime | None
    look_at: datetime | None


def decide(
    planned: Sequence[Due], told_at: datetime | None, now: datetime, calendar: Calendar, settings: Settings
) -> Decision:
    """What somebody who heard of the moment `told_at` last hears now of one thing."""
    coming = min((due.at for due in planned if due.at > now), default=None)
    come = [due for due in planned if due.at <= now and (told_at is None or due.at > told_at)]
    if not come:
        return Decision(None, told_at, coming)
    heard = max(due.at for due in come)
    useful = [due for due in come if due.until is None or now < due.until]
    if not useful:
        return Decision(None, heard, coming)
    allowed = heard_at(now, calendar, settings)
    if allowed > now:
        return Decision(None, told_at, min(allowed, coming) if coming else allowed)
    return Decision(max(useful, key=lambda due: due.at).step, heard, coming)


def daily(first: date, step: Step, now: datetime, calendar: Calendar) -> list[Due]:
    """Something that is said each working morning from this day on: the last time up to now, and the next."""
    today = now.astimezone(calendar.zone).date()
    start = max(first, today)
    coming = calendar.working_day_from(start)
    if calendar.at(coming, MORNING) <= now:
        last, coming = coming, calendar.next_working_day(coming)
    else:
        last = calendar.working_day_before(coming)
    return [Due(calendar.at(day, MORNING), step) for day in (last, coming) if day >= first]


def measure(day: date, made_at: datetime, part: Part, now: datetime, calendar: Calendar) -> list[Due]:
    """A measure that is to be done until `day`.

    Its owner hears of it when it is new, on the working day before, and on each one after `day`; whoever leads the
    plan from the third one on that it is late, the officer from the fifth.
    """
    if part in (Part.LEAD, Part.OFFICER):
        after = LEAD_AFTER if part is Part.LEAD else OFFICER_AFTER
        return daily(calendar.working_day_after(day, after), Step.MEASURE_LATE, now, calendar)
    before = calendar.at(calendar.working_day_before(day), BEFORE_HOUR)
    owned = part is Part.OWNER
    first = Due(made_at, Step.MEASURE_NEW if owned else Step.MEASURE_ORPHANED)
    ends = calendar.at(day + timedelta(days=1), time()) if owned else None
    soon = [Due(before, Step.MEASURE_BEFORE if owned else Step.MEASURE_ORPHANED, ends)] if before > made_at else []
    return [first, *soon, *daily(day + timedelta(days=1), Step.MEASURE_LATE, now, calendar)]


def inspection(starts_at: datetime, now: datetime, calendar: Calendar, settings: Settings) -> list[Due]:
    """An inspection without a result: the working day before, an hour before, each working morning after."""
    steps = {Kind.DAY_BEFORE: Step.INSPECTION_BEFORE, Kind.SOON: Step.INSPECTION_SOON}
    found = plan.plan(Occasion(starts_at), _INSPECTION, calendar, settings)
    after = calendar.next_working_day(starts_at.astimezone(calendar.zone).date())
    untold = daily(after, Step.INSPECTION_UNTOLD, now, calendar)
    return [*(Due(reminder.at, steps[reminder.kind], starts_at) for reminder in found), *untold]


def corrected(
    known: datetime, starts_at: datetime | None, now: datetime, calendar: Calendar, settings: Settings
) -> Decision | None:
    """What somebody who was told that an inspection begins at `known` hears of its being otherwise: it begins at
    `starts_at` (and that is the moment they have heard of then), or does not take place (None).

    In hours in which they may hear it, or at once where it would be missed. None: what they were told holds, or it is
    too late to correct it.
    """
    if starts_at is None:
        occasion, step = Occasion(known, cancelled=True), Step.INSPECTION_CANCELLED
    elif starts_at == known or starts_at <= now:
        return None
    else:
        occasion, step = Occasion(starts_at), Step.INSPECTION_MOVED
    correction = next(iter(plan.replan(occasion, Told(known), now, (), calendar, settings)), None)
    if correction is None:
        return None
    if correction.at > now:
        return Decision(None, known, correction.at)
    return Decision(step, starts_at, None)


def acceptance(deadline: date, now: datetime, calendar: Calendar) -> list[Due]:
    """The acceptance: a week before, and each working morning after its day."""
    soon = calendar.working_day_from(deadline - AHEAD)
    late = daily(deadline + timedelta(days=1), Step.ACCEPTANCE_LATE, now, calendar)
    return [Due(calendar.at(soon, MORNING), Step.ACCEPTANCE_SOON), *late]


def months_after(day: date, count: int, calendar: Calendar) -> date:
    """The same day so many months later, the last of a shorter month; on a day off, the next working day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return calendar.working_day_from(date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1])))


def held_on(monday: date, weekday: int, calendar: Calendar) -> date | None:
    """The day of a week on which a place is inspected: its weekday (Monday is 0), where that is a day off the next
    working day of the same week, else the last before it; None for a week without any."""
    week = [monday + timedelta(days=n) for n in range(7)]
    open_days = [day for day in (*week[weekday:], *reversed(week[:weekday])) if calendar.is_working_day(day)]
    return open_days[0] if open_days else None


def next_inspection(
    after: date | None, weekday: int, at: time, now: datetime, calendar: Calendar
) -> tuple[date, datetime]:
    """The Monday of the next week with an inspection still to come, and when that begins.

    `after` is the Monday of the last one that was held or missed; None where there was none.
    """
    today = now.astimezone(calendar.zone).date()
    monday = today - timedelta(days=today.weekday())
    if after is not None:
        monday = max(monday, after + WEEK)
    while True:
        day = held_on(monday, weekday, calendar)
        if day is not None and (starts_at := calendar.at(day, at)) > now:
            return monday, starts_at
        monday += WEEK


def is_late(day: date, today: date) -> bool:
    """Whether what was to be done until `day` is late."""
    return today > day
