"""Duty M3: the buttons of a committee's monthly analysis, and its papers."""

from contextlib import suppress
from dataclasses import replace

from chat.texts import text
from exports.analysis import Picture
from exports.faces import FontMissing
from exports.studio import Studio
from handlers import paper, places
from handlers.desk import Desk, Turn
from handlers.paper import Gathered, file_name
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

PAPERS = (PaperKind.ANALYSIS, PaperKind.ANALYSIS_PICTURE)


def pressed(turn: Turn, place: int, verb: str, value: int) -> None:
    """A button of the card. Cadres of the committee write; its officers read, and have it made."""
    person = committee.person_of(turn, place, *committee.READERS)
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
            turn.toast("" if any(ordered) else "paper-under-way")
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


def gather(desk: Desk, asked: Row) -> Gathered | None:
    """The analysis of a month as DOCX, with its picture in it where there is a font for that."""
    told, language = _told(desk, asked), asked["language"]
    if told is None:
        return None
    analysis, board = month_analysis.written(told, language), month_analysis.pictured(told, language)
    words = month_analysis.caption(told, language)

    async def make(studio: Studio) -> bytes:
        with suppress(FontMissing):
            return await studio.document(replace(analysis, picture=Picture(await studio.board(board), words)))
        return await studio.document(analysis)

    return Gathered(_file(told, asked, "docx"), words, make)


def gather_picture(desk: Desk, asked: Row) -> Gathered | None:
    """The same as a picture for a phone."""
    told, language = _told(desk, asked), asked["language"]
    if told is None:
        return None
    board = month_analysis.pictured(told, language)

    async def make(studio: Studio) -> bytes:
        return await studio.board(board)

    return Gathered(_file(told, asked, "png"), month_analysis.caption(told, language), make, picture=True)


def _told(desk: Desk, asked: Row) -> month_analysis.Told | None:
    """What the paper says; None where whoever it is for may not read it (any more)."""
    with desk.db.snapshot():
        if committee.role_at(desk, asked["person"], asked["place"]) not in committee.READERS:
            return None
        month = month_figures.number(asked["period"])
        return month_record.gather(desk, asked["place"], month, places.name(desk, asked["place"]))


def _file(told: month_analysis.Told, asked: Row, ending: str) -> str:
    """What the file is called."""
    name = text(asked["language"], "analysis-file", place=told.place, month=asked["period"])
    return file_name(f"{name}.{ending}")
