"""Who may do what with an agenda and with action items: every role, own and foreign place, tried by forged callbacks.

The meeting is WANG's at NY with a point of LI and one of WU; LI has an item. Columns as in matrix.py. Cells:
    +  it is done: the rows named in DONE change, and nobody else hears of it before the tick
    s  an answer that shows a point or item; nothing changes
    n  an answer that does not; nothing changes
    .  refused in words; nothing changes
"""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from tests.scenarios.matrix import Row, World, rows_of

TABLE = """
state   action              LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO X
planned ag:0:new:0          +   +   +    +    +    +    +   .   .    .   .
planned ag:1:show:0         s   s   .    .    .    s    .   .   .    .   .
planned ag:1:order:0        .   .   .    .    .    s    .   .   .    .   .
planned ag:1:up:2           .   .   .    .    .    +    .   .   .    .   .
planned ag:1:up:1           .   .   .    .    .    .    .   .   .    .   .
planned ag:1:down:1         .   .   .    .    .    +    .   .   .    .   .
planned ag:1:confirm:0      .   .   .    .    .    +    .   .   .    .   .
planned ag:1:action:0       .   .   .    .    .    .    .   .   .    .   .
planned ag:99:show:0        .   .   .    .    .    .    .   .   .    .   .
begun   ag:1:action:0       .   .   .    .    .    +    .   .   .    .   .
agreed  ac:0:list           s   n   n    n    n    n    n   n   n    n   .
late    ac:0:list           s   n   n    s    n    s    n   n   n    n   .
agreed  ac:1:done           +   .   .    +    .    +    .   .   .    .   .
agreed  ac:1:reopen         s   .   .    n    .    n    .   .   .    .   .
done    ac:1:done           n   .   .    n    .    n    .   .   .    .   .
done    ac:1:reopen         +   .   .    +    .    +    .   .   .    .   .
"""
ROWS = rows_of(TABLE)
DONE = {
    "new": {"draft"},
    "up": {"point"},
    "down": {"point"},
    "confirm": {"meeting", "point"},
    "action": {"draft"},
    "done": {"action"},
    "reopen": {"action"},
}
SHOWN = "路灯"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    made = await World.open(tmp_path_factory.mktemp("agenda"))
    story = made.story
    await story.say("WANG", "每周五下午两点 三楼会议室")
    await story.press("WANG", "提前到前一个工作日")
    await story.press("WANG", "提交")
    for code in ("LI", "WU"):
        await story.forge(code, "ag:0:new:0")
        await story.press(code, "困难")
        await story.say(code, "东门路灯不亮")
    made.keep("planned")
    connection = story.db._connection
    start = (story.clock.now() - timedelta(hours=1),)
    connection.execute("update meeting set starts_at = ? where id = 1", start)
    connection.execute("update meeting_invited set told = ? where occasion = 1", start)
    made.keep("begun")
    await story.forge("WANG", "ag:1:action:0")
    await story.say("WANG", "修东门路灯")
    await story.press("WANG", "李敏")
    await story.say("WANG", "下周三")
    made.keep("agreed")
    connection.execute("update action_item set day = '2026-11-20'")
    made.keep("late")
    connection.execute("update action_item set done_at = made_at, done_by = owner")
    made.keep("done")
    yield made
    await made.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_every_cell(world: World, row: Row) -> None:
    async for tried in world.cells(row):
        verb = row.action.split(":")[2]
        tried.did(DONE.get(verb))
        tried.heard_by()
        tried.shows(SHOWN)
        assert tried.cell != "." or not tried.own.tells(SHOWN) or tried.who in ("LI", "WU", "WANG"), tried


def test_every_verb_has_a_row() -> None:
    texts = (Path(__file__).parents[2] / "locales" / "zh" / "meetings.ftl").read_text("utf-8")
    verbs = set(re.findall(r"^(?:agenda|action)-button-(\w+) =", texts, re.M)) - {"last"}
    tried = {row.action.split(":")[2] for row in ROWS}
    assert verbs and verbs <= tried, verbs - tried
