"""What is left of what was erased: how many, of what kind, when."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import Moment


class Erasure(SQLModel, table=True):
    """One run of the retention (scope.md, "Short memory"): a count, and nothing of the records themselves."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    count: int
    erased_at: datetime = Field(sa_type=Moment)
