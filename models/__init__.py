"""What is kept: one file per concept. Importing the room declares every table."""

from models import (
    alert,
    attachment,
    checks,
    draft,
    erasure,
    followup,
    history,
    invite,
    meeting,
    person,
    place,
    queue,
    receipt,
    report,
    secret,
    workload,
)

__all__ = [
    "alert",
    "attachment",
    "checks",
    "draft",
    "erasure",
    "followup",
    "history",
    "invite",
    "meeting",
    "person",
    "place",
    "queue",
    "receipt",
    "report",
    "secret",
    "workload",
]
