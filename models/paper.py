"""A paper that the bot makes for somebody: a picture, a table or a document, kept sealed until it has been sent."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.columns import Moment, Sealed


class PaperKind(StrEnum):
    PICTURE = "picture"  # of the board
    TABLE = "table"
    ANALYSIS = "analysis"
    ANALYSIS_PICTURE = "analysis_picture"
    MINUTES = "minutes"


class PaperState(StrEnum):
    ORDERED = "ordered"
    MADE = "made"  # it lies in the cabinet, and the message that brings it in the outbox


class Paper(SQLModel, table=True):
    """What was ordered for `person`, to be sent to whatever account is theirs by then; gone once it was sent.

    It is about a month (2026-11) or a year (2026) of a place (none: of all that are theirs), or of one
    `coordinator` there; of minutes `period` is the number of the meeting. `name` and `key` are those of our file.
    """

    __table_args__ = {"sqlite_autoincrement": True}  # a number is never used again: messages name it

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    person: int = Field(foreign_key="person.id")
    place: int | None = Field(default=None, foreign_key="place.id")
    coordinator: int | None = Field(default=None, foreign_key="person.id")
    period: str
    state: str = Field(default=PaperState.ORDERED.value, index=True)
    name: str = ""
    key: str = Field(default="", sa_type=Sealed)
    ordered_at: datetime = Field(sa_type=Moment)
