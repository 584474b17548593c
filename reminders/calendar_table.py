"""The town's own table of working days, as it is kept."""

from datetime import date

from models.database import Database
from reminders.calendar import WorkingDays


def named_days(db: Database) -> list[tuple[date, bool, str]]:
    """Every day of the table, in order: is it worked, and what is it called?"""
    rows = db.all("select day, works, called from calendar_day order by day")
    return [(date.fromisoformat(row["day"]), bool(row["works"]), row["called"]) for row in rows]


def own_days(db: Database) -> dict[date, bool]:
    """Every day of the table, in order: is it worked?"""
    return {day: works for day, works, _ in named_days(db)}


def take_up(db: Database, days: WorkingDays) -> None:
    """Bring `days` to the table as it is now; costs nothing to speak of where it has not been changed."""
    row = db.one("select max(id) as version from calendar_import")
    version = row["version"] or 0 if row else 0
    if version != days.version:
        days.take_up(own_days(db), version)
