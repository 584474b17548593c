"""A tip whose submitting is cut off by kill -9, at another moment each time: it is there once, and so is its code."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.linli_process import Town

DEED = "地下室有人收赃车，夜里一辆接一辆推进去"
STEPS = ("匿名", "盗窃", DEED, "跳过", "现在", "看到的", "跳过", "不涉及", "凭查询码")


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    opened = await Town.open(tmp_path)
    yield opened
    await opened.close()


async def _filled(town: Town) -> None:
    town.people["X"] = town.world.add_person("X").id
    town.say("X", f"/start tip-{town.ids['NY']}")
    for step in STEPS:
        if step == DEED:
            await town.reads("X", "发生了什么")
            town.say("X", DEED)
        else:
            await town.press("X", step)
    await town.reads("X", "请核对")


@pytest.mark.parametrize("moment", ["at once", "the officer reads it", "the code is read"])
async def test_a_tip_is_there_once_and_its_code_leads_back(town: Town, moment: str) -> None:
    linli = await town.run()
    await _filled(town)
    await town.press("X", "提交")
    match moment:
        case "the officer reads it":
            await town.reads("WANG", DEED)
        case "the code is read":
            await town.reads("X", "查询码：")
    linli.process.kill()
    await linli.process.wait()
    again = await town.run()
    await town.reads("X", "查询码：")
    await town.reads("WANG", DEED)
    codes = set(re.findall("查询码：([0-9A-Z-]{11})", "\n".join(town.shown("X", "查询码："))))
    assert len(codes) == 1
    town.people["Y"] = town.world.add_person("Y").id
    town.say("Y", codes.pop())
    await town.reads("Y", "直接写下一条消息")
    await again.stop()
    for table in ("report", "receipt", "alert"):
        assert town.rows(f"select count(*) from {table}") == [(1,)], table
    assert town.rows("select count(*) from draft") == [(0,)]
