"""The doctor: silent where all is well, and a finding with a mend for each thing that is not."""

import shutil
import socket
from collections import namedtuple
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.doctor import examine
from bot.settings import Settings
from handlers.calendar_feed import NONE
from models.database import Database
from models.migration import migrate
from models.person import Account
from models.queue import Inbox

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
TOKEN = "1:abc"


class Api:
    """A Bot API that answers what the test wants."""

    webhook = ""
    status = 200
    url = ""

    async def answer(self, request: web.Request) -> web.Response:
        if self.status != 200:
            return web.json_response({"ok": False, "description": "Unauthorized"}, status=self.status)
        assert request.path in (f"/bot{TOKEN}/getMe", f"/bot{TOKEN}/getWebhookInfo")
        return web.json_response({"ok": True, "result": {"username": "linli_bot", "url": self.webhook}})


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    told = Api()
    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", told.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    told.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield told
    await runner.cleanup()


@pytest.fixture
def settings(api: Api, folder: Path) -> Settings:
    return Settings(bot_token=TOKEN, telegram_api=api.url)


@pytest.fixture
def staffed(db: Database, roster: list[Path]) -> Database:
    """Everybody has an account."""
    with db.transaction():
        for person in db.all("select id, code from person"):
            name = f"telegram:{person['code']}"
            account = db.insert(Account, name=name, address=name, language="zh", bound_at=NOW)
            db.execute("update person set account = ? where id = ?", (account, person["id"]))
    return db


async def _found(settings: Settings) -> list[str]:
    findings = await examine(settings, NOW)
    assert all(finding.mend for finding in findings)
    return [finding.what for finding in findings]


async def test_all_is_well(settings: Settings, staffed: Database) -> None:
    assert await _found(settings) == []


async def test_the_calendar_ends_soon(settings: Settings, staffed: Database) -> None:
    [finding] = await examine(settings, datetime(2026, 11, 24, tzinfo=UTC))
    assert finding.what == "make-up days are known only until 2026-12-31"
    assert "linli calendar import" in finding.mend


async def test_the_platform(settings: Settings, staffed: Database, api: Api) -> None:
    api.webhook = "https://elsewhere.example/hook"
    assert ["a webhook is set" in what for what in await _found(settings)] == [True]
    api.status = 401
    [what] = await _found(settings)
    assert "does not know this token (HTTP 401 Unauthorized)" in what
    [what] = await _found(settings.model_copy(update={"telegram_api": "http://127.0.0.1:9"}))
    assert "cannot be reached" in what and TOKEN not in what
    assert await _found(settings.model_copy(update={"bot_token": ""})) == ["LINLI_BOT_TOKEN is not set"]


async def test_the_database(settings: Settings, folder: Path) -> None:
    [what] = await _found(settings)
    assert what.startswith("there is no database")
    assert not (folder / "data").exists()
    settings.database_path.parent.mkdir()
    settings.database_path.write_bytes(b"not a database at all" * 500)
    [what] = await _found(settings)
    assert "damaged" in what
    settings.database_path.unlink()
    settings.database_path.touch()
    [what] = await _found(settings)
    assert "at revision none" in what
    migrate(settings.database_path)
    assert await _found(settings) == ["there are no committees"]


async def test_the_folders(
    settings: Settings, staffed: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").touch()
    broken = settings.model_copy(
        update={"data_dir": folder / "file", "database_url": f"sqlite:///{settings.database_path}"}
    )
    assert any("is not writable" in what for what in await _found(broken))
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 99 * 1024**2))
    [what] = await _found(settings)
    assert what.startswith("only 99 MB are free")


async def test_the_roster(settings: Settings, staffed: Database) -> None:
    with staffed.transaction():
        staffed.execute("update person set account = null where code in ('SUN', 'GAO')")
        staffed.execute("update account set blocked = 1 where name = 'telegram:WANG'")
    findings = await examine(settings, NOW)
    assert [finding.what for finding in findings] == [
        "南苑社区 (NY): nobody with a working account on the last escalation step, the town office",
        "officer 王警官 (WANG) has blocked the bot",
        "deputy 孙警官 (SUN) has no account",
    ]
    assert findings[2].mend == "run: linli invite --role deputy --place NY --person SUN"
    with staffed.transaction():
        staffed.execute("update person set active = 0 where code = 'WANG'")
    assert "南苑社区 (NY) has no officer" in await _found(settings)


async def test_leave_of_everybody_who_answers_for_a_place(settings: Settings, staffed: Database) -> None:
    today = NOW.date()

    def away(code: str, first: int, last: int) -> None:
        with staffed.transaction():
            staffed.execute(
                "insert into leave (person, first, last, entered_at) select id, ?, ?, ? from person where code = ?",
                (*((today + timedelta(days=n)).isoformat() for n in (first, last)), NOW, code),
            )

    away("WANG", 7, 9)
    assert await _found(settings) == []  # the deputy is there
    away("SUN", 8, 20)
    findings = await examine(settings, NOW)
    gap = f"from {today + timedelta(days=8)} to {today + timedelta(days=9)}"
    assert [finding.what for finding in findings] == [
        f"南苑社区 (NY): every officer and deputy who can be reached is on leave {gap}"
    ]
    with staffed.transaction():
        staffed.execute(
            "update leave set taken_back_at = ? where first = ?", (NOW, (today + timedelta(days=8)).isoformat())
        )
    assert await _found(settings) == []
    away("SUN", 9, 9)
    away("WANG", 10, 30)
    with staffed.transaction():
        staffed.execute(
            "update leave set first = ? where first = ?", [(today + timedelta(days=n)).isoformat() for n in (8, 7)]
        )
    assert await _found(settings) == []  # it begins later than in a week


async def test_parked_updates(settings: Settings, staffed: Database) -> None:
    with staffed.transaction():
        staffed.insert(Inbox, key="telegram:7", lane="x", payload=b"", state="parked", tries=3, reason="KeyError: 'a'")
    assert await _found(settings) == ["update telegram:7 was given up after 3 tries: KeyError: 'a'"]


async def test_without_a_font_for_chinese_it_says_so(
    settings: Settings, staffed: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    [finding] = await examine(settings, NOW)
    assert "font" in finding.what
    assert finding.mend == "run: apt-get install fontconfig fonts-noto-cjk"


@asynccontextmanager
async def _answering(said: str) -> AsyncIterator[int]:
    """A program that says this to every request; gives its port."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=404, text=said)

    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def test_calendars_can_be_read_or_it_is_said_why_not(settings: Settings, staffed: Database) -> None:
    def at(url: str, port: int) -> Settings:
        return settings.model_copy(update={"feed_url": url, "feed_port": port})

    async with _answering(NONE) as ours, _answering("hello") as other:
        assert await _found(at(f"http://127.0.0.1:{ours}", ours)) == []
        [what] = await _found(at("http://linli.example.org", ours))
        assert what.startswith("LINLI_FEED_URL is not https")
        [what] = await _found(at(f"http://127.0.0.1:{other}", other))
        assert what == f"something else answers on port {other}, so calendars are not served"
        [what] = await _found(at(f"http://localhost:{other}", ours))
        assert what == f"calendars are served on port {ours}, but not at http://localhost:{other}"
    assert await _found(at(f"http://127.0.0.1:{ours}", ours)) == []  # the bot does not run
    with socket.socket() as taken:
        taken.bind(("", 0))  # and answers nobody
        port = taken.getsockname()[1]
        [what] = await _found(at(f"http://127.0.0.1:{port}", port))
        assert what.startswith(f"calendars cannot be served on port {port}")
