"""Reminders of an occasion: never in quiet hours, never on a day off, each once, whatever was changed before."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from reminders.plan import (
    RULES,
    Kind,
    Occasion,
    Reminder,
    Settings,
    Times,
    Told,
    heard_at,
    own,
    plan,
    quarter_ends,
    replan,
    sent_at,
)

IS_WORKING_DAY = cache(WorkingDays().is_working_day)
SHANGHAI = Calendar(ZoneInfo("Asia/Shanghai"), IS_WORKING_DAY)
USUAL = Settings()
AS_USUAL = Times()
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo")
CALENDARS = st.sampled_from([Calendar(ZoneInfo(zone), IS_WORKING_DAY) for zone in ZONES])
FIRST, LAST = datetime(2026, 1, 1), datetime(2026, 12, 20)  # noqa: DTZ001 (hypothesis wants it so)
MOST_AHEAD = timedelta(days=4)
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


def _settings(start: int, length: int, times: Times = AS_USUAL) -> Settings:
    ends = datetime.combine(date(2000, 1, 1), time(start // 4, start % 4 * 15)) + timedelta(minutes=15 * length)
    return Settings(time(start // 4, start % 4 * 15), ends.time(), times)


TIMES = st.builds(
    Times,
    st.none() | st.builds(time, st.integers(0, 23), st.sampled_from((0, 30))),
    st.none() | st.builds(timedelta, minutes=st.sampled_from((15, 30, 60, 120))),
    st.frozensets(st.sampled_from((Kind.DAY_BEFORE, Kind.SOON))),
)
SETTINGS = st.builds(_settings, st.integers(0, 95), st.integers(0, 72), TIMES)


def local(day: str, hour: int, minute: int = 0, calendar: Calendar = SHANGHAI) -> datetime:
    return calendar.at(date.fromisoformat(day), time(hour, minute))


def planned(start: datetime, settings: Settings = USUAL) -> dict[Kind, str]:
    found = plan(Occasion(start), RULES, SHANGHAI, settings)
    return {reminder.kind: f"{reminder.at.astimezone(SHANGHAI.zone):%m-%d %H:%M}" for reminder in found}


def test_an_ordinary_meeting_on_a_friday_afternoon() -> None:
    assert planned(local("2026-11-27", 14)) == {
        Kind.INVITATION: "11-24 09:30",
        Kind.DAY_BEFORE: "11-26 17:00",
        Kind.SOON: "11-27 13:00",
        Kind.START: "11-27 14:00",
    }


def test_the_working_day_before_goes_over_national_day_and_knows_the_make_up_saturday() -> None:
    assert planned(local("2026-10-08", 14))[Kind.DAY_BEFORE] == "09-30 17:00"
    assert planned(local("2026-10-12", 14))[Kind.DAY_BEFORE] == "10-10 17:00"  # a Saturday on which people work
    assert planned(local("2026-10-12", 14))[Kind.INVITATION] == "10-08 09:30"


def test_what_falls_into_quiet_hours_comes_at_their_end_or_before_them() -> None:
    assert planned(local("2026-11-27", 7, 45))[Kind.SOON] == "11-27 07:00"
    assert planned(local("2026-11-27", 7, 10))[Kind.SOON] == "11-26 21:45"
    assert planned(local("2026-11-30", 7, 10))[Kind.SOON] == "11-27 21:45"  # Monday: not on Sunday evening
    assert planned(local("2026-11-27", 14), _settings(68, 8))[Kind.DAY_BEFORE] == "11-26 19:00"
    assert Kind.START not in planned(local("2026-11-27", 23))


def test_on_a_day_off_nobody_hears_of_anything_but_what_is_on_that_day() -> None:
    sunday = planned(local("2026-11-29", 9))
    assert sunday == {
        Kind.INVITATION: "11-25 09:30",
        Kind.DAY_BEFORE: "11-27 17:00",
        Kind.SOON: "11-29 08:00",
        Kind.START: "11-29 09:00",
    }


@given(MOMENTS, CALENDARS, SETTINGS, TIMES)
def test_never_in_quiet_hours_never_on_a_day_off_and_none_is_missing(
    start: datetime, calendar: Calendar, settings: Settings, times: Times
) -> None:
    found = plan(Occasion(start, times=times), RULES, calendar, settings)
    day = start.astimezone(calendar.zone).date()
    for reminder in found:
        there = reminder.at.astimezone(calendar.zone)
        assert not settings.is_quiet(there.time())
        assert there.date() == day or calendar.is_working_day(there.date())
        assert reminder.at <= start
    kinds = [reminder.kind for reminder in found]
    quiet = settings.is_quiet(start.astimezone(calendar.zone).time())
    wanted = {rule.kind for rule in RULES} - ({Kind.START} if quiet else set())
    unwanted = {kind for kind in (Kind.DAY_BEFORE, Kind.SOON) if _is_unwanted(kind, settings.times, times)}
    assert sorted(kinds) == sorted(wanted - unwanted)


def _is_unwanted(kind: Kind, own: Times, of_the_series: Times) -> bool:
    """One's own choice, where there is one, or else that for everybody."""
    if kind in own.without:
        return True
    return not (own.day_before if kind is Kind.DAY_BEFORE else own.soon) and kind in of_the_series.without


@given(MOMENTS, CALENDARS, TIMES, TIMES)
def test_ones_own_times_win_over_those_of_the_series_and_these_over_the_rules(
    start: datetime, calendar: Calendar, own: Times, of_the_series: Times
) -> None:
    """Where no hour is quiet and no day is off, every reminder comes at the time that was chosen."""
    always = Calendar(calendar.zone, lambda day: True)
    at = {
        r.kind: r.at for r in plan(Occasion(start, times=of_the_series), RULES, always, Settings(time(), time(), own))
    }
    day = start.astimezone(always.zone).date() - timedelta(days=1)
    for kind, chosen, usual in (
        (Kind.DAY_BEFORE, (own.day_before, of_the_series.day_before), time(17)),
        (Kind.SOON, (own.soon, of_the_series.soon), timedelta(hours=1)),
    ):
        for value, without in zip(chosen, (own.without, of_the_series.without), strict=True):
            if kind in without:
                wanted = None
                break
            if value is not None:
                wanted = value
                break
        else:
            wanted = usual
        if isinstance(wanted, time):
            assert at[kind] == always.at(day, wanted)
        elif wanted is not None:
            assert at[kind] == start - wanted
        else:
            assert kind not in at


def test_times_of_ones_own() -> None:
    friday = local("2026-11-27", 14)
    mine = Settings(times=Times(day_before=time(20), soon=timedelta(minutes=15)))
    assert planned(friday, mine)[Kind.DAY_BEFORE] == "11-26 20:00"
    assert planned(friday, mine)[Kind.SOON] == "11-27 13:45"
    assert planned(local("2026-11-30", 14), mine)[Kind.DAY_BEFORE] == "11-27 20:00"  # Monday: on Friday evening
    early = Settings(time(19), time(8), Times(day_before=time(20)))
    assert planned(friday, early)[Kind.DAY_BEFORE] == "11-27 08:00"  # quiet then: at the end of it
    nothing = planned(friday, Settings(times=Times(without=frozenset((Kind.DAY_BEFORE, Kind.SOON)))))
    assert set(nothing) == {Kind.INVITATION, Kind.START}


@given(st.lists(st.tuples(MOMENTS, st.booleans()), min_size=1, max_size=6), MOMENTS, CALENDARS, SETTINGS)
def test_what_is_still_to_be_said_does_not_depend_on_how_it_came_to_be(
    changes: list[tuple[datetime, bool]], now: datetime, calendar: Calendar, settings: Settings
) -> None:
    """However often it was moved while nothing was sent, what waits is as if it had been so from the start."""
    told = Told(changes[0][0], {(Kind.INVITATION, changes[0][0])})
    waiting: tuple[Reminder, ...] = ()
    for start, cancelled in changes:
        waiting = replan(Occasion(start, cancelled), told, now, RULES, calendar, settings)
    assert waiting == replan(Occasion(*changes[-1]), told, now, RULES, calendar, settings)
    kinds = [reminder.kind for reminder in waiting]
    assert len(kinds) == len(set(kinds))
    assert all(reminder.at >= now for reminder in waiting)


@given(st.lists(st.sampled_from(range(5)), min_size=1, max_size=8), SETTINGS)
def test_nothing_is_sent_twice_however_often_it_is_moved_to_and_fro(steps: list[int], settings: Settings) -> None:
    starts = [local("2026-11-27", 14) + timedelta(days=n, minutes=n * 40) for n in range(5)]
    now, told, sent = local("2026-11-20", 10), Told(), list[tuple[Kind, datetime, datetime]]()
    for step in steps:
        occasion = Occasion(starts[step])
        now += timedelta(hours=13)
        for reminder in replan(occasion, told, now, RULES, SHANGHAI, settings):
            if reminder.at <= now + timedelta(hours=12) and occasion.starts_at > now:
                sent.append((reminder.kind, occasion.starts_at, reminder.at))
                told = Told(occasion.starts_at, {*told.sent, (reminder.kind, occasion.starts_at)})
    timed = [(kind, start) for kind, start, _ in sent if kind in (Kind.DAY_BEFORE, Kind.SOON, Kind.START)]
    assert len(timed) == len(set(timed))
    assert [kind for kind, *_ in sent].count(Kind.INVITATION) <= 1


def test_what_was_sent_is_not_planned_again_when_the_clock_is_set_back() -> None:
    start, now = local("2026-11-27", 14), local("2026-11-26", 10)
    told = Told(start, {(Kind.INVITATION, start), (Kind.DAY_BEFORE, start)})
    again = replan(Occasion(start), told, now, RULES, SHANGHAI, USUAL)
    assert [reminder.kind for reminder in again] == [Kind.SOON, Kind.START]


def test_who_was_told_hears_that_it_is_moved_who_was_not_is_only_invited() -> None:
    now, old, new = local("2026-11-25", 10), local("2026-11-27", 14), local("2026-12-02", 9)
    told = Told(old, {(Kind.INVITATION, old)})
    moved = replan(Occasion(new), told, now, RULES, SHANGHAI, USUAL)
    assert [reminder.kind for reminder in moved] == [Kind.MOVED, Kind.DAY_BEFORE, Kind.SOON, Kind.START]
    assert moved[0].at == now
    assert replan(Occasion(old), told, now, RULES, SHANGHAI, USUAL)[0].kind is Kind.DAY_BEFORE  # moved back: no word
    assert replan(Occasion(new), Told(), now, RULES, SHANGHAI, USUAL)[0].kind is Kind.INVITATION
    assert not replan(Occasion(new, cancelled=True), Told(), now, RULES, SHANGHAI, USUAL)


def test_who_does_not_come_hears_only_what_is_corrected() -> None:
    now, old, new = local("2026-11-25", 10), local("2026-11-27", 14), local("2026-12-02", 9)
    told = Told(old, {(Kind.INVITATION, old)}, declined=True)
    assert not replan(Occasion(old), told, now, RULES, SHANGHAI, USUAL)
    assert [r.kind for r in replan(Occasion(new), told, now, RULES, SHANGHAI, USUAL)] == [Kind.MOVED]
    assert [r.kind for r in replan(Occasion(old, True), told, now, RULES, SHANGHAI, USUAL)] == [Kind.CANCELLED]


def _own(hour: time | None, *without: Kind) -> Settings:
    return Settings(times=Times(day_before=hour, without=frozenset(without)))


def test_an_hour_of_ones_own_that_has_passed_is_caught_up_with_at_once() -> None:
    start, now = local("2026-11-27", 14), local("2026-11-26", 15)
    invited, waited = {(Kind.INVITATION, start)}, {Kind.DAY_BEFORE, Kind.SOON, Kind.START}

    def first(settings: Settings, now: datetime, sent: set[tuple[Kind, datetime]], waited: set[Kind]) -> Reminder:
        return replan(Occasion(start), Told(start, sent, waited=waited), now, RULES, SHANGHAI, settings)[0]

    assert first(_own(time(14)), now, invited, waited) == Reminder(Kind.DAY_BEFORE, now)
    # What was sent, and what somebody never waited for as they heard of the meeting later, is not.
    assert first(_own(time(14)), now, invited | {(Kind.DAY_BEFORE, start)}, waited).kind is Kind.SOON
    assert first(_own(time(14)), now, invited, {Kind.SOON, Kind.START}).kind is Kind.SOON
    # Not in quiet hours, and not after what has come meanwhile.
    late = Settings(time(16), time(9), Times(day_before=time(14)))
    assert first(late, local("2026-11-26", 17), invited, waited) == Reminder(Kind.DAY_BEFORE, local("2026-11-27", 9))
    soon = invited | {(Kind.SOON, start)}
    assert first(_own(time(9)), local("2026-11-27", 13, 10), soon, waited).kind is Kind.START
    quiet = Settings(time(16), time(9, 50), Times(day_before=time(14)))
    told, ten = Told(local("2026-11-27", 10), waited=waited), Occasion(local("2026-11-27", 10))
    found = replan(ten, told, local("2026-11-26", 23), RULES, SHANGHAI, quiet)
    assert [reminder.kind for reminder in found] == [Kind.START]


@given(MOMENTS, CALENDARS, st.lists(TIMES, min_size=1, max_size=5), SETTINGS, st.timedeltas(timedelta(), MOST_AHEAD))
def test_own_times_that_are_changed_to_and_fro_are_as_if_the_last_had_been_chosen_at_once(
    start: datetime, calendar: Calendar, chosen: list[Times], settings: Settings, ahead: timedelta
) -> None:
    now, waited = start - ahead, {Kind.DAY_BEFORE, Kind.SOON, Kind.START}
    first = Told(start, {(Kind.INVITATION, start)}, waited=waited)
    told, found = first, tuple[Reminder, ...]()
    for times in chosen:
        found = replan(Occasion(start), told, now, RULES, calendar, replace(settings, times=times))
        told = replace(told, waited={reminder.kind for reminder in found})
    last = replace(settings, times=chosen[-1])
    assert found == replan(Occasion(start), first, now, RULES, calendar, last)
    for reminder in found:
        assert now <= reminder.at <= start
        assert not settings.is_quiet(reminder.at.astimezone(calendar.zone).time())


def test_who_wanted_no_reminder_and_then_an_hour_that_has_passed_gets_it_too() -> None:
    start, now = local("2026-11-27", 14), local("2026-11-26", 15)
    told = Told(start, {(Kind.INVITATION, start)}, waited={Kind.DAY_BEFORE})
    silent = replan(Occasion(start), told, now, RULES, SHANGHAI, _own(None, Kind.DAY_BEFORE))[0]
    assert silent == Reminder(Kind.DAY_BEFORE, local("2026-11-26", 17), silent=True)
    again = replan(Occasion(start), told, now, RULES, SHANGHAI, _own(time(14)))[0]
    assert again == Reminder(Kind.DAY_BEFORE, now)


@pytest.mark.parametrize(
    ("now", "start", "told_at"),
    [
        (("2026-11-27", 23), ("2026-12-02", 9), ("2026-11-30", 7)),  # Friday night: Monday morning
        (("2026-11-26", 23), ("2026-11-27", 9), ("2026-11-27", 7)),
        (("2026-11-26", 23), ("2026-11-27", 7), ("2026-11-26", 23)),  # or it would be missed
    ],
)
def test_a_correction_waits_for_the_morning_if_it_can(
    now: tuple[str, int], start: tuple[str, int], told_at: tuple[str, int]
) -> None:
    old = local(*start)
    corrected = replan(Occasion(old, True), Told(old), local(*now), RULES, SHANGHAI, USUAL)
    assert corrected == (Reminder(Kind.CANCELLED, local(*told_at)),)


def test_after_an_outage_what_is_useful_is_sent_and_what_has_passed_is_missed() -> None:
    start = local("2026-11-27", 14)
    occasion, evening = Occasion(start), Reminder(Kind.DAY_BEFORE, local("2026-11-26", 17))

    def sent(now: datetime) -> datetime | None:
        return sent_at(evening, occasion, now, SHANGHAI, USUAL)

    assert sent(evening.at) == evening.at
    assert sent(local("2026-11-27", 3)) == local("2026-11-27", 7)  # up again at night: not now
    assert sent(local("2026-11-27", 8)) == local("2026-11-27", 8)
    assert sent(local("2026-11-27", 14, 20)) is None
    assert sent_at(Reminder(Kind.CANCELLED, start), occasion, local("2026-11-27", 18), SHANGHAI, USUAL) is not None


LEAVE = st.builds(
    lambda first, length: frozenset((FIRST + timedelta(days=first + n)).date() for n in range(length)),
    st.integers(0, 340),
    st.integers(1, 40),
)


def on_leave(*days: str, settings: Settings = USUAL) -> Settings:
    return replace(settings, leave=frozenset(map(date.fromisoformat, days)))


def still(
    start: datetime, told: Told, now: datetime, settings: Settings, *, cancelled: bool = False
) -> dict[Kind, str]:
    found = replan(Occasion(start, cancelled), told, now, RULES, SHANGHAI, settings)
    return {reminder.kind: f"{reminder.at.astimezone(SHANGHAI.zone):%m-%d %H:%M}" for reminder in found}


def test_who_is_on_leave_that_day_is_neither_invited_nor_reminded() -> None:
    now, start = local("2026-11-20", 10), local("2026-11-27", 14)
    away = on_leave("2026-11-26", "2026-11-27")
    assert still(start, Told(), now, away) == {}
    assert still(start, Told(start, {(Kind.INVITATION, start)}), now, away) == {}
    assert planned(start, away) == {}


def test_who_comes_all_the_same_is_reminded_on_the_day_itself() -> None:
    now, start = local("2026-11-25", 10), local("2026-11-27", 14)
    away = on_leave("2026-11-25", "2026-11-26", "2026-11-27")
    comes = Told(start, {(Kind.INVITATION, start)}, coming=True)
    assert still(start, comes, now, away) == {
        Kind.DAY_BEFORE: "11-27 07:00",
        Kind.SOON: "11-27 13:00",
        Kind.START: "11-27 14:00",
    }
    assert still(start, comes, now, away, cancelled=True) == {Kind.CANCELLED: "11-27 07:00"}


def test_what_falls_on_leave_comes_on_the_first_day_back() -> None:
    away = on_leave("2026-11-24", "2026-11-25", "2026-11-26")
    assert planned(local("2026-11-27", 14), away) == {
        Kind.INVITATION: "11-27 07:00",
        Kind.DAY_BEFORE: "11-27 07:00",
        Kind.SOON: "11-27 13:00",
        Kind.START: "11-27 14:00",
    }


def test_a_meeting_that_is_moved_into_leave_is_said_once_and_not_reminded_of() -> None:
    now, old, new = local("2026-11-24", 10), local("2026-12-01", 14), local("2026-11-26", 14)
    away = on_leave("2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27")
    assert still(new, Told(old), now, away) == {Kind.MOVED: "11-30 07:00"}  # before they would come in vain
    assert set(still(old, Told(new), now, away)) == {Kind.MOVED, Kind.DAY_BEFORE, Kind.SOON, Kind.START}
    other = local("2026-11-27", 9)
    assert still(other, Told(new), now, away) == {}  # neither the one nor the other is theirs
    assert still(other, Told(new, coming=True), now, away) == {Kind.MOVED: "11-26 07:00"}


def test_a_meeting_on_leave_that_is_cancelled_is_nothing_to_tell() -> None:
    now, start = local("2026-11-25", 10), local("2026-11-27", 14)
    assert still(start, Told(start), now, on_leave("2026-11-27"), cancelled=True) == {}
    assert still(start, Told(start), now, USUAL, cancelled=True) == {Kind.CANCELLED: "11-25 10:00"}


def test_nothing_is_told_on_a_day_of_leave_even_where_it_cannot_wait() -> None:
    """The first thing on the first day back is cancelled: it is told when they may hear anything."""
    start = local("2026-11-30", 7)
    found = still(start, Told(start), local("2026-11-27", 10), on_leave("2026-11-27"), cancelled=True)
    assert found == {Kind.CANCELLED: "11-30 07:00"}


def test_leave_that_is_taken_back_leaves_no_trace() -> None:
    now, start = local("2026-11-24", 10), local("2026-11-27", 14)
    told = Told(start, {(Kind.INVITATION, start)})
    assert still(start, told, now, on_leave("2026-11-27")) == {}
    assert still(start, told, now, USUAL) == {
        Kind.DAY_BEFORE: "11-26 17:00",
        Kind.SOON: "11-27 13:00",
        Kind.START: "11-27 14:00",
    }


@given(MOMENTS, st.none() | MOMENTS, st.booleans(), st.booleans(), MOMENTS, CALENDARS, SETTINGS, LEAVE)
def test_never_on_a_day_of_leave_unless_the_occasion_is_there_and_they_come(
    start: datetime,
    known: datetime | None,
    coming: bool,
    cancelled: bool,
    now: datetime,
    calendar: Calendar,
    settings: Settings,
    leave: frozenset[date],
) -> None:
    there = replace(settings, leave=leave)
    told = Told(known, coming=coming and known is not None)
    theirs = {known.astimezone(calendar.zone).date()} if known and coming else set()
    for reminder in replan(Occasion(start, cancelled), told, now, RULES, calendar, there):
        assert reminder.at.astimezone(calendar.zone).date() not in leave - theirs
        again = sent_at(reminder, Occasion(start, cancelled), reminder.at, calendar, own(there, told, calendar))
        assert again in (reminder.at, None)
        late = sent_at(
            reminder, Occasion(start, cancelled), reminder.at + timedelta(days=1), calendar, own(there, told, calendar)
        )
        assert late is None or late.astimezone(calendar.zone).date() not in leave - theirs
    assert heard_at(now, calendar, there).astimezone(calendar.zone).date() not in leave


def test_quarters_and_quiet_hours() -> None:
    assert quarter_ends(datetime(2026, 11, 27, 9, 7, 31, tzinfo=UTC)) == datetime(2026, 11, 27, 9, 15, tzinfo=UTC)
    for now, hour, then in (("2026-11-27", 9, ("2026-11-27", 9)), ("2026-11-27", 6, ("2026-11-27", 7))):
        assert heard_at(local(now, hour), SHANGHAI, USUAL) == local(*then)
    assert heard_at(local("2026-11-28", 9), SHANGHAI, USUAL) == local("2026-11-30", 7)
    assert not Settings(time(7), time(7)).is_quiet(time(7))
    night = local("2026-11-27", 2)
    for hour, heard in (
        (7, night),
        (8, local("2026-11-27", 7)),
        (1, local("2026-11-27", 7)),
    ):  # what began at 1 is over
        assert heard_at(night, SHANGHAI, USUAL, local("2026-11-27", hour)) == heard
    saturday = local("2026-11-28", 2)
    assert heard_at(saturday, SHANGHAI, USUAL, local("2026-11-28", 19)) == local("2026-11-28", 7)  # its own day off
    with pytest.raises(ValueError, match="18 hours"):
        Settings(time(7, 15), time(7))
