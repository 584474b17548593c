"""A committee's buildings and how many dwellings they have: told and corrected by its cadre in lines (V2)."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import FieldProblem, Form, Kind, Progress, Question
from chat.texts import listed
from handlers import places
from handlers.desk import Desk, Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.spot_checks import checks, place_card
from handlers.workload import committee
from models.person import Role
from models.spot_check import Building
from workload.buildings import LONGEST, MOST_BUILDINGS, MOST_DWELLINGS, Misread, read_buildings

NAME = "spot_buildings"
MISREAD = 3  # named in one sentence


def tell(turn: Turn, place: int) -> None:
    """The form."""
    begin(turn, NAME, {"place": place})


class Lines(BaseModel):
    """Buildings and their counts, several at a time."""

    lines: Annotated[str, Field(min_length=1, max_length=3000), Question(Kind.TEXT)]


def _read(desk: Desk, place: int, said: str) -> tuple[dict[str, int], list[Misread]]:
    return read_buildings(said, [row["called"] for row in checks.buildings(desk, place)])


def _aware(turn: Turn, progress: Progress) -> dict[str, Any]:
    """Where nothing at all can be read it is asked again."""
    found, bad = _read(turn, progress.answers["_place"], progress.answers["lines"])
    if not found and bad:
        raise FieldProblem(f"spot-misread-{bad[0].reason}", **_arguments(turn, bad))
    return {}


def _arguments(turn: Turn, bad: list[Misread]) -> dict[str, str | int]:
    part = listed(turn.language, (each.part[: LONGEST * 2] for each in bad[:MISREAD]))
    return {"part": part, "most": MOST_DWELLINGS, "length": LONGEST, "buildings": MOST_BUILDINGS}


def _told(turn: Turn, answers: dict[str, Any]) -> None:
    """What could be read is kept; the rest is named, with why."""
    place = answers["_place"]
    found, bad = _read(turn, place, answers["lines"])
    there = {row["called"]: row["id"] for row in checks.buildings(turn, place)}
    for called, dwellings in found.items():
        if not dwellings:
            turn.db.execute("delete from building where id = ?", (there[called],))
        elif called in there:
            turn.db.execute("update building set dwellings = ? where id = ?", (dwellings, there[called]))
        else:
            turn.db.insert(Building, place=place, called=called, dwellings=dwellings)
    news = [turn.text("spot-buildings-kept", count=len(found))]
    for reason in dict.fromkeys(each.reason for each in bad):
        these = [each for each in bad if each.reason == reason]
        news.append("⚠ " + turn.text(f"spot-misread-{reason}", **_arguments(turn, these)))
    place_card.show(turn, place, renew=True, news="\n".join(news))


CONVERSATIONS[NAME] = Conversation(
    Form(NAME, 1, Lines),
    _told,
    review=False,
    own_card=True,
    aware=_aware,
    allowed=lambda turn, answers: committee.person_of(turn, answers["_place"], Role.CADRE) is not None,
    texts=lambda turn, answers: {"place": places.name(turn, answers["_place"])},
)
