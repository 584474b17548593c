"""What of meetings has become due: occasions are opened, people told, each thing once. Called by the tick (M1, M2)."""

from chat.messages import Button, Priority
from chat.texts import text
from handlers.desk import Desk, address_of
from handlers.meetings import agenda, meeting_card, occasions, rhythms
from models.database import Row
from models.meeting import OccasionState, ReminderState
from reminders.plan import Kind, Reminder, heard_at, quarter_ends, sent_at

PEOPLE = 40  # told in one transaction, so that nobody waits for it
CARD = "meetings:due"
_URGENT = (Kind.CANCELLED, Kind.MOVED, Kind.START, Kind.SOON, Kind.DAY_BEFORE, Kind.INVITATION)
_NOW = (Kind.CANCELLED, Kind.MOVED, Kind.START, Kind.SOON)  # does not wait until somebody has filled in a form
_WHO = "select person from meeting_reminder where state = 'waiting' and due_at <= ? group by person limit ?"
_PERSON = """
select person.id, person.role, person.active, account.address, account.blocked,
       coalesce(account.language, person.language) as language
from person left join account on account.id = person.account where person.id = ?
"""
_WAITING = """
select reminder.id, reminder.occasion, reminder.kind, reminder.due_at, invited.told
from meeting_reminder as reminder left join meeting_invited as invited
    on invited.occasion = reminder.occasion and invited.person = reminder.person
where reminder.state = 'waiting' and reminder.person = ? and (reminder.due_at <= ? or reminder.due_at < ?
    and reminder.kind <> 'start') order by reminder.due_at, reminder.id
"""


def sweep(desk: Desk) -> None:
    """Open what comes near, and tell everybody to whom something is due."""
    occasions.open_due(desk)
    for row in desk.db.all(_WHO, (desk.now, PEOPLE)):
        _tell(desk, row["person"])


def _tell(desk: Desk, person: int) -> None:
    """All that is due to one person in this quarter of an hour, as one message."""
    whom = desk.db.one(_PERSON, (person,))
    assert whom is not None
    calendar, settings = desk.house.calendar, occasions.settings_of(desk, person)
    heard = heard_at(desk.now, calendar, settings)
    # What is due a little later comes along only where it might also come alone now.
    until = quarter_ends(desk.now) if heard == desk.now else desk.now
    useful: dict[int, Row] = {}
    missed: dict[int, Row] = {}
    for row in desk.db.all(_WAITING, (person, desk.now, until)):
        if not whom["active"] or not whom["address"] or whom["blocked"]:
            _settle(desk, row, ReminderState.MISSED)
            continue
        occasion = occasions.load(desk, row["occasion"])
        assert occasion is not None
        reminder = Reminder(Kind(row["kind"]), row["due_at"])
        at = sent_at(reminder, occasions.as_planned(occasion), desk.now, calendar, settings)
        if at is None and heard > desk.now:
            at = heard
        if at is None:
            missed[row["occasion"]] = row
            _settle(desk, row, ReminderState.MISSED)
        elif at > desk.now:
            desk.db.execute("update meeting_reminder set due_at = ? where id = ?", (at, row["id"]))
        else:
            if row["occasion"] not in useful or _rank(row) < _rank(useful[row["occasion"]]):
                useful[row["occasion"]] = row
            _settle(desk, row, ReminderState.SENT)
    _send(desk, whom, list(useful.values()), list(missed.values()))


def _rank(row: Row) -> int:
    return _URGENT.index(Kind(row["kind"]))


def _settle(desk: Desk, row: Row, state: ReminderState) -> None:
    desk.db.execute("update meeting_reminder set state = ? where id = ?", (state.value, row["id"]))


def _send(desk: Desk, whom: Row, useful: list[Row], missed: list[Row]) -> None:
    """One meeting's card comes to the bottom; several are one list, each a tap away."""
    language, lines, buttons = whom["language"], [], []
    for row in useful:
        occasion = occasions.load(desk, row["occasion"])
        assert occasion is not None
        notice = meeting_card.notice(desk, Kind(row["kind"]), occasion, row["told"], language)
        known = None if occasion["state"] == OccasionState.CANCELLED else occasion["starts_at"]
        update = "update meeting_invited set told = ? where occasion = ? and person = ?"
        desk.db.execute(update, (known, row["occasion"], whom["id"]))
        if len(useful) == 1 and not missed:
            if row["kind"] == Kind.DAY_BEFORE:
                notice = "\n".join([notice, "", *agenda.lines(desk, occasion, language)])
            meeting_card.remind(desk, occasion, whom, notice, urgent=row["kind"] in _NOW)
            return
        lines.append(text(language, "meetings-due-line", notice=notice, title=meeting_card.title(occasion, language)))
        label = rhythms.slot(desk, occasion["starts_at"], language)
        buttons.append([Button(label, f"mt:{occasion['id']}:show")])
    for row in missed:
        occasion = occasions.load(desk, row["occasion"])
        assert occasion is not None
        slot = meeting_card.when(desk, occasion, language)
        lines.append(text(language, "meeting-missed", slot=slot, title=meeting_card.title(occasion, language)))
    if lines:
        address = address_of(whom["address"])
        desk.show(address, CARD, "\n\n".join(lines), buttons, renew=True, priority=Priority.REMINDER)
