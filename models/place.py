"""Places form a tree: town, committee, area."""

from enum import StrEnum

from sqlmodel import Field, SQLModel


class PlaceKind(StrEnum):
    TOWN = "town"
    COMMITTEE = "committee"
    AREA = "area"


class Place(SQLModel, table=True):
    """A town, a committee or an area; `parent` is the place it belongs to."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    kind: str
    parent: int | None = Field(default=None, foreign_key="place.id", index=True)
    active: bool = True
