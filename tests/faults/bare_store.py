"""What the bare bots share: a table of reports, as a first version of such a bot would have it."""

import json
import os
import sqlite3

OFFICERS: dict[str, int] = json.loads(os.environ.get("BARE_OFFICERS", "{}"))  # by reporter
TOKEN = os.environ.get("LINLI_BOT_TOKEN", "")
API = os.environ.get("LINLI_TELEGRAM_API", "")
QUESTIONS = (
    ("第 1/5 步：事情还在发生吗？", ("是", "否")),
    ("第 2/5 步：看到了什么行为？", ("试拉门窗或车门", "其他行为")),
    ("第 3/5 步：在哪里？", ("南苑一片", "南苑二片")),
    ("第 4/5 步：什么时候？", ("现在", "一小时内")),
    ("第 5/5 步：请写下做了什么。", ()),
)


def _open() -> sqlite3.Connection:
    store = sqlite3.connect(os.environ["LINLI_DATABASE_URL"].removeprefix("sqlite:///"))
    store.execute("create table if not exists report (id integer primary key, reporter, deed, taken, closed)")
    return store


def add(reporter: int, deed: str) -> int:
    with _open() as store:
        return store.execute("insert into report (reporter, deed) values (?, ?)", (reporter, deed)).lastrowid or 0


def mark(report: int, what: str) -> tuple[int, str]:
    """Mark a report as taken or closed; returns its reporter and deed."""
    with _open() as store:
        store.execute(f"update report set {what} = 1 where id = ?", (report,))
        reporter, deed = store.execute("select reporter, deed from report where id = ?", (report,)).fetchone()
        return int(reporter), str(deed)
