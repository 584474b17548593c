"""Duty S1: what the town office, cadres and officers see of a place: the month against last year, and who has filed."""

from collections.abc import Collection, Iterable

from chat.messages import Button
from handlers import places
from handlers.desk import Turn, in_rows
from handlers.workload import amounts, data_room, kit, ledger, presence, week_round, workweek
from models.database import Row
from models.person import Role
from models.place import below
from models.workload import WeekState
from workload.comparison import expected
from workload.figures import Item

CARD = "board"
MAY = (Role.CADRE.value, Role.OFFICER.value, Role.DEPUTY.value, Role.TOWN_OFFICE.value)
_UNDER = f"""
with recursive {below("select place from assignment where person = ?")}
select place.id, place.name from place join below on below.id = place.id
where place.kind = 'committee' and place.active order by place.id
"""
_WEEKS = f"""
with recursive {below("select ?")}
select distinct person.id, person.name, week.state from person join assignment on assignment.person = person.id
left join workload_week as week on week.person = person.id and week.monday = ?
where person.role = 'coordinator' and person.active and assignment.place in (select id from below) order by person.id
"""


def supervisor(turn: Turn) -> Row | None:
    """This account's person who may see a place's sums."""
    return turn.person_in(*MAY)


def committees(turn: Turn, person: Row) -> list[Row]:
    """The committees whose sums this person may see."""
    return turn.db.all(_UNDER, (person["id"],))


def start(turn: Turn, person: Row, *, renew: bool = True) -> None:
    """/board: a line for each committee; the one committee of who has only one."""
    there = committees(turn, person)
    if len(there) == 1:
        show(turn, there[0]["id"], alone=True, renew=renew)
        return
    body = [turn.text("board-title", month=_month(turn))]
    buttons, away = [], _away(turn)
    for place in there:
        weeks = [week for week in _weeks(turn, place["id"]) if _sign(week, away) != "leave"]
        done = sum(week["state"] in (WeekState.FILED, WeekState.CONFIRMED) for week in weeks)
        body.append(turn.text("board-line", place=place["name"], done=done, count=len(weeks)))
        body.append(turn.text("workload-between").join(_compared(turn, place["id"], (Item.VISITED, Item.TAKEN))))
        buttons.append(Button(place["name"], f"b:{place['id']}"))
    if not there:
        body.append(turn.text("board-nothing"))
    turn.show(turn.address, CARD, "\n".join(body), in_rows(buttons), renew=renew)


def pressed(turn: Turn, place: int) -> None:
    """A committee of the board; 0: back to all."""
    person = supervisor(turn)
    if person is None:
        turn.toast("not-yours")
    elif not place:
        turn.toast()
        start(turn, person, renew=False)
    elif place not in [committee["id"] for committee in committees(turn, person)]:
        turn.toast("not-yours")
    else:
        turn.toast()
        show(turn, place)


def show(turn: Turn, place: int, *, alone: bool = False, renew: bool = False) -> None:
    """One committee: its month item by item, and each coordinator's week as it stands (no figures of persons)."""
    body = [turn.text("board-committee", place=places.name(turn, place), month=_month(turn))]
    body += _compared(turn, place, Item)
    body += ["", turn.text("board-weeks")]
    weeks, away = _weeks(turn, place), _away(turn)
    for week in weeks:
        sign = _sign(week, away)
        body.append(
            turn.text(
                "round-line", sign=turn.text(f"sign-{sign}"), name=week["name"], figures=turn.text(f"sign-{sign}-words")
            )
        )
    people = [week["id"] for week in weeks]
    body += ["", *kit.lines(turn, people, turn.language), *ledger.month_lines(turn, people, turn.language)]
    body += data_room.lines(turn, place, turn.language)
    buttons = kit.spot_buttons(turn, weeks)
    if choice := data_room.button(turn, place):
        buttons.append(choice)
    if not alone:
        buttons.append([Button(turn.text("form-back"), "b:0")])
    turn.show(turn.address, CARD, "\n".join(body), buttons, renew=renew)


def _month(turn: Turn) -> str:
    return f"{turn.house.today(turn.now):%Y-%m}"


def _weeks(turn: Turn, place: int) -> list[Row]:
    """The coordinators of a place, and how the week of the round stands for each."""
    return turn.db.all(_WEEKS, (place, week_round.monday_now(turn).isoformat()))


def _away(turn: Turn) -> Collection[int]:
    """Who is on leave all week: they have nothing to file."""
    return presence.away(turn, week_round.monday_now(turn))


def _sign(week: Row, away: Collection[int]) -> str:
    """How a coordinator's week stands."""
    state = week["state"] or WeekState.OPEN.value
    return "leave" if state == WeekState.OPEN and week["id"] in away else str(state)


def _compared(turn: Turn, place: int, items: Iterable[Item]) -> list[str]:
    """This month so far, item by item, beside what last year's is for as many days at work (duty W2)."""
    first, today = workweek.month_so_far(turn.house.today(turn.now))
    before = workweek.a_year_before(first)
    now, then = workweek.figures_at(turn, place, first, today), workweek.figures_at(turn, place, *before)
    days, days_before = (presence.days_at(turn, place, *both) for both in ((first, today), before))
    told = []
    for item in items:
        figure = str(now[item]) if item in now else turn.text("workload-missing")
        line = turn.text("workload-figure", item=amounts.name_of(item, turn.language), figure=figure)
        wanted = expected(then[item], days_before, days) if item in then else None
        if wanted is not None and days:
            sign = turn.text("board-above" if now.get(item, 0) >= wanted else "board-below")
            line += turn.text("board-beside", figure=round(wanted), sign=sign)
        told.append(line)
    return told
