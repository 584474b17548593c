"""When the two of a spot check hear of it, each thing once; when a month without one is asked about."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from reminders.plan import Kind, Occasion, Settings, Told
from reminders.spot_check import ASKED_CADRE, Asked, asked, asked_for_buildings, decide

CHINA = Calendar(ZoneInfo("Asia/Shanghai"), WorkingDays().is_working_day)
Heard = list[tuple[Kind, datetime]]


def local(day: str, hour: int, minute: int = 0) -> datetime:
    return CHINA.at(date.fromisoformat(day), time(hour, minute))


def heard(occasion: Occasion, told: datetime | None, since: datetime, late: timedelta = timedelta()) -> Heard:
    """All that one of the two hears, where every tick comes so late."""
    found: Heard = []
    sent: set[tuple[Kind, datetime]] = set()
    look_at: datetime | None = since
    for _ in range(50):
        if look_at is None:
            return found
        now = look_at + late
        decision = decide(occasion, Told(told, sent), since, now, CHINA, Settings())
        if decision.say:
            found.append((decision.say, now))
        if decision.settled:
            told = occasion.starts_at
            sent |= {(kind, occasion.starts_at) for kind in decision.settled}
        since, look_at = decision.since, decision.look_at
        assert look_at is None or look_at > now or late
    raise AssertionError("it never ends")


def test_who_does_not_know_is_asked_at_once_then_the_day_before_an_hour_before_and_at_its_time() -> None:
    made = local("2026-11-02", 10)
    assert heard(Occasion(local("2026-11-11", 9, 30)), None, made) == [
        (Kind.INVITATION, made),
        (Kind.DAY_BEFORE, local("2026-11-10", 17)),
        (Kind.SOON, local("2026-11-11", 8, 30)),
        (Kind.START, local("2026-11-11", 9, 30)),
    ]


def test_who_is_on_leave_hears_of_a_check_that_day_only_if_they_agreed() -> None:
    starts_at, since = local("2026-11-11", 9, 30), local("2026-11-11", 8, 30)
    away = Settings(leave=frozenset((date(2026, 11, 10), date(2026, 11, 11))))
    for agreed, says in ((True, Kind.START), (False, None)):
        told = Told(starts_at, coming=agreed)
        assert decide(Occasion(starts_at), told, since, starts_at, CHINA, away).say == says


def test_the_working_day_before_a_check_after_national_day_is_before_it() -> None:
    starts_at = local("2026-10-08", 9, 30)
    assert heard(Occasion(starts_at), starts_at, local("2026-09-28", 10))[0] == (
        Kind.DAY_BEFORE,
        local("2026-09-30", 17),
    )


def test_what_is_planned_at_night_is_asked_in_the_morning() -> None:
    found = heard(Occasion(local("2026-11-11", 9, 30)), None, local("2026-11-09", 23))
    assert found[0] == (Kind.INVITATION, local("2026-11-10", 7))


def test_a_change_is_told_and_the_rest_goes_by_the_new_time() -> None:
    before, now = local("2026-11-11", 9, 30), local("2026-11-10", 12)
    found = heard(Occasion(local("2026-11-12", 14)), before, now)
    assert [kind for kind, _ in found] == [Kind.MOVED, Kind.DAY_BEFORE, Kind.SOON, Kind.START]
    assert found[0][1] == now
    assert [kind for kind, _ in heard(Occasion(before, cancelled=True), before, now)] == [Kind.CANCELLED]
    assert heard(Occasion(before, cancelled=True), None, now) == []


def test_a_night_slept_through_is_made_up_for_before_it_begins_and_never_after() -> None:
    starts_at = local("2026-11-11", 9, 30)
    decision = decide(
        Occasion(starts_at), Told(starts_at), local("2026-11-10", 16), local("2026-11-10", 23), CHINA, Settings()
    )
    assert (decision.say, decision.look_at) == (None, local("2026-11-11", 7))
    assert decision.since == local("2026-11-10", 16)
    missed = decide(
        Occasion(starts_at), Told(starts_at), local("2026-11-10", 16), local("2026-11-11", 12), CHINA, Settings()
    )
    assert (missed.say, missed.missed, missed.look_at) == (None, True, None)


@settings(max_examples=60)
@given(
    st.integers(0, 60 * 24 * 40),
    st.integers(0, 60 * 24 * 20),
    st.integers(0, 60 * 10),
    st.booleans(),
)
def test_nothing_comes_twice_at_night_or_after_it_began(made: int, ahead: int, late: int, knows: bool) -> None:
    since = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=made)
    starts_at = since + timedelta(minutes=ahead)
    found = heard(Occasion(starts_at), starts_at if knows else None, since, timedelta(minutes=late))
    assert len({kind for kind, _ in found}) == len(found)
    for kind, at in found:
        assert at <= starts_at + timedelta(minutes=15)
        if late <= 15 and kind is not Kind.INVITATION:
            assert 7 <= (at - timedelta(minutes=late)).astimezone(CHINA.zone).hour < 22


@pytest.mark.parametrize(
    ("day", "hour", "minute", "who"),
    [
        ("2026-09-22", 12, 0, None),
        ("2026-09-23", 9, 29, None),
        ("2026-09-23", 9, 30, Asked.CADRE),
        ("2026-09-24", 20, 0, Asked.CADRE),
        ("2026-09-25", 12, 0, None),  # Mid-Autumn
        ("2026-09-28", 9, 30, Asked.CADRE),
        ("2026-09-29", 9, 30, Asked.OFFICER),
        ("2026-09-30", 9, 30, None),
        ("2026-10-01", 9, 30, None),
        ("2026-11-24", 9, 30, Asked.CADRE),
        ("2026-11-27", 9, 30, Asked.OFFICER),
        ("2026-11-28", 9, 30, None),
    ],
)
def test_a_month_without_a_check_is_asked_about(day: str, hour: int, minute: int, who: Asked | None) -> None:
    found = asked(local(day, hour, minute), CHINA)
    assert found == ((who, date.fromisoformat(day)) if who else None)


@given(st.integers(1, 12))
def test_every_month_has_three_days_for_cadres_and_one_for_officers(month: int) -> None:
    days = [date(2026, month, 1) + timedelta(days=n) for n in range(31)]
    found = [asked(CHINA.at(day, time(10)), CHINA) for day in days if day.month == month]
    assert [each[0] for each in found if each] == [Asked.CADRE] * ASKED_CADRE + [Asked.OFFICER]


@given(st.integers(1, 12), st.integers(0, 23))
def test_buildings_are_asked_for_once_a_month_on_a_day_for_cadres(month: int, slept: int) -> None:
    last, found = None, []
    for n in range(31 * 24):
        now = CHINA.at(date(2026, month, 1), time()) + timedelta(hours=n)
        day = now.astimezone(CHINA.zone).date()
        if day.month != month or now.astimezone(CHINA.zone).hour == slept:  # the bot may not be there
            continue
        if asked_for_buildings(last, now, CHINA):
            found.append((day, asked(now, CHINA)))
            last = day
    [(day, there)] = found
    assert there == (Asked.CADRE, day)


def test_who_was_asked_for_buildings_is_asked_again_in_the_next_month() -> None:
    november, december = local("2026-11-24", 9, 30), local("2026-12-25", 9, 30)
    assert asked_for_buildings(date(2025, 11, 25), november, CHINA)
    assert not asked_for_buildings(date(2026, 11, 24), november, CHINA)
    assert not asked_for_buildings(date(2026, 11, 24), local("2026-12-24", 12), CHINA)
    assert asked_for_buildings(date(2026, 11, 24), december, CHINA)
    assert not asked_for_buildings(None, local("2026-11-27", 9, 30), CHINA)  # that day is the officer's
