"""Duty W5: the five items carried on duty, ticked by the coordinator each day and by a cadre at a spot check."""

from collections.abc import Sequence
from datetime import date

from chat.day import written
from chat.messages import Button
from chat.texts import text
from handlers.desk import Desk, Turn, in_rows
from handlers.workload import presence, workweek
from models.checks import KitCheck
from models.database import Row
from models.person import Role
from workload.kit import Check, Counts, Kit, count, is_complete, toggled

OWN, SPOT = "own", "spot"
CARD = "kit"
_CHECKS = "select person, day, spot, there from kit_check where person in ({}) and day between ? and ?"


def button(kind: str, person: int, label: str) -> Button:
    """The button that opens today's check of a coordinator, whatever day it is pressed on."""
    return Button(label, f"k:{kind}:{person}:0:show")


def pressed(turn: Turn, kind: str, person: int, stamp: str, verb: str) -> None:
    """A button of a check: opened, an item ticked or unticked, or all five at once."""
    by = _by(turn, kind, person)
    today = turn.house.today(turn.now)
    if by is None:
        turn.toast("not-yours")
        return
    if verb == "show":
        turn.toast()
        _show(turn, kind, person, today, renew=True)
        return
    if stamp != f"{today:%Y%m%d}" or verb not in ("all", *Kit):
        turn.toast("card-old")
        _show(turn, kind, person, today)
        return
    there = list(Kit) if verb == "all" else toggled(_there(turn, kind, person, today) or (), Kit(verb))
    _keep(turn, kind, person, today, [item.value for item in Kit if item in there], by)
    turn.toast("kit-complete" if is_complete(there) else "")
    _show(turn, kind, person, today)


def _by(turn: Turn, kind: str, person: int) -> int | None:
    """Who checks: the coordinator, or a cadre who answers for the coordinator's place; None: nobody who may."""
    if kind == OWN:
        return next((p["id"] for p in turn.persons if p["id"] == person and p["role"] == Role.COORDINATOR), None)
    cadre = turn.person_in(Role.CADRE.value)
    if cadre is None or person not in [each["id"] for each in workweek.coordinators(turn, cadre["id"])]:
        return None
    return int(cadre["id"])


def _there(desk: Desk, kind: str, person: int, day: date) -> list[str] | None:
    """What was ticked on a day; None where there was no check."""
    asked = "select there from kit_check where person = ? and day = ? and spot = ?"
    row = desk.db.one(asked, (person, day.isoformat(), kind == SPOT))
    return row["there"] if row else None


def _keep(desk: Desk, kind: str, person: int, day: date, there: list[str], by: int) -> None:
    key = (person, day.isoformat(), kind == SPOT)
    if not desk.db.insert_new(KitCheck, person=key[0], day=key[1], spot=key[2], there=there, by=by, at=desk.now):
        kept = "update kit_check set there = ?, by = ?, at = ? where person = ? and day = ? and spot = ?"
        desk.db.execute(kept, (there, by, desk.now, *key))


def _show(turn: Turn, kind: str, person: int, day: date, *, renew: bool = False) -> None:
    """Today's check: five ticks, all five in one tap, and the counts of the month."""
    there = _there(turn, kind, person, day)
    title = {"day": written(day, turn.language)}
    if kind == SPOT:
        title["name"] = _name(turn, person)
    body = [turn.text(f"kit-title-{kind}", **title)]
    body.append(turn.text("kit-none" if there is None else "kit-there", count=len(there or ()), all=len(Kit)))
    if kind == OWN and (spot := _there(turn, SPOT, person, day)) is not None:
        body.append(turn.text("kit-spot-today", count=len(spot), all=len(Kit)))
    body += lines(turn, [person], turn.language)
    prefix = f"k:{kind}:{person}:{day:%Y%m%d}"
    ticks = [
        Button(("☑ " if item in (there or ()) else "☐ ") + turn.text(f"kit-item-{item}"), f"{prefix}:{item}")
        for item in Kit
    ]
    buttons = in_rows(ticks)
    if not is_complete(there or ()):
        buttons.append([Button(turn.text("kit-all"), f"{prefix}:all")])
    turn.show(turn.address, CARD, "\n".join(body), buttons, renew=renew)


def _name(desk: Desk, person: int) -> str:
    row = desk.db.one("select name from person where id = ?", (person,))
    return str(row["name"]) if row else ""


def counts(desk: Desk, people: Sequence[int]) -> Counts:
    """The checks of these coordinators in the month so far."""
    first, today = workweek.month_so_far(desk.house.today(desk.now))
    asked = _CHECKS.format(", ".join("?" * len(people)))
    rows = desk.db.all(asked, (*people, first.isoformat(), today.isoformat()))
    checks = [Check(row["person"], date.fromisoformat(row["day"]), bool(row["spot"]), row["there"]) for row in rows]
    return count(checks, {person: presence.at_work(desk, person, first, today) for person in people})


def lines(desk: Desk, people: Sequence[int], language: str) -> list[str]:
    """The counts of the month in words: of one coordinator, or of a committee's together."""
    if not people:
        return []
    found = counts(desk, people)
    own = text(language, "kit-own-counts", checked=found.checked, days=found.days, complete=found.complete)
    return [own, text(language, "kit-spot-counts", checked=found.spot, complete=found.spot_complete)]


def spot_buttons(turn: Turn, people: Sequence[Row]) -> list[list[Button]]:
    """For a cadre: a spot check of each of these coordinators (id, name)."""
    cadre = turn.person_in(Role.CADRE.value)
    own = {each["id"] for each in workweek.coordinators(turn, cadre["id"])} if cadre else set()
    return in_rows(
        [button(SPOT, each["id"], turn.text("kit-spot", name=each["name"])) for each in people if each["id"] in own]
    )
