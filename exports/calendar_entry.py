"""One occasion as a calendar program reads it (RFC 5545): a file that adds it, and later moves it."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

LENGTH = timedelta(hours=1)  # nobody is asked how long a meeting lasts


def calendar_entry(*, uid: str, title: str, where: str, starts_at: datetime, now: datetime, changes: int) -> bytes:
    """The file. Moments are aware. The same `uid` with more `changes` replaces what a program has of it."""
    event = Event()
    event.add("uid", uid)
    event.add("summary", title)
    if where:
        event.add("location", where)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + LENGTH)
    event.add("dtstamp", now)
    event.add("sequence", changes)
    calendar = Calendar()
    calendar.add("prodid", "-//Linli//Linli//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
