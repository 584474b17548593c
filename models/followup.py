"""Duty R3: the dated visit to a place with a violation, made by officer and reporter together."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import Moment


class FollowupState(StrEnum):
    PROPOSED = "proposed"  # by one of the two; the other is to agree
    AGREED = "agreed"
    VISITED = "visited"  # carried out; the officer is to say with what result


class Side(StrEnum):
    """The two who make the visit. The officer is whoever holds the alert: with a hand-over the visit goes along."""

    REPORTER = "reporter"
    OFFICER = "officer"


class Verb(StrEnum):
    """What one of the two can do about a follow-up."""

    CONFIRM = "confirm"
    MOVE = "move"
    VISITED = "visit"  # carried out
    MENDED = "mended"
    LIMIT = "limit"  # not yet mended: a time limit was set, which is the day of the next visit
    PASSED_ON = "passed_on"


RESULTS = (Verb.MENDED, Verb.LIMIT, Verb.PASSED_ON)


class Followup(SQLModel, table=True):
    """The one follow-up of a report, for as long as that is open; a visit that set a time limit gives it a new day.

    `day` is a working day in the house's zone, ISO; `limited_on` the day on which a time limit was set last, or empty.
    `next_at` is when it is to be reminded of next; `told_at` when that was done last. `for_office`: the town office's
    list is to be shown anew because of it.
    """

    __table_args__ = (
        Index("followup_next", "next_at", sqlite_where=text("next_at is not null")),
        Index("followup_office", "report", sqlite_where=text("for_office")),
    )

    id: int | None = Field(default=None, primary_key=True)
    report: int = Field(foreign_key="report.id", unique=True)
    day: str
    state: str = FollowupState.PROPOSED.value
    proposed_by: int = Field(foreign_key="person.id", index=True)
    limited_on: str = ""
    next_at: datetime | None = Field(default=None, sa_type=Moment)
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    for_office: bool = False


def may(side: Side, state: str, *, proposed: Side, held: bool, reporter_there: bool) -> frozenset[Verb]:
    """What this side can do now.

    Nobody agrees to a day of their own, and nobody agrees while no officer holds the alert. Where the reporter is
    staff no longer the officer goes alone. The result is the officer's word: a report is unverified until then.
    """
    if state == FollowupState.VISITED:
        return frozenset(RESULTS) if side is Side.OFFICER else frozenset()
    verbs = {Verb.MOVE}
    alone = side is Side.OFFICER and proposed is Side.OFFICER and not reporter_there
    if state == FollowupState.AGREED or alone:
        verbs.add(Verb.VISITED)
    elif side is not proposed and held:
        verbs.add(Verb.CONFIRM)
    return frozenset(verbs)
