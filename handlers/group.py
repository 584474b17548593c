"""In a group: acknowledging, and a deep link for everything else. No detail of a report is written into a group."""

from alerts.roster import LINE
from chat.texts import text
from handlers import alert, alert_card, alert_list
from handlers.desk import HELLO, Turn
from models.alert import AlertState

MOST = 5


def said(turn: Turn) -> None:
    """A command in a group: /alerts lists what nobody has taken yet, all else is answered by a deep link."""
    if turn.incoming.command.lower() != "alerts" or turn.person_in(*LINE) is None:
        turn.note(turn.address, turn.text("group-private", link=turn.house.link(HELLO)))
        return
    waiting = [row for row in alert_list.listed(turn, "waiting", most=MOST) if not row["about_staff"]]
    if not waiting:
        turn.note(turn.address, text(turn.house.language, "group-none"))
    for row in waiting:
        alert_card.show_in_group(turn, row["id"], str(turn.address), renew=True)


def pressed(turn: Turn, alert_id: int) -> None:
    """Somebody in the group presses "acknowledge": only who answers for the place takes it."""
    row = alert_card.load(turn, alert_id)
    person = alert.person_for(turn, row) if row else None
    if row is None or person is None:
        turn.toast("not-yours")
        return
    if row["state"] == AlertState.CLOSED:
        turn.toast("card-closed")
    elif row["holder"] is not None and row["holder"] != person.id:
        turn.toast("alert-taken", name=row["holder_name"])
    else:
        turn.toast("alert-yours")
        if row["holder"] is None:
            alert.hold(turn, row, person, AlertState.ACKNOWLEDGED)
            return  # which brings every card of it up to date, this one too
    alert_card.show_in_group(turn, alert_id, str(turn.address))
