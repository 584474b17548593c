"""What somebody is still to be told of something at a moment: one store for meetings and visits (M1, M2, V1, V3)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment


class ReminderState(StrEnum):
    WAITING = "waiting"
    SILENT = "silent"  # they want no such reminder; should they choose otherwise in time, it waits
    SENT = "sent"
    MISSED = "missed"  # its occasion had passed, or there was nobody to tell


class Reminder(SQLModel, table=True):
    """Something that one person is told of a meeting or a visit which begins at `start`; kept when it was sent.

    `person` None: the applicant of the visit. `kind` is one of reminders.plan.Kind. `told_at`: the moment
    of the message that told it.
    """

    __table_args__ = (
        CheckConstraint("(meeting is null) <> (visit is null)", name="reminder_of_one"),
        Index("reminder_of_meeting", "meeting", "person", sqlite_where=text("meeting is not null")),
        Index("reminder_of_visit", "visit", "person", sqlite_where=text("visit is not null")),
        Index("reminder_told", "told_at", sqlite_where=text("told_at is not null")),
        Index("reminder_due", "due_at", "person", sqlite_where=text("state = 'waiting'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    meeting: int | None = Field(default=None, foreign_key="meeting.id")
    visit: int | None = Field(default=None, foreign_key="visit.id")
    person: int | None = Field(default=None, foreign_key="person.id", index=True)
    kind: str
    start: datetime = Field(sa_type=Moment)
    due_at: datetime = Field(sa_type=Moment)
    state: str = ReminderState.WAITING.value
    told_at: datetime | None = Field(default=None, sa_type=Moment)
