"""Duty W4: what was not entered the same day is explained to the officer by the end of that day, mostly by one tap."""

from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.day import written
from chat.forms import Form, Kind, Question
from chat.messages import Button, Priority
from chat.texts import text
from handlers.desk import Desk, Turn, address_of
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.once import once
from handlers.workload import presence, workweek
from models.checks import Shortfall
from models.database import Row, columns, sealing
from models.person import Role
from workload.leave import AHEAD
from workload.same_day import Cause, Round, is_late, rounds, shortfall

_SHORTFALL = f"""
select {columns(Shortfall)}, account.address, coalesce(account.language, person.language) as language
from same_day_shortfall join person on person.id = same_day_shortfall.person
left join account on account.id = person.account
"""
_WITH_ENTRIES = f"""
select distinct person.id from person join account on account.id = person.account
cross join workload_entry as entry on entry.person = person.id and entry.day = ?
where person.role = '{Role.COORDINATOR.value}' and person.active and not account.blocked
"""


def sweep(desk: Desk) -> None:
    """Ask everybody with a shortfall, once about a day. Called by the tick."""
    for kind, day in rounds(desk.now, desk.house.calendar):
        if once(desk, kind, day.isoformat()):
            away = presence.on_leave(desk, desk.house.today(desk.now))
            for person in _with_entries(desk, day) - away:
                _ask(desk, person, day)
            if kind is Round.MORNING:  # who is back is asked about their last day before the leave
                for person in presence.on_leave(desk, day) - away:
                    last = _last_at_work(desk, person, day)
                    if person in _with_entries(desk, last):
                        _ask(desk, person, last)


def _with_entries(desk: Desk, day: date) -> set[int]:
    """The coordinators who can be asked about a day."""
    return {row["id"] for row in desk.db.all(_WITH_ENTRIES, (day.isoformat(),))}


def _last_at_work(desk: Desk, person: int, day: date) -> date:
    absent = presence.leave(desk, person, day - timedelta(days=AHEAD), day)
    while day in absent or not desk.house.is_working_day(day):
        day -= timedelta(days=1)
    return day


def _ask(desk: Desk, person: int, day: date) -> None:
    short = shortfall(workweek.figures_of(desk, person, day, day))
    if short and desk.db.insert_new(
        Shortfall, person=person, day=day.isoformat(), short=short, words="", asked_at=desk.now
    ):
        row = desk.db.one(f"{_SHORTFALL} where person.id = ? and day = ?", (person, day.isoformat()))
        assert row is not None
        _show(desk, row, renew=True)


def _load(desk: Desk, number: int) -> Row | None:
    return desk.db.one(f"{_SHORTFALL} where same_day_shortfall.id = ?", (number,))


def _show(desk: Desk, row: Row, *, renew: bool = False) -> None:
    """The card on its coordinator's phone: the question, the answer, or that none is needed any more."""
    if not row["address"]:
        return
    language = row["language"]
    day = written(date.fromisoformat(row["day"]), language)
    buttons = []
    if not row["short"]:
        body = text(language, "same_day-mended", day=day)
    elif row["cause"]:
        body = text(language, "same_day-told", line=_line(desk, row, language))
    else:
        body = text(language, "same_day-asked", day=day, short=row["short"])
        buttons = [[Button(text(language, f"same_day-cause-{cause}"), f"sd:{row['id']}:{cause}")] for cause in Cause]
    address, card = address_of(row["address"]), f"same_day:{row['id']}"
    priority = Priority.REMINDER if renew else Priority.ANSWER
    desk.show(address, card, body, buttons, renew=renew, priority=priority)


def _line(desk: Desk, row: Row, language: str) -> str:
    day = date.fromisoformat(row["day"])
    cause = row["words"] or text(language, f"same_day-cause-{row['cause']}" if row["cause"] else "same_day-open")
    line = text(language, "same_day-line", day=written(day, language), short=row["short"], cause=cause)
    if row["answered_at"] and is_late(day, row["answered_at"], desk.house.calendar):
        line += text(language, "same_day-late")
    return line


def lines(desk: Desk, week: Row, language: str) -> list[str]:
    """For the officer: what was not entered the same day in a week, by day, and why."""
    days = _of_week(week)
    asked = f"{_SHORTFALL} where person.id = ? and day between ? and ? and short > 0 order by day"
    return [_line(desk, row, language) for row in desk.db.all(asked, (week["person"], *days))]


def follow(desk: Desk, week: Row) -> None:
    """The figures of a week may have changed: a question that waits for its answer goes with what is short now."""
    asked = f"{_SHORTFALL} where person.id = ? and day between ? and ? and cause = '' and short > 0"
    for row in desk.db.all(asked, (week["person"], *_of_week(week))):
        _brought_up(desk, row)


def _of_week(week: Row) -> tuple[str, str]:
    first = workweek.monday(week)
    return first.isoformat(), (first + timedelta(days=6)).isoformat()


def _brought_up(desk: Desk, row: Row) -> Row:
    """A question that waits, with what is short now; nothing is asked where nothing is."""
    day = date.fromisoformat(row["day"])
    short = shortfall(workweek.figures_of(desk, row["person"], day, day))
    if short == row["short"]:
        return row
    desk.db.execute("update same_day_shortfall set short = ? where id = ?", (short, row["id"]))
    now = _load(desk, row["id"])
    assert now is not None
    _show(desk, now)
    return now


def _is_own(turn: Turn, row: Row | None) -> bool:
    return row is not None and any(person["id"] == row["person"] for person in turn.persons)


def pressed(turn: Turn, number: int, cause: str) -> None:
    """One tap: a cause, on the coordinator's own card."""
    row = _load(turn, number)
    if row is None or not _is_own(turn, row):
        turn.toast("not-yours")
        return
    if not row["cause"] and row["short"]:
        row = _brought_up(turn, row)
    if row["cause"] or cause not in list(Cause):
        turn.toast("card-closed")
        _show(turn, row)
    elif not row["short"]:
        turn.toast("same_day-mended-short")
        _show(turn, row)
    elif cause == Cause.OTHER:
        turn.toast()
        begin(turn, "same_day", {"shortfall": number})
    else:
        turn.toast("same_day-sent")
        _answer(turn, number, cause, "")


def _answer(turn: Turn, number: int, cause: str, words: str) -> None:
    answered = f"update same_day_shortfall set cause = ?, words = {sealing(Shortfall, 'words')}, answered_at = ?"
    turn.db.execute(f"{answered} where id = ?", (cause, words, turn.now, number))
    row = _load(turn, number)
    assert row is not None
    _show(turn, row)


class Words(BaseModel):
    """A cause that is none of the usual ones, in one sentence."""

    words: Annotated[str, Field(min_length=2, max_length=100), Question(Kind.TEXT)]


def _told(turn: Turn, answers: dict[str, Any]) -> None:
    row = _load(turn, answers["_shortfall"])
    if row is not None and not row["cause"] and _brought_up(turn, row)["short"]:
        _answer(turn, row["id"], Cause.OTHER.value, answers["words"])


CONVERSATIONS["same_day"] = Conversation(
    Form("same_day", 1, Words),
    _told,
    review=False,
    allowed=lambda turn, answers: _is_own(turn, _load(turn, answers["_shortfall"])),
)
