"""Reports: suspicious activity (duty R1), lead tips (R2), violations at a place (R3).

They say what somebody did, or what is wrong at a place; never who somebody is (scope.md).
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment, Sealed, SealedJson


class ReportKind(StrEnum):
    SUSPICIOUS = "suspicious"
    TIP = "tip"
    VIOLATION = "violation"


# The kinds of violation that have texts; a setting may leave some out and add others.
VIOLATIONS = (
    "illegal_subletting",
    "blocked_fire_exit",
    "ebike_charging",
    "unlicensed_premises",
    "dangerous_structure",
    "noise",
    "waste",
    "other",
)


class ReportState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Source(StrEnum):
    """What the officer may know of whoever reported."""

    STAFF = "staff"
    RESIDENT = "resident"  # with a name
    ANONYMOUS = "anonymous"


# Kept for a short time only; written out, as an index has it.
KEPT_SHORT = "outcome in ('unfounded', 'abusive') or state = 'withdrawn'"


class Report(SQLModel, table=True):
    """One report of any kind.

    `reporter` is set where a member of staff reports by name. A resident who gave a name is reached by `giver`,
    `route` and `giver_mark`; of an anonymous tip all four are empty, and only its receipt code leads back to it, unless
    its giver asked to be told: then `route` alone is kept. `scene` and `photos` (the platform's references) exist for a
    colleague to recognise the scene now; they are erased on closing. `same_as` is the first report of the same thing.
    """

    __table_args__ = (
        Index("report_near", "place", "kind", "created_at", sqlite_where=text("state = 'open' and same_as is null")),
        Index("report_same", "same_as", sqlite_where=text("same_as is not null")),
        # What is due to be erased (handlers.retention) is found without looking at the rest.
        Index("report_kept", "kind", "closed_at", sqlite_where=text("closed_at is not null")),
        Index("report_kept_short", "closed_at", sqlite_where=text(KEPT_SHORT)),
        Index("report_giver", "giver_mark", sqlite_where=text("giver_mark is not null")),
        {"sqlite_autoincrement": True},  # a number is never used again
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    kind: str = ReportKind.SUSPICIOUS.value
    source: str = Source.STAFF.value
    reporter: int | None = Field(default=None, foreign_key="person.id", index=True)
    giver: str = Field(default="", sa_type=Sealed)
    route: str = Field(default="", sa_type=Sealed)
    giver_mark: bytes | None = None
    giver_language: str = ""
    place: int = Field(foreign_key="place.id", index=True)
    state: str = ReportState.OPEN.value
    ongoing: bool = False
    about: list[str] = Field(sa_type=Json)  # behaviours, or the kind of the tip or of the violation
    about_staff: bool = False
    known: str = ""  # how: saw, heard, told
    where: str = Field(default="", sa_type=Sealed)
    spot: list[float] | None = Field(default=None, sa_type=SealedJson)  # latitude, longitude
    happened_at: datetime = Field(sa_type=Moment)
    deed: str = Field(default="", sa_type=Sealed)
    scene: str = Field(default="", sa_type=Sealed)
    photos: list[str] | None = Field(default=None, sa_type=SealedJson)
    may_ask: bool = True
    same_as: int | None = Field(default=None, foreign_key="report.id")
    outcome: str = ""
    remark: str = Field(default="", sa_type=Sealed)
    created_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


class Exchange(SQLModel, table=True):
    """Something said about a report afterwards: an addition, an officer's question, an answer, a note on a follow-up.

    `author` is empty where somebody without a name said it.
    """

    id: int | None = Field(default=None, primary_key=True)
    report: int = Field(foreign_key="report.id", index=True)
    author: int | None = Field(default=None, foreign_key="person.id", index=True)
    kind: str
    text: str = Field(sa_type=Sealed)
    said_at: datetime = Field(sa_type=Moment)


class Opening(SQLModel, table=True):
    """The read log: who saw which report, when, through what."""

    id: int | None = Field(default=None, primary_key=True)
    report: int = Field(foreign_key="report.id", index=True)
    person: int = Field(foreign_key="person.id", index=True)
    through: str
    opened_at: datetime = Field(sa_type=Moment)
