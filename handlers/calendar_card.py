"""The working days as the town office sees them under /board: until when known, what is near, what falls on them."""

from datetime import date, timedelta

from chat.day import written
from chat.messages import Button
from handlers.desk import Turn
from handlers.meetings import meeting_card, occasions, rhythms
from handlers.workload import view
from models.person import Role
from reminders.calendar import SATURDAY, WorkingDays
from reminders.calendar_table import named_days

CARD = "working_days"
AHEAD = 60  # days
MOST = 15  # lines of one kind


def button(turn: Turn) -> Button:
    """The way here from the board."""
    return Button(turn.text("working_days-button"), "m:calendar")


def pressed(turn: Turn) -> None:
    """The card, for the town office."""
    clerk = turn.person_in(Role.TOWN_OFFICE)
    if clerk is None:
        turn.toast("not-yours")
        return
    turn.toast()
    today = turn.house.today(turn.now)
    body = [turn.text("working_days-title"), *_source(turn, today), "", *_days(turn, today)]
    if collide := _collide(turn, [place["id"] for place in view.committees(turn, clerk)]):
        body += ["", *collide]
    body += ["", turn.text("working_days-how")]
    turn.show(turn.address, CARD, "\n".join(body), renew=True)


def _source(turn: Turn, today: date) -> list[str]:
    """Until when make-up days are known, and by whom."""
    days = turn.house.days
    name = "working_days-ends" if days.ends_soon(today) else "working_days-until"
    lines = [turn.text(name, day=days.covered_until().isoformat())]
    lines.append(turn.text("working_days-base", day=WorkingDays().covered_until().isoformat()))
    own = turn.db.one("select count(*) as n from calendar_day")
    taken = turn.db.one("select made_at from calendar_import order by id desc limit 1")
    if own and own["n"] and taken:
        made = turn.house.today(taken["made_at"]).isoformat()
        return [*lines, turn.text("working_days-own", count=own["n"], day=made)]
    return [*lines, turn.text("working_days-own-none")]


def _days(turn: Turn, today: date) -> list[str]:
    """The days to come that are not as their weekday says, and all that the town has in its own table."""
    own = {day: name for day, _, name in named_days(turn.db)}
    lines = []
    for day in (today + timedelta(days=n) for n in range(AHEAD)):
        works = turn.house.is_working_day(day)
        if works == (day.weekday() < SATURDAY) and day not in own:
            continue
        kind = "working_days-worked" if works else "working_days-off"
        line = turn.text(kind, day=written(day, turn.language))
        lines.append(turn.text("working_days-mine", line=line, name=own[day]).strip() if day in own else line)
    if not lines:
        return [turn.text("working_days-none", days=AHEAD)]
    return [turn.text("working_days-near", days=AHEAD), *_some(turn, lines)]


def _collide(turn: Turn, places: list[int]) -> list[str]:
    """Meetings on a day off: somebody wanted that one, so nothing is done about it but to say so."""
    lines = []
    for occasion in occasions.coming_at(turn, places, turn.now + timedelta(days=AHEAD)):
        if turn.house.is_working_day(turn.house.today(occasion["starts_at"])):
            continue
        why = turn.text("working_days-by_hand" if occasion["rule"] else "working_days-single")
        slot = rhythms.slot(turn, occasion["starts_at"], turn.language)
        title = meeting_card.title(occasion, turn.language)
        lines.append(turn.text("working_days-meeting", slot=slot, title=title, why=why))
    return [turn.text("working_days-collide"), *_some(turn, lines)] if lines else []


def _some(turn: Turn, lines: list[str]) -> list[str]:
    more = [turn.text("working_days-more", count=len(lines))] if len(lines) > MOST else []
    return [*lines[:MOST], *more]
