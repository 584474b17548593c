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

from tests.scenarios.matrix import COLUMNS, REFUSALS, World
from tests.scenarios.story import Story

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
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:] if line]
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
    story = await Story.open(tmp_path_factory.mktemp("meetings"))
    made = World(story)
    story.stranger("X")
    await story.say("X", "/start")
    for code in COLUMNS[:-1]:
        await story.join(code)
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
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
async def test_every_cell(world: World, row: list[str]) -> None:
    state, action, *cells = row
    for who, cell in zip(COLUMNS, cells, strict=True):
        world.restore(state)
        before, since = world.rows(), world.story.sandbox.world.seq
        await world.act(who, action)
        after, phones = world.rows(), {code: world.read(code, since) for code in COLUMNS}
        own, where = phones[who], f"{who}: {action} while {state}; read {phones[who].told!r}"
        changed = {table for table in before if before[table] != after[table]}
        assert own.told, f"silence for {where}"
        assert not any(phones[other].told for other in COLUMNS if other != who), where
        assert changed == (DONE[action.split(":")[-1]] if cell == "+" else set()), f"changed {changed}; {where}"
        assert cell != "." or any(words in own.told for words in ANSWERED), where
        assert cell != "c" or "meeting.ics" in own.everything, where
        assert cell not in "sn" or own.tells(SHOWN) == (cell == "s"), where
        assert who in ("LI", "WU", "WANG") or not own.tells(SHOWN), where


def test_every_verb_has_a_row() -> None:
    texts = (Path(__file__).parents[2] / "locales" / "zh" / "meetings.ftl").read_text("utf-8")
    verbs = set(re.findall(r"^meeting-button-(\w+) =", texts, re.M))
    tried = {row[1].split(":")[-1] for row in ROWS}
    assert verbs and verbs <= tried, verbs - tried
