"""The figures of a committee's month as they are kept: what its monthly analysis is made of (duties M3, W3)."""

from datetime import date, datetime, time, timedelta

from handlers.desk import Desk
from handlers.spot_checks import month as spot_checks
from handlers.workload import ledger, workweek
from models.place import below
from workload.analysis import LastYear, Month, Register
from workload.weeks import Month as Number
from workload.weeks import month_of

# `at` is the place, `first` and `after` the moments between which the month lies.
_VIOLATIONS = f"""
with recursive {below("select :at")}
select count(*) filter (where created_at >= :first) as filed,
       count(*) filter (where closed_at >= :first and closed_at < :after) as closed,
       count(*) filter (where closed_at is null or closed_at >= :after) as open
from report where kind = 'violation' and same_as is null and state <> 'withdrawn' and created_at < :after
and place in (select id from below)
"""
# What is said about staff is the town office's alone, and no count of it is anybody else's.
_TIPS = f"""
with recursive {below("select :at")}
select json_extract(about, '$[0]') as kind, count(*) as n from report
where report.kind = 'tip' and not about_staff and state <> 'withdrawn' and created_at >= :first and created_at < :after
and place in (select id from below) group by 1 order by 2 desc, 1
"""
_COUNTED = """
select dwellings, covered, expected, present from register_count where place = ? and month = ? order by id desc limit 1
"""


def name(month: Number) -> str:
    """A month as rows and files name it: 2026-11."""
    return f"{month[0]}-{month[1]:02}"


def number(month: str) -> Number:
    """The month of a name. Raises ValueError."""
    return month_of(date.fromisoformat(f"{month}-01"))


def register(desk: Desk, place: int, month: Number) -> Register | None:
    """What was told last of a committee's register; None where nothing was."""
    row = desk.db.one(_COUNTED, (place, name(month)))
    return Register(*row) if row else None


def collect(desk: Desk, place: int, month: Number) -> Month:
    """A committee's month, until today where it is not over yet."""
    first, last = workweek.days_of(month)
    last = max(min(last, desk.house.today(desk.now)), first)
    between = {"at": place, "first": _begin(desk, first), "after": _begin(desk, last + timedelta(days=1))}
    violations = desk.db.one(_VIOLATIONS, between)
    assert violations is not None
    people = [row["id"] for row in workweek.coordinators_at(desk, place, first, last)]
    return Month(
        first,
        last,
        len(desk.house.working_days(first, last)),
        workweek.figures_at(desk, place, first, last),
        register(desk, place, month),
        ledger.sample(desk, people, first, last),
        violations["filed"],
        violations["closed"],
        violations["open"],
        {row["kind"]: row["n"] for row in desk.db.all(_TIPS, between)},
        spot_checks.sample(desk, place, month),
    )


def a_year_before(desk: Desk, place: int, month: Number) -> LastYear:
    """The same month of the year before, whole."""
    first, last = workweek.a_year_before(date(*month, 1))
    return LastYear(len(desk.house.working_days(first, last)), workweek.figures_at(desk, place, first, last))


def is_over(desk: Desk, month: Number) -> bool:
    """Whether a month is over."""
    return month < month_of(desk.house.today(desk.now))


def _begin(desk: Desk, day: date) -> datetime:
    return datetime.combine(day, time(), desk.house.zone)
