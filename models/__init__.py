"""What is kept: one file per concept. Importing the room declares every table."""

from models import (
    alert,
    analysis,
    attachment,
    checks,
    draft,
    erasure,
    followup,
    history,
    invite,
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
    "analysis",
    "attachment",
    "checks",
    "draft",
    "erasure",
    "followup",
    "history",
    "invite",
    "person",
    "place",
    "queue",
    "receipt",
    "report",
    "secret",
    "workload",
]
