"""A table of working days: what is taken, and every way in which one may be bad."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.calendar_import import read, take
from bot.refusal import Refused
from models.database import Database
from reminders.calendar import WorkingDays, missing
from reminders.calendar_table import named_days, own_days, take_up

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
NEXT = WorkingDays().covered_until().year + 1
WHOLE = "".join(f"{day},no,放假\n" for day in missing({}, NEXT))
INDEPENDENCE = "".join(f"2026-{day},no,holiday\n" for day in ("01-19", "05-25", "07-03", "09-07", "10-12", "11-26"))


def written(folder: Path, rows: str, header: str = "day,works,name") -> Path:
    file = folder / "days.csv"
    file.write_text(f"{header}\n{rows}", "utf-8")
    return file


def taken(db: Database, folder: Path, rows: str, *, anyway: bool = False) -> tuple[int, date]:
    file = written(folder, rows)
    result = take(db, file, read(file, TODAY), NOW, anyway=anyway)
    return result.changed, result.covered_until


def test_a_running_house_takes_up_what_was_imported(db: Database, tmp_path: Path) -> None:
    days = WorkingDays()
    take_up(db, days)
    assert taken(db, tmp_path, "2026-11-25,休,停电\n2026/11/28,班,调休\n2026-11-30,yes,\n") == (2, date(2026, 12, 31))
    assert days.is_working_day(date(2026, 11, 25))
    take_up(db, days)
    assert not days.is_working_day(date(2026, 11, 25)) and days.is_working_day(date(2026, 11, 28))
    assert taken(db, tmp_path, WHOLE)[1] == date(NEXT, 12, 31)
    assert named_days(db)[0] == (
        date(2026, 11, 25),
        False,
        "停电",
    )  # the years that a file does not name are left alone
    assert taken(db, tmp_path, "2026-11-26,no,\n") == (3, date(NEXT, 12, 31))  # in place of the three days
    take_up(db, days)
    assert [day for day in own_days(db) if day.year == 2026] == [date(2026, 11, 26)]
    assert days.covered_until() == date(NEXT, 12, 31)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2026-11-25,no,\n2026-11-25,yes,\n", "line 3, column day: 2026-11-25 is there already: line 2"),
        ("2026-11-26,no,\n2026-11-25,no,\n", "line 3, column day: 2026-11-25 comes after 2026-11-26, line 2"),
        ("2026-11-31,no,\n", "line 2, column day: there is no 2026-11-31"),
        ("25.11.,no,\n", "line 2, column day: 25.11. is no day such as 2026-11-24"),
        ("2062-11-25,no,\n", "line 2, column day: the year 2062 is more than 5 years away"),
        ("2026-11-25,perhaps,\n", "line 2, column works: perhaps is neither yes nor no"),
        (f"2026-11-25,no,{'长' * 41}\n", "line 2, column name: a line break"),
        ("2026-11-25,no\n", "line 2: 2 values where 3 belong"),
        ('2026-11-25,no,"x\n', "this is not CSV"),
        ("", "the file has no days"),
        ("".join(f"2026-11-{n:02},no,\n" for n in range(9, 28)), "line 2, column works: 23 days off in a row"),
    ],
)
def test_bad_rows_are_named_and_nothing_is_taken(db: Database, tmp_path: Path, rows: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        taken(db, tmp_path, f"{rows}")
    assert f"{tmp_path / 'days.csv'}" in str(refused.value) and told in str(refused.value)
    assert str(refused.value).endswith("nothing was imported")
    assert own_days(db) == {}


def test_another_file_is_told_from_a_table_of_days(tmp_path: Path) -> None:
    for header, told in (
        ("code,name,kind,parent", "line 1: the first line must be day,works,name"),
        ("day;works;name", "line 1: the columns are separated by semicolons"),
    ):
        with pytest.raises(Refused, match=told):
            read(written(tmp_path, "2026-11-25,no,\n", header), TODAY)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (INDEPENDENCE, "6 days are otherwise in the State Council's calendar: 2026-01-19, 2026-05-25"),
        (f"{NEXT}-07-05,no,Independence Day\n", f"{NEXT} lacks statutory holidays of China"),
        (
            WHOLE.partition("\n")[2],
            f"{NEXT} lacks statutory holidays of China, so that it is not covered: {NEXT}-01-01",
        ),
    ],
    ids=["of another country", "of another country next year", "a missing day"],
)
def test_what_does_not_look_like_china_is_taken_only_when_it_is_said_again(
    db: Database, tmp_path: Path, rows: str, told: str
) -> None:
    with pytest.raises(Refused, match="add --anyway; nothing was imported") as refused:
        taken(db, tmp_path, rows)
    assert told in str(refused.value)
    assert own_days(db) == {}
    assert taken(db, tmp_path, rows, anyway=True)[1] == date(2026, 12, 31)  # it is not covered all the same
    assert len(own_days(db)) == rows.count("\n")
