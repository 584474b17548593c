"""The five items: ticks, and counts that never exceed the days there are."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workload.kit import Check, Counts, Kit, count, is_complete, toggled

MONDAY = date(2026, 11, 23)
DAYS = {MONDAY + timedelta(days=n) for n in range(5)}
LI, WU = 1, 2
ALL = [item.value for item in Kit]


def test_a_tick_goes_on_and_off_in_the_order_of_the_items() -> None:
    assert toggled(["camera"], Kit.BADGE) == ["badge", "camera"]
    assert toggled(["badge", "camera"], Kit.BADGE) == ["camera"]


def test_four_are_not_all() -> None:
    assert is_complete(ALL)
    assert not is_complete(ALL[1:])


def test_own_checks_count_on_working_days_and_spot_checks_apart() -> None:
    saturday = MONDAY + timedelta(days=5)
    checks = [
        Check(LI, MONDAY, False, ALL),
        Check(LI, MONDAY + timedelta(days=1), False, ALL[:3]),
        Check(LI, saturday, False, ALL),
        Check(LI, MONDAY, True, ALL[:4]),
        Check(LI, saturday, True, ALL),
        Check(WU, MONDAY, False, ALL),
    ]
    on_leave = {LI: DAYS, WU: DAYS - {MONDAY}}
    assert count(checks, on_leave) == Counts(checked=2, complete=1, days=9, spot=2, spot_complete=1)


@given(st.sets(st.tuples(st.integers(0, 6), st.booleans())), st.sets(st.sampled_from(Kit)))
def test_nobody_has_checked_more_days_than_there_are(keys: set[tuple[int, bool]], there: set[Kit]) -> None:
    found = count([Check(LI, MONDAY + timedelta(days=n), spot, there) for n, spot in keys], {LI: DAYS})
    assert 0 <= found.complete <= found.checked <= found.days
    assert 0 <= found.spot_complete <= found.spot
