"""A town of the last version that sealed nothing: upgraded, the bot goes on with the draft and sends what waited."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest_asyncio

from benchmarks.linli_folder import environment
from chat.clock import SystemClock
from models.migration import migrate
from sandbox.limits import Limits
from sandbox.server import start as start_sandbox
from tests.faults.linli_process import PATIENCE, Town
from tests.scenarios.story import TOKEN

DEED = "一个人沿街挨个试拉车门，编号四四"
WAITING = "编号五五的情况有了结果"
ASKED = "/me"
_ROWS = (
    "insert into place (id, code, name, kind, active) values (1, 'NY', '南苑社区', 'committee', 1)",
    "insert into account (id, name, address, language, blocked, bound_at) "
    "values (1, :account, :account, 'zh', 0, :now)",
    "insert into person (id, code, name, role, language, account, active) "
    "values (1, 'LI', '李敏', 'coordinator', 'zh', 1, 1)",
    "insert into assignment (person, place) values (1, 1)",
    "insert into draft (account, form, version, step, answers, turn, language, address, touched_at, reviewing, "
    "reminded) values (:account, 'suspicious', 1, 'scene', :answers, 5, 'zh', :account, :now, 0, 0)",
    "insert into inbox (key, lane, payload, state, tries, reason) "
    "values ('telegram:1', :account, :update, 'waiting', 0, '')",
    "insert into outbox (dedupe, address, priority, payload, card, about, state, attempts, repeat, due_at, reason) "
    "values ('a', :account, '1', :waiting, '', '', 'waiting', 0, 0, :now, '')",
)


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    sandbox = await start_sandbox(limits=Limits(enabled=False))
    li = sandbox.world.add_person("李敏")
    li.started = True
    path, now = tmp_path / "linli.db", SystemClock().now()
    answers = {
        "ongoing": "no",
        "behaviours": ["trying_doors"],
        "where": {"name": "南苑社区", "place": 1},
        "when": {"at": now.isoformat(), "shown": "10:00"},
        "deed": DEED,
    }
    who = {"id": li.id, "is_bot": False, "first_name": "李敏", "language_code": "zh"}
    chat = {"id": li.id, "type": "private", "first_name": "李敏"}
    said = {"message_id": 1, "date": int(now.timestamp()), "chat": chat, "from": who, "text": ASKED}
    given = {
        "account": f"telegram:{li.id}",
        "now": now,
        "answers": orjson.dumps(answers).decode(),
        "update": orjson.dumps({"update_id": 1, "message": said}),
        "waiting": orjson.dumps({"act": "note", "text": WAITING}).decode(),
    }
    migrate(path, "0003")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("pragma journal_mode = wal")
        for sql in _ROWS:
            db.execute(sql, given)
    opened = Town(path, sandbox, {"LI": li.id}, {})
    yield opened
    await opened.close()


async def _migrate(town: Town) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "migrate"),
        env=environment(town.sandbox.url, TOKEN, town.path, PYTHONUTF8="1"),
        cwd=town.path.parent,
        stdout=asyncio.subprocess.PIPE,
    )
    town.started(process)
    async with asyncio.timeout(PATIENCE):
        told, _ = await process.communicate()
    assert process.returncode == 0
    return told.decode()


async def test_the_bot_goes_on_where_the_unsealed_one_stopped(town: Town) -> None:
    assert "run: linli migrate" in await (await town.run()).refused()
    assert "what people entrusted to the bot is sealed now" in await _migrate(town)
    raw = b"".join(file.read_bytes() for file in town.path.parent.glob("linli.db*"))
    assert not [word for word in (DEED, WAITING, "trying_doors", '"/me"', "language_code") if word.encode() in raw]
    linli = await town.run()
    await town.reads("LI", WAITING)
    await town.reads("LI", "李敏 · ")  # the update that waited was dealt with
    town.say("LI", "黑色外套，往东")
    await town.reads("LI", "第 7/8 步")
    await town.press("LI", "跳过")
    await town.press("LI", "可以")
    await town.reads("LI", DEED)
    await town.press("LI", "提交")
    await town.reads("LI", "南苑社区 · 试拉门窗")
    await linli.stop()
    assert len(town.shown("LI", WAITING)) == 1
    assert "sealed now" not in await _migrate(town)
