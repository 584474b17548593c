"""Who may do what, where: every role at its own place and at another, every action, each tried by a forged callback.

The report is LI's, at NY-1. Columns: LI the reporter, WU a coordinator of the same committee, QIAN of another;
ZHOU a cadre of NY, CHEN of DX; WANG the officer of NY, HE of DX; SUN the deputy of NY, FENG of DX; GAO the town office;
X a stranger. Groups have their own tests.

Cells:
    +  it is done: the rows named in DONE change, and the phone reads its words
    o  the card of the alert is opened, with its details, and the opening is logged
    s  an answer that shows the report's number; nothing changes
    n  an answer that does not show it; nothing changes
    .  refused in words; nothing changes and no other phone moves

In every cell: nobody is met with silence, who has no part in the report reads nothing of it, and whoever newly reads
what was done has an opening in the log.
"""

import ast
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from handlers import menu
from tests.scenarios.matrix import COLUMNS, REFUSALS, Row, Tried, World, rows_of
from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import DEED

TABLE = """
state     action                LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO X

waiting   a:1:ack               .   .   .    .    .    +    .   +   .    +   .
waiting   a:1:way               .   .   .    .    .    +    .   +   .    +   .
waiting   a:1:show              .   .   .    .    .    o    .   o   .    o   .
waiting   a:1:accept            .   .   .    .    .    .    .   .   .    .   .
waiting   a:1:ask               .   .   .    .    .    .    .   .   .    .   .
waiting   a:1:hand              .   .   .    .    .    .    .   .   .    .   .
waiting   a:1:hand:SUN          .   .   .    .    .    .    .   .   .    .   .
waiting   a:1:close             .   .   .    .    .    .    .   .   .    .   .
waiting   a:1:erase             .   .   .    .    .    .    .   .   .    .   .
waiting   a:2:show              .   .   .    .    .    .    .   .   .    .   .
waiting   g:1:ack               .   .   .    .    .    .    .   .   .    .   .
waiting   /start_alert-1        .   .   .    .    .    o    .   o   .    o   .

held      a:1:ack               .   .   .    .    .    n    .   .   .    .   .
held      a:1:way               .   .   .    .    .    +    .   .   .    .   .
held      a:1:show              .   .   .    .    .    o    .   o   .    o   .
held      a:1:accept            .   .   .    .    .    .    .   .   .    .   .
held      a:1:ask               .   .   .    .    .    +    .   .   .    .   .
held      a:1:hand              .   .   .    .    .    n    .   .   .    .   .
held      a:1:hand:SUN          .   .   .    .    .    +    .   .   .    .   .
held      a:1:hand:HE           .   .   .    .    .    .    .   .   .    .   .
held      a:1:hand:LI           .   .   .    .    .    .    .   .   .    .   .
held      a:1:close             .   .   .    .    .    +    .   .   .    .   .
closing   f:skip                .   .   .    .    .    +    .   .   .    .   .
closing   f:cancel              .   .   .    .    .    +    .   .   .    .   .

offered   a:1:ack               .   .   .    .    .    n    .   .   .    .   .
offered   a:1:way               .   .   .    .    .    +    .   .   .    .   .
offered   a:1:accept            .   .   .    .    .    .    .   +   .    .   .
offered   a:1:ask               .   .   .    .    .    +    .   .   .    .   .
offered   a:1:hand:GAO          .   .   .    .    .    +    .   .   .    .   .
offered   a:1:close             .   .   .    .    .    +    .   .   .    .   .

closed    a:1:ack               .   .   .    .    .    .    .   .   .    .   .
closed    a:1:way               .   .   .    .    .    .    .   .   .    .   .
closed    a:1:show              .   .   .    .    .    .    .   .   .    .   .
closed    a:1:accept            .   .   .    .    .    .    .   .   .    .   .
closed    a:1:ask               .   .   .    .    .    .    .   .   .    .   .
closed    a:1:hand:WANG         .   .   .    .    .    .    .   .   .    .   .
closed    a:1:close             .   .   .    .    .    .    .   .   .    .   .
closed    r:1:add               .   .   .    .    .    .    .   .   .    .   .
closed    r:1:answer            .   .   .    .    .    .    .   .   .    .   .
closed    r:1:withdraw          .   .   .    .    .    .    .   .   .    .   .
closed    r:1:withdrawn         .   .   .    .    .    .    .   .   .    .   .
closed    r:1:show              s   .   .    .    .    .    .   .   .    .   .
withdrawn a:1:ack               .   .   .    .    .    .    .   .   .    .   .
withdrawn a:1:show              .   .   .    .    .    .    .   .   .    .   .
withdrawn r:1:add               .   .   .    .    .    .    .   .   .    .   .
withdrawn r:1:withdrawn         .   .   .    .    .    .    .   .   .    .   .

waiting   r:1:show              s   .   .    .    .    .    .   .   .    .   .
waiting   r:1:add               +   .   .    .    .    .    .   .   .    .   .
waiting   r:1:answer            +   .   .    .    .    .    .   .   .    .   .
waiting   r:1:withdraw          s   .   .    .    .    .    .   .   .    .   .
waiting   r:1:withdrawn         +   .   .    .    .    .    .   .   .    .   .
waiting   r:1:erase             .   .   .    .    .    .    .   .   .    .   .
waiting   r:2:show              .   .   .    .    .    .    .   .   .    .   .
held      r:1:withdrawn         +   .   .    .    .    .    .   .   .    .   .

begun     f:choose:no           +   .   .    .    .    .    .   .   .    .   .
choosing  f:toggle:fraud        +   .   .    .    .    .    .   .   .    .   .
choosing  f:done                +   .   .    .    .    .    .   .   .    .   .
choosing  f:back                +   .   .    .    .    .    .   .   .    .   .
filled    f:submit              +   .   .    .    .    .    .   .   .    .   .
filled    f:edit:deed           +   .   .    .    .    .    .   .   .    .   .
filled    f:cancel              +   .   .    .    .    .    .   .   .    .   .
filled    /cancel               +   n   n    n    n    n    n   n   n    n   n
waiting   /cancel               n   n   n    n    n    n    n   n   n    n   n

waiting   m:suspicious          +   +   +    +    +    .    .   .   .    .   .
waiting   m:mine                s   n   n    n    n    n    n   n   n    n   .
waiting   m:language:en         +   +   +    +    +    +    +   +   +    +   .
waiting   m:language:xx         .   .   .    .    .    .    .   .   .    .   .
waiting   m:erase               .   .   .    .    .    .    .   .   .    .   .
waiting   l:open:99             .   .   .    .    .    s    n   s   n    s   .
waiting   l:waiting:99          .   .   .    .    .    s    n   s   n    s   .
waiting   l:mine:99             .   .   .    .    .    n    n   n   n    n   .
waiting   l:closed:99           .   .   .    .    .    n    n   n   n    n   .
held      l:mine:99             .   .   .    .    .    s    n   n   n    n   .
closed    l:open:99             .   .   .    .    .    n    n   n   n    n   .
closed    l:closed:99           .   .   .    .    .    s    n   s   n    s   .

waiting   /report               n   n   n    n    n    .    .   .   .    .   .
waiting   /alerts               .   .   .    .    .    s    n   s   n    s   .
waiting   /duty                 n   n   n    n    n    n    n   n   n    n   .
waiting   /me                   n   n   n    n    n    n    n   n   n    n   .
waiting   /help                 n   n   n    n    n    n    n   n   n    n   .
waiting   /language             n   n   n    n    n    n    n   n   n    n   .
waiting   /start                n   n   n    n    n    n    n   n   n    n   .
"""
# What has its rows in test_access_matrix_of_tips.py, and in …_of_workload.py.
ELSEWHERE = {"a:move", "a:same", "a:apart", "m:violation", "/tip", "/tips", "/readlog", "/workload", "/board"}
ELSEWHERE |= {"/meetings", "/visits", "/plans", "m:calendar"}
SCENE = "白色面包车，往北"
ROWS = rows_of(TABLE)
NUMBER = "NY-1-261124-001"
# What is done when an action is done: the rows that change (an opening and a delivery of one's own apart), and words
# that the phone of who did it reads.
DONE = {
    "a:ack": ({"alert"}, "由您办理"),
    "a:way": ({"alert"}, "由您办理"),
    "a:accept": ({"alert"}, "由您办理"),
    "a:hand": ({"alert"}, "接受前仍由您办理"),
    "a:ask": ({"draft"}, "想问报告人什么"),
    "a:close": ({"draft"}, "结果是什么"),
    "r:add": ({"draft"}, "要补充什么"),
    "r:answer": ({"draft"}, "写下您的回答"),
    "r:withdrawn": ({"report", "alert"}, "已撤回"),
    "f:choose": ({"draft"}, "第 2/8 步"),
    "f:toggle": ({"draft"}, "第 2/8 步"),
    "f:done": ({"draft"}, "第 3/8 步"),
    "f:back": ({"draft"}, "第 1/8 步"),
    "f:submit": ({"draft", "report", "alert"}, "报告 NY-1-261124-002"),
    "f:edit": ({"draft"}, "第 5/8 步"),
    "f:cancel": ({"draft"}, "已放弃"),
    "f:skip": ({"draft", "report", "alert"}, f"{NUMBER} · 已处理"),
    "/cancel": ({"draft"}, "已放弃"),
    "m:suspicious": ({"draft"}, "第 1/8 步"),
    "m:language": ({"account"}, "English it is"),
}
PARTY = ("LI", "WANG", "SUN", "GAO")  # who has a part in the report: its reporter, and who answers for its place


async def _fill(story: Story) -> None:
    """LI's form up to the review card, with everything in it that must not be seen by everybody."""
    await story.say("LI", "/report")
    for label in ("可疑情况", "否", "试拉门窗", "选好了", "南苑一片", "现在"):
        await story.press("LI", label)
    await story.say("LI", DEED)
    await story.say("LI", SCENE)
    await story.send("LI", "photo")
    for label in ("选好了", "可以"):
        await story.press("LI", label)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    made = await World.open(tmp_path_factory.mktemp("matrix"))
    story = made.story
    await _fill(story)
    await story.press("LI", "提交")
    made.keep("waiting")
    await story.forge("LI", "m:suspicious")
    made.keep("begun")
    await story.press("LI", "否")
    await story.press("LI", "试拉门窗")
    made.keep("choosing")
    made.restore("waiting")
    await _fill(story)
    made.keep("filled")
    made.restore("waiting")
    await story.press("WANG", "接手")
    made.keep("held")
    await story.press("WANG", "移交")
    await story.press("WANG", "孙警官")
    made.keep("offered")
    made.restore("held")
    await story.forge("WANG", "a:1:close")
    await story.press("WANG", "已处理")
    made.keep("closing")
    await story.press("WANG", "跳过")
    made.keep("closed")
    made.restore("held")
    await story.forge("LI", "r:1:withdrawn")
    made.keep("withdrawn")
    yield made
    await made.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_every_cell(world: World, row: Row) -> None:
    async for tried in world.cells(row):
        who, own = tried.who, tried.own
        if tried.cell == "+":
            rows, words = DONE[row.name]
            assert tried.changed - {"opening", "delivery"} == rows, tried
            assert words in own.told, tried
        elif tried.cell == "o":
            assert "opening" in tried.changed and tried.changed <= {"opening", "delivery"}, tried
            assert own.tells(DEED) and own.tells(SCENE), tried
            assert tried.after["opening"][-1][1] == world.story.ids[who], tried
        else:
            tried.changed_nothing()
            assert own.tells(NUMBER) == (tried.cell == "s") or tried.cell == ".", tried
        _nobody_reads_what_is_not_theirs(world, tried)


def _nobody_reads_what_is_not_theirs(world: World, tried: Tried) -> None:
    """Outsiders read nothing of the report, the others no detail that is not in the log, and none after its end."""
    logged = {row["person"] for row in world.story.db.all("select person from opening")}
    for code, phone in tried.phones.items():
        if code not in PARTY:
            assert not phone.tells(DEED, SCENE, "李敏", "南苑一片", NUMBER, "'photo'"), f"{code} reads it; {tried}"
            assert code == tried.who or not phone.told, f"{code} is told; {tried}"
        elif code != "LI":
            assert not phone.tells(DEED, SCENE) or world.story.ids[code] in logged, f"{code} is not logged; {tried}"
            assert tried.row.state not in ("closed", "withdrawn") or not phone.tells(DEED, SCENE), (
                f"{code}, ended; {tried}"
            )
    stranger = f"telegram:{world.story.phones['X'].id}"
    assert not world.story.db.all("select 1 from card where address = mark(?)", (stranger,)), f"X is kept; {tried}"


def _known(room: str, subject: str) -> set[str]:
    """The words with which a file of the conversations compares what was pressed or said."""
    tree = ast.parse((Path(__file__).parents[2] / "handlers" / room).read_text("utf-8"))
    compared: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Match) and ast.unparse(node.subject) == subject:
            compared += [case.pattern for case in node.cases]
        elif isinstance(node, ast.Compare) and ast.unparse(node.left) == subject:
            compared += node.comparators
    constants = [one for part in compared for one in ast.walk(part) if isinstance(one, ast.Constant)]
    return {str(one.value) for one in constants}


def test_the_table_has_a_row_for_every_button_and_every_command() -> None:
    """Read from the code, so that who adds a verb is asked for its row."""
    commands = _known("dispatch.py", "name")
    assert commands >= set(menu.commands(menu.OF_ROLE))
    known = {f"/{command}" for command in commands} | _known("dispatch.py", "data") | {"m:language"}
    for room, letter in (("alert.py", "a"), ("reporting.py", "r"), ("form_card.py", "f")):
        verbs = _known(room, "verb")
        assert verbs
        known |= {f"{letter}:{verb}" for verb in verbs}
    tried = {row.name for row in ROWS}
    assert known <= tried | ELSEWHERE, known - tried - ELSEWHERE
    assert set(DONE) <= tried


REMOVALS = {
    "another role": (
        "update person set role = case role when 'officer' then 'cadre' else 'officer' end where code = ?",
        "不在您的职责",
    ),
    "left the staff": ("update person set active = 0 where code = ?", "不在您的职责"),
    "no place": ("delete from assignment where person = (select id from person where code = ?)", "还没有分到责任区"),
    "another place": (
        "update assignment set place = (select id from place where code = 'DX') "
        "where person = (select id from person where code = ?)",
        "不归您负责",
    ),
}


def _remove(story: Story, code: str, removed: str) -> str:
    """Take a right from somebody; returns the words that they are to read."""
    sql, words = REMOVALS[removed]
    with story.db.transaction() as db:
        db.execute(sql, (code,))
    return words


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("removed", REMOVALS)
async def test_a_report_begun_with_a_right_is_not_sent_without_it(world: World, removed: str) -> None:
    world.restore("filled")
    words, since = _remove(world.story, "LI", removed), world.story.sandbox.world.seq
    await world.act("LI", "f:submit")
    assert [row["number"] for row in world.story.db.all("select number from report")] == [NUMBER]
    assert words in world.read("LI", since).told
    assert not any(world.read(code, since).told for code in COLUMNS[1:])


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("removed", REMOVALS)
@pytest.mark.parametrize("begun", ["close", "ask"])
async def test_what_an_officer_began_is_not_done_once_the_place_is_not_theirs(
    world: World, begun: str, removed: str
) -> None:
    world.restore("held")
    await world.act("WANG", f"a:1:{begun}")
    if begun == "close":
        await world.story.press("WANG", "已处理")
    _remove(world.story, "WANG", removed)
    before, since = world.rows(), world.story.sandbox.world.seq
    await world.story.say("WANG", "是什么颜色的车？")
    after = world.rows()
    assert {table for table in before if before[table] != after[table]} <= {"draft"}
    told = world.read("WANG", since)
    assert any(words in told.told for words in REFUSALS) and not told.tells(DEED, SCENE)
    assert not any(world.read(code, since).told for code in COLUMNS if code != "WANG")


@pytest.mark.asyncio(loop_scope="module")
async def test_a_closing_that_was_begun_while_holding_is_not_taken_after_handing_over(world: World) -> None:
    world.restore("offered")
    await world.act("WANG", "a:1:close")
    await world.story.press("WANG", "已处理")
    await world.act("SUN", "a:1:accept")
    since = world.story.sandbox.world.seq
    await world.story.press("WANG", "跳过")
    assert world.story.db.all("select state from report")[0]["state"] == "open"
    assert "不在您的职责" in world.read("WANG", since).told


@pytest.mark.asyncio(loop_scope="module")
async def test_an_addition_that_was_begun_before_the_end_is_not_taken_after_it(world: World) -> None:
    world.restore("closing")
    await world.act("LI", "r:1:add")
    await world.act("WANG", "f:skip")
    before, since = world.rows(), world.story.sandbox.world.seq
    await world.story.say("LI", "他们往北门去了")
    after = world.rows()
    assert {table for table in before if before[table] != after[table]} == {"draft"}
    assert "已经关闭" in world.read("LI", since).told and not world.read("WANG", since).told
