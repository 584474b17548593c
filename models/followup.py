"""Duty R3: the dated visit to a place with a violation, made by officer and reporter together."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.columns import Moment


class FollowupState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    DONE = "done"


class Followup(SQLModel, table=True):
    """The one follow-up of a report. `day` is a day in the house's zone; `proposed_by` waits for the other to agree."""

    id: int | None = Field(default=None, primary_key=True)
    report: int = Field(foreign_key="report.id", unique=True)
    day: str = Field(index=True)  # ISO
    state: str = FollowupState.PROPOSED.value
    proposed_by: int = Field(foreign_key="person.id")
    result: str = ""
    told_overdue: str = ""  # the last day on which it was said to be overdue, ISO
    done_at: datetime | None = Field(default=None, sa_type=Moment)


def overdue(day: str, today: date) -> bool:
    """Whether a follow-up of that day (ISO) should have been made by now."""
    return day < today.isoformat()
