"""One occasion as a calendar program reads it (RFC 5545): a file that adds it, and later moves it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event

LENGTH = timedelta(hours=1)  # nobody is asked how long a meeting lasts
PRODUCT = "-//Linli//Linli//ZH"


class Status(StrEnum):
    """How certain it is."""

    TENTATIVE = "TENTATIVE"  # not answered yet
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a calendar. Moments are aware; they are written in UTC, which every program turns into its own.

    The same `uid` with a higher `sequence` replaces what a program has of it; `changed_at`: when that was last so.
    """

    uid: str
    title: str
    where: str
    starts_at: datetime
    changed_at: datetime
    sequence: int
    status: Status = Status.CONFIRMED


def event(entry: Entry) -> Event:
    """The entry as the component of a calendar."""
    made = Event()
    made.add("uid", entry.uid)
    made.add("summary", entry.title)
    if entry.where:
        made.add("location", entry.where)
    made.add("dtstart", entry.starts_at.astimezone(UTC))
    made.add("dtend", entry.starts_at.astimezone(UTC) + LENGTH)
    made.add("dtstamp", entry.changed_at)  # not the time of the file: the same calendar is the same bytes
    made.add("last-modified", entry.changed_at)
    made.add("sequence", entry.sequence)
    made.add("status", entry.status.value)
    return made


def calendar_entry(entry: Entry) -> bytes:
    """A file with this entry alone."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event(entry))
    return bytes(calendar.to_ical())
