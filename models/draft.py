"""Forms that somebody has begun and not yet sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Moment, Sealed, SealedJson


class Draft(SQLModel, table=True):
    """A form half filled by an account: raw answers with form name and version. The one touched last is spoken to."""

    # A number is never used again: cards and buttons are named by it.
    __table_args__ = (UniqueConstraint("account", "form"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    account: bytes  # its mark
    form: str
    version: int
    step: str
    answers: dict[str, Any] = Field(sa_type=SealedJson)
    turn: int = 0
    chat: bytes = Field(default=b"", index=True)  # the mark of the chat that it is filled in
    language: str = "zh"
    address: str = Field(sa_type=Sealed)
    touched_at: datetime = Field(sa_type=Moment)
    reviewing: bool = False
    reminded: bool = False
    report: int | None = Field(default=None, index=True)  # the one that it is about
