"""A report of suspicious activity (duty R1): what somebody did, where and when; never who somebody is."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.columns import Json, Moment


class ReportState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Report(SQLModel, table=True):
    """`scene` and `photos` exist for a colleague to recognise the scene now; they are erased on closing."""

    __table_args__ = {"sqlite_autoincrement": True}  # a number is never used again

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    reporter: int = Field(foreign_key="person.id", index=True)
    place: int = Field(foreign_key="place.id", index=True)
    state: str = ReportState.OPEN.value
    ongoing: bool = False
    behaviours: list[str] = Field(sa_type=Json)
    where: str = ""
    latitude: float | None = None
    longitude: float | None = None
    happened_at: datetime = Field(sa_type=Moment)
    deed: str = ""
    scene: str = ""
    photos: list[str] = Field(sa_type=Json)
    may_ask: bool = True
    outcome: str = ""
    remark: str = ""
    created_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


class Exchange(SQLModel, table=True):
    """Something said about a report afterwards: an addition, an officer's question, the reporter's answer."""

    id: int | None = Field(default=None, primary_key=True)
    report: int = Field(foreign_key="report.id", index=True)
    author: int = Field(foreign_key="person.id")
    kind: str
    text: str
    said_at: datetime = Field(sa_type=Moment)


class Opening(SQLModel, table=True):
    """The read log: who saw which report, when, through what."""

    id: int | None = Field(default=None, primary_key=True)
    report: int = Field(foreign_key="report.id", index=True)
    person: int = Field(foreign_key="person.id")
    through: str
    opened_at: datetime = Field(sa_type=Moment)
