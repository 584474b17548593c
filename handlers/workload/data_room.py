"""Duty S2: each committee's head of the data room and who enters data, chosen among its staff, asked for monthly."""

from chat.messages import Address, Button, Priority
from chat.texts import listed, text
from handlers import places
from handlers.desk import Desk, Turn, address_of
from handlers.once import once
from handlers.workload import committee
from models.checks import DataRoom
from models.database import Row
from models.person import Role
from models.place import below
from workload.data_room import Task, asked_on, missing

MOST = 40  # of a committee's staff on one card
_STAFF = f"""
with recursive {below("select ?")}
select distinct person.id, person.name, person.role from person join assignment on assignment.person = person.id
where person.active and person.role in ('{Role.CADRE.value}', '{Role.COORDINATOR.value}')
and assignment.place in (select id from below) order by person.role, person.id limit {MOST}
"""


def sweep(desk: Desk) -> None:
    """Ask the cadres of every committee where somebody is missing, once a month. Called by the tick."""
    month = asked_on(desk.now, desk.house.calendar)
    if month is None or not once(desk, "data_room", month.isoformat()):
        return
    for place in places.committees(desk):
        if missing(chosen(desk, place["id"])):
            for cadre in committee.cadres(desk, place["id"]):
                _show(desk, place["id"], address_of(cadre["address"]), cadre["language"], renew=True, asked=True)


def chosen(desk: Desk, place: int) -> dict[Task, list[int]]:
    """Who was chosen for what and still belongs to the committee's staff."""
    staff = {person["id"] for person in _staff(desk, place)}
    rows = desk.db.all("select task, person from data_room where place = ? order by id", (place,))
    there = [row for row in rows if row["person"] in staff]
    return {task: [row["person"] for row in there if row["task"] == task] for task in Task}


def _staff(desk: Desk, place: int) -> list[Row]:
    return desk.db.all(_STAFF, (place,))


def lines(desk: Desk, place: int, language: str) -> list[str]:
    """For the board: who heads the data room, and who enters data."""
    called = {person["id"]: person["name"] for person in _staff(desk, place)}
    return [
        text(
            language,
            f"data_room-{task}",
            people=listed(language, (called[person] for person in people)) or text(language, "data_room-nobody"),
        )
        for task, people in chosen(desk, place).items()
    ]


def button(turn: Turn, place: int) -> list[Button]:
    """For a cadre of the committee: the button that opens the choice."""
    return [Button(turn.text("data_room-choose"), f"dr:{place}:show")] if _may(turn, place) else []


def _may(turn: Turn, place: int) -> bool:
    return committee.person_of(turn, place, Role.CADRE) is not None


def pressed(turn: Turn, place: int, verb: str, person: int) -> None:
    """The choice opened, or somebody of the committee's staff chosen or no longer chosen for a task."""
    if not _may(turn, place):
        turn.toast("not-yours")
        return
    if verb == "show":
        turn.toast()
        _show(turn, place, turn.address, turn.language, renew=True)
        return
    if verb not in list(Task) or person not in [each["id"] for each in _staff(turn, place)]:
        turn.toast("card-old")
    else:
        turn.toast()
        _choose(turn, place, Task(verb), person)
    _show(turn, place, turn.address, turn.language)


def _choose(desk: Desk, place: int, task: Task, person: int) -> None:
    """There is one head; several may enter data."""
    taken = "delete from data_room where place = ? and task = ? and person = ?"
    if desk.db.execute(taken, (place, task.value, person)):
        return
    if task is Task.HEAD:
        desk.db.execute("delete from data_room where place = ? and task = ?", (place, task.value))
    desk.db.insert(DataRoom, place=place, task=task.value, person=person)


def _show(desk: Desk, place: int, address: Address, language: str, *, renew: bool = False, asked: bool = False) -> None:
    now = chosen(desk, place)
    lacking = missing(now)
    body = [text(language, "data_room-title", place=places.name(desk, place)), *lines(desk, place, language)]
    if lacking:
        tasks = listed(language, (text(language, f"data_room-task-{task}") for task in lacking))
        body.append(text(language, "data_room-missing", tasks=tasks))
    buttons = [
        [
            Button(
                text(
                    language,
                    f"data_room-tick-{task}",
                    sign="☑" if person["id"] in now[task] else "☐",
                    name=person["name"],
                ),
                f"dr:{place}:{task}:{person['id']}",
            )
            for task in Task
        ]
        for person in _staff(desk, place)
    ]
    priority = Priority.REMINDER if asked else Priority.ANSWER
    desk.show(address, f"data_room:{place}", "\n".join(body), buttons, renew=renew, priority=priority)
