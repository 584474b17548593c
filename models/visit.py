"""Visits and talks that somebody asked for (duties V1, V3). Nobody is visited who has not asked (scope.md 3)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Json, Moment, Sealed, SealedJson


class VisitKind(StrEnum):
    CERTIFICATE = "certificate"
    TALK = "talk"  # an appointment within office hours


class VisitState(StrEnum):
    OPEN = "open"
    GIVEN = "given"
    NOT_GIVEN = "not_given"
    HELD = "held"  # a talk
    NO_SHOW = "no_show"  # its applicant did not come


class Outcome(StrEnum):
    """What was found on the spot; empty: nothing yet."""

    NONE = ""
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    UNCLEAR = "unclear"


TOPICS = ("registration", "moving", "advice")  # of a talk
HOST = "host"  # the part of who has the office hours
PURPOSES = ("school", "work", "registration", "vehicle", "other")


class Visit(SQLModel, table=True):
    """What one applicant asks for, until it is decided; then it is erased in time and a count is left.

    The applicant is reached by `route` and met again by `mark`, as the giver of a named tip is. `slots` are moments
    (ISO, UTC) at which they are at home; `passed_over` are the numbers of those they do not want after all.
    `starts_at` is what all have agreed on (`agreed_at`: when they did), `told` the start that the applicant heard of
    last. `due` (ISO) is the last day for the decision. `staff_news` and `own_news` are what staff and applicant are to
    hear of, from that moment on; the staff's at once where it would come too late for a visit `news_before`. `look_at`:
    when time alone changes something; `late_days`: how many working days it was late when that was told of last.
    `unreachable`: no message reaches the applicant.
    """

    __table_args__ = (
        Index("visit_open", "place", sqlite_where=text("state = 'open'")),
        Index("visit_of", "mark"),
        Index("visit_unreachable", "mark", sqlite_where=text("unreachable")),
        Index("visit_decided", "decided_at", sqlite_where=text("decided_at is not null")),
        Index("visit_look", "look_at", sqlite_where=text("look_at is not null")),
        Index("visit_staff_news", "staff_news_at", sqlite_where=text("staff_news_at is not null")),
        Index("visit_own_news", "own_news_at", sqlite_where=text("own_news_at is not null")),
        {"sqlite_autoincrement": True},  # cards and buttons are named by it
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = VisitKind.CERTIFICATE.value
    place: int = Field(foreign_key="place.id")
    mark: bytes
    route: str = Field(sa_type=Sealed)
    language: str
    called: str = Field(sa_type=Sealed)  # whom to ask for at the door
    dwelling: str = Field(sa_type=Sealed)
    purpose: str
    slots: list[str] = Field(sa_type=SealedJson)
    passed_over: list[int] = Field(sa_type=Json)
    state: str = VisitState.OPEN.value
    made_at: datetime = Field(sa_type=Moment)
    due: str
    starts_at: datetime | None = Field(default=None, sa_type=Moment)
    agreed_at: datetime | None = Field(default=None, sa_type=Moment)
    told: datetime | None = Field(default=None, sa_type=Moment)
    spoke: bool = False  # with the applicant
    witnessed: bool = False  # spoke with committee staff or a neighbour
    outcome: str = ""
    line: str = Field(default="", sa_type=Sealed)
    reason: str = Field(default="", sa_type=Sealed)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    unreachable: bool = False
    look_at: datetime | None = Field(default=None, sa_type=Moment)
    late_days: int = 0
    staff_news: str = ""
    staff_news_at: datetime | None = Field(default=None, sa_type=Moment)
    news_by: int | None = Field(default=None, foreign_key="person.id")  # whose doing the staff's news are
    news_before: datetime | None = Field(default=None, sa_type=Moment)
    own_news: str = ""
    own_news_at: datetime | None = Field(default=None, sa_type=Moment)


class VisitPart(SQLModel, table=True):
    """Who of the staff goes along as coordinator or cadre, or has a talk (HOST); gone where it is given back.

    `can` are the numbers of the slots at which they can, once they have said so (`ready`). `told`: the start that they
    heard of last.
    """

    __tablename__ = "visit_part"
    __table_args__ = (UniqueConstraint("visit", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    visit: int = Field(foreign_key="visit.id")
    role: str
    person: int = Field(foreign_key="person.id", index=True)
    can: list[int] = Field(sa_type=Json)
    ready: bool = False
    told: datetime | None = Field(default=None, sa_type=Moment)


class HeldNews(SQLModel, table=True):
    """What a member of the staff hears of a visit once their own quiet hours are over (`heard_at`).

    The visit may be erased by then: nothing of it is here but its number, kind and place.
    """

    __tablename__ = "visit_news"
    __table_args__ = (UniqueConstraint("number", "person"),)

    id: int | None = Field(default=None, primary_key=True)
    number: int
    kind: str
    place: int = Field(foreign_key="place.id")
    person: int = Field(foreign_key="person.id")
    news: str
    heard_at: datetime = Field(index=True, sa_type=Moment)


class OfficeHours(SQLModel, table=True):
    """When an officer or cadre has talks: a weekday (Monday is 0), from when until when (HH:MM, local)."""

    __tablename__ = "office_hours"
    __table_args__ = (UniqueConstraint("person", "weekday", "first"),)

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    weekday: int
    first: str
    last: str
