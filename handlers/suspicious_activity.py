"""Duty R1: the form by which suspicious activity is reported. It asks for what was done, where and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers import duplicates, filing, moments, places
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation
from models.person import REPORTERS
from models.report import ReportKind

NAME = "suspicious"
BEHAVIOURS = (
    "trying_doors",
    "breaking_in",
    "following",
    "asking_alarms",
    "no_order",
    "covert_exchange",
    "dangerous_goods",
    "fire_hazard",
    "fraud",
    "other",
)


class SuspiciousActivity(BaseModel):
    """What the reporter is asked. There is no question about who somebody is (scope.md, "Behaviour first")."""

    ongoing: Annotated[str, Question(Kind.CHOICE, ("yes", "no"))]
    go_on: Annotated[
        str | None,
        Question(Kind.CHOICE, ("yes",), when=lambda a: a.get("ongoing") == "yes", counted=False),
    ] = None
    behaviours: Annotated[list[str], Question(Kind.CHOICES, BEHAVIOURS)]
    where: Annotated[dict[str, Any], Question(Kind.PLACE)]
    when: Annotated[dict[str, str], Question(Kind.MOMENT)]
    same: duplicates.Same = None
    deed: Annotated[str, Field(min_length=10, max_length=1000), Question(Kind.TEXT)]
    scene: Annotated[str | None, Field(max_length=500), Question(Kind.TEXT, when=duplicates.alone)] = None
    photos: Annotated[list[str] | None, Question(Kind.PHOTOS, most=4, when=duplicates.alone)] = None
    may_ask: Annotated[str, Question(Kind.CHOICE, ("yes", "no"), when=duplicates.alone, firm=True)] = "no"


def offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    return places.offers(turn, step) or moments.offers(turn, step)


def outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """What has changed meanwhile: the reporter's places, or what was reported before has ended."""
    return places.gone(turn, answers) or duplicates.gone(turn, answers)


def submit(turn: Turn, answers: dict[str, Any]) -> None:
    """Store the report and send it on its way, in the transaction that also ends the draft."""
    person = turn.person_in(*REPORTERS)
    assert person is not None
    where, first = answers["where"], duplicates.first(turn, answers)
    filing.file(
        turn,
        ReportKind.SUSPICIOUS,
        places.chosen(turn, answers),
        reporter=person["id"],
        ongoing=answers["ongoing"] == "yes",
        about=answers["behaviours"],
        where=where["name"],
        spot=where.get("spot"),
        happened_at=datetime.fromisoformat(answers["when"]["at"]),
        deed=answers["deed"],
        scene=(not first and answers.get("scene")) or "",
        photos=None if first else answers.get("photos"),
        may_ask=not first and answers.get("may_ask") == "yes",
        same_as=first,
    )


CONVERSATIONS[NAME] = Conversation(
    Form(NAME, 1, SuspiciousActivity),
    submit,
    offers,
    allowed=lambda turn, _: turn.person_in(*REPORTERS) is not None,
    outdated=outdated,
    aware=duplicates.aware(
        ReportKind.SUSPICIOUS, ("behaviours", "where", "when"), lambda turn, a: a["behaviours"], places.chosen
    ),
    reports=duplicates.offers,
)
