"""Visits as they stand in somebody's calendar: in the file of one, and in the calendar that staff subscribe to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from chat.messages import Act, Outgoing
from handlers.desk import Desk, Turn
from handlers.visits import requests, staff_card
from models.database import Row

if TYPE_CHECKING:  # it takes long to load
    from exports.calendar_entry import Entry


def entry(desk: Desk, row: Row, language: str) -> Entry:
    """A visit that was agreed. It is called by its number and place; nothing in it says of whom it is."""
    from exports.calendar_entry import Entry

    return Entry(
        uid=f"visit-{row['id']}@linli",
        title=staff_card.title(row, language),
        where=row["place_name"],
        starts_at=row["starts_at"],
        changed_at=row["agreed_at"],
        sequence=int((row["agreed_at"] - row["made_at"]).total_seconds()),
    )


def entries(desk: Desk, persons: list[int], since: datetime, language: str) -> list[Entry]:
    """The visits of these persons from a moment on, once they know of the time."""
    return [entry(desk, row, language) for row in requests.known_to(desk, persons, since)]


def give(turn: Turn, row: Row) -> None:
    """The visit as a file for the calendar of a phone; nothing in it says of whom it is."""
    from exports.calendar_entry import calendar_entry  # only here: it takes long to load

    made = calendar_entry(entry(turn, row, turn.language))
    words = turn.text("meeting-calendar", slot=staff_card.slot(turn, row, turn.language))
    file = Outgoing(turn.address, Act.FILE, words, kind="document", name="visit.ics", content=made.decode())
    turn.out.append(file)
