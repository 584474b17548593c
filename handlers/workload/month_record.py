"""A committee's monthly analysis as it is kept: what a cadre told for it, when the committee meets (duties M3, W3)."""

from datetime import UTC

from handlers.desk import Desk
from handlers.workload import month_figures
from handlers.workload.month_analysis import Told, Words
from models.analysis import MeetingDay, MonthlyAnalysis, RegisterCount
from models.database import Row, columns, sealing
from workload.analysis import Register
from workload.analysis_due import USUAL, Kind, before, in_question, meeting, moments
from workload.weeks import Month

_RECORD = f"select {columns(MonthlyAnalysis)} from monthly_analysis"


def working_day(desk: Desk, place: int) -> int:
    """On which working day of a month a committee meets."""
    row = desk.db.one("select working_day from meeting_day where place = ?", (place,))
    return int(row["working_day"]) if row else USUAL


def meet_on(desk: Desk, place: int, working_day: int) -> None:
    """The committee meets on another working day; what is still to come of its analyses comes before that."""
    if not desk.db.insert_new(MeetingDay, place=place, working_day=working_day):
        desk.db.execute("update meeting_day set working_day = ? where place = ?", (working_day, place))
    look = "update monthly_analysis set look_at = ? where place = ? and look_at is not null"
    desk.db.execute(look, (desk.now, place))


def in_hand(desk: Desk, place: int) -> Month:
    """The month that a committee works at."""
    return in_question(desk.house.today(desk.now), working_day(desk, place), desk.house.calendar)


def open_record(desk: Desk, place: int, month: Month) -> Row:
    """The record of a committee's month, made where it is not there yet; what is to come waits for its time.

    A committee that has met already about a month that was not begun is asked nothing about it.
    """
    nth, calendar = working_day(desk, place), desk.house.calendar
    is_over = meeting(month, nth, calendar) < desk.house.today(desk.now)
    look_at = None if is_over else min(moments(month, nth, calendar).values()).astimezone(UTC)
    desk.db.insert_new(MonthlyAnalysis, place=place, month=month_figures.name(month), sent=[], look_at=look_at)
    row = record(desk, place, month)
    assert row is not None
    return row


def record(desk: Desk, place: int, month: Month) -> Row | None:
    """The record of a committee's month, if there is one."""
    return desk.db.one(f"{_RECORD} where place = ? and month = ?", (place, month_figures.name(month)))


def load(desk: Desk, number: int) -> Row | None:
    """A record by its number."""
    return desk.db.one(f"{_RECORD} where id = ?", (number,))


def is_sent(row: Row | None) -> bool:
    """Whether an analysis went out by itself: its words are no longer changed."""
    return row is not None and Kind.SENT in row["sent"]


def is_told(desk: Desk, row: Row) -> bool:
    """Whether the cadre told everything that is asked for it."""
    counted = month_figures.register(desk, row["place"], month_figures.number(row["month"]))
    return row["told_at"] is not None and counted is not None


def tell(desk: Desk, place: int, month: Month, words: Words) -> None:
    """The words of an analysis, instead of those that were told before."""
    row = open_record(desk, place, month)
    update = (
        f"update monthly_analysis set difficulties = {sealing(MonthlyAnalysis, 'difficulties')}, "
        f"suggestions = {sealing(MonthlyAnalysis, 'suggestions')}, told_at = ? where id = ?"
    )
    desk.db.execute(update, (words.difficulties or "", words.suggestions or "", desk.now, row["id"]))


def words(row: Row | None) -> Words:
    """What was told for an analysis."""
    return Words(row["difficulties"], row["suggestions"]) if row and row["told_at"] else Words()


def count(desk: Desk, place: int, month: Month, register: Register, by: int) -> None:
    """The counts of a register as somebody told them; what was told before stays, and counts no longer."""
    desk.db.insert(
        RegisterCount,
        place=place,
        month=month_figures.name(month),
        dwellings=register.dwellings,
        covered=register.covered,
        expected=register.expected,
        present=register.present,
        by=by,
        at=desk.now,
    )


def gather(desk: Desk, place: int, month: Month, name: str) -> Told:
    """All that the analysis of a committee (called `name`) is made of."""
    last = before(month)
    return Told(
        name,
        month_figures.collect(desk, place, month),
        month_figures.collect(desk, place, last),
        month_figures.a_year_before(desk, place, month),
        month_figures.a_year_before(desk, place, last),
        words(record(desk, place, month)),
        month_figures.is_over(desk, month),
        desk.now.astimezone(desk.house.zone),
        str(desk.house.zone),
    )
