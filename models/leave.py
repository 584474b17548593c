"""Leave of the staff: from which day until which. Why is nobody's business here and is not asked."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.columns import Moment


class Leave(SQLModel, table=True):
    """Days on which somebody does not work, the first and the last (ISO, in the house's zone).

    Nothing is overwritten: what was taken back keeps its row, and what of it had passed by then has one of its own.
    """

    __table_args__ = (Index("leave_of", "person", "last"), Index("leave_until", "last"))

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    first: str
    last: str
    entered_at: datetime = Field(sa_type=Moment)
    taken_back_at: datetime | None = Field(default=None, sa_type=Moment)
