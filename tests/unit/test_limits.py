"""The limits of scope.md, each broken by a failing test: no column, form field or CSV header about who somebody is."""

import re

from sqlmodel import SQLModel

import models  # noqa: F401
from handlers import reporting, suspicious_activity  # noqa: F401
from handlers.filling import CONVERSATIONS

_IDENTITY = re.compile(
    r"ethnic|nation|relig|origin|migra|hukou|race|health|politic|party|sexual|gender|marital|passport|identity|id_?card"
    r"|phone|mobile|birth|(^|_)age$|face|suspect|watch|score|track|papers|refus",
    re.I,
)


def test_no_column_is_about_who_somebody_is() -> None:
    columns = [f"{table.name}.{column.name}" for table in SQLModel.metadata.tables.values() for column in table.columns]
    assert columns
    assert not [name for name in columns if _IDENTITY.search(name.partition(".")[2])]


def test_no_question_is_about_who_somebody_is() -> None:
    questions = [f"{name}.{step}" for name, c in CONVERSATIONS.items() for step in c.form.questions]
    assert questions
    assert not [name for name in questions if _IDENTITY.search(name.partition(".")[2])]


def test_behaviours_are_acts() -> None:
    assert not [name for name in suspicious_activity.BEHAVIOURS if _IDENTITY.search(name)]
