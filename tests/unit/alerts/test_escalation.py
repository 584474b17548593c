"""Duty R1's rules of escalation, one by one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.escalation import OneWorkingDay, Rules, decide
from alerts.roster import OnDuty
from reminders.calendar import WorkingDays

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
RULES = Rules(5, 10, 10)


def person(id: int, role: str, reachable: bool = True) -> OnDuty:
    return OnDuty(id, f"P{id}", role, "telegram:1", "telegram:1" if reachable else "", "zh", reachable)


OFFICER, DEPUTY, OFFICE = person(1, "officer"), person(2, "deputy"), person(3, "town_office")
LINE = ((OFFICER,), (DEPUTY,), (OFFICE,))


def test_the_officer_comes_first_and_has_five_minutes() -> None:
    decision = decide(LINE, 0, NOW, RULES)
    assert decision.alert == (OFFICER,)
    assert decision.due_at == NOW + timedelta(minutes=5)


def test_then_the_deputy_for_ten_minutes() -> None:
    decision = decide(LINE, 1, NOW, RULES)
    assert decision.alert == (DEPUTY,)
    assert decision.due_at == NOW + timedelta(minutes=10)


def test_the_town_office_is_asked_again_and_again() -> None:
    for step in (2, 3, 9):
        decision = decide(LINE, step, NOW, RULES)
        assert (decision.step, decision.alert) == (2, (OFFICE,))


def test_a_step_without_anybody_reachable_is_skipped_and_named() -> None:
    away = person(1, "officer", reachable=False)
    decision = decide(((away,), (DEPUTY,), (OFFICE,)), 0, NOW, RULES)
    assert (decision.step, decision.alert, decision.skipped) == (1, (DEPUTY,), (away,))


def test_a_last_step_without_anybody_falls_back_to_whoever_can_be_reached() -> None:
    decision = decide(((OFFICER,), (), ()), 2, NOW, RULES)
    assert decision.alert == (OFFICER,)
    assert decision.step == 2


def test_nobody_at_all_is_said_and_tried_again() -> None:
    decision = decide(((), (), ()), 0, NOW, RULES)
    assert decision.nobody
    assert decision.due_at > NOW


@given(
    st.tuples(*[st.lists(st.booleans(), max_size=3)] * 3),
    st.integers(min_value=0, max_value=5),
)
def test_an_alert_always_finds_somebody_if_there_is_somebody(
    steps: tuple[list[bool], list[bool], list[bool]], step: int
) -> None:
    line = tuple(
        tuple(person(10 * n + k, "officer", reachable) for k, reachable in enumerate(s)) for n, s in enumerate(steps)
    )
    decision = decide(line, step, NOW, RULES)
    assert bool(decision.alert) == any(any(s) for s in steps)
    assert decision.nobody != bool(decision.alert)
    assert all(p.reachable for p in decision.alert)
    assert decision.due_at > NOW


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("2026-11-24 10:00", "2026-11-25 10:00"),  # Tuesday
        ("2026-11-27 16:30", "2026-11-30 16:30"),  # Friday
        ("2026-11-28 09:00", "2026-11-30 09:00"),  # Saturday
        ("2026-09-30 23:59", "2026-10-08 23:59"),  # before the National Day
        ("2026-10-09 08:00", "2026-10-10 08:00"),  # Saturday, made up for
    ],
)
def test_a_tip_waits_for_the_same_hour_of_the_next_working_day(filed: str, due: str) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    now = datetime.fromisoformat(filed).replace(tzinfo=zone).astimezone(UTC)
    limits = OneWorkingDay(zone, WorkingDays().next_working_day)
    assert limits.until(0, now) == datetime.fromisoformat(due).replace(tzinfo=zone)
    assert limits.until(2, now) - now <= limits.longest
