"""The month's workload as a book of sheets (duties W1, S1): committees, coordinators, weeks, corrections, and why.

Counts of work only: neither notes nor reasons of weeks, nor anything about residents, are in it. Why a correction was
made is, because both figures stay to be seen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chat.texts import text
from exports.studio import Studio
from exports.workbook import Book, Field, Kind, Origin, Sheet, Value
from handlers import places
from handlers.desk import Desk
from handlers.paper import Gathered, file_name
from handlers.workload import amounts, view, workweek
from handlers.workload.view import View
from models.database import Row, opened
from models.person import Role
from models.place import below
from models.workload import FILED, HISTORY, SUMMED, Entry, EntryState
from workload.figures import Item, total
from workload.weeks import Month, monday_of, month_of, working_days

_COMMITTEES = "select id, name from place where kind = 'committee' and active order by id"
_UNDER = f"with recursive {below('select ?')} select id from below"
_WEEKS = """
select week.id, week.person, week.monday, week.state, week.filed_at, week.confirmed_at, person.code, person.name,
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
on entry.place = below.id and day between ? and ? where {FILED} group by entry.week
"""
_WITH_REASONS = f"""
with recursive {below("select ?")}
select distinct entry.week from below cross join workload_entry as entry
on entry.place = below.id and day between ? and ? where why <> ''
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


def gather(desk: Desk, paper: Row) -> Gathered | None:
    """The table of a view that somebody asked for."""
    with desk.db.snapshot():
        found = view.of_paper(desk, paper)
        if found is None:
            return None
        person, seen = found
        made = of_view(desk, person, seen, paper["language"])

    async def make(studio: Studio) -> bytes:
        return await studio.workbook(made)

    where = f"{places.name(desk, seen.place)}-" if seen.place else ""
    name = text(paper["language"], "book-file", month=f"{where}{seen.period}")
    return Gathered(file_name(f"{name}.xlsx"), "", make)


def book(desk: Desk, month: Month, language: str) -> Book:
    """The month of every committee."""
    with desk.db.snapshot():
        made = _Making(desk, [month], language, desk.db.all(_COMMITTEES))
        return made.book(made.committees(), made.coordinators(), made.weeks(), made.corrections())


def of_view(desk: Desk, person: Row, seen: View, language: str) -> Book:
    """What this person (id, role) may see of a view, whose figures are of persons only where theirs may be seen."""
    there = [place for place in view.committees(desk, person) if seen.place in (0, place["id"])]
    months = [month for month in seen.months if month <= month_of(desk.house.today(desk.now))]
    made = _Making(desk, months, language, there, seen.coordinator)
    if person["role"] == Role.CADRE:
        return made.book(made.committees())
    if not seen.place and len(months) > 1:  # ten thousands of rows that nobody reads; each month's table has its own
        return made.book(made.committees(), made.coordinators(), made.corrections(), without_weeks=True)
    return made.book(made.committees(), made.coordinators(), made.weeks(), made.corrections())


def coordinators(desk: Desk, month: Month, language: str) -> Sheet:
    """The sheet of coordinators alone: whatever else is in the book is a sum of it, or how it came about."""
    return _Making(desk, [month], language, desk.db.all(_COMMITTEES)).coordinators()


class _Making:
    """One book being made."""

    def __init__(
        self, desk: Desk, months: Sequence[Month], language: str, places: Sequence[Row], coordinator: int = 0
    ) -> None:
        self.desk, self.language, self.places, self.coordinator = desk, language, places, coordinator
        self.months = months
        self.summed: dict[tuple[int, date, date], dict[int, dict[Item, int]]] = {}
        self.first, self.last = workweek.days_of(months[0])[0], workweek.days_of(months[-1])[1]
        self.before = workweek.a_year_before(self.first)[0], workweek.a_year_before(self.last)[1]

    def book(self, *sheets: Sheet, without_weeks: bool = False) -> Book:
        return Book(sheets, self.origin(without_weeks=without_weeks), self.desk.now)

    def called(self, first: date, last: date) -> str:
        """The month or months of these days."""
        return " – ".join(dict.fromkeys(f"{day:%Y-%m}" for day in (first, last)))

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
            for month in self.months:
                first, last = workweek.days_of(month)
                now = self._of_coordinators(place["id"], first, last)
                then = self._of_coordinators(place["id"], *workweek.a_year_before(first))
                figures = _beside(total(now.values()), total(then.values()))
                rows.append((place["name"], f"{first:%Y-%m}", *figures))
        fields = (self.field("committee"), self.field("month"), *self.compared())
        return Sheet(self.text("book-committees"), fields, rows)

    def coordinators(self) -> Sheet:
        """A coordinator who worked for two committees has a row at each."""
        rows: list[tuple[Value, ...]] = []
        for place in self.places:
            for month in self.months:
                first, last = workweek.days_of(month)
                now = self._of_coordinators(place["id"], first, last)
                then = self._of_coordinators(place["id"], *workweek.a_year_before(first))
                for person in workweek.coordinators_at(self.desk, place["id"], first, last):
                    if self.coordinator in (0, person["id"]):
                        figures = _beside(now.get(person["id"], {}), then.get(person["id"], {}))
                        rows.append((place["name"], person["name"], person["code"], f"{first:%Y-%m}", *figures))
        named = [self.field(name) for name in ("committee", "coordinator", "code", "month")]
        return Sheet(self.text("book-coordinators"), (*named, *self.compared()), rows, frozen=2)

    def _of_coordinators(self, place: int, first: date, last: date) -> dict[int, dict[Item, int]]:
        """Asked once: the sums of a committee are made of them, so that the sheets agree."""
        asked = place, first, last
        if asked not in self.summed:
            self.summed[asked] = workweek.of_coordinators(self.desk, *asked)
        return self.summed[asked]

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
            if not figures and not self._is_worked(monday):
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

    def _is_worked(self, monday: date) -> bool:
        worked = working_days(monday, self.desk.house.is_working_day)
        return any(self.first <= day <= self.last for day in worked)

    def _weeks(self) -> Iterable[tuple[str, Row]]:
        """The weeks that have days in the month, each with the name of its committee; one cut by a move is at both."""
        between = monday_of(self.first).isoformat(), self.last.isoformat()
        weeks = self.desk.db.all(_WEEKS, between)
        places: dict[int, set[int]] = defaultdict(set)
        for row in self.desk.db.all(_PLACES_OF_WEEKS, between):
            places[row["week"]].add(row["place"])
        for place in self.places:
            under = {row["id"] for row in self.desk.db.all(_UNDER, (place["id"],))}
            for week in weeks:
                if under & (places[week["id"]] or {week["place"]}) and self.coordinator in (0, week["person"]):
                    yield place["name"], week

    def corrections(self) -> Sheet:
        rows: list[tuple[Value, ...]] = []
        between = self.first.isoformat(), self.last.isoformat()
        changed = {
            row["week"] for place in self.places for row in self.desk.db.all(_WITH_REASONS, (place["id"], *between))
        }
        weeks = {week["id"]: (place, week) for place, week in self._weeks() if week["id"] in changed} if changed else {}
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

    def origin(self, *, without_weeks: bool) -> Origin:
        days = [len(self.desk.house.working_days(*both)) for both in ((self.first, self.last), self.before)]
        made = self._local(self.desk.now)
        told = self.text(
            "book-origin-lines",
            month=self.called(self.first, self.last),
            before=self.called(*self.before),
            days=days[0],
            days_before=days[1],
            made=f"{made:%Y-%m-%d %H:%M}",
            zone=str(self.desk.house.zone),
        )
        more = [self.text("book-without-weeks")] if without_weeks else []
        return Origin(self.text("book-origin"), (*told.splitlines(), *more))

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
