"""Duty W1: the week opened for everybody, and its reminders until it is filed and confirmed. Called by the tick."""

from datetime import UTC, date, datetime

from chat.messages import Priority
from chat.texts import listed, text
from handlers import workload_card, workload_round, workweek
from handlers.desk import Desk
from models.database import Row
from models.person import Role
from models.workload import WeekState
from workload.sweep import TO_OFFICER, Kind, Week, decide
from workload.weeks import monday_of

MOST = 1000  # weeks in one transaction: a town's Friday is told at once, and an officer of all theirs together
OPENED = 50
_NEW = f"""
select person.id from person where role = '{Role.COORDINATOR.value}' and active and account is not null
and not exists (select 1 from workload_week where person = person.id and monday = ?) limit {OPENED}
"""
_DUE = f"select id from workload_week where look_at <= ? order by look_at limit {MOST}"


def sweep(desk: Desk) -> None:
    """Remind whom it is time to remind: each once, none who has filed."""
    monday = monday_of(desk.house.today(desk.now))
    for person in desk.db.all(_NEW, (monday.isoformat(),)):
        workweek.open_week(desk, person["id"], monday)
    calendar = workweek.calendar(desk)
    officers: dict[tuple[int, str], tuple[str, str]] = {}
    for row in due(desk, desk.now):
        week = workweek.load(desk, row["id"])
        assert week is not None
        if not week["active"] or week["place"] is None:
            desk.db.execute("update workload_week set look_at = null where id = ?", (week["id"],))
            continue
        decision = decide(_state(week), desk.now, calendar)
        for kind in decision.send:
            if kind in TO_OFFICER:
                for officer in workload_round.officers(desk, week):
                    officers[officer.id, week["monday"]] = (officer.address, officer.language)
            else:
                _remind(desk, week, kind)
        look_at = decision.look_again.astimezone(UTC) if decision.look_again else None
        desk.db.execute(
            "update workload_week set sent = ?, look_at = ? where id = ?",
            ([*week["sent"], *decision.send], look_at, week["id"]),
        )
    for (officer_id, monday_written), (address, language) in officers.items():
        first = date.fromisoformat(monday_written)
        notice = text(language, "round-due")
        workload_round.show(
            desk, officer_id, address, language, first, renew=True, notice=notice, priority=Priority.REMINDER
        )


def due(desk: Desk, now: datetime) -> list[Row]:
    """The weeks of which somebody may have to be reminded now."""
    return desk.db.all(_DUE, (now,))


def _state(week: Row) -> Week:
    return Week(
        workweek.monday(week),
        filed=week["state"] in (WeekState.FILED, WeekState.CONFIRMED),
        confirmed=week["state"] == WeekState.CONFIRMED,
        sent=[Kind(kind) for kind in week["sent"]],
    )


def _remind(desk: Desk, week: Row, kind: Kind) -> None:
    """The card itself comes to the bottom, with what is missing: filing is one tap away."""
    if week["blocked"]:
        return
    language = week["language"]
    missing = listed(language, workload_card.missing(desk, week, language))
    notice = text(language, f"workload-reminder-{kind}", missing=missing or text(language, "workload-only-file"))
    workweek.opened(desk, week)
    workload_card.show(desk, week, renew=True, notice=notice, priority=Priority.REMINDER)
