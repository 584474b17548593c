"""Who may do what with area plans: every role, own and foreign place, each tried by a forged callback.

The plan is LI's for a spot in NY-1; where it runs, ZHOU leads it and LI has a measure. Columns as in matrix.py. Cells:
    +  it is done: the rows named in DONE change
    s  an answer that shows the place of the plan; nothing changes
    n  an answer that does not; nothing changes
    .  refused in words; nothing changes
Whoever else hears of it is of the committee or its town office. There are no photos here to be sent: who is, in
test_area_plans.py.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.scenarios.matrix import COLUMNS, REFUSALS, Row, World, rows_of
from tests.scenarios.story import Story
from tests.scenarios.test_area_plans import inspect_every, measure, propose

TABLE = """
state    action                 LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO X
proposed /plans                 s   s   n    s    n    s    n   s   n    s   .
proposed pl:0:list:0            s   s   n    s    n    s    n   s   n    s   .
proposed pl:0:earlier:0         n   n   n    n    n    n    n   n   n    n   .
proposed pl:0:new:0             +   +   +    +    +    +    +   .   .    .   .
proposed pl:0:nothing:0         .   .   .    .    .    .    .   .   .    .   .
proposed pl:1:show:0            s   s   .    s    .    s    .   s   .    s   .
proposed pl:1:back:0            s   s   .    s    .    s    .   s   .    s   .
proposed pl:1:earlier:0         s   s   .    s    .    s    .   s   .    s   .
proposed pl:1:agree:0           .   .   .    .    .    +    .   +   .    .   .
proposed pl:1:decline:0         .   .   .    .    .    +    .   +   .    .   .
proposed pl:1:withdraw:0        s   .   .    .    .    .    .   .   .    .   .
proposed pl:1:withdraw_sure:0   +   .   .    .    .    .    .   .   .    .   .
proposed pl:1:accept:0          .   .   .    .    .    .    .   .   .    .   .
proposed pl:1:take:0            .   .   .    .    .    .    .   .   .    .   .
proposed pl:99:show:0           .   .   .    .    .    .    .   .   .    .   .

agreed   pl:1:take:0            .   .   .    +    .    .    .   .   .    .   .
agreed   pl:1:name:0            .   .   .    .    .    +    .   +   .    .   .
agreed   pl:1:measure:0         .   .   .    .    .    +    .   +   .    .   .
agreed   pl:1:rhythm:0          .   .   .    .    .    +    .   +   .    .   .
agreed   pl:1:accept:0          .   .   .    .    .    +    .   +   .    +   .

running  pl:1:show:0            s   s   .    s    .    s    .   s   .    s   .
running  pl:1:agree:0           .   .   .    .    .    .    .   .   .    .   .
running  pl:1:withdraw_sure:0   .   .   .    .    .    .    .   .   .    .   .
running  pl:1:take:0            .   .   .    .    .    .    .   .   .    .   .
running  pl:1:name:0            .   .   .    .    .    .    .   .   .    .   .
running  pl:1:measure:0         .   .   .    +    .    +    .   +   .    .   .
running  pl:1:rhythm:0          .   .   .    +    .    +    .   +   .    .   .
running  pl:1:done:1            +   .   .    +    .    +    .   +   .    .   .
running  pl:1:done:99           .   .   .    .    .    .    .   .   .    .   .
running  pl:1:reopen:1          .   .   .    .    .    .    .   .   .    .   .
running  pl:1:owner:1           .   .   .    +    .    +    .   +   .    .   .
running  pl:1:result:1          .   .   .    .    .    .    .   .   .    .   .
running  pl:1:review:0          .   .   .    .    .    .    .   .   .    .   .
running  pl:1:accept:0          .   .   .    .    .    .    .   .   .    .   .
running  pl:1:extend:0          .   .   .    .    .    +    .   +   .    +   .
running  pl:1:end:0             .   .   .    .    .    +    .   +   .    .   .
running  pl:1:photos:0          .   .   .    .    .    .    .   .   .    .   .
running  pl:1:entry:1            n   .   .    n    .    n    .   n   .    .   .
running  pl:1:entry:99           .   .   .    .    .    .    .   .   .    .   .
running  pl:1:add_photos:1       .   .   .    .    .    .    .   .   .    .   .
running  pl:1:add_line:1         .   .   .    .    .    .    .   .   .    .   .
running  pl:1:nothing:0         .   .   .    .    .    .    .   .   .    .   .

day      pl:1:result:1          +   .   .    +    .    +    .   +   .    .   .
told     pl:1:add_photos:1       +   .   .    +    .    +    .   +   .    .   .
told     pl:1:add_line:1         +   .   .    +    .    +    .   +   .    .   .
told     pl:1:add_line:99        .   .   .    .    .    .    .   .   .    .   .
told     pl:1:result:1           .   .   .    .    .    .    .   .   .    .   .
month    pl:1:review:0          .   .   .    +    .    +    .   +   .    .   .
extended pl:1:extend:0          .   .   .    .    .    .    .   .   .    +   .
closed   pl:1:show:0            s   s   .    s    .    s    .   s   .    s   .
closed   pl:0:earlier:0         s   s   n    s    n    s    n   s   n    s   .
closed   pl:1:agree:0           .   .   .    .    .    .    .   .   .    .   .
closed   pl:1:done:1            .   .   .    .    .    .    .   .   .    .   .
filled   f:submit               +   .   .    .    .    .    .   .   .    .   .
"""
ROWS = rows_of(TABLE)
DONE = {
    **{
        verb: {"draft"}
        for verb in (
            "new",
            "decline",
            "measure",
            "rhythm",
            "owner",
            "result",
            "review",
            "extend",
            "end",
            "add_photos",
            "add_line",
        )
    },
    **{verb: {"area_plan"} for verb in ("agree", "withdraw_sure", "take", "name", "accept")},
    "done": {"area_measure"},
    "submit": {"draft", "area_plan", "area_reason"},
}
ANSWERED = (
    *REFUSALS,
    "没有别的",
    "已经决定",
    "已经有人牵头",
    "没有办完",
    "没有要做",
    "已经记过",
    "已经结束",
    "延过一次",
)
SPOT = "东门外车棚"
THERE = ("LI", "WU", "ZHOU", "WANG", "SUN", "GAO")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    story = await Story.open(tmp_path_factory.mktemp("plans"))
    made = World(story, refusals=ANSWERED)
    story.stranger("X")
    await story.say("X", "/start")
    for code in COLUMNS[:-1]:
        await story.join(code)
    story.weeks_are_filed()
    await story.say("LI", "/plans")
    await story.press("LI", "提出一处")
    for said in (SPOT, "1", "1", "1", "线路老化"):
        await story.say("LI", said)
    made.keep("filled")
    await story.say("LI", "/cancel")
    await propose(story, spot=SPOT)
    made.keep("proposed")
    await story.press("WANG", "✓ 同意")
    made.keep("agreed")
    await story.press("ZHOU", "我来牵头")
    await measure(story, "清走杂物", "李敏", "12月1日")
    await inspect_every(story, "周三", "10:00")
    made.keep("running")
    connection = story.db._connection
    connection.execute("update area_plan_inspection set starts_at = ?", (story.clock.now(),))
    made.keep("day")
    connection.execute("update area_plan_inspection set state = 'done', done_at = starts_at")
    made.keep("told")
    made.restore("running")
    connection.execute("update area_plan set decided_at = ?", (story.clock.now().replace(month=10),))
    made.keep("month")
    made.restore("running")
    connection.execute("update area_plan set extended = 1")
    made.keep("extended")
    made.restore("running")
    await story.forge("WANG", "pl:1:end:0")
    await story.say("WANG", "楼要拆了")
    made.keep("closed")
    yield made
    await made.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_every_cell(world: World, row: Row) -> None:
    async for tried in world.cells(row):
        verb = row.action.split(":")[2] if row.action.startswith("pl:") else row.action.split(":")[-1]
        tried.did(DONE.get(verb))
        tried.heard_by(*(THERE if tried.cell == "+" else ()))
        tried.shows(SPOT)
        assert tried.who in THERE or not tried.own.tells(SPOT), tried


def test_every_verb_has_a_row() -> None:
    texts = (Path(__file__).parents[2] / "locales" / "zh" / "area_plans.ftl").read_text("utf-8")
    verbs = set(re.findall(r"^area_plan-button-(\w+) =", texts, re.M))
    tried = {row.action.split(":")[2] for row in ROWS if row.action.startswith("pl:")}
    assert verbs and verbs <= tried, verbs - tried
