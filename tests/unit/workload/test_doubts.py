"""What does not fit together in a week's figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.doubts import Doubt, Reason, doubts, is_plausible
from workload.figures import Figures, Item

V, T, S, H = Item.VISITED, Item.TAKEN, Item.SAME_DAY, Item.HOURS
LAST: Figures = {V: 60, T: 30, Item.CHANGED: 4, Item.CANCELLED: 2, S: 36, H: 40, Item.REPORTS: 3}


@pytest.mark.parametrize(
    ("figures", "doubt"),
    [
        ({V: 40, T: 11, S: 12}, Doubt(Reason.SAME_DAY, S, 12, 11)),
        ({V: 40, S: 1}, Doubt(Reason.SAME_DAY, S, 1, 0)),
        ({V: 0, T: 11}, Doubt(Reason.NO_VISIT, V, 0, 11)),
        ({Item.CANCELLED: 1}, Doubt(Reason.NO_VISIT, V, None, 1)),
        ({V: 1501}, Doubt(Reason.MANY_A_DAY, V, 1501, 1500)),
        ({H: 71}, Doubt(Reason.LONG_DAYS, H, 71, 70)),
    ],
)
def test_figures_that_do_not_fit_each_other(figures: Figures, doubt: Doubt) -> None:
    assert doubts(figures, {}, 5) == [doubt]
    assert not is_plausible(figures, {}, 5)


@pytest.mark.parametrize(
    ("figures", "doubt"),
    [
        ({V: 20}, Doubt(Reason.FELL, V, 20, 60)),
        ({V: 0}, Doubt(Reason.FELL, V, 0, 60)),
        ({V: 180}, Doubt(Reason.ROSE, V, 180, 60)),
        ({Item.REPORTS: 10}, Doubt(Reason.ROSE, Item.REPORTS, 10, 3)),
    ],
)
def test_figures_that_do_not_fit_last_week(figures: Figures, doubt: Doubt) -> None:
    assert doubts(figures, LAST, 5) == [doubt]


@pytest.mark.parametrize("figures", [LAST, {V: 21}, {V: 179}, {V: 300}, {V: 40, T: 11, S: 11}, {H: 70}, {}])
def test_what_is_plausible(figures: Figures) -> None:
    assert is_plausible(figures, {} if figures in ({V: 300}, {H: 70}) else LAST, 5)


def test_small_figures_reports_and_what_was_not_entered_are_not_compared() -> None:
    assert is_plausible({V: 3, T: 9}, {V: 9, T: 1}, 5)
    assert is_plausible({Item.REPORTS: 0}, {Item.REPORTS: 30}, 5)
    assert is_plausible({V: 100}, {H: 40}, 5)  # last week's are absent, not 0
    assert doubts({V: 100}, {V: 0}, 5) == [Doubt(Reason.ROSE, V, 100, 0)]


def test_last_week_is_scaled_by_its_days() -> None:
    assert is_plausible({V: 24}, {V: 60}, 2, 5)
    assert is_plausible({V: 20}, {V: 60}, 2, 5)  # two days before a holiday
    assert doubts({V: 8}, {V: 60}, 2, 5) == [Doubt(Reason.FELL, V, 8, 60)]
    assert is_plausible({V: 60}, {V: 20}, 5, 2)
    assert doubts({V: 60}, {V: 60}, 1, 5) == [Doubt(Reason.ROSE, V, 60, 60)]


def test_figures_of_a_week_without_a_day_are_asked() -> None:
    assert doubts({V: 1}, LAST, 0) == [Doubt(Reason.MANY_A_DAY, V, 1, 0)]
    assert is_plausible({}, LAST, 0)
    assert is_plausible({V: 60}, LAST, 5, 0)


FIGURES = st.dictionaries(st.sampled_from(Item), st.integers(0, 2000))


@given(FIGURES, FIGURES, st.integers(0, 7), st.integers(0, 7) | st.none())
def test_a_doubt_is_of_what_was_said_and_comes_once(
    figures: Figures, last: Figures, days: int, last_days: int | None
) -> None:
    found = doubts(figures, last, days, last_days)
    assert all(doubt.figure == figures.get(doubt.item) for doubt in found)
    assert len({(doubt.reason, doubt.item) for doubt in found}) == len(found)
    assert is_plausible(figures, last, days, last_days) is not bool(found)
