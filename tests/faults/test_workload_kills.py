"""The weekly workload through kills of the bot: taps, lines, filing, corrections and confirmations count exactly once.

The clock of the real program cannot be moved, so what is asserted is free of the day on which this runs.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.linli_process import PATIENCE, Linli, Town

KILLS = 5
TAPS = 25  # in a row while the bot is killed


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    opened = await Town.open(tmp_path)
    yield opened
    await opened.close()


def _sum(town: Town, item: str, states: str = "'counted', 'objected'") -> int:
    found = town.rows(f"select coalesce(sum({item}), 0) from workload_entry where state in ({states})")
    return int(found[0][0])


async def _killed(town: Town, linli: Linli) -> Linli:
    linli.process.kill()
    await linli.process.wait()
    return await town.run()


@pytest.mark.timeout(180)
async def test_every_tap_counts_once_however_often_the_bot_is_killed(town: Town) -> None:
    linli = await town.at_work()
    town.say("LI", "/workload")
    await town.reads("LI", "走访住户")
    found = town._button("LI", "走访 +1")
    assert found is not None
    message, data = found
    chance = random.Random(20261124)
    for _ in range(KILLS):
        for _ in range(TAPS):
            town.world.press(town.people["LI"], town.people["LI"], message, data, None)
        await asyncio.sleep(chance.uniform(0, 0.05))  # the kill comes somewhere among them
        linli = await _killed(town, linli)
    await town.reads("LI", f"走访住户 {KILLS * TAPS}")
    await town.answered("LI")  # what was read before the last kill says nothing of the bot that runs now
    await linli.stop()
    assert _sum(town, "visited") == KILLS * TAPS
    assert town.rows("select count(*), count(distinct batch) from workload_entry") == [(KILLS * TAPS,) * 2]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("moment", [0.0, 0.03])
async def test_a_week_filed_corrected_and_confirmed_among_kills(town: Town, moment: float) -> None:
    async def cut(linli: Linli) -> Linli:
        await asyncio.sleep(moment)
        return await _killed(town, linli)

    linli = await town.at_work()
    town.say("LI", "/workload 走访 132 登记 31 工时 35")
    linli = await cut(linli)
    await town.press("LI", "上报")
    linli = await cut(linli)
    await town.reads("LI", "已上报")
    week = town.rows("select id, monday from workload_week where state = 'filed'")
    assert len(week) == 1
    officer = town.people["WANG"]
    town.say("WANG", "/workload")
    await town.reads("WANG", "工作量确认")
    card = town.world.view(officer)["messages"][-1]["message_id"]
    town.world.press(officer, officer, card, f"wo:{week[0][0]}:amend", None, forge=True)
    await town.reads("WANG", "改成多少")
    town.say("WANG", "走访 130")
    town.say("WANG", "两户是商铺")
    linli = await cut(linli)
    await town.reads("LI", "走访住户 132 → 130")
    town.say("LI", "登记 33")
    town.say("LI", "周四漏记两条")
    linli = await cut(linli)
    await town.reads("WANG", "登记 31 → 33")
    assert _sum(town, "taken") == 31
    await town.press("WANG", "同意")
    linli = await cut(linli)
    await town.reads("LI", "同意了您")
    await town.answered("LI")  # what was read before the last kill says nothing of the bot that runs now
    await linli.stop()
    assert (_sum(town, "visited"), _sum(town, "taken"), _sum(town, "hours")) == (130, 33, 35)
    assert town.rows(f"select state, confirmed_at is not null from workload_week where person = {town.ids['LI']}") == [
        ("confirmed", 1)
    ]
    assert _sum(town, "taken", "'proposed', 'refused'") == 0


@pytest.mark.timeout(120)
async def test_a_paper_that_was_ordered_arrives_once_though_the_bot_is_killed(town: Town) -> None:
    linli = await town.at_work()
    town.say("GAO", "/board")
    await town.press("GAO", "表格")
    await town.reads("GAO", "正在制作")
    linli = await _killed(town, linli)

    def brought() -> list[str]:
        return [m["file_name"] for m in town.world.view(town.people["GAO"])["messages"] if m["file"]]

    async with asyncio.timeout(PATIENCE):
        while not brought():
            await town._news.wait()
    await town.answered("GAO")
    await linli.stop()
    assert len(brought()) == 1 and brought()[0].endswith(".xlsx")
    assert not town.rows("select 1 from paper")
    assert not list((town.path.parent / "data" / "attachments").iterdir())
