"""/alerts: the alerts at the places that somebody answers for."""

from alerts.roster import LINE
from chat.messages import Button
from handlers.desk import Turn
from models.alert import AlertState
from models.database import Row
from models.place import below, held

PAGE = 6
# What each list shows; written out, so that open alerts are found by their own small index.
LISTS = {
    "open": "alert.state <> 'closed'",
    "waiting": "alert.state <> 'closed' and alert.holder is null",
    "mine": "alert.state <> 'closed' and holder.account = :account",
    "closed": "alert.state = 'closed'",
}
# What handlers.alert_card.may_see says of each, in SQL.
_LISTED = f"""
with recursive {below(held(*LINE))}, {below(held(LINE[-1]), "office")}, {below(held(*LINE[:-1]), "near")}
select alert.id, alert.state, report.number, report.about_staff, followup.day from alert
join report on report.id = alert.report left join followup on followup.report = report.id
left join person as holder on holder.id = alert.holder
where alert.place in (select id from below) and {{}} and report.same_as is null
and (not report.about_staff or alert.place in (select id from office)) and alert.id < :before
and (report.source <> 'anonymous' or report.about_staff or alert.step >= 2 or alert.place in (select id from near)
     or exists (select 1 from delivery join person on person.id = delivery.person
                where delivery.alert = alert.id and person.account = :account and person.role = 'town_office'))
order by alert.id desc limit :most
"""
NEWEST = 1 << 62


def listed(turn: Turn, name: str, before: int = NEWEST, most: int = PAGE) -> list[Row]:
    """The newest alerts of one of LISTS at this account's places (id, state, number)."""
    person = turn.person_in(*LINE)
    account = person["account_id"] if person else None
    return turn.db.all(_LISTED.format(LISTS[name]), {"account": account, "before": before, "most": most})


def alerts(turn: Turn, name: str = "open", before: int = NEWEST, *, renew: bool = True) -> None:
    """/alerts: those of my places, newest first, a page at a time, filtered by a tap."""
    if turn.person_in(*LINE) is None:
        turn.toast("not-yours")
        return
    rows = listed(turn, name, before, PAGE + 1)
    today = turn.house.today(turn.now).isoformat()
    buttons = []
    for row in rows[:PAGE]:
        overdue = row["state"] != AlertState.CLOSED and row["day"] is not None and row["day"] < today
        label = f"{'⚠ ' * overdue}{row['number']} · {turn.text('alert-state-' + row['state'])}"
        buttons.append([Button(label, f"a:{row['id']}:show")])
    turning = []
    if before != NEWEST:
        turning.append(Button(turn.text("alerts-newest"), f"l:{name}:{NEWEST}"))
    if len(rows) > PAGE:
        turning.append(Button(turn.text("alerts-older"), f"l:{name}:{rows[PAGE - 1]['id']}"))
    filters = [Button(("● " if one == name else "") + turn.text(f"alerts-{one}"), f"l:{one}:{NEWEST}") for one in LISTS]
    buttons += [turning, filters[:2], filters[2:]] if turning else [filters[:2], filters[2:]]
    title = turn.text(f"alerts-title-{name}" if rows else "alerts-none")
    turn.show(turn.address, "alerts", title, buttons, renew=renew)
