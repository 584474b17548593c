"""`linli doctor`: looks for whatever would keep an alert from finding somebody, and says how to mend it."""

import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from alerts.cover import gaps_of_leave
from alerts.roster import line
from bot.house import house_of
from bot.settings import Settings, is_loopback
from exports.faces import FontMissing, find_faces
from handlers.calendar_feed import NONE, address
from handlers.desk import House
from models.database import Database, DatabaseUnusable, LeftClear
from models.migration import current, newest
from models.place import PlaceKind
from models.sealing import KeysUnusable

TIMEOUT = aiohttp.ClientTimeout(total=5)
LEAST_FREE = 100 * 1024 * 1024
LEAVE_AHEAD = timedelta(days=7)  # a leave that begins by then is looked at
RESTORE = "stop the bot and restore the newest backup: linli restore FILE"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and its mend."""

    what: str
    mend: str


class ApiRefused(Exception):
    """The Bot API did not answer, or refused; `status` is 0 where no answer came. Never tells the token."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status = status


async def ask(settings: Settings, method: str) -> dict[str, Any]:
    """The result of a Bot API method without parameters. Raises ApiRefused."""
    url = f"{settings.telegram_api}/bot{settings.bot_token}/{method}"
    try:
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session, session.get(url) as answer:
            body = await answer.json(content_type=None)
            if answer.status == 200 and isinstance(body, dict) and isinstance(body.get("result"), dict):
                return dict(body["result"])
            told = body.get("description", "") if isinstance(body, dict) else ""
            raise ApiRefused(answer.status, f"HTTP {answer.status} {told}".strip())
    except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError
        what = str(error) or "no answer within five seconds"
        raise ApiRefused(0, what.replace(settings.bot_token, "…")) from error
    except ValueError as error:
        raise ApiRefused(0, "the answer is not one of a Bot API") from error


async def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Everything that is wrong; empty where all is well. Changes nothing."""
    found = [*await _platform(settings), *_folders(settings), *_fonts(), *_database(settings, now)]
    return [*found, *await _calendars(settings)]


async def _platform(settings: Settings) -> list[Finding]:
    if not settings.bot_token:
        return [Finding("LINLI_BOT_TOKEN is not set", "ask BotFather for a token and put it into .env")]
    try:
        await ask(settings, "getMe")
        hook = await ask(settings, "getWebhookInfo")
    except ApiRefused as refused:
        if refused.status in (401, 404):
            mend = "copy the token from BotFather into LINLI_BOT_TOKEN again"
            return [Finding(f"the Bot API does not know this token ({refused})", mend)]
        mend = "check the network, a proxy or firewall, and LINLI_TELEGRAM_API"
        return [Finding(f"the Bot API at {settings.telegram_api} cannot be reached: {refused}", mend)]
    if hook.get("url") and not settings.webhook_url:
        mend = "call the Bot API's deleteWebhook, or set LINLI_WEBHOOK_URL"
        return [Finding("a webhook is set with Telegram, so polling gets no updates", mend)]
    return []


async def _calendars(settings: Settings) -> list[Finding]:
    """Whether people's own calendars can be read at the address that they are given."""
    if not settings.feed_url:
        return []
    public, port = urlsplit(settings.feed_url), settings.feed_port
    if public.scheme != "https" and not is_loopback(settings.feed_url):
        mend = "set an https address, behind a proxy that has a certificate"
        return [Finding("LINLI_FEED_URL is not https: who listens on the way reads people's calendars", mend)]
    here = f"http://127.0.0.1:{port}{public.path}"
    said = await _asked(here)
    if not said:
        try:
            with socket.socket() as free:
                free.bind(("", port))
        except OSError as error:
            mend = "stop the program that uses it, or set LINLI_FEED_PORT"
            return [Finding(f"calendars cannot be served on port {port}: {error.strerror}", mend)]
        return []  # the bot does not run: what the proxy does with it is seen when it does
    if said != NONE:
        mend = "stop that program, or set LINLI_FEED_PORT"
        return [Finding(f"something else answers on port {port}, so calendars are not served", mend)]
    if await _asked(settings.feed_url) != NONE:
        mend = f"let the proxy pass {settings.feed_url}/feed/ on to {here}/feed/, and write no log of it"
        return [Finding(f"calendars are served on port {port}, but not at {settings.feed_url}", mend)]
    return []


async def _asked(base: str) -> str:
    """What is said, below this address, of a calendar that nobody has; empty where nobody answers."""
    url = address(base, "doctor-looks-whether-this-answers")
    try:
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session, session.get(url) as answer:
            return await answer.text() or f"HTTP {answer.status}"
    except (aiohttp.ClientError, OSError, UnicodeDecodeError):
        return ""


def _folders(settings: Settings) -> Iterator[Finding]:
    for folder in dict.fromkeys((settings.data_dir.absolute(), settings.database_path.parent.absolute())):
        there = folder
        while not there.exists():  # what is missing is made when it is needed, in the nearest folder there is
            there = there.parent
        try:
            with tempfile.TemporaryFile(dir=there):
                pass
        except OSError as error:
            mend = "give the bot's user a folder that it may write to: LINLI_DATA_DIR"
            yield Finding(f"the data folder {folder} is not writable: {error.strerror}", mend)
        free = shutil.disk_usage(there).free
        if free < LEAST_FREE:
            yield Finding(f"only {free // 1024**2} MB are free at {folder}", "make room: 100 MB are the least")


def _fonts() -> list[Finding]:
    try:
        find_faces()
    except FontMissing as missing:
        return [Finding(missing.WHAT, missing.MEND)]
    return []


def _database(settings: Settings, now: datetime) -> list[Finding]:
    path = settings.database_path
    try:
        ring = settings.ring()
    except KeysUnusable as unusable:
        return [Finding("what is kept cannot be opened", str(unusable))]
    if not path.is_file():
        return [Finding(f"there is no database at {path}", "run: linli migrate")]
    try:
        revision = current(path)
        if revision != newest():
            what = f"the database is at revision {revision or 'none'}, this linli needs {newest()}"
            return [Finding(what, "run: linli migrate")]
        db = Database(path, ring)
        try:
            told = str(db.all("pragma quick_check(1)")[0][0])
            if told != "ok":
                return [Finding(f"the database {path} is damaged: {told}", RESTORE)]
            house = house_of(settings, db)
            return [*_roster(db, house.today(now)), *_parked(db), *_calendar(house, now)]
        finally:
            db.close()
    except KeysUnusable as unusable:
        return [Finding("what is kept cannot be opened", str(unusable))]
    except LeftClear as unsealed:
        return [Finding(str(unsealed).partition(";")[0], "run: linli migrate")]
    except DatabaseUnusable as error:
        return [Finding(str(error), RESTORE)]
    except sqlite3.Error as error:
        return [Finding(f"the database {path} is damaged or cannot be read: {error}", RESTORE)]


def _roster(db: Database, today: date) -> Iterator[Finding]:
    committees = db.all(
        "select place.id, place.code, place.name, town.code as town from place join place town "
        "on town.id = place.parent where place.kind = ? and place.active order by place.code",
        (PlaceKind.COMMITTEE.value,),
    )
    if not committees:
        yield Finding("there are no committees", "run: linli import places.csv people.csv")
    for committee in committees:
        where = f"{committee['name']} ({committee['code']})"
        officers, *_, last = line(db, committee["id"], today)
        if not officers:
            yield Finding(f"{where} has no officer", "give it one in people.csv, then run: linli import people.csv")
        if not any(person.reachable for person in last):
            mend = f"run: linli invite --role town_office --place {committee['town']}"
            yield Finding(f"{where}: nobody with a working account on the last escalation step, the town office", mend)
        if away := gaps_of_leave(db, committee["id"], today, today + LEAVE_AHEAD):
            when = ", ".join(f"from {first} to {last_day}" for first, last_day in away)
            what = f"{where}: every officer and deputy who can be reached is on leave {when}"
            yield Finding(
                what, "give it a deputy in people.csv, then run: linli import people.csv; or end a leave early"
            )
    people = db.all(
        "select person.name, person.code, role, account.id as account, account.blocked, place.code as place "
        "from person left join account on account.id = person.account "
        "left join assignment on assignment.person = person.id left join place on place.id = assignment.place "
        "where person.active and role in ('officer', 'deputy') group by person.id order by role desc, person.code"
    )
    for person in people:
        who = f"{person['role']} {person['name']} ({person['code']})"
        if person["account"] is None:
            mend = f"run: linli invite --role {person['role']} --place {person['place']} --person {person['code']}"
            yield Finding(f"{who} has no account", mend)
        elif person["blocked"]:
            yield Finding(f"{who} has blocked the bot", "ask them to open the bot's chat and press Restart")


def _parked(db: Database) -> Iterator[Finding]:
    for row in db.all("select key, tries, reason from inbox where state = 'parked' order by id"):
        what = f"update {row['key']} was given up after {row['tries']} tries: {row['reason'] or 'no reason kept'}"
        yield Finding(what, f"look for {row['key']} in the bot's log and report the fault")


def _calendar(house: House, now: datetime) -> Iterator[Finding]:
    if house.days.ends_soon(house.today(now)):
        what = f"make-up days are known only until {house.days.covered_until()}"
        mend = "when the State Council has announced the next year, run: linli calendar import FILE"
        yield Finding(what, mend)
