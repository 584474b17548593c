"""When a committee's monthly analysis is asked about and sent: before its monthly meeting (duties M3, M2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from chat.calendar import Calendar
from workload.sweep import AFTERNOON, MORNING, opens
from workload.weeks import Month

USUAL = 5  # the working day of the month on which a committee meets unless it says otherwise
CHOICES = (4, 5, 6, 7, 8, 10, 12, 15)  # not earlier: what is asked before belongs into the month that is looked at
ASKED_AHEAD, SENT_AHEAD = 3, 2  # working days before the meeting


class Kind(StrEnum):
    """Counts and words are asked for, reminded of, and the analysis is sent."""

    ASKED = "asked"
    REMINDED = "reminded"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done now, and when to look again (None: nothing is left to come)."""

    send: Kind | None
    look_again: datetime | None


def after(month: Month) -> Month:
    """The month after one."""
    year, number = month
    return (year, number + 1) if number < 12 else (year + 1, 1)


def before(month: Month) -> Month:
    """The month before one."""
    year, number = month
    return (year, number - 1) if number > 1 else (year - 1, 12)


def _worked(month: Month, calendar: Calendar) -> list[date]:
    """The working days of a month."""
    first, end = date(*month, 1), date(*after(month), 1)
    days = (first + timedelta(days=n) for n in range((end - first).days))
    return [day for day in days if calendar.is_working_day(day)]


def meeting(month: Month, nth: int, calendar: Calendar) -> date:
    """The day on which a committee meets about a month: the n-th working day of the next one, or its last."""
    days = _worked(after(month), calendar)
    return days[min(nth, len(days)) - 1]


def moments(month: Month, nth: int, calendar: Calendar) -> dict[Kind, datetime]:
    """When each has its time, in order."""
    days = _worked(after(month), calendar)
    place = min(nth, len(days)) - 1
    asked, sent = (days[max(place - ahead, 0)] for ahead in (ASKED_AHEAD, SENT_AHEAD))
    return {
        Kind.ASKED: calendar.at(asked, MORNING),
        Kind.REMINDED: calendar.at(sent, MORNING),
        Kind.SENT: calendar.at(sent, AFTERNOON),
    }


def in_question(today: date, nth: int, calendar: Calendar) -> Month:
    """The month that a committee works at: the last one until the meeting about it is over, then the present one."""
    this = today.year, today.month
    return before(this) if today <= meeting(before(this), nth, calendar) else this


def decide(month: Month, nth: int, told: bool, sent: Collection[str], now: datetime, calendar: Calendar) -> Decision:
    """What to do about a month now (an aware time). Of what was slept through only the last is done.

    Nobody is asked for what they have `told`. What is late waits for the morning of a working day, and is left out once
    the next month has its turn.
    """
    end = calendar.at(date(*after(after(month)), 1), MORNING)
    if Kind.SENT in sent or now >= end:
        return Decision(None, None)
    times = moments(month, nth, calendar)
    coming = [at for at in times.values() if at > now]
    ready = [kind for kind, at in times.items() if at <= now][-1:]
    send = next((kind for kind in ready if kind not in sent and not (told and kind is not Kind.SENT)), None)
    at = opens(now, calendar)
    if send and at > now:
        return Decision(None, min([at, *coming]))
    return Decision(send, min(coming, default=None))
