"""What goes out to everybody at one moment, once, also after a restart or a second tick."""

from handlers.desk import Desk
from models.checks import Round


def once(desk: Desk, kind: str, day: str) -> bool:
    """Whether this round of questions has not been made yet; it is made with this transaction."""
    return desk.db.insert_new(Round, kind=kind, day=day, at=desk.now)
