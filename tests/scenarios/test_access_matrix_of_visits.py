"""Who may do what with visits: every role, own and foreign place, each tried by a forged callback.

X, a resident, asked for a certificate at NY; LI goes along as coordinator and ZHOU as cadre, but where a state says
otherwise. Columns as in test_access_matrix.py. Cells:
    +  it is done: the rows named in DONE change
    s  an answer that shows the dwelling; nothing changes
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

from tests.scenarios.matrix import COLUMNS, REFUSALS, Row, World, rows_of
from tests.scenarios.story import Story
from tests.scenarios.test_talks import arranged
from tests.scenarios.test_visits import asked

TABLE = """
state    action               LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO X

asked    /visits              n   n   n    n    n    n    n   n   n    n   n
asked    vs:0:new             +   +   +    +    +    +    +   +   +    n   n
asked    vs:0:list            n   n   n    n    n    n    n   n   n    n   n
asked    vs:1:show            s   s   .    s    .    .    .   .   .    .   .
asked    vs:1:take:coordinator +  +   .    .    .    .    .   .   .    .   .
asked    vs:1:take:cadre      .   .   .    +    .    .    .   .   .    .   .
asked    vs:1:pass            s   s   .    s    .    .    .   .   .    .   .
asked    vs:1:pass:3          +   +   .    +    .    .    .   .   .    .   .
asked    vs:1:mine            .   .   .    .    .    .    .   .   .    .   n
asked    vs:1:withdraw        .   .   .    .    .    .    .   .   .    .   n
asked    vs:1:keep            .   .   .    .    .    .    .   .   .    .   n
asked    vs:1:sure            .   .   .    .    .    .    .   .   .    .   +
asked    vs:1:move            .   .   .    .    .    .    .   .   .    .   +
asked    vs:1:can:0           .   .   .    .    .    .    .   .   .    .   .
asked    vs:1:given           .   .   .    .    .    .    .   .   .    .   .
asked    vs:99:show           .   .   .    .    .    .    .   .   .    .   .

taken    vs:1:show            s   .   .    s    .    .    .   .   .    .   .
taken    vs:1:take:coordinator .  .   .    .    .    .    .   .   .    .   .
taken    vs:1:can:0           +   .   .    +    .    .    .   .   .    .   .
taken    vs:1:all             +   .   .    +    .    .    .   .   .    .   .
taken    vs:1:none            +   .   .    +    .    .    .   .   .    .   .
taken    vs:1:ready           +   .   .    +    .    .    .   .   .    .   .
taken    vs:1:free            +   .   .    +    .    .    .   .   .    .   .
taken    vs:1:yes:0           .   .   .    .    .    .    .   .   .    .   .
taken    vs:1:entry           .   .   .    .    .    .    .   .   .    .   .

offered  vs:1:yes:0           .   .   .    .    .    .    .   .   .    .   +
offered  vs:1:other:0         .   .   .    .    .    .    .   .   .    .   +
offered  vs:1:yes:1           .   .   .    .    .    .    .   .   .    .   .

agreed   vs:1:entry           c   .   .    c    .    .    .   .   .    .   .
agreed   vs:1:calendar        .   .   .    .    .    .    .   .   .    .   c
agreed   vs:1:move            .   .   .    .    .    .    .   .   .    .   +
agreed   vs:1:free            +   .   .    +    .    .    .   .   .    .   .
agreed   vs:1:pass:3          .   .   .    .    .    .    .   .   .    .   .
agreed   vs:1:spoke           .   .   .    .    .    .    .   .   .    .   .
agreed   vs:1:found:unclear   .   .   .    .    .    .    .   .   .    .   .

there    vs:1:spoke           +   .   .    +    .    .    .   .   .    .   .
there    vs:1:witnessed       +   .   .    +    .    .    .   .   .    .   .
there    vs:1:found:unclear   +   .   .    +    .    .    .   .   .    .   .
there    vs:1:again           +   .   .    +    .    .    .   .   .    .   .
there    vs:1:given           .   .   .    .    .    .    .   .   .    .   .
there    vs:1:free            .   .   .    .    .    .    .   .   .    .   .

found    vs:1:found:confirmed .   .   .    .    .    .    .   .   .    .   .
found    vs:1:line            +   .   .    +    .    .    .   .   .    .   .
found    vs:1:given           .   .   .    +    .    .    .   .   .    .   .
found    vs:1:not_given       .   .   .    +    .    .    .   .   .    .   .
found    vs:1:move            .   .   .    .    .    .    .   .   .    .   .
found    vs:1:sure            .   .   .    .    .    .    .   .   .    .   +

late     vs:1:show            s   .   .    s    .    s    .   s   .    s   .
talk     vs:2:show            .   .   .    .    .    n    .   .   .    .   .
talk     vs:2:another         .   .   .    .    .    +    .   .   .    .   .
talk     vs:2:held            .   .   .    .    .    .    .   .   .    .   .
talk     vs:2:move            .   .   .    .    .    .    .   .   .    .   +
talk     vs:2:sure            .   .   .    .    .    .    .   .   .    .   +
talk     vs:2:pass:3          .   .   .    .    .    .    .   .   .    .   .
talked   vs:2:held            .   .   .    .    .    +    .   .   .    .   .
talked   vs:2:no_show         .   .   .    .    .    +    .   .   .    .   .
talked   vs:2:another         .   .   .    .    .    .    .   .   .    .   .
asked    vs:0:talk            n   n   n    n    n    n    n   n   n    n   n
asked    vs:0:hours           .   .   .    n    n    n    n   .   .    .   .
asked    vs:0:hours_new       .   .   .    +    +    +    +   .   .    .   .
talk     vs:0:hours_off:1     .   .   .    n    n    +    n   .   .    .   .

late     vs:1:given           .   .   .    .    .    .    .   .   .    .   .
"""
ROWS = rows_of(TABLE)
DONE = {
    "sure": {"visit"},
    "new": {"draft"},
    "move": {"draft"},
    "line": {"draft"},
    "not_given": {"draft"},
    "take": {"part"},
    "can": {"part"},
    "all": {"part"},
    "none": {"part"},
    "ready": {"part"},
    "free": {"part"},
    "pass": {"visit"},
    "yes": {"visit"},
    "other": set(),
    "spoke": {"visit"},
    "another": {"visit"},
    "held": {"visit"},
    "no_show": {"visit"},
    "hours_new": {"draft"},
    "hours_off": {"hours"},
    "witnessed": {"visit"},
    "found": {"visit"},
    "again": {"visit", "part"},
    "given": {"visit"},
}
SHOWN = "南苑路"
ANSWERED = (*REFUSALS, "已有人接手", "已经有人", "撤回或清除", "时间刚有变动", "由您去", "要先和申请人")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    story = await Story.open(tmp_path_factory.mktemp("visits"))
    made = World(story, refusals=ANSWERED)
    story.stranger("X")
    await story.say("X", "/start")
    for code in COLUMNS[:-1]:
        await story.join(code)
    await asked(story)
    story.db._connection.execute("update visit set staff_news_at = null")
    made.keep("asked")
    await story.forge("LI", "vs:1:take:coordinator")
    await story.forge("ZHOU", "vs:1:take:cadre")
    made.keep("taken")
    for code in ("LI", "ZHOU"):
        await story.forge(code, "vs:1:all")
    made.keep("offered")
    await story.forge("X", "vs:1:yes:0")
    made.keep("agreed")
    story.db._connection.execute("update visit set starts_at = ?", (story.clock.now() - timedelta(hours=1),))
    made.keep("there")
    await story.forge("LI", "vs:1:found:unclear")
    made.keep("found")
    made.restore("taken")
    story.db._connection.execute("update visit set late_days = 3")
    made.keep("late")
    made.restore("asked")
    await story.forge("WANG", "vs:0:hours_new")
    await story.say("WANG", "周四 14:00-15:00")
    await arranged(story)
    made.keep("talk")
    story.db._connection.execute("update visit set starts_at = ? where id = 2", (story.clock.now(),))
    made.keep("talked")
    yield made
    await made.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_every_cell(world: World, row: Row) -> None:
    verb = row.action.split(":")[2] if row.action.startswith("vs") else ""
    there = ("LI", "WU", "ZHOU") if row.state == "asked" else ("LI", "ZHOU", "WANG", "SUN", "GAO")
    async for tried in world.cells(row):
        tried.did({"visit", "part"} if verb == "sure" and row.state != "asked" else DONE.get(verb))
        tried.shows(SHOWN)
        assert tried.cell != "c" or "visit.ics" in tried.own.everything, tried
        assert tried.who in there or not tried.own.tells(SHOWN), tried
        for code, phone in tried.phones.items():
            assert code in ("LI", "ZHOU", tried.who) or not phone.tells(SHOWN), f"{code} reads it; {tried}"


def test_every_verb_has_a_row() -> None:
    texts = (Path(__file__).parents[2] / "locales" / "zh" / "visits.ftl").read_text("utf-8")
    verbs = set(re.findall(r"^(?:visit|request)-button-([a-z_]+)[ -]", texts, re.M)) - {"back"}
    tried = {row.action.split(":")[2] for row in ROWS if row.action.startswith("vs")}
    assert verbs and verbs <= tried, verbs - tried
