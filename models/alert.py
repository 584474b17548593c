"""An alert: a report on its way to somebody who answers for the place, and the people it reached."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment


class AlertState(StrEnum):
    WAITING = "waiting"  # nobody has acknowledged
    ACKNOWLEDGED = "acknowledged"
    ON_THE_WAY = "on_the_way"
    CLOSED = "closed"


class Alert(SQLModel, table=True):
    """`step` is the escalation step reached (0 officer, 1 deputy, 2 and on town office); `due_at` the next one."""

    __table_args__ = (
        Index("alert_due", "due_at", sqlite_where=text("due_at is not null")),
        Index("alert_open", "place", sqlite_where=text("state <> 'closed'")),
        {"sqlite_autoincrement": True},  # a number is never used again: cards and buttons are named by it
    )

    id: int | None = Field(default=None, primary_key=True)
    report: int = Field(foreign_key="report.id", unique=True)
    place: int = Field(foreign_key="place.id", index=True)
    state: str = AlertState.WAITING.value
    step: int = 0
    holder: int | None = Field(default=None, foreign_key="person.id", index=True)
    offered_to: int | None = Field(default=None, foreign_key="person.id")
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    acknowledged_at: datetime | None = Field(default=None, sa_type=Moment)


class Delivery(SQLModel, table=True):
    """One person an alert was sent to, and what is known of its arrival: sent, arrived or unreachable.

    Who is unreachable, or on_leave (such a one got nothing), was passed over.
    """

    alert: int = Field(foreign_key="alert.id", primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True, index=True)
    step: int
    fate: str = "sent"
    sent_at: datetime = Field(sa_type=Moment)
