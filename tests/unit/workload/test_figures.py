"""Sums of entries and corrections."""

from hypothesis import given
from hypothesis import strategies as st

from workload.figures import Figures, Item, difference, total

FIGURES = st.dictionaries(st.sampled_from(Item), st.integers(0, 400))


@given(st.lists(FIGURES), st.data())
def test_the_sum_is_the_same_whatever_the_order_of_entries_and_corrections(
    entries: list[Figures], data: st.DataObject
) -> None:
    rows = list(entries)
    for _ in range(data.draw(st.integers(0, 3))):
        rows.append(difference(total(rows), data.draw(FIGURES)))
    mixed = data.draw(st.permutations(rows))
    assert total(mixed) == total(rows)
    cut = data.draw(st.integers(0, len(mixed)))
    assert total([total(mixed[:cut]), total(mixed[cut:])]) == total(rows)


@given(FIGURES, FIGURES)
def test_a_correction_makes_what_is_wanted_and_leaves_the_rest(entered: Figures, wanted: Figures) -> None:
    correction = difference(entered, wanted)
    assert total([entered, correction]) == {**entered, **wanted}
    assert not difference(total([entered, correction]), wanted)


def test_what_was_not_entered_is_absent_and_zero_is_a_figure() -> None:
    assert total([]) == {}
    assert total([{Item.VISITED: 5}, {}, {Item.VISITED: -2}]) == {Item.VISITED: 3}
    assert total([{Item.TAKEN: 0}]) == {Item.TAKEN: 0}
    assert difference({}, {Item.TAKEN: 0}) == {Item.TAKEN: 0}
