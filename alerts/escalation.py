"""Duties R1–R3: an alert that nobody acknowledges goes on to the next step until a person takes it. Pure decisions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from alerts.roster import OnDuty


class TimeLimits(Protocol):
    """How long a step may take until the next one is called."""

    @property
    def longest(self) -> timedelta:
        """No step takes longer: a later one says that the clock was set back."""

    def until(self, step: int, now: datetime) -> datetime:
        """When the next step is due (UTC), if this one begins now."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Duty R1: minutes without acknowledgement before the deputy, before the town office, and between its reminders."""

    acknowledge_minutes: int = 5
    deputy_minutes: int = 10
    town_office_minutes: int = 10

    def wait(self, step: int) -> timedelta:
        minutes = (self.acknowledge_minutes, self.deputy_minutes, self.town_office_minutes)
        return timedelta(minutes=minutes[min(step, len(minutes) - 1)])

    @property
    def longest(self) -> timedelta:
        return max(self.wait(step) for step in range(3))

    def until(self, step: int, now: datetime) -> datetime:
        return now + self.wait(step)


@dataclass(frozen=True, slots=True)
class OneWorkingDay:
    """Duties R2 and R3: whoever is called has until the same hour of the next working day of the house's zone."""

    zone: ZoneInfo
    next_working_day: Callable[[date], date]

    @property
    def longest(self) -> timedelta:
        return timedelta(days=16)  # no holiday of China's calendar lasts as long

    def until(self, step: int, now: datetime) -> datetime:
        there = now.astimezone(self.zone)
        return datetime.combine(self.next_working_day(there.date()), there.timetz()).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Escalation:
    """What to do now: alert these people as step `step`, name the skipped, look again at `due_at`.

    Skipped is a step where nobody can be reached, or where all who can be are on leave.

    `nobody` says that no step of the line has a reachable person: the reporter is to be told plainly.
    """

    step: int
    alert: tuple[OnDuty, ...]
    skipped: tuple[OnDuty, ...]
    due_at: datetime
    nobody: bool = False


def decide(line: Sequence[Sequence[OnDuty]], step: int, now: datetime, limits: TimeLimits) -> Escalation:
    """Escalate to `step`, or to the first step after it where somebody can be reached (now: UTC).

    The last step repeats. Where it has nobody either, earlier steps are tried again, so that an alert with one
    reachable person anywhere always finds them. Who is on leave is passed over likewise, as long as anybody else can
    be reached; where everybody reachable is on leave, they are alerted all the same.
    """
    last = len(line) - 1
    wanted = min(step, last)
    anybody = any(person.is_there for people in line for person in people)
    skipped: list[OnDuty] = []
    for candidate in [*range(wanted, last + 1), *range(wanted - 1, -1, -1)]:
        found = tuple(person for person in line[candidate] if (person.is_there if anybody else person.reachable))
        if found:
            # After falling back to an earlier step the repetition goes on from the last one.
            reached = max(candidate, wanted)
            return Escalation(reached, found, tuple(skipped), limits.until(reached, now))
        skipped.extend(line[candidate])
    return Escalation(last, (), tuple(skipped), limits.until(last, now), nobody=True)
