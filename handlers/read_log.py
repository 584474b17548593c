"""/readlog: who opened which report, when, through what; for the town office. Nobody can switch the log off."""

from chat.messages import Button
from handlers.desk import Turn
from models.person import Role
from models.place import below, held

CARD = "readlog"
PAGE = 10
NEWEST = 1 << 62
_BELOW = below(held(Role.TOWN_OFFICE))
_LINES = f"""
with recursive {_BELOW}
select opening.id, opening.opened_at, opening.through, person.name, person.role, report.number
from opening join report on report.id = opening.report join person on person.id = opening.person
where report.place in (select id from below) and opening.id < :before {{}} order by opening.id desc limit :most
"""
_NUMBER = f"""
with recursive {_BELOW}
select id from report where number in (:number, upper(:number)) and place in (select id from below)
"""


def typed(turn: Turn) -> None:
    """The command, with the number of a report after it or without."""
    clerk = turn.person_in(Role.TOWN_OFFICE)
    if clerk is None:
        turn.say("not-yours" if turn.persons else "start-stranger")
        return
    number, report = turn.incoming.arguments.strip(), 0
    if number:
        found = turn.db.one(_NUMBER, {"account": clerk["account_id"], "number": number})
        if found is None:
            turn.say("readlog-unknown")
            return
        report = found["id"]
    show(turn, report, renew=True)


def show(turn: Turn, report: int = 0, before: int = NEWEST, *, renew: bool = False) -> None:
    """A page of the log, the newest first: of one report, or (0) of all at the places of this town office."""
    clerk = turn.person_in(Role.TOWN_OFFICE)
    if clerk is None:
        turn.toast("not-yours")
        return
    turn.toast()
    sql = _LINES.format("and opening.report = :report" if report else "")
    asked = {"account": clerk["account_id"], "report": report, "before": before, "most": PAGE + 1}
    rows = turn.db.all(sql, asked)
    lines = [turn.text("readlog-title" if rows else "readlog-none")]
    for row in rows[:PAGE]:
        role, through = turn.text(f"role-{row['role']}"), turn.text(f"through-{row['through']}")
        when = f"{row['opened_at'].astimezone(turn.house.zone):%m-%d %H:%M}"
        lines.append(
            turn.text("readlog-line", when=when, name=row["name"], role=role, number=row["number"], through=through)
        )
    buttons = []
    if before != NEWEST:
        buttons.append(Button(turn.text("alerts-newest"), f"log:{report}:{NEWEST}"))
    if len(rows) > PAGE:
        buttons.append(Button(turn.text("alerts-older"), f"log:{report}:{rows[PAGE - 1]['id']}"))
    turn.show(turn.address, CARD, "\n".join(lines), [buttons] if buttons else [], renew=renew)
