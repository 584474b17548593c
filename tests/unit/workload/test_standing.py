from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workload.standing import Standing, Tally, mondays_due, tally
from workload.weeks import due, monday_of, month_of


def weekday(day: date) -> bool:
    return day.weekday() < 5


@given(st.lists(st.tuples(st.booleans(), st.booleans())))
def test_overdue_as_soon_as_one_is_late_and_done_only_when_all_are(things: list[tuple[bool, bool]]) -> None:
    found = tally([done for done, _ in things], [late for _, late in things])
    assert found.done + found.late <= found.whole == len(things)
    assert (found.standing is Standing.UNKNOWN) == (not things)
    assert (found.standing is Standing.OVERDUE) == any(late and not done for done, late in things)
    assert (found.standing is Standing.DONE) == (bool(things) and all(done for done, _ in things))
    assert found.rate is None or 0 <= found.rate <= 1


def test_nothing_is_not_done() -> None:
    assert (Tally().standing, Tally().rate) == (Standing.UNKNOWN, None)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_week_is_due_in_exactly_one_month(day: date) -> None:
    monday = monday_of(day)
    friday = due(monday, weekday)
    assert friday is not None
    later = date(2031, 6, 1)
    months = {month_of(monday + timedelta(days=n)) for n in range(7)}
    assert [month for month in months if monday in mondays_due(month, later, weekday)] == [month_of(friday)]
    assert monday not in mondays_due(month_of(friday), monday - timedelta(days=1), weekday)
