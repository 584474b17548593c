"""The command line as people meet it: a program with exit codes and clear lines, never a traceback."""

import csv
import os
import re
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import get_args

import pytest

from benchmarks.linli_folder import KEYS
from bot.commands.town import RoleName
from models.person import Role
from tests.unit.bot import linli_command

ROOT = Path(__file__).parents[3]


class Linli:
    """`linli` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, code: int = 0, **settings: str) -> str:
        """Run it, insist on the exit code, and return what it printed (on failure with stderr)."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
        done = linli_command.linli(words, self.folder, kept | {"PYTHONUTF8": "1", "LINLI_KEYS": KEYS} | settings)
        told = done.out + done.err
        assert done.code == code, told
        assert "Traceback" not in told
        return told if code else done.out


@pytest.fixture
def linli(folder: Path, files: list[Path]) -> Linli:
    return Linli(folder)


def test_the_whole_way(linli: Linli) -> None:
    assert "run: linli migrate" in linli("import", "places.csv", code=1)
    assert "data/linli.db is at revision 0" in linli("migrate")
    linli("migrate")
    assert "places.csv: 3 added, 0 updated, 0 unchanged (only checked)" in linli("import", "places.csv", "--check")
    assert "people.csv: 4 added" in linli("import", "places.csv", "people.csv")
    name, how, code, until = linli("invite", "--role", "officer", "--place", "NY").strip().split("\t")
    assert (name, how) == ("王警官", f"/start {code}")
    assert until.startswith("until 20")
    assert linli("invites").startswith("1\topen\tofficer\tWANG\t王警官\tuntil ")
    assert linli("invites", "--revoke", "1") == "invitation 1 is revoked\n"
    assert linli("invites", "--revoke", "1", code=1) == "linli: invitation 1 was revoked already\n"
    assert "no officer is assigned to TOWN" in linli("invite", "--role", "officer", "--place", "TOWN", code=1)


def _closed(folder: Path, *outcomes: str, days: int = 8) -> None:
    """Suspicious activity of the first person, closed so many days ago."""
    with closing(sqlite3.connect(folder / "data" / "linli.db")) as db, db:
        for number, outcome in enumerate(outcomes):
            db.execute(
                "insert into report (number, reporter, place, state, ongoing, about, 'where', happened_at, deed, "
                "scene, may_ask, outcome, remark, created_at, closed_at) values "
                f"(?, 1, 1, 'closed', 0, '[]', '', 1, '', '', 0, ?, '', 1, "
                f"strftime('%s', 'now', '-{days} days') * 1000000)",
                (f"N{number}", outcome),
            )


def test_retention_says_what_is_due_and_when_the_next_is_and_erases_it_when_told(linli: Linli) -> None:
    linli("migrate")
    linli("import", "places.csv", "people.csv")
    _closed(linli.folder, "dealt_with", "unfounded", "abusive")
    told = [line.split("\t") for line in linli("retention", "--dry-run").splitlines()]
    assert [(line[0], line[1], line[3]) for line in told] == [
        ("suspicious", "due 0", "LINLI_REPORT_DAYS=90"),
        ("tip", "due 0", "LINLI_TIP_DAYS=180"),
        ("violation", "due 0", "LINLI_VIOLATION_DAYS=180"),
        ("unfounded", "due 2", "LINLI_UNFOUNDED_DAYS=7"),
        ("certificate", "due 0", "LINLI_VISIT_DAYS=30"),
        ("talk", "due 0", "LINLI_VISIT_DAYS=30"),
        ("words", "due 0", "LINLI_WORDS_DAYS=365"),
    ]
    assert [bool(re.fullmatch(r"next 20\d\d-\d\d-\d\d \d\d:\d\d", line[2])) for line in told] == [True, *[False] * 6]
    assert "unfounded\tdue 0\tnext 20" in linli("retention", "--dry-run", LINLI_UNFOUNDED_DAYS="9")
    assert "suspicious\tdue 1\tnext -" in linli("retention", "--dry-run", LINLI_REPORT_DAYS="8")
    rest = "requests for a visit erased: 0\nrows of words erased: 0\n"
    assert linli("retention", LINLI_UNFOUNDED_DAYS="9") == f"reports erased: 0\n{rest}"
    assert linli("retention", LINLI_UNFOUNDED_DAYS="9", LINLI_REPORT_DAYS="8") == f"reports erased: 3\n{rest}"
    assert "suspicious\terased so far 3" in linli("retention", "--dry-run")


def test_retention_knows_requests_for_a_visit_as_what_they_are(linli: Linli) -> None:
    linli("migrate")
    linli("import", "places.csv", "people.csv")
    made = (
        ("certificate", "given", "strftime('%s', 'now', '-31 days') * 1000000", ""),
        ("certificate", "not_given", "strftime('%s', 'now', '-20 days') * 1000000", ""),
        ("talk", "held", "strftime('%s', 'now', '-40 days') * 1000000", ""),
        ("talk", "open", "null", "2099-03-01"),
    )
    with closing(sqlite3.connect(linli.folder / "data" / "linli.db")) as db, db:
        for kind, state, decided, due in made:
            db.execute(
                "insert into visit (kind, place, mark, route, language, called, dwelling, purpose, slots, passed_over, "
                "state, made_at, due, spoke, witnessed, outcome, line, reason, decided_at, unreachable, late_days, "
                "staff_news, own_news) values "
                f"(?, 1, x'00', '', 'zh', '', '', '', '', '[]', ?, 1, ?, 0, 0, '', '', '', {decided}, 0, 0, '', '')",
                (kind, state, due),
            )
    told = {line.split("\t")[0]: line.split("\t")[1:] for line in linli("retention", "--dry-run").splitlines()}
    assert told["certificate"][0] == "due 1" and told["certificate"][1].startswith("next 20")
    assert told["talk"] == ["due 1", "next 2099-03-31 00:00", "LINLI_VISIT_DAYS=30"]
    erased = "reports erased: 0\nrequests for a visit erased: 2\nrows of words erased: 0\n"
    assert linli("retention") == erased
    told = {line.split("\t")[0]: line.split("\t")[1:] for line in linli("retention", "--dry-run").splitlines()[:6]}
    assert told["certificate"][0] == told["talk"][0] == "due 0"
    assert "certificate\terased so far 1\ntalk\terased so far 1\n" in linli("retention", "--dry-run")


def test_one_report_is_erased_when_told_with_a_certificate(linli: Linli) -> None:
    linli("migrate")
    linli("import", "places.csv", "people.csv")
    _closed(linli.folder, "dealt_with", "unfounded")
    file = linli.folder / "certificate.txt"
    assert "N0 (suspicious, closed) is erased now." in linli("erase", "N0", "--certificate", str(file), code=1)
    assert not file.exists()
    told = linli("erase", "N0", "--yes", "--certificate", str(file))
    assert told == file.read_text("utf-8") and stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "erased: report N0 (suspicious, closed)" in told and "     1  report\n" in told and "by: linli " in told
    assert "journal is emptied" in told and "VACUUM is not needed" in told
    assert "File exists" in linli("erase", "N1", "--yes", "--certificate", str(file), code=1)
    assert linli("erase", "N0", "--yes", code=1) == "linli: there is no report N0; it may be erased already\n"
    with closing(sqlite3.connect(linli.folder / "data" / "linli.db")) as db:
        assert db.execute("select number from report").fetchall() == [("N1",)]
        assert db.execute("select kind, month, count from erasure").fetchall() == [("suspicious", "1970-01", 1)]


def test_who_left_is_erased_with_a_certificate(linli: Linli) -> None:
    linli("migrate")
    linli("import", "places.csv", "people.csv")
    linli("invite", "--role", "officer", "--place", "NY")
    told = linli("erase-person", "WANG", "--yes")
    assert "erased: person WANG" in told and "     1  invite\n" in told and "     1  assignment\n" in told
    assert "王警官" not in told
    assert linli("erase-person", "WANG", "--yes", code=1) == "linli: there is no person with the code WANG\n"
    assert "no officer is assigned to NY" in linli("invite", "--role", "officer", "--place", "NY", code=1)
    raw = b"".join(file.read_bytes() for file in (linli.folder / "data").iterdir())
    assert "王警官".encode() not in raw and b"WANG" not in raw
    with closing(sqlite3.connect(linli.folder / "data" / "linli.db")) as db:
        [(name, code, active)] = db.execute("select name, code, active from person where role = 'officer'").fetchall()
    assert (name, code.startswith("former-"), active) == ("前同事", True, 0)


def test_the_read_log_is_exported_and_nothing_in_it_is_a_formula(linli: Linli) -> None:
    linli("migrate")
    people = (linli.folder / "people.csv").read_text("utf-8").replace("王警官", "=HYPERLINK(1)")
    (linli.folder / "people.csv").write_text(people, "utf-8")
    linli("import", "places.csv", "people.csv")
    _closed(linli.folder, "dealt_with", "unfounded")
    with closing(sqlite3.connect(linli.folder / "data" / "linli.db")) as db, db:
        for report, code, day in (
            (1, "WANG", "2026-11-01 15:59"),
            (1, "SUN", "2026-11-01 16:00"),
            (2, "SUN", "2026-11-03"),
        ):
            db.execute(
                "insert into opening (report, person, through, opened_at) select ?, id, 'list', "
                "strftime('%s', ?) * 1000000 from person where code = ?",
                (report, day, code),
            )
    rows = list(csv.reader(linli("read-log", "--format", "csv").splitlines()))
    assert rows[0] == ["time", "report", "kind", "place", "person", "name", "role", "through"]
    assert [row[4] for row in rows[1:]] == ["SUN", "SUN", "WANG"]
    assert rows[3] == [
        *("2026-11-01 23:59:00+0800", "N0", "suspicious", rows[3][3], "WANG", "'=HYPERLINK(1)", "officer", "list")
    ]
    assert linli("read-log", "--report", "N1").split("\t")[1] == "N1"
    assert linli("read-log", "--person", "WANG").count("\n") == 1
    assert linli("read-log", "--until", "2026-11-01").count("\n") == 1  # days are the town's
    assert linli("read-log", "--since", "2026-11-02", "--until", "2026-11-02").count("\n") == 1
    assert linli("read-log", "--report", "N9", code=1) == "linli: there is no report with the number N9\n"
    assert "no person with the code X" in linli("read-log", "--person", "X", code=1)
    assert linli("read-log", "--since", "yesterday", code=2)


def test_bad_rows_are_named(linli: Linli) -> None:
    linli("migrate")
    (linli.folder / "places.csv").write_text("code,name,kind,parent\nT,镇,village,\n", "utf-8")
    told = linli("import", "places.csv", "missing.csv", code=1).splitlines()
    assert told[0].startswith("linli: places.csv, line 2, column kind: unknown kind village")
    assert told[1:] == ["missing.csv: No such file or directory", "nothing was imported"]


def test_failures_are_one_line(linli: Linli) -> None:
    assert linli("doctor", code=1, LINLI_TIMEZNE="x").count("\n") == 1
    assert "LINLI_BOT_TOKEN is not set" in linli("run", code=1)
    assert "run: linli migrate" in linli("run", code=1, LINLI_BOT_TOKEN="1:abc")
    assert "LINLI_DATABASE_URL=mysql://x: only SQLite" in linli("migrate", code=1, LINLI_DATABASE_URL="mysql://x")
    assert "File exists" in linli("migrate", code=1, LINLI_DATA_DIR="places.csv")
    (linli.folder / "data").mkdir()
    (linli.folder / "data" / "linli.db").write_bytes(b"no database" * 999)
    for words in (["migrate"], ["invites"], ["import", "places.csv"]):
        assert (
            linli(*words, code=1) == "linli: the database cannot be used: file is not a database; run: linli doctor\n"
        )


def test_a_database_of_a_newer_linli(linli: Linli) -> None:
    import sqlite3

    linli("migrate")
    connection = sqlite3.connect(linli.folder / "data" / "linli.db")
    connection.execute("update alembic_version set version_num = '9999'")
    connection.commit()
    connection.close()
    assert "at revision 9999" in linli("invites", code=1)
    assert "newer linli" in linli("migrate", code=1)


class GetMe(BaseHTTPRequestHandler):
    """A Bot API that knows its name."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"ok": true, "result": {"username": "linli_bot"}}')

    def log_message(self, *_: object) -> None:
        return


def test_links_where_the_bot_api_answers_and_codes_where_it_does_not(linli: Linli) -> None:
    linli("migrate")
    linli("import", "places.csv", "people.csv")
    words = ["invite", "--role", "town_office", "--place", "TOWN"]
    with HTTPServer(("127.0.0.1", 0), GetMe) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        api = f"http://127.0.0.1:{server.server_port}"
        told = linli(*words, LINLI_BOT_TOKEN="1:abc", LINLI_TELEGRAM_API=api).split("\t")
        server.shutdown()
        serving.join()
    assert told[1] == f"https://t.me/linli_bot?start={told[2]}"
    assert "\t/start " in linli(*words, LINLI_BOT_TOKEN="1:abc", LINLI_TELEGRAM_API=api)


def test_posters(linli: Linli) -> None:
    words = ["poster", "--place", "NY"]
    assert "run: linli migrate" in linli(*words, "--bot", "linli_bot", code=1)
    linli("migrate")
    linli("import", "places.csv")
    assert "set LINLI_BOT_TOKEN, or give it: --bot NAME" in linli(*words, code=1)
    assert linli(*words, "--bot", "@linli_bot", "--out", "named") == "named/poster-NY.pdf\nnamed/poster-NY.png\n"
    with HTTPServer(("127.0.0.1", 0), GetMe) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        api = f"http://127.0.0.1:{server.server_port}"
        assert linli(*words, LINLI_BOT_TOKEN="1:abc", LINLI_TELEGRAM_API=api) == "poster-NY.pdf\nposter-NY.png\n"
        server.shutdown()
        serving.join()
    for kind in ("pdf", "png"):  # the name that was asked for is the name that was given
        asked, given = (linli.folder / folder / f"poster-NY.{kind}" for folder in (".", "named"))
        assert asked.read_bytes() == given.read_bytes()
    linli(*words, "--bot", "linli_bot", "--language", "zh,en")
    assert (linli.folder / "poster-NY.png").read_bytes() != given.read_bytes()
    assert "give it: --bot NAME" in linli(
        *words, code=1, LINLI_BOT_TOKEN="1:abc", LINLI_TELEGRAM_API=api
    )  # the Bot API is gone
    told = linli("poster", "--place", "NY-1", "--bot", "linli_bot", code=1)
    assert told == "linli: NY-1 is of kind area; a poster belongs to a committee\n"
    for place in ("ZZ", "TOWN"):
        assert linli("poster", "--place", place, "--bot", "linli_bot", code=1).count("\n") == 1
    (linli.folder / "fonts.conf").write_text("<fontconfig/>", "utf-8")
    told = linli(*words, "--bot", "linli_bot", code=1, FONTCONFIG_FILE=str(linli.folder / "fonts.conf"))
    assert "linli: no font for Chinese is installed; run: apt-get install fontconfig fonts-noto-cjk" in told
    assert "File exists" in linli(*words, "--bot", "linli_bot", "--out", "places.csv", code=1)


def test_the_file_of_a_poster_stays_in_its_folder(linli: Linli) -> None:
    linli("migrate")
    (linli.folder / "places.csv").write_text("code,name,kind,parent\nT,镇,town,\n../村 1,村,committee,T\n", "utf-8")
    linli("import", "places.csv")
    told = linli("poster", "--place", "../村 1", "--bot", "linli_bot", "--out", "here")
    assert told == "here/poster-___村_1.pdf\nhere/poster-___村_1.png\n"


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["import"],
        ["invite", "--role", "sheriff", "--place", "X"],
        ["invite", "--role", "officer"],
        ["poster"],
        ["poster", "--place", "NY", "--bot", "linli_bot", "--language", "fr"],
        ["poster", "--place", "NY", "--bot", "linli_bot", "--language", "zh,zh"],
        ["poster", "--place", "NY", "--bot", "https://t.me/linli_bot"],
    ],
)
def test_wrong_use(linli: Linli, words: list[str]) -> None:
    assert linli(*words, code=2)


def test_doctor_says_the_mend(linli: Linli) -> None:
    linli("migrate")
    assert "✗ LINLI_BOT_TOKEN is not set\n  → ask BotFather" in linli("doctor", code=1)


def test_help_comes_at_once(linli: Linli) -> None:
    began = time.perf_counter()
    assert "doctor" in linli("--help")
    assert time.perf_counter() - began < 1.5  # alone it is a tenth of a second; tests share the machine


def test_the_roles_of_the_command_line_are_the_roles() -> None:
    assert list(get_args(RoleName)) == [role.value for role in Role]


def test_a_table_of_working_days(linli: Linli) -> None:
    linli("migrate")
    (linli.folder / "days.csv").write_text("day,works,name\n2026-11-27,no,停电\n2026-11-30,yes,\n", "utf-8")
    assert linli("calendar", "import", "days.csv").startswith(
        "days.csv: 2 days, 1 of them work otherwise than before\n"
    )
    assert linli("calendar").endswith("\n2026-11-27\toff\t停电\n")  # only what differs from the base data
    told = "linli: days.csv, line 2, column day: 27 is no day such as"
    (linli.folder / "days.csv").write_text("day,works,name\n27,no,\n", "utf-8")
    assert linli("calendar", "import", "days.csv", code=1).startswith(told)


HISTORY = "编号,月份,跑了几家,登记\nLI,3月,30,5\n"


def test_history_asks_once_what_a_column_holds(linli: Linli, roster: list[Path]) -> None:
    (linli.folder / "h.csv").write_text(HISTORY, "utf-8")
    told = linli("import-history", "h.csv", "--year", "2025", code=2)
    assert told.startswith(
        'linli: h.csv: nobody has said what these columns hold; add --map "跑了几家=ITEM" (ITEM is one'
    )
    assert told.count("\n") == 1
    assert "is not HEADER=ITEM" in linli("import-history", "h.csv", "--map", "跑了几家=nothing", code=2)
    assert "cell B2: of which year" in linli("import-history", "h.csv", "--map", "跑了几家=走访", code=1)
    words = ("import-history", "h.csv", "--year", "2025")
    assert linli(*words) == "h.csv: 1 rows, 1 of them new or changed, 0 skipped\n"
    assert linli(*words) == "h.csv: 1 rows, 0 of them new or changed, 0 skipped\n"


def test_history_that_is_bad_is_refused_whole_or_its_bad_rows_are_listed(linli: Linli, roster: list[Path]) -> None:
    (linli.folder / "h.csv").write_text(HISTORY + "LI,4月,-3,5\nNOBODY,4月,3,5\n", "utf-8")
    words = ("import-history", "h.csv", "--year", "2025", "--map", "跑了几家=visited")
    told = linli(*words, code=1).splitlines()
    assert told == [
        'linli: h.csv, cell C3: visited: "-3" is negative',
        "h.csv, cell A4: there is no coordinator NOBODY",
        "nothing was imported",
    ]
    told = linli(*words, "--skip-bad").splitlines()
    assert [line.partition(": ")[0] for line in told] == ["skipped", "skipped", "h.csv"]
    assert told[-1] == "h.csv: 1 rows, 1 of them new or changed, 2 skipped"
    (linli.folder / "h.csv").write_text(HISTORY + "NOBODY,4月,3,5\n" * 150, "utf-8")
    told = linli(*words, code=1).splitlines()
    assert (len(told), told[-2]) == (102, "… and 50 more")


def test_history_asks_on_a_terminal_until_it_is_answered(linli: Linli, roster: list[Path]) -> None:
    (linli.folder / "h.csv").write_text(HISTORY, "utf-8")
    ours, theirs = os.openpty()
    os.write(ours, "什么\n走访\n".encode())
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "import-history", "h.csv", "--year", "2025"],
        cwd=linli.folder,
        env=kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LINLI_KEYS": KEYS},
        stdin=theirs,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count('What does the column "跑了几家" hold?') == 2
    assert done.stdout.endswith("h.csv: 1 rows, 1 of them new or changed, 0 skipped\n")


def test_a_month_of_workload_is_written_into_a_file(linli: Linli, roster: list[Path]) -> None:
    (linli.folder / "h.csv").write_text(HISTORY, "utf-8")
    linli("import-history", "h.csv", "--year", "2025", "--map", "跑了几家=visited")
    assert linli("export", "workload", "--month", "2026-03") == "workload-2026-03.xlsx\n"
    assert linli("export", "workload", "--month", "2026-03", "--format", "csv", "--out", "m.csv") == "m.csv\n"
    assert (linli.folder / "workload-2026-03.xlsx").read_bytes().startswith(b"PK")
    (row,) = csv.DictReader((linli.folder / "m.csv").read_text("utf-8-sig").splitlines())
    assert (row["编号"], row["走访住户"], row["去年走访住户"]) == ("LI", "", "30")
    linli("export", "workload", "--month", "2025-03", "--format", "csv", "--language", "en")
    (row,) = csv.DictReader((linli.folder / "workload-2025-03.csv").read_text("utf-8-sig").splitlines())
    assert row["Dwellings visited"] == "30"
    assert "does not match" in linli("export", "workload", "--month", "March", code=2)
