"""A coordinator's week as it is kept: opened, read, and entered in rows that only add up (duty W1)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from handlers.desk import Desk
from handlers.workload import presence
from models.database import Row, columns, sealing
from models.person import Role
from models.place import below
from models.workload import COUNTED, ENTERED, FILED, Entry, EntryState, Week, WeekState
from workload.figures import Figures, Item
from workload.sweep import moments
from workload.weeks import Month, corrected, monday_of, working_days

ITEMS = tuple(Item)
SUMS = ", ".join(f"sum({item}) as {item}" for item in Item)  # SQL, for `summed` to read
_WEEK = f"""
select {columns(Week)}, person.name, person.active, account.address, account.blocked,
       coalesce(account.language, person.language) as language,
       (select min(place) from assignment where assignment.person = person.id) as place
from workload_week join person on person.id = workload_week.person left join account on account.id = person.account
"""
_OF_COORDINATORS = f"""
with recursive {below("select ?")}
select entry.person, {SUMS} from below cross join workload_entry as entry
on entry.place = below.id and day between ? and ? where {{}} group by entry.person
"""
# Not by `or`: for that SQLite looks through everybody's entries.
_THERE = f"""
with recursive {below("select ?")}
select id, code, name, active from person where role = '{Role.COORDINATOR.value}' and id in (
    select assignment.person from below cross join assignment on assignment.place = below.id
    join person as assigned on assigned.id = assignment.person where assigned.active
    union select entry.person from below cross join workload_entry as entry
    on entry.place = below.id and day between ? and ?)
order by id
"""
_COORDINATORS = f"""
with recursive {below("select ?")}
select entry.person, {SUMS} from below cross join workload_entry as entry
on entry.place = below.id and day between ? and ? where {{}} group by entry.person
"""
_THERE = f"""
with recursive {below("select ?")},
    assigned(id) as (select assignment.person from below cross join assignment on assignment.place = below.id),
    worked(id) as (select entry.person from below cross join workload_entry as entry
                   on entry.place = below.id and day between ? and ?)
select id, code, name, active from person where role = '{Role.COORDINATOR.value}'
and ((active and id in (select id from assigned)) or id in (select id from worked)) order by id
"""
_COORDINATORS = f"""
with recursive {below("select ?")}
select entry.person, {SUMS} from below cross join workload_entry as entry
on entry.place = below.id and day between ? and ? where {{}} group by entry.person
"""
# The entries are looked through only for those who are assigned nowhere any more, or elsewhere.
_THERE = f"""
with recursive {below("select ?")},
    assigned(id) as (select assignment.person from below cross join assignment on assignment.place = below.id)
select id, code, name, active from person where role = '{Role.COORDINATOR.value}' and (
    (active and id in (select id from assigned))
    or ((not active or id not in (select id from assigned)) and exists (
        select 1 from workload_entry as entry
        where entry.person = person.id and day between ? and ? and entry.place in (select id from below)))
) order by id
"""
_COORDINATORS = f"""
with recursive {below("select ?")}
select entry.person, {SUMS} from below cross join workload_entry as entry
on entry.place = below.id and day between ? and ? where {{}} group by entry.person
"""
_THERE = f"""
with recursive {below("select :place")}
select person.id, person.code, person.name, person.active from person
where person.role = 'coordinator' and (
    (person.active and exists
        (select 1 from posting where posting.person = person.id and posting.place in (select id from below)
         and since <= :last and coalesce(until, :first) >= :first))
    or exists (select 1 from workload_entry as entry
               where entry.person = person.id and entry.place in (select id from below)
               and day between :first and :last))
order by person.id
"""
_COORDINATORS = f"""
with recursive {below("select place from assignment where person = ?")}
select distinct person.id, person.name from person join assignment on assignment.person = person.id
where person.role = '{Role.COORDINATOR.value}' and person.active and assignment.place in (select id from below)
order by person.id
"""


def open_week(desk: Desk, person: int, monday: date) -> Row:
    """The week of a coordinator, made where it is not there yet; its reminders wait for their time."""
    look_at = min(moments(monday, desk.house.calendar).values(), default=None)
    desk.db.insert_new(Week, person=person, monday=monday.isoformat(), look_at=look_at, sent=[])
    week = of(desk, person, monday)
    assert week is not None
    return week


def opened(desk: Desk, week: Row) -> None:
    """Its card is shown anew: of all weeks of its coordinator this one was opened last, whatever the clock says."""
    last = "select coalesce(max(opened_at), 0) + 1 from workload_week where person = :person"
    update = f"update workload_week set opened_at = max(:now, ({last})) where id = :week"
    desk.db.execute(update, {"now": desk.now, "person": week["person"], "week": week["id"]})


def load(desk: Desk, week: int) -> Row | None:
    """A week with its coordinator: name, address, language, and the first place they are assigned to."""
    return desk.db.one(f"{_WEEK} where workload_week.id = ?", (week,))


def of(desk: Desk, person: int, monday: date) -> Row | None:
    """The week of a coordinator, if it was opened."""
    return desk.db.one(f"{_WEEK} where person.id = ? and monday = ?", (person, monday.isoformat()))


def place(desk: Desk, person: int) -> int | None:
    """The first place that a coordinator is assigned to; None where there is none."""
    row = desk.db.one("select min(place) as place from assignment where person = ?", (person,))
    return row["place"] if row else None


def beside(desk: Desk, week: Row) -> Row | None:
    """The week to go to from this one: from an earlier one to the present one, from that back to one still open."""
    this, first = monday_of(desk.house.today(desk.now)), monday(week)
    other = of(desk, week["person"], this if first < this else first - timedelta(days=7))
    return other if other and (first < this or is_to_be_filed(desk, other)) else None


def coordinators(desk: Desk, person: int) -> list[Row]:
    """The coordinators at the places that this person answers for: id and name."""
    return desk.db.all(_COORDINATORS, (person,))


def coordinators_at(desk: Desk, place: int, first: date, last: date) -> list[Row]:
    """Who was assigned to a place or below it, or has worked there between these days: id, code, name, active."""
    return desk.db.all(_THERE, {"place": place, "first": first.isoformat(), "last": last.isoformat()})


def monday(week: Row) -> date:
    """The Monday of a week."""
    return date.fromisoformat(week["monday"])


def figures(desk: Desk, week: int) -> dict[Item, int]:
    """What a week adds up to; an item that was not entered is absent."""
    return summed(desk.db.one(f"select {SUMS} from workload_entry where week = ? and {COUNTED}", (week,)))


def figures_of(desk: Desk, person: int, first: date, last: date) -> dict[Item, int]:
    """What a coordinator's days add up to, both days included."""
    asked = f"select {SUMS} from workload_entry where person = ? and day between ? and ? and {COUNTED}"
    return summed(desk.db.one(asked, (person, first.isoformat(), last.isoformat())))


def filed_by(desk: Desk, person: int, first: date, last: date, which: str = FILED) -> dict[Item, int]:
    """The same, of weeks that were filed."""
    asked = f"select {SUMS} from workload_entry as entry where person = ? and day between ? and ? and {which}"
    return summed(desk.db.one(asked, (person, first.isoformat(), last.isoformat())))


def figures_at(desk: Desk, place: int, first: date, last: date, which: str = FILED) -> dict[Item, int]:
    """What the days at a place and below it add up to, both days included, of weeks that were filed."""
    asked = (
        f"with recursive {below('select ?')} select {SUMS} from below cross join workload_entry as entry "
        f"on entry.place = below.id and day between ? and ? where {which}"
    )
    return summed(desk.db.one(asked, (place, first.isoformat(), last.isoformat())))


def entered_at(desk: Desk, place: int, first: date, last: date) -> dict[Item, int]:
    """What stands at a place and below it for weeks that are still being entered: it is not counted yet."""
    return figures_at(desk, place, first, last, ENTERED)


def entered_by(desk: Desk, person: int, first: date, last: date) -> dict[Item, int]:
    """What a coordinator is still entering."""
    return filed_by(desk, person, first, last, ENTERED)


def of_coordinators(desk: Desk, place: int, first: date, last: date, which: str = FILED) -> dict[int, dict[Item, int]]:
    """What each coordinator's days at a place and below it add up to, of weeks that were filed."""
    rows = desk.db.all(_OF_COORDINATORS.format(which), (place, first.isoformat(), last.isoformat()))
    return {row["person"]: summed(row) for row in rows}


def summed(row: Row | None) -> dict[Item, int]:
    """The figures of a row with a column for each item; what is null was not entered."""
    return {item: row[item] for item in ITEMS if row[item] is not None} if row else {}


def month_so_far(day: date) -> tuple[date, date]:
    """The month of a day, until that day."""
    return day.replace(day=1), day


def days_of(month: Month) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = date(*month, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def a_year_before(day: date) -> tuple[date, date]:
    """The whole month a year before the month of a day."""
    return days_of((day.year - 1, day.month))


def by_day(desk: Desk, week: int) -> dict[date, dict[Item, int]]:
    """What each day of a week adds up to."""
    rows = desk.db.all(
        f"select day, {SUMS} from workload_entry where week = ? and {COUNTED} group by day order by day", (week,)
    )
    return {date.fromisoformat(row["day"]): summed(row) for row in rows}


def day_for(desk: Desk, week: Row) -> date:
    """The day that what is entered now belongs to: today, or the last day at work of a week that has passed."""
    today = desk.house.today(desk.now)
    return today if monday_of(today) == monday(week) else max(at_work(desk, week), default=monday(week))


def at_work(desk: Desk, week: Row) -> list[date]:
    """The working days of a week on which its coordinator is not on leave."""
    first = monday(week)
    return presence.at_work(desk, week["person"], first, first + timedelta(days=6))


def is_to_be_filed(desk: Desk, week: Row) -> bool:
    """Whether a week still waits for its coordinator."""
    return week["state"] == WeekState.ASKED or (week["state"] == WeekState.OPEN and not is_on_leave(desk, week))


def is_on_leave(desk: Desk, week: Row) -> bool:
    """Whether its coordinator is on leave on every working day of a week: nothing is to be filed."""
    return bool(working_days(monday(week), desk.house.is_working_day)) and not at_work(desk, week)


def add(desk: Desk, week: Row, item: Item, amount: int, by: int) -> bool:
    """One tap of the daily tally, or below 0 its taking back; false where there is not so much to be taken back."""
    day = day_for(desk, week)
    if amount < 0 and by_day(desk, week["id"]).get(day, {}).get(item, 0) < -amount:
        return False
    return bool(_enter(desk, week, {day: {item: amount}}, by))


def enter(
    desk: Desk,
    week: Row,
    wanted: Figures,
    by: int,
    *,
    why: str = "",
    state: EntryState = EntryState.COUNTED,
) -> int:
    """Make these the figures of a week, by rows with the differences; items that are not named stay as they are.

    More is spread over the days at work of the week until today, less is taken from the days that have it. Returns
    the batch of the rows, 0 where nothing changes.
    """
    entered = by_day(desk, week["id"])
    until = day_for(desk, week)
    days = [day for day in at_work(desk, week) if day <= until] or [until]
    rows: dict[date, dict[Item, int]] = {}
    for item, amount in wanted.items():
        before = {day: of_day[item] for day, of_day in entered.items() if item in of_day}
        if not before and amount == 0:
            rows.setdefault(until, {})[item] = 0  # somebody said so
            continue
        for day, difference in corrected(before, amount, days).items():
            if difference:
                rows.setdefault(day, {})[item] = difference
    return _enter(desk, week, rows, by, why, state)


def _enter(
    desk: Desk,
    week: Row,
    rows: Mapping[date, Figures],
    by: int,
    why: str = "",
    state: EntryState = EntryState.COUNTED,
) -> int:
    if not rows:
        return 0
    last = desk.db.one("select coalesce(max(batch), 0) as batch from workload_entry where week = ?", (week["id"],))
    assert last is not None
    batch = int(last["batch"]) + 1
    for day, of_day in sorted(rows.items()):
        desk.db.insert(
            Entry,
            week=week["id"],
            person=week["person"],
            place=presence.place_of(desk.db, week["person"], day) or week["place"],
            day=day.isoformat(),
            **{item.value: amount for item, amount in of_day.items()},
            state=state.value,
            batch=batch,
            by=by,
            at=desk.now,
            why=why,
        )
    return batch


def of_batch(desk: Desk, week: int, batch: int) -> dict[Item, int]:
    """The differences that one correction makes."""
    return summed(desk.db.one(f"select {SUMS} from workload_entry where week = ? and batch = ?", (week, batch)))


def settle(desk: Desk, week: int, batch: int, state: EntryState) -> bool:
    """Answer a coordinator's correction; false where it was answered already."""
    settled = "update workload_entry set state = ? where week = ? and batch = ? and state = 'proposed'"
    return desk.db.execute(settled, (state.value, week, batch)) > 0


def object_to(desk: Desk, week: int, batch: int) -> bool:
    """A coordinator objects to what somebody else entered; false where there is no such correction (any more)."""
    objected = (
        "update workload_entry set state = 'objected' where week = ? and batch = ? and state = 'counted' "
        "and by <> person"
    )
    return desk.db.execute(objected, (week, batch)) > 0


def reports_filed(desk: Desk, week: Row) -> int:
    """What the bot itself has counted: reports that this coordinator filed in the week."""
    zone, first = desk.house.zone, monday(week)
    since, until = (datetime.combine(first + timedelta(days=days), time(), zone) for days in (0, 7))
    row = desk.db.one(
        "select count(*) as n from report where reporter = ? and created_at >= ? and created_at < ?",
        (week["person"], since.astimezone(UTC), until.astimezone(UTC)),
    )
    return int(row["n"]) if row else 0


def file(desk: Desk, week: Row, reason: str = "") -> None:
    """The coordinator's word that the week is whole."""
    desk.db.execute(
        f"update workload_week set state = ?, filed_at = ?, reason = {sealing(Week, 'reason')} where id = ?",
        (WeekState.FILED.value, desk.now, reason, week["id"]),
    )


def send_back(desk: Desk, week: Row, question: str) -> None:
    """The officer asks before confirming."""
    desk.db.execute(
        f"update workload_week set state = ?, question = {sealing(Week, 'question')} where id = ?",
        (WeekState.ASKED.value, question, week["id"]),
    )


def confirm(desk: Desk, week: int, by: int) -> bool:
    """The officer's word on a week that was filed; false where it is not waiting for it."""
    confirmed = (
        "update workload_week set state = ?, confirmed_at = ?, confirmed_by = ?, look_at = null "
        "where id = ? and state = ?"
    )
    values = (WeekState.CONFIRMED.value, desk.now, by, week, WeekState.FILED.value)
    return desk.db.execute(confirmed, values) > 0
