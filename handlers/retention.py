"""Short memory (scope.md): what has been closed for long enough is erased with all that hangs on it; a count stays.

Of reports and of requests for a visit everything goes; beside figures, which stay, only the words do.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import attaching
from handlers.desk import Desk, House
from handlers.erasing import erase_reports
from handlers.visits import visit_due
from models.report import KEPT_SHORT, ReportKind
from models.visit import VisitKind

MOST = 25  # reports in one transaction, and not many more once HELD_SECONDS are over: nobody waits long for it
AT_ONCE = 5
HELD_SECONDS = 0.01
UNFOUNDED = "unfounded"
# How long each kind is kept after it was closed: the setting (of House, in days) that says so. What was unfounded or
# abusive, or was withdrawn, goes as early as UNFOUNDED says, whatever its kind.
KEPT = {
    ReportKind.SUSPICIOUS.value: "report_days",
    ReportKind.TIP.value: "tip_days",
    ReportKind.VIOLATION.value: "violation_days",
    UNFOUNDED: "unfounded_days",
}
KEPT_REQUESTS = dict.fromkeys((kind.value for kind in VisitKind), "visit_days")
_DUE = "select id from report where kind = ? and closed_at <= ? limit ?"
_DUE_EARLY = f"select id from report where ({KEPT_SHORT}) and closed_at <= ? limit ?"
# What was said at meetings goes; beside figures, which stay, only the words do.
_OLD_MINUTES = (
    "(select minutes.id from minutes join meeting on meeting.id = minutes.occasion where meeting.starts_at <= :moment "
    "and minutes.state <> 'draft')"  # an objection to it is decided first
)
_PHOTOS = {
    "minutes_point": "select distinct attachment.minutes_point as of from attachment join minutes_point "
    f"on minutes_point.id = attachment.minutes_point where minutes_point.minutes in {_OLD_MINUTES}",
    "inspection": "select distinct inspection as of from attachment join area_plan_inspection "
    "on area_plan_inspection.id = inspection join area_plan on area_plan.id = plan where closed_at <= :moment",
}
_WORDS = (
    "delete from reminder where meeting in (select id from meeting where starts_at <= :moment)",
    f"delete from minutes_word where minutes in {_OLD_MINUTES}",
    f"delete from objection where minutes in {_OLD_MINUTES}",
    f"delete from minutes_point where minutes in {_OLD_MINUTES}",
    f"update minutes set content = null where content is not null and id in {_OLD_MINUTES}",
    "update attendance set stand_in = '' where at <= :moment and stand_in <> ''",
    "delete from agenda_point where at <= :moment",
    "delete from action_item where done_at <= :moment",
    "update spot_check set why = '' where entered_at <= :moment and why <> ''",
    "update spot_draw set why = '' where at <= :moment and why <> ''",
    "update decline set words = '' where told_at <= :moment and words <> ''",
    "update same_day_shortfall set words = '' where day <= :day and words <> ''",
    "update monthly_analysis set difficulties = '', suggestions = '' "
    "where month < strftime('%Y-%m', :day, '-1 month') and difficulties || suggestions <> ''",
    "update workload_week set note = '', reason = '', question = '' "
    "where monday <= :day and note || reason || question <> ''",
    "update area_plan set spot = '', answer = '' where closed_at <= :moment and spot || answer <> ''",
    *(
        f"update area_plan_{part} set words = '' where words <> '' and "
        "plan in (select id from area_plan where closed_at <= :moment)"
        for part in ("reason", "measure", "inspection", "review", "extension")
    ),
)
_COUNT = """
select count(*) filter (where closed_at <= :limit) as due,
       min(closed_at) filter (where closed_at > :limit) as "next [MOMENT]"
from report where kind = :kind and closed_at is not null and {}
"""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many of each went: reports, requests for a visit, rows of words."""

    reports: int = 0
    requests: int = 0
    words: int = 0

    def __bool__(self) -> bool:
        return bool(self.reports or self.requests)  # words all go at once

    def __add__(self, other: "Erased") -> "Erased":
        return Erased(self.reports + other.reports, self.requests + other.requests, self.words + other.words)


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many records of one kind are due now, and when the next will be (UTC; None: none is closed)."""

    kind: str
    days: int
    due: int
    next: datetime | None


def days(house: House, kind: str) -> int:
    """The days that what is of this kind of KEPT is kept after closing."""
    return int(getattr(house, setting(kind)))


def setting(kind: str) -> str:
    """What the setting of this kind is called (of House, in days)."""
    return (KEPT | KEPT_REQUESTS)[kind]


def due(desk: Desk, most: int = MOST) -> list[int]:
    """Reports whose time is over, so many at the most."""
    found: dict[int, None] = {}
    for kind in KEPT:
        if len(found) < most:
            limit = desk.now - timedelta(days=days(desk.house, kind))
            early = kind == UNFOUNDED
            rows = desk.db.all(_DUE_EARLY if early else _DUE, (limit, most) if early else (kind, limit, most))
            found.update(dict.fromkeys(row["id"] for row in rows))
    return list(found)[:most]


def is_due(desk: Desk) -> bool:
    """Whether a report or a request is still to be erased."""
    return bool(due(desk, 1) or visit_due.due(desk, 1))


def erase(desk: Desk) -> Erased:
    """Erase what is due inside the caller's transaction, at its end the words.

    As much as may be done at a time: called again and again it comes to an end with nothing but words.
    """
    reports = due(desk)
    until = time.perf_counter() + HELD_SECONDS
    for start in range(0, len(reports), AT_ONCE):
        erase_reports(desk, reports[start : start + AT_ONCE])
        done = start + AT_ONCE
        if done < len(reports) and time.perf_counter() >= until:
            return Erased(done)
    if len(reports) < MOST:  # nothing is left of them
        return Erased(len(reports), visit_due.erase_due(desk, MOST), _forget_words(desk))
    return Erased(len(reports))


def _forget_words(desk: Desk) -> int:
    for whose, asked in _PHOTOS.items():
        for row in desk.db.all(asked, {"moment": _words_until(desk)}):
            attaching.drop(desk, **{whose: row["of"]})
    return delete_words(desk)


def delete_words(desk: Desk) -> int:
    """Delete what was said, and reminded of, where it is older than LINLI_WORDS_DAYS; returns how many rows."""
    moment = _words_until(desk)
    return sum(desk.db.execute(words, {"moment": moment, "day": moment.date().isoformat()}) for words in _WORDS)


def _words_until(desk: Desk) -> datetime:
    return desk.now - timedelta(days=desk.house.words_days)


def outlook(desk: Desk) -> list[Outlook]:
    """What is due, and what will be next, for each kind of KEPT and of KEPT_REQUESTS."""
    early_after = timedelta(days=days(desk.house, UNFOUNDED))
    found = []
    early_due, early_next = 0, []
    for kind in ReportKind:
        after = timedelta(days=days(desk.house, kind.value))
        count, coming = _look(desk, kind.value, after, f"not ({KEPT_SHORT})")
        found.append(Outlook(kind.value, after.days, count, coming))
        count, coming = _look(desk, kind.value, min(after, early_after), f"({KEPT_SHORT})")
        early_due += count
        early_next += [coming] if coming else []
    found.append(Outlook(UNFOUNDED, early_after.days, early_due, min(early_next, default=None)))
    return found + [Outlook(kind, days(desk.house, kind), *visit_due.outlook(desk, kind)) for kind in KEPT_REQUESTS]


def _look(desk: Desk, kind: str, after: timedelta, which: str) -> tuple[int, datetime | None]:
    row = desk.db.one(_COUNT.format(which), {"kind": kind, "limit": desk.now - after})
    assert row is not None
    return row["due"], row["next"] + after if row["next"] else None
