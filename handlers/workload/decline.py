"""Duty W2: below last year two months running. Officer and town office are told once, the officer says why."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, Field

from alerts.roster import line
from chat.forms import Form, Kind, Question
from chat.messages import Button, Priority
from chat.texts import text
from handlers import places
from handlers.desk import Desk, Turn, address_of, in_rows
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.once import once
from handlers.workload import committee, presence, week_round, workweek
from models.database import Row, columns, sealing
from models.decline import Decline
from models.person import Role
from models.place import below
from models.workload import COUNTED
from workload.declines import Cause, Closing, Compared, Group, closing, declined, month_before
from workload.rates import Verdict
from workload.weeks import Month, monday_of

MOST = 1  # committee in one transaction, so that nobody waits for it
_WAITING = """
select id from place where kind = 'committee' and active
and not exists (select 1 from check_round where kind = 'decline:' || place.id and day = ?) order by id limit ?
"""
_COORDINATORS = f"""
with recursive {below("select ?")}
select person.id, min(assignment.place) as place from assignment join person on person.id = assignment.person
where assignment.place in (select id from below) and person.role = '{Role.COORDINATOR.value}' and person.active
group by person.id order by person.id
"""
_CONFIRMED = "select monday from workload_week where person = ? and state = 'confirmed' and monday between ? and ?"
_DECLINE = f"""
select {columns(Decline)}, person.name, officer.name as officer from decline
left join person on person.id = decline.person left join person as officer on officer.id = decline.by
"""


def sweep(desk: Desk) -> None:
    """Look at the month that is over, each working morning until it is closed. Called by the tick."""
    look = closing(desk.now, desk.house.calendar)
    if look is None:
        return
    day = look.day.isoformat()
    for place in desk.db.all(_WAITING, (day, MOST)):
        once(desk, f"decline:{place['id']}", day)
        _look(desk, place["id"], look)


def _look(desk: Desk, committee: int, look: Closing) -> None:
    """A committee's coordinators whose month is closed, and once it is closed for all of them the committee."""
    coordinators = desk.db.all(_COORDINATORS, (committee,))
    closed = [each for each in coordinators if look.final or _is_closed(desk, each["id"], look.month)]
    for each in closed:
        groups = _groups(partial(_of_person, desk, each["id"]), look.month)
        _found(desk, each["place"], each["id"], look.month, groups)
    if coordinators and len(closed) == len(coordinators):
        groups = _groups(partial(_of_place, desk, committee), look.month)
        _found(desk, committee, None, look.month, groups)


def _groups(of: Callable[[Month], Compared], month: Month) -> list[Group]:
    """What was below in a month and the one before, which is only looked at where it matters."""
    last = of(month)
    return declined([of(month_before(month)), last]) if Verdict.MISSED in map(last.verdict, Group) else []


def _is_closed(desk: Desk, person: int, month: Month) -> bool:
    """Whether every week in which a coordinator was at work in the month is confirmed."""
    first, last = workweek.days_of(month)
    between = monday_of(first).isoformat(), last.isoformat()
    confirmed = {row["monday"] for row in desk.db.all(_CONFIRMED, (person, *between))}
    return {monday_of(day).isoformat() for day in presence.at_work(desk, person, first, last)} <= confirmed


def _of_person(desk: Desk, person: int, month: Month) -> Compared:
    now, before = _both(month)
    return Compared(
        workweek.figures_of(desk, person, *now),
        presence.days_of(desk, person, *now),
        workweek.figures_of(desk, person, *before),
        presence.days_of(desk, person, *before),
    )


def _of_place(desk: Desk, place: int, month: Month) -> Compared:
    now, before = _both(month)
    return Compared(
        workweek.figures_at(desk, place, *now, COUNTED),
        presence.days_at(desk, place, *now),
        workweek.figures_at(desk, place, *before, COUNTED),
        presence.days_at(desk, place, *before),
    )


def _both(month: Month) -> tuple[tuple[date, date], tuple[date, date]]:
    """The days of a month, and of the same month of the year before."""
    now = workweek.days_of(month)
    return now, workweek.a_year_before(now[0])


def _found(desk: Desk, place: int, person: int | None, month: Month, groups: list[Group]) -> None:
    """Tell of it, once for this month."""
    items = [group.value for group in groups]
    written = _written(month)
    if groups and desk.db.insert_new(
        Decline, place=place, person=person, month=written, items=items, told_at=desk.now, words=""
    ):
        asked = f"{_DECLINE} where decline.place = ? and month = ? and decline.person is ?"
        row = desk.db.one(asked, (place, written, person))
        assert row is not None
        _show(desk, row, renew=True)


def _written(month: Month) -> str:
    return f"{date(*month, 1):%Y-%m}"


def _load(desk: Desk, number: int) -> Row | None:
    return desk.db.one(f"{_DECLINE} where decline.id = ?", (number,))


def _show(desk: Desk, row: Row, *, renew: bool = False) -> None:
    """The card on the phones of the officers, who are asked why, and of the town office, which sees it."""
    priority = Priority.REMINDER if renew else Priority.ANSWER
    officers = committee.officers(desk, row["place"])
    clerks = [each for each in line(desk.db, row["place"], desk.today)[-1] if each.reachable and each not in officers]
    for person in (*officers, *clerks):
        may = person in officers
        body, buttons = _card(desk, row, person.language, may=may, asked=may and not row["cause"])
        anew = renew or (bool(row["cause"]) and not may)  # the town office hears the answer
        desk.show(address_of(person.address), _name(row), body, buttons, renew=anew, priority=priority)


def _name(row: Row) -> str:
    return f"decline:{row['id']}"


def _card(desk: Desk, row: Row, language: str, *, may: bool, asked: bool) -> tuple[str, list[list[Button]]]:
    """The figures and the reason; for who `may` tell it with the causes (`asked`), or the way to another one."""
    buttons = []
    if asked:
        labels = {each: text(language, f"decline-cause-{each}") for each in Cause}
        buttons = in_rows([Button(label, f"dc:{row['id']}:{each}") for each, label in labels.items()])
    elif may:
        buttons = [[Button(text(language, "decline-again"), f"dc:{row['id']}:again")]]
    if row["cause"]:
        end = text(language, "decline-told", cause=_cause(row, language), officer=row["officer"])
    else:
        end = text(language, "decline-ask" if asked else "decline-open")
    return "\n".join([*_lines(desk, row, language), "", end]), buttons


def _lines(desk: Desk, row: Row, language: str) -> list[str]:
    """Whose figures, and each group that was below, in both months beside last year's."""
    year, number = map(int, row["month"].split("-"))
    place = places.name(desk, row["place"])
    if row["person"]:
        body = [text(language, "decline-person", name=row["name"], place=place)]
    else:
        body = [text(language, "decline-place", place=place)]
    months = month_before((year, number)), (year, number)
    compared = {
        month: _of_person(desk, row["person"], month) if row["person"] else _of_place(desk, row["place"], month)
        for month in months
    }
    for group in map(Group, row["items"]):
        body.append(text(language, f"decline-group-{group}"))
        for month, each in compared.items():
            figure, wanted = each.figure(group), each.wanted(group)
            body.append(
                text(
                    language,
                    "decline-month",
                    month=_written(month),
                    figure=text(language, "workload-missing") if figure is None else figure,
                    wanted=text(language, "workload-missing") if wanted is None else round(wanted),
                    days=each.days,
                )
            )
    return [*body, text(language, "decline-how")]


def _cause(row: Row, language: str) -> str:
    return row["words"] or text(language, f"decline-cause-{row['cause']}")


def _officer(turn: Turn, row: Row | None) -> Row | None:
    """This account's officer or deputy, if they answer for the place."""
    officer = week_round.me(turn)
    return officer if officer and row and week_round.may_confirm(turn, row["place"], officer) else None


def pressed(turn: Turn, number: int, verb: str) -> None:
    """One tap on the officer's card: a cause, or another one."""
    row = _load(turn, number)
    officer = _officer(turn, row)
    if row is None or officer is None:
        turn.toast("not-yours")
    elif verb == "again":
        turn.toast()
        turn.show(turn.address, _name(row), *_card(turn, row, turn.language, may=True, asked=True))
    elif verb not in list(Cause):
        turn.toast("card-closed")
    elif verb == Cause.OTHER:
        turn.toast()
        begin(turn, "decline", {"decline": number})
    else:
        turn.toast("decline-noted")
        _answer(turn, number, officer, verb, "")


def _answer(turn: Turn, number: int, officer: Row, cause: str, words: str) -> None:
    answered = f"update decline set cause = ?, words = {sealing(Decline, 'words')}, by = ?, answered_at = ?"
    turn.db.execute(f"{answered} where id = ?", (cause, words, officer["id"], turn.now, number))
    row = _load(turn, number)
    assert row is not None
    _show(turn, row)
    turn.show(turn.address, _name(row), *_card(turn, row, turn.language, may=True, asked=False))


class Words(BaseModel):
    """A cause that is none of the usual ones, in one sentence."""

    words: Annotated[str, Field(min_length=2, max_length=100), Question(Kind.TEXT)]


def _told(turn: Turn, answers: dict[str, Any]) -> None:
    officer = _officer(turn, _load(turn, answers["_decline"]))
    assert officer is not None
    _answer(turn, answers["_decline"], officer, Cause.OTHER.value, answers["words"])


CONVERSATIONS["decline"] = Conversation(
    Form("decline", 1, Words),
    _told,
    review=False,
    allowed=lambda turn, answers: _officer(turn, _load(turn, answers["_decline"])) is not None,
    own_card=True,
)
