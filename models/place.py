"""Places form a tree: town, committee, area."""

from enum import StrEnum

from sqlmodel import Field, SQLModel


class PlaceKind(StrEnum):
    TOWN = "town"
    COMMITTEE = "committee"
    AREA = "area"


def below(start: str, name: str = "below") -> str:
    """SQL for `with recursive`: `below(id)` are the places that `start` selects and every place under them."""
    return f"{name}(id) as ({start} union select place.id from place join {name} on place.parent = {name}.id)"


def above(start: str) -> str:
    """SQL for `with recursive`: `above(id)` are the places that `start` selects and every place over them."""
    return f"above(id) as ({start} union select place.parent from place join above on place.id = above.id)"


def held(*roles: str) -> str:
    """SQL for the places that persons of the account `:account` are assigned to in these roles."""
    named = ", ".join(f"'{role}'" for role in roles)
    return (
        "select assignment.place from assignment join person on person.id = assignment.person "
        f"where person.account = :account and person.active and person.role in ({named})"
    )


class Place(SQLModel, table=True):
    """A town, a committee or an area; `parent` is the place it belongs to."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    kind: str
    parent: int | None = Field(default=None, foreign_key="place.id", index=True)
    active: bool = True
