"""What is left of what was erased: how many, of what kind, when."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.columns import Moment

OPENINGS = "opening"


class Erasure(SQLModel, table=True):
    """How many records of a kind, of one place and month, were erased (scope.md, "Short memory"); nothing of them.

    `kind` is one of models.report.ReportKind, or OPENINGS for the lines of the read log that went with them. One row
    for each kind, place and month, counted up.
    """

    __table_args__ = (Index("erasure_counted", "kind", "place", "month", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    place: int | None = Field(default=None, foreign_key="place.id")
    month: str = ""  # in which they were filed, YYYY-MM
    count: int
    erased_at: datetime = Field(sa_type=Moment)  # the last time
