"""A person's calendar as calendar programs subscribe to it (RFC 5545, RFC 7986): the same entries, the same bytes."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar

from exports.calendar_entry import PRODUCT, Entry, event

REFRESH = timedelta(hours=1)  # how often programs are asked to look again


def calendar_feed(entries: Iterable[Entry], title: str) -> bytes:
    """The calendar of this name."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{int(REFRESH.total_seconds())}S")
    for entry in sorted(entries, key=lambda entry: (entry.starts_at, entry.uid)):
        calendar.add_component(event(entry))
    return bytes(calendar.to_ical())
