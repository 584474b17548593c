"""Who was at a meeting, as it is kept: what each answered, until whoever writes the minutes says otherwise (M1, M2)."""

from dataclasses import dataclass

from chat.texts import text
from handlers.desk import Desk
from models.database import Row, opened, sealing
from models.meeting import Answer
from models.minutes import Attendance, Presence

_STARTS_AS = {
    Answer.YES.value: Presence.THERE,
    Answer.LATE.value: Presence.THERE,
    Answer.STAND_IN.value: Presence.STAND_IN,
}
_LISTED = f"""
select meeting_invited.person, meeting_invited.answer, person.name, {opened(Attendance, "presence", "stand_in")}
from meeting_invited join person on person.id = meeting_invited.person
left join attendance on attendance.occasion = meeting_invited.occasion and attendance.person = meeting_invited.person
where meeting_invited.occasion = ? order by meeting_invited.person
"""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited (`person`: id), and whether they were there.

    `sends` whether they said that somebody comes in their place, `stand_in` who that is; empty: not told.
    """

    person: int
    name: str
    presence: Presence
    sends: bool
    stand_in: str

    @property
    def other(self) -> Presence:
        """What a tap makes of them: there or not, or for whom somebody came in their place that again."""
        if self.presence is Presence.THERE:
            return Presence.ABSENT
        return Presence.STAND_IN if self.sends and self.presence is Presence.ABSENT else Presence.THERE


def _guest(row: Row) -> Guest:
    presence = Presence(row["presence"]) if row["presence"] else _STARTS_AS.get(row["answer"], Presence.ABSENT)
    stand_in = row["stand_in"] or ""
    sends = row["answer"] == Answer.STAND_IN or bool(stand_in)
    return Guest(row["person"], row["name"], presence, sends, stand_in)


def listed(desk: Desk, occasion: int) -> list[Guest]:
    """Everybody invited, in an order that stays."""
    return [_guest(row) for row in desk.db.all(_LISTED, (occasion,))]


def called(name: str, stand_in: str, language: str) -> str:
    """Somebody, and who comes in their place if that was told."""
    return text(language, "minutes-stand_in_for", name=name, stand_in=stand_in) if stand_in else name


def put(desk: Desk, occasion: int, person: int, presence: Presence) -> None:
    """Somebody was there, or was not."""
    _open(desk, occasion, person)
    update = "update attendance set presence = ?, at = ? where occasion = ? and person = ?"
    desk.db.execute(update, (presence.value, desk.now, occasion, person))


def name_stand_in(desk: Desk, occasion: int, person: int, stand_in: str) -> None:
    """Whom somebody sends in their place."""
    _open(desk, occasion, person)
    update = (
        f"update attendance set stand_in = {sealing(Attendance, 'stand_in')}, at = ? where occasion = ? and person = ?"
    )
    desk.db.execute(update, (stand_in, desk.now, occasion, person))


def _open(desk: Desk, occasion: int, person: int) -> None:
    desk.db.insert_new(Attendance, occasion=occasion, person=person, at=desk.now)
