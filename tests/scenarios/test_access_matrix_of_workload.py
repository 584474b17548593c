"""Who may do what with the weekly workload: every role, own and foreign place, each tried by a forged callback.

The week is LI's, at NY-1; columns as in test_access_matrix.py. Cells:
    +  it is done: the rows named in DONE change
    s  an answer that shows LI's own figures; nothing changes
    c  an answer that shows the sums of LI's committee, and nobody's own figures; nothing changes
    b  an answer that shows both; nothing changes
    n  an answer that shows neither; nothing changes
    .  refused in words; nothing changes and no other phone moves
A coordinator sees their own figures and the sums of their committee, not colleagues' own; a cadre sees the sums, an
officer or a deputy the coordinators of their places, the town office all of them.
"""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from tests.scenarios.story import Story
from tests.scenarios.test_access_matrix import COLUMNS, REFUSALS, World

TABLE = """
state     action                    LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO X

open      /workload                 s   n   n    c    n    n    n   n   n    c   .
open      /board                    s   n   n    c    n    c    n   c   n    c   .
open      b:NY                      .   .   .    c    .    c    .   c   .    c   .
open      b:0                       .   .   .    c    n    c    n   c   n    c   .
both      /board                    b   c   n    c    n    c    n   c   n    c   .
both      b:0:0:202611:show         .   .   .    c    n    c    n   c   n    c   .
both      b:0:0:202511:show         .   .   .    n    n    n    n   n   n    n   .
both      b:0:LI:202611:show        .   .   .    .    .    .    .   .   .    .   .
both      b:NY:0:202611:show        .   .   .    c    .    c    .   c   .    c   .
both      b:NY:LI:202611:show       b   .   .    .    .    s    .   s   .    s   .
both      b:NY:LI:20261123:week     s   .   .    .    .    s    .   s   .    s   .
both      b:DX:LI:202611:show       .   .   .    .    .    .    .   .   .    .   .
both      b:NY:LI:202611:months     n   .   .    .    .    n    .   n   .    n   .
both      b:NY:0:2026:months        .   .   .    n    .    n    .   n   .    n   .
both      b:NY:LI:202612:show       .   .   .    .    .    .    .   .   .    .   .
both      b:NY:LI:202613:table      .   .   .    .    .    .    .   .   .    .   .
both      b:NY:LI:2026:picture      .   .   .    .    .    .    .   .   .    .   .
both      b:NY:LI:20261199:week     .   .   .    .    .    .    .   .   .    .   .
both      b:NY:LI:202611:erase      .   .   .    .    .    .    .   .   .    .   .
both      b:NY:LI:202611:table      +   .   .    .    .    +    .   +   .    +   .
both      b:NY:0:2026:table         .   .   .    +    .    +    .   +   .    +   .
both      b:0:0:202611:picture      .   .   .    +    +    +    +   +   +    +   .
open      b:NY:WU:20261123:week     .   n   .    .    .    .    .   .   .    .   .
open      w:1:show                  s   .   .    .    .    .    .   .   .    .   .
open      w:1:more                  s   .   .    .    .    .    .   .   .    .   .
open      w:1:add:visited:5         +   .   .    .    .    .    .   .   .    .   .
open      w:1:add:visited:500       .   .   .    .    .    .    .   .   .    .   .
open      w:1:add:nothing:5         .   .   .    .    .    .    .   .   .    .   .
open      w:1:undo:visited:5        .   .   .    .    .    .    .   .   .    .   .
open      w:1:steps                 +   .   .    .    .    .    .   .   .    .   .
open      w:1:file                  +   .   .    .    .    .    .   .   .    .   .
open      w:1:correct               .   .   .    .    .    .    .   .   .    .   .
open      w:99:show                 .   .   .    .    .    .    .   .   .    .   .
open      wo:1:show                 .   .   .    .    .    .    .   .   .    .   .
open      wo:1:confirm              .   .   .    .    .    .    .   .   .    .   .
open      wo:1:amend                .   .   .    .    .    .    .   .   .    .   .
open      an:NY:show                .   .   .    n    .    n    .   n   .    .   .
open      an:NY:make:202611         .   .   .    +    .    +    .   +   .    .   .
open      an:NY:make:209901         .   .   .    n    .    n    .   n   .    .   .
open      an:NY:counts:202611       .   .   .    +    .    .    .   .   .    .   .
open      an:NY:words:202611        .   .   .    +    .    .    .   .   .    .   .
open      an:NY:days                .   .   .    n    .    .    .   .   .    .   .
open      an:NY:back                .   .   .    n    .    .    .   .   .    .   .
open      an:NY:day:8               .   .   .    +    .    .    .   .   .    .   .
open      an:NY-1:day:8             .   .   .    .    .    .    .   .   .    .   .

filed     w:1:add:visited:5         +   .   .    .    .    .    .   .   .    .   .
filed     w:1:file                  .   .   .    .    .    .    .   .   .    .   .
filed     wo:1:show                 .   .   .    .    .    s    .   s   .    .   .
filed     wo:1:confirm              .   .   .    .    .    +    .   +   .    .   .
filed     wo:1:ask                  .   .   .    .    .    +    .   +   .    .   .
filed     wo:1:amend                .   .   .    .    .    +    .   +   .    .   .
filed     wo:1:accept:1             .   .   .    .    .    .    .   .   .    .   .
filed     wr:20261123:show          .   .   .    .    .    s    n   s   n    .   .
filed     wr:20261123:plausible     .   .   .    .    .    s    .   s   .    .   .
filed     wr:20261123:all:1-3       .   .   .    .    .    +    .   +   .    .   .
filed     wr:20261123:all:1-99      .   .   .    .    .    .    .   .   .    .   .
filed     wr:20271122:show          .   .   .    .    .    .    .   .   .    .   .
filed     wr:20269999:show          .   .   .    .    .    .    .   .   .    .   .

done      w:1:add:visited:5         .   .   .    .    .    .    .   .   .    .   .
done      w:1:correct               +   .   .    .    .    .    .   .   .    .   .
done      wo:1:confirm              .   .   .    .    .    .    .   .   .    .   .
done      wo:1:amend                .   .   .    .    .    .    .   .   .    .   .

asks      wo:1:accept:3             .   .   .    .    .    +    .   +   .    .   .
asks      wo:1:refuse:3             .   .   .    .    .    +    .   +   .    .   .
mended    w:1:object::3             +   .   .    .    .    .    .   .   .    .   .
mended    w:1:object::2             .   .   .    .    .    .    .   .   .    .   .
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:] if line]
DONE = {
    "w:add": {"entry"},
    "w:undo": {"entry"},
    "w:steps": {"draft"},
    "w:file": {"week"},
    "w:correct": {"draft"},
    "w:object": {"entry"},
    "wo:confirm": {"week"},
    "wo:ask": {"draft"},
    "wo:amend": {"draft"},
    "wo:accept": {"entry"},
    "wo:refuse": {"entry"},
    "wr:all": {"week"},
    "b:table": {"paper"},
    "b:picture": {"paper"},
    "an:make": {"paper"},
    "an:counts": {"draft"},
    "an:words": {"draft"},
    "an:day": {"meeting_day"},
}
OWN, SUM = "走访住户 137", "走访住户 178"  # LI's, and with WU's 41 those of the committee
ANSWERED = (*REFUSALS, "责任区", "还没有上报", "已经确认", "没有可以撤销的", "上报")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    story = await Story.open(tmp_path_factory.mktemp("workload"))
    story.making = False  # what is ordered stays so: the papers themselves have tests of their own
    made = World(story)
    story.stranger("X")
    await story.say("X", "/start")
    for code in COLUMNS[:-1]:
        await story.join(code)
    await story.say("LI", "/workload 走访 132 登记 30 工时 35")
    await story.press("LI", "走访 +5")
    await story.say("WU", "/workload 走访 41")
    story.clock.moment += timedelta(days=3)  # Friday
    made.keep("open")
    await story.forge("LI", "w:1:file")
    made.keep("filed")
    await story.forge("WU", "w:2:file")
    made.keep("both")
    made.restore("filed")
    await story.forge("WANG", "wo:1:amend")
    await story.say("WANG", "走访 130")
    await story.say("WANG", "商铺不算")
    made.keep("mended")
    made.restore("filed")
    await story.forge("WANG", "wo:1:confirm")
    made.keep("done")
    await story.say("LI", "走访 140")
    await story.say("LI", "周四漏记")
    made.keep("asks")
    yield made
    await made.close()


def _name(action: str) -> str:
    """An action without its numbers and items: w:1:add:visited:5 is w:add, b:NY:0:202611:show is b:show."""
    if action.startswith("b:"):
        return f"b:{action.rpartition(':')[2]}"
    return ":".join(action.split(":")[::2][:2])


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
        if cell == "+":
            assert changed == DONE[_name(action)], f"changed {changed}; {where}"
        else:
            assert not changed - ({"week"} if action == "/workload" else set()), f"changed {changed}; {where}"
            assert not any(phones[other].told for other in COLUMNS if other != who), where
            assert cell != "." or any(words in own.told for words in ANSWERED), where
            assert cell == "." or (own.tells(OWN), own.tells(SUM)) == (cell in "sb", cell in "cb"), where
        for code, phone in phones.items():
            office = _name(action) == "w:object" or action.startswith("b:")
            told = ("LI", "WANG", "SUN", "GAO") if office else ("LI", "WANG", "SUN")
            assert code in told or not phone.tells(OWN), f"{code} reads it; {where}"
            assert code not in ("QIAN", "CHEN", "HE", "FENG", "X") or not phone.tells(SUM), f"{code} reads it; {where}"


def test_every_verb_has_a_row() -> None:
    handlers = Path(__file__).parents[2] / "handlers" / "workload"
    shown = "".join((handlers / name).read_text("utf-8") for name in ("week_card.py", "week_round.py"))
    tried = {_name(row[1]) for row in ROWS}
    verbs = {":".join(found) for found in re.findall(r'f"(wo?|wr):\{[^}]*\}:([a-z]+)', shown)}
    verbs |= {f"an:{verb}" for verb in re.findall(r'case "([a-z]+)"', (handlers / "analysis.py").read_text("utf-8"))}
    assert verbs and verbs - {"w:agree"} <= tried, verbs - tried
