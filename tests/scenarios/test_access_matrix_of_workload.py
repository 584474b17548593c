"""Who may do what with the weekly workload and the checks beside it: every role, own and foreign place, each forged.

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

from models.decline import Decline
from models.leave import Leave
from tests.scenarios.matrix import REFUSALS, Row, World, rows_of
from tests.scenarios.story import START

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
open      lv:1:show                 +   .   .    .    .    .    .   .   .    .   .
open      lv:1:new                  +   .   .    .    .    .    .   .   .    .   .
open      lv:1:back:1               .   .   .    .    .    .    .   .   .    .   .

away      lv:1:show                 n   .   .    .    .    .    .   .   .    .   .
away      lv:1:back:1               +   .   .    .    .    .    .   .   .    .   .
away      lv:1:back:9               .   .   .    .    .    .    .   .   .    .   .
away      lv:1:back:2               .   .   .    .    .    .    .   .   .    .   .
away      lv:WANG:back:2            .   .   .    .    .    +    .   .   .    .   .
away      lv:WANG:back:1            .   .   .    .    .    .    .   .   .    .   .
open      lv:ZHOU:show              .   .   .    +    .    .    .   .   .    .   .
open      lv:WANG:show              .   .   .    .    .    +    .   .   .    .   .
open      lv:WANG:new               .   .   .    .    .    +    .   .   .    .   .
open      lv:SUN:new                .   .   .    .    .    .    .   +   .    .   .
open      lv:GAO:show               .   .   .    .    .    .    .   .   .    .   .
open      lv:GAO:new                .   .   .    .    .    .    .   .   .    .   .

below     dc:1:weather              .   .   .    .    .    +    .   +   .    .   .
below     dc:1:other                .   .   .    .    .    +    .   +   .    .   .
below     dc:1:again                .   .   .    .    .    n    .   n   .    .   .
below     dc:1:nothing              .   .   .    .    .    .    .   .   .    .   .
below     dc:9:weather              .   .   .    .    .    .    .   .   .    .   .

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

short     sd:1:network              +   .   .    .    .    .    .   .   .    .   .
short     sd:1:other                +   .   .    .    .    .    .   .   .    .   .
short     sd:1:holiday              .   .   .    .    .    .    .   .   .    .   .
short     sd:99:network             .   .   .    .    .    .    .   .   .    .   .

open      k:own:LI:0:show           n   .   .    .    .    .    .   .   .    .   .
open      k:own:LI:20261127:all     +   .   .    .    .    .    .   .   .    .   .
open      k:own:LI:20261127:badge   +   .   .    .    .    .    .   .   .    .   .
open      k:own:LI:20261127:purse   .   .   .    .    .    .    .   .   .    .   .
open      k:own:LI:20261126:all     .   .   .    .    .    .    .   .   .    .   .
open      k:own:ZHOU:20261127:all   .   .   .    .    .    .    .   .   .    .   .
open      k:spot:LI:0:show          .   .   .    n    .    .    .   .   .    .   .
open      k:spot:LI:20261127:all    .   .   .    +    .    .    .   .   .    .   .
open      k:spot:LI:20261127:badge  .   .   .    +    .    .    .   .   .    .   .
open      k:spot:QIAN:20261127:all  .   .   .    .    +    .    .   .   .    .   .
open      k:spot:WANG:20261127:all  .   .   .    .    .    .    .   .   .    .   .

open      sp:LI                     +   .   .    .    .    .    .   .   .    .   .
open      sp:QIAN                   .   .   +    .    .    .    .   .   .    .   .
open      sp:ZHOU                   .   .   .    .    .    .    .   .   .    .   .

filed     lc:1                      .   .   .    .    .    +    .   +   .    .   .
filed     lc:99                     .   .   .    .    .    .    .   .   .    .   .

open      dr:NY:show                .   .   .    n    .    .    .   .   .    .   .
open      dr:NY:head:LI             .   .   .    +    .    .    .   .   .    .   .
open      dr:NY:entry:ZHOU          .   .   .    +    .    .    .   .   .    .   .
open      dr:NY:head:QIAN           .   .   .    .    .    .    .   .   .    .   .
open      dr:NY:chief:LI            .   .   .    .    .    .    .   .   .    .   .
open      dr:NY-1:head:LI           .   .   .    .    .    .    .   .   .    .   .
open      dr:DX:entry:QIAN          .   .   .    .    +    .    .   .   .    .   .
open      dr:TOWN:head:GAO          .   .   .    .    .    .    .   .   .    .   .
"""
ROWS = rows_of(TABLE)
DONE = {
    "lv:show": {"draft"},
    "lv:new": {"draft"},
    "lv:back": {"leave"},
    "dc:weather": {"decline"},
    "dc:other": {"draft"},
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
    "sd:network": {"shortfall"},
    "sd:other": {"draft"},
    "k:own": {"kit"},
    "k:spot": {"kit"},
    "sp": {"draft"},
    "lc": {"draft"},
    "dr:head": {"data_room"},
    "dr:entry": {"data_room"},
}
OWN, SUM = ("走访住户 137", "走访 137"), "走访住户 178"  # LI's, and with WU's 41 those of the committee
# What has its rows in the other tables.
ELSEWHERE = {
    "f",
    "a",
    "g",
    "r",
    "v",
    "t",
    "log",
    "tips",
    "l",
    "mt",
    "ac",
    "ag",
    "mn",
    "vs",
    "qt",
    "fd",
    "pl",
    "sc",
}
ANSWERED = (*REFUSALS, "责任区", "还没有上报", "已经确认", "没有可以撤销的", "上报")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    # What is ordered stays so: the papers themselves have tests of their own.
    made = await World.open(tmp_path_factory.mktemp("workload"), refusals=ANSWERED, making=False)
    story = made.story
    await story.say("LI", "/workload 走访 132 登记 30 工时 35")
    await story.press("LI", "走访 +5")
    await story.say("WU", "/workload 走访 41")
    made.keep("told")
    await story.advance(hours=8)
    made.keep("short")
    made.restore("told")
    story.clock.moment = START + timedelta(days=3)  # Friday
    made.keep("open")
    with story.db.transaction() as db:
        of = {"person": story.ids["LI"], "place": story.ids["NY-1"], "month": "2026-10"}
        db.insert(Decline, **of, items=["visited"], told_at=story.clock.now(), words="")
        db.insert(Leave, person=story.ids["LI"], first="2026-12-07", last="2026-12-08", entered_at=story.clock.now())
        db.insert(Leave, person=story.ids["WANG"], first="2026-12-10", last="2026-12-10", entered_at=story.clock.now())
    made.keep("below")
    made.keep("away")
    made.restore("open")
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


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_every_cell(world: World, row: Row) -> None:
    async for tried in world.cells(row):
        own = tried.own
        if tried.cell == "+":
            assert tried.changed == DONE[row.name], tried
        else:
            tried.changed_nothing(*(["week"] if row.action == "/workload" else []))
            told = (own.tells(*OWN), own.tells(SUM))
            assert tried.cell == "." or told == (tried.cell in "sb", tried.cell in "cb"), tried
        for code, phone in tried.phones.items():
            office = code == "GAO" and (row.name == "w:object" or row.action.startswith("b:"))
            assert office or code in ("LI", "WANG", "SUN") or not phone.tells(*OWN), f"{code} reads it; {tried}"
            assert code not in ("QIAN", "CHEN", "HE", "FENG", "X") or not phone.tells(SUM), f"{code} reads it; {tried}"


def test_every_verb_has_a_row() -> None:
    handlers = Path(__file__).parents[2] / "handlers"
    shown = ("workload/week_card.py", "workload/week_round.py", "leave.py")
    cards = "".join((handlers / name).read_text("utf-8") for name in shown)
    tried = {row.name for row in ROWS}
    verbs = {":".join(found) for found in re.findall(r'f"(wo?|wr|lv):\{[^}]*\}:([a-z]+)', cards)}
    analysis = (handlers / "workload" / "analysis.py").read_text("utf-8")
    verbs |= {f"an:{verb}" for verb in re.findall(r'case "([a-z]+)"', analysis)}
    assert verbs and verbs - {"w:agree"} <= tried, verbs - tried
    dispatched = set(re.findall(r're\.compile\(rf?"([a-z]+):', (handlers / "dispatch.py").read_text("utf-8")))
    assert dispatched - ELSEWHERE == {name.partition(":")[0] for name in tried if not name.startswith("/")}
