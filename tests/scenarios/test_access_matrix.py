"""Who may do what, where: every role at its own place and at another, every action, each tried by a forged callback.

+ it is done (or shown); . nothing changes, no detail is shown, and the person is told. The report is LI's, at NY-1;
WANG is the officer of NY, SUN the deputy, GAO the town office; QIAN, CHEN, HE and FENG work in DX; X is nobody.
"""

import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import DEED, file_report

COLUMNS = ("LI", "WU", "QIAN", "ZHOU", "CHEN", "WANG", "HE", "SUN", "FENG", "GAO", "X")
# coordinator: reporter, same committee, other · cadre: own, other · officer: own, other · deputy: own, other · town
TABLE = """
state     action                LI  WU  QIAN ZHOU CHEN WANG HE  SUN FENG GAO X
waiting   a:1:ack               .   .   .    .    .    +    .   +   .    +   .
waiting   a:1:way               .   .   .    .    .    +    .   +   .    +   .
waiting   a:1:show              .   .   .    .    .    +    .   +   .    +   .
waiting   a:1:accept            .   .   .    .    .    .    .   .   .    .   .
waiting   a:1:ask               .   .   .    .    .    .    .   .   .    .   .
waiting   a:1:hand              .   .   .    .    .    .    .   .   .    .   .
waiting   a:1:hand:SUN          .   .   .    .    .    .    .   .   .    .   .
waiting   a:1:close             .   .   .    .    .    .    .   .   .    .   .
held      a:1:ack               .   .   .    .    .    .    .   .   .    .   .
held      a:1:way               .   .   .    .    .    +    .   .   .    .   .
held      a:1:show              .   .   .    .    .    +    .   +   .    +   .
held      a:1:accept            .   .   .    .    .    .    .   .   .    .   .
held      a:1:ask               .   .   .    .    .    +    .   .   .    .   .
held      a:1:hand:SUN          .   .   .    .    .    +    .   .   .    .   .
held      a:1:hand:HE           .   .   .    .    .    .    .   .   .    .   .
held      a:1:close             .   .   .    .    .    +    .   .   .    .   .
offered   a:1:accept            .   .   .    .    .    .    .   +   .    .   .
offered   a:1:close             .   .   .    .    .    +    .   .   .    .   .
closed    a:1:ack               .   .   .    .    .    .    .   .   .    .   .
closed    a:1:way               .   .   .    .    .    .    .   .   .    .   .
closed    a:1:show              .   .   .    .    .    .    .   .   .    .   .
closed    a:1:close             .   .   .    .    .    .    .   .   .    .   .
closed    r:1:add               .   .   .    .    .    .    .   .   .    .   .
closed    r:1:withdrawn         .   .   .    .    .    .    .   .   .    .   .
waiting   r:1:add               +   .   .    .    .    .    .   .   .    .   .
waiting   r:1:answer            +   .   .    .    .    .    .   .   .    .   .
waiting   r:1:withdrawn         +   .   .    .    .    .    .   .   .    .   .
waiting   m:suspicious          +   +   +    +    +    .    .   .   .    .   .
waiting   m:language:en         +   +   +    +    +    +    +   +   +    +   .
waiting   f:1:0:submit:         .   .   .    .    .    .    .   .   .    .   .
waiting   r:1:show              s   .   .    .    .    .    .   .   .    .   .
waiting   r:1:withdraw          s   .   .    .    .    .    .   .   .    .   .
waiting   m:mine                s   n   n    n    n    n    n   n   n    n   .
waiting   l:open:99             .   .   .    .    .    s    n   s   n    s   .
waiting   l:waiting:99          .   .   .    .    .    s    n   s   n    s   .
waiting   l:mine:99             .   .   .    .    .    n    n   n   n    n   .
held      l:mine:99             .   .   .    .    .    s    n   n   n    n   .
closed    l:closed:99           .   .   .    .    .    s    n   s   n    s   .
waiting   /alerts               .   .   .    .    .    s    n   s   n    s   .
waiting   /start_alert-1        .   .   .    .    .    +    .   +   .    +   .
waiting   /report               n   n   n    n    n    .    .   .   .    .   .
"""
# s: the report's number is shown, nothing changes · n: an answer without it, nothing changes
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
DETAILS = (DEED, "白色面包车", "李敏", "南苑一片")
REFUSALS = ("不在您的职责", "没有可以移交", "已经关闭", "旧卡片", "已接手", "由您办理", "邀请")
NUMBER = "NY-1-261124-001"
_WATCHED = {
    "report": "select id, state, outcome, deed, scene from report",
    "alert": "select id, state, holder, step, offered_to from alert",
    "exchange": "select id, kind, text from exchange",
    "delivery": "select alert, person, fate from delivery",
    "opening": "select report, person, through from opening",
    "draft": "select form, account, turn from draft",
    "account": "select name, language from account",
}


def _digest(story: Story) -> dict[str, list[tuple[Any, ...]]]:
    return {table: [tuple(row) for row in story.db.all(sql)] for table, sql in _WATCHED.items()}


class World:
    """One town in each of the states, restored before every cell."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.kept: dict[str, sqlite3.Connection] = {}

    def keep(self, state: str) -> None:
        self.kept[state] = sqlite3.connect(":memory:")
        self.story.db._connection.backup(self.kept[state])

    def restore(self, state: str) -> None:
        self.kept[state].backup(self.story.db._connection)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    story = await Story.open(tmp_path_factory.mktemp("matrix"))
    made = World(story)
    story.stranger("X")
    await story.say("X", "/start")
    for code in COLUMNS[:-1]:
        await story.join(code)
    await file_report(story)
    made.keep("waiting")
    await story.press("WANG", "接手")
    made.keep("held")
    await story.press("WANG", "移交")
    await story.press("WANG", "孙警官")
    made.keep("offered")
    await story.press("SUN", "接受")
    for label in ("办结", "已处理", "跳过"):
        await story.press("SUN", label)
    made.keep("closed")
    yield made
    for kept in made.kept.values():
        kept.close()
    await story.close()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
async def test_every_cell(world: World, row: list[str]) -> None:
    story = world.story
    state, action, *cells = row
    for who, cell in zip(COLUMNS, cells, strict=True):
        world.restore(state)
        before, seen = _digest(story), story.sandbox.world.seq
        verb, _, other = action.rpartition(":")
        data = f"{verb}:{story.ids[other]}" if other in story.ids else action
        if action.startswith("/"):
            await story.say(who, action.replace("_", " "))
        else:
            await story.forge(who, data)
        view = story.sandbox.world.view(story.phones[who].id, seen)
        said = [m["text"] for m in view["messages"] if m["from"] == "bot" and not m["deleted"]]
        told = said + [toast["text"] for toast in view["toasts"]]
        after, where = _digest(story), f"{who}: {action} while {state}; read {told}"
        assert told, f"silence for {where}"
        changed = [table for table in before if before[table] != after[table]]
        assert bool(changed) == (cell == "+"), f"changed {changed} for {where}"
        if cell == ".":
            assert any(words in " ".join(told) for words in REFUSALS), where
        if cell in ("s", "n"):
            assert (NUMBER in str(view["messages"])) == (cell == "s"), where
        if who not in ("LI", "WANG", "SUN", "GAO"):
            for detail in (*DETAILS[:3], NUMBER):
                assert detail not in str(said), where
        elif state == "closed":
            assert DEED not in str(said) and "白色面包车" not in str(said), where
    world.restore("waiting")


def test_the_table_has_a_row_for_every_verb_of_the_bot() -> None:
    source = "\n".join(
        (Path(__file__).parents[2] / "handlers" / name).read_text("utf-8")
        for name in ("alert.py", "reporting.py", "alert_card.py", "reporter_card.py", "alert_list.py", "dispatch.py")
    )
    verbs = set(re.findall(r'"(?:a|r):\{[^}]*\}:([a-z]+)', source)) | {"accept", "answer", "withdrawn", "hand"}
    tried = {row[1].split(":")[2] for row in ROWS if row[1].startswith(("a:", "r:"))}
    assert verbs - {"show"} <= tried


REMOVALS: dict[str, Callable[[Story], None]] = {
    "role": lambda story: _execute(story, "update person set role = 'officer' where code = ?", "LI"),
    "person": lambda story: _execute(story, "update person set active = 0 where code = ?", "LI"),
    "place": lambda story: _execute(
        story, "delete from assignment where person = (select id from person where code = ?)", "LI"
    ),
}


def _execute(story: Story, sql: str, code: str) -> None:
    with story.db.transaction() as db:
        db.execute(sql, (code,))


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("removed", REMOVALS)
async def test_what_was_begun_with_a_right_is_not_sent_without_it(world: World, removed: str) -> None:
    story = world.story
    world.restore("waiting")
    await story.say("LI", "/report")
    for label in ("可疑情况", "否", "试拉门窗", "选好了", "南苑一片", "现在"):
        await story.press("LI", label)
    await story.say("LI", DEED)
    for label in ("跳过", "跳过", "可以"):
        await story.press("LI", label)
    REMOVALS[removed](story)
    await story.press("LI", "提交")
    assert len(story.db.all("select 1 from report")) == 1
    assert "不在您的职责" in story.screen("LI") + story.toast("LI")
    world.restore("waiting")


@pytest.mark.asyncio(loop_scope="module")
async def test_a_closing_that_was_begun_while_holding_is_not_taken_after_handing_over(world: World) -> None:
    story = world.story
    world.restore("offered")
    await story.forge("WANG", "a:1:close")
    await story.press("WANG", "已处理")
    await story.forge("SUN", "a:1:accept")
    await story.press("WANG", "跳过")
    assert story.db.all("select state from report")[0]["state"] == "open"
    assert "不在您的职责" in story.screen("WANG") + story.toast("WANG")
    world.restore("waiting")
