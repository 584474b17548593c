"""Days as forms take them, offered or typed: those to come, never a day off; or any."""

from collections.abc import Sequence
from datetime import date

from chat import day as days
from chat.day import DayError
from chat.forms import FieldProblem
from handlers.desk import Turn

MOST = 60  # days ahead
OFFERED = (3, 7, 14)  # working days from today


def offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    """A few working days, named by their date: that is what is taken, whenever the button is pressed."""
    if step != "day":
        return ()
    offered = []
    for count in OFFERED:
        day = turn.house.today(turn.now)
        for _ in range(count):
            day = turn.house.next_working_day(day)
        offered.append((day.isoformat(), turn.text("day-offered", day=days.written(day, turn.language), days=count)))
    return offered


def typed(turn: Turn, said: str) -> dict[str, str]:
    """The answer that somebody typed. Raises FieldProblem."""
    try:
        return _answer(turn, days.parse_day(said, turn.house.today(turn.now), MOST))
    except DayError as error:
        raise FieldProblem(f"day-{error.reason}", days=MOST) from error


def pressed(turn: Turn, value: str) -> dict[str, str]:
    """The answer of a button. Raises FieldProblem for a day that has come since."""
    try:
        return _answer(turn, days.allowed([date.fromisoformat(value)], turn.house.today(turn.now), MOST))
    except DayError as error:
        raise FieldProblem(f"day-{error.reason}", days=MOST) from error
    except ValueError as error:
        raise FieldProblem("form-problem-button") from error


def any_typed(turn: Turn, said: str) -> dict[str, str]:
    """The answer that somebody typed, be it past or a day off. Raises FieldProblem."""
    try:
        return shown(turn, days.parse_any_day(said, turn.house.today(turn.now)))
    except DayError as error:
        raise FieldProblem(f"day-{error.reason}", days=MOST) from error


def any_pressed(turn: Turn, value: str) -> dict[str, str]:
    """The answer of a button. Raises FieldProblem for a forged one."""
    try:
        return shown(turn, date.fromisoformat(value))
    except ValueError as error:
        raise FieldProblem("form-problem-button") from error


def shown(turn: Turn, day: date) -> dict[str, str]:
    """A day as an answer."""
    return {"day": day.isoformat(), "shown": days.written(day, turn.language)}


def has_come(turn: Turn, answer: dict[str, str]) -> bool:
    """Whether a day that was chosen in a form has come before the form was sent."""
    return date.fromisoformat(answer["day"]) <= turn.house.today(turn.now)


def _answer(turn: Turn, day: date) -> dict[str, str]:
    """The day, or where that is a day off the next working day, which is said."""
    taken = turn.house.working_day_from(day)
    shown = days.written(taken, turn.language)
    if taken != day:
        shown = turn.text("day-off", day=shown, wanted=days.written(day, turn.language))
    return {"day": taken.isoformat(), "shown": shown}
