"""What a conversation has at hand: the database inside its transaction, the time, the house rules, the way out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from alerts.escalation import OneWorkingDay, Rules, TimeLimits
from attachments.cabinet import Cabinet
from chat.calendar import Calendar
from chat.messages import Act, Address, Brief, Button, Incoming, Outgoing, Priority
from chat.texts import nearest, text
from handlers.strangers import Strangers
from models.database import Database, Row
from models.report import VIOLATIONS, ReportKind
from reminders.calendar import WorkingDays

_COLUMNS = 36  # Latin letters that the labels of one row may have together on a phone 390 px wide
HELLO = "hello"  # the payload of a deep link that only opens the chat


@dataclass(frozen=True, slots=True)
class House:
    """Settings that conversations need. `link` makes a deep link that opens the bot with a payload."""

    zone: ZoneInfo
    rules: Rules = field(default_factory=Rules)
    emergency: str = "110 / 119 / 120"
    draft_hours: int = 24
    language: str = "zh"  # of groups, and of phones that tell none
    report_days: int = 90  # that a report is kept after it was closed
    tip_days: int = 180
    violation_days: int = 180
    words_days: int = 365
    certificate_days: int = 5  # working days for the decision on a certificate of residence
    visit_days: int = 30  # that a request for a visit is kept after it was decided
    requests_per_committee: int = 30  # of a day, that nobody has taken: as many as two people visit in a working week
    violation_kinds: Sequence[str] = VIOLATIONS
    unfounded_days: int = 7  # the same for what was unfounded or withdrawn
    link: Callable[[str], str] = lambda payload: f"/start {payload}"
    feed_url: str = ""  # where personal calendars are served; empty: they are not
    days: WorkingDays = field(default_factory=WorkingDays)
    cabinet: Cabinet = field(default_factory=lambda: Cabinet(Path("attachments")))
    strangers: Strangers = field(default_factory=Strangers)

    def limits(self, kind: str) -> TimeLimits:
        """How long somebody may take to acknowledge a report of this kind."""
        return self.rules if kind == ReportKind.SUSPICIOUS else OneWorkingDay(self.zone, self.next_working_day)

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.days.next_working_day(day)

    def working_day_from(self, day: date) -> date:
        """This day, or where it is a day off the first working day after it."""
        return self.next_working_day(day - timedelta(days=1))

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day."""
        return self.days.is_working_day(day)

    @property
    def calendar(self) -> Calendar:
        """What decisions about days are made by."""
        return Calendar(self.zone, self.is_working_day)

    def working_days(self, first: date, last: date) -> list[date]:
        """The days from the first to the last on which people work."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.is_working_day(day)]

    def today(self, now: datetime) -> date:
        """The day that it is in the house's zone."""
        return now.astimezone(self.zone).date()


def in_rows(buttons: Sequence[Button], wide: int = 2) -> list[list[Button]]:
    """Buttons as they stand under a message, so many in a row at most: fewer where a phone would cut a label off."""
    rows: list[list[Button]] = []
    for button in buttons:
        row = [*rows[-1], button] if rows else [button]
        if rows and len(row) <= wide and all(_columns(each.text) <= _COLUMNS // len(row) for each in row):
            rows[-1] = row
        else:
            rows.append([button])
    return rows


def _columns(label: str) -> int:
    """How wide a label is, in Latin letters; a Chinese character takes two."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in label)


def address_of(written: str) -> Address:
    platform, _, chat = written.partition(":")
    return Address(platform, chat)


class Desk:
    """One transaction's worth of work. What is put in `out` is sent only if the transaction is committed."""

    def __init__(self, db: Database, now: datetime, house: House) -> None:
        self.db = db
        self.now = now
        self.house = house
        self.out: list[Outgoing] = []

    def show(
        self,
        address: Address,
        card: str,
        body: str,
        buttons: Sequence[Sequence[Button]] = (),
        *,
        renew: bool = False,
        priority: Priority = Priority.ANSWER,
        urgent: bool = False,
        about: str = "",
    ) -> None:
        """Show a card: edited in place where it stands, or brought to the bottom with `renew`.

        A card that this same work has shown already is sent once, as it is in the end.
        """
        act, brief = Act.RENEW if renew else Act.SHOW, None
        place = self._on_its_way(address, card)
        if place is not None:
            earlier = self.out[place]
            act = act if renew else earlier.act
            priority, about = min(priority, earlier.priority), about or earlier.about
            urgent, brief = urgent or earlier.urgent, earlier.brief
            if renew:  # below what was said since
                del self.out[place]
                place = None
        shown = Outgoing(
            address, act, body, buttons, card=card, priority=priority, urgent=urgent, brief=brief, about=about
        )
        if place is None:
            self.out.append(shown)
        else:
            self.out[place] = shown

    def abridge(self, address: Address, card: str, body: str = "", buttons: Sequence[Sequence[Button]] = ()) -> None:
        """What is left of this card, just shown, where other reminders reach the chat at the same time: all of it where
        no words are given."""
        place = self._on_its_way(address, card)
        if place is not None:
            shown = self.out[place]
            brief = Brief(body, buttons) if body else Brief(shown.text, shown.buttons)
            self.out[place] = replace(shown, brief=brief)

    def _on_its_way(self, address: Address, card: str) -> int | None:
        """Where in `out` this card is shown already, unless it is taken away after that."""
        for place in reversed(range(len(self.out))):
            earlier = self.out[place]
            if earlier.card == card and earlier.address == address:
                return place if earlier.act in (Act.SHOW, Act.RENEW) else None
        return None

    def note(self, address: Address, body: str, buttons: Sequence[Sequence[Button]] = ()) -> None:
        """A short message of its own."""
        self.out.append(Outgoing(address, Act.NOTE, body, buttons))

    @property
    def today(self) -> date:
        """The day that it is now in the house's zone."""
        return self.house.today(self.now)

    def bounds(self, first: date, last: date) -> tuple[datetime, datetime]:
        """When the first of these local days begins, and when the last has ended (UTC)."""
        at = self.house.calendar.at
        return at(first, time()), at(last + timedelta(days=1), time())

    def local(self, moment: datetime) -> str:
        """A moment in the house's zone, as people read it."""
        there = moment.astimezone(self.house.zone)
        return f"{there:%H:%M}" if there.date() == self.today else f"{there:%m-%d %H:%M}"


_PERSONS = """
select person.id, person.name, person.role, person.code, account.language, account.id as account_id
from person join account on account.id = person.account where account.name = ? and person.active order by person.id
"""


class Turn(Desk):
    """One update of one person being handled."""

    def __init__(self, db: Database, now: datetime, house: House, incoming: Incoming) -> None:
        super().__init__(db, now, house)
        self.incoming = incoming
        self._answered = False

    @cached_property
    def persons(self) -> list[Row]:
        """The staff this account is bound to, one row per role; empty for a stranger."""
        return self.db.all(_PERSONS, (self.incoming.account,))

    @cached_property
    def language(self) -> str:
        return self.persons[0]["language"] if self.persons else nearest(self.incoming.language or self.house.language)

    @property
    def address(self) -> Address:
        return self.incoming.address

    def person_in(self, *roles: str) -> Row | None:
        """The account's person in one of these roles."""
        return next((person for person in self.persons if person["role"] in roles), None)

    def text(self, name: str, /, **arguments: str | int) -> str:
        return text(self.language, name, **arguments)

    def say(self, name: str, /, **arguments: str | int) -> None:
        self.note(self.address, self.text(name, **arguments))

    def forget(self, card: str) -> None:
        """Take away a card that has served."""
        self.out.append(Outgoing(self.address, Act.FORGET, card=card))

    def forget_message(self, message: str) -> None:
        """Take away a message of this chat, a person's own too."""
        self.out.append(Outgoing(self.address, Act.FORGET, message=message, priority=Priority.REMINDER))

    def toast(self, name: str = "", /, **arguments: str | int) -> None:
        """Answer the pressed button, once, with a passing word or with nothing."""
        if self.incoming.press and not self._answered:
            self._answered = True
            body = self.text(name, **arguments) if name else ""
            self.out.append(Outgoing(self.address, Act.TOAST, body, press=self.incoming.press))
        elif name:
            self.say(name, **arguments)
