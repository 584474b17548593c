"""Who may do what with tips, violations and reports of the same thing: every role, own and foreign place, forged.

Columns as in test_access_matrix.py; A gave the tip (without a name, or, in the state "named", with one); X is a
stranger who has nothing to do with it. Cells:
    +  it is done: the rows named in DONE change
    o  the report is opened: its words are read, and the log has exactly one line more, of who read them
    n  an answer that changes nothing and tells nothing of the report
    s  an answer that shows the report's number but not its words; nothing changes
    .  refused in words; nothing changes and no other phone moves
An anonymous tip is no business of the town office until it has come to it, but for its number and age.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from models.followup import Verb
from tests.scenarios.matrix import REFUSALS, Row, World, rows_of
from tests.scenarios.story import Story
from tests.scenarios.test_lead_tip import DEED, filled, signed
from tests.scenarios.test_suspicious_activity import DEED as SEEN
from tests.scenarios.test_suspicious_activity import file_report

COLUMNS = ("LI", "WU", "QIAN", "ZHOU", "CHEN", "WANG", "HE", "SUN", "FENG", "GAO", "A", "X")
TABLE = """
state     action                LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO A   X

tip       a:1:ack               .   .   .    .    .    +    .   +   .    .   .   .
tip       a:1:way               .   .   .    .    .    +    .   +   .    .   .   .
tip       a:1:show              .   .   .    .    .    o    .   o   .    .   .   .
tip       a:1:move              .   .   .    .    .    .    .   .   .    .   .   .
tip       a:1:move:DX           .   .   .    .    .    .    .   .   .    .   .   .
tip       a:1:same              .   .   .    .    .    .    .   .   .    .   .   .
tip       a:1:apart             .   .   .    .    .    .    .   .   .    .   .   .
tip       g:1:ack               .   .   .    .    .    .    .   .   .    .   .   .
tip       r:1:show              .   .   .    .    .    .    .   .   .    .   .   .
tip       r:1:add               .   .   .    .    .    .    .   .   .    .   .   .
tip       r:1:answer            .   .   .    .    .    .    .   .   .    .   .   .
tip       r:1:withdraw          .   .   .    .    .    .    .   .   .    .   .   .
tip       r:1:withdrawn         .   .   .    .    .    .    .   .   .    .   .   .
tip       t:show                .   .   .    .    .    .    .   .   .    .   .   .
tip       t:withdraw            .   .   .    .    .    .    .   .   .    .   .   .
tip       t:withdrawn           .   .   .    .    .    .    .   .   .    .   .   .
tip       /tip_23456-789AB      n   n   n    n    n    n    n   n   n    n   n   n
tip       /tips                 .   .   .    .    .    .    .   .   .    n   .   .
tip       tips:open:0           .   .   .    .    .    .    .   .   .    s   .   .
tip       tips:overdue:0        .   .   .    .    .    .    .   .   .    n   .   .
tip       tips:place-2:0        .   .   .    .    .    .    .   .   .    s   .   .
tip       tips:kind-theft:0     .   .   .    .    .    .    .   .   .    s   .   .
tip       /readlog              .   .   .    .    .    .    .   .   .    s   .   .
tip       log:0:99              .   .   .    .    .    .    .   .   .    s   .   .
tip       l:open:99             .   .   .    .    .    s    n   s   n    n   .   .

held      a:1:ack               .   .   .    .    .    n    .   .   .    .   .   .
held      a:1:move              .   .   .    .    .    n    .   .   .    .   .   .
held      a:1:move:DX           .   .   .    .    .    +    .   .   .    .   .   .
held      a:1:move:NY-1         .   .   .    .    .    .    .   .   .    .   .   .
held      a:1:ask               .   .   .    .    .    +    .   .   .    .   .   .
held      a:1:close             .   .   .    .    .    +    .   .   .    .   .   .
held      a:1:same              .   .   .    .    .    n    .   .   .    .   .   .
held      a:1:same:9            .   .   .    .    .    .    .   .   .    .   .   .
held      a:1:apart             .   .   .    .    .    .    .   .   .    .   .   .
held      a:1:apart:1           .   .   .    .    .    .    .   .   .    .   .   .

staff     a:1:ack               .   .   .    .    .    .    .   .   .    +   .   .
staff     a:1:way               .   .   .    .    .    .    .   .   .    +   .   .
staff     a:1:show              .   .   .    .    .    .    .   .   .    o   .   .
staff     /start_alert-1        .   .   .    .    .    .    .   .   .    o   n   n
staff     l:open:99             .   .   .    .    .    n    n   n   n    s   .   .
staff     tips:open:0           .   .   .    .    .    .    .   .   .    s   .   .

named     r:1:show              .   .   .    .    .    .    .   .   .    .   s   .
named     r:1:add               .   .   .    .    .    .    .   .   .    .   +   .
named     r:1:answer            .   .   .    .    .    .    .   .   .    .   +   .
named     r:1:withdrawn         .   .   .    .    .    .    .   .   .    .   +   .
named     a:1:show              .   .   .    .    .    o    .   o   .    o   .   .

near      a:1:same              .   .   .    .    .    n    .   .   .    .   .   .
near      a:1:same:2            .   .   .    .    .    +    .   .   .    .   .   .
near      a:2:same:1            .   .   .    .    .    .    .   .   .    .   .   .
joined    a:1:apart             .   .   .    .    .    n    .   .   .    .   .   .
joined    a:1:apart:2           .   .   .    .    .    +    .   .   .    .   .   .

visit     v:1:officer:confirm   .   .   .    .    .    .    .   .   .    .   .   .
visit     v:1:reporter:confirm  .   .   .    .    .    .    .   .   .    .   .   .
visit     v:1:reporter:move     +   .   .    .    .    .    .   .   .    .   .   .
visit     v:1:reporter:visit    .   .   .    .    .    .    .   .   .    .   .   .
agree     v:1:officer:confirm   .   .   .    .    .    +    .   .   .    .   .   .
agree     v:1:officer:move      .   .   .    .    .    +    .   .   .    .   .   .
agree     v:1:officer:visit     .   .   .    .    .    .    .   .   .    .   .   .
agree     v:1:officer:mended    .   .   .    .    .    .    .   .   .    .   .   .
agree     v:1:officer:passed_on .   .   .    .    .    .    .   .   .    .   .   .
agree     v:1:officer:limit     .   .   .    .    .    .    .   .   .    .   .   .
agree     v:1:reporter:mended   .   .   .    .    .    .    .   .   .    .   .   .
agree     a:1:show              .   .   .    .    .    o    .   o   .    o   .   .
agree     a:1:close             .   .   .    .    .    +    .   .   .    .   .   .
empty     m:violation           +   +   +    +    +    .    .   .   .    .   .   .
"""
ROWS = rows_of(TABLE)
# The rows that change besides an opening and a delivery.
DONE = {
    "a:ack": {"alert"},
    "a:way": {"alert"},
    "a:move": {"alert"},
    "a:ask": {"draft"},
    "a:close": {"draft"},
    "a:same": {"alert"},
    "a:apart": {"alert"},
    "m:violation": {"draft"},
    "v:officer:confirm": {"followup"},
    "v:officer:move": {"draft"},
    "v:reporter:move": {"draft"},
    "r:add": {"draft"},
    "r:answer": {"draft"},
    "r:withdrawn": {"alert", "report"},
}
ANSWERED = (*REFUSALS, "没有这个命令", "再发一次查询码", "没有找到", "没有可以", "按钮")
PARTY = {"WANG", "SUN", "GAO", "A", "LI", "WU"}


async def _tip(story: Story, *, named: bool = False, staff: bool = False) -> None:
    await story.say("A", f"/start tip-{story.ids['NY']}")
    if named:
        await signed(story, "A", kind="盗窃", known="看到的")
    else:
        await filled(story, "A")
        if staff:
            await story.press("A", "✎ 涉及工作人员")
            await story.press("A", "是")
    await story.press("A", "提交")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    made = await World.open(tmp_path_factory.mktemp("tips"), columns=COLUMNS, refusals=ANSWERED)
    story = made.story
    made.keep("empty")
    for state, what in (("tip", {}), ("staff", {"staff": True}), ("named", {"named": True})):
        made.restore("empty")
        await _tip(story, **what)
        made.keep(state)
    made.restore("tip")
    await story.forge("WANG", "a:1:ack")
    made.keep("held")
    made.restore("empty")
    await file_report(story, "LI", deed=SEEN)
    await story.forge("WANG", "a:1:ack")
    await story.say("WU", "/report")
    for label in ("可疑情况", "否", "试拉门窗", "选好了", "南苑二片", "现在"):
        await story.press("WU", label)
    await story.say("WU", SEEN)
    for label in ("跳过", "跳过", "可以", "提交"):
        await story.press("WU", label)
    made.keep("near")
    await story.forge("WANG", "a:1:same:2")
    made.keep("joined")
    made.restore("empty")
    await story.forge("LI", "m:violation")
    await story.press("LI", "占堵消防通道")
    await story.press("LI", "南苑一片")
    await story.say("LI", DEED)
    await story.press("LI", "跳过")
    await story.say("LI", "12-1")
    await story.press("LI", "提交")
    made.keep("visit")
    await story.forge("WANG", "a:1:ack")
    made.keep("agree")
    yield made
    await made.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_every_cell(world: World, row: Row) -> None:
    async for tried in world.cells(row):
        who, own = tried.who, tried.own
        match tried.cell:
            case "+":
                assert tried.changed - {"opening", "delivery"} == DONE[row.name], tried
            case "o":
                read = len(tried.after["opening"]) - len(tried.before["opening"])
                assert tried.changed <= {"opening", "delivery"} and read == 1, tried
                assert tried.after["opening"][-1][1] == world.story.ids[who] and own.tells(DEED), tried
            case _:
                tried.changed_nothing()
                known = world.story.ids.get(who) in {opening[1] for opening in tried.before["opening"]}
                # A card that they have may be shown again.
                assert not own.tells(DEED, SEEN) or (tried.cell == "." and known), tried
                number = next(
                    (report["number"] for report in world.story.db.all("select number from report")), "no number"
                )
                assert tried.cell == "." or own.tells(number) == (tried.cell == "s"), tried
        for code, phone in tried.phones.items():
            words = phone.tells(DEED, SEEN)
            assert not words or code in PARTY or (row.name == "a:move" and code == "HE"), f"{code} reads; {tried}"
            if words and code not in ("A", "LI", "WU", "X"):
                logged = {row["person"] for row in world.story.db.all("select person from opening")}
                assert world.story.ids[code] in logged, f"{code} is not logged; {tried}"


def test_every_verb_has_a_row_here_or_there() -> None:
    tried = {row.name for row in ROWS}
    assert {f"t:{verb}" for verb in ("show", "withdraw", "withdrawn")} <= tried
    assert {"a:move", "a:same", "a:apart", "m:violation", "/tips", "/readlog"} <= tried
    assert {verb.value for verb in Verb} <= {name.rpartition(":")[2] for name in tried if name.startswith("v:")}
