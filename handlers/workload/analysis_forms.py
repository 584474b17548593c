"""What a cadre is asked for the monthly analysis: the counts of the register, and two texts (duties W3, M3)."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import Form, Kind, Question
from handlers import places
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.workload import analysis_card, committee, month_figures, month_record
from handlers.workload.month_analysis import Words
from models.person import Role
from workload.analysis import Register
from workload.analysis_due import before
from workload.weeks import Month

COUNTS, WORDS = "register_counts", "analysis_words"
LONGEST = 800  # characters
_Count = Annotated[int | None, Question(Kind.AMOUNT)]
_Text = Annotated[str | None, Field(max_length=LONGEST), Question(Kind.TEXT)]


class Counts(BaseModel):
    """Counts of a register at the end of a month: dwellings, and records of it; never persons."""

    dwellings: _Count = None
    covered: _Count = None
    expected: _Count = None
    present: _Count = None


class Texts(BaseModel):
    """What the committee wants to have said at its meeting, if it wants to."""

    difficulties: _Text = None
    suggestions: _Text = None


def count(turn: Turn, place: int, month: Month) -> None:
    """The form of counts, filled with what was told last: for this month, or else for the one before."""
    told = month_figures.register(turn, place, month) or month_figures.register(turn, place, before(month))
    filled = {name: getattr(told, name) for name in Counts.model_fields} if told else {}
    begin(turn, COUNTS, _about(place, month), filled=_given(filled))


def write(turn: Turn, place: int, month: Month) -> None:
    """The form of texts, filled with what was told for this month."""
    words = month_record.words(month_record.record(turn, place, month))
    filled = {"difficulties": words.difficulties, "suggestions": words.suggestions}
    begin(turn, WORDS, _about(place, month), filled=_given(filled))


def _about(place: int, month: Month) -> dict[str, Any]:
    return {"place": place, "month": month_figures.name(month)}


def _given(filled: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in filled.items() if value not in (None, "")}


def _texts(turn: Turn, answers: dict[str, Any]) -> dict[str, str | int]:
    return {"place": places.name(turn, answers["_place"]), "month": answers["_month"]}


def _counted(turn: Turn, answers: dict[str, Any]) -> None:
    cadre = committee.person_of(turn, answers["_place"], Role.CADRE)
    assert cadre is not None
    register = Register(**Counts.model_validate(answers).model_dump())
    month_record.count(turn, answers["_place"], month_figures.number(answers["_month"]), register, cadre["id"])
    analysis_card.show(turn, answers["_place"], renew=True)


def _written(turn: Turn, answers: dict[str, Any]) -> None:
    words = Words(answers.get("difficulties"), answers.get("suggestions"))
    month_record.tell(turn, answers["_place"], month_figures.number(answers["_month"]), words)
    analysis_card.show(turn, answers["_place"], renew=True)


def _too_many(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """No part is more than its whole."""
    counts = Counts.model_validate(answers)
    for part, whole in (("covered", counts.dwellings), ("present", counts.expected)):
        if whole is not None and (getattr(counts, part) or 0) > whole:
            return part, f"register_counts-too-many-{part}"
    return None


def _sent(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """The analysis went out meanwhile."""
    row = month_record.record(turn, answers["_place"], month_figures.number(answers["_month"]))
    return ("", "analysis_words-sent-already") if month_record.is_sent(row) else None


def _allowed(turn: Turn, answers: dict[str, Any]) -> bool:
    return committee.person_of(turn, answers["_place"], Role.CADRE) is not None


CONVERSATIONS[COUNTS] = Conversation(
    Form(COUNTS, 1, Counts), _counted, allowed=_allowed, outdated=_too_many, texts=_texts
)
CONVERSATIONS[WORDS] = Conversation(Form(WORDS, 1, Texts), _written, allowed=_allowed, outdated=_sent, texts=_texts)
