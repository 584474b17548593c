"""Duty R1: the form by which suspicious activity is reported. It asks for what was done, where and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Progress, Question
from handlers import duplicates, filing, moments
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation
from models.person import Role
from models.place import below
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
REPORTERS = (Role.COORDINATOR.value, Role.CADRE.value)


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
    same: Annotated[int | None, Question(Kind.REPORT, when=duplicates.asked, firm=True)] = None
    deed: Annotated[str, Field(min_length=10, max_length=1000), Question(Kind.TEXT)]
    scene: Annotated[str | None, Field(max_length=500), Question(Kind.TEXT, when=duplicates.alone)] = None
    photos: Annotated[list[str] | None, Question(Kind.PHOTOS, most=4, when=duplicates.alone)] = None
    may_ask: Annotated[str, Question(Kind.CHOICE, ("yes", "no"), when=duplicates.alone, firm=True)] = "no"


_AREAS = f"""
with recursive {below("select place from assignment where person = ?")}
select place.id, place.name from place join below on below.id = place.id
where place.active and place.kind in ('area', 'committee') order by place.kind, place.id limit 10
"""


def places_of(turn: Turn) -> list[tuple[int, str]]:
    """The areas and committees that this reporter works in."""
    person = turn.person_in(*REPORTERS)
    rows = turn.db.all(_AREAS, (person["id"],)) if person else []
    return [(row["id"], row["name"]) for row in rows]


def offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    if step == "where":
        return [(str(place), name) for place, name in places_of(turn)]
    return moments.offers(turn, step)


def aware(turn: Turn, progress: Progress) -> dict[str, Any]:
    """What others reported near, once it is known what was seen, where and when."""
    answers, needed = progress.answers, ("behaviours", "where", "when")
    if progress.step not in needed or not all(name in answers for name in needed):
        return {}
    places = [place for place, _ in places_of(turn)]
    place = answers["where"].get("place", places[0] if places else 0)
    return duplicates.aware(turn, progress, ReportKind.SUSPICIOUS, place, answers["behaviours"])


def outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """A place that was closed, or taken from this reporter, or what was reported before and has ended meanwhile."""
    places = dict(places_of(turn))
    if not places:
        return "where", "no-place"
    if answers["where"].get("place", next(iter(places))) not in places:
        return "where", "suspicious-where-gone"
    return duplicates.gone(turn, answers)


def submit(turn: Turn, answers: dict[str, Any]) -> None:
    """Store the report and send it on its way, in the transaction that also ends the draft."""
    person = turn.person_in(*REPORTERS)
    places = places_of(turn)
    assert person is not None
    where, first = answers["where"], duplicates.first(turn, answers)
    place = where.get("place", places[0][0])
    filing.file(
        turn,
        ReportKind.SUSPICIOUS,
        place,
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
    aware=aware,
    reports=duplicates.offers,
)
