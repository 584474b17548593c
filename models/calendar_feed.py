"""The personal calendar of an account: its secret address, known only by its hash, and what changed in it when."""

import hashlib
import secrets
from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import Moment


class CalendarFeed(SQLModel, table=True):
    """The address of an account's calendar that holds now; a new one, or none, revokes it."""

    __tablename__ = "calendar_feed"
    __table_args__ = {"sqlite_autoincrement": True}  # a number is never used again: buttons are named by it

    id: int | None = Field(default=None, primary_key=True)
    account: int = Field(foreign_key="account.id", unique=True)
    digest: str = Field(unique=True)
    made_at: datetime = Field(sa_type=Moment)


class MeetingChange(SQLModel, table=True):
    """When a meeting was moved or cancelled last: calendars take what is newer."""

    __tablename__ = "meeting_change"

    id: int | None = Field(default=None, primary_key=True)
    occasion: int = Field(foreign_key="meeting.id", unique=True)
    at: datetime = Field(sa_type=Moment)


def new_secret() -> str:
    """What nobody guesses: 192 random bits, as an address may hold them."""
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    """The only form in which a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
