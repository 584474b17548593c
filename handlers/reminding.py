"""Tells people what has become due: of meetings and visits alike, each thing once. Called by the tick.

What is to be said to somebody are rows (models.reminder), made anew by reminders.plan after each change out of what
they were told last. What is of one room only (the card, the words) the room gives as a `Source`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from chat.messages import Address, Button, Priority
from chat.texts import text
from handlers.desk import Desk, address_of
from handlers.unsent import take_back
from models.database import Row, opened
from models.reminder import Reminder, ReminderState
from models.visit import Visit
from reminders import own_times, plan
from reminders.plan import Kind, Rule, Settings, Told, heard_at, quarter_ends, replan, sent_at

CHATS = 40  # told in one transaction, so that nobody waits for it
_URGENT = (Kind.CANCELLED, Kind.MOVED, Kind.START, Kind.SOON, Kind.DAY_BEFORE, Kind.INVITATION)
NOW = frozenset((Kind.CANCELLED, Kind.MOVED, Kind.START, Kind.SOON))  # does not wait for the end of a form
_OWN_TIMES = """
select person.id, quiet_from, quiet_until, evening, lead,
       (select json_group_array(json_array(first, last)) from leave
        where leave.person = person.id and taken_back_at is null and last >= ?) as leave
from json_each(?) as asked join person on person.id = asked.value
left join own_times on own_times.account = person.account
"""
_STAFF = """
select coalesce(person.account, -person.id) as chat from reminder join person on person.id = reminder.person
where reminder.state = 'waiting' and reminder.due_at <= ? group by chat limit ?
"""
_APPLICANTS = """
select visit.mark from reminder join visit on visit.id = reminder.visit
where reminder.state = 'waiting' and reminder.person is null and reminder.due_at <= ? group by visit.mark limit ?
"""
_DUE = "reminder.state = 'waiting' and (reminder.due_at <= ? or reminder.due_at < ? and reminder.kind <> 'start')"
_COLUMNS = ", ".join(f"reminder.{name}" for name in ("id", "meeting", "visit", "person", "kind", "start", "due_at"))
_OF_STAFF = f"""
select {_COLUMNS}, person.role, person.active and account.id is not null and not account.blocked as reachable,
       account.address, coalesce(account.language, person.language) as language,
       meeting_invited.answer in ('yes', 'late') as coming
from person join reminder on reminder.person = person.id left join account on account.id = person.account
left join meeting_invited on meeting_invited.occasion = reminder.meeting and meeting_invited.person = person.id
where coalesce(person.account, -person.id) = ? and {_DUE} order by reminder.due_at, reminder.id
"""
_OF_APPLICANT = f"""
select {_COLUMNS}, '' as role, 0 as coming, not visit.unreachable as reachable, {opened(Visit, "route", "language")}
from visit join reminder on reminder.visit = visit.id and reminder.person is null
where visit.mark = ? and {_DUE} order by reminder.due_at, reminder.id
"""
_OPEN = f"('{ReminderState.WAITING}', '{ReminderState.SILENT}')"
_RECALLED = (
    "update outbox set state = 'recalled', payload = '', card = '', about = '' "
    "where card = ? and priority = '2' and state in ('waiting', 'sending')"  # after a crash that may be sent once more
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom something is told: somebody of the staff, or the applicant of a visit (`person` None, `role` empty)."""

    person: int | None
    role: str
    address: Address
    language: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a room gives of its own for the things that people are reminded of.

    `card` is what its card is called in the chat of somebody of the staff, or of its applicant (None). `load` finds one
    by its number; `as_planned` is how reminders are planned for it. `notice` says what is new, `title` what it is
    called, `slot` its day and time, `when` that and where. `data` is what the button carries that leads to its card;
    `remind` brings that to the bottom with the notice; `learned` keeps that the reader knows of it as it is now.
    """

    card: Callable[[int, int | None], str]
    load: Callable[[Desk, int], Row | None]
    as_planned: Callable[[Row], plan.Occasion]
    notice: Callable[[Desk, Row, Reader, Kind], str]
    title: Callable[[Row, str], str]
    slot: Callable[[Desk, Row, str], str]
    when: Callable[[Desk, Row, str], str]
    data: Callable[[Row, Reader], str]
    remind: Callable[[Desk, Row, Reader, Kind, str], None]
    learned: Callable[[Desk, Row, Reader], None]


SOURCES: dict[str, Source] = {}  # by the column of models.reminder.Reminder that names the thing


def settings_of(desk: Desk, person: int | None) -> Settings:
    """When somebody wants to hear nothing, and when to be reminded, as their account chose; and their days of leave
    from now on (None: an applicant). Everything that is held for later is held by these."""
    return _settings_of_all(desk, [person]).get(person, Settings())


def _settings_of_all(desk: Desk, persons: Collection[int | None]) -> dict[int | None, Settings]:
    """The same of many; an applicant is not among them."""
    rows = desk.db.all(_OWN_TIMES, (desk.today.isoformat(), list(persons)))
    return {person: own_times.settings(*chosen) for person, *chosen in rows}


def recall(desk: Desk, card: str) -> None:
    """What reminds of it and has not been sent yet is not sent."""
    desk.db.execute(_RECALLED, (card,))


def replanned(
    desk: Desk,
    about: str,
    number: int,
    occasion: plan.Occasion,
    told: Mapping[int | None, Told],
    rules: Sequence[Rule] = plan.RULES,
) -> None:
    """What waits for these people is what is still to be said of the thing as it is now; what was sent stays.

    `about` is a key of SOURCES; `told` says of each which start they heard of last and whether they come.
    """
    kept = _kept(desk, about, number, told)
    chosen = _settings_of_all(desk, told)
    usual, calendar = Settings(), desk.house.calendar

    @cache  # most of those who come to a meeting have heard the same of it and chose nothing
    def planned(told: Told, settings: Settings) -> tuple[plan.Reminder, ...]:
        return replan(occasion, told, desk.now, rules, calendar, settings)

    waiting = []
    for person, heard in told.items():
        rows = kept.get(person, ())
        sent = frozenset((Kind(row["kind"]), row["start"]) for row in rows if not row["open"])
        waited = frozenset(Kind(row["kind"]) for row in rows if row["open"])
        for reminder in planned(replace(heard, sent=sent, waited=waited), chosen.get(person, usual)):
            waiting.append(
                {
                    about: number,
                    "person": person,
                    "kind": reminder.kind.value,
                    "start": occasion.starts_at,
                    "due_at": reminder.at,
                    "state": (ReminderState.SILENT if reminder.silent else ReminderState.WAITING).value,
                }
            )
    desk.db.insert_all(Reminder, waiting)


def _kept(desk: Desk, about: str, number: int, persons: Collection[int | None]) -> dict[int | None, list[Row]]:
    """What was planned for each of these people; what of it was not sent is taken away, as it is planned anew."""
    asked = (
        f"select reminder.id, person, kind, start, state in {_OPEN} as open from json_each(?) as asked "
        f"cross join reminder on {about} = ? and person is asked.value"
    )
    found = defaultdict(list)
    rows = desk.db.all(asked, (list(persons), number))
    for row in rows:
        found[row["person"]].append(row)
    waiting = [row["id"] for row in rows if row["open"]]
    if waiting:
        desk.db.execute("delete from reminder where id in (select value from json_each(?))", (waiting,))
    return found


def forget_waiting(desk: Desk, about: str, number: int, person: int | None) -> None:
    """Nothing waits to be said of it to this person any more."""
    desk.db.execute(f"delete from reminder where {about} = ? and person is ? and state in {_OPEN}", (number, person))


def sweep(desk: Desk) -> None:
    """Tell everybody to whom something is due."""
    take_back(desk, lambda row: SOURCES[_about(row)].card(row[_about(row)], row["person"]))
    for row in desk.db.all(_STAFF, (desk.now, CHATS)):
        _tell(desk, _OF_STAFF, row["chat"])
    for row in desk.db.all(_APPLICANTS, (desk.now, CHATS)):
        _tell(desk, _OF_APPLICANT, row["mark"])


def _about(row: Row) -> str:
    return next(name for name in SOURCES if row[name] is not None)


@dataclass(frozen=True, slots=True)
class _Due:
    """Something that is due to a reader now."""

    source: Source
    thing: Row
    reader: Reader
    kind: Kind


def _tell(desk: Desk, asked: str, chat: int | bytes) -> None:
    """All that is due in one chat in this quarter of an hour: the outbox makes one message of it."""
    calendar = desk.house.calendar
    chosen: dict[int | None, Settings] = {}  # by whom, each looked up once
    useful: dict[tuple[str, int], _Due] = {}
    missed: dict[tuple[str, int], _Due] = {}
    for row in desk.db.all(asked, (chat, desk.now, quarter_ends(desk.now))):
        if row["person"] not in chosen:
            chosen[row["person"]] = settings_of(desk, row["person"])
        settings = plan.own(chosen[row["person"]], Told(row["start"], coming=bool(row["coming"])), calendar)
        heard = heard_at(desk.now, calendar, settings)
        if row["due_at"] > desk.now and heard > desk.now:
            continue  # what is due a little later comes along only where it might also come alone now
        if not row["reachable"]:
            _settle(desk, row, ReminderState.MISSED)
            continue
        about = _about(row)
        due = _due(desk, about, row)
        wanted = plan.Reminder(due.kind, row["due_at"])
        at = sent_at(wanted, due.source.as_planned(due.thing), desk.now, calendar, settings)
        if at is None and heard > desk.now:
            at = heard
        key = (about, row[about])
        if at is None:
            missed[key] = due
            _settle(desk, row, ReminderState.MISSED)
        elif at > desk.now:
            desk.db.execute("update reminder set due_at = ? where id = ?", (at, row["id"]))
        else:
            if key not in useful or _rank(due) < _rank(useful[key]):
                useful[key] = due
            _settle(desk, row, ReminderState.SENT)
    for due in useful.values():
        _remind(desk, due)
    if missed:
        _say_missed(desk, list(missed.values()))


def _due(desk: Desk, about: str, row: Row) -> _Due:
    source = SOURCES[about]
    thing = source.load(desk, row[about])
    assert thing is not None
    written = row["address"] if row["person"] is not None else row["route"]
    reader = Reader(row["person"], row["role"], address_of(written), row["language"])
    return _Due(source, thing, reader, Kind(row["kind"]))


def _rank(due: _Due) -> int:
    return _URGENT.index(due.kind)


def _settle(desk: Desk, row: Row, state: ReminderState) -> None:
    desk.db.execute("update reminder set state = ?, told_at = ? where id = ?", (state.value, desk.now, row["id"]))


def _remind(desk: Desk, due: _Due) -> None:
    """The card of the thing comes to the bottom; beside others it is a line and a button that leads there."""
    source, thing, reader = due.source, due.thing, due.reader
    notice = source.notice(desk, thing, reader, due.kind)
    source.learned(desk, thing, reader)
    source.remind(desk, thing, reader, due.kind, notice)
    title = source.title(thing, reader.language)
    line = text(reader.language, "reminder-line", notice=notice, title=title)
    button = Button(source.slot(desk, thing, reader.language), source.data(thing, reader))
    desk.abridge(reader.address, source.card(thing["id"], reader.person), line, [[button]])


def _say_missed(desk: Desk, missed: list[_Due]) -> None:
    """What has passed before it could be told. Each such card is one of its own: none gives way to the next."""
    lines = []
    for due in missed:
        language = due.reader.language
        slot, title = due.source.when(desk, due.thing, language), due.source.title(due.thing, language)
        lines.append(text(language, "reminder-missed", slot=slot, title=title))
    address, card = missed[0].reader.address, f"reminders:missed:{desk.now:%Y%m%d%H%M%S}"
    desk.show(address, card, "\n\n".join(lines), renew=True, priority=Priority.REMINDER)
    desk.abridge(address, card)
