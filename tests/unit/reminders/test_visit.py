"""Duty V1: what is next for a request, which slot is offered, when it is late."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from reminders.plan import Kind
from reminders.visit import (
    RULES,
    Problem,
    Standing,
    Step,
    ahead,
    has_lapsed,
    late_days,
    look_at,
    may_be_found,
    offered,
    offers,
    slot_problem,
    step,
    takes_more,
)

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(ZONE, WorkingDays().is_working_day)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A local time of 2026, as UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


NOW = at(24, 10)  # Tuesday
SLOTS = (at(27, 14, 30), at(26, 9, 30), at(26, 19))
BOTH = {"coordinator": (0, 2), "cadre": (0, 1, 2)}


@pytest.mark.parametrize(
    ("standing", "wanted"),
    [
        (Standing(SLOTS), Step.TAKE),
        (Standing(SLOTS, {"cadre": (0, 1)}), Step.TAKE),
        (Standing(SLOTS, {"cadre": (0, 1), "coordinator": None}), Step.MARK),
        (Standing(SLOTS, BOTH), Step.ANSWER),
        (Standing(SLOTS, BOTH, (0, 2)), Step.AGAIN),
        (Standing(SLOTS, BOTH, (0, 1, 2)), Step.AGAIN),
        (Standing(SLOTS, {"cadre": (), "coordinator": (0, 1, 2)}), Step.AGAIN),
        (Standing((), BOTH), Step.AGAIN),
        (Standing((NOW,), BOTH), Step.AGAIN),  # it has passed
        (Standing(SLOTS, BOTH, starts_at=NOW + timedelta(minutes=16)), Step.COMING),
        (Standing(SLOTS, {}, starts_at=NOW + timedelta(days=1)), Step.COMING),  # agreed, though a part is free again
        (Standing(SLOTS, BOTH, starts_at=NOW + timedelta(minutes=15)), Step.THERE),
        (Standing(SLOTS, BOTH, starts_at=NOW, found=True), Step.DECIDE),
        (Standing(SLOTS, BOTH, starts_at=NOW, found=True, decided=True), Step.DONE),
    ],
)
def test_what_it_waits_for(standing: Standing, wanted: Step) -> None:
    assert step(standing, NOW) is wanted


def test_the_first_slot_at_which_both_can_is_offered_whatever_the_order_they_were_named_in() -> None:
    assert offered(Standing(SLOTS, BOTH), NOW) == 2
    assert offered(Standing(SLOTS, BOTH, (2,)), NOW) == 0
    assert offered(Standing(SLOTS, BOTH), at(26, 18)) == 0  # an hour before is too late
    assert offered(Standing(SLOTS, {"cadre": (0, 1, 2)}), NOW) is None
    assert offered(Standing(SLOTS, {"cadre": (0, 1, 2), "coordinator": None}), NOW) is None
    assert ahead(Standing(SLOTS), NOW) == [1, 2, 0]


@pytest.mark.parametrize(
    ("slot", "problem"),
    [
        (at(24, 11), Problem.PAST),
        (at(24, 11, 1), None),
        (at(23, 10), Problem.PAST),
        (at(1, 20, month=12), None),
        (at(2, 9, month=12), Problem.FAR),
        (at(25, 7, 59), Problem.NIGHT),
        (at(25, 8), None),
        (at(25, 21), None),
        (at(25, 21, 1), Problem.NIGHT),
        (at(28, 14), Problem.OFF),  # Saturday
        (at(28, 18), None),
        (SLOTS[0], Problem.SAME),
    ],
)
def test_slots_that_cannot_be(slot: datetime, problem: Problem | None) -> None:
    assert slot_problem(slot, NOW, date(2026, 12, 1), CALENDAR, SLOTS[:1]) is problem


@pytest.mark.parametrize(
    ("waiting", "most", "takes"),
    [
        ((), 1, True),
        ((at(24, 0), at(24, 9)), 3, True),
        ((at(24, 0), at(24, 9)), 2, False),
        ((at(23, 23, 59), at(24, 9)), 2, True),  # yesterday's flood is over at midnight
        ((at(23, 12),) * 500, 1, True),
    ],
)
def test_a_committee_takes_so_many_requests_a_day_that_nobody_has_taken(
    waiting: Sequence[datetime], most: int, takes: bool
) -> None:
    assert takes_more(waiting, most, NOW, CALENDAR) is takes


def test_mornings_afternoons_and_evenings_of_the_next_working_days_are_offered() -> None:
    found = offers(at(27, 10), date(2026, 12, 2), CALENDAR, (at(30, 9, 30),))  # Friday
    there = [slot.astimezone(ZONE) for slot in found]
    assert {slot.date() for slot in there} == {date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)}
    assert [slot.time() for slot in there[:3]] == [time(14, 30), time(19), time(9, 30)]
    assert all(slot_problem(slot, at(27, 10), date(2026, 12, 2), CALENDAR, ()) is None for slot in found)
    assert offers(NOW, date(2026, 11, 24), CALENDAR, ()) == []


def test_the_last_day_counts_working_days_make_up_days_among_them() -> None:
    assert CALENDAR.working_day_after(date(2026, 11, 24), 5) == date(2026, 12, 1)
    assert CALENDAR.working_day_after(date(2026, 9, 30), 3) == date(2026, 10, 10)  # a Saturday on which people work


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (at(1, 23, 59, month=12), 0),
        (at(2, 0, month=12), 1),
        (at(4, 12, month=12), 3),
        (at(6, 12, month=12), 3),  # Sunday
        (at(7, 12, month=12), 4),
    ],
)
def test_late_days_are_working_days(now: datetime, days: int) -> None:
    assert late_days(date(2026, 12, 1), now, CALENDAR) == days


@pytest.mark.parametrize(
    ("standing", "now", "wanted"),
    [
        (Standing(SLOTS), NOW, at(27, 13, 30)),  # the last slot passes
        (Standing(SLOTS, BOTH), NOW, at(26, 18)),  # the one that is offered does
        (Standing(), NOW, at(2, 9, month=12)),  # the first working morning on which it is late
        (Standing(SLOTS, starts_at=SLOTS[0]), NOW, at(2, 9, month=12)),
        (Standing(), at(2, 8, month=12), at(2, 9, month=12)),
        (Standing(), at(2, 9, month=12), at(3, 9, month=12)),
        (Standing(), at(4, 9, month=12), at(7, 9, month=12)),  # not on Saturday
        (Standing(), at(6, 9, month=12), at(7, 9, month=12)),
        (Standing(decided=True), NOW, None),
    ],
)
def test_when_to_look_again(standing: Standing, now: datetime, wanted: datetime | None) -> None:
    assert look_at(standing, date(2026, 12, 1), now, CALENDAR) == wanted


def test_confirmed_only_after_talks_with_the_applicant_and_with_others() -> None:
    assert may_be_found("confirmed", spoke=True, witnessed=True)
    assert not may_be_found("confirmed", spoke=True, witnessed=False)
    assert not may_be_found("confirmed", spoke=False, witnessed=True)
    assert may_be_found("unclear", spoke=False, witnessed=False)
    assert may_be_found("not_confirmed", spoke=False, witnessed=False)


def test_a_visit_is_reminded_of_the_working_day_and_the_hour_before_and_not_more() -> None:
    assert [rule.kind for rule in RULES] == [Kind.DAY_BEFORE, Kind.SOON]


def test_what_waits_for_its_applicant_is_given_up_in_time() -> None:
    assert not has_lapsed(date(2026, 12, 1), date(2026, 12, 31), 30)
    assert has_lapsed(date(2026, 12, 1), date(2027, 1, 1), 30)
