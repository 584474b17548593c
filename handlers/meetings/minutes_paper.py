"""The minutes of a meeting as a document, for whoever was invited to it (M1, M2)."""

from contextlib import suppress
from datetime import date

from attachments.sealed_file import Damaged
from chat.day import written
from chat.texts import listed, text
from exports.analysis import Analysis, Picture, Section, Table
from exports.studio import Studio
from handlers.desk import Desk
from handlers.meetings import attendance, meeting_card, minutes, minutes_card, occasions
from handlers.meetings.minutes import Content
from handlers.paper import Gathered, file_name
from models.attachment import Attachment
from models.database import Row, opened


def gather(desk: Desk, asked: Row) -> Gathered | None:
    """The newest version as DOCX: the same bytes for as long as it is the newest."""
    with desk.db.snapshot():
        occasion, row = occasions.load(desk, int(asked["period"])), minutes.load(desk, int(asked["period"]))
        if occasion is None or row is None or row["content"] is None:
            return None
        if asked["person"] not in [each["person"] for each in occasions.invited(desk, occasion["id"])]:
            return None
        language = asked["language"]
        made = document(desk, occasion, row, language)
    day = occasion["starts_at"].astimezone(desk.house.zone).date()
    about = {"place": occasion["place_name"], "day": day.isoformat(), "version": row["version"]}
    name = text(language, "minutes-file-corrected" if row["version"] > 1 else "minutes-file", **about)

    async def make(studio: Studio) -> bytes:
        return await studio.document(made)

    return Gathered(file_name(f"{name}.docx"), f"{made.title} {made.committee} {made.month}", make)


def document(desk: Desk, occasion: Row, row: Row, language: str) -> Analysis:
    """What it says: the same kind of paper as the monthly analysis, without figures and picture."""
    says = minutes.read(desk, row["content"])
    sections = [Section(text(language, "minutes-attendance"), _people(says, language))]
    for number, point in enumerate(says["points"], start=1):
        words = tuple(point["words"].splitlines()) or (text(language, "minutes-no_words"),)
        heading = f"{number}. {minutes_card.heading(point, language)}"
        sections.append(Section(heading, words, pictures=_pictures(desk, point["photos"], heading)))
    if says["items"]:
        sections.append(Section(text(language, "minutes-items"), (), _items(says, language)))
    if says["noted"]:
        noted = tuple(minutes_card.noted_line(one, language) for one in says["noted"])
        sections.append(Section(text(language, "minutes-noted"), noted))
    return Analysis(
        title=text(language, "minutes-title"),
        committee=occasion["place_name"],
        month=meeting_card.when(desk, occasion, language),
        authors=(meeting_card.title(occasion, language), minutes_card.state(row, language)),
        sections=tuple(sections),
        figures=None,
        picture=None,
        made=row["final_at"] or row["sent_at"],
    )


def _pictures(desk: Desk, photos: list[int], words: str) -> tuple[Picture, ...]:
    """The photos of a point as they are kept; one whose file is gone is left out."""
    found = []
    for number in photos:
        row = desk.db.one(f"select {opened(Attachment, 'name', 'key')} from attachment where id = ?", (number,))
        with suppress(OSError, Damaged):
            if row is not None:
                with desk.house.cabinet.open(row["name"], bytes.fromhex(row["key"])) as kept:
                    found.append(Picture(kept.read(), words))
    return tuple(found)


def _people(says: Content, language: str) -> tuple[str, ...]:
    """Everybody by name: a document has room."""
    stand_ins = [attendance.called(name, stand_in, language) for name, stand_in in says["stand_ins"]]
    parts = (("there", says["there"]), ("stand_in", stand_ins), ("absent", says["absent"]))
    return tuple(
        text(language, f"minutes-{name}", count=len(people), who=listed(language, people) or "–")
        for name, people in parts
        if people or name == "there"
    )


def _items(says: Content, language: str) -> Table:
    header = tuple(text(language, f"minutes-column-{name}") for name in ("words", "owner", "day"))
    rows = tuple(
        (item["words"], item["who"], written(date.fromisoformat(item["day"]), language)) for item in says["items"]
    )
    return Table(text(language, "minutes-items"), header, rows)
