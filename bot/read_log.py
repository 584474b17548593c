"""The read log as it is exported: who opened which report, when, through what."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.database import Database, Row

HEADER = ("time", "report", "kind", "place", "person", "name", "role", "through")
# A spreadsheet takes what begins so for a formula.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
_LINES = """
select opening.opened_at as time, report.number as report, report.kind, place.code as place, person.code as person,
       person.name, person.role, opening.through
from opening join report on report.id = opening.report join person on person.id = opening.person
join place on place.id = report.place
where (:report is null or report.number = :report) and (:person is null or person.code = :person)
and (:since is null or opening.opened_at >= :since) and (:until is null or opening.opened_at < :until)
order by opening.id desc
"""


def lines(
    db: Database,
    *,
    report: str | None = None,
    person: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Row]:
    """The log, the newest first: of one report, of one person, from `since` and before `until`."""
    return db.all(_LINES, {"report": report, "person": person, "since": since, "until": until})


def as_csv(rows: Iterable[Row], zone: ZoneInfo) -> str:
    """With HEADER; no cell of it is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([_harmless(cell) for cell in _cells(row, zone)] for row in rows)
    return out.getvalue()


def as_text(rows: Iterable[Row], zone: ZoneInfo) -> str:
    """A line for each, cells apart by tabs."""
    return "".join("\t".join(_cells(row, zone)) + "\n" for row in rows)


def _cells(row: Row, zone: ZoneInfo) -> Sequence[str]:
    return [
        f"{row['time'].astimezone(zone):%Y-%m-%d %H:%M:%S%z}",
        *(" ".join(row[name].split()) for name in HEADER[1:]),
    ]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
