"""Duty V1 through kills of the bot: asked, taken, marked, agreed, found, decided, taken back; each exactly once.

The clock of the real program cannot be moved, so nothing here depends on the day or hour: nobody waits for news, which
may be held until morning; everybody looks for themselves.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.linli_process import Linli, Town

DWELLING, WITHDRAWN = "南苑路 5 号 201", "南苑路 7 号 303"
TAPS = 5  # of one button, as a thumb does that sees no answer


class Fate:
    """A bot that is killed now and then, at a moment drawn from seeded dice."""

    def __init__(self, town: Town, linli: Linli) -> None:
        self.town = town
        self.linli = linli
        self.kills = 0
        self._dice = random.Random(20261126)

    async def strikes(self) -> None:
        await asyncio.sleep(self._dice.uniform(0, 0.05))
        self.linli.process.kill()
        await self.linli.process.wait()
        self.kills += 1
        self.linli = await self.town.run()


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    opened = await Town.open(tmp_path)
    for code in ("X", "Y"):
        person = opened.world.add_person(code)
        person.started = True
        opened.people[code] = person.id
    yield opened
    await opened.close()


async def _tapped(town: Town, who: str, label: str) -> None:
    """A button, tapped again and again."""
    await town.press(who, label)
    found = town._button(who, label)
    for _ in range(TAPS - 1 if found else 0):
        assert found is not None
        town.world.press(town.people[who], town.people[who], *found, None)


async def _asked(town: Town, who: str, dwelling: str, fate: Fate | None = None) -> None:
    town.say(who, "/visits")
    await town.press(who, "我要居住证明")
    await town.press(who, "南苑社区")
    await town.reads(who, "住在哪里")
    town.say(who, dwelling)
    await town.press(who, "上学")
    await town.reads(who, "怎么称呼您")
    town.say(who, "王女士")
    await town.press(who, "上午")
    await town.reads(who, "再选一个时间")
    await town.press(who, "跳过")
    await town.reads(who, "请核对")
    await _tapped(town, who, "提交")
    if fate:
        await fate.strikes()
    await town.reads(who, "已收到")


async def _looks(town: Town, who: str, number: int, part: str) -> None:
    """Somebody asks what there is, and opens one."""
    town.say(who, "/visits")
    await town.press(who, f"居住证明 {number}号")
    await town.reads(who, part)


@pytest.mark.timeout(120)
async def test_a_certificate_is_asked_for_taken_agreed_and_decided_once_among_kills(town: Town) -> None:
    fate = Fate(town, await town.at_work())
    await _asked(town, "X", DWELLING, fate)
    assert town.rows("select count(*) from visit") == [(1,)]
    for who, part in (("LI", "我去（协管员）"), ("ZHOU", "我去（干部）")):
        await _looks(town, who, 1, DWELLING)
        await _tapped(town, who, part)
        if who == "LI":
            await fate.strikes()
        await town.reads(who, "找：王女士")
        await _tapped(town, who, "都可以")
        if who == "ZHOU":
            await fate.strikes()
        await town.answered(who)
    assert town.rows("select role, ready from visit_part order by role") == [("cadre", 1), ("coordinator", 1)]
    await _looks(town, "X", 1, "上门，行吗？")
    await _tapped(town, "X", "就这个时间")
    await fate.strikes()
    await town.reads("X", "已约好")
    waiting = "select visit, person, kind, start from reminder where state = 'waiting'"
    assert len(town.rows(waiting)) == len(set(town.rows(waiting)))
    hour_ago = int((datetime.now(UTC) - timedelta(hours=1)).timestamp() * 1_000_000)
    town.execute(f"update visit set starts_at = {hour_ago}, told = {hour_ago}")
    town.execute("delete from reminder")
    await _looks(town, "ZHOU", 1, "请记下结果")
    await _tapped(town, "ZHOU", "说不清")
    await town.reads("ZHOU", "核实结果：说不清")
    await _tapped(town, "ZHOU", "✓ 开证明")
    await fate.strikes()
    await town.reads("ZHOU", "✓ 已开证明")
    await _looks(town, "X", 1, "居住证明已开出")
    await fate.linli.stop()
    assert town.rows("select id, state, outcome, decided_at is not null from visit") == [(1, "given", "unclear", 1)]
    assert town.rows("select count(*) from visit_part") == [(2,)]
    assert not town.rows("select 1 from reminder where state = 'waiting'") + town.rows("select 1 from draft")
    assert not town.rows("select 1 from inbox where state not in ('done', '')")
    assert fate.kills == 5


@pytest.mark.timeout(120)
async def test_what_is_taken_back_among_kills_is_gone_and_counted_once(town: Town) -> None:
    fate = Fate(town, await town.at_work())
    await _asked(town, "Y", WITHDRAWN)
    for who, part in (("LI", "我去（协管员）"), ("ZHOU", "我去（干部）")):
        await _looks(town, who, 1, WITHDRAWN)
        await town.press(who, part)
        await town.press(who, "都可以")
        await town.answered(who)
    await _looks(town, "Y", 1, "上门，行吗？")
    await town.press("Y", "就这个时间")
    await town.reads("Y", "已约好")
    await town.answered("LI")
    await town.press("Y", "撤回")
    await fate.strikes()
    await _tapped(town, "Y", "确定撤回并删除")
    await fate.strikes()
    await town.reads("Y", "都已删除")
    for who in ("LI", "ZHOU"):
        await town.reads(who, "申请人已撤回")
        town.say(who, "/visits")
        await town.reads(who, "现在没有要办的上门")
    await town.answered("LI")
    await fate.linli.stop()
    gone = ("visit", "visit_part", "reminder", "draft")
    assert [town.rows(f"select count(*) from {table}") for table in gone] == [[(0,)]] * len(gone)
    assert town.rows("select kind, count from erasure") == [("certificate", 1)]
    assert not any(town.shown(who, WITHDRAWN) or town.shown(who, "王女士") for who in ("LI", "ZHOU"))
