"""Duty P1: area plans. One place, one open plan; it is about the place and the work on it, never about persons.

Free texts are `Sealed`, and go some time after the plan was closed (handlers.retention); counts and dates stay.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Moment, Sealed


class PlanState(StrEnum):
    PROPOSED = "proposed"
    RUNNING = "running"  # the officer agreed
    DECLINED = "declined"  # the officer did not
    WITHDRAWN = "withdrawn"  # by who proposed it, before it was agreed
    ACCEPTED = "accepted"
    ENDED = "ended"  # by the officer, before its time


class InspectionState(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"  # its week went by without a result
    CANCELLED = "cancelled"  # its plan ended before it


class Verdict(StrEnum):
    """What the month has brought, in a review."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class AreaPlan(SQLModel, table=True):
    """A plan for `place` (an area, or all of the `committee`), or for a `spot` within it, told in words.

    `mark` is that of the place and the words together: by it one place has one open plan, and history stays with it
    when the words are gone. `answer`: why the officer did not agree, or ended it. `weekday` (Monday is 0) and `at`
    (HH:MM, local): the weekly inspection. `deadline` (ISO): the day of acceptance, put off `extended` times.
    `look_at`: when something may be due next; None: nothing any more. `calendar`: the version of the working days by
    which its days were set.
    """

    __tablename__ = "area_plan"
    __table_args__ = (
        Index("area_plan_one", "mark", unique=True, sqlite_where=text("state in ('proposed', 'running')")),
        Index("area_plan_look", "look_at", sqlite_where=text("look_at is not null")),
        Index("area_plan_of", "committee", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    committee: int = Field(foreign_key="place.id")
    place: int = Field(foreign_key="place.id")
    spot: str = Field(default="", sa_type=Sealed)
    mark: bytes
    state: str = PlanState.PROPOSED.value
    proposed_by: int = Field(foreign_key="person.id")
    proposed_at: datetime = Field(sa_type=Moment)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    answer: str = Field(default="", sa_type=Sealed)
    lead: int | None = Field(default=None, foreign_key="person.id")
    weekday: int | None = None
    at: str = ""
    deadline: str = ""
    extended: int = 0
    officer_accepted: int | None = Field(default=None, foreign_key="person.id")
    town_accepted: int | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    look_at: datetime | None = Field(default=None, sa_type=Moment)
    calendar: int = 0


class PlanReason(SQLModel, table=True):
    """Why somebody proposes the place: counts of hazards, of disorder and of records that lack or are wrong; a line."""

    __tablename__ = "area_plan_reason"

    id: int | None = Field(default=None, primary_key=True)
    plan: int = Field(foreign_key="area_plan.id", index=True)
    by: int = Field(foreign_key="person.id")
    hazards: int = 0
    disorder: int = 0
    records: int = 0
    words: str = Field(sa_type=Sealed)
    made_at: datetime = Field(sa_type=Moment)


class PlanMeasure(SQLModel, table=True):
    """What an `owner` of the staff does at the place until the working day `day` (ISO); open until `done_at`."""

    __tablename__ = "area_plan_measure"

    id: int | None = Field(default=None, primary_key=True)
    plan: int = Field(foreign_key="area_plan.id", index=True)
    owner: int = Field(foreign_key="person.id", index=True)
    day: str
    words: str = Field(sa_type=Sealed)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    done_by: int | None = Field(default=None, foreign_key="person.id")


class PlanInspection(SQLModel, table=True):
    """The joint inspection in the week from `monday` (ISO): hazards that were `mended` and those `remaining`.

    `changed_at`: when it was moved or cancelled last; None: never.
    """

    __tablename__ = "area_plan_inspection"
    __table_args__ = (UniqueConstraint("plan", "monday"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: int = Field(foreign_key="area_plan.id")
    monday: str
    starts_at: datetime = Field(sa_type=Moment)
    state: str = InspectionState.PLANNED.value
    remaining: int = 0
    mended: int = 0
    words: str = Field(default="", sa_type=Sealed)
    done_by: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    changed_at: datetime | None = Field(default=None, sa_type=Moment)


class PlanReview(SQLModel, table=True):
    """The month's review, the `number`-th of the plan."""

    __tablename__ = "area_plan_review"
    __table_args__ = (UniqueConstraint("plan", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: int = Field(foreign_key="area_plan.id")
    number: int
    verdict: str
    words: str = Field(sa_type=Sealed)
    by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=Moment)


class PlanExtension(SQLModel, table=True):
    """The acceptance was put off from one day (ISO) to another, and why."""

    __tablename__ = "area_plan_extension"

    id: int | None = Field(default=None, primary_key=True)
    plan: int = Field(foreign_key="area_plan.id", index=True)
    before: str
    until: str
    words: str = Field(sa_type=Sealed)
    by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=Moment)


class PlanTold(SQLModel, table=True):
    """Which moment (reminders.area_plan) a person heard of last, of one thing of a plan: `kind` and its number.

    Of an inspection there are three: the `inspection` with its reminders, its `start` as they were told, and its `end`
    where they know that it does not take place.
    `before`: the one before that, and `said_at` when a message said it: what was recalled is to be said again.
    """

    __tablename__ = "area_plan_told"
    __table_args__ = (UniqueConstraint("plan", "kind", "item", "person"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: int = Field(foreign_key="area_plan.id")
    kind: str
    item: int
    person: int = Field(foreign_key="person.id", index=True)
    told_at: datetime = Field(sa_type=Moment)
    before: datetime | None = Field(default=None, sa_type=Moment)
    said_at: datetime | None = Field(default=None, sa_type=Moment)
