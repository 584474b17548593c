"""Takes what a file of history says into the store: weeks that are confirmed, with figures by day (duty W2).

Only differences to what earlier files brought are entered: the same file again changes nothing, and what people have
entered or corrected since stays on top of it. What a file does not name is left alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.history import Column, History, HistoryProblem, HistoryRow, Meaning, known, plain
from bot.refusal import Refused
from handlers import postings
from handlers.workload import presence, workweek
from models.database import Database, Row
from models.history import HistoryColumn
from models.person import Role
from models.place import above
from models.workload import COUNTED, HISTORY, Entry, EntryState, Week, WeekState
from workload.figures import Item
from workload.weeks import IsWorkingDay, monday_of, spread

ITEMS = tuple(Item)
_COORDINATORS = f"""
select person.id, person.code, person.name, (select min(place) from assignment where person = person.id) as place
from person where person.role = '{Role.COORDINATOR.value}' order by person.id
"""
_PLACES = f"""
with recursive {above("select place from posting where person = ?")}
select place.code, place.name from place join above on above.id = place.id
"""
_WEEKS = """
select week.id, week.monday, week.state, week.confirmed_by, exists (select 1 from workload_entry where week = week.id)
       as has_entries
from workload_week as week where week.person = ?
"""
_BY_DAY = f"""
select day, batch = {HISTORY} as of_history, {workweek.SUMS} from workload_entry
where person = ? and day between ? and ? and {COUNTED}
group by day, batch = {HISTORY}
"""


class HistoryRefused(Refused):
    """Nothing was taken, because of these problems."""

    SHOWN = 100

    def __init__(self, problems: Sequence[HistoryProblem]) -> None:
        more = len(problems) - self.SHOWN
        told = [str(problem) for problem in problems[: self.SHOWN]]
        super().__init__("\n".join([*told, *[f"… and {more} more"] * (more > 0), "nothing was imported"]))
        self.problems = list(problems)


@dataclass(slots=True)
class HistoryResult:
    """What became of a file: rows taken, those of them that changed something, entries made; what was skipped."""

    rows: int = 0
    changed: int = 0
    entries: int = 0
    skipped: list[HistoryProblem] = field(default_factory=list)


def meanings(db: Database) -> dict[str, Meaning]:
    """What headers mean: those that need no question, and what was answered before."""
    learned = {row["header"]: _meaning(row["meaning"]) for row in db.all("select header, meaning from history_column")}
    return dict(known()) | learned


def _meaning(kept: str) -> Meaning:
    return Item(kept) if kept in ITEMS else Column(kept)


def learn(db: Database, answers: Mapping[str, Meaning]) -> None:
    """Keep what headers mean, so that the next file needs no question."""
    with db.transaction():
        for header, means in answers.items():
            db.execute("delete from history_column where header = ?", (plain(header),))
            db.insert(HistoryColumn, header=plain(header), meaning=means.value)


def take(
    db: Database, history: History, now: datetime, is_working_day: IsWorkingDay, *, skip_bad: bool = False
) -> HistoryResult:
    """Enter a file's rows in one transaction. Raises HistoryRefused, unless bad rows are to be skipped.

    Of two rows for the same days the one that stands first is taken.
    """
    result = HistoryResult(skipped=list(history.problems))
    is_worked = cache(is_working_day)
    with db.transaction():
        roster = _Roster(db)
        rows: dict[int, list[HistoryRow]] = defaultdict(list)
        for row in history.rows:
            try:
                rows[roster.find(row)].append(row)
            except _RowRefused as refused:
                result.skipped.append(refused.problem(history.file, row))
        for person, of_person in rows.items():
            past = _Past(db, person, roster.place(person), of_person)
            for row in of_person:
                try:
                    differences = past.differences(row, is_worked)
                except _RowRefused as refused:
                    result.skipped.append(refused.problem(history.file, row))
                    continue
                result.rows += 1
                result.changed += bool(differences)
                if skip_bad or not result.skipped:
                    past.enter(differences, now, Path(history.file).name)
                    result.entries += len(differences)
        result.skipped.sort(key=lambda problem: (history.sheets.index(problem.sheet), problem.row))
        if result.skipped and not skip_bad:
            raise HistoryRefused(result.skipped)
    return result


class _RowRefused(Exception):
    """A row that cannot be taken, because of what stands in one of its cells."""

    def __init__(self, cell: str, what: str) -> None:
        super().__init__(what)
        self.cell = cell

    def problem(self, file: str, row: HistoryRow) -> HistoryProblem:
        return HistoryProblem(file, row.sheet, self.cell, str(self))


class _Roster:
    """The coordinators, to be found by what a file calls them."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._places: dict[int, int | None] = {}
        self._codes: dict[str, int] = {}
        self._names: dict[str, list[int]] = defaultdict(list)
        for row in db.all(_COORDINATORS):
            self._places[row["id"]] = row["place"]
            self._codes[plain(row["code"])] = row["id"]
            self._names[plain(row["name"])].append(row["id"])
        self._found: dict[tuple[str, str], int] = {}

    def place(self, person: int) -> int:
        """The area that this coordinator's work belongs to."""
        place = self._places[person]
        assert place is not None
        return place

    def find(self, row: HistoryRow) -> int:
        """Whose row this is. Raises _RowRefused."""
        asked = plain(row.who), plain(row.place)
        if asked not in self._found:
            self._found[asked] = self._find(row, *asked)
        return self._found[asked]

    def _find(self, row: HistoryRow, who: str, place: str) -> int:
        known = [self._codes[who]] if who in self._codes else self._names.get(who, [])
        there = [person for person in known if not place or place in self._calls(person)]
        if not known:
            raise _RowRefused(row.who_cell, f"there is no coordinator {row.who}")
        if not there:
            raise _RowRefused(row.place_cell, f"{row.who} does not work at {row.place}")
        if len(there) > 1:
            raise _RowRefused(row.who_cell, f"{len(there)} coordinators are called {row.who}; write the code")
        if self._places[there[0]] is None:
            raise _RowRefused(row.who_cell, f"{row.who} has no area")
        return there[0]

    def _calls(self, person: int) -> set[str]:
        """What the places of a coordinator are and were called, those above them as well."""
        return {plain(row[name]) for row in self._db.all(_PLACES, (person,)) for name in ("code", "name")}


class _Past:
    """What is kept of a coordinator's days that a file tells of, and the way to bring it to what the file says."""

    def __init__(self, db: Database, person: int, place: int, rows: Sequence[HistoryRow]) -> None:
        self._db, self._person, self._place = db, person, place
        self._weeks = {row["monday"]: row for row in db.all(_WEEKS, (person,))}
        self._brought: dict[date, dict[Item, int]] = defaultdict(dict)  # by earlier files
        self._entered: dict[date, dict[Item, int]] = defaultdict(dict)  # by people since
        self._told: dict[date, HistoryRow] = {}
        first, last = min(row.first for row in rows), max(row.last for row in rows)
        for row in db.all(_BY_DAY, (person, first.isoformat(), last.isoformat())):
            by_day = self._brought if row["of_history"] else self._entered
            by_day[date.fromisoformat(row["day"])] = workweek.summed(row)

    def differences(self, row: HistoryRow, is_worked: IsWorkingDay) -> dict[date, dict[Item, int]]:
        """What is to be entered by day. A day that is told of twice, or was worked with here, is refused."""
        span = [row.first + timedelta(days=n) for n in range((row.last - row.first).days + 1)]
        days = [day for day in span if is_worked(day)] or span[:1]
        for day in span:
            if (other := self._told.get(day)) is not None:
                raise _RowRefused(row.when_cell, f"the figures of {row.who} for {day} stand in {_where(other)} already")
        for monday in sorted({monday_of(day) for day in days}):
            week = self._weeks.get(monday.isoformat())
            if week is not None and week["has_entries"] and not _is_of_history(week):
                what = f"the week from {monday} of {row.who} was entered with the bot; what is there stays"
                raise _RowRefused(row.when_cell, what)
        made: dict[date, dict[Item, int]] = defaultdict(dict)
        for item, amount in row.figures.items():
            wanted = spread(amount, days)
            for day in span:
                brought = self._brought[day].get(item)
                difference = wanted.get(day, 0) - (brought or 0)
                if difference or (not amount and brought is None and day == days[0]):  # 0: somebody said so
                    made[day][item] = difference
                if difference < 0 and self._entered[day].get(item, 0) + wanted.get(day, 0) < 0:
                    what = f"{item.value} of {day} was corrected with the bot and would be below 0"
                    raise _RowRefused(row.when_cell, what)
        self._told.update(dict.fromkeys(span, row))
        return made

    def enter(self, differences: Mapping[date, Mapping[Item, int]], now: datetime, why: str) -> None:
        postings.was_there(self._db, self._person, min(differences, default=now.date()))
        for day, figures in sorted(differences.items()):
            self._db.insert(
                Entry,
                week=self._week(monday_of(day), now),
                person=self._person,
                place=presence.place_of(self._db, self._person, day) or self._place,
                day=day.isoformat(),
                **{item.value: amount for item, amount in figures.items()},
                state=EntryState.COUNTED.value,
                batch=HISTORY,
                by=self._person,
                at=now,
                why=why,
            )

    def _week(self, monday: date, now: datetime) -> int:
        """The week, confirmed by nobody: no reminder of it is left to come."""
        week = self._weeks.get(monday.isoformat())
        if week is None:
            self._db.insert(
                Week,
                person=self._person,
                monday=monday.isoformat(),
                state=WeekState.CONFIRMED.value,
                confirmed_at=now,
                sent=[],
            )
        elif not _is_of_history(week):  # its card was looked at, no more
            confirmed = "update workload_week set state = ?, confirmed_at = ?, look_at = null where id = ?"
            self._db.execute(confirmed, (WeekState.CONFIRMED.value, now, week["id"]))
        else:
            return int(week["id"])
        week = self._db.one(f"{_WEEKS} and week.monday = ?", (self._person, monday.isoformat()))
        assert week is not None
        self._weeks[monday.isoformat()] = week
        return int(week["id"])


def _is_of_history(week: Row) -> bool:
    return bool(week["state"] == WeekState.CONFIRMED and week["confirmed_by"] is None)


def _where(row: HistoryRow) -> str:
    return f"{row.sheet} {row.when_cell}".strip()
