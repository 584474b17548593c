"""When the owner of an action item hears of it: what is new, what is due, what is late, each once."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from chat.calendar import Calendar
from reminders.action import BEFORE_HOUR, OVERDUE_HOUR, Step, decide, goes_on, is_overdue
from reminders.calendar import WorkingDays
from reminders.plan import Settings

ZONE = ZoneInfo("Asia/Shanghai")
CHINA = Calendar(ZONE, WorkingDays().is_working_day)
MADE = datetime(2026, 9, 24, 7, tzinfo=UTC)  # Thursday 15:00; from Friday it is Mid-Autumn
DAY = date(2026, 9, 30)  # the last working day before National Day
Heard = list[tuple[Step, datetime]]


def heard(
    day: date, made_at: datetime, until: datetime, late: timedelta = timedelta(), leave: tuple[date, ...] = ()
) -> Heard:
    """All that an owner hears, where every tick comes so late."""
    found, told, look_at = [], None, made_at
    while look_at <= until:
        now = look_at + late
        decision = decide(day, made_at, told, now, CHINA, Settings(leave=frozenset(leave)))
        if decision.step:
            found.append((decision.step, now))
        told, look_at = decision.told_at, decision.look_at
        assert look_at > now
    return found


def local(day: str, hour: time) -> datetime:
    return CHINA.at(date.fromisoformat(day), hour)


def test_over_national_day_an_owner_hears_on_working_days_only() -> None:
    assert heard(DAY, MADE, local("2026-10-09", time(12))) == [
        (Step.NEW, MADE),
        (Step.DAY_BEFORE, local("2026-09-29", BEFORE_HOUR)),
        (Step.OVERDUE, local("2026-10-08", OVERDUE_HOUR)),
        (Step.OVERDUE, local("2026-10-09", OVERDUE_HOUR)),
    ]


def away(first: str, last: str) -> tuple[date, ...]:
    begins = date.fromisoformat(first)
    return tuple(begins + timedelta(days=n) for n in range((date.fromisoformat(last) - begins).days + 1))


def test_on_leave_an_owner_hears_before_it_or_on_the_first_day_back_and_once() -> None:
    friday, made = date(2026, 11, 27), local("2026-11-23", time(10))
    assert heard(friday, made, local("2026-12-01", time(12)), leave=away("2026-11-25", "2026-11-27")) == [
        (Step.NEW, made),
        (Step.DAY_BEFORE, local("2026-11-24", BEFORE_HOUR)),
        (Step.OVERDUE, local("2026-11-30", OVERDUE_HOUR)),
        (Step.OVERDUE, local("2026-12-01", OVERDUE_HOUR)),
    ]
    sick = heard(friday, made, local("2026-11-26", time(12)), leave=away("2026-11-23", "2026-11-25"))
    assert sick == [(Step.NEW, local("2026-11-26", time(7)))]


def test_a_leave_longer_than_any_holiday_is_silent_to_its_end() -> None:
    made = local("2026-11-02", time(10))
    found = heard(date(2026, 11, 6), made, local("2026-12-22", time(12)), leave=away("2026-11-03", "2026-12-18"))
    assert [at for _, at in found[2:]] == [local(day, OVERDUE_HOUR) for day in ("2026-12-21", "2026-12-22")]


def test_a_make_up_saturday_is_a_working_day() -> None:
    found = heard(date(2026, 10, 9), MADE, local("2026-10-10", time(12)))
    assert found[-1] == (Step.OVERDUE, local("2026-10-10", OVERDUE_HOUR))


def test_what_is_agreed_in_the_evening_is_told_in_the_morning() -> None:
    late = local("2026-09-28", time(22, 30))
    assert heard(DAY, late, local("2026-09-29", time(12))) == [(Step.NEW, local("2026-09-29", time(7)))]


def test_what_was_slept_through_is_said_once_as_it_is_now() -> None:
    now = local("2026-10-09", time(11))
    decision = decide(DAY, MADE, MADE, now, CHINA, Settings())
    assert (decision.step, decision.told_at) == (Step.OVERDUE, local("2026-10-09", OVERDUE_HOUR))


def test_a_clock_set_back_says_nothing_twice() -> None:
    told = local("2026-10-08", OVERDUE_HOUR)
    for ago in (timedelta(hours=1), timedelta(days=1), timedelta(days=30)):
        assert decide(DAY, MADE, told, told - ago, CHINA, Settings()).step is None


def test_what_is_late_for_three_working_days_goes_on_over_national_day_too() -> None:
    third = local("2026-10-10", OVERDUE_HOUR)  # the make-up Saturday
    moments = (third - timedelta(seconds=1), third, third + timedelta(days=3))
    assert [goes_on(DAY, now, CHINA) for now in moments] == [False, True, True]


def test_an_item_is_late_from_the_day_after() -> None:
    assert [is_overdue(DAY, DAY + timedelta(days=n)) for n in (-1, 0, 1)] == [False, False, True]


@given(
    st.integers(0, 400), st.integers(1, 60), st.integers(0, 24 * 60 - 1), st.sampled_from([0, 1, 20, 700, 3000, 20000])
)
def test_never_on_a_day_off_never_in_quiet_hours_and_late_at_most_once_a_day(
    start: int, ahead: int, minute: int, late: int
) -> None:
    made = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=start, minutes=minute)
    day = made.astimezone(ZONE).date() + timedelta(days=ahead)
    found = heard(day, made, made + timedelta(days=ahead + 12), timedelta(minutes=late))
    there = [(step, moment.astimezone(ZONE)) for step, moment in found]
    assert all(CHINA.is_working_day(moment.date()) for _, moment in there)
    assert not any(Settings().is_quiet(moment.time()) for _, moment in there)
    said_late = [moment.date() for step, moment in there if step is Step.OVERDUE]
    assert len(said_late) == len(set(said_late))
    assert all(moment.date() > day for step, moment in there if step is Step.OVERDUE)
    assert [step for step, _ in found].count(Step.NEW) <= 1
    if not late:
        assert [step for step, _ in found].count(Step.OVERDUE) > 0
