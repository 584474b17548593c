"""Duty V2: when the two of a spot check hear of it, when a month without one, or buildings, are asked about.

Pure decisions; all moments are UTC. The hours in which nobody hears anything are those of reminders.plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from chat.calendar import Calendar
from reminders.plan import (
    PUNCTUAL,
    Kind,
    Occasion,
    Rule,
    Settings,
    Told,
    heard_at,
    own,
    replan,
    sent_at,
)

# Whoever has not heard of it is told at once: there is no day for invitations.
RULES = (
    Rule(Kind.DAY_BEFORE, days=1, hour=time(17)),
    Rule(Kind.SOON, before=timedelta(hours=1)),
    Rule(Kind.START, exact=True),
)
_URGENT = (Kind.CANCELLED, Kind.MOVED, Kind.START, Kind.SOON, Kind.DAY_BEFORE, Kind.INVITATION)
ASK_HOUR = time(9, 30)
FIRST_ASKED = 5  # working days of the month that are left then, this one among them
CHASED = 3  # times that somebody is reminded of what is missing
ASKED_CADRE = 3  # times, before the officer is asked


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said now (None: nothing), whether something was `missed`, what has been dealt with, when to look again.

    `since`: all that was due before has been dealt with; `look_at` None: nothing more is to be said.
    """

    say: Kind | None
    missed: bool
    settled: Sequence[Kind]
    since: datetime
    look_at: datetime | None


def decide(
    occasion: Occasion, told: Told, since: datetime, now: datetime, calendar: Calendar, settings: Settings
) -> Decision:
    """What one of the two hears now, of all that has become due since a moment: the most urgent of it alone."""
    planned = [each for each in replan(occasion, told, since, RULES, calendar, settings) if not each.silent]
    settings = own(settings, told, calendar)
    coming = [reminder.at for reminder in planned if reminder.at > now]
    useful: list[Kind] = []
    missed: list[Kind] = []
    late: list[datetime] = []
    heard = heard_at(now, calendar, settings)
    for reminder in (each for each in planned if each.at <= now):
        at = sent_at(reminder, occasion, now, calendar, settings)
        if at is None and heard > now:
            late.append(heard)
        elif at is None:
            missed.append(reminder.kind)
        elif at > now:
            late.append(at)
        else:
            useful.append(reminder.kind)
    is_past = now > occasion.starts_at + PUNCTUAL
    look_at = min((*late, *coming), default=None) if late or not is_past else None
    say = min(useful, key=_URGENT.index, default=None)
    return Decision(say, bool(missed) and say is None, (*useful, *missed), since if late else now, look_at)


def chased_at(since: datetime, calendar: Calendar) -> datetime:
    """When somebody is reminded of what is still missing since then: on the next working day, at 9:30."""
    return calendar.at(calendar.next_working_day(since.astimezone(calendar.zone).date()), ASK_HOUR)


class Asked(StrEnum):
    """Who is asked to plan the month's check."""

    CADRE = "cadre"
    OFFICER = "officer"


def asked(now: datetime, calendar: Calendar) -> tuple[Asked, date] | None:
    """Who is asked on this day that a month's check is still to be planned; None: nobody (yet).

    From the fifth last working day of a month its cadre, on three of them, then once its officer; from 9:30 on.
    """
    there = now.astimezone(calendar.zone)
    today = there.date()
    if there.time() < ASK_HOUR or not calendar.is_working_day(today):
        return None
    left, day = 1, today
    while left <= FIRST_ASKED and (day := calendar.next_working_day(day)).month == today.month:
        left += 1
    step = FIRST_ASKED - left
    if not 0 <= step <= ASKED_CADRE:
        return None
    return (Asked.CADRE if step < ASKED_CADRE else Asked.OFFICER), today


def asked_for_buildings(last: date | None, now: datetime, calendar: Calendar) -> bool:
    """Whether a cadre whose committee has told no buildings is asked for them now: once a month, from the first morning
    on which the month's check would be asked for. `last`: the day on which they were asked of checks last."""
    found = asked(now, calendar)
    if found is None or found[0] is not Asked.CADRE:
        return False
    today = found[1]
    return last is None or (last.year, last.month) < (today.year, today.month)
