"""Who may do what with reminder times, calendar addresses and the card of working days.

Meeting 1 is WANG's weekly one at NY, to which LI and WU are invited; columns as in test_access_matrix.py,
every cell forged. Cells:
    +  it is done: the rows named in DONE change, and nobody else hears of it
    n  an answer; nothing changes
    .  refused in words; nothing changes
Everybody has times and an address of their own: nobody's but one's own can be named by a button.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from tests.scenarios.matrix import COLUMNS, REFUSALS, Row, World, rows_of
from tests.scenarios.story import Story

TABLE = """
state     action                    LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO X

planned   /me                       n   n   n    n    n    n    n   n   n    n   .
planned   qt:0:show                 n   n   n    n    n    n    n   n   n    n   .
planned   qt:0:back                 n   n   n    n    n    n    n   n   n    n   .
planned   qt:0:quiet                n   n   n    n    n    n    n   n   n    n   .
planned   qt:0:evening              n   n   n    n    n    n    n   n   n    n   .
planned   qt:0:lead                 n   n   n    n    n    n    n   n   n    n   .
planned   qt:0:from:2130            +   +   +    +    +    +    +   +   +    +   .
planned   qt:0:from:2145            .   .   .    .    .    .    .   .   .    .   .
planned   qt:0:from:2430            .   .   .    .    .    .    .   .   .    .   .
planned   qt:0:from:0800            .   .   .    .    .    .    .   .   .    .   .
planned   qt:0:until:0730           +   +   +    +    +    +    +   +   +    +   .
planned   qt:0:until                .   .   .    .    .    .    .   .   .    .   .
planned   qt:0:loud                 +   +   +    +    +    +    +   +   +    +   .
planned   qt:0:evening:2000         +   +   +    +    +    +    +   +   +    +   .
planned   qt:0:evening:0            +   +   +    +    +    +    +   +   +    +   .
planned   qt:0:evening:0300         .   .   .    .    .    .    .   .   .    .   .
planned   qt:0:lead:15              +   +   +    +    +    +    +   +   +    +   .
planned   qt:0:lead:45              .   .   .    .    .    .    .   .   .    .   .
planned   qt:0:type                 +   +   +    +    +    +    +   +   +    +   .
planned   qt:0:reset                n   n   n    n    n    n    n   n   n    n   .
planned   qt:0:nothing              .   .   .    .    .    .    .   .   .    .   .
planned   qt:1:show                 .   .   .    n    .    n    .   .   .    .   .
planned   qt:1:back                 .   .   .    n    .    n    .   .   .    .   .
planned   qt:1:evening              .   .   .    n    .    n    .   .   .    .   .
planned   qt:1:lead                 .   .   .    n    .    n    .   .   .    .   .
planned   qt:1:evening:1400         .   .   .    +    .    +    .   .   .    .   .
planned   qt:1:lead:0               .   .   .    +    .    +    .   .   .    .   .
planned   qt:1:reset                .   .   .    n    .    n    .   .   .    .   .
planned   qt:1:from:2130            .   .   .    .    .    .    .   .   .    .   .
planned   qt:1:quiet                .   .   .    .    .    .    .   .   .    .   .
planned   qt:99:show                .   .   .    .    .    .    .   .   .    .   .
planned   fd:0:show                 +   +   +    +    +    +    +   +   +    +   .
planned   fd:0:new                  +   +   +    +    +    +    +   +   +    +   .
planned   fd:0:off                  .   .   .    .    .    .    .   .   .    .   .
planned   fd:0:nothing              .   .   .    .    .    .    .   .   .    .   .
planned   m:calendar                .   .   .    .    .    .    .   .   .    n   .

feeding   fd:0:show                 n   +   +    +    +    +    +   +   +    +   .
feeding   fd:0:new                  .   +   +    +    +    +    +   +   +    +   .
feeding   fd:1:new                  +   .   .    .    .    .    .   .   .    .   .
feeding   fd:1:show                 .   .   .    .    .    .    .   .   .    .   .
feeding   fd:1:off                  +   .   .    .    .    .    .   .   .    .   .
feeding   fd:2:off                  .   .   .    .    .    .    .   .   .    .   .

chosen    qt:0:reset                +   n   n    n    n    n    n   n   n    n   .
chosen    qt:1:reset                .   .   .    +    .    +    .   .   .    .   .

cancelled qt:1:show                 .   .   .    .    .    .    .   .   .    .   .
cancelled qt:1:lead:0               .   .   .    .    .    .    .   .   .    .   .
"""
ROWS = rows_of(TABLE)
ANSWERED = (*REFUSALS, "最长 18 小时")


def done(row: Row) -> set[str]:
    """The rows that a cell with + changes."""
    kind, number, verb, *_ = row.action.split(":")
    if kind == "fd":
        return {"calendar_feed"}
    return {"draft"} if verb == "type" else {"own_times" if number == "0" else "series_times"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    story = await Story.open(tmp_path_factory.mktemp("own_times"))
    made = World(story, refusals=ANSWERED)
    story.stranger("X")
    await story.say("X", "/start")
    for code in COLUMNS[:-1]:
        await story.join(code)
    await story.say("WANG", "每周五下午两点 三楼会议室")
    await story.press("WANG", "提前到前一个工作日")
    await story.press("WANG", "提交")
    story.bot.house = replace(story.bot.house, feed_url="https://linli.example.org")
    story.restart()
    made.keep("planned")
    await story.forge("LI", "fd:0:show")
    made.keep("feeding")
    made.restore("planned")
    await story.forge("LI", "qt:0:lead:30")
    await story.forge("WANG", "qt:1:lead:30")
    made.keep("chosen")
    made.restore("planned")
    story.db._connection.execute("update meeting set state = 'cancelled'")
    made.keep("cancelled")
    yield made
    await made.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_every_cell(world: World, row: Row) -> None:
    async for tried in world.cells(row):
        tried.did(done(row) if tried.cell == "+" else set())
        tried.heard_by()


def test_every_verb_has_a_row() -> None:
    texts = Path(__file__).parents[2] / "locales" / "zh"
    verbs = {
        (kind, verb)
        for kind, file in (("qt", "own_times.ftl"), ("fd", "feed.ftl"))
        for verb in re.findall(r"^[a-z_]+-button-(\w+) =", (texts / file).read_text("utf-8"), re.M)
    }
    tried = {(row.action.split(":")[0], row.action.split(":")[2]) for row in ROWS if row.action.count(":") > 1}
    assert verbs - {("qt", "not"), ("fd", "on")} <= tried, verbs - tried  # these press evening:0 or lead:0, and new
