"""Who may do what with spot checks of dwellings: every role, own and foreign place, each tried by a forged callback.

The check is the one of NY, led by ZHOU together with WANG; columns as in test_access_matrix.py. Cells:
    +  it is done: the rows named in DONE change, and nobody hears of it but ZHOU and WANG
    l  an answer that shows the dwellings drawn; nothing changes
    n  an answer that does not; nothing changes
    .  refused in words; nothing changes
The dwellings drawn are read by nobody but the cadre and the officer of the check, whatever is pressed.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from models.leave import Leave
from tests.scenarios.matrix import COLUMNS, REFUSALS, Row, World, rows_of
from tests.scenarios.story import Story

TABLE = """
state     action                    LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO X

none      sc:0:NY:show              .   .   .    n    .    n    .   n   .    .   .
none      sc:0:DX:show              .   .   .    .    n    .    n   .   n    .   .
none      sc:0:NY-1:show            .   .   .    .    .    .    .   .   .    .   .
none      sc:0:TOWN:show            .   .   .    .    .    .    .   .   .    .   .
none      sc:0:NY:buildings         .   .   .    +    .    .    .   .   .    .   .
none      sc:0:NY:plan              .   .   .    +    .    .    .   .   .    .   .
none      sc:0:DX:plan              .   .   .    .    .    .    .   .   .    .   .
none      sc:0:NY:nothing           .   .   .    .    .    .    .   .   .    .   .
none      sc:9:0:show               .   .   .    .    .    .    .   .   .    .   .

planning  f:cancel                  .   .   .    +    .    .    .   .   .    .   .

planned   sc:0:NY:show              .   .   .    n    .    n    .   n   .    .   .
planned   sc:1:0:show               .   .   .    n    .    n    .   .   .    .   .
planned   sc:1:0:back               .   .   .    n    .    n    .   .   .    .   .
planned   sc:1:0:list               .   .   .    l    .    l    .   .   .    .   .
planned   sc:1:0:agree              .   .   .    .    .    +    .   .   .    .   .
planned   sc:1:0:move               .   .   .    +    .    +    .   .   .    .   .
planned   sc:1:0:redraw             .   .   .    +    .    .    .   .   .    .   .
planned   sc:1:0:cancel             .   .   .    n    .    .    .   .   .    .   .
planned   sc:1:0:cancel_sure        .   .   .    +    .    .    .   .   .    .   .
planned   sc:1:0:count              .   .   .    n    .    n    .   .   .    .   .
planned   sc:1:0:add_correct        .   .   .    +    .    +    .   .   .    .   .
planned   sc:1:0:add_late           .   .   .    +    .    +    .   .   .    .   .
planned   sc:1:0:add_not_cancelled  .   .   .    +    .    +    .   .   .    .   .
planned   sc:1:0:add_wrong          .   .   .    +    .    +    .   .   .    .   .
planned   sc:1:0:add_nobody         .   .   .    +    .    +    .   .   .    .   .
planned   sc:1:0:sub_correct        .   .   .    n    .    n    .   .   .    .   .
planned   sc:1:0:sub_late           .   .   .    n    .    n    .   .   .    .   .
planned   sc:1:0:sub_not_cancelled  .   .   .    n    .    n    .   .   .    .   .
planned   sc:1:0:sub_wrong          .   .   .    n    .    n    .   .   .    .   .
planned   sc:1:0:sub_nobody         .   .   .    n    .    n    .   .   .    .   .
planned   sc:1:0:figures            .   .   .    +    .    +    .   .   .    .   .
planned   sc:1:0:enter              .   .   .    n    .    n    .   .   .    .   .
planned   sc:1:0:why                .   .   .    +    .    +    .   .   .    .   .
planned   sc:1:0:mend               .   .   .    .    .    .    .   .   .    .   .
planned   sc:1:0:confirm            .   .   .    .    .    .    .   .   .    .   .
planned   sc:1:0:entry              .   .   .    .    .    .    .   .   .    .   .
planned   sc:1:0:nothing            .   .   .    .    .    .    .   .   .    .   .

agreed    sc:1:0:entry              .   .   .    n    .    n    .   .   .    .   .

counted   sc:1:0:sub_correct        .   .   .    +    .    +    .   .   .    .   .
counted   sc:1:0:enter              .   .   .    +    .    +    .   .   .    .   .
counted   sc:1:0:move               .   .   .    .    .    .    .   .   .    .   .
counted   sc:1:0:redraw             .   .   .    .    .    .    .   .   .    .   .
counted   sc:1:0:cancel_sure        .   .   .    .    .    .    .   .   .    .   .

entered   sc:1:0:show               .   .   .    n    .    n    .   .   .    .   .
entered   sc:1:1:confirm            .   .   .    .    .    +    .   .   .    .   .
entered   sc:1:0:confirm            .   .   .    .    .    .    .   .   .    .   .
entered   sc:1:1:mend               .   .   .    +    .    +    .   .   .    .   .
entered   sc:1:0:mend               .   .   .    .    .    .    .   .   .    .   .
entered   sc:1:0:add_correct        .   .   .    .    .    .    .   .   .    .   .
entered   sc:1:0:list               .   .   .    l    .    l    .   .   .    .   .

away      sc:1:0:show               .   .   .    n    .    n    .   n   .    .   .
away      sc:1:0:list               .   .   .    l    .    l    .   l   .    .   .
away      sc:1:1:confirm            .   .   .    .    .    +    .   +   .    .   .
away      sc:1:1:mend               .   .   .    +    .    +    .   +   .    .   .

confirmed sc:1:0:show               .   .   .    n    .    n    .   .   .    .   .
confirmed sc:1:0:list               .   .   .    l    .    l    .   .   .    .   .
confirmed sc:1:1:mend               .   .   .    .    .    .    .   .   .    .   .
confirmed sc:1:1:confirm            .   .   .    .    .    .    .   .   .    .   .
confirmed sc:1:0:move               .   .   .    .    .    .    .   .   .    .   .

cancelled sc:1:0:list               .   .   .    .    .    .    .   .   .    .   .
cancelled sc:1:0:agree              .   .   .    .    .    .    .   .   .    .   .
cancelled sc:1:0:add_correct        .   .   .    .    .    .    .   .   .    .   .
"""
ROWS = rows_of(TABLE)
DONE = {
    "buildings": {"draft"},
    "plan": {"draft"},
    "move": {"draft"},
    "redraw": {"draft"},
    "figures": {"draft"},
    "why": {"draft"},
    "agree": {"spot_party"},
    "cancel": {"draft"},
    "cancel_sure": {"spot", "spot_draw"},
}
TAPPED = {"spot"}  # every other verb
LIST = "（10 户，请勿转发）"


def readers(row: Row) -> tuple[str, ...]:
    """Whose the check is, and who stands in for one of them."""
    return ("ZHOU", "WANG", "SUN") if row.state == "away" else ("ZHOU", "WANG")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    story = await Story.open(tmp_path_factory.mktemp("spot_checks"))
    made = World(story)
    story.stranger("X")
    await story.say("X", "/start")
    for code in COLUMNS[:-1]:
        await story.join(code)
    await story.forge("ZHOU", f"sc:0:{story.ids['NY']}:buildings")
    await story.say("ZHOU", "1号楼 24户，2号楼 36户")
    made.keep("none")
    await story.forge("ZHOU", f"sc:0:{story.ids['NY']}:plan")
    made.keep("planning")
    await story.press("ZHOU", "10 户")
    await story.say("ZHOU", "明天 9:30")
    made.keep("planned")
    await story.forge("WANG", "sc:1:0:agree")
    made.keep("agreed")
    made.restore("planned")
    for outcome, times in (("correct", 9), ("nobody", 1)):
        for _ in range(times):
            await story.forge("WANG", f"sc:1:0:add_{outcome}")
    made.keep("counted")
    await story.forge("WANG", "sc:1:0:enter")
    made.keep("entered")
    with (
        story.db.transaction() as db
    ):  # of two officers on leave, one of another place, nobody but the deputy stands in
        for code in ("WANG", "HE"):
            of = {"person": story.ids[code], "first": "2026-11-24", "last": "2026-11-24"}
            db.insert(Leave, **of, entered_at=story.clock.now())
    made.keep("away")
    made.restore("entered")
    await story.forge("WANG", "sc:1:1:confirm")
    made.keep("confirmed")
    made.restore("planned")
    await story.forge("ZHOU", "sc:1:0:cancel_sure")
    made.keep("cancelled")
    yield made
    await made.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_every_cell(world: World, row: Row) -> None:
    async for tried in world.cells(row):
        verb = row.action.split(":")[-1]
        tried.did(DONE.get(verb, TAPPED))
        tried.heard_by(*(readers(row) if tried.cell == "+" else ()))
        assert tried.cell not in "ln" or tried.own.tells(LIST) == (tried.cell == "l"), tried
        for code, phone in tried.phones.items():
            assert code in readers(row) or not phone.tells(LIST, "号楼: 第"), f"{code} reads the list; {tried}"


def test_every_verb_has_a_row() -> None:
    texts = (Path(__file__).parents[2] / "locales" / "zh" / "spot_checks.ftl").read_text("utf-8")
    verbs = set(re.findall(r"^spot-button-(\w+) =", texts, re.M)) - {"place", "open"}
    tried = {row.action.split(":")[-1] for row in ROWS}
    assert verbs and verbs <= tried, verbs - tried
    assert REFUSALS
