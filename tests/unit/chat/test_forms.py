"""The form engine: order, hidden questions, back, skip, edits from the review card, errors in friendly words."""

from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from chat.forms import REVIEW, FieldProblem, Form, Kind, Progress, Question


class Lamp(BaseModel):
    """A lamp that is broken."""

    where: Annotated[str, Field(min_length=1, max_length=5), Question(Kind.TEXT)]
    dark: Annotated[str, Question(Kind.CHOICE, ("yes", "no"))]
    since: Annotated[
        str | None,
        Question(Kind.TEXT, when=lambda answers: answers.get("dark") == "yes", counted=False),
    ] = None
    remark: Annotated[str | None, Field(min_length=3), Question(Kind.TEXT)] = None


class Gate(BaseModel):
    """A gate that does not close: two questions that are to be answered where they are asked, and words after them."""

    stuck: Annotated[str, Question(Kind.CHOICE, ("yes", "no"))]
    how: Annotated[str, Question(Kind.TEXT, when=lambda answers: answers.get("stuck") == "yes", firm=True)] = ""
    words: Annotated[str, Question(Kind.TEXT)]
    tools: Annotated[str, Question(Kind.TEXT, when=lambda answers: answers.get("stuck") == "yes", firm=True)] = ""


FORM = Form("lamp", 1, Lamp)


def _filled(*values: str | None) -> Progress:
    """The form with these answers given one after the other; None skips."""
    progress = FORM.start()
    for value in values:
        progress = FORM.skip(progress) if value is None else FORM.answer(progress, value)
    return progress


def test_questions_come_in_the_order_of_the_fields_and_end_at_the_review() -> None:
    assert FORM.start().step == "where"
    assert _filled("gate").step == "dark"
    assert _filled("gate", "no").step == "remark"
    assert _filled("gate", "no", "it flickers").step == REVIEW


def test_a_question_whose_condition_does_not_hold_is_not_asked_and_not_counted() -> None:
    assert _filled("gate", "yes").step == "since"
    assert FORM.visible({"dark": "no"}) == ["where", "dark", "remark"]
    assert FORM.position(_filled("gate", "yes")) == (2, 3)
    assert FORM.position(_filled("gate", "no")) == (3, 3)


def test_only_what_has_a_default_may_be_skipped() -> None:
    assert [step for step in FORM.questions if FORM.may_skip(step)] == ["since", "remark"]
    assert "remark" not in _filled("gate", "no", None).answers


@pytest.mark.parametrize(
    ("answers", "value", "code"),
    [
        ((), "", "form-problem-empty"),
        ((), "too long", "form-problem-long"),
        (("gate", "no"), "x", "form-problem-short"),
        ((), 7, "form-problem-other"),
    ],
)
def test_what_does_not_do_is_told_and_changes_nothing(answers: tuple[str, ...], value: object, code: str) -> None:
    progress = _filled(*answers)
    with pytest.raises(FieldProblem) as problem:
        FORM.answer(progress, value)
    assert problem.value.code == code
    assert progress == _filled(*answers)


def test_back_goes_to_the_question_before_and_keeps_the_answers() -> None:
    back = FORM.back(_filled("gate", "no"))
    assert (back.step, back.answers) == ("dark", {"where": "gate", "dark": "no"})
    assert FORM.back(FORM.start()).step == "where"
    assert FORM.back(_filled("gate", "no", None)).step == "remark"


def test_an_edit_returns_to_the_review_and_asks_only_what_it_brought_up() -> None:
    reviewed = _filled("gate", "no", None)
    assert FORM.answer(FORM.edit(reviewed, "where"), "yard").step == REVIEW
    assert FORM.back(FORM.edit(reviewed, "where")).step == REVIEW
    changed = FORM.answer(FORM.edit(reviewed, "dark"), "yes")
    assert changed.step == REVIEW  # "since" may be skipped, so nothing is missing


def test_what_an_edit_brought_up_is_asked_before_the_review_and_nothing_that_was_answered() -> None:
    form = Form("gate", 1, Gate)
    reviewed = form.answer(form.answer(form.start(), "no"), "it squeaks")
    changed = form.answer(form.edit(reviewed, "stuck"), "yes")
    assert changed.step == "how"
    assert form.back(changed).step == "stuck"
    more = form.answer(changed, "open")
    assert more.step == "tools"
    assert form.back(more).step == "words"
    done = form.answer(more, "a file")
    assert (done.step, form.back(form.edit(done, "words")).step) == (REVIEW, REVIEW)


def test_every_change_makes_old_buttons_old() -> None:
    turns = [_filled().turn, _filled("gate").turn, FORM.back(_filled("gate")).turn, _filled("gate", "no", None).turn]
    assert turns == [0, 1, 2, 3]


def test_a_form_is_complete_only_with_every_answer_that_must_be_there() -> None:
    assert FORM.complete(_filled("gate", "no", None)) == Lamp(where="gate", dark="no")
    with pytest.raises(FieldProblem):
        FORM.complete(_filled("gate"))
