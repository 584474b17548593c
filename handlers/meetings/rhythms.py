"""The answer that says when people meet: offered, typed, and how a series and a time are written on the screen."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from babel.dates import format_skeleton

from chat.day import written
from chat.forms import FieldProblem
from chat.rhythm import MOST, RhythmError, parse_rhythm
from chat.texts import text
from handlers.desk import Desk, Turn

OFFERED = ("meeting-offer-friday", "meeting-offer-monday", "meeting-offer-first", "meeting-offer-last")
_OF_ONE_DAY = ("unreadable", "no_clock")  # whose words give an example, and a series is none here
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def offers(turn: Turn) -> Sequence[tuple[str, str]]:
    """A few usual rhythms, by their number."""
    return [(str(number), turn.text(name)) for number, name in enumerate(OFFERED)]


def pressed(turn: Turn, value: str) -> dict[str, str]:
    """The answer of a button. Raises FieldProblem."""
    if value not in dict(offers(turn)):
        raise FieldProblem("form-problem-button")
    return typed(turn, turn.text(OFFERED[int(value)]))


def typed(turn: Turn, said: str, *, once: bool = False) -> dict[str, str]:
    """The answer that somebody typed; `once`: one day only. Raises FieldProblem, which says what is wrong."""
    try:
        found = parse_rhythm(said, turn.now, turn.house.zone, once=once)
    except RhythmError as error:
        if once and error.reason in _OF_ONE_DAY:
            raise FieldProblem(f"slot-{error.reason}") from error
        raise FieldProblem(f"rhythm-{error.reason}", days=MOST) from error
    day = found.day.isoformat() if found.day else ""
    shown = rhythm(found.rule, found.off, found.at, turn.language) if found.rule else ""
    if found.day:
        shown = slot(turn, datetime.combine(found.day, found.at, turn.house.zone), turn.language)
        if not turn.house.is_working_day(found.day):
            shown = turn.text("rhythm-day_off", slot=shown)
    return {
        "rule": found.rule,
        "day": day,
        "at": f"{found.at:%H:%M}",
        "off": found.off,
        "room": found.room,
        "shown": f"{shown} {found.room}".strip(),
    }


def picked(turn: Turn, value: str) -> dict[str, str]:
    """The answer of a button that names a slot: a local day and time (ISO)."""
    there = datetime.fromisoformat(value).replace(tzinfo=turn.house.zone)
    day, at = there.date().isoformat(), f"{there:%H:%M}"
    return {"rule": "", "day": day, "at": at, "off": "", "room": "", "shown": slot(turn, there, turn.language)}


def starts_at(desk: Desk, answer: dict[str, Any]) -> datetime:
    """The moment that an answer of one day means, in UTC."""
    day, at = date.fromisoformat(answer["day"]), time.fromisoformat(answer["at"])
    return datetime.combine(day, at, desk.house.zone).astimezone(UTC)


def slot(desk: Desk, moment: datetime, language: str) -> str:
    """A day and a time of it in the house's zone, as people read it."""
    there = moment.astimezone(desk.house.zone)
    return f"{written(there.date(), language)} {there:%H:%M}"


def rhythm(rule: str, off: str, at: time, language: str) -> str:
    """A rule in words."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    hour = f"{at:%H:%M}"
    day = parts.get("BYDAY", "")
    if parts["FREQ"] == "WEEKLY":
        name = "rhythm-fortnightly" if parts.get("INTERVAL") == "2" else "rhythm-weekly"
        return text(language, name, day=_weekday(day, language), hour=hour)
    if day:
        number = day[:-2]
        name = "rhythm-last_weekday" if number == "-1" else "rhythm-nth_weekday"
        return text(language, name, number=number, day=_weekday(day[-2:], language), hour=hour)
    number = parts["BYMONTHDAY"]
    if (number, off) in (("1", "after"), ("-1", "before")):
        return text(language, "rhythm-first_working" if number == "1" else "rhythm-last_working", hour=hour)
    return text(language, "rhythm-day_of_month", number=number, hour=hour)


def weekday(day: date, language: str) -> str:
    """A day of the week, short."""
    return str(format_skeleton("EEE", day, locale=language))


def _weekday(code: str, language: str) -> str:
    monday = date(2026, 11, 23)
    return weekday(monday + timedelta(days=_CODES.index(code)), language)
