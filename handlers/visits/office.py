"""Office hours of officers and cadres, set in a line, and what of them is free (duty V3)."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import BaseModel

from chat.forms import FieldProblem, Form, Kind, Progress, Question
from chat.messages import Button
from chat.office_hours import HoursError, parse_hours
from handlers import form_card
from handlers.desk import Desk, Turn
from handlers.form_card import CONVERSATIONS, Conversation
from handlers.meetings import rhythms
from handlers.workload import committee, presence
from models.database import Row
from models.person import Role
from models.visit import HOST, OfficeHours
from reminders import office

CARD = "office"
HOSTS = (Role.OFFICER, Role.CADRE)
MOST = 10  # lines of one person
_A_MONDAY = date(2026, 11, 23)
_ALL = """
select office_hours.person, office_hours.weekday, office_hours.first, office_hours.last, account.name as account
from office_hours join person on person.id = office_hours.person join account on account.id = person.account
where person.active and not account.blocked and person.role in ('officer', 'cadre')
order by office_hours.person, office_hours.weekday, office_hours.first
"""
_TAKEN = f"""
select visit.starts_at from visit join visit_part on visit_part.visit = visit.id and visit_part.role = '{HOST}'
where visit_part.person = ? and visit.state = 'open' and visit.starts_at is not null
"""


def host(turn: Turn) -> Row | None:
    """This account's person who may have office hours."""
    return turn.person_in(*HOSTS)


def places_of(desk: Desk, offered: list[int]) -> list[int]:
    """Those of these committees where somebody has office hours."""
    persons = {row["person"] for row in desk.db.all(_ALL)}
    return [place for place in offered if any(committee.role_at(desk, person, place) for person in persons)]


def free(desk: Desk, place: int, account: str, only: int | None = None) -> dict[datetime, int]:
    """The slots that can be had at a committee, by whom (`only`: of this host), but for what is of `account` itself;
    none on days of leave."""
    hours: dict[int, list[office.Hours]] = {}
    for row in desk.db.all(_ALL):
        if row["account"] != account and only in (None, row["person"]):
            first, last = time.fromisoformat(row["first"]), time.fromisoformat(row["last"])
            hours.setdefault(row["person"], []).append((row["weekday"], first, last))
    found: dict[datetime, int] = {}
    away = presence.absences(desk, desk.today, desk.today + timedelta(days=office.DAYS))
    for person, kept in hours.items():
        if committee.role_at(desk, person, place) is None:
            continue
        taken = {row["starts_at"] for row in desk.db.all(_TAKEN, (person,))}
        for slot in office.free(kept, desk.now, desk.house.calendar.without(away.get(person, ())), taken):
            found.setdefault(slot, person)
    return dict(sorted(found.items()))


def pressed(turn: Turn, verb: str, value: str) -> None:
    """A button of the card of somebody's own office hours."""
    me = host(turn)
    if me is None:
        turn.toast("not-yours")
        return
    turn.toast()
    if verb == "hours_new" and len(_own(turn, me)) < MOST:
        form_card.begin(turn, "office_hours", {"person": me["id"]})
        return
    if verb == "hours_off" and value.isdigit():
        turn.db.execute("delete from office_hours where id = ? and person = ?", (int(value), me["id"]))
    _show(turn, me, renew=verb == "hours")


def _own(turn: Turn, me: Row) -> list[Row]:
    asked = "select id, weekday, first, last from office_hours where person = ? order by weekday, first"
    return turn.db.all(asked, (me["id"],))


def _show(turn: Turn, me: Row, *, renew: bool = False) -> None:
    own = _own(turn, me)
    body, rows = [turn.text("hours-title" if own else "hours-none")], []
    for row in own:
        day = rhythms.weekday(_A_MONDAY + timedelta(days=row["weekday"]), turn.language)
        line = turn.text("hours-line", day=day, first=row["first"], last=row["last"])
        body.append(line)
        rows.append([Button(turn.text("hours-button-off", line=line), f"vs:0:hours_off:{row['id']}")])
    if len(own) < MOST:
        rows.append([Button(turn.text("hours-button-new"), "vs:0:hours_new")])
    turn.show(turn.address, CARD, "\n".join(body), rows, renew=renew)


class Setup(BaseModel):
    """Office hours in a line."""

    line: Annotated[str, Question(Kind.TEXT)]


def _checked(turn: Turn, progress: Progress) -> dict[str, Any]:
    if said := progress.answers.get("line"):
        try:
            parse_hours(said)
        except HoursError as error:
            raise FieldProblem(f"hours-problem-{error.reason}") from error
    return {}


def _mine(turn: Turn, answers: dict[str, Any]) -> Row | None:
    return next((p for p in turn.persons if p["id"] == answers["_person"] and p["role"] in HOSTS), None)


def _set(turn: Turn, answers: dict[str, Any]) -> None:
    me, hours = _mine(turn, answers), parse_hours(answers["line"])
    assert me is not None
    first, last = f"{hours.first:%H:%M}", f"{hours.last:%H:%M}"
    turn.db.insert_new(OfficeHours, person=me["id"], weekday=hours.weekday, first=first, last=last)
    _show(turn, me, renew=True)


CONVERSATIONS["office_hours"] = Conversation(
    Form("office_hours", 1, Setup),
    _set,
    review=False,
    allowed=lambda turn, answers: _mine(turn, answers) is not None,
    aware=_checked,
    own_card=True,
)
