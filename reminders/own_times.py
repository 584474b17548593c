"""What people may choose of when they are reminded, and how that is read from what is kept. Pure."""

from datetime import date, datetime, time, timedelta

from reminders.plan import Kind, Settings, Times

EVENINGS = (time(9), time(14), time(17), time(20))  # of the working day before
LEADS = (15, 30, 60, 120)  # minutes before it begins
USUAL_EVENING, USUAL_LEAD = time(17), 60  # as reminders.plan.RULES has them
STEP = timedelta(minutes=30)  # by which quiet hours are moved with a tap


def times(evening: str | None, lead: int | None) -> Times:
    """What was chosen, as it is kept: None is nothing, an empty hour and 0 minutes are no such reminder."""
    return Times(
        day_before=time.fromisoformat(evening) if evening else None,
        soon=timedelta(minutes=lead) if lead else None,
        without=frozenset(
            kind for kind, unwanted in ((Kind.DAY_BEFORE, evening == ""), (Kind.SOON, lead == 0)) if unwanted
        ),
    )


def settings(quiet_from: str, quiet_until: str, evening: str | None, lead: int | None) -> Settings:
    """One person's settings as they are kept. Raises ValueError for more than 18 quiet hours."""
    return Settings(time.fromisoformat(quiet_from), time.fromisoformat(quiet_until), times(evening, lead))


def beside(hour: time, steps: int) -> time:
    """The hour so many taps later, or earlier; past midnight it goes on."""
    return (datetime.combine(date(2000, 1, 1), hour) + STEP * steps).time()
