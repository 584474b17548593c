"""Spot checks as they stand in somebody's calendar: in the file of one, and in the calendar they subscribe to (V2)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from chat.texts import text
from handlers.desk import Desk
from handlers.spot_checks import checks
from models.database import Row
from models.spot_check import SpotState

if TYPE_CHECKING:  # it takes long to load
    from exports.calendar_entry import Entry


def entry(desk: Desk, check: Row, language: str) -> Entry:
    """A check, certain once both have agreed to its time. No dwelling and nobody's name is in it."""
    from exports.calendar_entry import Entry, Status

    made_at = checks.draws(desk, check["id"])[0]["at"]
    changed_at = check["changed_at"] or made_at
    status = Status.CONFIRMED if checks.is_agreed(desk, check) else Status.TENTATIVE
    return Entry(
        uid=f"spot-{check['id']}@linli",
        title=text(language, "spot-entry", place=check["place_name"]),
        where=check["place_name"],
        starts_at=check["starts_at"],
        changed_at=changed_at,
        sequence=int((changed_at - made_at).total_seconds()),
        status=Status.CANCELLED if check["state"] == SpotState.CANCELLED else status,
    )


def entries(desk: Desk, persons: list[int], since: datetime, language: str) -> list[Entry]:
    """The checks of these persons from a moment on, once they know of the time."""
    return [entry(desk, check, language) for check in checks.known_to(desk, persons, since)]
