"""Area plans and spot checks through kills of the bot: what was agreed, done, told and counted is there exactly once.

The clock of the real program cannot be moved, so what is asserted is free of the day on which this runs.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from benchmarks.linli_folder import RING
from chat.clock import SystemClock
from handlers.area_plans import measures, plans
from handlers.desk import Desk, House
from handlers.spot_checks import checks
from models.area_plan import PlanInspection
from models.database import Database
from tests.faults.linli_process import Linli, Town
from workload.weeks import monday_of

ZONE = ZoneInfo("Asia/Shanghai")


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    opened = await Town.open(tmp_path)
    yield opened
    await opened.close()


class Killing:
    """A bot that is killed by and by, somewhere in what follows a tap, and begun anew."""

    def __init__(self, town: Town, linli: Linli) -> None:
        self.town, self.linli = town, linli
        self._chance = random.Random(20261128)

    async def kill(self) -> None:
        await asyncio.sleep(self._chance.uniform(0, 0.06))
        self.linli.process.kill()
        await self.linli.process.wait()
        self.linli = await self.town.run()

    async def tap(self, who: str, label: str, times: int = 1) -> None:
        """Press one button so often, faster than its card is drawn anew."""
        await self.town.press(who, label)
        found = self.town._button(who, label)
        for _ in range(times - 1):
            assert found is not None
            self.town.world.press(self.town.people[who], self.town.people[who], *found, None)

    async def opens(self, who: str, data: str) -> None:
        """Somebody opens a card, as from a list of theirs."""
        self.town.say(who, "/help")
        await self.town.reads(who, "您可以")
        newest = self.town.world.view(self.town.people[who])["messages"][-1]["message_id"]
        self.town.world.press(self.town.people[who], self.town.people[who], newest, data, None, forge=True)

    async def ends(self) -> None:
        await self.town.answered("LI")  # what was read before the last kill says nothing of the bot that runs now
        await self.linli.stop()


@contextmanager
def behind_its_back(town: Town) -> Iterator[Desk]:
    """What has been there before the bot came."""
    db = Database(town.path, RING)
    with db.transaction():
        yield Desk(db, SystemClock().now(), House(ZONE))
    db.close()


def _proposed(town: Town) -> None:
    """A place, with a measure of LI's and an inspection that has just begun, once it is agreed to; ZHOU would lead."""
    with behind_its_back(town) as desk:
        number = plans.propose(desk, town.ids["NY"], town.ids["NY-1"], "东门外车棚", town.ids["LI"])
        plans.give_reason(desk, number, town.ids["LI"], (3, 1, 2), "线路老化")
        plan = plans.load(desk, number)
        assert plan is not None
        measures.add(desk, plan, town.ids["LI"], "2099-12-31", "清走杂物", town.ids["LI"])
        desk.db.execute("update area_plan set lead = ?, weekday = 2, at = '10:00'", (town.ids["ZHOU"],))
        monday = monday_of(desk.house.today(desk.now)).isoformat()
        desk.db.insert(PlanInspection, plan=number, monday=monday, starts_at=desk.now)


@pytest.mark.timeout(90)
async def test_a_plan_agreed_measured_and_inspected_among_kills(town: Town) -> None:
    _proposed(town)
    bot = Killing(town, await town.at_work())
    await bot.opens("WANG", "pl:1:show:0")
    await bot.tap("WANG", "✓ 同意", 3)
    await bot.kill()
    await town.reads("LI", "民警同意了您提出的方案")
    await bot.tap("LI", "✓ 1", 2)
    await bot.kill()
    await town.reads("WANG", "☑ 清走杂物")
    await bot.tap("ZHOU", "巡查结果")
    await town.reads("ZHOU", "这次整改了几处")
    town.say("ZHOU", "2")
    town.say("ZHOU", "1")
    await bot.kill()
    await bot.tap("ZHOU", "+ 一句话")
    await town.reads("ZHOU", "用一句话说明")
    town.say("ZHOU", "过道通了")
    await bot.kill()
    for who in ("LI", "ZHOU", "WANG"):  # wherever its card stands
        await town.reads(who, "还有隐患 1 处，累计整改 2 处。 过道通了")
    await bot.ends()
    assert town.rows("select state, lead from area_plan") == [("running", town.ids["ZHOU"])]
    measured = town.rows("select owner, done_by, done_at is not null from area_plan_measure")
    assert measured == [(town.ids["LI"], town.ids["LI"], 1)]
    told = town.rows("select mended, remaining, done_by from area_plan_inspection where state = 'done'")
    assert told == [(2, 1, town.ids["ZHOU"])]
    assert town.rows("select count(*) from area_plan_inspection where state = 'planned'") == [(1,)]
    assert not town.rows("select 1 from draft")


@pytest.mark.timeout(90)
async def test_a_spot_check_agreed_and_counted_among_kills(town: Town) -> None:
    with behind_its_back(town) as desk:
        day = desk.house.next_working_day(desk.house.today(desk.now))
        starts_at = desk.house.calendar.at(day, time(9, 30))
        buildings = [("1号楼", 24), ("2号楼", 36)]
        checks.make(desk, town.ids["NY"], town.ids["ZHOU"], town.ids["WANG"], starts_at, 10, buildings)
    bot = Killing(town, await town.at_work())
    await bot.opens("WANG", "sc:1:0:show")
    await bot.tap("WANG", "✓ 同意", 2)
    await bot.kill()
    await town.reads("ZHOU", "王警官同意了这个时间")
    await bot.tap("WANG", "记结果")
    await bot.tap("WANG", "登记正确 +1", 5)
    await bot.kill()
    await bot.tap("WANG", "登记正确 +1", 4)
    await bot.tap("WANG", "没人 +1")
    await town.reads("WANG", "见到 9 户，没人 1 户")
    await bot.tap("WANG", "✓ 报结果", 2)
    await bot.kill()
    await town.reads("ZHOU", "王警官填报了抽查结果")
    await bot.tap("WANG", "✓ 确认", 2)
    await bot.kill()
    await town.reads("ZHOU", "王警官确认了抽查结果")
    await bot.ends()
    counts = town.rows("select state, entries, seen, correct, late, not_cancelled, wrong, nobody from spot_check")
    assert counts == [("confirmed", 1, 9, 9, 0, 0, 0, 1)]
    assert town.rows("select count(*) from spot_draw") == [(1,)]
    assert town.rows("select agreed from spot_party") == [(1,), (1,)]
