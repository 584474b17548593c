"""`linli run` with a webhook: the secret is checked, an answer means committed, and the report goes its way as ever."""

import asyncio
import signal
import socket
import sys
from pathlib import Path

import aiohttp

from benchmarks.linli_folder import RING, environment
from chat.clock import SystemClock
from models.database import Database
from models.invite import Invite, digest
from sandbox.server import start as start_sandbox
from tests import fresh_database
from tests.scenarios.story import TOKEN, furnish

SECRET = "s3cret"


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_updates_come_in_by_webhook(tmp_path: Path) -> None:
    path = fresh_database.make(tmp_path / "linli.db")
    db = Database(path, RING)
    ids = furnish(db)
    with db.transaction():
        later = SystemClock().now().replace(year=2100)
        db.insert(Invite, digest=digest("HOOKLI22"), person=ids["LI"], expires_at=later)
    sandbox = await start_sandbox()
    li = sandbox.world.add_person("李敏")
    port = _free_port()
    hook = f"http://127.0.0.1:{port}/telegram"
    webhook = {"LINLI_WEBHOOK_URL": hook, "LINLI_WEBHOOK_SECRET": SECRET, "LINLI_WEBHOOK_PORT": str(port)}
    variables = environment(sandbox.url, TOKEN, path, **webhook)
    changed = asyncio.Event()
    sandbox.world.watchers.append(lambda chat, seq: changed.set())

    def bound() -> bool:
        return any("已登记" in m["text"] for m in sandbox.world.view(li.id)["messages"] if m["from"] == "bot")

    with (tmp_path / "log").open("w") as log:
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"), env=variables, cwd=tmp_path, stdout=log, stderr=log
        )
    sandbox.world.say(li.id, li.id, "/start HOOKLI22")  # waits at the platform until the webhook is set
    async with asyncio.timeout(20):
        while not bound():
            await changed.wait()
            changed.clear()
    assert not sandbox.world.pending  # confirmed, as it is committed
    update = {"update_id": 5, "message": {"from": {"id": 5}, "chat": {"id": 5, "type": "private"}, "text": "/help"}}
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
            async with session.post(hook, json=update, headers=headers) as answer:
                assert answer.status == 403
        assert not db.all("select 1 from inbox where key = 'telegram:5'")
        async with session.post(hook, json=update, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}) as answer:
            assert answer.status == 200
    stored = db.all("select state, length(payload) as left from inbox where key = 'telegram:5'")
    assert [tuple(row) for row in stored] == [("done", 0)]
    bot.send_signal(signal.SIGTERM)
    await asyncio.wait_for(bot.wait(), 5)
    assert bot.returncode == 0
    await sandbox.stop()
    db.close()
