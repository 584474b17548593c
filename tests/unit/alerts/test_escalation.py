"""Duty R1's rules of escalation, one by one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.escalation import OneWorkingDay, Rules, decide
from alerts.roster import OnDuty, nearest
from reminders.calendar import WorkingDays

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
RULES = Rules(5, 10, 10)


def person(id: int, role: str, reachable: bool = True, on_leave: bool = False) -> OnDuty:
    return OnDuty(id, f"P{id}", role, "telegram:1", "telegram:1" if reachable else "", "zh", reachable, on_leave)


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


def test_who_is_on_leave_is_passed_over_like_somebody_out_of_reach_and_named() -> None:
    away = person(1, "officer", on_leave=True)
    decision = decide(((away,), (DEPUTY,), (OFFICE,)), 0, NOW, RULES)
    assert (decision.step, decision.alert, decision.skipped) == (1, (DEPUTY,), (away,))


def test_of_two_officers_the_one_at_work_is_alerted_alone() -> None:
    away, there = person(1, "officer", on_leave=True), person(4, "officer")
    assert decide(((away, there), (DEPUTY,), (OFFICE,)), 0, NOW, RULES).alert == (there,)


def test_leave_and_no_deputy_lead_to_the_town_office_at_once() -> None:
    away, lost = person(1, "officer", on_leave=True), person(2, "deputy", reachable=False)
    decision = decide(((away,), (lost,), (OFFICE,)), 0, NOW, RULES)
    assert (decision.step, decision.alert, decision.skipped) == (2, (OFFICE,), (away, lost))


def test_where_everybody_who_can_be_reached_is_on_leave_they_are_alerted_all_the_same() -> None:
    away, lost = person(1, "officer", on_leave=True), person(3, "town_office", reachable=False)
    for step, reached in ((0, 0), (1, 1), (2, 2)):
        decision = decide(((away,), (), (lost,)), step, NOW, RULES)
        assert (decision.step, decision.alert, decision.nobody) == (reached, (away,), False)


def test_the_town_office_out_of_reach_goes_back_to_who_is_at_work_not_to_who_is_on_leave() -> None:
    away, lost = person(1, "officer", on_leave=True), person(3, "town_office", reachable=False)
    assert decide(((away,), (DEPUTY,), (lost,)), 2, NOW, RULES).alert == (DEPUTY,)


def test_the_nearest_are_those_at_work_and_of_these_the_first_step() -> None:
    away, deputy_away = person(1, "officer", on_leave=True), person(2, "deputy", on_leave=True)
    assert nearest(((away,), (DEPUTY,))) == [DEPUTY]
    assert nearest(((away, OFFICER), (DEPUTY,))) == [OFFICER]
    assert nearest(((away,), (deputy_away,))) == [away]
    assert nearest(((), (person(2, "deputy", reachable=False),))) == []


@given(
    st.tuples(*[st.lists(st.tuples(st.booleans(), st.booleans()), max_size=3)] * 3),
    st.integers(min_value=0, max_value=5),
)
def test_an_alert_always_finds_somebody_if_there_is_somebody(
    steps: tuple[list[tuple[bool, bool]], ...], step: int
) -> None:
    line = tuple(tuple(person(10 * n + k, "officer", *how) for k, how in enumerate(s)) for n, s in enumerate(steps))
    decision = decide(line, step, NOW, RULES)
    everybody = [one for people in line for one in people]
    assert bool(decision.alert) == any(one.reachable for one in everybody)
    assert decision.nobody != bool(decision.alert)
    assert all(p.reachable for p in decision.alert)
    assert not any(p.on_leave for p in decision.alert) or not any(one.is_there for one in everybody)
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
