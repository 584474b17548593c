"""A migrated database, a small roster, and the settings of a folder of the test's own."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from benchmarks.linli_folder import KEYS, RING
from bot.importing import import_files
from models.database import Database
from tests import fresh_database

PLACES = "code,name,kind,parent\nNY-1,南苑一片,area,NY\nNY,南苑社区,committee,TOWN\nTOWN,青溪镇,town,\n"
PEOPLE = (
    "code,name,role,places,language\n"
    "LI,李敏,coordinator,NY-1,zh\nWANG,王警官,officer,NY,zh\nSUN,孙警官,deputy,NY,en\nGAO,高主任,town_office,TOWN,zh\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with no setting of the outer world."""
    for name in list(os.environ):
        if name.upper().startswith("LINLI_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LINLI_KEYS", KEYS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def database_file(folder: Path) -> Path:
    (folder / "data").mkdir()
    return fresh_database.make(folder / "data" / "linli.db")


@pytest.fixture
def db(database_file: Path) -> Iterator[Database]:
    opened = Database(database_file, RING)
    yield opened
    opened.close()


@pytest.fixture
def files(folder: Path) -> list[Path]:
    """places.csv and people.csv in the working directory."""
    written = [folder / "places.csv", folder / "people.csv"]
    written[0].write_text(PLACES, "utf-8")
    written[1].write_text(PEOPLE, "utf-8")
    return written


@pytest.fixture
def roster(db: Database, files: list[Path]) -> list[Path]:
    """The two files, already imported."""
    import_files(db, files, date(2026, 11, 23))
    return files
