"""What is kept: one file per concept. Importing the room declares every table."""

from models import alert, draft, erasure, invite, person, place, queue, report

__all__ = ["alert", "draft", "erasure", "invite", "person", "place", "queue", "report"]
