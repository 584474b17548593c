"""Duty W2: figures that were below last year's two months running, and what the officer says of it."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment, Sealed


class Decline(SQLModel, table=True):
    """A coordinator's, or (`person` None) a committee's, once for the second of the two months (`month`: YYYY-MM).

    `place` is where whoever is told answers; `items` are the groups of items that were below in both months. `cause`
    is empty until the officer (`by`) tells it, `words` are a cause in words of one's own.
    """

    __table_args__ = (
        Index("decline_of", "person", "month", unique=True, sqlite_where=text("person is not null")),
        Index("decline_at", "place", "month", unique=True, sqlite_where=text("person is null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    place: int = Field(foreign_key="place.id")
    person: int | None = Field(default=None, foreign_key="person.id")
    month: str
    items: list[str] = Field(sa_type=Json)
    told_at: datetime = Field(sa_type=Moment)
    cause: str = ""
    words: str = Field(default="", sa_type=Sealed)
    by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
