"""Who may do what with meetings: every role, own and foreign place, each tried by a forged callback.

The meeting is WANG's weekly one at NY, to which LI and WU are invited; columns as in test_access_matrix.py. Cells:
    +  it is done: the rows named in DONE change, and nobody else hears of it before the tick
    s  an answer that shows the meeting; nothing changes
    n  an answer that does not; nothing changes
    c  a file for the calendar; nothing changes
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
state     action                    LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO X

planned   /meetings                 s   s   n    n    n    s    n   n   n    n   .
planned   mt:0:new                  .   .   .    +    +    +    +   .   .    .   .
planned   mt:0:list                 .   .   .    .    .    .    .   .   .    .   .
planned   mt:1:show                 s   s   .    .    .    s    .   .   .    .   .
planned   mt:1:back                 s   s   .    .    .    s    .   .   .    .   .
planned   mt:1:yes                  +   +   .    .    .    s    .   .   .    .   .
planned   mt:1:late                 +   +   .    .    .    +    .   .   .    .   .
planned   mt:1:stand_in             +   +   .    .    .    +    .   .   .    .   .
planned   mt:1:no                   +   +   .    .    .    +    .   .   .    .   .
planned   mt:1:calendar             c   c   .    .    .    c    .   .   .    .   .
planned   mt:1:move                 .   .   .    .    .    +    .   .   .    .   .
planned   mt:1:cancel               .   .   .    .    .    s    .   .   .    .   .
planned   mt:1:cancel_sure          .   .   .    .    .    +    .   .   .    .   .
planned   mt:1:end                  .   .   .    .    .    s    .   .   .    .   .
planned   mt:1:end_sure             .   .   .    .    .    +    .   .   .    .   .
planned   mt:1:done                 .   .   .    .    .    .    .   .   .    .   .
planned   mt:1:nothing              .   .   .    .    .    .    .   .   .    .   .
planned   mt:99:show                .   .   .    .    .    .    .   .   .    .   .

begun     mt:1:late                 +   +   .    .    .    +    .   .   .    .   .
begun     mt:1:move                 .   .   .    .    .    .    .   .   .    .   .
begun     mt:1:cancel_sure          .   .   .    .    .    .    .   .   .    .   .
begun     mt:1:done                 .   .   .    .    .    +    .   .   .    .   .

over      mt:1:yes                  .   .   .    .    .    .    .   .   .    .   .
over      mt:1:done                 .   .   .    .    .    .    .   .   .    .   .

cancelled mt:1:show                 s   s   .    .    .    s    .   .   .    .   .
cancelled mt:1:yes                  .   .   .    .    .    .    .   .   .    .   .
cancelled mt:1:cancel_sure          .   .   .    .    .    .    .   .   .    .   .
cancelled mt:1:move                 .   .   .    .    .    .    .   .   .    .   .

filled    f:submit                  .   .   .    .    .    +    .   .   .    .   .
moving    f:cancel                  .   .   .    .    .    +    .   .   .    .   .
"""
ROWS = rows_of(TABLE)
DONE = {
    "new": {"draft"},
    "move": {"draft"},
    "yes": {"invited"},
    "late": {"invited"},
    "stand_in": {"invited"},
    "no": {"invited"},
    "cancel_sure": {"meeting"},
    "end_sure": {"meeting", "series"},
    "done": {"meeting"},
    "submit": {"draft", "series", "meeting", "invited"},
    "cancel": {"draft"},
}
SHOWN = "三楼会议室"
ANSWERED = (*REFUSALS, "已经过了", "已取消")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    made = await World.open(tmp_path_factory.mktemp("meetings"), refusals=ANSWERED)
    story = made.story
    await story.say("WANG", "每周五下午两点 三楼会议室")
    await story.press("WANG", "提前到前一个工作日")
    made.keep("filled")
    await story.press("WANG", "提交")
    made.keep("planned")
    await story.forge("WANG", "mt:1:move")
    made.keep("moving")
    for state, ago in (("begun", timedelta(hours=1)), ("over", timedelta(hours=3))):
        made.restore("planned")
        start = (story.clock.now() - ago,)
        story.db._connection.execute("update meeting set starts_at = ? where id = 1", start)
        story.db._connection.execute("update meeting_invited set told = ? where person = 3 and occasion = 1", start)
        made.keep(state)
    made.restore("planned")
    story.db._connection.execute("update meeting set state = 'cancelled'")
    made.keep("cancelled")
    yield made
    await made.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_every_cell(world: World, row: Row) -> None:
    async for tried in world.cells(row):
        tried.did(DONE.get(row.action.split(":")[-1]))
        tried.heard_by()
        tried.shows(SHOWN)
        assert tried.cell != "c" or "meeting.ics" in tried.own.everything, tried
        assert tried.who in ("LI", "WU", "WANG") or not tried.own.tells(SHOWN), tried


def test_every_verb_has_a_row() -> None:
    texts = (Path(__file__).parents[2] / "locales" / "zh" / "meetings.ftl").read_text("utf-8")
    verbs = set(re.findall(r"^meeting-button-(\w+) =", texts, re.M))
    tried = {row.action.split(":")[-1] for row in ROWS}
    assert verbs and verbs <= tried, verbs - tried
