"""The month's workload as a book of sheets (duties W1, S1): committees, coordinators, weeks, corrections, and why.

Counts of work only: neither notes nor reasons of weeks, nor anything about residents, are in it. Why a correction was
made is, because both figures stay to be seen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chat.texts import text
from exports.workbook import Book, Field, Kind, Origin, Sheet, Value
from handlers.desk import Desk
from handlers.workload import amounts, workweek
from models.database import Row, opened
from models.place import below
from models.workload import COUNTED, HISTORY, SUMMED, Entry, EntryState
from workload.figures import Item, total
from workload.weeks import Month, monday_of, working_days

_COMMITTEES = "select id, name from place where kind = 'committee' and active order by id"
_COORDINATORS = f"""
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
_OF_COORDINATORS = f"""
with recursive {below("select ?")}
select entry.person, {workweek.SUMS} from below cross join workload_entry as entry
on entry.place = below.id and day between ? and ? where {COUNTED} group by entry.person
"""
_UNDER = f"with recursive {below('select ?')} select id from below"
_WEEKS = """
select week.id, week.monday, week.state, week.filed_at, week.confirmed_at, person.code, person.name,
       officer.name as confirmed_by,
       (select min(place) from posting where posting.person = person.id and since <= date(week.monday, '+6 days')
        and coalesce(until, week.monday) >= week.monday) as place
from person cross join workload_week as week on week.person = person.id and week.monday between ? and ?
left join person as officer on officer.id = week.confirmed_by
where person.role = 'coordinator' order by week.monday, person.id
"""
_PLACES_OF_WEEKS = """
select distinct week.id as week, entry.place from workload_week as week
cross join workload_entry as entry on entry.week = week.id where week.monday between ? and ?
"""
_OF_WEEKS = f"""
with recursive {below("select ?")}
select entry.week, {workweek.SUMS} from below cross join workload_entry as entry
on entry.place = below.id and day between ? and ? where {COUNTED} group by entry.week
"""
_ENTRIES = f"""
select id, week, batch, day, {", ".join(Item)}, state, person, by, at, why <> '' as has_why
from workload_entry where week = ? order by id
"""


@dataclass(frozen=True, slots=True)
class _Correction:
    """Rows of a week that were entered together in order to change it, with the figures before and after."""

    entry: Row
    before: dict[Item, int]
    difference: dict[Item, int]
    days: Sequence[str]


def book(desk: Desk, month: Month, language: str) -> Book:
    """The month of every committee."""
    made = _Making(desk, month, language)
    with desk.db.snapshot():
        sheets = made.committees(), made.coordinators(), made.weeks(), made.corrections()
        return Book(sheets, made.origin(), desk.now)


def coordinators(desk: Desk, month: Month, language: str) -> Sheet:
    """The sheet of coordinators alone: whatever else is in the book is a sum of it, or how it came about."""
    return _Making(desk, month, language).coordinators()


class _Making:
    """One book being made."""

    def __init__(self, desk: Desk, month: Month, language: str) -> None:
        self.desk, self.language = desk, language
        self.first, self.last = workweek.days_of(month)
        self.before = workweek.a_year_before(self.first)
        self.places = desk.db.all(_COMMITTEES)
        self.month = f"{self.first:%Y-%m}"

    def text(self, name: str, **arguments: str | int) -> str:
        return text(self.language, name, **arguments)

    def field(self, name: str, kind: Kind = Kind.TEXT) -> Field:
        return Field(self.text(f"book-{name}"), kind)

    def items(self) -> list[Field]:
        return [Field(amounts.name_of(item, self.language), Kind.WHOLE) for item in Item]

    def compared(self) -> list[Field]:
        """Each item beside last year's figure."""
        return [
            Field(name, Kind.WHOLE)
            for item in Item
            for name in (
                amounts.name_of(item, self.language),
                self.text("book-last-year", item=amounts.name_of(item, self.language)),
            )
        ]

    def committees(self) -> Sheet:
        rows: list[tuple[Value, ...]] = []
        for place in self.places:
            now = workweek.figures_at(self.desk, place["id"], self.first, self.last)
            then = workweek.figures_at(self.desk, place["id"], *self.before)
            rows.append((place["name"], self.month, *_beside(now, then)))
        fields = (self.field("committee"), self.field("month"), *self.compared())
        return Sheet(self.text("book-committees"), fields, rows)

    def coordinators(self) -> Sheet:
        """A coordinator who worked for two committees has a row at each."""
        rows: list[tuple[Value, ...]] = []
        for place in self.places:
            now = self._of_coordinators(place["id"], self.first, self.last)
            then = self._of_coordinators(place["id"], *self.before)
            asked = {"place": place["id"], "first": self.first.isoformat(), "last": self.last.isoformat()}
            for person in self.desk.db.all(_COORDINATORS, asked):
                figures = _beside(now.get(person["id"], {}), then.get(person["id"], {}))
                rows.append((place["name"], person["name"], person["code"], self.month, *figures))
        named = [self.field(name) for name in ("committee", "coordinator", "code", "month")]
        return Sheet(self.text("book-coordinators"), (*named, *self.compared()), rows, frozen=2)

    def _of_coordinators(self, place: int, first: date, last: date) -> dict[int, dict[Item, int]]:
        rows = self.desk.db.all(_OF_COORDINATORS, (place, first.isoformat(), last.isoformat()))
        return {row["person"]: workweek.summed(row) for row in rows}

    def weeks(self) -> Sheet:
        between = self.first.isoformat(), self.last.isoformat()
        sums = {
            (place["name"], row["week"]): workweek.summed(row)
            for place in self.places
            for row in self.desk.db.all(_OF_WEEKS, (place["id"], *between))
        }
        rows: list[tuple[Value, ...]] = []
        for place, week in self._weeks():
            figures = sums.get((place, week["id"]), {})
            monday = workweek.monday(week)
            worked = working_days(monday, self.desk.house.is_working_day)
            if not figures and not any(self.first <= day <= self.last for day in worked):
                continue  # it has nothing but a weekend in the month
            rows.append(
                (
                    place,
                    week["name"],
                    week["code"],
                    monday,
                    monday + timedelta(days=6),
                    *(figures.get(item) for item in Item),
                    self.text(f"sign-{week['state']}-words"),
                    self._local(week["filed_at"]),
                    self._local(week["confirmed_at"]),
                    week["confirmed_by"] or (self.text("book-from-file") if week["confirmed_at"] else None),
                )
            )
        named = [self.field(name) for name in ("committee", "coordinator", "code")]
        days = [self.field("first-day", Kind.DATE), self.field("last-day", Kind.DATE)]
        times = [self.field("filed-at", Kind.TIME), self.field("confirmed-at", Kind.TIME)]
        fields = (*named, *days, *self.items(), self.field("state"), *times, self.field("confirmed-by"))
        return Sheet(self.text("book-weeks"), fields, rows, frozen=2)

    def _weeks(self) -> Iterable[tuple[str, Row]]:
        """The weeks that have days in the month, each with the name of its committee; one cut by a move is at both."""
        between = monday_of(self.first).isoformat(), self.last.isoformat()
        weeks = self.desk.db.all(_WEEKS, between)
        places: dict[int, set[int]] = defaultdict(set)
        for row in self.desk.db.all(_PLACES_OF_WEEKS, between):
            places[row["week"]].add(row["place"])
        for place in self.places:
            under = {row["id"] for row in self.desk.db.all(_UNDER, (place["id"],))}
            yield from ((place["name"], week) for week in weeks if under & (places[week["id"]] or {week["place"]}))

    def corrections(self) -> Sheet:
        rows: list[tuple[Value, ...]] = []
        weeks = {week["id"]: (place, week) for place, week in self._weeks()}
        for place, week in weeks.values():
            for correction in _corrections(self.desk.db.all(_ENTRIES, (week["id"],))):
                if any(self.first.isoformat() <= day <= self.last.isoformat() for day in correction.days):
                    rows += self._lines(place, week, correction)
        named = [self.field(name) for name in ("committee", "coordinator", "code")]
        fields = (
            *named,
            self.field("first-day", Kind.DATE),
            self.field("item"),
            self.field("old", Kind.WHOLE),
            self.field("new", Kind.WHOLE),
            self.field("by"),
            self.field("at", Kind.TIME),
            self.field("why"),
            self.field("outcome"),
        )
        return Sheet(self.text("book-corrections"), fields, rows, frozen=2)

    def _lines(self, place: str, week: Row, correction: _Correction) -> Iterable[tuple[Value, ...]]:
        entry = correction.entry
        why = self.desk.db.one(f"select {opened(Entry, 'why')} from workload_entry where id = ?", (entry["id"],))
        by = self.desk.db.one("select name from person where id = ?", (entry["by"],))
        assert why is not None
        assert by is not None
        for item, difference in correction.difference.items():
            old = correction.before.get(item)
            yield (
                place,
                week["name"],
                week["code"],
                workweek.monday(week),
                amounts.name_of(item, self.language),
                old,
                (old or 0) + difference,
                self.text("book-from-file") if entry["batch"] == HISTORY else by["name"],
                self._local(entry["at"]),
                why["why"],
                self.text(f"book-outcome-{entry['state']}"),
            )

    def origin(self) -> Origin:
        days = [len(self.desk.house.working_days(*both)) for both in ((self.first, self.last), self.before)]
        made = self._local(self.desk.now)
        told = self.text(
            "book-origin-lines",
            month=self.month,
            before=f"{self.before[0]:%Y-%m}",
            days=days[0],
            days_before=days[1],
            made=f"{made:%Y-%m-%d %H:%M}",
            zone=str(self.desk.house.zone),
        )
        return Origin(self.text("book-origin"), tuple(told.splitlines()))

    def _local(self, moment: datetime | None) -> datetime | None:
        return moment.astimezone(self.desk.house.zone) if moment else None


def _beside(now: dict[Item, int], then: dict[Item, int]) -> list[int | None]:
    return [figures.get(item) for item in Item for figures in (now, then)]


def _corrections(entries: Sequence[Row]) -> Iterable[_Correction]:
    """What of a week's rows was entered to change it: with a reason, or by a file after the one that made the week."""
    batches: dict[tuple[int, datetime], list[Row]] = defaultdict(list)
    for entry in entries:
        batches[entry["batch"], entry["at"] if entry["batch"] == HISTORY else entries[0]["at"]].append(entry)
    figures: dict[Item, int] = {}
    brought = False
    for rows in batches.values():
        entry, difference = rows[0], total(map(workweek.summed, rows))
        of_file = entry["batch"] == HISTORY
        if brought if of_file else entry["has_why"]:
            yield _Correction(entry, dict(figures), difference, [row["day"] for row in rows])
        brought = brought or of_file
        if EntryState(entry["state"]) in SUMMED:
            figures = total([figures, difference])
