"""The table of tips, without a database: ages, what is overdue, what belongs to a list and in which order."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.tip_table import Age, Tip, chosen

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


def _tip(
    number: str, *, hours: float, kind: str = "theft", place: int = 1, state: str = "waiting", due: int = 24
) -> Tip:
    filed = NOW - timedelta(hours=hours)
    return Tip(1, number, kind, state, place, "", filed, filed + timedelta(hours=due), False)


@pytest.mark.parametrize(
    ("hours", "age"),
    [(0, Age.DAY), (23.9, Age.DAY), (24, Age.WEEK), (167.9, Age.WEEK), (168, Age.OLDER), (9999, Age.OLDER)],
)
def test_ages(hours: float, age: Age) -> None:
    assert _tip("A", hours=hours).age(NOW) is age


def test_only_what_nobody_took_is_overdue_and_from_the_moment_on() -> None:
    assert _tip("A", hours=24).is_overdue(NOW)
    assert not _tip("A", hours=23.9).is_overdue(NOW)
    assert not _tip("A", hours=99, state="acknowledged").is_overdue(NOW)
    assert not _tip("A", hours=60, due=72).is_overdue(NOW)  # filed before a weekend


def test_lists_and_their_order() -> None:
    tips = [
        _tip("new", hours=1),
        _tip("late", hours=30, place=12),
        _tip("taken", hours=50, state="acknowledged", kind="fraud"),
        _tip("later", hours=40, place=1),
    ]

    def numbers(which: str) -> list[str]:
        return [tip.number for tip in chosen(tips, which, NOW)]

    assert numbers("open") == ["later", "late", "taken", "new"]
    assert numbers("overdue") == ["later", "late"]
    assert numbers("place-1") == ["later", "taken", "new"]
    assert numbers("place-12") == ["late"]
    assert numbers("kind-fraud") == ["taken"]
    assert numbers("kind-other") == []
