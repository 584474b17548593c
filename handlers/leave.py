"""Leave of everybody on the staff, entered in a few taps and told to who stands in; never why."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BaseModel

from alerts.cover import gaps
from alerts.roster import OnDuty, line
from chat.day import written
from chat.forms import FieldProblem, Form, Kind, Progress, Question
from chat.messages import Button
from chat.texts import listed, text
from handlers.desk import Turn, address_of
from handlers.form_card import CONVERSATIONS, Conversation, begin, current
from handlers.meetings import actions, occasions
from handlers.spot_checks import checks
from handlers.visits import requests
from handlers.workload import committee, view, week_card, workweek
from models.database import Row
from models.leave import Leave
from models.person import Role
from workload.leave import AHEAD, Problem, Span, earliest, kept, problem
from workload.weeks import monday_of

CARD = "leave"
WHO = (Role.COORDINATOR, Role.CADRE, Role.OFFICER, Role.DEPUTY)  # the town office is the last to be alerted: never away
# Which steps of the line hear of whose leave; of others' the officers do, or who is in their place.
_TOLD = {Role.OFFICER.value: (1, 2), Role.DEPUTY.value: (0, 2)}
_FRIDAY = timedelta(days=4)


def button(turn: Turn) -> list[Button]:
    """The way here from /me, for who may tell leave."""
    me = turn.person_in(*WHO)
    return [Button(turn.text("leave-set"), f"lv:{me['id']}:show")] if me else []


def _own(turn: Turn, person: int) -> Row | None:
    return next((p for p in turn.persons if p["id"] == person and p["role"] in WHO), None)


def pressed(turn: Turn, person: int, verb: str, number: int) -> None:
    """The button of /me or on the card of the week, or one of the list of leaves."""
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
        _take_back(turn, _span(taken))
        _show(turn, person)
    else:
        turn.toast("card-old")
        _show(turn, person)


def _leaves(turn: Turn, person: int) -> list[Row]:
    """The leaves that are to come, under way, or of days that can still be told of."""
    asked = "select * from leave where person = ? and taken_back_at is null and last >= ? order by first"
    return turn.db.all(asked, (person, earliest(turn.today).isoformat()))


def _span(row: Row) -> Span:
    return Span(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))


def _show(turn: Turn, person: int, *, renew: bool = False, notice: Sequence[str] = ()) -> None:
    """The leaves of somebody, each with the button that takes it back."""
    leaves = _leaves(turn, person)
    body, buttons = [*notice, turn.text("leave-title" if leaves else "leave-none")], []
    for row in leaves:
        span = _span(row)
        said = week_card.days_told(span.first, span.last, turn.language)
        days = len(turn.house.working_days(span.first, span.last))
        body.append(turn.text("leave-line", span=said, days=days))
        label = "leave-end" if kept(span, turn.today) else "leave-take-back"
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
    others = [_span(row) for row in _leaves(turn, person)]
    found = problem(span, turn.today, others, turn.house.is_working_day)
    if found is None or (found is Problem.OFF and not whole):  # a leave may begin on a day off
        return None
    met = next((other for other in others if other.meets(span)), span)
    return FieldProblem(
        f"leave-problem-{found}",
        earliest=written(earliest(turn.today), turn.language),
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
    today = turn.today
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


def _roles(turn: Turn) -> list[Row]:
    """All persons of this account who can be on leave: who is away is so in each of their roles."""
    return [person for person in turn.persons if person["role"] in WHO]


def _entered(turn: Turn, answers: dict[str, Any]) -> None:
    span = _told(answers)
    assert span is not None
    mine = _roles(turn)
    for me in mine:
        _keep(turn, me["id"], span)
    reached = _tell(turn, mine, span, "leave-told")
    _followed(turn, mine, span)
    notice = [turn.text("leave-entered", who=reached) if reached else turn.text("leave-nobody")]
    if any(me["role"] == Role.COORDINATOR for me in mine):
        notice.append(turn.text("leave-compared"))
    _show(turn, answers["_person"], renew=True, notice=[*notice, *_concerned(turn, mine, span), ""])


def _keep(turn: Turn, person: int, span: Span) -> None:
    turn.db.insert(Leave, person=person, first=span.first.isoformat(), last=span.last.isoformat(), entered_at=turn.now)


def _take_back(turn: Turn, span: Span) -> None:
    """It keeps its row, in each role; the days of it that have passed have one of their own."""
    mine, past = _roles(turn), kept(span, turn.today)
    for me in mine:
        changed = turn.db.execute(
            "update leave set taken_back_at = ? where person = ? and first = ? and last = ? and taken_back_at is null",
            (turn.now, me["id"], span.first.isoformat(), span.last.isoformat()),
        )
        if past and changed:
            _keep(turn, me["id"], past)
    _tell(turn, mine, span, "leave-told-end" if past else "leave-told-back")
    _followed(turn, mine, span)


def _audience(turn: Turn, me: Row) -> list[OnDuty]:
    """Who hears of the leave of one person."""
    if me["role"] == Role.COORDINATOR:
        return committee.officers(turn, workweek.place(turn, me["id"]))
    found: list[OnDuty] = []
    for place in view.committees(turn, me):
        if me["role"] == Role.CADRE:
            found += committee.officers(turn, place["id"])
        else:
            steps = line(turn.db, place["id"], turn.today)
            found += [one for step in _TOLD[me["role"]] for one in steps[step] if one.is_there]
    return found


def _tell(turn: Turn, mine: Iterable[Row], span: Span, name: str) -> str:
    """Who stands in is told, each chat once; returns whom it reached."""
    found: dict[str, OnDuty] = {}
    called = ""
    for me in mine:
        called = me["name"]
        found |= {one.address: one for one in _audience(turn, me) if one.address != str(turn.address)}
    days = len(turn.house.working_days(span.first, span.last))
    for one in found.values():
        said = week_card.days_told(span.first, span.last, one.language)
        body = text(one.language, name, name=called, span=said, days=days)
        turn.show(address_of(one.address), f"leave:{turn.persons[0]['id']}:{span.first}", body, renew=True)
    return listed(turn.language, (one.name for one in found.values()))


def _concerned(turn: Turn, mine: Sequence[Row], span: Span) -> list[str]:
    """What else falls into these days: meetings, talks, and days on which nobody else answers for a place."""
    ids, first = [me["id"] for me in mine], max(span.first, turn.today)
    lines = []
    if span.last >= turn.today:
        for me in mine:
            lines += _uncovered(turn, me, first, span.last) if me["role"] in _TOLD else []
        if meetings := occasions.count_within(turn, ids, first, span.last):
            lines.append(turn.text("leave-meetings", count=meetings))
        if talks := requests.talks_within(turn, ids, first, span.last):
            lines.append(turn.text("leave-talks", count=talks))
    return lines


def _uncovered(turn: Turn, me: Row, first: date, last: date) -> list[str]:
    """Where and when nobody of the police answers but the town office, or not even that one."""
    lines = []
    for place in view.committees(turn, me):
        if found := gaps(turn.db, place["id"], first, last):
            office = any(clerk.reachable for clerk in line(turn.db, place["id"], turn.today)[-1])
            said = listed(turn.language, (week_card.days_told(*days, turn.language) for days in found))
            name = "leave-gap" if office else "leave-gap-nobody"
            lines.append(turn.text(name, place=place["name"], span=said))
    return lines


def _followed(turn: Turn, mine: Iterable[Row], span: Span) -> None:
    """What is reminded of looks at these days anew, and the card of this week shows them."""
    account = int(turn.persons[0]["account_id"])
    occasions.replan_account(turn, account)
    requests.replan_account(turn, account)
    for me in mine:
        actions.look_again(turn, me["id"])
        checks.look_again_for(turn, me["id"])
        if me["role"] == Role.COORDINATOR:
            _week_followed(turn, me["id"], span)


def _week_followed(turn: Turn, person: int, span: Span) -> None:
    weeks = "update workload_week set look_at = ? where person = ? and state <> 'confirmed' and monday between ? and ?"
    between = monday_of(span.first).isoformat(), span.last.isoformat()
    turn.db.execute(weeks, (turn.now, person, *between))
    plans = "update self_check_plan set look_at = ? where person = ? and look_at is not null"
    turn.db.execute(plans, (turn.now, person))
    week = workweek.of(turn, person, monday_of(turn.today))
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
