"""Duty R3: the form by which a violation at a place is reported. It asks for the place and what is wrong there."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Answers, Form, Kind, Question
from handlers import attaching, days, duplicates, filing, followup, places, reporter_card
from handlers.desk import House, Turn
from handlers.form_card import CONVERSATIONS, Conversation
from models.person import REPORTERS
from models.report import VIOLATIONS, ReportKind

NAME = "violation"


class Violation(BaseModel):
    """What the reporter is asked. A violation belongs to a place: there is no question about anybody (scope.md).

    One place with one violation has one follow-up: who reports the same thing is not asked for a day.
    """

    kind: Annotated[str, Question(Kind.CHOICE)]
    where: Annotated[dict[str, Any], Question(Kind.PLACE)]
    same: duplicates.Same = None
    deed: Annotated[str, Field(min_length=10, max_length=1000), Question(Kind.TEXT)]
    attachments: Annotated[list[int] | None, Question(Kind.ATTACHMENTS, when=duplicates.alone)] = None
    day: Annotated[dict[str, str] | None, Question(Kind.DAY, when=duplicates.alone, firm=True)] = None


def _kinds(house: House) -> dict[str, str]:
    """The kinds that the settings name, by what a button can carry: it has room for a few letters only."""
    return {
        kind if kind in VIOLATIONS else hashlib.blake2b(kind.encode(), digest_size=6).hexdigest(): kind
        for kind in house.violation_kinds
    }


def _about(turn: Turn, answers: Answers) -> list[str]:
    """The kind as it is stored; none where the settings name it no more."""
    kind = _kinds(turn.house).get(answers["kind"])
    return [kind] if kind else []


def offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    if step == "kind":
        kinds = _kinds(turn.house).items()
        return [(carried, reporter_card.violation(kind, turn.language)) for carried, kind in kinds]
    return days.offers(turn, step) or places.offers(turn, step)


def outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """What has changed meanwhile: kinds, the reporter's places, the day, what others reported; or files under way."""
    if answers["kind"] not in _kinds(turn.house):
        return "kind", "violation-kind-gone"
    if duplicates.alone(answers) and days.has_come(turn, answers["day"]):
        return "day", "day-came"
    if attaching.pending(turn, answers.get("attachments")):
        return "", "attachments-pending"
    return places.gone(turn, answers) or duplicates.gone(turn, answers)


def submit(turn: Turn, answers: dict[str, Any]) -> None:
    """Store the report with its follow-up and send it on its way, in the transaction that also ends the draft."""
    person = turn.person_in(*REPORTERS)
    assert person is not None
    where, first = answers["where"], duplicates.first(turn, answers)

    def propose(report: int) -> None:
        if not first:
            followup.propose(turn, report, date.fromisoformat(answers["day"]["day"]), person["id"])

    filing.file(
        turn,
        ReportKind.VIOLATION,
        places.chosen(turn, answers),
        answers.get("attachments"),
        propose,
        reporter=person["id"],
        about=_about(turn, answers),
        where=where["name"],
        spot=where.get("spot"),
        happened_at=turn.now,
        deed=answers["deed"],
        same_as=first,
    )


CONVERSATIONS[NAME] = Conversation(
    Form(NAME, 1, Violation),
    submit,
    offers,
    allowed=lambda turn, _: turn.person_in(*REPORTERS) is not None,
    outdated=outdated,
    aware=duplicates.aware(ReportKind.VIOLATION, ("kind", "where"), _about, places.chosen),
    reports=duplicates.offers,
)
