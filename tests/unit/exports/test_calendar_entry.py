"""The file of a meeting, read back by icalendar."""

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from exports.calendar_entry import LENGTH, Entry, calendar_entry

START = datetime(2026, 11, 27, 6, tzinfo=UTC)


def test_what_a_calendar_program_reads() -> None:
    title = "会议，南苑社区; 每周五\n14:00" + "长" * 80
    entry = Entry(uid="m1@linli", title=title, where="警务室", starts_at=START, changed_at=START, sequence=3)
    made = calendar_entry(entry)
    calendar = Calendar.from_ical(made)
    (event,) = calendar.walk("VEVENT")
    read: dict[str, Any] = {name.lower(): event.decoded(name) for name in event}
    assert (read["summary"], read["location"]) == (title, "警务室")
    assert (read["uid"], read["sequence"]) == ("m1@linli", 3)
    assert read["dtstart"] == START
    assert read["dtend"] - START == LENGTH == timedelta(hours=1)
    assert all(len(line) <= 75 for line in made.splitlines())
