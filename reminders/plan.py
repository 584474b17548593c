"""Duties M1 and M2: when each person is told of an occasion and reminded of it. Pure decisions; all moments are UTC.

Nobody hears anything in their quiet hours, nor on a day off unless the occasion is on it. What would fall there comes
at the end of the quiet hours, or, where the occasion would be missed by then, before they begin. Only what could not be
known in time and cannot wait (a meeting that is moved the night before) is told at once. Days of leave are days off;
nobody is reminded of what is on one of them unless they said that they come, and nothing is told on one at once.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from chat.calendar import Calendar

MARGIN = timedelta(minutes=15)  # what comes later than this before an occasion comes too late
PUNCTUAL = timedelta(minutes=15)  # what is late by more was slept through: whether it may come now is asked anew
QUARTER = timedelta(minutes=15)
LONGEST_QUIET = timedelta(hours=18)


class Kind(StrEnum):
    """What a reminder is for. The last two correct what was told before."""

    INVITATION = "invitation"
    DAY_BEFORE = "day_before"
    SOON = "soon"
    START = "start"
    MOVED = "moved"
    CANCELLED = "cancelled"


# What is late is not said after these. The start is not here: it comes at its time or not at all.
_OVERTAKEN_BY = {Kind.DAY_BEFORE: {Kind.SOON, Kind.START}, Kind.SOON: {Kind.START}}


@dataclass(frozen=True, slots=True)
class Rule:
    """When something is due: so many working days before at a local hour, or so long `before` the occasion.

    An `exact` one comes at its time or not at all.
    """

    kind: Kind
    days: int = 0
    hour: time | None = None
    before: timedelta = timedelta()
    exact: bool = False


RULES = (
    Rule(Kind.INVITATION, days=3, hour=time(9, 30)),
    Rule(Kind.DAY_BEFORE, days=1, hour=time(17)),
    Rule(Kind.SOON, before=timedelta(hours=1)),
    Rule(Kind.START, exact=True),
)


@dataclass(frozen=True, slots=True)
class Times:
    """When somebody chose to be reminded of what is to come; what is None nobody chose, it is as the rules have it.

    `day_before`: the local hour on the working day before it; `soon`: how long before it begins; `without`: which of
    these two is not wanted at all.
    """

    day_before: time | None = None
    soon: timedelta | None = None
    without: frozenset[Kind] = frozenset()

    def choose(self, rule: Rule) -> bool:
        """Whether something was chosen for what this rule is about."""
        chosen = {Kind.DAY_BEFORE: self.day_before, Kind.SOON: self.soon}.get(rule.kind)
        return chosen is not None or rule.kind in self.without

    def applied(self, rule: Rule) -> Rule | None:
        """The rule as it was chosen; None: not wanted."""
        if rule.kind in self.without:
            return None
        if rule.kind is Kind.DAY_BEFORE and self.day_before is not None:
            return replace(rule, hour=self.day_before)
        if rule.kind is Kind.SOON and self.soon is not None:
            return replace(rule, before=self.soon)
        return rule


@dataclass(frozen=True, slots=True)
class Settings:
    """One person's quiet hours, local, none where both are the same; the times of their own; and the days of leave.

    Raises ValueError for more than 18 quiet hours.
    """

    quiet_from: time = time(22)
    quiet_until: time = time(7)
    times: Times = Times()
    leave: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        day = date(2000, 1, 1)
        length = datetime.combine(day, self.quiet_until) - datetime.combine(day, self.quiet_from)
        if length % timedelta(days=1) > LONGEST_QUIET:
            raise ValueError("nobody is quiet for more than 18 hours")

    def is_quiet(self, hour: time) -> bool:
        """Whether nobody is to be reminded at this local time of day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until

    def coming(self, day: date) -> "Settings":
        """The settings of somebody who comes to an occasion on this day, on leave or not."""
        return replace(self, leave=self.leave - {day}) if day in self.leave else self


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something people come to, at a moment. `times`: what was chosen for everybody; their own choice wins."""

    starts_at: datetime
    cancelled: bool = False
    times: Times = Times()


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is to be told, and when. A `silent` one is not: they want no such reminder, but may choose otherwise yet."""

    kind: Kind
    at: datetime
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What one person has been told of an occasion: the start they heard of last (None: nothing yet), what was `sent`.

    Each thing that was sent is remembered with the start it was for. `declined`: they do not come; `coming`: they said
    that they come to what they heard of. `waited`: what was planned for them, silent or not, and has not been sent; it
    is owed to them even where its new time has passed.
    """

    starts_at: datetime | None = None
    sent: Collection[tuple[Kind, datetime]] = ()
    declined: bool = False
    coming: bool = False
    waited: Collection[Kind] = ()


def plan(occasion: Occasion, rules: Sequence[Rule], calendar: Calendar, settings: Settings) -> tuple[Reminder, ...]:
    """Every reminder of an occasion that takes place, in order, whether its time has passed or not; none on leave."""
    return tuple(each for each in _planned(occasion, rules, calendar, settings) if not each.silent)


def _planned(occasion: Occasion, rules: Sequence[Rule], calendar: Calendar, settings: Settings) -> list[Reminder]:
    """The same, and what they want no reminder of, as the rules have it."""
    if _day(occasion.starts_at, calendar) in settings.leave:
        return []
    hours = _hours(occasion, calendar, settings)
    found = []
    for rule in rules:
        chosen = _chosen(rule, settings.times, occasion.times)
        wanted = _wanted(chosen or rule, occasion, calendar)
        if not rule.exact:
            found.append(Reminder(rule.kind, hours.fitted(wanted, occasion.starts_at), chosen is None))
        elif hours.allow(wanted):
            found.append(Reminder(rule.kind, wanted))
    return sorted(found, key=lambda reminder: reminder.at)


def replan(
    occasion: Occasion,
    told: Told,
    now: datetime,
    rules: Sequence[Rule],
    calendar: Calendar,
    settings: Settings,
) -> tuple[Reminder, ...]:
    """All that is still to be said to this person of the occasion as it is now; what waited for them is forgotten.

    So it does not matter by which changes it came to be so. What was told and holds no longer is corrected. What waited
    and is due by now, as somebody chose an earlier hour, comes as soon as they may hear it.
    """
    settings = own(settings, told, calendar)
    hours = _hours(occasion, calendar, settings)
    was_away = told.starts_at is not None and _day(told.starts_at, calendar) in settings.leave
    is_away = _day(occasion.starts_at, calendar) in settings.leave
    if occasion.cancelled:
        if told.starts_at is None or told.starts_at <= now or was_away:
            return ()
        return (Reminder(Kind.CANCELLED, hours.from_now(now, told.starts_at)),)
    if is_away and (told.starts_at in (None, occasion.starts_at) or was_away):
        return ()  # they do not come, and did not before
    planned = _planned(occasion, rules, calendar, settings)
    first: list[Reminder] = []
    if told.starts_at is None:
        invited = next((reminder.at for reminder in planned if reminder.kind is Kind.INVITATION), now)
        first = [Reminder(Kind.INVITATION, invited if invited > now else hours.from_now(now, occasion.starts_at))]
    elif told.starts_at != occasion.starts_at:
        away = {told.starts_at: was_away, occasion.starts_at: is_away}
        first = [Reminder(Kind.MOVED, hours.from_now(now, min(start for start in away if not away[start])))]
    since = first[0].at if first else now
    sent = {kind for kind, start in told.sent if start == occasion.starts_at}
    later = []
    for reminder in planned if not told.declined else ():
        if reminder.kind is Kind.INVITATION or reminder.kind in sent:
            continue
        if reminder.at > since:
            later.append(reminder)
        elif not first and reminder.kind in told.waited and reminder.kind in _OVERTAKEN_BY:
            at = hours.while_useful(now, occasion.starts_at)
            if at is not None and not sent & _OVERTAKEN_BY[reminder.kind]:
                later.append(replace(reminder, at=at))
    return (*first, *sorted(later, key=lambda reminder: reminder.at))


def sent_at(
    reminder: Reminder, occasion: Occasion, now: datetime, calendar: Calendar, settings: Settings
) -> datetime | None:
    """When a reminder whose time has come is to be sent: `now`, later, or never (None: it has missed its occasion)."""
    if reminder.kind is not Kind.CANCELLED and now > occasion.starts_at + PUNCTUAL:
        return None
    if now - reminder.at <= PUNCTUAL:
        return now
    return _hours(occasion, calendar, settings).from_now(now, occasion.starts_at)


def own(settings: Settings, told: Told, calendar: Calendar) -> Settings:
    """The settings of this person as they hold for one occasion: the day on which they come is not one of leave."""
    return settings.coming(_day(told.starts_at, calendar)) if told.coming and told.starts_at else settings


def heard_at(now: datetime, calendar: Calendar, settings: Settings, before: datetime | None = None) -> datetime:
    """`now` if somebody may be told what has nothing to do with this day, otherwise the next moment when they may.

    What they are to know before an occasion begins (`before`) is told at once where it would come too late for that.
    """
    if before is None or before <= now:
        return _Hours(None, calendar, settings).after(now)
    return _hours(Occasion(before), calendar, settings).from_now(now, before)


def quarter_ends(now: datetime) -> datetime:
    """The end of this quarter of an hour: what is due within it is told together."""
    start = now.replace(minute=now.minute - now.minute % 15, second=0, microsecond=0)
    return start + QUARTER


def _chosen(rule: Rule, *choices: Times) -> Rule | None:
    """The rule as the first of these who chose have it, or as it is; None: not wanted."""
    first = next((times for times in choices if times.choose(rule)), Times())
    return first.applied(rule)


def _wanted(rule: Rule, occasion: Occasion, calendar: Calendar) -> datetime:
    if rule.hour is None:
        return occasion.starts_at - rule.before
    day = occasion.starts_at.astimezone(calendar.zone).date()
    for _ in range(rule.days):
        day = calendar.working_day_before(day)
    return calendar.at(day, rule.hour)


def _day(moment: datetime, calendar: Calendar) -> date:
    return moment.astimezone(calendar.zone).date()


def _hours(occasion: Occasion, calendar: Calendar, settings: Settings) -> "_Hours":
    return _Hours(_day(occasion.starts_at, calendar), calendar, settings)


class _Hours:
    """When somebody may hear of what is on `day` (None: on none)."""

    def __init__(self, day: date | None, calendar: Calendar, settings: Settings) -> None:
        self._day = None if day in settings.leave else day
        self._calendar = calendar.without(settings.leave)
        self._settings = settings

    def allow(self, moment: datetime) -> bool:
        there = moment.astimezone(self._calendar.zone)
        return self._is_open(there.date()) and not self._settings.is_quiet(there.time())

    def fitted(self, wanted: datetime, deadline: datetime) -> datetime:
        """The next moment from `wanted` on, or the last before it where that would be too late."""
        later = self.after(wanted)
        return later if later == wanted or later + MARGIN <= deadline else self._before(wanted)

    def from_now(self, now: datetime, deadline: datetime) -> datetime:
        """The next moment from now on, or where that would be too late at once, but for a day of leave."""
        later = self.after(now)
        on_leave = _day(now, self._calendar) in self._settings.leave
        return later if later + MARGIN <= deadline or on_leave else now

    def while_useful(self, now: datetime, deadline: datetime) -> datetime | None:
        """The next moment from now on, or none where that would be too late."""
        later = self.after(now)
        return later if later < deadline and (later == now or later + MARGIN <= deadline) else None

    def _is_open(self, day: date) -> bool:
        return day == self._day or self._calendar.is_working_day(day)

    def after(self, moment: datetime) -> datetime:
        """The first moment from this one on."""
        while not self.allow(moment):
            day = moment.astimezone(self._calendar.zone).date()
            if self._is_open(day):
                ends = [self._at(max, day + timedelta(days=n), self._settings.quiet_until) for n in (0, 1)]
                moment = min(end for end in ends if end > moment)
            else:
                coming = self._calendar.next_working_day(day)
                moment = self._at(max, min(coming, self._day) if self._day and self._day > day else coming, time())
        return moment

    def _before(self, moment: datetime) -> datetime:
        while not self.allow(moment):
            day = moment.astimezone(self._calendar.zone).date()
            if self._is_open(day):
                starts = [self._at(min, day - timedelta(days=n), self._settings.quiet_from) - MARGIN for n in (0, 1)]
                moment = max(start for start in starts if start < moment)
            else:
                last = self._calendar.working_day_before(day)
                moment = self._at(min, max(last, self._day) if self._day and self._day < day else last, time(23, 59))
        return moment

    def _at(self, which: Callable[[datetime, datetime], datetime], day: date, hour: time) -> datetime:
        """A local time; where the clocks are changed then, the later or the earlier moment that could be meant."""
        return which(*(self._calendar.at(day, hour.replace(fold=fold)) for fold in (0, 1)))
