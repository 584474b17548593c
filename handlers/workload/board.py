"""Duty S1: how the work of a place stands, from the town down to a coordinator's week; as cards, pictures and tables.

A coordinator sees their own figures and the sums of their committee; cadres see the sums of theirs, officers and
deputies the coordinators of their places, the town office all of them.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from chat.day import brief
from chat.messages import Button
from handlers import calendar_card, paper, places
from handlers.desk import Turn, in_rows
from handlers.spot_checks import place_card as spot_checks
from handlers.workload import (
    amounts,
    analysis_card,
    data_room,
    kit,
    ledger,
    overview,
    presence,
    view,
    week_card,
    week_round,
    workweek,
)
from handlers.workload.overview import Line
from handlers.workload.view import View
from models.database import Row
from models.paper import PaperKind
from models.person import Role
from models.place import below
from models.workload import WeekState
from workload.figures import Figures, Item
from workload.rates import Verdict
from workload.weeks import Month, monday_of, month_of

CARD = "board"
SHORT = (Item.VISITED, Item.TAKEN)
MONTHS_WIDE = 3
LEAVE = "leave"
_WEEKS = f"""
with recursive {below("select ?")}
select distinct person.id, person.name, week.state from person join assignment on assignment.person = person.id
left join workload_week as week on week.person = person.id and week.monday = ?
where person.role = 'coordinator' and person.active and assignment.place in (select id from below) order by person.id
"""
_OF_COORDINATOR = "select monday, state from workload_week where person = ? and monday between ? and ? order by monday"


def supervisor(turn: Turn) -> Row | None:
    """This account's person who sees most of the board."""
    return next((person for role in view.MAY if (person := turn.person_in(role))), None)


def start(turn: Turn, person: Row, *, renew: bool = True) -> None:
    """/board: a line for each committee; the one committee of who has only one; a coordinator's own month."""
    there = view.committees(turn, person)
    own = person["id"] if person["role"] == Role.COORDINATOR else 0
    place = there[0]["id"] if there and (own or len(there) == 1) else 0
    show(turn, person, View(place, own if place else 0, _present(turn)), renew=renew)


def pressed(turn: Turn, place: int, coordinator: int, written: str, verb: str) -> None:
    """A button of the board: another view, or a paper of the one that is open."""
    today = turn.house.today(turn.now)
    if verb == "week":
        _week_pressed(turn, place, coordinator, written)
        return
    period = view.period(written, today) if written else _present(turn)
    if period is None or (verb not in ("months", "table") and len(period) == 4):
        turn.toast("card-old")
        return
    seen = View(place, coordinator, period)
    person = _person_for(turn, seen)
    if person is None:
        turn.toast("not-yours")
    elif verb in (PaperKind.PICTURE, PaperKind.TABLE):
        ordered = paper.order(
            turn, PaperKind(verb), person["id"], period, place=place or None, coordinator=coordinator or None
        )
        turn.toast("" if ordered else "paper-under-way")
    elif verb == "months":
        turn.toast()
        _show_months(turn, seen)
    elif verb == "show":
        turn.toast()
        show(turn, person, seen)
    else:
        turn.toast("card-old")


def _person_for(turn: Turn, seen: View) -> Row | None:
    """This account's person who may look at this."""
    return next((person for person in turn.persons if view.may(turn, person, seen)), None)


def _present(turn: Turn) -> str:
    return view.period_of(turn.house.today(turn.now))


def show(turn: Turn, person: Row, seen: View, *, renew: bool = False) -> None:
    """The card of a view that this person may see."""
    there = view.committees(turn, person)
    if not there:
        body, buttons = [turn.text("board-nothing")], list[list[Button]]()
    elif not seen.place:
        body, buttons = _town(turn, there, seen)
    elif not seen.coordinator:
        body, buttons = _committee(turn, person, seen)
    else:
        body, buttons = _coordinator(turn, person, seen)
    if there:
        papers = [Button(turn.text(f"board-{kind}"), f"{seen.data}:{kind}") for kind in ("picture", "table")]
        buttons.append([*papers, Button(turn.text("board-months"), f"{seen.data}:months")])
    if person["role"] == Role.TOWN_OFFICE and not seen.coordinator and (not seen.place or len(there) == 1):
        buttons.append([calendar_card.button(turn)])
    if back := _back(seen, person, there):
        buttons.append([Button(turn.text("form-back"), f"{back.data}:show")])
    turn.show(turn.address, CARD, "\n".join(body), buttons, renew=renew)


def _back(seen: View, person: Row, there: Sequence[Row]) -> View | None:
    """The view that this one was come to from."""
    if seen.coordinator and person["role"] != Role.COORDINATOR:
        return seen.at()
    return seen.at(place=0) if seen.place and not seen.coordinator and len(there) > 1 else None


def _town(turn: Turn, there: Sequence[Row], seen: View) -> tuple[list[str], list[list[Button]]]:
    """A line for each committee."""
    body = [turn.text("board-title", month=seen.period)]
    lines = overview.of_places(turn, [place["id"] for place in there], seen.months[-1])
    for place, line in zip(there, lines, strict=True):
        if seen.period == _present(turn):
            states = [state for _, state in _weeks(turn, place["id"]) if state != LEAVE]
            done = sum(state in overview.DONE for state in states)
            body.append(turn.text("board-line", place=place["name"], done=done, count=len(states)))
        else:
            body.append(turn.text("board-line-month", place=place["name"], **_told(line)))
        body += _compared(turn, line, SHORT)
        body += _entered(turn, workweek.entered_at(turn, place["id"], line.span.first, line.span.last), SHORT)
    buttons = [Button(place["name"], f"{seen.at(place=place['id']).data}:show") for place in there]
    return body, in_rows(buttons)


def _committee(turn: Turn, person: Row, seen: View) -> tuple[list[str], list[list[Button]]]:
    """One committee: its month item by item, and each coordinator's week as it stands, without figures of persons."""
    place, month, language = seen.place, seen.months[-1], turn.language
    name = places.name(turn, place)
    line = overview.of_place(turn, place, month)
    body = [turn.text("board-committee", place=name, month=seen.period), *_compared(turn, line, Item)]
    body += _entered(turn, workweek.entered_at(turn, place, line.span.first, line.span.last), Item)
    people = view.coordinators(turn, person, place, month)
    buttons = in_rows([Button(one["name"], f"{seen.at(coordinator=one['id']).data}:show") for one in people])
    if seen.period == _present(turn):
        weeks = _weeks(turn, place)
        body += ["", turn.text("board-weeks"), *(_state(turn, one["name"], state) for one, state in weeks), ""]
        body += kit.lines(turn, [one["id"] for one, _ in weeks], language)
        buttons += kit.spot_buttons(turn, [one for one, _ in weeks])
        more = (analysis_card.button(turn, place), data_room.button(turn, place), spot_checks.button(turn, place))
        buttons += [row for row in more if row]
    else:
        body += ["", turn.text("board-weeks-month", **_told(line))]
    there = [one["id"] for one in workweek.coordinators_at(turn, place, line.span.first, line.span.last)]
    body += ledger.month_lines(turn, there, line.span.first, line.span.last, language)
    body += spot_checks.lines(turn, place, line.span.first, language)
    if seen.period == _present(turn):
        body += data_room.lines(turn, place, language)
    return body, buttons


def _coordinator(turn: Turn, person: Row, seen: View) -> tuple[list[str], list[list[Button]]]:
    """A coordinator's month item by item and week by week; for themselves with the sums of the committee."""
    month = seen.months[-1]
    people = [one for one in view.coordinators(turn, person, seen.place, month) if one["id"] == seen.coordinator]
    line = overview.of_coordinators(turn, seen.place, people, month)[0]
    name = places.name(turn, seen.place)
    body = [turn.text("board-coordinator", name=line.name, place=name, month=seen.period)]
    body += _compared(turn, line, Item)
    own = person["id"] == seen.coordinator
    if own:
        body += _entered(turn, workweek.entered_by(turn, seen.coordinator, line.span.first, line.span.last), Item)
        total = overview.of_place(turn, seen.place, month)
        told = amounts.written(total.now, turn.language) or turn.text("workload-missing")
        body += ["", turn.text("board-total", place=name, figures=told)]
    body += ["", turn.text("board-weeks-of")]
    buttons: list[Button] = []
    first, last = line.span.first, line.span.last
    for week in turn.db.all(_OF_COORDINATOR, (seen.coordinator, monday_of(first).isoformat(), last.isoformat())):
        monday = workweek.monday(week)
        body.append(_state(turn, week_card.span_of(monday, turn.language), week["state"]))
        if own or week["state"] != WeekState.OPEN:
            data = f"b:{seen.place}:{seen.coordinator}:{monday:%Y%m%d}:week"
            buttons.append(Button(brief(monday, turn.language), data))
    return body, in_rows(buttons, 3)


def _week_pressed(turn: Turn, place: int, coordinator: int, written: str) -> None:
    """One week of a coordinator, with the figures that the town office counts by."""
    try:
        monday = date.fromisoformat(f"{written[:4]}-{written[4:6]}-{written[6:]}")
    except ValueError:
        turn.toast("card-old")
        return
    seen = View(place, coordinator, view.period_of(min(monday, turn.house.today(turn.now))))
    # A week that is cut by the month's end may have work in the second of its months alone.
    over = seen.at(coordinator=coordinator, period=_after(seen.months[-1]))
    found = next(((person, each) for each in (seen, over) if (person := _person_for(turn, each))), None)
    week = workweek.of(turn, coordinator, monday)
    if found is None or not coordinator or week is None:
        turn.toast("not-yours")
        return
    person, seen = found
    if week["state"] == WeekState.OPEN and person["id"] != coordinator:
        turn.toast("board-week-open")
        return
    turn.toast()
    body = [turn.text("round-week", name=week["name"], span=week_card.span(week, turn.language))]
    body += [turn.text(f"round-is-{week['state']}"), "", *week_card.lines(turn, week, turn.language)]
    back = Button(turn.text("form-back"), f"{seen.data}:show")
    turn.show(turn.address, CARD, "\n".join(body), [[back]])


def _after(month: Month) -> str:
    year, number = month
    return f"{year + number // 12}-{number % 12 + 1:02}"


def _show_months(turn: Turn, seen: View) -> None:
    """The archive: every month of a year that has begun, and the tables of the year."""
    today, year = turn.house.today(turn.now), seen.months[0][0]
    first = turn.db.one("select min(day) as day from workload_entry")
    earliest = int(first["day"][:4]) if first and first["day"] else today.year
    months = [f"{year}-{month:02}" for month in range(1, 13) if (year, month) <= month_of(today)]
    buttons = in_rows(
        [Button(month, f"{seen.at(coordinator=seen.coordinator, period=month).data}:show") for month in months],
        MONTHS_WIDE,
    )
    whole = seen.at(coordinator=seen.coordinator, period=str(year))
    buttons.append([Button(turn.text("board-year", year=str(year)), f"{whole.data}:table")])
    years = [each for each in (year - 1, year + 1) if earliest <= each <= today.year]
    buttons.append(
        [Button(str(each), f"{seen.at(coordinator=seen.coordinator, period=str(each)).data}:months") for each in years]
    )
    present = seen.at(coordinator=seen.coordinator, period=_present(turn))
    buttons.append([Button(turn.text("form-back"), f"{present.data}:show")])
    turn.show(turn.address, CARD, turn.text("board-months-of", year=str(year)), buttons)


def _weeks(turn: Turn, place: int) -> list[tuple[Row, str]]:
    """The coordinators of a place, and how the week of the round stands for each."""
    monday = week_round.monday_now(turn)
    away = presence.away(turn, monday)
    return [(one, _standing(one, away)) for one in turn.db.all(_WEEKS, (place, monday.isoformat()))]


def _standing(one: Row, away: Collection[int]) -> str:
    """How a coordinator's week stands: who is on leave all week has nothing to file."""
    state = one["state"] or WeekState.OPEN.value
    return LEAVE if state == WeekState.OPEN and one["id"] in away else str(state)


def _state(turn: Turn, name: str, state: str) -> str:
    """How a week stands: sign, whose or which it is, and in words."""
    words = turn.text(f"sign-{state}-words")
    return turn.text("round-line", sign=turn.text(f"sign-{state}"), name=name, figures=words)


def _told(line: Line) -> dict[str, int]:
    """The weeks of a month in figures."""
    return {"done": line.filed.done, "count": line.filed.whole, "confirmed": line.confirmed.done}


def _compared(turn: Turn, line: Line, items: Iterable[Item]) -> list[str]:
    """Item by item, beside what last year's is for as many working days (duty W2)."""
    told = []
    for item in items:
        figure = str(line.now[item]) if item in line.now else turn.text("workload-missing")
        words = turn.text("workload-figure", item=amounts.name_of(item, turn.language), figure=figure)
        least = line.least(item)
        if least is not None:
            sign = turn.text("board-below" if line.verdict(item) is Verdict.MISSED else "board-above")
            words += turn.text("board-beside", figure=least, sign=sign)
        told.append(words)
    return told


def _entered(turn: Turn, entered: Figures, items: Iterable[Item]) -> list[str]:
    """What is still being entered: it is not counted before its week is filed."""
    told = amounts.written({item: entered[item] for item in items if item in entered}, turn.language)
    return [turn.text("board-entered", figures=told)] if told else []
