"""Duty W1, the coordinator's side: the week's workload tallied by taps, told in a line or step by step, and filed."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import FieldProblem, Form, Kind, Question
from chat.messages import Button
from handlers.desk import Turn
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.workload import amounts, same_day, week_card, week_round, workweek
from models.database import Row, sealing
from models.person import Role
from models.workload import EntryState, Week, WeekState
from workload.figures import Item
from workload.line import is_meant, may_be_meant
from workload.weeks import monday_of

REASONS = ("campaign", "backlog", "leave", "fault", "other")
OPENED = timedelta(minutes=30)  # for so long after the card was opened, a line with an unknown item is meant for it


def own(turn: Turn) -> Row | None:
    """This account's coordinator."""
    return turn.person_in(Role.COORDINATOR.value)


def start(turn: Turn, coordinator: Row, said: str = "") -> None:
    """/workload: the week that is to be filed now; /workload with figures enters them."""
    if workweek.place(turn, coordinator["id"]) is None:
        turn.say("no-place")
    elif said:
        _entered(turn, coordinator, said)
    else:
        _open(turn, _due_now(turn, coordinator))


def _due_now(turn: Turn, coordinator: Row) -> Row:
    """Last week where that was opened and not filed yet, otherwise this one."""
    this = monday_of(turn.house.today(turn.now))
    last = workweek.of(turn, coordinator["id"], this - timedelta(days=7))
    if last is not None and workweek.is_to_be_filed(turn, last):
        return last
    return workweek.open_week(turn, coordinator["id"], this)


def _open(turn: Turn, week: Row) -> None:
    workweek.opened(turn, week)
    week_card.show(turn, week, renew=True)


def spoken(turn: Turn, said: str) -> bool:
    """A line of figures, typed without any form; false where it is none."""
    coordinator = own(turn)
    if coordinator is None or workweek.place(turn, coordinator["id"]) is None:
        return False
    if not is_meant(said, amounts.names()) and not (may_be_meant(said) and _opened_lately(turn, coordinator)):
        return False
    _entered(turn, coordinator, said)
    return True


def _opened_lately(turn: Turn, coordinator: Row) -> bool:
    asked = "select 1 from workload_week where person = ? and opened_at > ?"
    return turn.db.one(asked, (coordinator["id"], turn.now - OPENED)) is not None


def _opened(turn: Turn, coordinator: Row) -> Row:
    """The week whose card this coordinator opened last."""
    row = turn.db.one(
        "select id from workload_week where person = ? and opened_at is not null order by opened_at desc limit 1",
        (coordinator["id"],),
    )
    week = workweek.load(turn, row["id"]) if row else None
    this = monday_of(turn.house.today(turn.now))
    if week is None or workweek.monday(week) < this - timedelta(days=7):
        return _due_now(turn, coordinator)
    return week


def _entered(turn: Turn, coordinator: Row, said: str) -> None:
    week = _opened(turn, coordinator)
    try:
        figures = amounts.figures(said, turn.language)
    except FieldProblem as problem:
        notice = turn.text("workload-not-taken", reason=turn.text(problem.code, **problem.arguments))
        week_card.show(turn, week, renew=True, notice=f"⚠ {notice}")
        return
    if week["state"] == WeekState.CONFIRMED:
        written = {item.value: amount for item, amount in figures.items()}
        begin(turn, "workload_correct", {"week": week["id"], "figures": written})
        return
    workweek.enter(turn, week, figures, coordinator["id"])
    same_day.follow(turn, week)
    _open(turn, week)


def pressed(turn: Turn, week_id: int, verb: str, item: str, amount: int) -> None:
    """A button of the card of a week, or of a message about it."""
    week = workweek.load(turn, week_id)
    me = next((p for p in turn.persons if week and p["id"] == week["person"]), None)
    if week is None or me is None:
        turn.toast("not-yours")
    elif verb == "show":
        turn.toast()
        _open(turn, week)
    elif verb in ("agree", "object"):
        week_round.answered(turn, week, amount, agrees=verb == "agree")
    elif verb == "correct" and week["state"] == WeekState.CONFIRMED:
        turn.toast()
        begin(turn, "workload_correct", {"week": week_id})
    elif week["state"] == WeekState.CONFIRMED:
        turn.toast("workload-confirmed-already")
        week_card.show(turn, week)
    elif verb in ("add", "undo") and (item, amount) in week_card.ADDED:
        _tapped(turn, week, Item(item), amount if verb == "add" else -amount)
    elif verb == "more":
        turn.toast()
        week_card.show(turn, week, more=True)
    elif verb == "steps":
        turn.toast()
        begin(turn, "workload", {"week": week_id})
    elif verb in ("file", "keep") and week["state"] != WeekState.FILED:
        _filed(turn, week, keep=verb == "keep")
    else:
        turn.toast("card-old")
        week_card.show(turn, week)


def _tapped(turn: Turn, week: Row, item: Item, amount: int) -> None:
    if not workweek.add(turn, week, item, amount, week["person"]):
        turn.toast("workload-nothing-to-undo")
        return
    same_day.follow(turn, week)
    figure = workweek.figures(turn, week["id"])[item]
    turn.toast("workload-tapped", item=amounts.name_of(item, turn.language), figure=figure)
    more = any((item, abs(amount)) in row for row in week_card.MORE)
    week_card.show(turn, week, undo=(item, amount) if amount > 0 else None, more=more)


def _filed(turn: Turn, week: Row, *, keep: bool) -> None:
    figures = workweek.figures(turn, week["id"])
    if not figures:
        turn.toast("workload-empty")
        return
    turn.toast()
    doubts = week_card.doubts(turn, week, figures)
    if not doubts:
        _file(turn, week, "")
    elif keep:
        begin(turn, "workload_reason", {"week": week["id"]})
    else:
        told = [turn.text("doubts-title"), *(week_card.asked(doubt, turn.language) for doubt in doubts)]
        buttons = [
            [Button(turn.text("workload-keep"), f"w:{week['id']}:keep")],
            [Button(turn.text("workload-change"), f"w:{week['id']}:show")],
        ]
        turn.show(turn.address, week_card.name(week["id"]), "\n".join(told), buttons)


def _file(turn: Turn, week: Row, reason: str) -> None:
    """The week is whole: what the bot counted itself is filled in, the officer sees it in the round."""
    counted = workweek.reports_filed(turn, week)
    if counted and Item.REPORTS not in workweek.figures(turn, week["id"]):
        workweek.enter(turn, week, {Item.REPORTS: counted}, week["person"])
    workweek.file(turn, week, reason)
    filed = workweek.load(turn, week["id"])
    assert filed is not None
    week_card.show(turn, filed, renew=bool(reason))  # below the form in which the reason was given
    due = week_card.due_at(turn, week)
    if week["state"] == WeekState.ASKED or (due and turn.now > due):
        week_round.told_late(turn, filed)


class Steps(BaseModel):
    """The items one after another; what is skipped stays as it is."""

    visited: Annotated[int | None, Question(Kind.AMOUNT)] = None
    taken: Annotated[int | None, Question(Kind.AMOUNT)] = None
    changed: Annotated[int | None, Question(Kind.AMOUNT)] = None
    cancelled: Annotated[int | None, Question(Kind.AMOUNT)] = None
    same_day: Annotated[int | None, Question(Kind.AMOUNT)] = None
    certificate_checks: Annotated[int | None, Question(Kind.AMOUNT)] = None
    self_checks: Annotated[int | None, Question(Kind.AMOUNT)] = None
    reports: Annotated[int | None, Question(Kind.AMOUNT)] = None
    hours: Annotated[int | None, Question(Kind.AMOUNT)] = None
    note: Annotated[str | None, Field(max_length=200), Question(Kind.TEXT)] = None


class Reason(BaseModel):
    """Why figures that do not fit together are right all the same."""

    cause: Annotated[str, Question(Kind.CHOICE, REASONS)]
    words: Annotated[
        str, Field(max_length=200), Question(Kind.TEXT, when=lambda a: a.get("cause") == "other", firm=True)
    ] = ""


def _has_no_figures(answers: Any) -> bool:
    """Whether a correction was begun without its figures."""
    return not answers.get("_figures")


class Correction(BaseModel):
    """Other figures for a week that was confirmed, and why."""

    figures: Annotated[dict[str, int] | None, Question(Kind.FIGURES, when=_has_no_figures, firm=True)] = None
    why: Annotated[str, Field(min_length=2, max_length=200), Question(Kind.TEXT)]


def _of_form(turn: Turn, answers: dict[str, Any]) -> Row:
    week = workweek.load(turn, answers["_week"])
    assert week is not None
    return week


def _stepped(turn: Turn, answers: dict[str, Any]) -> None:
    week = _of_form(turn, answers)
    figures = {item: answers[item] for item in Item if answers.get(item) is not None}
    workweek.enter(turn, week, figures, week["person"])
    same_day.follow(turn, week)
    if answers.get("note"):
        note = f"update workload_week set note = {sealing(Week, 'note')} where id = ?"
        turn.db.execute(note, (answers["note"], week["id"]))
    _open(turn, _of_form(turn, answers))


def _reasoned(turn: Turn, answers: dict[str, Any]) -> None:
    cause = answers["cause"]
    reason = answers.get("words") if cause == "other" else turn.text(f"workload_reason-cause-{cause}")
    _file(turn, _of_form(turn, answers), str(reason))


def _corrected(turn: Turn, answers: dict[str, Any]) -> None:
    week = _of_form(turn, answers)
    wanted = {Item(item): amount for item, amount in (answers.get("_figures") or answers["figures"]).items()}
    batch = workweek.enter(turn, week, wanted, week["person"], why=answers["why"], state=EntryState.PROPOSED)
    if not batch:
        turn.say("workload-same")
        return
    week_round.propose(turn, week, batch, answers["why"])


def _allowed(turn: Turn, answers: dict[str, Any]) -> bool:
    week = workweek.load(turn, answers["_week"])
    return week is not None and any(person["id"] == week["person"] for person in turn.persons)


def _outdated(turn: Turn, answers: dict[str, Any]) -> tuple[str, str] | None:
    """A week that was confirmed while it was being filled in."""
    confirmed = _of_form(turn, answers)["state"] == WeekState.CONFIRMED
    return ("cause" if "cause" in answers else "", "workload-confirmed-already") if confirmed else None


CONVERSATIONS["workload"] = Conversation(Form("workload", 1, Steps), _stepped, allowed=_allowed, outdated=_outdated)
CONVERSATIONS["workload_reason"] = Conversation(
    Form("workload_reason", 1, Reason), _reasoned, review=False, allowed=_allowed, outdated=_outdated, own_card=True
)
CONVERSATIONS["workload_correct"] = Conversation(
    Form("workload_correct", 1, Correction), _corrected, review=False, allowed=_allowed, own_card=True
)
