"""The figures of the monthly analysis: rates against their targets, last year, and what got better or worse."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workload.analysis import Change, LastYear, Month, Register, Trend, changes, compared, rates, shares
from workload.figures import Item
from workload.rates import Quality, Verdict

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
    violations_open=st.integers(0, 99),
)
NOVEMBER = Month(
    date(2026, 11, 1),
    date(2026, 11, 30),
    21,
    {Item.TAKEN: 60, Item.CHANGED: 30, Item.CANCELLED: 10, Item.SAME_DAY: 97, Item.VISITED: 420},
    Register(800, 800, 1000, 909),
    (91, 100),
    violations_open=2,
)


def test_the_four_rates_against_their_targets() -> None:
    found = rates(NOVEMBER)
    assert {quality: (each.percent, each.verdict, each.missing) for quality, each in found.items()} == {
        Quality.REGISTRATION: (90.9, Verdict.MISSED, 0.1),
        Quality.ACCURACY: (91.0, Verdict.MET, 0.0),
        Quality.COVERAGE: (100.0, Verdict.MET, 0.0),
        Quality.SAME_DAY: (97.0, Verdict.MISSED, 3.0),
    }
    assert [each.target for each in found.values()] == [91.0, 91.0, 100.0, 100.0]


def test_what_was_not_told_is_not_known_and_no_zero() -> None:
    bare = Month(date(2026, 11, 1), date(2026, 11, 30), 21, {Item.TAKEN: 5})
    assert shares(bare) == {}
    assert shares(replace(bare, register=Register(800, None, 0, 0))) == {}
    assert shares(replace(bare, figures={Item.TAKEN: 5, Item.SAME_DAY: 0})) == {Quality.SAME_DAY: (0, 5)}
    assert shares(replace(bare, register=Register(800, 0))) == {Quality.COVERAGE: (0, 800)}


@given(MONTHS)
def test_no_rate_exceeds_all_and_none_divides_by_zero(month: Month) -> None:
    for each in rates(month).values():
        assert each.whole > 0
        assert 0 <= each.percent <= 100
        assert (each.verdict is Verdict.MET) == (each.missing == 0)


@given(MONTHS, MONTHS)
def test_what_is_better_one_way_is_worse_the_other(month: Month, before: Month) -> None:
    there, back = changes(month, before), changes(before, month)
    turned = {Trend.BETTER: Trend.WORSE, Trend.WORSE: Trend.BETTER, Trend.SAME: Trend.SAME}
    assert [each.trend for each in back] == [turned[each.trend] for each in there]
    known = {each.what for each in there} - {None}
    assert known == rates(month).keys() & rates(before).keys()


def test_fewer_open_violations_are_better_and_what_nobody_sees_is_no_change() -> None:
    assert Change(None, 3, 1).trend is Trend.BETTER
    assert Change(Quality.COVERAGE, 97.0, 99.0).trend is Trend.BETTER
    assert Change(Quality.COVERAGE, 99.0, 97.0).trend is Trend.WORSE
    told = changes(NOVEMBER, replace(NOVEMBER, ledger=(9101, 10_000)))
    assert next(each for each in told if each.what is Quality.ACCURACY).trend is Trend.SAME


def test_last_year_counts_by_days_worked() -> None:
    found = {
        each.item: each for each in compared(NOVEMBER, LastYear(20, {Item.VISITED: 400, Item.TAKEN: 58, Item.HOURS: 9}))
    }
    assert (found[Item.VISITED].least, found[Item.VISITED].verdict) == (420, Verdict.MET)
    assert (found[Item.TAKEN].least, found[Item.TAKEN].verdict) == (61, Verdict.MISSED)  # 58 in 20 days: 60.9 in 21
    assert (found[Item.TAKEN].short, found[Item.VISITED].short) == (1, 0)
    assert found[Item.HOURS].verdict is Verdict.UNKNOWN  # nobody told any
    assert found[Item.CHANGED].verdict is Verdict.UNKNOWN
    assert all(each.verdict is Verdict.UNKNOWN for each in compared(NOVEMBER, LastYear(0, {Item.VISITED: 400})))


@given(MONTHS, st.integers(0, 23), FIGURES)
def test_an_item_is_judged_where_both_years_are_known(month: Month, days: int, figures: dict[Item, int]) -> None:
    for each in compared(month, LastYear(days, figures)):
        known = each.item in month.figures and each.item in figures and days > 0 and month.days > 0
        assert (each.verdict is not Verdict.UNKNOWN) == known
        if known:
            assert (each.verdict is Verdict.MET) == ((each.figure or 0) >= (each.least or 0)) == (each.short == 0)
