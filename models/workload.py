"""Duty W1: the weekly workload. Counts of work on places, never of persons: no resident is named in any row here."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment, Sealed


class WeekState(StrEnum):
    OPEN = "open"
    FILED = "filed"
    ASKED = "asked"  # sent back by the officer with a question
    CONFIRMED = "confirmed"


class EntryState(StrEnum):
    COUNTED = "counted"
    PROPOSED = "proposed"  # a correction after the confirmation: it counts once the officer agrees
    REFUSED = "refused"
    OBJECTED = "objected"  # a correction by the officer that counts, and to which the coordinator objects


HISTORY = 0  # the batch of rows that files of history brought; those that people enter are counted from 1
SUMMED = (EntryState.COUNTED, EntryState.OBJECTED)
COUNTED = f"state in ({', '.join(repr(state.value) for state in SUMMED)})"  # SQL: the entries that are summed up
_TALLIED = "(select id from workload_week where state = 'open')"
FILED = f"{COUNTED} and entry.week not in {_TALLIED}"  # SQL: of these (`entry`) those of weeks that were filed
ENTERED = f"{COUNTED} and entry.week in {_TALLIED}"  # and those of weeks that are still being entered


class Week(SQLModel, table=True):
    """A coordinator's week of work, named by its Monday (ISO date in the house's zone).

    `note` is the coordinator's, `reason` why figures that were asked about are kept, `question` the officer's when
    the week was sent back. `sent` are the reminders that went out for it, `look_at` when to look for the next one.
    `opened_at` is when its card was shown last: what is typed goes to the week that was opened last. A week that a file
    of history brought is confirmed by nobody.
    """

    __tablename__ = "workload_week"
    __table_args__ = (
        UniqueConstraint("person", "monday"),
        Index("workload_week_due", "look_at", sqlite_where=text("look_at is not null")),
        Index("workload_week_opened", "person", "opened_at"),
        Index("workload_week_open", "id", sqlite_where=text("state = 'open'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    monday: str
    state: str = WeekState.OPEN.value
    note: str = Field(default="", sa_type=Sealed)
    reason: str = Field(default="", sa_type=Sealed)
    question: str = Field(default="", sa_type=Sealed)
    filed_at: datetime | None = Field(default=None, sa_type=Moment)
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    opened_at: datetime | None = Field(default=None, sa_type=Moment)
    look_at: datetime | None = Field(default=None, sa_type=Moment)
    sent: list[str] = Field(sa_type=Json)


class Entry(SQLModel, table=True):
    """Figures of one day, as differences to what was entered before: nothing is overwritten, sums are the figures.

    `day` is ISO in the house's zone, `place` the area the day's work belongs to, `person` whose work it is, `by` who
    entered it. An item that was not entered is null, never 0. Rows of one correction have the same `batch`, and why it
    was made stands in each; those of files of history have the batch HISTORY, and the file's name stands there.
    """

    __tablename__ = "workload_entry"
    __table_args__ = (
        Index("workload_entry_day", "person", "day"),
        Index("workload_entry_place", "place", "day"),
        Index("workload_entry_proposed", "week", sqlite_where=text("state = 'proposed'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    week: int = Field(foreign_key="workload_week.id", index=True)
    person: int = Field(foreign_key="person.id")
    place: int = Field(foreign_key="place.id")
    day: str
    visited: int | None = None
    taken: int | None = None
    changed: int | None = None
    cancelled: int | None = None
    same_day: int | None = None
    certificate_checks: int | None = None
    self_checks: int | None = None
    reports: int | None = None
    hours: int | None = None
    state: str = EntryState.COUNTED.value
    batch: int
    by: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)
    why: str = Field(default="", sa_type=Sealed)
