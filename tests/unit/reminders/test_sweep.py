"""Ten thousand occasions at random, each lived through: invited, perhaps moved, perhaps called done, with own times.

Whether people work on a day is asked of chinesecalendar itself, not of the calendar that planned.
"""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar

from chat.calendar import Calendar
from reminders.calendar import WorkingDays
from reminders.plan import RULES, Kind, Occasion, Settings, Times, Told, replan, sent_at

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


def _lived(starts: list[tuple[datetime, datetime]], done_at: datetime | None, settings: Settings) -> Heard:
    """All that one person hears: the occasion has each start from a moment on, and ends for them where it is done."""
    heard: Heard = []
    told: datetime | None = None
    sent: set[tuple[Kind, datetime]] = set()
    ends = [since for since, _ in starts[1:]] + [done_at or datetime.max.replace(tzinfo=UTC)]
    for (since, start), until in zip(starts, ends, strict=True):
        waiting = replan(Occasion(start), Told(told, set(sent)), since, RULES, CHINA, settings)
        for reminder in waiting:
            if reminder.at >= until:
                break
            assert sent_at(reminder, Occasion(start), reminder.at, CHINA, settings) == reminder.at
            heard.append((reminder.kind, reminder.at, start))
            sent.add((reminder.kind, start))
            told = start
    return heard


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


def _cannot_wait(there: datetime, start: datetime) -> bool:
    """Whether nobody works any more before the start that they know of: that it is another one is told at once."""
    days = (start.astimezone(ZONE).date() - there.date()).days
    return not any(chinese_calendar.is_workday(there.date() + timedelta(days=n)) for n in range(days))


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
        heard = _lived(starts, done_at, settings)
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
