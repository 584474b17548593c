"""What of the workload somebody looks at: a town, a committee or a coordinator, in a month; and whether they may."""

import re
from dataclasses import dataclass, replace
from datetime import date

from handlers.desk import Desk
from handlers.workload import workweek
from models.database import Row
from models.person import Role
from models.place import PlaceKind, above, below
from workload.weeks import Month

_UNDER = f"""
with recursive {below("select place from assignment where person = ?")}
select place.id, place.name from place join below on below.id = place.id
where place.kind = '{PlaceKind.COMMITTEE.value}' and place.active order by place.id
"""
_OVER = f"""
with recursive {above("select place from assignment where person = ?")}
select place.id, place.name from place join above on above.id = place.id
where place.kind = '{PlaceKind.COMMITTEE.value}' and place.active order by place.id
"""
SEE_PERSONS = (Role.OFFICER.value, Role.DEPUTY.value, Role.TOWN_OFFICE.value)
MAY = (*SEE_PERSONS, Role.CADRE.value, Role.COORDINATOR.value)
EARLIEST = 2000
_PERIOD = re.compile(r"(\d{4})(?:-?(\d\d))?")


@dataclass(frozen=True, slots=True)
class View:
    """`place` 0: all committees that are theirs; `coordinator` 0: nobody in particular; `period` as in models.paper."""

    place: int
    coordinator: int
    period: str

    @property
    def months(self) -> list[Month]:
        """The months of the period, in order."""
        year = int(self.period[:4])
        return [(year, int(self.period[5:]))] if len(self.period) > 4 else [(year, month) for month in range(1, 13)]

    @property
    def data(self) -> str:
        """As a button carries it."""
        return f"b:{self.place}:{self.coordinator}:{self.period.replace('-', '')}"

    def at(self, *, place: int | None = None, coordinator: int = 0, period: str = "") -> "View":
        """Another view from here; nobody in particular unless that is said."""
        there = self.place if place is None else place
        return replace(self, place=there, coordinator=coordinator, period=period or self.period)


def of_paper(desk: Desk, paper: Row) -> tuple[Row, View] | None:
    """Whom a paper is for (id and role) and what it is of; None where they may not see that (any more)."""
    person = desk.db.one("select id, role from person where id = ? and active", (paper["person"],))
    seen = View(paper["place"] or 0, paper["coordinator"] or 0, paper["period"])
    return (person, seen) if person is not None and may(desk, person, seen) else None


def period_of(day: date) -> str:
    """The month of a day."""
    return f"{day:%Y-%m}"


def period(written: str, today: date) -> str | None:
    """A period as a button carries it, if it has begun."""
    found = _PERIOD.fullmatch(written)
    if not found or not 1 <= int(found[2] or 1) <= 12 or int(found[1]) < EARLIEST:
        return None
    read = "-".join(filter(None, found.groups()))
    return read if read <= period_of(today) else None


def committees(desk: Desk, person: Row) -> list[Row]:
    """The committees whose sums this person (id and role) may see: a coordinator's own, else those in their charge."""
    return desk.db.all(_OVER if person["role"] == Role.COORDINATOR else _UNDER, (person["id"],))


def coordinators(desk: Desk, person: Row, place: int, month: Month) -> list[Row]:
    """The coordinators of a committee in a month whose figures this person may see."""
    if person["role"] == Role.CADRE:
        return []
    there = workweek.coordinators_at(desk, place, *workweek.days_of(month))
    return [one for one in there if person["role"] in SEE_PERSONS or one["id"] == person["id"]]


def may(desk: Desk, person: Row, view: View) -> bool:
    """Whether somebody of the staff may look at this (scope.md, "Least access")."""
    if person["role"] not in MAY:
        return False
    alone = person["role"] == Role.COORDINATOR
    if not view.place:
        return not view.coordinator and not alone
    if view.place not in [place["id"] for place in committees(desk, person)]:
        return False
    if not view.coordinator:
        return not alone
    return any(
        view.coordinator in [one["id"] for one in coordinators(desk, person, view.place, month)]
        for month in view.months
    )
