"""Duties M1 and M2: series of meetings, each occasion, and who is invited to it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment, Sealed


class OccasionState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"
    DONE = "done"


class Answer(StrEnum):
    """What somebody said to an invitation; empty: nothing yet."""

    NONE = ""
    YES = "yes"
    LATE = "late"
    STAND_IN = "stand_in"
    NO = "no"


class Series(SQLModel, table=True):
    """Meetings of a committee's people that come again, or a single one (`rule` is empty).

    `rule` is an RRULE counted from the day `first` (ISO), `at` the local hour (HH:MM); `off` says what becomes of a
    meeting on a day off. Whoever of the place is in one of the `roles` is invited. `look_at`: when to open the next
    occasions; None: the series has ended. `calendar` is the version of the working days that they were planned by.
    """

    __tablename__ = "meeting_series"
    __table_args__ = (Index("meeting_series_look", "look_at", sqlite_where=text("look_at is not null")),)

    id: int | None = Field(default=None, primary_key=True)
    place: int = Field(foreign_key="place.id")
    called_by: int = Field(foreign_key="person.id")
    rule: str
    first: str
    at: str
    off: str
    room: str = Field(default="", sa_type=Sealed)
    roles: list[str] = Field(sa_type=Json)
    made_at: datetime = Field(sa_type=Moment)
    look_at: datetime | None = Field(default=None, sa_type=Moment)
    calendar: int = 0


class Occasion(SQLModel, table=True):
    """One meeting of a series: `day` (ISO) is the day of the rule it stands for, `starts_at` when it really begins.

    `by_hand`: somebody moved it, so that the rule and the calendar do not any more. `agenda_at`: when its agenda was
    confirmed last; None: not yet.
    """

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("series", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    series: int = Field(foreign_key="meeting_series.id")
    day: str
    starts_at: datetime = Field(sa_type=Moment, index=True)
    by_hand: bool = False
    state: str = OccasionState.PLANNED.value
    agenda_at: datetime | None = Field(default=None, sa_type=Moment)


class Invited(SQLModel, table=True):
    """Somebody who is to come to an occasion. `told`: the start that they heard of last; None: they know of none."""

    __tablename__ = "meeting_invited"
    __table_args__ = (UniqueConstraint("occasion", "person"),)

    id: int | None = Field(default=None, primary_key=True)
    occasion: int = Field(foreign_key="meeting.id")
    person: int = Field(foreign_key="person.id", index=True)
    answer: str = ""
    told: datetime | None = Field(default=None, sa_type=Moment)
