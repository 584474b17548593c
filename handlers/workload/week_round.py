"""Duty W1, the officer's side: the round in which weeks are confirmed, sent back with a question, or corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, Field

from alerts.roster import OnDuty, line
from chat.forms import Form, Kind, Question
from chat.messages import Button, Priority
from chat.texts import text
from handlers.desk import Desk, Turn, address_of, in_rows
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.workload import amounts, committee, kit, ledger, presence, same_day, self_check_plan, week_card, workweek
from models.database import Row
from models.person import Role
from models.workload import EntryState, WeekState
from workload.doubts import Doubt
from workload.figures import Figures, Item
from workload.weeks import monday_of

CONFIRMING = (Role.OFFICER.value, Role.DEPUTY.value)
THURSDAY = 3  # from then on the round is of this week
SHOWN = (Item.VISITED, Item.TAKEN, Item.CHANGED, Item.CANCELLED)  # in the one line that a coordinator has in the round
CARD = "round"


@dataclass(frozen=True, slots=True)
class Filed:
    """A coordinator's line in the round; `week` is None where it was never opened."""

    name: str
    week: Row | None
    figures: Figures
    doubts: Sequence[Doubt]
    leave: int  # working days of the week
    is_away: bool  # on all of them

    @property
    def state(self) -> str:
        return self.week["state"] if self.week else WeekState.OPEN.value

    @property
    def waits(self) -> bool:
        return self.state == WeekState.FILED

    @property
    def is_plausible(self) -> bool:
        return self.waits and not self.doubts

    @property
    def sign(self) -> str:
        if self.is_away and self.state == WeekState.OPEN:
            return "leave"
        return "doubted" if self.waits and self.doubts else self.state


def me(turn: Turn) -> Row | None:
    """This account's officer or deputy."""
    return turn.person_in(*CONFIRMING)


def monday_now(desk: Desk) -> date:
    """The week that a round is about now: from Thursday on this one, before that the last."""
    today = desk.house.today(desk.now)
    return monday_of(today) - timedelta(days=0 if today.weekday() >= THURSDAY else 7)


def filed(desk: Desk, officer: int, monday: date) -> list[Filed]:
    """Every coordinator at the officer's places, and what they filed for a week."""
    lines, sunday, away = [], monday + timedelta(days=6), presence.away(desk, monday)
    for coordinator in workweek.coordinators(desk, officer):
        week = workweek.of(desk, coordinator["id"], monday)
        figures = workweek.figures(desk, week["id"]) if week else {}
        doubts = week_card.doubts(desk, week, figures) if week and week["state"] == WeekState.FILED else ()
        absent = presence.leave(desk, coordinator["id"], monday, sunday)
        leave = sum(map(desk.house.is_working_day, absent))
        lines.append(Filed(coordinator["name"], week, figures, doubts, leave, coordinator["id"] in away))
    return lines


def start(turn: Turn, officer: Row) -> None:
    """/workload of an officer: the round of the week that is due."""
    show(turn, officer["id"], str(turn.address), turn.language, monday_now(turn), renew=True)


def show(
    desk: Desk,
    officer: int,
    address: str,
    language: str,
    monday: date,
    *,
    renew: bool = False,
    notice: str = "",
    priority: Priority = Priority.ANSWER,
) -> None:
    """The round on an officer's phone: a line for each coordinator, a button for each that was filed."""
    lines = filed(desk, officer, monday)
    body = [notice, ""] if notice else []
    body.append(text(language, "round-title", span=week_card.span_of(monday, language)))
    if not lines:
        body.append(text(language, "round-nobody"))
    body += [_line(one, language) for one in lines]
    buttons = in_rows(
        [
            Button(text(language, "round-open", sign=text(language, f"sign-{one.sign}"), name=one.name), data)
            for one in lines
            if one.week and (data := f"wo:{one.week['id']}:show") and one.state != WeekState.OPEN
        ]
    )
    plausible = [one for one in lines if one.is_plausible]
    if plausible:
        label = text(language, "round-plausible", count=len(plausible))
        buttons.append([Button(label, f"wr:{monday:%Y%m%d}:plausible")])
    before = Button(text(language, "round-before"), f"wr:{monday - timedelta(days=7):%Y%m%d}:show")
    after = Button(text(language, "round-after"), f"wr:{monday + timedelta(days=7):%Y%m%d}:show")
    buttons.append([before, after] if monday < monday_of(desk.house.today(desk.now)) else [before])
    desk.show(address_of(address), CARD, "\n".join(body), buttons, renew=renew, priority=priority)


def _line(one: Filed, language: str) -> str:
    figures = amounts.briefly(one.figures, SHOWN, language)
    if not figures or one.state == WeekState.OPEN:  # what is still being tallied is its coordinator's own business
        figures = text(language, f"sign-{one.sign}-words")
    if one.leave and one.sign != "leave":
        figures = text(language, "leave-in-round", figures=figures, days=one.leave)
    return text(language, "round-line", sign=text(language, f"sign-{one.sign}"), name=one.name, figures=figures)


def pressed(turn: Turn, day: str, verb: str, stamp: str) -> None:
    """A button of the round: another week, or all that are plausible."""
    officer = me(turn)
    try:
        monday = monday_of(date.fromisoformat(day))
    except ValueError:
        officer = None
    if officer is None or monday > turn.house.today(turn.now):
        turn.toast("not-yours")
        return
    if verb == "show":
        turn.toast()
        show(turn, officer["id"], str(turn.address), turn.language, monday)
        return
    plausible = [one for one in filed(turn, officer["id"], monday) if one.is_plausible]
    if verb == "all" and plausible and stamp == _stamp(turn, plausible):
        for one in plausible:
            assert one.week is not None
            _confirm(turn, one.week, officer)
        turn.toast("round-confirmed", count=len(plausible))
        show(turn, officer["id"], str(turn.address), turn.language, monday)
    elif verb == "plausible" and plausible:
        turn.toast()
        _ask_all(turn, monday, plausible)
    else:
        turn.toast("card-old")
        show(turn, officer["id"], str(turn.address), turn.language, monday)


def _ask_all(turn: Turn, monday: date, plausible: Sequence[Filed]) -> None:
    """Which weeks would be confirmed, and why they are plausible."""
    body = [turn.text("round-all-title", count=len(plausible))]
    body += [_line(one, turn.language) for one in plausible]
    body.append(turn.text("round-all-why"))
    day = f"{monday:%Y%m%d}"
    sure = Button(
        turn.text("round-all-yes", count=len(plausible)),
        f"wr:{day}:all:{_stamp(turn, plausible)}",
    )
    turn.show(turn.address, CARD, "\n".join(body), [[sure], [Button(turn.text("form-back"), f"wr:{day}:show")]])


def _stamp(turn: Turn, plausible: Sequence[Filed]) -> str:
    """What tells whether these weeks are still as they were shown."""
    ids = [one.week["id"] for one in plausible if one.week]
    asked = f"select max(id) as id from workload_entry where week in ({', '.join('?' * len(ids))})"
    row = turn.db.one(asked, ids)
    return f"{len(ids)}-{row['id'] if row else 0}"


def week_pressed(turn: Turn, week_id: int, verb: str, batch: int) -> None:
    """A button of one coordinator's week, on the officer's phone."""
    week = workweek.load(turn, week_id)
    officer = me(turn)
    if week is None or officer is None or not may_confirm(turn, week["place"], officer):
        turn.toast("not-yours")
    elif week["state"] == WeekState.OPEN:
        turn.toast("round-is-open")
    elif verb == "show":
        turn.toast()
        show_week(turn, week)
    elif verb in ("accept", "refuse"):
        _settled(turn, week, officer, batch, accepted=verb == "accept")
    elif week["state"] != WeekState.FILED:
        turn.toast("card-old")
        show_week(turn, week)
    elif verb == "confirm":
        _confirm(turn, week, officer)
        turn.toast("round-confirmed", count=1)
        show(turn, officer["id"], str(turn.address), turn.language, workweek.monday(week))
    elif verb in ("ask", "amend"):
        turn.toast()
        begin(turn, f"workload_{verb}", {"week": week_id})
    else:
        turn.toast("card-closed")


def may_confirm(turn: Turn, place: int | None, officer: Row) -> bool:
    """Whether this officer or deputy answers for a place."""
    return place is not None and any(
        person.id == officer["id"] for step in line(turn.db, place, turn.today)[:2] for person in step
    )


def show_week(turn: Turn, week: Row, *, renew: bool = False) -> None:
    """One coordinator's week, with what it is judged by."""
    language, monday = turn.language, workweek.monday(week)
    figures = workweek.figures(turn, week["id"])
    span = week_card.span(week, language)
    body = [turn.text("round-week", name=week["name"], span=span), turn.text(f"round-is-{week['state']}")]
    body += [*week_card.leave_told(turn, week, language), "", *week_card.lines(turn, week, language)]
    so_far = workweek.month_so_far(min(monday + timedelta(days=6), turn.house.today(turn.now)))
    for title, days in (("month-now", so_far), ("month-before", workweek.a_year_before(so_far[0]))):
        months = workweek.filed_by(turn, week["person"], *days)
        told = amounts.briefly(months, SHOWN, language)
        body.append(turn.text(title, figures=told or turn.text("workload-missing")))
    body.append(turn.text("round-counted", figure=workweek.reports_filed(turn, week)))
    for doubt in week_card.doubts(turn, week, figures):
        body.append(f"⚠ {week_card.asked(doubt, language)}")
    body += [*same_day.lines(turn, week, language), *kit.lines(turn, [week["person"]], language)]
    body += [*self_check_plan.lines(turn, week["person"], language), *ledger.lines(turn, week["person"], language)]
    for kept in ("reason", "note"):
        if week[kept]:
            body.append(turn.text(f"workload-{kept}-told", words=week[kept]))
    buttons = []
    if week["state"] == WeekState.FILED:
        buttons = [
            [Button(turn.text("round-confirm"), f"wo:{week['id']}:confirm")],
            [
                Button(turn.text("round-ask"), f"wo:{week['id']}:ask"),
                Button(turn.text("round-amend"), f"wo:{week['id']}:amend"),
            ],
        ]
    buttons.append([Button(turn.text("ledger-check"), f"lc:{week['id']}")])
    buttons.append([Button(turn.text("form-back"), f"wr:{monday:%Y%m%d}:show")])
    turn.show(turn.address, CARD, "\n".join(body), buttons, renew=renew)


def _confirm(turn: Turn, week: Row, officer: Row) -> None:
    if workweek.confirm(turn, week["id"], officer["id"]):
        _card_anew(turn, week["id"])


def _card_anew(turn: Turn, week: int) -> None:
    """The coordinator's card as the week is now."""
    now = workweek.load(turn, week)
    assert now is not None
    week_card.show(turn, now)


def officers(desk: Desk, week: Row) -> list[OnDuty]:
    """Who confirms a coordinator's week."""
    return committee.officers(desk, week["place"])


def _tell(turn: Turn, week: Row, name: str, buttons: Sequence[Sequence[Button]] = (), **arguments: str | int) -> None:
    """A short message to the coordinator."""
    if week["address"]:
        language = week["language"]
        said = text(language, name, span=week_card.span(week, language), **arguments)
        turn.note(address_of(week["address"]), said, buttons)


def told_late(turn: Turn, week: Row) -> None:
    """A week that was filed after its time, or again after a question, does not wait for the next round unseen."""
    for officer in officers(turn, week):
        body = text(officer.language, "round-late", name=week["name"], span=week_card.span(week, officer.language))
        buttons = [[Button(text(officer.language, "round-look"), f"wo:{week['id']}:show")]]
        turn.show(address_of(officer.address), f"late:{week['id']}", body, buttons, renew=True)


def changes(turn: Turn, week: Row, batch: int, state: EntryState, language: str) -> str:
    """What a correction changes: the old figure beside the new one."""
    now = workweek.figures(turn, week["id"])
    difference = workweek.of_batch(turn, week["id"], batch)
    counted = state is not EntryState.PROPOSED
    return "\n".join(
        text(
            language,
            "correction-line",
            item=amounts.name_of(item, language),
            old=now.get(item, 0) - (difference[item] if counted else 0),
            new=now.get(item, 0) + (0 if counted else difference[item]),
        )
        for item in Item
        if item in difference
    )


def propose(turn: Turn, week: Row, batch: int, why: str) -> None:
    """A coordinator corrects a week that was confirmed: it counts once the officer agrees."""
    there = officers(turn, week)
    for officer in there:
        language = officer.language
        body = text(language, "correction-asked", name=week["name"], span=week_card.span(week, language), why=why)
        body += "\n" + changes(turn, week, batch, EntryState.PROPOSED, language)
        buttons = [
            [
                Button(text(language, "correction-accept"), f"wo:{week['id']}:accept:{batch}"),
                Button(text(language, "correction-refuse"), f"wo:{week['id']}:refuse:{batch}"),
            ]
        ]
        turn.show(address_of(officer.address), f"correction:{week['id']}:{batch}", body, buttons, renew=True)
    turn.say("correction-sent" if there else "correction-nobody")


def _settled(turn: Turn, week: Row, officer: Row, batch: int, *, accepted: bool) -> None:
    """The officer's answer to a correction."""
    after = EntryState.COUNTED if accepted else EntryState.REFUSED
    if not workweek.settle(turn, week["id"], batch, after):
        turn.toast("card-closed")
        return
    outcome = "accepted" if accepted else "refused"
    turn.toast(f"correction-{outcome}")
    card = f"correction:{week['id']}:{batch}"
    for person in officers(turn, week):
        told = text(person.language, f"correction-{outcome}-by", name=week["name"], officer=officer["name"])
        turn.show(address_of(person.address), card, told)
    _tell(turn, week, f"correction-{outcome}-told", officer=officer["name"])
    same_day.follow(turn, week)
    _card_anew(turn, week["id"])


def answered(turn: Turn, week: Row, batch: int, *, agrees: bool) -> None:
    """The coordinator's answer to a correction by the officer: it counts either way, both figures stay to be seen."""
    if agrees:
        turn.toast("amend-agreed")
        turn.forget(f"amended:{week['id']}:{batch}")
        return
    if not workweek.object_to(turn, week["id"], batch):
        turn.toast("card-closed")
        return
    turn.toast("amend-objected")
    turn.show(turn.address, f"amended:{week['id']}:{batch}", turn.text("amend-objected-told"))
    steps = line(turn.db, week["place"], turn.today) if week["place"] is not None else ()
    for person in {person.id: person for step in (officers(turn, week), *steps[2:]) for person in step}.values():
        if person.reachable:
            said = text(
                person.language,
                "amend-objection",
                name=week["name"],
                span=week_card.span(week, person.language),
                changes=changes(turn, week, batch, EntryState.OBJECTED, person.language),
            )
            turn.note(address_of(person.address), said)


class Ask(BaseModel):
    """What the officer wants to know before confirming."""

    line: Annotated[str, Field(min_length=2, max_length=200), Question(Kind.TEXT)]


class Amend(BaseModel):
    """Other figures, by the officer, and why."""

    figures: Annotated[dict[str, int], Question(Kind.FIGURES)]
    why: Annotated[str, Field(min_length=2, max_length=200), Question(Kind.TEXT)]


def _of_form(turn: Turn, answers: dict[str, Any]) -> tuple[Row, Row]:
    week, officer = workweek.load(turn, answers["_week"]), me(turn)
    assert week is not None
    assert officer is not None
    return week, officer


def _asked(turn: Turn, answers: dict[str, Any]) -> None:
    week, officer = _of_form(turn, answers)
    workweek.send_back(turn, week, answers["line"])
    again = workweek.load(turn, week["id"])
    assert again is not None
    notice = text(week["language"], "workload-sent-back", officer=officer["name"])
    week_card.show(turn, again, renew=True, notice=notice)
    show(turn, officer["id"], str(turn.address), turn.language, workweek.monday(week), renew=True)


def _amended(turn: Turn, answers: dict[str, Any]) -> None:
    week, officer = _of_form(turn, answers)
    wanted = {Item(item): amount for item, amount in answers["figures"].items()}
    batch = workweek.enter(turn, week, wanted, officer["id"], why=answers["why"])
    same_day.follow(turn, week)
    _confirm(turn, week, officer)
    if batch and week["address"]:
        language = week["language"]
        body = text(
            language,
            "amend-told",
            officer=officer["name"],
            span=week_card.span(week, language),
            changes=changes(turn, week, batch, EntryState.COUNTED, language),
            why=answers["why"],
        )
        buttons = [
            [
                Button(text(language, "amend-agree"), f"w:{week['id']}:agree::{batch}"),
                Button(text(language, "amend-object"), f"w:{week['id']}:object::{batch}"),
            ]
        ]
        turn.show(address_of(week["address"]), f"amended:{week['id']}:{batch}", body, buttons, renew=True)
    show(turn, officer["id"], str(turn.address), turn.language, workweek.monday(week), renew=True)


def _allowed(turn: Turn, answers: dict[str, Any]) -> bool:
    week, officer = workweek.load(turn, answers["_week"]), me(turn)
    return week is not None and officer is not None and may_confirm(turn, week["place"], officer)


def _outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """A week that is not waiting for the officer any more."""
    week, _ = _of_form(turn, answers)
    return None if week["state"] == WeekState.FILED else ("line" if "line" in answers else "why", "round-went-on")


for _name, _model, _submit in (("workload_ask", Ask, _asked), ("workload_amend", Amend, _amended)):
    CONVERSATIONS[_name] = Conversation(
        Form(_name, 1, _model), _submit, review=False, allowed=_allowed, outdated=_outdated, own_card=True
    )
