"""Who works with the bot: staff in one role each, and the accounts they use it from."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.columns import Moment


class Role(StrEnum):
    COORDINATOR = "coordinator"
    CADRE = "cadre"
    OFFICER = "officer"
    DEPUTY = "deputy"
    TOWN_OFFICE = "town_office"


REPORTERS = (Role.COORDINATOR, Role.CADRE)  # who reports what was seen at the places they work in


class Account(SQLModel, table=True):
    """A platform account that opened an invite. Strangers have no row."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)  # platform:user id
    address: str
    language: str
    blocked: bool = False
    menu: str = ""  # the command menu that this account was given last
    bound_at: datetime = Field(sa_type=Moment)


class Person(SQLModel, table=True):
    """A member of staff in one role. Somebody in two roles is two rows with one account."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    role: str
    language: str = "zh"
    account: int | None = Field(default=None, foreign_key="account.id", index=True)
    active: bool = True


class Assignment(SQLModel, table=True):
    """A person answers for a place and for all below it, now. `handlers.postings` keeps it and its history."""

    person: int = Field(foreign_key="person.id", primary_key=True)
    place: int = Field(foreign_key="place.id", primary_key=True, index=True)


BEGINNING = date.min.isoformat()  # since before the records began


class Posting(SQLModel, table=True):
    """A time for which somebody was assigned to a place: the history of assignments, a row for each change.

    `since` and `until` are the first and the last day (ISO, in the house's zone); until None: still. Who was there
    already when the records began has `since` BEGINNING.
    """

    __table_args__ = (
        Index("posting_of", "person", "since"),
        Index("posting_at", "place", "since"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    place: int = Field(foreign_key="place.id")
    since: str
    until: str | None = None
