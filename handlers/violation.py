"""Duty R3: the form by which a violation at a place is reported. It asks for the place and what is wrong there."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers import attaching, days, filing, followup, reporter_card, suspicious_activity
from handlers.desk import House, Turn
from handlers.form_card import CONVERSATIONS, Conversation
from models.report import VIOLATIONS, ReportKind

NAME = "violation"


class Violation(BaseModel):
    """What the reporter is asked. A violation belongs to a place: there is no question about anybody (scope.md)."""

    kind: Annotated[str, Question(Kind.CHOICE)]
    where: Annotated[dict[str, Any], Question(Kind.PLACE)]
    deed: Annotated[str, Field(min_length=10, max_length=1000), Question(Kind.TEXT)]
    attachments: Annotated[list[int] | None, Question(Kind.ATTACHMENTS)] = None
    day: Annotated[dict[str, str], Question(Kind.DAY)]


def _kinds(house: House) -> dict[str, str]:
    """The kinds that the settings name, by what a button can carry: it has room for a few letters only."""
    return {
        kind if kind in VIOLATIONS else hashlib.blake2b(kind.encode(), digest_size=6).hexdigest(): kind
        for kind in house.violation_kinds
    }


def offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    if step == "kind":
        kinds = _kinds(turn.house).items()
        return [(carried, reporter_card.violation(kind, turn.language)) for carried, kind in kinds]
    return days.offers(turn, step) or suspicious_activity.offers(turn, step)


def outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """What has changed while the form was being filled: kinds, the reporter's places, the day; or files under way."""
    if answers["kind"] not in _kinds(turn.house):
        return "kind", "violation-kind-gone"
    if days.has_come(turn, answers["day"]):
        return "day", "day-came"
    if attaching.pending(turn, answers.get("attachments")):
        return "", "attachments-pending"
    return suspicious_activity.outdated(turn, answers)


def submit(turn: Turn, answers: dict[str, Any]) -> None:
    """Store the report with its follow-up and send it on its way, in the transaction that also ends the draft."""
    person = turn.person_in(*suspicious_activity.REPORTERS)
    assert person is not None
    where = answers["where"]
    filing.file(
        turn,
        ReportKind.VIOLATION,
        where.get("place", suspicious_activity.places_of(turn)[0][0]),
        answers.get("attachments"),
        lambda report: followup.propose(turn, report, date.fromisoformat(answers["day"]["day"]), person["id"]),
        reporter=person["id"],
        about=[_kinds(turn.house)[answers["kind"]]],
        where=where["name"],
        spot=where.get("spot"),
        happened_at=turn.now,
        deed=answers["deed"],
    )


CONVERSATIONS[NAME] = Conversation(
    Form(NAME, 1, Violation),
    submit,
    offers,
    allowed=lambda turn, _: turn.person_in(*suspicious_activity.REPORTERS) is not None,
    outdated=outdated,
)
