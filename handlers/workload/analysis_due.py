"""Duty M3: the monthly analyses asked about and sent when it is time. Called by the tick."""

from datetime import UTC

from chat.day import written
from chat.messages import Priority
from chat.texts import listed, text
from handlers import paper, places
from handlers.desk import Desk, address_of
from handlers.workload import analysis, analysis_card, committee, month_figures, month_record
from models.database import Row
from workload.analysis_due import Kind, before, decide, moments
from workload.weeks import month_of

MOST = 20  # committees in one transaction, so that nobody waits for them
_NEW = f"""
select place.id from place where kind = 'committee' and active
and not exists (select 1 from monthly_analysis where place = place.id and month = ?) limit {MOST}
"""
_DUE = f"select id from monthly_analysis where look_at <= ? order by look_at, id limit {MOST}"


def sweep(desk: Desk) -> None:
    """Ask the cadres for what is missing, remind them once, and send to cadres and officers: each once."""
    month = month_of(desk.house.today(desk.now))
    for each in (month, before(month)):
        for place in desk.db.all(_NEW, (month_figures.name(each),)):
            month_record.open_record(desk, place["id"], each)
    for due in desk.db.all(_DUE, (desk.now,)):
        row = month_record.load(desk, due["id"])
        assert row is not None
        _look(desk, row)


def _look(desk: Desk, row: Row) -> None:
    month, nth = month_figures.number(row["month"]), month_record.working_day(desk, row["place"])
    told, calendar = month_record.is_told(desk, row), desk.house.calendar
    decision = decide(month, nth, told, row["sent"], desk.now, calendar)
    sent = [*row["sent"], decision.send.value] if decision.send else row["sent"]
    look_at = decision.look_again.astimezone(UTC) if decision.look_again else None
    desk.db.execute("update monthly_analysis set sent = ?, look_at = ? where id = ?", (sent, look_at, row["id"]))
    if places.committee(desk, row["place"]) is None:
        return
    if decision.send is Kind.SENT:
        _send(desk, row)
    elif decision.send:
        _ask(desk, row, decision.send)


def _send(desk: Desk, row: Row) -> None:
    readers = [cadre["id"] for cadre in committee.cadres(desk, row["place"])]
    readers += [officer.id for officer in committee.officers(desk, row["place"])]
    for person in readers:
        for kind in analysis.PAPERS:
            paper.order(desk, kind, person, row["month"], place=row["place"], waited_for=False)


def _ask(desk: Desk, row: Row, kind: Kind) -> None:
    """The card itself comes to the bottom, with what is missing: telling it is one tap away."""
    month, place = month_figures.number(row["month"]), row["place"]
    calendar = desk.house.calendar
    at = moments(month, month_record.working_day(desk, place), calendar)[Kind.SENT].astimezone(calendar.zone)
    lacking = [] if month_figures.register(desk, place, month) else ["counts"]
    lacking += [] if row["told_at"] else ["words"]
    for cadre in committee.cadres(desk, place):
        language = cadre["language"]
        missing = listed(language, (text(language, f"analysis-lacks-{each}") for each in lacking))
        day = written(at.date(), language)
        notice = text(language, f"analysis-{kind}", missing=missing, day=day, hour=f"{at:%H:%M}")
        address = address_of(cadre["address"])
        analysis_card.show_to(
            desk, address, language, place, writes=True, renew=True, notice=notice, priority=Priority.REMINDER
        )
