"""Until when minutes are begun and objected to, and when it is said that none are written."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from reminders.minutes import MORNING, is_final, may_begin, term_ends, unwritten
from reminders.plan import Settings

CHINA = Calendar(ZoneInfo("Asia/Shanghai"), WorkingDays().is_working_day)


def local(day: str, hour: int, minute: int = 0) -> datetime:
    return CHINA.at(date.fromisoformat(day), time(hour, minute))


FRIDAY = local("2026-11-27", 14)


def said(starts_at: datetime, until: datetime, *, begun: bool, late: timedelta = timedelta()) -> list[datetime]:
    """When it is said that minutes are not written, where every tick comes so late."""
    found: list[datetime] = []
    told: datetime | None = None
    look_at: datetime | None = starts_at
    while look_at is not None and look_at + late <= until:
        now = look_at + late
        decision = unwritten(starts_at, told, now, CHINA, Settings(), begun=begun)
        found += [now] if decision.say else []
        told, look_at = decision.told_at, decision.look_at
        assert look_at is None or look_at > now
    return found


@pytest.mark.parametrize(
    ("since", "ends"),
    [
        (FRIDAY, local("2026-12-02", 0)),  # Monday and Tuesday
        (local("2026-11-28", 20), local("2026-12-02", 0)),  # sent on Saturday: the same two days
        (local("2026-11-24", 0), local("2026-11-27", 0)),
        (local("2026-11-24", 23, 59), local("2026-11-27", 0)),
        (local("2026-09-30", 10), local("2026-10-10", 0)),  # over National Day
        (local("2026-10-09", 10), local("2026-10-13", 0)),  # the make-up Saturday counts
    ],
)
def test_a_term_ends_with_the_second_working_day(since: datetime, ends: datetime) -> None:
    assert term_ends(since, CHINA) == ends
    assert not is_final(since, ends - timedelta(seconds=1), CHINA)
    assert is_final(since, ends, CHINA)


def test_minutes_are_begun_from_the_start_of_a_meeting_to_the_end_of_its_term() -> None:
    assert not may_begin(FRIDAY, FRIDAY - timedelta(seconds=1), CHINA)
    assert may_begin(FRIDAY, FRIDAY, CHINA)
    assert may_begin(FRIDAY, local("2026-12-01", 23, 59), CHINA)
    assert not may_begin(FRIDAY, local("2026-12-02", 0), CHINA)


def test_it_is_said_in_the_mornings_of_working_days_while_something_can_be_done() -> None:
    end = FRIDAY + timedelta(days=30)
    mornings = [CHINA.at(date(2026, 11, 30) + timedelta(days=n), MORNING) for n in range(3)]
    assert said(FRIDAY, end, begun=False) == mornings[:2]
    assert said(FRIDAY, end, begun=True) == mornings


def test_what_was_slept_through_is_said_once_and_not_after_its_term() -> None:
    tuesday = local("2026-12-01", 11)
    assert unwritten(FRIDAY, None, tuesday, CHINA, Settings(), begun=False).say
    decision = unwritten(FRIDAY, None, tuesday, CHINA, Settings(), begun=True)
    assert (decision.say, decision.look_at) == (True, local("2026-12-02", 9, 30))
    again = unwritten(FRIDAY, decision.told_at, tuesday + timedelta(hours=1), CHINA, Settings(), begun=True)
    assert not again.say
    late = unwritten(FRIDAY, None, local("2026-12-02", 0), CHINA, Settings(), begun=False)
    assert (late.say, late.look_at) == (False, None)


def test_in_quiet_hours_it_waits_for_their_end() -> None:
    night = local("2026-11-30", 23)
    decision = unwritten(FRIDAY, None, night, CHINA, Settings(), begun=False)
    assert (decision.say, decision.told_at, decision.look_at) == (False, None, local("2026-12-01", 7))
    weekend = unwritten(FRIDAY, None, local("2026-12-05", 12), CHINA, Settings(), begun=True)
    assert (weekend.say, weekend.look_at) == (False, local("2026-12-07", 7))
