"""The days of an area plan, and when who hears of what: a test for each rule."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from chat.calendar import Calendar
from reminders.area_plan import (
    MORNING,
    Decision,
    Due,
    Part,
    Step,
    acceptance,
    corrected,
    daily,
    decide,
    held_on,
    inspection,
    is_late,
    measure,
    months_after,
    next_inspection,
)
from reminders.calendar import WorkingDays
from reminders.plan import MARGIN, Settings, heard_at

ZONE = ZoneInfo("Asia/Shanghai")
CHINA = Calendar(ZONE, WorkingDays().is_working_day)
MADE = datetime(2026, 9, 24, 7, tzinfo=UTC)  # Thursday 15:00; from Friday it is Mid-Autumn
DAY = date(2026, 9, 30)  # the last working day before National Day
Heard = list[tuple[Step, datetime]]


def local(day: str, hour: time) -> datetime:
    return CHINA.at(date.fromisoformat(day), hour)


def heard_of_a_measure(
    part: Part, day: date, made_at: datetime, until: datetime, late: timedelta = timedelta(), leave: str = ""
) -> Heard:
    """All that somebody hears of a measure, where every tick comes so late."""
    found: Heard = []
    told, look_at = None, made_at
    settings = Settings(leave=frozenset(map(date.fromisoformat, leave.split())))
    while look_at <= until:
        now = look_at + late
        planned = measure(day, made_at, part, now, CHINA.without(settings.leave))
        decision = decide(planned, told, now, CHINA, settings)
        if decision.step:
            found.append((decision.step, now))
        told = decision.told_at
        assert decision.look_at is not None and decision.look_at > now
        look_at = decision.look_at
    return found


def test_on_leave_nothing_is_said_of_a_measure_and_on_the_first_day_back_what_is_late_once() -> None:
    friday, made = date(2026, 11, 27), local("2026-11-23", time(10))
    leave = "2026-11-25 2026-11-26 2026-11-27 2026-11-30"
    assert heard_of_a_measure(Part.OWNER, friday, made, local("2026-12-02", time(12)), leave=leave) == [
        (Step.MEASURE_NEW, made),
        (Step.MEASURE_BEFORE, local("2026-11-24", time(17))),
        (Step.MEASURE_LATE, local("2026-12-01", MORNING)),
        (Step.MEASURE_LATE, local("2026-12-02", MORNING)),
    ]


def test_an_inspection_on_leave_is_not_reminded_of() -> None:
    starts_at, now = local("2026-11-27", time(10)), local("2026-11-23", time(9))
    away = Settings(leave=frozenset((date(2026, 11, 27),)))
    assert [due.step for due in inspection(starts_at, now, CHINA.without(away.leave), away)] == [Step.INSPECTION_UNTOLD]


def test_two_months_end_on_a_working_day() -> None:
    assert months_after(date(2026, 9, 21), 2, CHINA) == date(2026, 11, 23)  # the 21st is a Saturday
    assert months_after(date(2026, 12, 31), 2, CHINA) == date(2027, 3, 1)  # the 28th of February is a Sunday
    assert months_after(date(2026, 8, 10), 2, CHINA) == date(2026, 10, 10)  # a Saturday on which people work
    assert months_after(date(2026, 8, 1), 2, CHINA) == date(2026, 10, 8)  # National Day


def test_a_week_is_inspected_on_its_day_else_later_else_earlier_in_it() -> None:
    national_day, after, mid_autumn = date(2026, 9, 28), date(2026, 10, 5), date(2026, 9, 21)
    assert held_on(mid_autumn, 4, CHINA) == date(2026, 9, 24)  # from Friday on there is no working day
    assert held_on(national_day, 3, CHINA) == date(2026, 9, 30)
    assert held_on(after, 0, CHINA) == date(2026, 10, 8)
    assert held_on(after, 5, CHINA) == date(2026, 10, 10)  # the make-up Saturday
    assert held_on(date(2026, 11, 23), 2, CHINA) == date(2026, 11, 25)
    assert held_on(date(2026, 11, 23), 2, CHINA.without([date(2026, 11, 23 + n) for n in range(5)])) is None


def test_one_inspection_a_week_and_none_that_has_begun() -> None:
    at, now = time(10), local("2026-09-30", time(10))
    monday, starts_at = next_inspection(None, 3, at, now - timedelta(minutes=1), CHINA)
    assert (monday, starts_at) == (date(2026, 9, 28), now)
    assert next_inspection(None, 3, at, now, CHINA)[1] == local("2026-10-08", at)
    assert next_inspection(monday, 3, at, now - timedelta(days=2), CHINA)[1] == local("2026-10-08", at)


def test_an_inspection_is_told_of_the_working_day_before_and_an_hour_before() -> None:
    starts_at = local("2026-10-08", time(10))
    planned = inspection(starts_at, MADE, CHINA, Settings())[:2]
    assert planned == [
        Due(local("2026-09-30", time(17)), Step.INSPECTION_BEFORE, starts_at),
        Due(local("2026-10-08", time(9)), Step.INSPECTION_SOON, starts_at),
    ]


def test_an_early_inspection_is_told_of_before_the_quiet_hours() -> None:
    planned = inspection(local("2026-11-25", time(7)), MADE, CHINA, Settings())
    assert planned[1].at == local("2026-11-24", time(21, 45))


def test_an_inspection_that_has_begun_is_not_announced_any_more() -> None:
    starts_at = local("2026-11-25", time(10))
    for minutes, step in ((-1, Step.INSPECTION_SOON), (0, None)):
        now = starts_at + timedelta(minutes=minutes)
        assert decide(inspection(starts_at, now, CHINA, Settings()), None, now, CHINA, Settings()).step is step


def test_a_result_that_nobody_told_is_asked_for_each_working_morning() -> None:
    starts_at = local("2026-09-30", time(10))
    now = local("2026-10-09", time(12))
    planned = inspection(starts_at, now, CHINA, Settings())
    late = [due.at for due in planned if due.step is Step.INSPECTION_UNTOLD]
    assert late == [local("2026-10-09", MORNING), local("2026-10-10", MORNING)]
    assert not [due for due in inspection(starts_at, starts_at, CHINA, Settings()) if due.at == starts_at]


def test_who_was_told_of_another_hour_hears_of_the_new_one_and_who_knows_it_nothing() -> None:
    now, known, starts_at = local("2026-11-25", time(12)), local("2026-11-26", time(10)), local("2026-11-27", time(14))
    decision = corrected(known, starts_at, now, CHINA, Settings())
    assert decision == Decision(Step.INSPECTION_MOVED, starts_at, None)
    assert corrected(starts_at, starts_at, now, CHINA, Settings()) is None
    assert corrected(known, None, now, CHINA, Settings()) == Decision(Step.INSPECTION_CANCELLED, None, None)


def test_at_night_it_waits_for_the_morning_unless_one_of_the_two_hours_would_be_missed() -> None:
    now, early, late = local("2026-11-25", time(23)), local("2026-11-26", time(7)), local("2026-11-26", time(10))
    morning = local("2026-11-26", time(7))
    assert corrected(late, local("2026-11-27", time(10)), now, CHINA, Settings()) == Decision(None, late, morning)
    for known, starts_at in ((late, early), (early, late)):
        decision = corrected(known, starts_at, now, CHINA, Settings())
        assert decision is not None and decision.step is Step.INSPECTION_MOVED
    assert corrected(late, None, now, CHINA, Settings()) == Decision(None, late, morning)


def test_over_days_off_it_waits_for_the_day_of_the_inspection_and_what_has_passed_is_not_called_off() -> None:
    now, known = local("2026-10-01", time(12)), local("2026-10-10", time(9))  # National Day; a make-up Saturday
    decision = corrected(known, local("2026-10-08", time(10)), now, CHINA, Settings())
    assert decision == Decision(None, known, local("2026-10-08", time(7)))
    begun = local("2026-11-26", time(10))
    assert corrected(begun, None, begun, CHINA, Settings()) is None
    assert corrected(begun - timedelta(hours=1), begun, begun, CHINA, Settings()) is None
    missed = corrected(begun - timedelta(hours=2), begun, begun - timedelta(hours=1), CHINA, Settings())
    assert missed is not None and missed.step is Step.INSPECTION_MOVED  # who went there in vain hears of the new hour


@given(st.integers(0, 60 * 24 * 300), st.integers(1, 60 * 24 * 20), st.integers(1, 60 * 24 * 20), st.booleans())
def test_a_correction_comes_once_never_at_night_or_on_a_day_off_where_it_can_wait(
    start: int, old: int, new: int, takes_place: bool
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=start)
    known, moved = now + timedelta(minutes=old), now + timedelta(minutes=new)
    starts_at = moved if takes_place else None
    decision = corrected(known, starts_at, now, CHINA, Settings())
    if known == starts_at:
        assert decision is None
        return
    assert decision is not None
    at = decision.look_at or now
    assert at < min(known, moved) if takes_place else at < known
    again = corrected(known, starts_at, at, CHINA, Settings())
    assert again is not None and again.step is not None
    assert decision.step is None or again == decision
    if takes_place and again.told_at is not None:
        assert corrected(again.told_at, starts_at, at, CHINA, Settings()) is None
    first = min(known, moved) if takes_place else known
    if decision.look_at is not None:
        assert not Settings().is_quiet(at.astimezone(ZONE).time()) and at + MARGIN <= first
    else:  # it may be heard now, or could not wait
        heard = heard_at(now, CHINA, Settings())
        assert heard == now or heard + MARGIN > first


def test_an_owner_hears_of_a_measure_when_it_is_new_the_day_before_and_each_working_day_after() -> None:
    assert heard_of_a_measure(Part.OWNER, DAY, MADE, local("2026-10-10", time(12))) == [
        (Step.MEASURE_NEW, MADE),
        (Step.MEASURE_BEFORE, local("2026-09-29", time(17))),
        (Step.MEASURE_LATE, local("2026-10-08", MORNING)),
        (Step.MEASURE_LATE, local("2026-10-09", MORNING)),
        (Step.MEASURE_LATE, local("2026-10-10", MORNING)),  # the make-up Saturday
    ]


def test_a_late_measure_comes_to_who_leads_from_the_third_working_day_and_to_the_officer_from_the_fifth() -> None:
    until = local("2026-10-13", time(12))
    assert [at for _, at in heard_of_a_measure(Part.LEAD, DAY, MADE, until)] == [
        local(day, MORNING) for day in ("2026-10-10", "2026-10-12", "2026-10-13")
    ]
    assert [at for _, at in heard_of_a_measure(Part.OFFICER, DAY, MADE, until)] == [local("2026-10-13", MORNING)]


def test_the_heir_of_a_measure_hears_that_it_has_no_owner() -> None:
    now = local("2026-09-29", time(10))
    assert decide(measure(DAY, MADE, Part.HEIR, now, CHINA), None, now, CHINA, Settings()).step is Step.MEASURE_ORPHANED


def test_the_acceptance_is_told_of_a_week_before_and_each_working_day_after() -> None:
    now = local("2026-10-08", time(12))
    assert acceptance(date(2026, 10, 8), now, CHINA) == [
        Due(local("2026-10-08", MORNING), Step.ACCEPTANCE_SOON),  # a week before is National Day: the next working day
        Due(local("2026-10-09", MORNING), Step.ACCEPTANCE_LATE),
    ]


def test_each_morning_from_a_day_on_and_never_before() -> None:
    first = date(2026, 10, 9)
    early = daily(first, Step.REVIEW, local("2026-10-08", time(12)), CHINA)
    assert [due.at for due in early] == [local("2026-10-09", MORNING)]
    assert [due.at for due in daily(first, Step.REVIEW, local("2026-10-11", time(12)), CHINA)] == [
        local("2026-10-10", MORNING),
        local("2026-10-12", MORNING),
    ]


def test_of_several_moments_only_the_latest_is_said_and_nothing_twice() -> None:
    now = local("2026-10-09", time(12))
    planned = measure(DAY, MADE, Part.OWNER, now, CHINA)
    decision = decide(planned, None, now, CHINA, Settings())
    assert (decision.step, decision.told_at) == (Step.MEASURE_LATE, local("2026-10-09", MORNING))
    assert decide(planned, decision.told_at, now, CHINA, Settings()).step is None
    for ago in (timedelta(hours=1), timedelta(days=30)):  # a clock that is set back
        earlier = now - ago
        again = measure(DAY, MADE, Part.OWNER, earlier, CHINA)
        assert decide(again, decision.told_at, earlier, CHINA, Settings()).step is None


def test_what_is_due_on_a_day_is_late_from_the_day_after() -> None:
    assert [is_late(DAY, DAY + timedelta(days=n)) for n in (-1, 0, 1)] == [False, False, True]
    assert CHINA.working_day_after(DAY, 3) == date(2026, 10, 10)


@given(
    st.sampled_from([Part.OWNER, Part.HEIR, Part.LEAD, Part.OFFICER]),
    st.integers(0, 300),
    st.integers(1, 40),
    st.integers(0, 24 * 60 - 1),
    st.sampled_from([0, 1, 20, 700, 3000, 20000]),
)
def test_never_on_a_day_off_never_in_quiet_hours_and_late_at_most_once_a_day(
    part: Part, start: int, ahead: int, minute: int, late: int
) -> None:
    made = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=start, minutes=minute)
    day = made.astimezone(ZONE).date() + timedelta(days=ahead)
    found = heard_of_a_measure(part, day, made, made + timedelta(days=ahead + 20), timedelta(minutes=late))
    there = [(step, moment.astimezone(ZONE)) for step, moment in found]
    assert all(CHINA.is_working_day(moment.date()) for _, moment in there)
    assert not any(Settings().is_quiet(moment.time()) for _, moment in there)
    said_late = [moment.date() for step, moment in there if step is Step.MEASURE_LATE]
    assert len(said_late) == len(set(said_late))
    assert all(said > day for said in said_late)
    if not late:
        assert said_late
