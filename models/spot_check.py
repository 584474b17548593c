"""Duty V2: the monthly spot check of dwellings: buildings, numbers of dwellings, counts; never a resident."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment, Sealed, SealedJson


class SpotState(StrEnum):
    PLANNED = "planned"
    ENTERED = "entered"  # its counts wait for the officer
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Building(SQLModel, table=True):
    """A building of a committee, as its cadre calls it, with its dwellings; `id` is the order of the list."""

    __table_args__ = (Index("building_at", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    place: int = Field(foreign_key="place.id")
    called: str = Field(sa_type=Sealed)
    dwellings: int


class SpotCheck(SQLModel, table=True):
    """One committee's check in a `month` (2026-11, that of `starts_at`), led by `cadre` together with `officer`.

    `size` dwellings are drawn. The counts: `seen` dwellings; of these `correct` ones, and what was found wrong in the
    register (`late`: entered late, `not_cancelled`: left and not cancelled, `wrong`: data wrong); `nobody`: nobody
    there. `why` is the reason where they do not add up. `entries` counts how often they were entered. `chase_at`: when
    to remind of the counts or of their confirmation; None: nobody is, any more. `chased`: how often that was done.
    `changed_at`: when it was moved or cancelled last; None: never.
    """

    __tablename__ = "spot_check"
    __table_args__ = (
        Index("spot_check_of", "place", "month", unique=True, sqlite_where=text("state <> 'cancelled'")),
        Index("spot_check_chase", "chase_at", sqlite_where=text("chase_at is not null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    place: int = Field(foreign_key="place.id")
    month: str
    cadre: int = Field(foreign_key="person.id")
    officer: int = Field(foreign_key="person.id")
    starts_at: datetime = Field(sa_type=Moment)
    size: int
    state: str = SpotState.PLANNED.value
    seen: int = 0
    correct: int = 0
    late: int = 0
    not_cancelled: int = 0
    wrong: int = 0
    nobody: int = 0
    why: str = Field(default="", sa_type=Sealed)
    entries: int = 0
    entered_by: int | None = Field(default=None, foreign_key="person.id")
    entered_at: datetime | None = Field(default=None, sa_type=Moment)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    chase_at: datetime | None = Field(default=None, sa_type=Moment)
    chased: int = 0
    changed_at: datetime | None = Field(default=None, sa_type=Moment)


class SpotDraw(SQLModel, table=True):
    """One draw of a check: `drawn` is [building, [numbers of dwellings]] in the order of the route; None: erased.

    Only the last one holds. `why` is the reason for drawing again, which stays; the first draw has none.
    """

    __tablename__ = "spot_draw"
    __table_args__ = (
        Index("spot_draw_of", "spot"),
        Index("spot_draw_kept", "spot", sqlite_where=text("drawn is not null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    spot: int = Field(foreign_key="spot_check.id")
    drawn: list[Any] | None = Field(default=None, sa_type=SealedJson)
    why: str = Field(default="", sa_type=Sealed)
    by: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)


class SpotParty(SQLModel, table=True):
    """One of the two of a check. `agreed`: to the time as it is now. `told`: the start they heard of last.

    `before`: the one before that, which is what they know where the message that told it did not go out after all.
    `sent` are the reminders that went out, each with the start it was for (microseconds); `since`: what was due before
    that has been said; `look_at`: when to look for the next one, None: nothing more is to be said.
    """

    __tablename__ = "spot_party"
    __table_args__ = (
        UniqueConstraint("spot", "person"),
        Index("spot_party_look", "look_at", sqlite_where=text("look_at is not null")),
    )

    id: int | None = Field(default=None, primary_key=True)
    spot: int = Field(foreign_key="spot_check.id")
    person: int = Field(foreign_key="person.id")
    agreed: bool = False
    told: datetime | None = Field(default=None, sa_type=Moment)
    before: datetime | None = Field(default=None, sa_type=Moment)
    sent: list[Any] = Field(sa_type=Json)
    since: datetime = Field(sa_type=Moment)
    look_at: datetime | None = Field(default=None, sa_type=Moment)


class SpotAsk(SQLModel, table=True):
    """Somebody was asked on a day (ISO) to plan the month's check of a committee."""

    __tablename__ = "spot_ask"
    __table_args__ = (UniqueConstraint("place", "person", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    place: int = Field(foreign_key="place.id")
    person: int = Field(foreign_key="person.id")
    day: str
