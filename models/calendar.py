"""The town's own table of working days, which goes before the base data, and what has been done about it."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment


class CalendarDay(SQLModel, table=True):
    """A day (ISO) of the table: whether it `works`, and what that is `called`."""

    __tablename__ = "calendar_day"

    day: str = Field(primary_key=True)
    works: bool
    called: str = ""


class CalendarImport(SQLModel, table=True):
    """The table was changed. `settled`: the bot has taken it up, and meetings are being planned by it."""

    __tablename__ = "calendar_import"
    __table_args__ = (Index("calendar_import_unsettled", "id", sqlite_where=text("not settled")),)

    id: int | None = Field(default=None, primary_key=True)
    made_at: datetime = Field(sa_type=Moment)
    settled: bool = False


class CalendarWarning(SQLModel, table=True):
    """The town office has been told that the calendar is covered only until this day (ISO)."""

    __tablename__ = "calendar_warning"

    covered_until: str = Field(primary_key=True)
    told_at: datetime = Field(sa_type=Moment)
