"""What may be the same thing: by what, when and where; and that the search for it costs the same after years."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.linli_folder import RING
from handlers.duplicates import METRES, MOST, SEARCH, WITHIN, Happening, may_be_same, metres, near
from models.database import Database
from models.migration import migrate

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
DEGREE = 111_195.08  # metres, of a great circle of the mean radius

spots = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
happenings = st.builds(
    Happening,
    st.sets(st.sampled_from(["a", "b", "c"]), min_size=1),
    st.integers(-40, 40).map(lambda hours: NOON + timedelta(hours=hours)),
    st.none() | st.tuples(st.floats(31, 31.003), st.floats(121, 121.003)),
    st.integers(1, 99),
)


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ((0, 0), (1, 0), DEGREE),
        ((0, 0), (0, 1), DEGREE),
        ((60, 0), (60, 1), 55_595.0),
        ((0, 179.5), (0, -179.5), DEGREE),
        ((90, 0), (-90, 0), 180 * DEGREE),
        ((31.2304, 121.4737), (39.9042, 116.4074), 1_067_300),  # Shanghai, Beijing
    ],
)
def test_metres_known(one: tuple[float, float], other: tuple[float, float], far: float) -> None:
    assert metres(one, other) == pytest.approx(far, rel=1e-3)


@given(spots, spots, spots)
def test_metres_are_a_distance(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> None:
    assert metres(a, b) == metres(b, a) >= 0
    assert metres(a, a) == 0
    assert metres(a, c) <= metres(a, b) + metres(b, c) + 1  # metre


@given(happenings, happenings)
def test_the_same_thing_is_so_from_both_sides(one: Happening, other: Happening) -> None:
    assert may_be_same(one, other) == may_be_same(other, one)
    assert may_be_same(one, one)


@given(st.lists(happenings, max_size=12), happenings)
def test_near_keeps_the_order_and_leaves_out_only_what_is_not_or_is_too_much(
    candidates: list[Happening], this: Happening
) -> None:
    found = near(candidates, this)
    fitting = [
        one
        for one in candidates
        if one.about & this.about  # type: ignore[operator]
        and abs(one.happened_at - this.happened_at) <= WITHIN
        and (one.spot is None or this.spot is None or metres(one.spot, this.spot) <= METRES)
    ]
    assert found == fitting[:MOST]


@pytest.mark.parametrize(("north", "same"), [(149.9, True), (150.1, False)])
def test_a_hundred_and_fifty_metres_is_the_limit(north: float, same: bool) -> None:
    here = Happening(["a"], NOON, (31.1, 121.2))
    there = Happening(["a"], NOON, (31.1 + north / DEGREE, 121.2))
    assert may_be_same(here, there) is same


@pytest.mark.parametrize(("hours", "same"), [(24, True), (24.001, False), (-24, True), (-24.001, False)])
def test_a_day_is_the_limit(hours: float, same: bool) -> None:
    earlier = Happening(["a"], NOON - timedelta(hours=hours))
    assert may_be_same(Happening(["a", "b"], NOON), earlier) is same


def test_the_search_uses_the_index_of_open_first_reports_alone(tmp_path: Path) -> None:
    migrate(tmp_path / "linli.db")
    db = Database(tmp_path / "linli.db", RING)
    plan = [row["detail"] for row in db.all(f"explain query plan {SEARCH}", (1, "tip", NOON))]
    db.close()
    assert plan == ["SEARCH report USING INDEX report_near (place=? AND kind=? AND created_at>?)"]
