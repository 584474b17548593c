"""Somebody's own calendar, over real HTTP: read by icalendar and by khal, never by whoever has no address."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from icalendar import Calendar

from benchmarks.linli_folder import RING, environment
from bot.feed import Feed, Limiter, serving
from chat.clock import SystemClock
from models.database import Database
from models.invite import Invite, digest
from sandbox.server import start as start_sandbox
from tests import fresh_database
from tests.scenarios.story import TOKEN, Story, furnish
from tests.scenarios.test_area_plans import SPOT, WHY, agree, inspect_every, opened, propose
from tests.scenarios.test_leaving import _leaves as leaves
from tests.scenarios.test_meetings import STAFF, count, set_up, set_up_once
from tests.scenarios.test_spot_checks import begun, planned
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import joined

FORMAT = "{start-long-full}|{end-time}|{title}|{location}|{status}"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def events(self) -> dict[str, dict[str, Any]]:
        """As icalendar reads them, by their UID."""
        found = Calendar.from_ical(self.body).walk("VEVENT")
        read = [{name.lower(): event.decoded(name) for name in event} for event in found]
        return {str(event["uid"]): event for event in read}


async def get(url: str, **headers: str) -> Answer:
    asked = {name.replace("_", "-"): value for name, value in headers.items()}
    async with aiohttp.ClientSession() as session, session.get(url, headers=asked) as answer:
        return Answer(
            answer.status, await answer.read(), {name.lower(): value for name, value in answer.headers.items()}
        )


@asynccontextmanager
async def served(story: Story, limiter: Limiter | None = None) -> AsyncIterator[str]:
    """The town has switched calendars on; gives where."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/linli"
    story.bot.house = replace(story.bot.house, feed_url=url)
    story.restart()
    feed = Feed(story.db, story.clock, story.bot.house, limiter)
    async with serving(feed, url, port):
        yield url


def address(story: Story, who: str) -> str:
    """The newest address that stands on a phone."""
    lines = [line for line in reversed(story.screen(who).splitlines()) if line.startswith("http")]
    return lines[0]


async def subscribe(story: Story, who: str = "LI") -> str:
    await story.say(who, "/me")
    await story.press(who, "日历订阅")
    story.expect(who, "提醒：")
    story.expect(who, "您的日历地址：", "添加订阅日历", "请不要转发")
    return address(story, who)


async def khal(folder: Path, calendar: bytes, *, to: str = "Asia/Shanghai") -> list[str]:
    """What another program's list of this calendar says, a line for each entry."""
    home = folder / "khal"
    (home / "there").mkdir(parents=True, exist_ok=True)
    config, file = home / "config", home / "feed.ics"
    file.write_bytes(calendar)
    config.write_text(
        f"[calendars]\n[[linli]]\npath = {home}/there\n[sqlite]\npath = {home}/khal.db\n"
        f"[locale]\nlocal_timezone = {to}\ndefault_timezone = {to}\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "[default]\ndefault_calendar = linli\n"
    )

    async def run(*words: str) -> str:
        khal = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "khal", "-c", str(config), *words),
            env={"HOME": str(home), "LC_ALL": "C.UTF-8"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await khal.communicate()
        assert khal.returncode == 0, err.decode()
        return out.decode()

    await run("import", "--batch", "-a", "linli", str(file))
    listed = await run("list", "--format", FORMAT, "--day-format", "", "2026-11-01", "90d")
    return [line for line in listed.splitlines() if line]


async def test_what_icalendar_and_khal_read_is_what_the_chat_says(story: Story, tmp_path: Path) -> None:
    await joined(story, *STAFF)
    async with served(story):
        await set_up(story)
        await story.advance(seconds=1)
        story.read_all(*STAFF)
        url = await subscribe(story)
        answer = await get(url)
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        events = answer.events
        assert [event["dtstart"] for event in events.values()] == [
            datetime(2026, 11, 27, 6, tzinfo=UTC),
            datetime(2026, 12, 4, 6, tzinfo=UTC),
        ]
        assert {event["status"] for event in events.values()} == {"TENTATIVE"}
        for line in (b"DTSTART:20261127T060000Z", b"DTEND:20261127T070000Z"):  # also for who knows no zones
            assert line in answer.body.splitlines()
        assert b"X-WR-CALNAME:" + "邻里".encode() in answer.body
        for name in ("李敏", "吴芳", "王警官"):
            assert name.encode() not in answer.body
        await story.press("LI", "✓ 来")
        await story.press("LI", "加入日历")
        friday = "2026-11-27 14:00|15:00|会议 南苑社区 每周五 14:00|警务室|"
        wanted = [f"{friday}CONFIRMED ", "2026-12-04 14:00|15:00|会议 南苑社区 每周五 14:00|警务室|TENTATIVE "]
        assert await khal(tmp_path, (await get(url)).body) == wanted
        file = next(m for m in reversed(story.messages("LI")) if m["file"])["file"].rpartition("/")[2]
        in_chat = story.sandbox.world.files[file].data
        assert await khal(tmp_path / "chat", in_chat) == wanted[:1]
        assert Answer(200, in_chat, {}).events["meeting-1@linli"] == (await get(url)).events["meeting-1@linli"]
        berlin = await khal(tmp_path / "berlin", in_chat, to="Europe/Berlin")
        assert berlin == [wanted[0].replace("14:00|15:00", "07:00|08:00")]


async def test_what_is_moved_and_cancelled_replaces_what_a_calendar_has(story: Story, tmp_path: Path) -> None:
    await joined(story, *STAFF)
    async with served(story):
        await set_up(story)
        await story.advance(seconds=1)
        url = await subscribe(story)
        before = (await get(url)).events["meeting-1@linli"]
        await until(story, "2026-11-24", 15)
        await story.press("WANG", "改期")
        await story.say("WANG", "周四 15:00")
        answer = await get(url)
        after = answer.events["meeting-1@linli"]
        assert after["dtstart"] == datetime(2026, 11, 26, 7, tzinfo=UTC)
        assert after["sequence"] > before["sequence"]
        assert after["last-modified"] > before["last-modified"]
        assert (await khal(tmp_path, answer.body))[0].startswith("2026-11-26 15:00|16:00|")
        await until(story, "2026-11-24", 16)
        await story.press("WANG", "取消这次")
        await story.press("WANG", "确定取消")
        cancelled = (await get(url)).events["meeting-1@linli"]
        assert cancelled["status"] == "CANCELLED"
        assert cancelled["sequence"] > after["sequence"]
        await story.forge("LI", "mt:2:no")
        assert set((await get(url)).events) == {"meeting-1@linli"}  # where LI does not come is not in LI's calendar


async def test_what_has_passed_stays_thirty_days_and_what_is_single_is_there_until_it_comes(story: Story) -> None:
    await joined(story, *STAFF)
    async with served(story):
        await set_up_once(story, "明天 9:00 三楼会议室")
        await set_up_once(story, "2027-1-20 9:00 三楼会议室")
        url = await subscribe(story)
        assert len((await get(url)).events) == 2
        await until(story, "2026-12-24", 9)
        assert len((await get(url)).events) == 2
        await until(story, "2026-12-26", 9)
        assert len((await get(url)).events) == 1


async def test_the_same_calendar_is_sent_once(story: Story) -> None:
    await joined(story, *STAFF)
    async with served(story):
        await set_up(story)
        url = await subscribe(story)
        first = await get(url)
        tag = first.headers["etag"]
        await until(story, "2026-11-24", 12)
        assert (await get(url)).headers["etag"] == tag
        for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            again = await get(url, If_None_Match=known)
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert (await get(url, If_None_Match='"other"')).status == 200
        await story.forge("LI", "mt:1:yes")
        assert (await get(url, If_None_Match=tag)).status == 200


async def test_joint_inspections_stand_in_the_calendar_of_who_knows_of_them(story: Story, tmp_path: Path) -> None:
    await opened(story, "LI", "ZHOU", "WANG", "GAO", "QIAN")
    await propose(story)
    await agree(story)
    async with served(story):
        urls = {who: await subscribe(story, who) for who in ("LI", "ZHOU", "WANG", "GAO", "QIAN")}
        assert not (await get(urls["ZHOU"])).events
        await inspect_every(story, "周四", "10:00")
        await story.say("GAO", "/plans")
        await story.press("GAO", "南苑一片")  # sees the plan, and goes along with nobody
        thursday = "2026-11-26 10:00|11:00|联合巡查 南苑一片 方案 1|南苑一片|"
        for who in ("LI", "ZHOU", "WANG"):
            assert await khal(tmp_path / who, (await get(urls[who])).body) == [f"{thursday}CONFIRMED "]
        assert not (await get(urls["GAO"])).events and not (await get(urls["QIAN"])).events
        answer = await get(urls["WANG"])
        for words in ("李敏", "周婷", SPOT, WHY):
            assert words.encode() not in answer.body
        before = answer.events["inspection-1@linli"]
        assert before["dtstart"] == datetime(2026, 11, 26, 2, tzinfo=UTC)
        await story.press("WANG", "加入日历")
        file = next(m for m in reversed(story.messages("WANG")) if m["file"])["file"].rpartition("/")[2]
        in_chat = Answer(200, story.sandbox.world.files[file].data, {})
        assert in_chat.events["inspection-1@linli"] == before
        assert await khal(tmp_path / "chat", in_chat.body) == [f"{thursday}CONFIRMED "]
        assert (await get(urls["WANG"], If_None_Match=answer.headers["etag"])).status == 304
        await until(story, "2026-11-24", 15)
        await inspect_every(story, "周五", "14:00")
        await until(story, "2026-11-24", 16)
        assert "改期：原定 11月26日周四 10:00" in story.screen("WANG")  # who has the file was told of that hour
        assert "改期：" not in story.screen("LI")
        moved = await get(urls["LI"])
        after = moved.events["inspection-1@linli"]
        assert after["sequence"] > before["sequence"] and after["last-modified"] > before["last-modified"]
        friday = "2026-11-27 14:00|15:00|联合巡查 南苑一片 方案 1|南苑一片|"
        assert await khal(tmp_path / "moved", moved.body) == [f"{friday}CONFIRMED "]
        await story.press("WANG", "提前结束")
        await story.say("WANG", "楼要拆了")
        for who in ("LI", "WANG"):
            cancelled = (await get(urls[who])).events["inspection-1@linli"]
            assert cancelled["status"] == "CANCELLED"
            assert cancelled["sequence"] > after["sequence"]


async def test_spot_checks_stand_in_the_calendars_of_its_two_once_they_know(story: Story, tmp_path: Path) -> None:
    await begun(story, "ZHOU", "WANG", "LI", at=story.clock.moment)
    async with served(story):
        urls = {who: await subscribe(story, who) for who in ("ZHOU", "WANG", "LI")}
        await planned(story)
        assert not (await get(urls["WANG"])).events
        await story.advance(seconds=1)
        wednesday = "2026-12-02 09:30|10:30|入户抽查 南苑社区|南苑社区|"
        asked = await get(urls["WANG"])
        assert await khal(tmp_path / "asked", asked.body) == [f"{wednesday}TENTATIVE "]
        assert "加入日历" not in labels(story, "WANG")
        await story.press("WANG", "同意")
        for who in ("ZHOU", "WANG"):
            assert await khal(tmp_path / who, (await get(urls[who])).body) == [f"{wednesday}CONFIRMED "]
            await story.press(who, "加入日历")
            file = next(m for m in reversed(story.messages(who)) if m["file"])["file"].rpartition("/")[2]
            in_chat = story.sandbox.world.files[file].data
            assert await khal(tmp_path / f"chat {who}", in_chat) == [f"{wednesday}CONFIRMED "]
            assert Answer(200, in_chat, {}).events == (await get(urls[who])).events
        assert not (await get(urls["LI"])).events
        before = (await get(urls["WANG"])).events["spot-1@linli"]
        assert before["dtstart"] == datetime(2026, 12, 2, 1, 30, tzinfo=UTC)
        await story.press("WANG", "另定时间")
        await story.say("WANG", "下周四 14:00")
        assert not (await get(urls["ZHOU"])).events  # has not heard of the new time yet
        await story.advance(seconds=1)
        after = (await get(urls["ZHOU"])).events["spot-1@linli"]
        assert (after["dtstart"], after["status"]) == (datetime(2026, 12, 3, 6, tzinfo=UTC), "TENTATIVE")
        assert after["sequence"] > before["sequence"]
        await story.advance(seconds=1)
        await story.press("ZHOU", "取消这次")
        await story.press("ZHOU", "确定取消")
        await story.advance(seconds=1)
        for who in ("ZHOU", "WANG"):
            cancelled = (await get(urls[who])).events["spot-1@linli"]
            assert cancelled["status"] == "CANCELLED" and cancelled["sequence"] > after["sequence"]


async def test_an_address_that_was_guessed_revoked_or_switched_off_is_none(story: Story) -> None:
    await joined(story, *STAFF, "ZHOU")
    async with served(story) as base:
        await set_up(story)
        first = await subscribe(story)
        assert count(story, "calendar_feed") == 1
        secret = first.rpartition("/")[2].removesuffix(".ics")
        assert len(secret) == 32  # of 64 signs: 192 bits
        kept = str([tuple(row) for row in story.db.all("select * from calendar_feed")])
        assert secret not in kept
        await story.press("LI", "换新地址")
        story.expect("LI", "您的日历地址：")
        second = address(story, "LI")
        assert first != second and first not in story.screen("LI")
        wrong = [first, f"{base}/feed/{'A' * 32}.ics", second[:-5] + "x.ics", f"{base}/feed/x.ics", f"{second}.ics"]
        told = [await get(url) for url in wrong]
        assert {(answer.status, answer.body) for answer in told} == {(404, b"no such calendar")}
        assert (await get(second)).status == 200
        await story.say("LI", "/me")
        story.expect("LI", "日历订阅：已开通")
        await story.press("LI", "日历订阅")
        story.expect("LI", "日历订阅已开通（11月24日）", "地址只在开通时显示一次")
        assert second not in story.screen("LI")
        await story.forge("LI", "fd:1:new")  # of the address of before
        assert story.toast("LI") == "这是旧卡片，请看最新的那张。"
        await story.forge("ZHOU", "fd:2:off")  # another's
        assert story.toast("ZHOU") == "这是旧卡片，请看最新的那张。"
        assert (await get(second)).status == 200
        await story.press("LI", "关闭")
        story.expect("LI", "日历订阅已关闭，原来的地址失效了。")
        assert (await get(second)).status == 404
        await story.press("LI", "重新开通")
        story.expect("LI", "您的日历地址：")
        third = address(story, "LI")
        assert (await get(third)).status == 200
        await leaves(story, "LI")
        assert (await get(third)).status == 404
        assert count(story, "calendar_feed") == 0


async def test_who_is_no_longer_on_the_staff_reads_nothing(story: Story) -> None:
    await joined(story, *STAFF)
    async with served(story):
        url = await subscribe(story)
        assert (await get(url)).status == 200
        with story.db.transaction() as db:
            db.execute("update person set active = 0 where code = 'LI'")
        assert (await get(url)).status == 404


async def test_in_english_and_where_the_town_has_not_switched_it_on(story: Story) -> None:
    await joined(story, "LI", language="en")
    await story.say("LI", "/me")
    await story.press("LI", "Calendar feed")
    story.expect("LI", "Reminders: ")
    story.expect("LI", "The town has not switched calendar feeds on.")
    assert count(story, "calendar_feed") == 0
    async with served(story):
        await story.say("LI", "/me")
        await story.press("LI", "Calendar feed")
        story.expect("LI", "Reminders: ")
        story.expect("LI", "The address of your calendar:", "add a subscribed calendar", "do not pass it on")
        first = address(story, "LI")
        assert (await get(first)).status == 200
        await story.press("LI", "New address")
        story.expect("LI", "The address of your calendar:")
        assert (await get(first)).status == 404
        await story.forge("LI", "fd:1:new")  # of the address of before
        assert story.toast("LI") == "That is an old card, please use the newest."
        await story.press("LI", "Switch off")
        story.expect("LI", "Your calendar feed is off")
        story.expect_nothing("LI")


async def test_nobody_asks_more_often_than_a_calendar_does(story: Story) -> None:
    await joined(story, "LI")
    now = 0.0
    async with served(story, Limiter(lambda: now)) as base:
        url = await subscribe(story)
        guessed = f"{base}/feed/{'A' * 32}.ics"
        assert {(await get(guessed)).status for _ in range(60)} == {404}
        assert [(await get(each)).status for each in (guessed, url)] == [429, 429]
        assert (await get(url, X_Forwarded_For="198.51.100.7, 203.0.113.9")).status == 200  # whom our proxy names
        assert (await get(url, X_Forwarded_For="nobody")).status == 429
        now = 4.0
        assert [(await get(url)).status for _ in range(3)] == [200, 200, 429]


@pytest.mark.timeout(60)
async def test_linli_run_serves_calendars_and_logs_no_address(tmp_path: Path) -> None:
    path = fresh_database.make(tmp_path / "linli.db")
    db = Database(path, RING)
    ids = furnish(db)
    with db.transaction():
        later = SystemClock().now().replace(year=2100)
        db.insert(Invite, digest=digest("FEEDLI22"), person=ids["LI"], expires_at=later)
    sandbox = await start_sandbox()
    li = sandbox.world.add_person("李敏")
    port = free_port()
    feed = {"LINLI_FEED_URL": f"http://127.0.0.1:{port}", "LINLI_FEED_PORT": str(port)}
    variables = environment(sandbox.url, TOKEN, path, **feed)
    changed = asyncio.Event()
    sandbox.world.watchers.append(lambda chat, seq: changed.set())

    async def shown(words: str) -> dict[str, Any]:
        async with asyncio.timeout(20):
            while True:
                for message in sandbox.world.view(li.id)["messages"]:
                    if message["from"] == "bot" and words in message["text"]:
                        return dict(message)
                await changed.wait()
                changed.clear()

    with (tmp_path / "log").open("w") as log:
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"), env=variables, cwd=tmp_path, stdout=log, stderr=log
        )
    sandbox.world.say(li.id, li.id, "/start FEEDLI22")
    await shown("已登记")
    sandbox.world.say(li.id, li.id, "/me")
    me = await shown("提醒：")
    sandbox.world.press(li.id, li.id, me["message_id"], "fd:0:show", None)
    card = await shown("您的日历地址")
    url = next(line for line in card["text"].splitlines() if line.startswith("http"))
    assert (await get(url)).status == 200
    secret = url.rpartition("/")[2].removesuffix(".ics")
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /feed/{secret}.ics HTTP/9.x\r\nbad header {secret}\r\n\r\n".encode())
    assert b"400" in await reader.read()
    writer.close()
    db.execute("alter table calendar_feed rename to elsewhere")
    assert (await get(url)).status == 503
    db.execute("alter table elsewhere rename to calendar_feed")
    assert (await get(url)).status == 200
    bot.send_signal(signal.SIGTERM)
    await asyncio.wait_for(bot.wait(), 5)
    assert bot.returncode == 0
    written = (tmp_path / "log").read_text()
    assert "calendars are served" in written and "a calendar is not served" in written
    assert secret not in written
    await sandbox.stop()
    db.close()
    assert secret.encode() not in path.read_bytes()
