"""A photo or a document of a report, of minutes or of an inspection: kept cleaned and sealed, a key for each."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.columns import Moment, Sealed


class AttachmentState(StrEnum):
    WANTED = "wanted"  # named by the platform, not fetched yet
    KEPT = "kept"
    REFUSED = "refused"


class Attachment(SQLModel, table=True):
    """`file` is the platform's name for it, known only until it is fetched; `name` and `key` are those of our file.

    It belongs to a draft until that is submitted, then to a report, a point of minutes or the inspection of
    a place; without any it is taken away.
    """

    __table_args__ = {"sqlite_autoincrement": True}  # a number is never used again: messages name it

    id: int | None = Field(default=None, primary_key=True)
    draft: int | None = Field(default=None, index=True)
    report: int | None = Field(default=None, foreign_key="report.id", index=True)
    minutes_point: int | None = Field(default=None, foreign_key="minutes_point.id", index=True)
    inspection: int | None = Field(default=None, foreign_key="area_plan_inspection.id", index=True)
    state: str = Field(default=AttachmentState.WANTED.value, index=True)
    kind: str = ""  # photo, document, video or audio
    file: str = Field(default="", sa_type=Sealed)
    name: str = ""
    key: str = Field(default="", sa_type=Sealed)
    reason: str = ""
    came_at: datetime = Field(sa_type=Moment)
