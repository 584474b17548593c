"""The Bot API is away, or will not have this bot: it waits for what comes back and ends where a person must mend it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from benchmarks.linli_folder import RING
from chat.clock import SystemClock
from chat.forms import REVIEW
from models.database import Database, opened
from models.draft import Draft
from models.report import Report
from tests.faults.linli_process import PATIENCE, Linli, Town
from tests.scenarios.story import TOKEN


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    opened = await Town.open(tmp_path)
    yield opened
    await opened.close()


def _filled(town: Town, who: str, deed: str) -> dict[str, Any]:
    """A form filled to its last card; returns the press of its submit button, as an update."""
    now = SystemClock().now()
    account = f"telegram:{town.people[who]}"
    answers = {
        "ongoing": "no",
        "behaviours": ["trying_doors"],
        "where": {"name": "南苑一片", "place": town.ids["NY-1"]},
        "when": {"at": now.isoformat(), "shown": "10:00"},
        "deed": deed,
        "may_ask": "yes",
    }
    db = Database(town.path, RING)
    with db.transaction():
        draft = db.insert(
            Draft,
            account=db.mark(account),
            address=account,
            form="suspicious",
            version=1,
            step=REVIEW,
            answers=answers,
            reviewing=True,
            touched_at=now,
        )
    db.close()
    user = {"id": town.people[who], "is_bot": False, "first_name": who}
    message = {"chat": {"id": town.people[who], "type": "private"}, "message_id": 1, "date": 0}
    press = {"id": f"9{draft}", "from": user, "chat_instance": "1", "message": message, "data": f"f:{draft}:0:submit:"}
    return {"callback_query": press}


async def _met(town: Town, linli: Linli, sql: str) -> None:
    """Wait, with a bot that goes on trying in vain, until the database holds such a row."""
    async with asyncio.timeout(PATIENCE):
        while not town.rows(sql):
            await linli.heard("platform does not answer")


async def _call(town: Town, method: str, **parameters: Any) -> None:
    """Somebody else calls the Bot API with our token."""
    url = f"{town.sandbox.url}bot{TOKEN}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=parameters) as answer:
        assert (await answer.json())["ok"], await answer.text()


async def _is_asked_for_updates(town: Town) -> None:
    """Wait until a poll of the bot stands open: between two of them another poller cuts off nobody."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
        waiting = 0
        while not waiting:
            async with session.get(f"{town.sandbox.url}sandbox/statistics") as answer:
                waiting = (await answer.json())["waiting"]


async def test_down_at_start_the_bot_waits_and_then_answers_what_was_said_meanwhile(town: Town) -> None:
    await town.take_away()
    town.say("LI", "/help")
    linli = await town.run()
    await linli.heard("platform does not answer", times=2)
    town.say("ZHOU", "/me")
    await town.bring_back()
    await town.reads("LI", "您可以")
    await town.reads("ZHOU", "周婷 · 村(居)委干部")
    await linli.stop()


async def test_stopped_while_it_waits_for_the_platform_it_ends_in_good_order(town: Town) -> None:
    await town.take_away()
    linli = await town.run()
    await linli.heard("platform does not answer")
    await linli.stop()
    await town.bring_back()


async def test_down_for_an_hour_nothing_is_lost_and_nothing_comes_twice(town: Town) -> None:
    before, meanwhile = _filled(town, "LI", "甲：两人挨个试拉车门"), _filled(town, "ZHOU", "乙：三号楼的门锁被撬了")
    linli = await town.run(LINLI_SANDBOX_CLOCK_URL=f"{town.sandbox.url}sandbox/clock")
    town.world.inject(before)
    await town.reads("LI", "已送达王警官")
    town.sandbox.breakage.set({"network_off": True})
    town.world.inject({})  # wakes the long poll: it is cut
    town.world.inject(meanwhile)
    theirs = f"""opened(payload, 'outbox.payload', id) like '%telegram:{town.people["SUN"]}"%'"""
    to_sun = f"select 1 from outbox where {theirs} and priority = '0'"
    await linli.heard("platform does not answer")
    town.world.clock.advance(3600)
    await _met(town, linli, to_sun)  # the alert went on to the deputy, who cannot be reached yet
    assert not town.shown("SUN", "甲") and not town.shown("WANG", "乙")
    town.sandbox.breakage.set({"network_off": False})
    await town.reads("SUN", "甲：两人挨个试拉车门")
    await town.reads("LI", "已送达孙警官")
    await town.reads("WANG", "乙：三号楼的门锁被撬了")
    await town.reads("ZHOU", "已送达王警官")
    await linli.stop()
    assert len(town.shown("WANG", "甲")) == len(town.shown("WANG", "乙")) == len(town.shown("SUN", "甲")) == 1
    deeds = town.rows(f"select {opened(Report, 'deed')} from report order by id")
    assert deeds == [("甲：两人挨个试拉车门",), ("乙：三号楼的门锁被撬了",)]


async def test_what_finds_no_open_door_is_sent_later_and_not_marked_as_a_possible_repeat(town: Town) -> None:
    town.world.inject(_filled(town, "LI", "两人挨个试拉停在路边的车门"))
    linli = await town.run()
    await town.reads("LI", "已送达王警官")
    await town.take_away()
    town.execute("update alert set due_at = 1")
    theirs = f"""opened(payload, 'outbox.payload', id) like '%telegram:{town.people["SUN"]}"%'"""
    tried = f"select 1 from outbox where {theirs} and attempts > 0 and reason <> ''"
    await _met(town, linli, tried)
    await town.bring_back()
    await town.reads("SUN", "两人挨个试拉")
    await town.reads("LI", "已送达孙警官")
    await linli.stop()
    [shown] = town.shown("SUN", "两人挨个试拉")
    assert shown.startswith("🔔")


@pytest.mark.parametrize("trouble", ["revoked", "another poller", "webhook"])
async def test_refused_while_running_it_ends_with_one_line_and_the_next_start_loses_nothing(
    town: Town, trouble: str
) -> None:
    linli = await town.at_work()
    match trouble:
        case "revoked":
            town.world.token = "1:other"
            town.say("LI", "/me")
            assert "LINLI_BOT_TOKEN" in await linli.refused()
            assert not town.shown("LI", "李敏 · ")
            town.world.token = TOKEN
        case "another poller":
            await _is_asked_for_updates(town)
            await _call(town, "getUpdates", timeout=0)
            assert "another poller uses this token" in await linli.refused()
            town.say("LI", "/me")
        case _:
            await _call(town, "setWebhook", url="https://elsewhere.example/hook")
            assert "a webhook is set" in await linli.refused()
            town.say("LI", "/me")
            again = await town.run()
            assert "a webhook is set" in await again.refused()
            await _call(town, "deleteWebhook")
    linli = await town.run()
    await town.reads("LI", "李敏 · 社区综合协管员")
    await linli.stop()
    assert len(town.shown("LI", "李敏 · ")) == 1


async def test_a_wrong_token_is_told_at_start_in_one_line_that_does_not_show_it(town: Town) -> None:
    wrong = "123456:wrong-token_of-somebody"
    linli = await town.run(LINLI_BOT_TOKEN=wrong)
    line = await linli.refused()
    assert "the token is refused: set LINLI_BOT_TOKEN" in line
    assert not any(wrong in said for said in [*linli.said, line])
