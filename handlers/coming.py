"""What of the rooms is to come for somebody, or is overdue: lines of a list, each a tap away."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chat.messages import Button

AHEAD = timedelta(days=14)  # in a list


@dataclass(frozen=True, slots=True)
class Coming:
    """Something to which somebody goes, or whose result they owe: when, what the list says, and its button."""

    at: datetime
    is_late: bool
    line: str
    button: Button

    @property
    def order(self) -> tuple[bool, datetime]:
        """What is overdue first, then by time."""
        return not self.is_late, self.at
