"""The sentences and tables of the monthly analysis, whatever the figures are."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.board import State
from handlers.workload.month_analysis import Told, Words, pictured, written
from workload.analysis import LastYear, Month, Register
from workload.figures import Item

COUNT = st.none() | st.integers(0, 99_999)
FIGURES = st.dictionaries(st.sampled_from(Item), st.integers(0, 99_999))
MONTHS = st.builds(
    Month,
    st.just(date(2026, 11, 1)),
    st.just(date(2026, 11, 30)),
    st.integers(0, 23),
    FIGURES,
    st.none() | st.builds(Register, COUNT, COUNT, COUNT, COUNT),
    st.tuples(st.integers(0, 999), st.integers(0, 999)),
    st.integers(0, 99),
    st.integers(0, 99),
    st.integers(0, 99),
    st.dictionaries(st.sampled_from(("theft", "fraud", "other")), st.integers(1, 9)),
)
YEARS = st.builds(LastYear, st.integers(0, 23), FIGURES)
WORDS = st.builds(Words, st.none() | st.text(max_size=40), st.none() | st.text(max_size=40))
MADE = datetime(2026, 12, 3, 6, 0, tzinfo=UTC)
TOLD = st.builds(
    Told, st.just("南苑社区"), MONTHS, MONTHS, YEARS, YEARS, WORDS, st.booleans(), st.just(MADE), st.just("UTC")
)
BARE = Month(date(2026, 11, 1), date(2026, 11, 30), 21, {})
NOTHING = Told("南苑社区", BARE, BARE, LastYear(0, {}), LastYear(0, {}), Words(), True, MADE, "UTC")


@given(TOLD, st.sampled_from(("zh", "en")))
@settings(max_examples=40, deadline=None)
def test_it_can_always_be_written_and_no_rate_exceeds_all(told: Told, language: str) -> None:
    analysis = written(told, language)
    assert analysis.figures is not None
    tables = [analysis.figures, *(section.table for section in analysis.sections if section.table)]
    assert all(len(row) == len(table.header) for table in tables for row in table.rows)
    texts = [text for table in tables for row in table.rows for text in row]
    texts += [text for section in analysis.sections[:5] for text in section.sentences]
    assert all(float(found) <= 100 for text in texts for found in re.findall(r"([\d.]+)%", text))
    assert all(section.sentences for section in analysis.sections)
    board = pictured(told, language)
    assert all(len(row.cells) == len(board.columns) for row in board.rows)
    assert all((cell.value is None) <= (cell.state is State.UNKNOWN) for row in board.rows for cell in row.cells)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_where_nothing_was_told_it_says_so_and_shows_no_zero_rate(language: str) -> None:
    analysis = written(NOTHING, language)
    assert analysis.figures is not None
    assert {(row[1], row[2], row[5]) for row in analysis.figures.rows} == {("—", "—", "—")}
    assert not any("0.0%" in text for section in analysis.sections for text in section.sentences)
    there = {section.heading: section.sentences for section in analysis.sections}
    untold, none = (
        written(replace(NOTHING, words=words), language).sections[5:7] for words in (Words(), Words("", ""))
    )
    assert [section.sentences for section in untold] != [section.sentences for section in none]
    assert len(there) == len(analysis.sections) == 8


def test_words_are_paragraphs_as_they_were_told() -> None:
    difficulties = written(replace(NOTHING, words=Words("白天没人\n\n三号楼改造")), "zh").sections[5]
    assert difficulties.sentences == ("白天没人", "三号楼改造")
