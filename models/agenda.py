"""What meetings are about and what comes of them (M1, M2): points that people hand in, and who does what until when.

They are about acts, places and work; no row is about a resident (scope.md).
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment, Sealed


class PointKind(StrEnum):
    DIFFICULTY = "difficulty"
    SUGGESTION = "suggestion"


class AgendaPoint(SQLModel, table=True):
    """A difficulty or suggestion for the next meeting of a committee's people.

    `occasion`: on whose agenda it was put; None: it waits. `rank` is its position there, 0 where nobody ordered it.
    """

    __tablename__ = "agenda_point"
    __table_args__ = (Index("agenda_point_of", "place", "occasion"),)

    id: int | None = Field(default=None, primary_key=True)
    place: int = Field(foreign_key="place.id")
    by: int = Field(foreign_key="person.id")
    occasion: int | None = Field(default=None, foreign_key="meeting.id")
    kind: str
    rank: int = 0
    words: str = Field(sa_type=Sealed)
    at: datetime = Field(sa_type=Moment)


class ActionItem(SQLModel, table=True):
    """What an `owner` does until the working day `day` (ISO), as it was agreed at an occasion; open until `done_at`.

    `told_at` is the moment of the plan (reminders.action) that the owner heard of last; `look_at` the next one;
    `gone_on_at`: when the next role heard that it is late.
    """

    __tablename__ = "action_item"
    __table_args__ = (
        Index("action_item_open", "place", "owner", sqlite_where=text("done_at is null")),
        Index("action_item_look", "look_at", sqlite_where=text("look_at is not null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    place: int = Field(foreign_key="place.id")
    occasion: int = Field(foreign_key="meeting.id", index=True)
    owner: int = Field(foreign_key="person.id", index=True)
    day: str
    words: str = Field(sa_type=Sealed)
    made_at: datetime = Field(sa_type=Moment)
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    look_at: datetime | None = Field(default=None, sa_type=Moment)
    gone_on_at: datetime | None = Field(default=None, sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    done_by: int | None = Field(default=None, foreign_key="person.id")
