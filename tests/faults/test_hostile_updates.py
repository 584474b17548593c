"""Ten thousand hostile updates, seeded: nothing raises, nothing is parked, nobody acts outside their role and place."""

import copy
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from chat.messages import Update
from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import file_report

UPDATES = 10_000
TEXTS = [
    "", "x", "我" * 4096, "我" * 100_000, "‮مرحبا", "é̀́" * 50, "👩‍👩‍👧‍👦" * 40,
    "\0", "\ud800", "/report", "/start", "/alerts",
    "/cancel", "/me", "/duty", "/start AAAA", "/report@other", "/", "昨晚九点半", "有人在撬三号楼的门锁，持续了十分钟",
]  # fmt: skip
DATA = [
    "", "f:1:0:choose:yes", "f:1:0:submit:", "a:1:ack", "a:1:close", "a:1:hand:3", "a:1:accept", "a:1:show", "a:1:ask",
    "r:1:withdraw", "r:1:withdrawn", "r:1:add", "r:1:show", "m:suspicious", "m:mine", "m:language:en", "m:language:xx",
    "l:open:9", "l:closed:99999999999999999999", "f:999999999999999:1:x:y", "a:-1:ack", "\0", "f:1:1:edit:_report",
]  # fmt: skip
KINDS = ["sticker", "voice", "poll", "contact", "dice", "video", "document"]
JUNK: list[Any] = [None, 0, -1, 2**63, "", "x", [], {}, True, 1.5, [[]]]


@pytest_asyncio.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    opened = await Story.open(tmp_path)
    yield opened
    await opened.close()


def _update(dice: random.Random, number: int, people: list[int]) -> dict[str, Any]:
    who = {"id": dice.choice(people), "is_bot": False, "first_name": "X", "language_code": dice.choice(["zh", "en"])}
    chat = {"id": who["id"], "type": "private"}
    message: dict[str, Any] = {"message_id": dice.randrange(1, 500), "date": 1, "chat": chat, "from": who}
    match dice.randrange(8):
        case 0 | 1 | 2:
            content = {
                "callback_query": {"id": str(number), "from": who, "message": message, "data": dice.choice(DATA)}
            }
        case 3 | 4:
            content = {"message": message | {"text": dice.choice(TEXTS)}}
        case 5:
            content = {"message": message | {dice.choice(KINDS): {"file_id": "x"}}}
        case 6:
            content = {"message": message | {"location": {"latitude": 31.0, "longitude": dice.choice(JUNK)}}}
        case _:
            content = {dice.choice(["edited_message", "channel_post", "inline_query"]): message | {"text": "x"}}
    update: dict[str, Any] = {"update_id": number, **content}
    return _mutated(dice, update) if dice.random() < 0.4 else update


def _mutated(dice: random.Random, update: dict[str, Any]) -> dict[str, Any]:
    """One random value somewhere in the update replaced by junk or dropped."""
    changed = copy.deepcopy(update)
    place: Any = changed
    while isinstance(place, dict) and place:
        key = dice.choice(list(place))
        if not isinstance(place[key], dict) or dice.random() < 0.3:
            if dice.random() < 0.3:
                del place[key]
            else:
                place[key] = dice.choice(JUNK)
            break
        place = place[key]
    return changed


async def test_hostile_updates_raise_nothing_and_change_nothing_of_others(story: Story) -> None:
    for code in ("LI", "WANG", "QIAN", "HE"):
        await story.join(code)
    await file_report(story)
    story.stranger("X")
    strangers_to_it = [story.phones[code].id for code in ("QIAN", "HE", "X")]
    dice = random.Random(20261124)
    before = tuple(story.db.all("select state, holder, step from alert where id = 1")[0])
    for start in range(0, UPDATES, 100):
        batch = [_update(dice, 10**9 + start + n, strangers_to_it) for n in range(100)]
        lanes = [json.loads(json.dumps(update)) for update in batch]
        story.bot.take([Update(f"telegram:h{start + n}", "telegram:h", raw) for n, raw in enumerate(lanes)])
    assert not story.db.all("select reason from inbox where state <> 'done'")
    assert tuple(story.db.all("select state, holder, step from alert where id = 1")[0]) == before
    assert len(story.db.all("select 1 from report where place in (select id from place where code like 'NY%')")) == 1
    assert not story.db.all("select 1 from exchange")
    readers = story.db.all("select distinct person from opening where report = 1")
    assert [row["person"] for row in readers] == [story.ids["WANG"]]
