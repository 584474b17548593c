"""Area plans and spot checks through kills of the bot: what was agreed, done, told and counted is there exactly once.

The clock of the real program cannot be moved, so what is asserted is free of the day on which this runs.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from chat.clock import SystemClock
from reminders.calendar import WorkingDays
from tests.faults.linli_process import Linli, Town

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

    async def tells(self, who: str, *exchanges: tuple[str, str]) -> None:
        """Once a question stands on the phone, its answer."""
        for question, answer in exchanges:
            await self.town.reads(who, question)
            self.town.say(who, answer)

    async def ends(self) -> None:
        await self.town.answered("LI")  # what was read before the last kill says nothing of the bot that runs now
        await self.linli.stop()


@pytest.mark.timeout(90)
async def test_a_plan_agreed_measured_and_inspected_among_kills(town: Town) -> None:
    bot = Killing(town, await town.at_work())
    town.say("LI", "/plans")
    await bot.tap("LI", "提出一处")
    await bot.tells("LI", ("具体在哪里", "东门外车棚"), ("隐患有几处", "3"))
    await bot.tells("LI", ("秩序乱的事", "1"), ("登记缺的", "2"), ("用一两句话", "线路老化"))
    await bot.tap("LI", "提交")
    await town.reads("WANG", "请您决定")
    await bot.tap("WANG", "✓ 同意", 3)
    await bot.kill()
    await bot.tap("ZHOU", "我来牵头", 2)
    await bot.tap("ZHOU", "+ 措施")
    await bot.tells("ZHOU", ("要办什么", "清走杂物"))
    await bot.tap("ZHOU", "李敏")
    await bot.tap("ZHOU", "3 个工作日后")
    await town.reads("ZHOU", "清走杂物（李敏）")
    await bot.tap("LI", "✓ 1", 2)
    await bot.kill()
    await town.reads("ZHOU", "☑ 清走杂物")
    await bot.tap("ZHOU", "巡查时间")
    await bot.tap("ZHOU", "周三")
    await bot.tap("ZHOU", "10:00")
    await town.reads("ZHOU", "每周三 10:00")
    begun = int(SystemClock().now().timestamp() * 1_000_000) - 1
    town.execute(f"update area_plan_inspection set starts_at = {begun}")
    town.say("ZHOU", "/plans")
    await bot.tap("ZHOU", "东门外车棚")
    await bot.tap("ZHOU", "巡查结果")
    await bot.tells("ZHOU", ("这次整改了几处", "2"))
    await bot.tells("ZHOU", ("还有几处隐患", "1"))
    await bot.kill()
    await bot.tap("ZHOU", "+ 一句话")
    await bot.tells("ZHOU", ("用一句话说明", "过道通了"))
    for who in ("LI", "ZHOU", "WANG"):  # wherever its card stands
        await town.reads(who, "还有隐患 1 处，累计整改 2 处。 过道通了")
    await bot.ends()
    assert town.rows("select state, lead from area_plan") == [("running", town.ids["ZHOU"])]
    assert town.rows("select hazards, disorder, records from area_plan_reason") == [(3, 1, 2)]
    measured = town.rows("select owner, done_by, done_at is not null from area_plan_measure")
    assert measured == [(town.ids["LI"], town.ids["LI"], 1)]
    told = town.rows("select mended, remaining, done_by from area_plan_inspection where state = 'done'")
    assert told == [(2, 1, town.ids["ZHOU"])]
    assert town.rows("select count(*) from area_plan_inspection where state = 'planned'") == [(1,)]
    assert not town.rows("select 1 from draft")


@pytest.mark.timeout(90)
async def test_a_spot_check_agreed_and_counted_among_kills(town: Town) -> None:
    bot = Killing(town, await town.at_work())
    for who in ("ZHOU", "WANG"):
        town.say(who, "/board")
    await bot.tap("ZHOU", "入户抽查")
    await bot.tap("ZHOU", "楼栋和户数")
    await bot.tells("ZHOU", ("请写各栋楼的户数", "1号楼 24户，2号楼 36户"))
    await town.reads("ZHOU", "共 2 栋，60 户")
    await bot.tap("ZHOU", "安排抽查")
    await bot.tap("ZHOU", "10 户（按 5%）")
    day = WorkingDays().next_working_day(SystemClock().now().astimezone(ZONE).date())
    await bot.tells("ZHOU", ("什么时候去", f"{day.month}月{day.day}日 9:30"))
    await town.reads("ZHOU", "已安排，名单已随机抽出")
    await bot.tap("WANG", "入户抽查")
    await bot.tap("WANG", "的抽查")
    await bot.tap("WANG", "✓ 同意", 2)
    await bot.kill()
    await town.reads("ZHOU", "王警官同意了这个时间")
    await bot.tap("WANG", "记结果")
    await bot.tap("WANG", "登记正确 +1", 5)
    await bot.kill()
    await bot.tap("WANG", "登记正确 +1", 4)
    await bot.tap("WANG", "没人 +1")
    await bot.kill()
    await town.reads("WANG", "见到 9 户，没人 1 户")
    await bot.tap("WANG", "✓ 报结果", 2)
    await town.reads("ZHOU", "王警官填报了抽查结果")
    await bot.tap("WANG", "✓ 确认", 2)
    await bot.kill()
    await town.reads("ZHOU", "王警官确认了抽查结果")
    await bot.ends()
    counts = town.rows("select state, entries, seen, correct, late, not_cancelled, wrong, nobody from spot_check")
    assert counts == [("confirmed", 1, 9, 9, 0, 0, 0, 1)]
    assert town.rows("select count(*) from spot_draw") == [(1,)]
    assert town.rows("select agreed from spot_party") == [(1,), (1,)]
    assert not town.rows("select 1 from draft")
