"""Forms that somebody has begun and not yet sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment


class Draft(SQLModel, table=True):
    """A form half filled by an account: raw answers with form name and version. The one touched last is spoken to."""

    # A number is never used again: cards and buttons are named by it.
    __table_args__ = (UniqueConstraint("account", "form"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    account: str
    form: str
    version: int
    step: str
    answers: dict[str, Any] = Field(sa_type=Json)
    turn: int = 0
    language: str = "zh"
    address: str
    touched_at: datetime = Field(sa_type=Moment)
    reviewing: bool = False
    reminded: bool = False
