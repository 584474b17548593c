"""Who may do what with minutes: every role, own and foreign place, each tried by a forged callback.

The meeting is WANG's at NY, to which LI and WU are invited, ZHOU is not though a cadre there; the minutes have one
point. Columns as in matrix.py. Cells:
    +  it is done: the rows named in DONE change, and nobody else hears of it before the tick
    s  an answer that shows the minutes; nothing changes
    n  an answer that does not; nothing changes
    .  refused in words; nothing changes
"""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from tests.scenarios.matrix import REFUSALS, Row, World, rows_of

TABLE = """
state    action           LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO X
planned  mn:1:show:0      .   .   .    .    .    .    .   .   .    .   .
planned  mn:1:send:0      .   .   .    .    .    .    .   .   .    .   .
planned  mn:1:mine:0      +   n   .    .    .    n    .   .   .    .   .
begun    mn:1:show:0      .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:show:0      .   .   .    .    .    s    .   .   .    .   .
writing  mn:1:people:0    .   .   .    .    .    s    .   .   .    .   .
writing  mn:1:page:1      .   .   .    .    .    s    .   .   .    .   .
writing  mn:1:there:1     .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:absent:3    .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:stand_in:1  .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:there:7     .   .   .    .    .    s    .   .   .    .   .
writing  mn:1:all:0       .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:name:0      .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:next:0      .   .   .    .    .    s    .   .   .    .   .
writing  mn:1:point:1     .   .   .    .    .    s    .   .   .    .   .
writing  mn:1:point:9     .   .   .    .    .    .    .   .   .    .   .
writing  mn:1:write:1     .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:write:9     .   .   .    .    .    .    .   .   .    .   .
writing  mn:1:photo:1     .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:no_photo:1  .   .   .    .    .    s    .   .   .    .   .
writing  mn:1:task:1      .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:add:0       .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:review:0    .   .   .    .    .    s    .   .   .    .   .
writing  mn:1:send:0      .   .   .    .    .    +    .   .   .    .   .
writing  mn:1:file:0      .   .   .    .    .    .    .   .   .    .   .
writing  mn:1:object:0    .   .   .    .    .    .    .   .   .    .   .
writing  mn:1:nothing:0   .   .   .    .    .    .    .   .   .    .   .
text     f:submit         .   .   .    .    .    n    .   .   .    .   .
draft    mn:1:show:0      s   s   .    .    .    s    .   .   .    .   .
draft    mn:1:file:0      +   +   .    .    .    +    .   .   .    .   .
draft    mn:1:object:0    +   +   .    .    .    +    .   .   .    .   .
draft    mn:1:amend:0     .   .   .    .    .    s    .   .   .    .   .
draft    mn:1:there:8     .   .   .    .    .    +    .   .   .    .   .
draft    mn:1:write:1     .   .   .    .    .    +    .   .   .    .   .
draft    mn:1:photo:1     .   .   .    .    .    +    .   .   .    .   .
draft    mn:1:no_photo:1  .   .   .    .    .    s    .   .   .    .   .
draft    mn:1:task:1      .   .   .    .    .    .    .   .   .    .   .
draft    mn:1:resend:0    .   .   .    .    .    .    .   .   .    .   .
draft    mn:1:send:0      .   .   .    .    .    .    .   .   .    .   .
draft    mn:1:correct:1   .   .   .    .    .    .    .   .   .    .   .
contest  mn:1:correct:1   .   .   .    .    .    +    .   .   .    .   .
contest  mn:1:keep:1      .   .   .    .    .    +    .   .   .    .   .
contest  mn:1:correct:2   .   .   .    .    .    s    .   .   .    .   .
contest  mn:1:keep:2      .   .   .    .    .    +    .   .   .    .   .
contest  mn:1:there:8     .   .   .    .    .    +    .   .   .    .   .
amended  mn:1:resend:0    .   .   .    .    .    +    .   .   .    .   .
contest  mn:1:resend:0    .   .   .    .    .    .    .   .   .    .   .
contest  mn:1:write:1     .   .   .    .    .    +    .   .   .    .   .
contest  mn:2:keep:1      .   .   .    .    .    .    .   .   .    .   .
over     mn:1:show:0      s   s   .    .    .    s    .   .   .    .   .
over     mn:1:file:0      +   +   .    .    .    +    .   .   .    .   .
over     mn:1:object:0    .   .   .    .    .    .    .   .   .    .   .
over     mn:1:keep:1      .   .   .    .    .    .    .   .   .    .   .
over     mn:1:amend:0     .   .   .    .    .    .    .   .   .    .   .
over     mn:1:write:1     .   .   .    .    .    .    .   .   .    .   .
over     mn:1:there:8     .   .   .    .    .    .    .   .   .    .   .
over     mn:1:resend:0    .   .   .    .    .    .    .   .   .    .   .
over     mn:1:send:0      .   .   .    .    .    .    .   .   .    .   .
late     mn:1:show:0      .   .   .    .    .    .    .   .   .    .   .
late     mn:1:send:0      .   .   .    .    .    .    .   .   .    .   .
late     mn:99:show:0     .   .   .    .    .    .    .   .   .    .   .
"""
ROWS = rows_of(TABLE)
DONE = {
    "mine": {"draft"},
    "show": {"minutes", "minutes_point"},
    "there": {"attendance"},
    "absent": {"attendance"},
    "stand_in": {"attendance"},
    "all": {"attendance"},
    "name": {"draft"},
    "write": {"draft"},
    "photo": {"draft"},
    "task": {"draft"},
    "add": {"draft"},
    "send": {"minutes", "meeting", "point", "paper"},
    "file": {"paper"},
    "object": {"draft"},
    "correct": {"draft"},
    "keep": {"objection"},
    "resend": {"minutes", "objection", "paper"},
}
SHOWN = ("路灯", "到会")  # of a point, and of who was there
ANSWERED = (*REFUSALS, "还没有发出", "还没有开始", "期限已过", "已经发出", "已定稿", "没有改动")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    # What is ordered stays so: the document itself has tests of its own.
    made = await World.open(tmp_path_factory.mktemp("minutes"), refusals=ANSWERED, making=False)
    story = made.story
    await story.say("WANG", "每周五下午两点 三楼会议室")
    await story.press("WANG", "提前到前一个工作日")
    await story.press("WANG", "提交")
    await story.forge("LI", "ag:0:new:0")
    await story.press("LI", "困难")
    await story.say("LI", "东门路灯不亮")
    await story.forge("LI", "mt:1:stand_in")
    made.keep("planned")
    connection = story.db._connection
    for state, ago in (("late", timedelta(days=5)), ("begun", timedelta(hours=1))):
        start = (story.clock.now() - ago,)
        connection.execute("update meeting set starts_at = ? where id = 1", start)
        connection.execute("update meeting_invited set told = ? where occasion = 1", start)
        made.keep(state)
    await story.forge("WANG", "mn:1:show:0")
    made.keep("writing")
    await story.forge("WANG", "mn:1:write:1")
    made.keep("text")
    await story.say("WANG", "换一盏灯")
    await story.forge("WANG", "mn:1:send:0")
    connection.execute("delete from paper")
    made.keep("draft")
    for about in ("1. 东门", "出席情况"):
        await story.forge("LI", "mn:1:object:0")
        await story.press("LI", about)
        await story.say("LI", "漏了路灯")
    made.keep("contest")
    await story.forge("WANG", "mn:1:there:8")
    made.keep("amended")
    made.restore("contest")
    connection.execute("update minutes set state = 'final', final_at = sent_at, look_at = null")
    made.keep("over")
    yield made
    await made.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_every_cell(world: World, row: Row) -> None:
    async for tried in world.cells(row):
        verb = row.action.split(":")[2] if row.action.startswith("mn") else ""
        tried.did(DONE.get(verb))
        tried.heard_by()
        assert tried.cell not in "s" or tried.own.tells(*SHOWN), tried
        assert tried.who in ("LI", "WU", "WANG") or not tried.own.tells(*SHOWN), tried


def test_every_verb_has_a_row() -> None:
    texts = (Path(__file__).parents[2] / "locales" / "zh" / "minutes.ftl").read_text("utf-8")
    verbs = set(re.findall(r"^minutes-button-(\w+) =", texts, re.M)) - {"before", "after", "lacking"}
    tried = {row.action.split(":")[2] for row in ROWS if row.action.startswith("mn")}
    assert verbs and verbs <= tried, verbs - tried
