"""What of visits has become due: news are told, parts of who is away are free again, what is late is said (V1)."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from chat.messages import Button, Priority
from chat.texts import text
from handlers import erasing, reminding
from handlers.desk import Desk, address_of
from handlers.reminding import NOW, SOURCES, Reader, Source
from handlers.visits import applicant, applicant_card, people, requests, staff_card, steps, telling
from handlers.workload import committee, presence
from models.database import Row
from reminders import visit
from reminders.plan import Kind, heard_at
from reminders.visit import OFFICER_FROM, Step

AT_ONCE = 20
LATE_CARD = "visits:late"
# Whoever cannot go along: no longer of the staff, moved away, or on leave on the day of the visit, or today where
# none is agreed. Places are three deep: town, committee, area.
_AWAY = """
select visit_part.visit, visit_part.role, visit_part.person from visit
join visit_part on visit_part.visit = visit.id join person on person.id = visit_part.person
where visit.state = 'open' and visit.outcome = '' and (
    not person.active or person.account is null
    or not exists (select 1 from assignment join place as there on there.id = assignment.place
        where assignment.person = person.id and (there.id = visit.place or there.parent = visit.place
        or there.id = (select parent from place where id = visit.place)))
    or exists (select 1 from leave where leave.person = person.id and leave.taken_back_at is null
        and (visit.starts_at is null and :today between leave.first and leave.last
            or visit.starts_at is not null and date(visit.starts_at / 1000000, 'unixepoch', :shift)
                between leave.first and leave.last)))
limit :most
"""
_DUE = "select id from visit where {column} <= ? order by {column} limit ?"
# A talk of which its host never said how it ended goes by its day.
_KEPT = """
select id from visit where decided_at <= :moment or kind = 'talk' and state = 'open' and due <= :day limit :most
"""
_LEFT = """
select count(*) filter (where decided_at <= :moment or state = 'open' and due <= :day) as due,
       min(decided_at) filter (where decided_at > :moment) as "closed [MOMENT]",
       min(due) filter (where state = 'open' and due > :day) as day
from visit where kind = :kind and (decided_at is not null or kind = 'talk')
"""


def sweep(desk: Desk) -> None:
    """Do everything whose time has come."""
    _free(desk)
    _look(desk)
    for number in _due(desk, "own_news_at"):
        _tell_applicant(desk, requests.fresh(desk, number))
    for number in _due(desk, "staff_news_at"):
        _tell_staff(desk, requests.fresh(desk, number))
    for held in telling.due(desk, AT_ONCE):
        staff_card.tell_later(desk, held)


def _due(desk: Desk, column: str) -> list[int]:
    rows = desk.db.all(_DUE.format(column=column), (desk.now, AT_ONCE))
    return [row["id"] for row in rows]


def _free(desk: Desk) -> None:
    """The parts of who is away are free again, and the others hear so."""
    hours = desk.now.astimezone(desk.house.zone).utcoffset()
    assert hours is not None
    values = {
        "today": desk.house.today(desk.now).isoformat(),
        "shift": f"{int(hours.total_seconds())} seconds",
        "most": AT_ONCE,
    }
    for part in desk.db.all(_AWAY, values):
        row = requests.load(desk, part["visit"])
        assert row is not None
        steps.give_back(desk, row, part["role"], part["person"])
        if requests.is_talk(row):
            staff_card.refresh(desk, requests.fresh(desk, row["id"]))


def _tell_applicant(desk: Desk, row: Row) -> None:
    desk.db.execute("update visit set own_news_at = null where id = ?", (row["id"],))
    if not row["unreachable"]:
        applicant_card.tell(desk, row, applicant_card.news(desk, row, row["own_news"]))


def _tell_staff(desk: Desk, row: Row) -> None:
    desk.db.execute("update visit set staff_news_at = null where id = ?", (row["id"],))
    staff_card.tell(desk, row)


@dataclass(slots=True)
class _Late:
    """What somebody is told is late."""

    language: str
    rows: list[Row] = field(default_factory=list)


def _look(desk: Desk) -> None:
    """A slot has passed, or a working morning has come: the applicant hears of it before they ask, and who is late."""
    numbers = _due(desk, "look_at")
    if not numbers:
        return
    heard = heard_at(desk.now, desk.house.calendar, reminding.settings_of(desk, None))
    late: dict[str, _Late] = {}
    for number in numbers:
        row = requests.fresh(desk, number)
        if heard > desk.now:
            desk.db.execute("update visit set look_at = ? where id = ?", (heard, number))
            continue
        step = requests.step(desk, row)
        waiting = step in (Step.AGAIN, Step.ANSWER)  # for the applicant: nobody of the staff can do anything
        due = date.fromisoformat(row["due"])
        if waiting and visit.has_lapsed(due, desk.house.today(desk.now), desk.house.visit_days):
            applicant.erased(desk, row, "request-lapsed")
            continue
        if step is Step.AGAIN and row["slots"]:
            steps.ask_again(desk, row)
        elif step is Step.ANSWER:
            telling.tell_applicant(desk, number, "offer")
        days = visit.late_days(due, desk.now, desk.house.calendar)
        if days > row["late_days"]:
            if not row["late_days"]:
                telling.tell_applicant(desk, number, "waiting" if waiting else "late")
            desk.db.execute("update visit set late_days = ? where id = ?", (days, number))
            for address, language in () if waiting else _slow(desk, row, days):
                late.setdefault(address, _Late(language)).rows.append(requests.fresh(desk, number))
        requests.looked(desk, number)
    for address, told in late.items():
        _say_late(desk, address, told)


def _slow(desk: Desk, row: Row, days: int) -> list[tuple[str, str]]:
    """Who hears that it is late: the cadre whose it is, or whoever may take that part; after two days officers too."""
    parts = requests.parts(desk, row["id"])
    away = presence.on_leave(desk, desk.today)
    there = (part for part in parts if part["address"] and not part["blocked"] and part["person"] not in away)
    cadre = next((part for part in there if part["role"] == "cadre"), None)
    if cadre is not None:
        found = [(cadre["address"], cadre["language"])]
    else:
        found = [(one.address, one.language) for one in people.candidates(desk, row, "cadre")]
    if days >= OFFICER_FROM:
        police = committee.officers(desk, row["place"])
        found += [(one.address, one.language) for one in police if desk.db.mark(one.account) != row["mark"]]
    return list(dict.fromkeys(found))


def _say_late(desk: Desk, address: str, told: _Late) -> None:
    """All that is late, as one message."""
    lines, buttons = [text(told.language, "visits-late")], []
    for row in told.rows:
        lines.append(staff_card.line(desk, row, told.language))
        buttons.append([Button(staff_card.title(row, told.language), f"vs:{row['id']}:show")])
    where = address_of(address)
    desk.show(where, LATE_CARD, "\n".join(lines), buttons, renew=True, priority=Priority.REMINDER)
    desk.abridge(where, LATE_CARD)


def _kept_since(desk: Desk) -> dict[str, Any]:
    """What was decided by that moment, or was to be by that day, is kept no longer."""
    limit = desk.now - timedelta(days=desk.house.visit_days)
    return {"moment": limit, "day": desk.house.today(limit).isoformat()}


def due(desk: Desk, most: int) -> list[int]:
    """Requests that were decided long ago, so many at the most."""
    return [row["id"] for row in desk.db.all(_KEPT, {**_kept_since(desk), "most": most})]


def outlook(desk: Desk, kind: str) -> tuple[int, datetime | None]:
    """How many requests of this kind are due now, and when the next will be (UTC; None: none is decided)."""
    row = desk.db.one(_LEFT, {**_kept_since(desk), "kind": kind})
    assert row is not None
    kept = timedelta(days=desk.house.visit_days)
    coming = [row["closed"] + kept] if row["closed"] else []
    if row["day"]:
        coming.append(desk.house.calendar.at(date.fromisoformat(row["day"]) + kept, time()))
    return row["due"], min(coming, default=None)


def erase_due(desk: Desk, most: int) -> int:
    """Erase what was decided long ago, inside the caller's transaction; returns how many requests."""
    numbers = due(desk, most)
    for number in numbers:
        row = requests.fresh(desk, number)
        for address in requests.chats(desk, row):
            erasing.forget(desk, address, requests.card(row["id"]))
        erasing.forget(desk, row["route"], requests.own_card(row["id"]))
        requests.erase(desk, row)
    if numbers:
        erasing.put_off(desk)
    return len(numbers)


def _notice(desk: Desk, row: Row, reader: Reader, kind: Kind) -> str:
    slot = staff_card.slot(desk, row, reader.language)
    if requests.is_talk(row):
        return text(reader.language, f"talk-notice-{kind}", slot=slot)
    return text(reader.language, f"visit-notice-{kind}", slot=slot)


def _learned(desk: Desk, row: Row, reader: Reader) -> None:
    if reader.person is None:
        desk.db.execute("update visit set told = starts_at where id = ?", (row["id"],))
        return
    update = "update visit_part set told = ? where visit = ? and person = ?"
    desk.db.execute(update, (row["starts_at"], row["id"], reader.person))


def _remind(desk: Desk, row: Row, reader: Reader, kind: Kind, notice: str) -> None:
    if reader.person is None:
        applicant_card.tell(desk, row, notice, urgent=kind in NOW)
    else:
        staff_card.remind(desk, row, reader, notice, urgent=kind in NOW)


SOURCES["visit"] = Source(
    card=lambda number, person: requests.own_card(number) if person is None else requests.card(number),
    load=requests.load,
    as_planned=requests.as_planned,
    notice=_notice,
    title=staff_card.title,
    slot=staff_card.slot,
    when=staff_card.slot,
    data=lambda row, reader: f"vs:{row['id']}:{'mine' if reader.person is None else 'show'}",
    remind=_remind,
    learned=_learned,
)
