"""Ten thousand occasions at random, each lived through: invited, perhaps moved, perhaps called done, with own times.

Whether people work on a day is asked of chinesecalendar itself, not of the calendar that planned.
"""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from reminders.plan import RULES, Kind, Occasion, Settings, Times, Told, own, replan, sent_at

OCCASIONS = 10_000
ZONE = ZoneInfo("Asia/Shanghai")
CHINA = Calendar(ZONE, cache(WorkingDays().is_working_day))
FIRST, LAST = date(2026, 2, 2), date(2026, 12, 18)
EARLY = timedelta(days=16)  # over the longest holiday: everything could be known in time
Heard = list[tuple[Kind, datetime, datetime]]  # what, when, of which start


def _times(dice: random.Random) -> Times:
    kinds = (Kind.DAY_BEFORE, Kind.SOON)
    return Times(
        dice.choice([None, time(9), time(14), time(17), time(20)]),
        dice.choice([None, *(timedelta(minutes=lead) for lead in (15, 30, 60, 120))]),
        frozenset(kind for kind in kinds if dice.random() < 0.1),
    )


def _settings(dice: random.Random) -> Settings:
    """Quiet from an evening hour until a morning hour, a few all but working hours, a few never."""
    if dice.random() < 0.05:
        return Settings(time(0), time(0), _times(dice))
    quiet_from, quiet_until = dice.choice([*range(36, 48), 0, 1]), dice.randrange(10, 19)
    hours = [time(n // 2, n % 2 * 30) for n in (quiet_from, quiet_until)]
    return Settings(hours[0], hours[1], _times(dice))


def _start(dice: random.Random) -> datetime:
    day = FIRST + timedelta(days=dice.randrange((LAST - FIRST).days))
    return CHINA.at(day, time(dice.randrange(6, 22), dice.choice([0, 15, 30, 45])))


@dataclass(frozen=True)
class _State:
    """What holds from a moment on: when the occasion is, and on which days the person has leave."""

    since: datetime
    start: datetime
    leave: frozenset[date] = frozenset()


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def _lived(
    states: list[_State], done_at: datetime | None, settings: Settings, missed: list[Kind], *, coming: bool
) -> Heard:
    """All that one person hears, who says at once that they come, or nothing; it ends where the occasion is done."""
    heard: Heard = []
    told: datetime | None = None
    sent: set[tuple[Kind, datetime]] = set()
    waited: set[Kind] = set()
    ends = [state.since for state in states[1:]] + [done_at or datetime.max.replace(tzinfo=UTC)]
    for state, until in zip(states, ends, strict=True):
        occasion, there = Occasion(state.start), replace(settings, leave=state.leave)
        knows = Told(told, set(sent), coming=coming, waited=waited)
        waiting = list(replan(occasion, knows, state.since, RULES, CHINA, there))
        while waiting and waiting[0].at < until:
            reminder = waiting.pop(0)
            if reminder.silent:
                continue
            if state.leave and reminder.at > state.start:  # back from leave too late for it: it is told as missed
                missed.append(reminder.kind)
                continue
            assert sent_at(reminder, occasion, reminder.at, CHINA, own(there, knows, CHINA)) == reminder.at
            heard.append((reminder.kind, reminder.at, state.start))
            sent.add((reminder.kind, state.start))
            told = state.start
            if coming and reminder.kind in (Kind.INVITATION, Kind.MOVED):  # they answer
                knows = Told(told, set(sent), coming=True, waited={other.kind for other in waiting})
                waiting = list(replan(occasion, knows, reminder.at, RULES, CHINA, there))
        waited = {reminder.kind for reminder in waiting}
    return heard


def _with_leave(dice: random.Random, states: list[_State]) -> list[_State]:
    """Leave about the time of the occasion, told at some moment and perhaps taken back at another."""
    start = states[-1].start
    first = _day(start) + timedelta(days=dice.randrange(-12, 3))
    leave = frozenset(first + timedelta(days=n) for n in range(dice.randrange(1, 15)))
    told_at = start - timedelta(minutes=dice.randrange(1, 25_000))
    until = dice.choice([None, told_at + timedelta(minutes=dice.randrange(1, 15_000))])
    moments = {state.since for state in states} | {told_at} | ({until} if until else set())
    found = []
    for moment in sorted(moment for moment in moments if states[0].since <= moment < start):
        now = [state for state in states if state.since <= moment][-1]
        has_leave = told_at <= moment and (until is None or moment < until)
        found.append(_State(moment, now.start, leave if has_leave else frozenset()))
    return found


def _changing(start: datetime, changes: list[tuple[datetime, Settings]]) -> Heard:
    """All that one person hears of one start who chooses other times at these moments, in order of time."""
    heard: Heard = []
    told, sent, waited = None, set[tuple[Kind, datetime]](), set[Kind]()
    ends = [since for since, _ in changes[1:]] + [datetime.max.replace(tzinfo=UTC)]
    for (since, settings), until in zip(changes, ends, strict=True):
        waiting = replan(Occasion(start), Told(told, sent, waited=waited), since, RULES, CHINA, settings)
        due = [reminder for reminder in waiting if not reminder.silent and reminder.at < until]
        waited = {reminder.kind for reminder in waiting} - {reminder.kind for reminder in due}
        sent |= {(reminder.kind, start) for reminder in due}
        told = start if due else told
        heard += [(reminder.kind, reminder.at, start) for reminder in due]
        assert not any(settings.is_quiet(reminder.at.astimezone(ZONE).time()) for reminder in due)
    return heard


def _wanted(start: datetime, settings: Settings, first: Kind) -> Counter[Kind]:
    wanted = {first, Kind.DAY_BEFORE, Kind.SOON} - settings.times.without
    if not settings.is_quiet(start.astimezone(ZONE).time()):
        wanted.add(Kind.START)
    return Counter(wanted)


def _cannot_wait(there: datetime, start: datetime, leave: frozenset[date] = frozenset()) -> bool:
    """Whether they do not work any more before the start that they know of: that it is another one is told at once."""
    days = [there.date() + timedelta(days=n) for n in range((_day(start) - there.date()).days)]
    return not any(chinese_calendar.is_workday(day) and day not in leave for day in days)


def test_ten_thousand_occasions() -> None:
    dice = random.Random(20261125)
    quiet = day_off = after_done = missing = twice = reminders = at_once = 0
    for _ in range(OCCASIONS):
        settings, start = _settings(dice), _start(dice)
        starts = [(start - EARLY - timedelta(minutes=dice.randrange(20_000)), start)]
        if dice.random() < 0.3:
            # Whatever had been heard of the first start, there is time enough to be told of the second.
            start += timedelta(days=dice.randrange(1, 10), minutes=15 * dice.randrange(-8, 8))
            starts.append((start - EARLY + timedelta(minutes=dice.randrange(1, 200)), start))
            starts.sort()
        done_at = start - timedelta(minutes=dice.randrange(1, 6000)) if dice.random() < 0.2 else None
        heard = _lived([_State(*state) for state in starts], done_at, settings, [], coming=False)
        reminders += len(heard)
        for kind, at, of in heard:
            there = at.astimezone(ZONE)
            if kind is Kind.MOVED and _cannot_wait(there, min(start for _, start in starts)):
                at_once += 1
                continue
            quiet += settings.is_quiet(there.time())
            day_off += not chinese_calendar.is_workday(there.date()) and there.date() != of.astimezone(ZONE).date()
            after_done += done_at is not None and at >= done_at
        said = Counter(kind for kind, _, of in heard if of == starts[-1][1])
        twice += sum(count - 1 for count in Counter((kind, of) for kind, _, of in heard).values())
        if done_at is None:
            invited = any(of == starts[0][1] for _, _, of in heard) and len(starts) > 1
            missing += (_wanted(starts[-1][1], settings, Kind.MOVED if invited else Kind.INVITATION) - said).total()
    assert reminders > 3 * OCCASIONS and at_once < 10
    assert (quiet, day_off, after_done, missing, twice) == (0, 0, 0, 0, 0)


def test_five_thousand_occasions_of_people_with_leave() -> None:
    """Nothing on a day of leave unless the occasion is there and they come; nothing twice when leave comes and goes."""
    dice = random.Random(20261128)
    on_leave = reminded = twice = missing = reminders = away = 0
    missed: list[Kind] = []
    for _ in range(OCCASIONS // 2):
        settings, start, coming = _settings(dice), _start(dice), dice.random() < 0.4
        states = [_State(start - EARLY - timedelta(minutes=dice.randrange(20_000)), start)]
        if dice.random() < 0.3:
            start += timedelta(days=dice.randrange(1, 10), minutes=15 * dice.randrange(-8, 8))
            states.append(_State(start - EARLY + timedelta(minutes=dice.randrange(1, 200)), start))
            states.sort(key=lambda state: state.since)
        states = _with_leave(dice, states)
        heard = _lived(states, None, settings, missed, coming=coming)
        reminders += len(heard)
        for kind, at, of in heard:
            leave = [state.leave for state in states if state.since <= at][-1]
            theirs = {_day(state.start) for state in states} if coming else set()
            on_leave += _day(at) in leave - theirs
            reminded += not coming and _day(of) in leave and kind is not Kind.MOVED
        twice += sum(count - 1 for count in Counter((kind, of) for kind, _, of in heard).values())
        if len({state.start for state in states}) > 1 or not states[-1].leave or start.astimezone(ZONE).hour < 11:
            continue  # what was let be on leave that ended is not made up for
        invited = [at for kind, at, _ in heard if kind is Kind.INVITATION]
        if _day(start) in states[-1].leave and not (coming and invited):
            away += 1  # and not invited, or has not said that they come
            continue
        wanted = _wanted(start, settings, Kind.INVITATION)
        if invited and invited[0] >= CHINA.at(CHINA.working_day_before(_day(start)), time()):
            del wanted[Kind.DAY_BEFORE]  # the invitation, held back until then, says the same
        missing += (wanted - Counter(kind for kind, _, _ in heard)).total()
    assert reminders > OCCASIONS and away > 400 and len(missed) < 10
    assert (on_leave, reminded, twice, missing) == (0, 0, 0, 0)


def test_own_times_that_are_changed_again_and_again_lose_nothing() -> None:
    """Whatever somebody chooses in the three days before, each reminder that they want in the end has come by then,
    once; but for one that nothing can be said of any more, as it would come in quiet hours or after the next."""
    dice = random.Random(20261128)
    missing = twice = caught_up = 0
    for _ in range(3_000):
        start, first = _start(dice), _settings(dice)
        moments = sorted(start - timedelta(minutes=dice.randrange(30, 4_320)) for _ in range(dice.randrange(1, 5)))
        # The quiet hours stay, and the times change.
        changes = [(moment, replace(first, times=_times(dice))) for moment in moments]
        heard = _changing(start, [(start - EARLY, first), *changes])
        said = Counter(kind for kind, *_ in heard)
        twice += sum(count - 1 for count in said.values())
        last, settings = changes[-1]
        for kind in {Kind.DAY_BEFORE, Kind.SOON} - settings.times.without - set(said):
            hears_now = not settings.is_quiet(last.astimezone(ZONE).time()) and CHINA.is_working_day(
                last.astimezone(ZONE).date()
            )
            missing += hears_now and not (kind is Kind.DAY_BEFORE and said[Kind.SOON])
        caught_up += any(at == moment for _, at, _ in heard for moment in moments)
    assert caught_up > 200
    assert (missing, twice) == (0, 0)
