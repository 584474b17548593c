"""An invented town with a year behind it, the same for the same seed: 3 committees, 8 coordinators, 2 officers.

It makes the files that an administrator would import (places, people, thirteen months of weekly figures in a layout of
the town's own) and what its people enter in the month that runs. Whoever checks figures recomputes them from the rows
here, not from the database. `python -m tests.invented_town FOLDER` writes the files.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from benchmarks.linli_folder import RING
from bot import history
from bot.history_import import learn, meanings, take
from bot.importing import import_files
from handlers.desk import Desk, House
from handlers.workload import workweek
from models.database import Database, Row
from models.person import Account
from models.workload import EntryState
from tests import fresh_database
from workload.figures import Item

FIRST, LAST = date(2025, 9, 29), date(2026, 10, 26)  # the Mondays of history: October 2025 to October 2026
TODAY = date(2026, 11, 24)
HOUSE = House(ZoneInfo("Asia/Shanghai"))
WEEKS = (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23))  # of the month that runs
TYPICAL = {
    Item.VISITED: 34,
    Item.TAKEN: 12,
    Item.CHANGED: 5,
    Item.CANCELLED: 3,
    Item.SAME_DAY: 17,
    Item.CERTIFICATE_CHECKS: 4,
    Item.SELF_CHECKS: 21,
    Item.REPORTS: 2,
    Item.HOURS: 40,
}
# The town's own words; those that no name of an item is like are told with --map, once.
HEADERS = {
    Item.VISITED: "入户走访（户）",
    Item.TAKEN: "新增登记",
    Item.CHANGED: "变更",
    Item.CANCELLED: "注销",
    Item.SAME_DAY: "当天录入（条）",
    Item.CERTIFICATE_CHECKS: "居住证明核查",
    Item.SELF_CHECKS: "自查户数",
    Item.REPORTS: "报告",
    Item.HOURS: "工时（小时）",
}
MAPPED = {"入户走访": Item.VISITED, "居住证明核查": Item.CERTIFICATE_CHECKS}
PLACES = [
    ("TOWN", "青溪镇", "town", ""),
    *(
        row
        for code, name, areas in (("NY", "南苑社区", 3), ("DX", "东溪村", 3), ("BH", "柏河社区", 2))
        for row in (
            (code, name, "committee", "TOWN"),
            *((f"{code}-{n}", f"{name[:2]}{'一二三'[n - 1]}片", "area", code) for n in range(1, areas + 1)),
        )
    ),
]
COORDINATORS = {
    "LI": ("李敏", "NY-1"),
    "WU": ("吴芳", "NY-2"),
    "ZHAO": ("赵磊", "NY-3"),
    "QIAN": ("钱进", "DX-1"),
    "TANG": ("唐悦", "DX-2"),
    "LI2": ("李敏", "DX-3"),  # of the same name as another: the file gives the place as well
    "SHEN": ("沈洁", "BH-1"),
    "MA": ("马骏", "BH-2"),
}
STARTED = {"MA": date(2026, 3, 2)}
OTHERS = [
    ("WANG", "王警官", "officer", "NY"),
    ("HE", "何警官", "officer", "DX;BH"),
    ("ZHOU", "周婷", "cadre", "NY"),
    ("CHEN", "陈洁", "cadre", "DX"),
    ("BAI", "白露", "cadre", "BH"),
    ("GAO", "高主任", "town_office", "TOWN"),
]


@dataclass(frozen=True, slots=True)
class Past:
    """A row of the file of history; an item that is absent is an empty cell."""

    code: str
    monday: date
    figures: dict[Item, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a coordinator enters on a day of the month that runs."""

    code: str
    day: date
    figures: dict[Item, int]


@dataclass(frozen=True, slots=True)
class Change:
    """Other figures for a week: by the officer (objected to or not), or by the coordinator (accepted or not)."""

    code: str
    monday: date
    by: str
    figures: dict[Item, int]
    why: str
    objected: bool = False
    accepted: bool | None = None  # None: by the officer


@dataclass(frozen=True, slots=True)
class InventedTown:
    """Everything that happened there, as it was told."""

    past: list[Past] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    confirmed: set[tuple[str, date]] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)

    def figures(self, code: str, monday: date) -> dict[Item, int]:
        """What the tallies of a week add up to."""
        sums: dict[Item, int] = {}
        for tally in self.tallies:
            if tally.code == code and monday <= tally.day < monday + timedelta(days=7):
                for item, amount in tally.figures.items():
                    sums[item] = sums.get(item, 0) + amount
        return sums


def officer_of(code: str) -> str:
    return "WANG" if COORDINATORS[code][1].startswith("NY") else "HE"


def committee_of(code: str) -> str:
    return COORDINATORS[code][1].partition("-")[0]


def _mondays() -> Iterator[date]:
    monday = FIRST
    while monday <= LAST:
        yield monday
        monday += timedelta(days=7)


def invent(seed: int = 5) -> InventedTown:
    """The town of this seed."""
    random = Random(seed)
    town = InventedTown()
    pace = {code: random.uniform(0.7, 1.3) for code in COORDINATORS}

    def some(code: str, share: float) -> dict[Item, int]:
        drawn = {
            item: round(typical * share * pace[code] * random.uniform(0.6, 1.4)) for item, typical in TYPICAL.items()
        }
        return {item: amount for item, amount in drawn.items() if random.random() > 0.04}

    for code in COORDINATORS:
        for monday in _mondays():
            if monday >= STARTED.get(code, monday) and random.random() > 0.04:  # otherwise a week of leave
                town.past.append(Past(code, monday, some(code, 1)))
        for monday in WEEKS:
            for n in range(5):
                if monday + timedelta(days=n) <= TODAY:
                    town.tallies.append(Tally(code, monday + timedelta(days=n), some(code, 0.2)))
            if monday < WEEKS[-2] or (monday == WEEKS[-2] and random.random() < 0.5):
                town.confirmed.add((code, monday))
    for number, (code, monday) in enumerate(sorted(town.confirmed)):
        figures = town.figures(code, monday)
        item = random.choice(sorted(figures))
        wanted = {item: max(0, figures[item] + random.choice((-3, -2, -1, 1, 2, 9)))}
        if number % 4 == 1:
            town.changes.append(Change(code, monday, officer_of(code), wanted, "与台账不符", objected=number % 8 == 1))
        elif number % 4 == 3:
            town.changes.append(Change(code, monday, code, wanted, "漏记", accepted=number % 8 == 3))
    return town


def write_roster(folder: Path) -> list[Path]:
    """places.csv and people.csv."""
    people = [(code, name, "coordinator", place) for code, (name, place) in COORDINATORS.items()] + OTHERS
    files = [folder / "places.csv", folder / "people.csv"]
    for file, header, rows in (
        (files[0], ("code", "name", "kind", "parent"), PLACES),
        (files[1], ("code", "name", "role", "places", "language"), [(*person, "zh") for person in people]),
    ):
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows([header, *rows])
    return files


def write_history(town: InventedTown, file: Path) -> Path:
    """The thirteen months as the town keeps them: a title, a sheet for each year, a row of sums at the end."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for year in (2025, 2026):
        sheet = book.create_sheet(f"{year}年")
        sheet.append([f"青溪镇{year}年协管员每周工作量"])
        sheet.merge_cells("A1:M1")
        sheet.append(["序号", "社区", "姓名", "周", *HEADERS.values(), "备注"])
        rows = [row for row in town.past if row.monday.year == year]
        for number, row in enumerate(rows, 1):
            name = COORDINATORS[row.code][0]
            committee = next(place[1] for place in PLACES if place[0] == committee_of(row.code))
            sheet.append([number, committee, name, row.monday, *(row.figures.get(item) for item in HEADERS)])
        sheet.append(["", "", "合计", "", *(f"=SUM(E3:E{len(rows) + 2})" for _ in HEADERS)])
    book.save(file)
    return file


def at(day: date, hour: int = 17) -> datetime:
    """An hour of a day there."""
    return datetime.combine(day, time(hour), HOUSE.zone).astimezone(UTC)


def live(town: InventedTown, folder: Path) -> Database:
    """A database with the town's year, imported, and its current month, entered."""
    db = Database(fresh_database.make(folder / "linli.db"), RING)
    import_files(db, write_roster(folder), date(2026, 11, 1))
    learn(db, MAPPED)
    read = history.read(write_history(town, folder / "history.xlsx"), meanings(db), None, TODAY)
    result = take(db, read, at(date(2026, 11, 1)), HOUSE.is_working_day)
    assert result.rows == len(town.past)
    assert result.skipped == []
    with db.transaction():
        for code in COORDINATORS:
            account = db.insert(Account, name=f"t:{code}", address=f"t:{code}", language="zh", bound_at=at(FIRST))
            db.execute("update person set account = ? where code = ?", (account, code))
        _entered(db, town)
    return db


def _entered(db: Database, town: InventedTown) -> None:
    """What people enter in the month that runs, in its order."""
    ids = {row["code"]: row["id"] for row in db.all("select id, code from person")}

    def week(desk: Desk, code: str, monday: date) -> Row:
        return workweek.open_week(desk, ids[code], monday)

    for tally in sorted(town.tallies, key=lambda tally: tally.day):
        desk = Desk(db, at(tally.day), HOUSE)
        for item, amount in tally.figures.items():
            monday = tally.day - timedelta(days=tally.day.weekday())
            assert workweek.add(desk, week(desk, tally.code, monday), item, amount, ids[tally.code])
    for code, monday in sorted(town.confirmed):
        friday = Desk(db, at(monday + timedelta(days=4), 18), HOUSE)
        workweek.file(friday, week(friday, code, monday))
        change = next((each for each in town.changes if (each.code, each.monday) == (code, monday)), None)
        if change and change.accepted is None:
            batch = workweek.enter(friday, week(friday, code, monday), change.figures, ids[change.by], why=change.why)
        assert workweek.confirm(friday, week(friday, code, monday)["id"], ids[officer_of(code)])
        if change and change.accepted is not None:
            proposed = EntryState.PROPOSED
            batch = workweek.enter(
                friday, week(friday, code, monday), change.figures, ids[code], why=change.why, state=proposed
            )
            after = EntryState.COUNTED if change.accepted else EntryState.REFUSED
            assert workweek.settle(friday, week(friday, code, monday)["id"], batch, after)
        if change and change.objected:
            assert workweek.object_to(friday, week(friday, code, monday)["id"], batch)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write_roster(target)
    write_history(invent(), target / "history.xlsx")
