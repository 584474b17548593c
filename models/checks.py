"""Duties W4 to W7 and S2: the checks beside the weekly workload. Counts and ticks of work, never of residents."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment, Sealed


class Round(SQLModel, table=True):
    """A question that goes out to everybody whom it concerns, once: what it is, and the day (ISO) it is about."""

    __tablename__ = "check_round"
    __table_args__ = (UniqueConstraint("kind", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    day: str
    at: datetime = Field(sa_type=Moment)


class Shortfall(SQLModel, table=True):
    """Duty W4: a coordinator's day with records that were not entered the same day, asked about once.

    `short` is how many these are, 0 where the figures were mended before the answer. `cause` is empty until that is
    told, `words` are a cause in words of one's own.
    """

    __tablename__ = "same_day_shortfall"
    __table_args__ = (UniqueConstraint("person", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    day: str
    short: int
    cause: str = ""
    words: str = Field(default="", sa_type=Sealed)
    asked_at: datetime = Field(sa_type=Moment)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)


class KitCheck(SQLModel, table=True):
    """Duty W5: which of the five items a coordinator had there on a day, by their own word or (`spot`) a cadre's."""

    __tablename__ = "kit_check"
    __table_args__ = (UniqueConstraint("person", "day", "spot"),)

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    day: str
    spot: bool
    there: list[str] = Field(sa_type=Json)
    by: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)


class SelfCheckPlan(SQLModel, table=True):
    """Duty W6: how many dwellings a coordinator wants to check again until a day (ISO).

    What counts are the entries of the workload `after` that one, whatever the clock says. `sent` are the reminders that
    went out for it, `look_at` when to look for the next one; none: it has ended.
    """

    __tablename__ = "self_check_plan"
    __table_args__ = (Index("self_check_plan_due", "look_at", sqlite_where=text("look_at is not null")),)

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    dwellings: int
    until: str
    made_at: datetime = Field(sa_type=Moment)
    after: int
    sent: list[str] = Field(sa_type=Json)
    look_at: datetime | None = Field(default=None, sa_type=Moment)


class LedgerCheck(SQLModel, table=True):
    """Duty W7: what the officer (`by`) found of a coordinator's ledger on a day: the book, its order, and a sample.

    `correct` of `sample` entries were right; a sample of 0 was not taken.
    """

    __tablename__ = "ledger_check"
    __table_args__ = (Index("ledger_check_of", "person", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    day: str
    book: bool
    in_order: bool
    sample: int = 0
    correct: int = 0
    by: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)


class DataRoom(SQLModel, table=True):
    """Duty S2: a member of staff who heads a committee's data room, or who enters its data (`task`)."""

    __tablename__ = "data_room"
    __table_args__ = (UniqueConstraint("place", "task", "person"),)

    id: int | None = Field(default=None, primary_key=True)
    place: int = Field(foreign_key="place.id")
    task: str
    person: int = Field(foreign_key="person.id")
