"""Meetings as things that people are reminded of by handlers.reminding; opened when they come near (M1, M2)."""

from handlers.desk import Desk
from handlers.meetings import agenda, meeting_card, occasions, rhythms
from handlers.reminding import NOW, SOURCES, Reader, Source
from models.database import Row
from models.meeting import OccasionState
from reminders.plan import Kind


def sweep(desk: Desk) -> None:
    """Open what comes near."""
    occasions.open_due(desk)


def _notice(desk: Desk, occasion: Row, reader: Reader, kind: Kind) -> str:
    asked = "select told from meeting_invited where occasion = ? and person = ?"
    row = desk.db.one(asked, (occasion["id"], reader.person))
    return meeting_card.notice(desk, kind, occasion, row["told"] if row else None, reader.language)


def _learned(desk: Desk, occasion: Row, reader: Reader) -> None:
    known = None if occasion["state"] == OccasionState.CANCELLED else occasion["starts_at"]
    update = "update meeting_invited set told = ? where occasion = ? and person = ?"
    desk.db.execute(update, (known, occasion["id"], reader.person))


def _remind(desk: Desk, occasion: Row, reader: Reader, kind: Kind, notice: str) -> None:
    """The meeting's card; with its agenda the day before."""
    if kind is Kind.DAY_BEFORE:
        notice = "\n".join([notice, "", *agenda.lines(desk, occasion, reader.language)])
    meeting_card.remind(desk, occasion, reader, notice, urgent=kind in NOW)


SOURCES["meeting"] = Source(
    card=lambda number, person: occasions.card(number),
    load=occasions.load,
    as_planned=occasions.as_planned,
    notice=_notice,
    title=meeting_card.title,
    slot=lambda desk, occasion, language: rhythms.slot(desk, occasion["starts_at"], language),
    when=meeting_card.when,
    data=lambda occasion, reader: f"mt:{occasion['id']}:show",
    remind=_remind,
    learned=_learned,
)
