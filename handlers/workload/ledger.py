"""What the officers found of the ledgers, in words: the last check of a coordinator, the month of a committee (W7)."""

from collections.abc import Sequence
from datetime import date

from chat.day import written
from chat.texts import text
from handlers.desk import Desk
from models.database import Row
from workload.ledger import TARGET, Sample, accuracy, reaches, together
from workload.rates import Verdict, percent

_LAST = "select * from ledger_check where person = ? order by id desc limit 1"
_MONTH = """
select sample, correct from ledger_check where id in
    (select max(id) from ledger_check where person in ({}) and day between ? and ? group by person)
"""


def last(desk: Desk, person: int) -> Row | None:
    """The last check of a coordinator's ledger."""
    return desk.db.one(_LAST, (person,))


def found(check: Row, language: str) -> str:
    """What one check found."""
    said = [text(language, "ledger-found-book" if check["book"] else "ledger-found-no-book")]
    if check["book"]:
        said.append(text(language, "ledger-found-order" if check["in_order"] else "ledger-found-no-order"))
        said.append(_accuracy((check["correct"], check["sample"]), language))
    return text(language, "ledger-between").join(said)


def _accuracy(sample: Sample, language: str) -> str:
    """How accurate a sample is against the target, with a sign and in words."""
    part = accuracy(sample)
    if part is None:
        return text(language, "ledger-no-sample")
    sign = text(language, "board-above" if reaches(sample) is Verdict.MET else "board-below")
    correct, whole = sample
    figures = text(language, "ledger-accuracy", percent=f"{percent(part):.1f}", correct=correct, sample=whole)
    return figures + text(language, "ledger-target", sign=sign, percent=f"{percent(TARGET):.0f}")


def lines(desk: Desk, person: int, language: str) -> list[str]:
    """A coordinator's last check; that there was none, where there was none."""
    check = last(desk, person)
    if check is None:
        return [text(language, "ledger-never")]
    return [text(language, "ledger-last", day=_day(check, language), found=found(check, language))]


def _day(check: Row, language: str) -> str:
    return written(date.fromisoformat(check["day"]), language)


def sample(desk: Desk, people: Sequence[int], first: date, last: date) -> Sample:
    """The last samples between these days of each of these coordinators, together."""
    return together((row["correct"], row["sample"]) for row in _checked(desk, people, first, last))


def _checked(desk: Desk, people: Sequence[int], first: date, last: date) -> list[Row]:
    between = first.isoformat(), last.isoformat()
    return desk.db.all(_MONTH.format(", ".join("?" * len(people))), (*people, *between))


def month_lines(desk: Desk, people: Sequence[int], first: date, last: date, language: str) -> list[str]:
    """How many of these coordinators were checked between these days, and their samples together."""
    if not people:
        return []
    checked = _checked(desk, people, first, last)
    said = _accuracy(together((row["correct"], row["sample"]) for row in checked), language)
    return [text(language, "ledger-month", checked=len(checked), count=len(people), accuracy=said)]
