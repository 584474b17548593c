"""Meetings as they stand in somebody's calendar: in the file of one meeting, and in the calendar they subscribe to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from handlers.desk import Desk
from handlers.meetings import meeting_card, occasions
from models.database import Row
from models.meeting import Answer, OccasionState

if TYPE_CHECKING:  # it takes long to load
    from exports.calendar_entry import Entry


def entry(desk: Desk, occasion: Row, language: str, answer: str) -> Entry:
    """A meeting for somebody who answered so. It is called by its place and rhythm; nobody's name is in it."""
    from exports.calendar_entry import Entry, Status

    status = Status.TENTATIVE if answer == Answer.NONE else Status.CONFIRMED
    changed_at = occasions.changed_at(desk, occasion)
    return Entry(
        uid=f"meeting-{occasion['id']}@linli",
        title=meeting_card.title(occasion, language),
        where=occasion["room"],
        starts_at=occasion["starts_at"],
        changed_at=changed_at,
        sequence=int((changed_at - occasion["made_at"]).total_seconds()),
        status=Status.CANCELLED if occasion["state"] == OccasionState.CANCELLED else status,
    )


def entries(desk: Desk, persons: list[int], since: datetime, language: str) -> list[Entry]:
    """The meetings of these persons from a moment on, but for those to which they do not come."""
    found = occasions.all_of(desk, persons, since)
    away = (Answer.NO, Answer.STAND_IN)
    return [entry(desk, row, language, row["answer"]) for row in found if row["answer"] not in away]
