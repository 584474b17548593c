"""Duty V1: what is next for a request, which slot is offered, when it is late. Pure decisions; all moments are UTC.

Coordinator and cadre go together, at a slot that the applicant named; the committee decides within some working days.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from chat.calendar import Calendar
from reminders import plan
from reminders.plan import Kind

ROLES = ("coordinator", "cadre")  # who goes along
RULES = tuple(rule for rule in plan.RULES if rule.kind in (Kind.DAY_BEFORE, Kind.SOON))
HOURS = (time(9, 30), time(14, 30), time(19))  # offered of each day
DAYS = 4  # that are offered
EARLIEST, EVENING, LATEST = time(8), time(18), time(21)  # nobody is visited at night; on days off in the evening only
AHEAD = timedelta(hours=1)  # what is nearer cannot be kept
EARLY = timedelta(minutes=15)  # by so much a visit may begin before its time
OFFICER_FROM = 3  # working days late, with which the officer hears of it: two have gone by
MORNING = time(9)


class Step(StrEnum):
    """What a request waits for."""

    AGAIN = "again"  # the applicant, who is to name other slots
    TAKE = "take"  # somebody who goes along
    MARK = "mark"  # those who go, who are to say at which slots they can
    ANSWER = "answer"  # the applicant, to whom one slot is offered
    COMING = "coming"  # the time that all have agreed on
    THERE = "there"  # what is found on the spot
    DECIDE = "decide"  # the committee
    DONE = "done"


class Problem(StrEnum):
    """Why a slot will not do."""

    PAST = "past"
    FAR = "far"  # after the last day
    NIGHT = "night"
    OFF = "off"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as it is: `cans` are the numbers of the slots for each role that is taken; None: not said yet."""

    slots: Sequence[datetime] = ()
    cans: Mapping[str, Collection[int] | None] = field(default_factory=dict)
    passed_over: Collection[int] = ()
    starts_at: datetime | None = None
    found: bool = False
    decided: bool = False


def step(standing: Standing, now: datetime) -> Step:
    """What it waits for now."""
    if standing.decided:
        return Step.DONE
    if standing.found:
        return Step.DECIDE
    if standing.starts_at is not None:
        return Step.THERE if now >= standing.starts_at - EARLY else Step.COMING
    if not ahead(standing, now):
        return Step.AGAIN
    if len(standing.cans) < len(ROLES):
        return Step.TAKE
    if None in standing.cans.values():
        return Step.MARK
    return Step.AGAIN if offered(standing, now) is None else Step.ANSWER


def ahead(standing: Standing, now: datetime) -> list[int]:
    """The numbers of the slots that can still be kept, and that the applicant still wants; the earliest first."""
    open_ = [n for n, slot in enumerate(standing.slots) if n not in standing.passed_over and slot > now + AHEAD]
    return sorted(open_, key=lambda n: standing.slots[n])


def offered(standing: Standing, now: datetime) -> int | None:
    """The first slot at which everybody can; None where there is none, or not everybody has said so."""
    if len(standing.cans) < len(ROLES):
        return None
    cans = [can or () for can in standing.cans.values()]
    return next((n for n in ahead(standing, now) if all(n in can for can in cans)), None)


def slot_problem(
    slot: datetime, now: datetime, until: date, calendar: Calendar, others: Collection[datetime]
) -> Problem | None:
    """Why a slot cannot be named beside the others; None where it can. `until` is the last day."""
    there = slot.astimezone(calendar.zone)
    if slot <= now + AHEAD:
        return Problem.PAST
    if there.date() > until:
        return Problem.FAR
    if not EARLIEST <= there.time() <= LATEST:
        return Problem.NIGHT
    if there.time() < EVENING and not calendar.is_working_day(there.date()):
        return Problem.OFF
    return Problem.SAME if slot in others else None


def takes_more(waiting: Collection[datetime], most: int, now: datetime, calendar: Calendar) -> bool:
    """Whether a committee takes one more request today. `waiting` are the moments at which those were made of which
    nobody has taken a part yet; `most` of one day may wait so.

    What somebody takes does not count: a committee that keeps up is open to everybody. Nor does what is of an earlier
    day: whoever floods a committee closes it until midnight at most, and not until each of their requests has lapsed.
    """
    today = now.astimezone(calendar.zone).date()
    return sum(made_at.astimezone(calendar.zone).date() == today for made_at in waiting) < most


def offers(now: datetime, until: date, calendar: Calendar, taken: Collection[datetime]) -> list[datetime]:
    """Morning, afternoon and evening of the next working days, but for what is taken."""
    found: list[datetime] = []
    day = calendar.next_working_day(now.astimezone(calendar.zone).date())
    for _ in range(DAYS):
        if day <= until:
            found += [calendar.at(day, hour) for hour in HOURS]
        day = calendar.next_working_day(day)
    return [slot for slot in found if slot not in taken]


def late_days(due: date, now: datetime, calendar: Calendar) -> int:
    """How many working days have begun since the last day that was allowed; 0: it is not late."""
    today, count, day = now.astimezone(calendar.zone).date(), 0, calendar.next_working_day(due)
    while day <= today:
        count, day = count + 1, calendar.next_working_day(day)
    return count


def has_lapsed(due: date, today: date, kept: int) -> bool:
    """Whether a request that waits for its applicant is given up: so many days after it should have been decided."""
    return today > due + timedelta(days=kept)


def look_at(standing: Standing, due: date, now: datetime, calendar: Calendar) -> datetime | None:
    """When time alone changes something next: a slot passes that was offered, or the last one; or it is late."""
    if standing.decided:
        return None
    looks = [_next_late_morning(due, now, calendar)]
    if standing.starts_at is None and (left := ahead(standing, now)):
        chosen = offered(standing, now)
        looks.append(standing.slots[left[-1] if chosen is None else chosen] - AHEAD)
    return min(looks)


def _next_late_morning(due: date, now: datetime, calendar: Calendar) -> datetime:
    """The next working morning from now on at which it is late."""
    today = now.astimezone(calendar.zone).date()
    day = calendar.next_working_day(max(due, today - timedelta(days=1)))
    morning = calendar.at(day, MORNING)
    return morning if morning > now else calendar.at(calendar.next_working_day(day), MORNING)


def may_be_found(outcome: str, *, spoke: bool, witnessed: bool) -> bool:
    """Whether this may be said of a visit: confirmed only after talks with applicant and committee or neighbours."""
    return outcome != "confirmed" or (spoke and witnessed)
