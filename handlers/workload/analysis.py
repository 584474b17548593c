"""Duty M3: the buttons of a committee's monthly analysis, and its papers."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chat.texts import text
from exports.analysis import Picture
from handlers import paper, places
from handlers.desk import Desk, Turn
from handlers.paper import Gathered
from handlers.workload import (
    analysis_card,
    analysis_forms,
    committee,
    month_analysis,
    month_figures,
    month_record,
)
from models.database import Row
from models.paper import PaperKind
from models.person import Role
from workload.analysis_due import CHOICES, before

if TYPE_CHECKING:
    from exports.studio import Studio

PAPERS = (PaperKind.ANALYSIS, PaperKind.ANALYSIS_PICTURE)


def pressed(turn: Turn, place: int, verb: str, value: int) -> None:
    """A button of the card. Cadres of the committee write; its officers read, and have it made."""
    person = committee.person_of(turn, place, *analysis_card.READERS)
    writes = committee.person_of(turn, place, Role.CADRE) is not None
    if person is None or (verb not in ("show", "make") and not writes):
        turn.toast("not-yours")
        return
    month = month_record.in_hand(turn, place)
    match verb:
        case "show":
            turn.toast()
            analysis_card.show(turn, place, renew=True)
        case "back":
            turn.toast()
            analysis_card.show(turn, place)
        case "make" if asked := next((m for m in (month, before(month)) if value == analysis_card.number(m)), None):
            ordered = [paper.order(turn, kind, person["id"], month_figures.name(asked), place=place) for kind in PAPERS]
            turn.toast("" if any(ordered) else "analysis-under-way")
        case "counts" if value == analysis_card.number(month):
            turn.toast()
            analysis_forms.count(turn, place, month)
        case "words" if value == analysis_card.number(month):
            if month_record.is_sent(month_record.record(turn, place, month)):
                turn.toast("analysis_words-sent-already")
                analysis_card.show(turn, place)
            else:
                turn.toast()
                analysis_forms.write(turn, place, month)
        case "days":
            turn.toast()
            analysis_card.ask_day(turn, place)
        case "day" if value in CHOICES:
            month_record.meet_on(turn, place, value)
            turn.toast("analysis-day-set")
            analysis_card.show(turn, place)
        case _:
            turn.toast("card-old")
            analysis_card.show(turn, place)


def gather(desk: Desk, asked: Row) -> Gathered:
    """The analysis of a month as DOCX, with its picture in it (of a paper: `handlers.paper`)."""
    told, language = _told(desk, asked), asked["language"]
    analysis, board = month_analysis.written(told, language), month_analysis.pictured(told, language)
    words = month_analysis.caption(told, language)

    async def make(studio: "Studio") -> bytes:
        picture = Picture(await studio.board(board), words)
        return await studio.document(replace(analysis, picture=picture))

    return Gathered(f"{_file(told, asked)}.docx", words, make)


def gather_picture(desk: Desk, asked: Row) -> Gathered:
    """The same as a picture for a phone."""
    told, language = _told(desk, asked), asked["language"]
    board = month_analysis.pictured(told, language)
    return Gathered(
        f"{_file(told, asked)}.png",
        month_analysis.caption(told, language),
        lambda studio: studio.board(board),
        picture=True,
    )


def _told(desk: Desk, asked: Row) -> month_analysis.Told:
    month = month_figures.number(asked["period"])
    with desk.db.snapshot():
        return month_record.gather(desk, asked["place"], month, places.name(desk, asked["place"]))


def _file(told: month_analysis.Told, asked: Row) -> str:
    """What the file is called, without its ending."""
    return text(asked["language"], "analysis-file", place=told.place, month=asked["period"])
