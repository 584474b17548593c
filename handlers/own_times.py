"""Quiet hours and reminder times that an account chooses under /me, and those that a manager chooses for a series."""

from datetime import time
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chat.forms import FieldProblem, Form, Kind, Progress, Question
from chat.hours import HoursError, parse_hours
from chat.messages import Button
from handlers.desk import Turn, in_rows
from handlers.form_card import CONVERSATIONS, Conversation, begin
from handlers.meetings import meeting_card, occasions
from models.database import Row
from reminders.own_times import EVENINGS, LEADS, USUAL_EVENING, USUAL_LEAD, beside
from reminders.plan import Settings

CARD = "own_times"
NOT = "0"  # the value of a button that wants no such reminder
_OFFERED = {"evening": [f"{hour:%H%M}" for hour in EVENINGS], "lead": [str(lead) for lead in LEADS]}
_OWN = "select quiet_from, quiet_until, evening, lead from own_times where account = ?"
_KEEP_OWN = """
insert into own_times (account, quiet_from, quiet_until, evening, lead) values (?, ?, ?, ?, ?)
on conflict (account) do update set quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
    evening = excluded.evening, lead = excluded.lead
"""
_KEEP_SERIES = """
insert into series_times (series, evening, lead) values (?, ?, ?)
on conflict (series) do update set evening = excluded.evening, lead = excluded.lead
"""


def line(turn: Turn) -> str:
    """What /me says of it."""
    own = _own(turn)
    return turn.text("own_times-me", quiet=_quiet(turn, own), evening=_evening(turn, own), lead=_lead(turn, own))


def button(turn: Turn) -> Button:
    """The way here from /me."""
    return Button(turn.text("own_times-button-show"), "qt:0:show")


def pressed(turn: Turn, number: int, verb: str, value: str) -> None:
    """A button of one's own times (number 0), or of those of the series that a meeting belongs to."""
    if not number:
        _own_pressed(turn, verb, value)
        return
    occasion = occasions.load(turn, number)
    if occasion is None or meeting_card.managed(turn, occasion) is None:
        turn.toast("not-yours")
    elif occasions.is_over(turn, occasion):
        turn.toast("card-old")
    else:
        _series_pressed(turn, occasion, verb, value)


def _account(turn: Turn) -> int:
    return int(turn.persons[0]["account_id"])


def _own(turn: Turn) -> dict[str, Any]:
    """What this account chose, or what is usual."""
    row = turn.db.one(_OWN, (_account(turn),))
    usual = Settings()
    return dict(row) if row else _kept(usual.quiet_from, usual.quiet_until) | {"evening": None, "lead": None}


def _kept(quiet_from: time, quiet_until: time) -> dict[str, Any]:
    return {"quiet_from": f"{quiet_from:%H:%M}", "quiet_until": f"{quiet_until:%H:%M}"}


def _own_pressed(turn: Turn, verb: str, value: str) -> None:
    own = _own(turn)
    if verb in ("show", "back"):
        turn.toast()
        _show(turn, renew=verb == "show")
    elif verb in ("quiet", *_OFFERED) and not value:
        turn.toast()
        _show(turn, asked=verb)
    elif verb in ("from", "until") and (hour := _hour(value)) is not None:
        changed = own | {f"quiet_{verb}": f"{hour:%H:%M}"}
        _be_quiet(turn, time.fromisoformat(changed["quiet_from"]), time.fromisoformat(changed["quiet_until"]))
    elif verb == "loud":
        _be_quiet(turn, time(), time())
    elif verb == "type":
        turn.toast()
        begin(turn, "quiet_hours")
    elif verb in _OFFERED and value in (NOT, *_OFFERED[verb]):
        turn.toast("own_times-set")
        _keep(turn, own | {verb: _to_keep(verb, value)})
        _show(turn)
    elif verb == "reset":
        turn.toast("own_times-set")
        turn.db.execute("delete from own_times where account = ?", (_account(turn),))
        occasions.replan_account(turn, _account(turn))
        _show(turn)
    else:
        turn.toast("card-old")


def _hour(value: str) -> time | None:
    """The half hour that a button stands for; None for a forged one."""
    minutes = (int(value[:-2] or 0), int(value[-2:])) if value else (24, 0)
    return time(*minutes) if minutes[0] < 24 and minutes[1] in (0, 30) else None


def _to_keep(verb: str, value: str) -> str | int:
    if verb == "lead":
        return int(value)
    return "" if value == NOT else f"{value[:2]}:{value[2:]}"


def _be_quiet(turn: Turn, quiet_from: time, quiet_until: time) -> None:
    try:
        Settings(quiet_from, quiet_until)
    except ValueError:
        turn.toast("own_times-too_long")
        return
    turn.toast("own_times-set")
    _keep(turn, _own(turn) | _kept(quiet_from, quiet_until))
    _show(turn, asked="quiet")


def _keep(turn: Turn, own: dict[str, Any]) -> None:
    """It holds from now on; what waits for this account is planned anew."""
    kept = (own["quiet_from"], own["quiet_until"], own["evening"], own["lead"])
    turn.db.execute(_KEEP_OWN, (_account(turn), *kept))
    occasions.replan_account(turn, _account(turn))


def _quiet(turn: Turn, own: dict[str, Any]) -> str:
    if own["quiet_from"] == own["quiet_until"]:
        return turn.text("own_times-quiet-none")
    return turn.text("own_times-quiet", start=own["quiet_from"], end=own["quiet_until"])


def _evening(turn: Turn, chosen: dict[str, Any]) -> str:
    if chosen["evening"] == "":
        return turn.text("own_times-evening-none")
    name = "own_times-evening-usual" if chosen["evening"] is None else "own_times-evening"
    return turn.text(name, hour=chosen["evening"] or f"{USUAL_EVENING:%H:%M}")


def _lead(turn: Turn, chosen: dict[str, Any]) -> str:
    if chosen["lead"] == 0:
        return turn.text("own_times-lead-none")
    name = "own_times-lead-usual" if chosen["lead"] is None else "own_times-lead"
    return turn.text(name, long=turn.text(f"own_times-minutes-{chosen['lead'] or USUAL_LEAD}"))


def _show(turn: Turn, *, renew: bool = False, asked: str = "", news: str = "") -> None:
    """One's own times; `asked` is what is to be chosen: quiet, evening or lead."""
    own = _own(turn)
    body = [news, ""] if news else []
    body.append(turn.text("own_times-title"))
    body += [_quiet(turn, own), _evening(turn, own), _lead(turn, own)]
    if asked:
        body += ["", turn.text(f"own_times-ask-{asked}")]
    if asked == "quiet":
        rows = _quiet_buttons(turn, own)
    elif asked:
        rows = _choices(turn, 0, asked, own)
    else:
        rows = [[Button(turn.text(f"own_times-button-{verb}"), f"qt:0:{verb}")] for verb in ("quiet", *_OFFERED)]
        if turn.db.one(_OWN, (_account(turn),)):
            rows.append([Button(turn.text("own_times-button-reset"), "qt:0:reset")])
    turn.show(turn.address, CARD, "\n".join(body), rows, renew=renew)


def _quiet_buttons(turn: Turn, own: dict[str, Any]) -> list[list[Button]]:
    """Half an hour earlier or later at each end, none at all, or in one's own words."""
    rows = []
    for end in ("from", "until"):
        now = time.fromisoformat(own[f"quiet_{end}"])
        hours = [beside(now, steps) for steps in (-1, 1)]
        labels = [turn.text(f"own_times-set-{end}", hour=f"{hour:%H:%M}") for hour in hours]
        rows.append([Button(label, f"qt:0:{end}:{hour:%H%M}") for label, hour in zip(labels, hours, strict=True)])
    rows.append([Button(turn.text(f"own_times-button-{verb}"), f"qt:0:{verb}") for verb in ("type", "loud")])
    rows.append([Button(turn.text("own_times-button-back"), "qt:0:back")])
    return rows


def _choices(turn: Turn, number: int, verb: str, chosen: dict[str, Any]) -> list[list[Button]]:
    """What can be chosen; what is chosen now has a tick."""
    buttons = []
    for value in (*_OFFERED[verb], NOT):
        if value == NOT:
            label = turn.text("own_times-button-not")
        else:
            label = f"{value[:2]}:{value[2:]}" if verb == "evening" else turn.text(f"own_times-minutes-{value}")
        tick = "✓ " if chosen[verb] == _to_keep(verb, value) else ""
        buttons.append(Button(tick + label, f"qt:{number}:{verb}:{value}"))
    return [*in_rows(buttons), [Button(turn.text("own_times-button-back"), f"qt:{number}:back")]]


def _series_pressed(turn: Turn, occasion: Row, verb: str, value: str) -> None:
    if verb in ("show", "back"):
        turn.toast()
        _show_series(turn, occasion, renew=verb == "show")
    elif verb in _OFFERED and not value:
        turn.toast()
        _show_series(turn, occasion, asked=verb)
    elif verb in _OFFERED and value in (NOT, *_OFFERED[verb]):
        turn.toast("own_times-set")
        chosen = {"evening": occasion["evening"], "lead": occasion["lead"]} | {verb: _to_keep(verb, value)}
        turn.db.execute(_KEEP_SERIES, (occasion["series"], chosen["evening"], chosen["lead"]))
        _series_changed(turn, occasion)
    elif verb == "reset":
        turn.toast("own_times-set")
        turn.db.execute("delete from series_times where series = ?", (occasion["series"],))
        _series_changed(turn, occasion)
    else:
        turn.toast("card-old")


def _series_changed(turn: Turn, occasion: Row) -> None:
    occasions.replan_series(turn, occasion["series"])
    now = occasions.load(turn, occasion["id"])
    assert now is not None
    _show_series(turn, now)


def _show_series(turn: Turn, occasion: Row, *, renew: bool = False, asked: str = "") -> None:
    """The times of a series, for who manages it."""
    chosen = {"evening": occasion["evening"], "lead": occasion["lead"]}
    body = [turn.text("own_times-series"), meeting_card.title(occasion, turn.language)]
    body += [_evening(turn, chosen), _lead(turn, chosen), ""]
    body.append(turn.text(f"own_times-ask-{asked}" if asked else "own_times-series-note"))
    number = occasion["id"]
    if asked:
        rows = _choices(turn, number, asked, chosen)
    else:
        rows = [[Button(turn.text(f"own_times-button-{verb}"), f"qt:{number}:{verb}")] for verb in _OFFERED]
        if any(value is not None for value in chosen.values()):
            rows.append([Button(turn.text("own_times-button-reset"), f"qt:{number}:reset")])
    turn.show(turn.address, f"series_times:{occasion['series']}", "\n".join(body), rows, renew=renew)


class QuietHours(BaseModel):
    """From when until when nobody is to be reminded, as people type it."""

    hours: Annotated[str, Field(max_length=60), Question(Kind.TEXT)]


def _checked(turn: Turn, progress: Progress) -> dict[str, Any]:
    """Refuse at once what cannot be read, or is too long."""
    try:
        Settings(*parse_hours(progress.answers["hours"]))
    except HoursError as error:
        raise FieldProblem("own_times-unreadable") from error
    except ValueError as error:
        raise FieldProblem("own_times-too_long") from error
    return {}


def _typed(turn: Turn, answers: dict[str, Any]) -> None:
    _keep(turn, _own(turn) | _kept(*parse_hours(answers["hours"])))
    _show(turn, renew=True, news=turn.text("own_times-set"))


CONVERSATIONS["quiet_hours"] = Conversation(
    Form("quiet_hours", 1, QuietHours), _typed, review=False, aware=_checked, own_card=True
)
