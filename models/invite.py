"""An invitation to one person: single use, expiring, revocable, known only by its hash."""

import hashlib
from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import Moment


class Invite(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)
    person: int = Field(foreign_key="person.id", index=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
    expiry_told: bool = False  # the town office knows that it expired unused


def digest(code: str) -> str:
    """The only form in which a code is kept; case, spaces and dashes do not matter."""
    plain = "".join(code.split()).replace("-", "").upper()
    return hashlib.sha256(plain.encode()).hexdigest()
