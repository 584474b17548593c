"""Duty V2: the draw is by chance, fair and complete; sizes, counts, and buildings as people type them."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.buildings import LONGEST, MOST_BUILDINGS, MOST_DWELLINGS, Misread, read_buildings
from workload.spot_check import Counts, Doubt, default_size, divided, draw, sizes

BUILDINGS = st.lists(st.integers(1, 200), min_size=1, max_size=30)


@st.composite
def samples(draw_: st.DrawFn) -> tuple[list[int], int]:
    counts = draw_(BUILDINGS)
    return counts, draw_(st.integers(1, min(sum(counts), 200)))


@given(samples(), st.integers())
def test_a_draw_has_the_right_size_and_nothing_twice_and_nothing_that_is_not_there(
    sample: tuple[list[int], int], seed: int
) -> None:
    counts, size = sample
    there = [(f"{number}", count) for number, count in enumerate(counts)]
    drawn = draw(there, size, Random(seed))
    assert sum(len(numbers) for _, numbers in drawn) == size
    assert [called for called, _ in drawn] == [called for called, _ in there if called in dict(drawn)]  # the route
    for called, numbers in drawn:
        assert numbers == sorted(set(numbers))
        assert numbers
        assert 1 <= numbers[0] <= numbers[-1] <= dict(there)[called]


@given(samples(), st.integers())
def test_each_building_has_its_part_within_one(sample: tuple[list[int], int], seed: int) -> None:
    counts, size = sample
    shares = divided(counts, size, Random(seed))
    assert sum(shares) == size
    for share, count in zip(shares, counts, strict=True):
        assert abs(share - size * count / sum(counts)) < 1
        assert 0 <= share <= count


def test_every_dwelling_has_the_same_chance_also_in_buildings_too_small_for_one() -> None:
    there = [(f"{number}", 4) for number in range(50)] + [("tall", 100)]
    random, hit = Random(7), Counter[tuple[str, int]]()
    for _ in range(6000):
        for called, numbers in draw(there, 10, random):
            hit.update((called, number) for number in numbers)
    assert len(hit) == 300
    assert min(hit.values()) > 120 and max(hit.values()) < 290  # 200 each are to be expected


def test_the_same_chance_gives_the_same_draw_and_another_one_another() -> None:
    there = [("a", 100), ("b", 100)]
    assert draw(there, 10, Random(1)) == draw(there, 10, Random(1)) != draw(there, 10, Random(2))


@pytest.mark.parametrize(("counts", "size"), [([3, 4], 8), ([3], 0), ([5, -1], 2)])
def test_what_is_not_there_is_not_drawn(counts: list[int], size: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        divided(counts, size, Random(1))


@pytest.mark.parametrize(
    ("dwellings", "size"), [(1, 1), (9, 9), (10, 10), (200, 10), (201, 11), (240, 12), (1000, 50), (5000, 50)]
)
def test_one_in_twenty_at_least_ten_at_most_fifty(dwellings: int, size: int) -> None:
    assert default_size(dwellings) == size == sizes(dwellings)[0]
    assert max(sizes(dwellings)) <= dwellings
    assert len(set(sizes(dwellings))) == len(sizes(dwellings))


def test_counts_add_up_to_the_dwellings_drawn_and_to_those_seen() -> None:
    assert not Counts(seen=9, correct=7, late=1, wrong=1, nobody=1).doubts(10)
    assert Counts(seen=9, correct=7, late=1, wrong=1).doubts(10) == [Doubt.DRAWN]
    assert Counts(seen=9, correct=7, late=2, not_cancelled=1, nobody=1).doubts(10) == [Doubt.SEEN]
    assert Counts(seen=1).doubts(10) == [Doubt.DRAWN, Doubt.SEEN]
    assert not Counts().is_begun and Counts(nobody=1).is_begun and Counts(wrong=1).is_begun


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("1号楼 24户, 2号楼 36户", {"1号楼": 24, "2号楼": 36}),
        ("１号楼２４户2号楼36户\n3号楼：十二户；A座 8", {"1号楼": 24, "2号楼": 36, "3号楼": 12, "A座": 8}),
        ("1号楼共24户、2号楼有36户。", {"1号楼": 24, "2号楼": 36}),
        ("十二号楼 二十四户", {"十二号楼": 24}),
        ("Building 1: 24, Building 2 36 homes", {"Building 1": 24, "Building 2": 36}),
        ("1号楼 24户，", {"1号楼": 24}),
    ],
)
def test_buildings_as_people_type_them(said: str, found: dict[str, int]) -> None:
    assert read_buildings(said) == (found, [])


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("门口那栋", "unreadable"),
        ("1号楼", "unreadable"),
        ("1号楼 -5户", "unreadable"),
        ("1号楼 约20户", "unreadable"),
        ("1号楼 24.5户", "unreadable"),
        ("24户", "no_call"),
        ("Building 5", "no_call"),
        ("1号楼 0户", "none_there"),
        (f"1号楼 {MOST_DWELLINGS + 1}户", "huge"),
        ("1号楼 99999999户", "huge"),
        ("长" * (LONGEST + 1) + " 3户", "long"),
        ("7号楼 5户", "twice"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_taken(part: str, reason: str) -> None:
    found, bad = read_buildings(f"7号楼 4户, {part}, 8号楼 3户")
    assert found == {"7号楼": 4, "8号楼": 3}
    assert [(each.part, each.reason) for each in bad] == [(part, reason)]


def test_nought_takes_out_what_is_there_and_nobody_has_more_buildings_than_may_be() -> None:
    assert read_buildings("1号楼 0户", ["1号楼"]) == ({"1号楼": 0}, [])
    known = [f"{number}号楼" for number in range(MOST_BUILDINGS)]
    assert read_buildings("新楼 3户, 5号楼 4户", known) == ({"5号楼": 4}, [Misread("新楼 3户", "too_many")])


@given(st.text(max_size=80))
def test_whatever_is_typed_is_taken_or_named(said: str) -> None:
    found, bad = read_buildings(said)
    assert all(0 < count <= MOST_DWELLINGS and 0 < len(called) <= LONGEST for called, count in found.items())
    assert all(each.part.strip() for each in bad)
