"""Forms: declared as pydantic models, asked one card at a time.

A form is a model whose fields carry a `Question`. Field order is question order; an enum becomes buttons; a default
of None means that a question may be skipped; `when` hides a question. The engine gives every form, alike, a step
counter, back, skip, cancel, a review card with an edit button per answer, and errors in friendly words. It knows
neither a platform nor a database: state in, state and view out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

Answers = Mapping[str, Any]
REVIEW = "review"


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"  # one button
    CHOICES = "choices"  # any number of buttons, then "done"
    TEXT = "text"
    PLACE = "place"  # a button, a text, or a shared location
    MOMENT = "moment"  # a button, or a time as people type it
    DAY = "day"  # a button, or a day to come as people type it
    ANY_DAY = "any_day"  # the same for a day that may have passed, or be a day off
    RHYTHM = "rhythm"  # a button, or when people meet as they type it: again and again, or one day
    SLOT = "slot"  # a day and a time of it, as people type it
    PHOTOS = "photos"
    ATTACHMENTS = "attachments"  # photos and files that are fetched, cleaned and kept by us
    REPORT = "report"  # one of the reports that are offered
    AMOUNT = "amount"  # a whole number as people type it
    FIGURES = "figures"  # a line of items of the workload, each with its amount


@dataclass(frozen=True, slots=True)
class Question:
    """A field's question: texts are looked up by the form's and the field's name. `counted` steps show in "3/8"."""

    kind: Kind
    options: Sequence[str] = ()  # of a choice; where there are none, the conversation offers them
    when: Callable[[Answers], bool] = lambda _: True
    counted: bool = True
    most: int = 4
    firm: bool = False  # to be answered where it is asked, though it has a default where it is not


@dataclass(frozen=True, slots=True)
class Progress:
    """Where somebody is in a form. `turn` grows with every change, so that old buttons are known as old."""

    step: str
    answers: dict[str, Any] = field(default_factory=dict)
    turn: int = 0
    reviewing: bool = False


class FieldProblem(Exception):
    """An answer that does not do; `code` names the text that says why."""

    def __init__(self, code: str, **arguments: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments


class Form:
    """A declared form, ready to be asked. Raises nothing at run time but FieldProblem."""

    def __init__(self, name: str, version: int, model: type[BaseModel]) -> None:
        self.name = name
        self.version = version
        self.model = model
        self.questions: dict[str, Question] = {}
        for key, declared in model.model_fields.items():
            asked = [m for m in declared.metadata if isinstance(m, Question)]
            if asked:
                self.questions[key] = asked[0]
        self._names = list(self.questions)
        required = {name for name, declared in model.model_fields.items() if declared.is_required()}
        self._skippable = {name for name, asked in self.questions.items() if name not in required and not asked.firm}

    @property
    def attachments(self) -> str:
        """The question that takes attachments; empty where there is none."""
        return next((name for name, asked in self.questions.items() if asked.kind is Kind.ATTACHMENTS), "")

    def start(self, answers: Answers = MappingProxyType({})) -> Progress:
        """Before the first question that is asked, with these answers given already."""
        return Progress(self.visible(answers)[0], dict(answers))

    def visible(self, answers: Answers) -> list[str]:
        """The questions that are asked, given the answers so far."""
        return [name for name in self._names if self.questions[name].when(answers)]

    def position(self, progress: Progress) -> tuple[int, int]:
        """Which counted step this is, of how many."""
        counted = [n for n in self.visible(progress.answers) if self.questions[n].counted]
        before = [n for n in self._names[: self._names.index(progress.step) + 1] if n in counted]
        return max(len(before), 1), len(counted)

    def may_skip(self, step: str) -> bool:
        return step in self._skippable

    def check(self, progress: Progress, value: Any) -> Any:
        """The value as the form keeps it. Raises FieldProblem with the field's own error."""
        try:
            self.model.model_validate({**progress.answers, progress.step: value})
        except ValidationError as error:
            for problem in error.errors():
                if problem["loc"] and problem["loc"][0] == progress.step:
                    raise FieldProblem(*_friendly(dict(problem))) from error
        return value

    def answer(self, progress: Progress, value: Any) -> Progress:
        """The next state once `value` is taken. Raises FieldProblem."""
        answers = {**progress.answers, progress.step: self.check(progress, value)}
        return self._on(replace(progress, answers=answers, turn=progress.turn + 1))

    def skip(self, progress: Progress) -> Progress:
        answers = {k: v for k, v in progress.answers.items() if k != progress.step}
        return self._on(replace(progress, answers=answers, turn=progress.turn + 1))

    def _on(self, progress: Progress) -> Progress:
        if progress.reviewing:
            return replace(progress, step=next(iter(self.missing(progress.answers)), REVIEW))
        later = [n for n in self.visible(progress.answers) if self._names.index(n) > self._names.index(progress.step)]
        return replace(progress, step=later[0] if later else REVIEW, reviewing=not later)

    def missing(self, answers: Answers) -> list[str]:
        """The questions without which the review card is not to be seen."""
        return [name for name in self.visible(answers) if name not in answers and not self.may_skip(name)]

    def back(self, progress: Progress) -> Progress:
        """One question back; from a question opened on the review card, back to that card if nothing is missing."""
        turn = progress.turn + 1
        if progress.reviewing and progress.step != REVIEW and not self.missing(progress.answers):
            return replace(progress, step=REVIEW, turn=turn)
        visible = self.visible(progress.answers)
        if progress.step == REVIEW:
            return replace(progress, step=visible[-1], reviewing=False, turn=turn)
        earlier = [n for n in visible if self._names.index(n) < self._names.index(progress.step)]
        return replace(progress, step=earlier[-1] if earlier else progress.step, turn=turn)

    def edit(self, progress: Progress, step: str) -> Progress:
        return replace(progress, step=step, turn=progress.turn + 1)

    def complete(self, progress: Progress) -> BaseModel:
        """The filled form. Raises FieldProblem where an answer is missing after all."""
        try:
            return self.model.model_validate(progress.answers)
        except ValidationError as error:
            raise FieldProblem("form-problem-missing") from error


def _friendly(problem: dict[str, Any]) -> tuple[str]:
    match problem["type"]:
        case "string_too_short" if problem["ctx"]["min_length"] == 1:
            return ("form-problem-empty",)
        case "string_too_short":
            return ("form-problem-short",)
        case "string_too_long":
            return ("form-problem-long",)
        case "greater_than_equal":
            return ("form-problem-few",)
        case _:
            return ("form-problem-other",)
