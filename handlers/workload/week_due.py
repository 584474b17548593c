"""Duty W1: the week opened for everybody, and its reminders until it is filed and confirmed. Called by the tick."""

from collections.abc import Sequence
from datetime import date, timedelta

from alerts.roster import OnDuty
from chat.calendar import LONGEST_HOLIDAY, Calendar
from chat.messages import Priority
from chat.texts import listed, text
from handlers.desk import Desk
from handlers.workload import presence, week_card, week_round, workweek
from models.database import Row
from models.person import Role
from models.workload import WeekState
from workload.sweep import TO_OFFICER, Kind, Week, decide
from workload.weeks import monday_of

MOST = 20  # weeks in one transaction, so that nobody waits for it; those of one officer are told of together
OPENED = 10
_NEW = f"""
select person.id from person where role = '{Role.COORDINATOR.value}' and active and account is not null
and not exists (select 1 from workload_week where person = person.id and monday = ?) limit {OPENED}
"""
_DUE = "select id from workload_week where look_at <= ? order by look_at, id limit ?"


def sweep(desk: Desk) -> None:
    """Remind whom it is time to remind: each once, none who has filed."""
    monday = monday_of(desk.house.today(desk.now))
    for person in desk.db.all(_NEW, (monday.isoformat(),)):
        workweek.open_week(desk, person["id"], monday)
    calendar = desk.house.calendar
    waiting = [row["id"] for row in due(desk, MOST)]
    looked_at: set[int] = set()
    told: set[tuple[int, str]] = set()
    while waiting:
        week = workweek.load(desk, waiting.pop(0))
        assert week is not None
        if week["id"] in looked_at:
            continue
        looked_at.add(week["id"])
        for officer in _look(desk, week, calendar):
            if (officer.id, week["monday"]) not in told:
                told.add((officer.id, week["monday"]))
                waiting += _due_of(desk, officer, week)
                _remind_officer(desk, officer, workweek.monday(week))


def _look(desk: Desk, week: Row, calendar: Calendar) -> Sequence[OnDuty]:
    """Send what is due of one week to its coordinator; returns the officers to whom it is to be told."""
    if not week["active"] or week["place"] is None:
        desk.db.execute("update workload_week set look_at = null where id = ?", (week["id"],))
        return ()
    decision = decide(_state(desk, week), desk.now, calendar)
    desk.db.execute(
        "update workload_week set sent = ?, look_at = ? where id = ?",
        ([*week["sent"], *decision.send], decision.look_again, week["id"]),
    )
    for kind in decision.send:
        if kind not in TO_OFFICER:
            _remind(desk, week, kind)
    return week_round.officers(desk, week) if set(TO_OFFICER) & set(decision.send) else ()


def _due_of(desk: Desk, officer: OnDuty, week: Row) -> list[int]:
    """The other weeks of the same Monday that are due and that this officer confirms."""
    others = (workweek.of(desk, one["id"], workweek.monday(week)) for one in workweek.coordinators(desk, officer.id))
    return [one["id"] for one in others if one and one["look_at"] and one["look_at"] <= desk.now]


def _remind_officer(desk: Desk, officer: OnDuty, monday: date) -> None:
    """The round itself comes to the bottom: confirming is one tap away."""
    week_round.show(
        desk,
        officer.id,
        officer.address,
        officer.language,
        monday,
        renew=True,
        notice=text(officer.language, "round-due"),
        priority=Priority.REMINDER,
    )


def due(desk: Desk, most: int) -> list[Row]:
    """The weeks of which somebody may have to be reminded now, the oldest first."""
    return desk.db.all(_DUE, (desk.now, most))


def _state(desk: Desk, week: Row) -> Week:
    monday, today = workweek.monday(week), desk.house.today(desk.now)
    return Week(
        monday,
        filed=week["state"] in (WeekState.FILED, WeekState.CONFIRMED),
        confirmed=week["state"] == WeekState.CONFIRMED,
        absent=presence.leave(desk, week["person"], monday, today + timedelta(days=2 * LONGEST_HOLIDAY)),
        sent=[Kind(kind) for kind in week["sent"]],
    )


def _remind(desk: Desk, week: Row, kind: Kind) -> None:
    """The card itself comes to the bottom, with what is missing: filing is one tap away."""
    if week["blocked"]:
        return
    language = week["language"]
    missing = listed(language, week_card.missing(desk, week, language))
    notice = text(language, f"workload-reminder-{kind}", missing=missing or text(language, "workload-only-file"))
    workweek.opened(desk, week)
    week_card.show(desk, week, renew=True, notice=notice, priority=Priority.REMINDER)
