"""A coordinator's leave, entered in a few taps and told to the officer; never why (duties W1, W2)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BaseModel

from chat.day import written
from chat.forms import FieldProblem, Form, Kind, Progress, Question
from chat.messages import Button
from chat.texts import listed, text
from handlers.desk import Turn, address_of
from handlers.form_card import CONVERSATIONS, Conversation, begin, current
from handlers.workload import committee, week_card, workweek
from models.database import Row
from models.leave import Leave
from models.person import Role
from workload.leave import AHEAD, Problem, Span, earliest, kept, problem
from workload.weeks import monday_of

CARD = "leave"
_FRIDAY = timedelta(days=4)


def _own(turn: Turn, person: int) -> Row | None:
    return next((p for p in turn.persons if p["id"] == person and p["role"] == Role.COORDINATOR), None)


def pressed(turn: Turn, person: int, verb: str, number: int) -> None:
    """The button on the card of the week, or one of the list of leaves."""
    me = _own(turn, person)
    if me is None:
        turn.toast("not-yours")
        return
    leaves = _leaves(turn, person)
    if verb == "new" or (verb == "show" and not leaves):
        turn.toast()
        begin(turn, "leave", {"person": person})
    elif verb == "show":
        turn.toast()
        _show(turn, person, renew=True)
    elif taken := next((row for row in leaves if verb == "back" and row["id"] == number), None):
        turn.toast("leave-taken-back")
        _take_back(turn, me, taken)
        _show(turn, person)
    else:
        turn.toast("card-old")
        _show(turn, person)


def _leaves(turn: Turn, person: int) -> list[Row]:
    """The leaves that are to come, under way, or of days that can still be told of."""
    asked = "select * from leave where person = ? and taken_back_at is null and last >= ? order by first"
    return turn.db.all(asked, (person, earliest(turn.house.today(turn.now)).isoformat()))


def _span(row: Row) -> Span:
    return Span(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))


def _show(turn: Turn, person: int, *, renew: bool = False, notice: Sequence[str] = ()) -> None:
    """The leaves of a coordinator, each with the button that takes it back."""
    leaves, today = _leaves(turn, person), turn.house.today(turn.now)
    body, buttons = [*notice, turn.text("leave-title" if leaves else "leave-none")], []
    for row in leaves:
        span = _span(row)
        said = week_card.days_told(span.first, span.last, turn.language)
        days = len(turn.house.working_days(span.first, span.last))
        body.append(turn.text("leave-line", span=said, days=days))
        label = "leave-end" if kept(span, today) else "leave-take-back"
        buttons.append([Button(turn.text(label, span=said), f"lv:{person}:back:{row['id']}")])
    buttons.append([Button(turn.text("leave-new"), f"lv:{person}:new")])
    turn.show(turn.address, CARD, "\n".join(body), buttons, renew=renew)


class Days(BaseModel):
    """From which day until which; a long one is asked about once more."""

    first: Annotated[dict[str, str], Question(Kind.ANY_DAY)]
    last: Annotated[dict[str, str], Question(Kind.ANY_DAY)]
    sure: Annotated[str, Question(Kind.CHOICE, ("yes",), when=lambda answers: _is_long(answers), firm=True)] = ""


def _told(answers: Any) -> Span | None:
    """The days that a form tells of so far: of its first question alone, one day."""
    first = answers.get("first")
    last = answers.get("last") or first
    return Span(date.fromisoformat(first["day"]), date.fromisoformat(last["day"])) if first else None


def _is_long(answers: Any) -> bool:
    span = _told(answers)
    return span is not None and span.is_long


def _problem(turn: Turn, person: int, span: Span, *, whole: bool) -> FieldProblem | None:
    today, others = turn.house.today(turn.now), [_span(row) for row in _leaves(turn, person)]
    found = problem(span, today, others, turn.house.is_working_day)
    if found is None or (found is Problem.OFF and not whole):  # a leave may begin on a day off
        return None
    met = next((other for other in others if other.meets(span)), span)
    return FieldProblem(
        f"leave-problem-{found}",
        earliest=written(earliest(today), turn.language),
        most=AHEAD,
        span=week_card.days_told(met.first, met.last, turn.language) if found is Problem.OVERLAP else "",
        first=written(span.first, turn.language),
    )


def _checked(turn: Turn, progress: Progress) -> dict[str, Any]:
    """Refuse a day that cannot be, at the question where it was told."""
    span = _told(progress.answers)
    if span and (found := _problem(turn, progress.answers["_person"], span, whole=progress.step != "first")):
        raise found
    return {}


def _offers(turn: Turn, step: str) -> Sequence[tuple[str, str]]:
    today = turn.house.today(turn.now)
    draft = current(turn)
    told = draft["answers"].get("first") if draft and draft["form"] == "leave" else None
    if step == "last" and told:
        first = date.fromisoformat(told["day"])
        friday = monday_of(first) + _FRIDAY
        fridays = (friday, friday + timedelta(days=7))
        days = {first: "leave-one-day"} | {day: "leave-until" for day in fridays if day > first}
    elif step == "first":
        tomorrow = today + timedelta(days=1)
        days = {today: "leave-today", tomorrow: "leave-tomorrow", monday_of(today) + timedelta(days=7): "leave-from"}
    else:
        return ()
    return [(day.isoformat(), turn.text(label, day=written(day, turn.language))) for day, label in days.items()]


def _outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """A leave that another phone, or the passing of time, has overtaken while this one was being told."""
    span = _told(answers)
    assert span is not None
    return ("first", "leave-overtaken") if _problem(turn, answers["_person"], span, whole=True) else None


def _entered(turn: Turn, answers: dict[str, Any]) -> None:
    me, span = _own(turn, answers["_person"]), _told(answers)
    assert me is not None
    assert span is not None
    first, last = span.first.isoformat(), span.last.isoformat()
    number = turn.db.insert(Leave, person=me["id"], first=first, last=last, entered_at=turn.now)
    reached = _tell(turn, me, number, span, "leave-told")
    _followed(turn, me["id"], span)
    notice = turn.text("leave-entered" if reached else "leave-nobody", officer=reached)
    _show(turn, me["id"], renew=True, notice=[notice, ""])


def _take_back(turn: Turn, me: Row, row: Row) -> None:
    """It keeps its row; the days of it that have passed have one of their own."""
    span = _span(row)
    turn.db.execute("update leave set taken_back_at = ? where id = ?", (turn.now, row["id"]))
    if past := kept(span, turn.house.today(turn.now)):
        first, last = past.first.isoformat(), past.last.isoformat()
        turn.db.insert(Leave, person=me["id"], first=first, last=last, entered_at=turn.now)
    _tell(turn, me, row["id"], span, "leave-told-end" if past else "leave-told-back")
    _followed(turn, me["id"], span)


def _tell(turn: Turn, me: Row, number: int, span: Span, name: str) -> str:
    """The officers are told; returns whom it reached."""
    place = workweek.place(turn, me["id"])
    officers = committee.officers(turn, place)
    for officer in officers:
        said = week_card.days_told(span.first, span.last, officer.language)
        days = len(turn.house.working_days(span.first, span.last))
        body = text(officer.language, name, name=me["name"], span=said, days=days)
        turn.show(address_of(officer.address), f"leave:{number}", body, renew=True)
    return listed(turn.language, (officer.name for officer in officers))


def _followed(turn: Turn, person: int, span: Span) -> None:
    """What is reminded of looks at these days anew, and the card of this week shows them."""
    weeks = "update workload_week set look_at = ? where person = ? and state <> 'confirmed' and monday between ? and ?"
    between = monday_of(span.first).isoformat(), span.last.isoformat()
    turn.db.execute(weeks, (turn.now, person, *between))
    plans = "update self_check_plan set look_at = ? where person = ? and look_at is not null"
    turn.db.execute(plans, (turn.now, person))
    week = workweek.of(turn, person, monday_of(turn.house.today(turn.now)))
    if week is not None:
        week_card.show(turn, week)


CONVERSATIONS["leave"] = Conversation(
    Form("leave", 1, Days),
    _entered,
    offers=_offers,
    review=False,
    allowed=lambda turn, answers: _own(turn, answers["_person"]) is not None,
    outdated=_outdated,
    aware=_checked,
    own_card=True,
)
