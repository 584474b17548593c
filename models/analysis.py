"""Duty M3: what a cadre tells for the monthly analysis of a committee: counts of a register, never what it holds."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment, Sealed


class RegisterCount(SQLModel, table=True):
    """The counts of a committee's register in a month (YYYY-MM), as a cadre told them; a correction is a new row.

    Dwellings in all, and covered by the register; records that are expected, and present. What was not told is null.
    """

    __tablename__ = "register_count"
    __table_args__ = (Index("register_count_of", "place", "month"),)

    id: int | None = Field(default=None, primary_key=True)
    place: int = Field(foreign_key="place.id")
    month: str
    dwellings: int | None = None
    covered: int | None = None
    expected: int | None = None
    present: int | None = None
    by: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)


class MonthlyAnalysis(SQLModel, table=True):
    """A committee's analysis of a month (YYYY-MM): its words, which are a cadre's until it is sent, and how far it is.

    `told_at` is when the words were told last; none: they were not. `sent` is what was done about it
    (workload.analysis_due.Kind), `look_at` when to look for the next step; none: there is none.
    """

    __tablename__ = "monthly_analysis"
    __table_args__ = (
        UniqueConstraint("place", "month"),
        Index("monthly_analysis_due", "look_at", sqlite_where=text("look_at is not null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    place: int = Field(foreign_key="place.id")
    month: str
    difficulties: str = Field(default="", sa_type=Sealed)
    suggestions: str = Field(default="", sa_type=Sealed)
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    sent: list[str] = Field(sa_type=Json)
    look_at: datetime | None = Field(default=None, sa_type=Moment)


class MeetingDay(SQLModel, table=True):
    """On which working day of a month a committee meets (M2); a committee without a row has the usual one."""

    __tablename__ = "meeting_day"

    place: int = Field(foreign_key="place.id", primary_key=True)
    working_day: int
