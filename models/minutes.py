"""What was said at meetings (M1, M2): who was there, a text to each point, objections, and the minutes as sent.

They are about acts, places and work; no row is about a resident (scope.md).
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Moment, Sealed, SealedJson


class Presence(StrEnum):
    THERE = "there"
    STAND_IN = "stand_in"
    ABSENT = "absent"


class MinutesState(StrEnum):
    WRITING = "writing"
    DRAFT = "draft"  # sent; it may be objected to
    FINAL = "final"  # nothing is changed any more


class ObjectionState(StrEnum):
    OPEN = "open"
    CORRECTED = "corrected"
    KEPT = "kept"  # the text stays, and the minutes note the objection


class Word(StrEnum):
    """What somebody is still to be told of minutes."""

    SENT = "sent"
    FINAL = "final"
    OBJECTION = "objection"
    KEPT = "kept"


class Attendance(SQLModel, table=True):
    """Whether somebody who was invited was at an occasion; `presence` is empty where their answer still says it.

    `stand_in` is whom they send in their place, in their own words.
    """

    __table_args__ = (UniqueConstraint("occasion", "person"),)

    id: int | None = Field(default=None, primary_key=True)
    occasion: int = Field(foreign_key="meeting.id")
    person: int = Field(foreign_key="person.id", index=True)
    presence: str = ""
    stand_in: str = Field(default="", sa_type=Sealed)
    at: datetime = Field(sa_type=Moment)


class Minutes(SQLModel, table=True):
    """The minutes of an occasion, opened when it is over or somebody writes. `by`: who writes them; None: nobody yet.

    `content` is what the newest version says (handlers.meetings.minutes.Content); None: none was sent, or its time is
    over. `told_at` is the moment of the plan (reminders.minutes) at which it was said last that they are not written,
    `look_at` when to look again; None: nothing is due.
    """

    __table_args__ = (Index("minutes_look", "look_at", sqlite_where=text("look_at is not null")),)

    id: int | None = Field(default=None, primary_key=True)
    occasion: int = Field(foreign_key="meeting.id", unique=True)
    state: str = MinutesState.WRITING.value
    by: int | None = Field(default=None, foreign_key="person.id")
    version: int = 0
    content: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    final_at: datetime | None = Field(default=None, sa_type=Moment)
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    look_at: datetime | None = Field(default=None, sa_type=Moment)


class MinutesPoint(SQLModel, table=True):
    """What was said to one point: of the agenda, or one that came up (`point` and `kind` are empty).

    `heading` and `who` are those of the agenda's point, kept here since that may go on to another meeting. `revision`
    grows with every change of `words`, so that who writes over another's text is told.
    """

    __tablename__ = "minutes_point"

    id: int | None = Field(default=None, primary_key=True)
    minutes: int = Field(foreign_key="minutes.id", index=True)
    point: int | None = Field(default=None, foreign_key="agenda_point.id", index=True, ondelete="SET NULL")
    kind: str = ""
    heading: str = Field(sa_type=Sealed)
    by: int = Field(foreign_key="person.id")
    words: str = Field(default="", sa_type=Sealed)
    revision: int = 0
    written_by: int | None = Field(default=None, foreign_key="person.id")


class Objection(SQLModel, table=True):
    """What somebody who was invited holds against a draft: about a point, or (None) about who was there."""

    id: int | None = Field(default=None, primary_key=True)
    minutes: int = Field(foreign_key="minutes.id", index=True)
    person: int = Field(foreign_key="person.id")
    point: int | None = Field(default=None, foreign_key="minutes_point.id")
    words: str = Field(sa_type=Sealed)
    state: str = ObjectionState.OPEN.value
    at: datetime = Field(sa_type=Moment)
    decided_by: int | None = Field(default=None, foreign_key="person.id")


class MinutesWord(SQLModel, table=True):
    """Something that one person is still to be told of minutes; gone once it was."""

    __tablename__ = "minutes_word"

    id: int | None = Field(default=None, primary_key=True)
    minutes: int = Field(foreign_key="minutes.id", index=True)
    person: int = Field(foreign_key="person.id")
    kind: str
    objection: int | None = Field(default=None, foreign_key="objection.id")
    due_at: datetime = Field(sa_type=Moment, index=True)
