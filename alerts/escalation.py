"""Duty R1: an alert that nobody acknowledges goes on to the next step until a person takes it. Pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.roster import OnDuty


@dataclass(frozen=True, slots=True)
class Rules:
    """Minutes without acknowledgement before the deputy, before the town office, and between its reminders."""

    acknowledge_minutes: int = 5
    deputy_minutes: int = 10
    town_office_minutes: int = 10

    def wait(self, step: int) -> timedelta:
        minutes = (self.acknowledge_minutes, self.deputy_minutes, self.town_office_minutes)
        return timedelta(minutes=minutes[min(step, len(minutes) - 1)])

    @property
    def longest(self) -> timedelta:
        return max(self.wait(step) for step in range(3))


@dataclass(frozen=True, slots=True)
class Escalation:
    """What to do now: alert these people as step `step`, name the skipped, look again at `due_at`.

    `nobody` says that no step of the line has a reachable person: the reporter is to be told plainly.
    """

    step: int
    alert: tuple[OnDuty, ...]
    skipped: tuple[OnDuty, ...]
    due_at: datetime
    nobody: bool = False


def decide(line: Sequence[Sequence[OnDuty]], step: int, now: datetime, rules: Rules) -> Escalation:
    """Escalate to `step`, or to the first step after it where somebody can be reached (now: UTC).

    The last step repeats. Where it has nobody either, earlier steps are tried again, so that an alert with one
    reachable person anywhere always finds them.
    """
    last = len(line) - 1
    wanted = min(step, last)
    skipped: list[OnDuty] = []
    for candidate in [*range(wanted, last + 1), *range(wanted - 1, -1, -1)]:
        reachable = tuple(person for person in line[candidate] if person.reachable)
        if reachable:
            # After falling back to an earlier step the repetition goes on from the last one.
            reached = max(candidate, wanted)
            return Escalation(reached, reachable, tuple(skipped), now + rules.wait(reached))
        skipped.extend(line[candidate])
    return Escalation(last, (), tuple(skipped), now + rules.wait(last), nobody=True)
