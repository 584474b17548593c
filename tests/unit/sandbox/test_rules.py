"""Telegram's rules, refused in Telegram's words, through aiohttp's test client."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from sandbox.breakage import Breakage, Fault
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.markup import marked
from sandbox.refusal import Impossible, Refusal
from sandbox.server import create_app
from sandbox.world import TOKEN, World

Client = TestClient[web.Request, web.Application]


@pytest.fixture
def world() -> World:
    world = World()
    wang = world.add_person("王阿姨", id=7)
    world.say(wang.id, wang.id, "/start")
    return world


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    async with TestClient(TestServer(create_app(world, Limits(enabled=False)))) as client:
        yield client


async def call(client: Client, method: str, **body: Any) -> Any:
    async with client.post(f"/bot{TOKEN}/{method}", json=body) as response:
        answer = await response.json()
        assert response.status == answer.get("error_code", 200)
        return answer


def button(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "好"} | fields]]}


@pytest.mark.parametrize(
    ("method", "body", "words"),
    [
        ("sendMessage", {"chat_id": 7, "text": " \n"}, "message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": "长" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 8, "text": "?"}, "chat not found"),
        ("sendMessage", {"text": "?"}, "chat_id is empty"),
        (
            "sendMessage",
            {"chat_id": 7, "text": "?", "reply_markup": button(callback_data="字" * 22)},
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"chat_id": 7, "text": "?", "reply_markup": button()},
            "Text buttons are unallowed in the inline keyboard",
        ),
        (
            "sendMessage",
            {"chat_id": 7, "text": "a < b", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "" at byte offset 2',
        ),
        (
            "sendMessage",
            {"chat_id": 7, "text": "<b>a", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ("sendPhoto", {"chat_id": 7, "photo": "x", "caption": "长" * 1025}, "message caption is too long"),
        ("editMessageText", {"chat_id": 7, "message_id": 99, "text": "?"}, "message to edit not found"),
        ("editMessageText", {"chat_id": 7, "message_id": 1, "text": "?"}, "message can't be edited"),
        ("deleteMessage", {"chat_id": 7, "message_id": 99}, "message to delete not found"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired"),
        ("sendMediaGroup", {"chat_id": 7, "media": [{}]}, "media group must include 2-10 items"),
        (
            "setMyCommands",
            {"commands": [{"command": "x", "description": "x"}] * 101},
            "BOT_COMMANDS_TOO_MUCH",
        ),
    ],
)
async def test_bad_requests(client: Client, method: str, body: dict[str, Any], words: str) -> None:
    answer = await call(client, method, **body)
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    assert answer["description"].startswith(f"Bad Request: {words}")


async def test_exact_lengths_pass(client: Client) -> None:
    text = f"<b>{'长' * 4096}</b>"
    markup = button(callback_data="x" * 64)
    assert (await call(client, "sendMessage", chat_id=7, text=text, parse_mode="HTML", reply_markup=markup))["ok"]


async def test_tokens_and_methods(client: Client) -> None:
    assert (await call(client, "getme"))["result"]["is_bot"]
    assert (await call(client, "makeTea"))["error_code"] == 404
    async with client.get("/bot1:wrong/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    async with client.get(f"/bot{TOKEN}/sendMessage?chat_id=7&text=hello") as response:
        assert (await response.json())["result"]["text"] == "hello"
    async with client.post(f"/bot{TOKEN}/sendMessage", data={"chat_id": "7", "text": "form"}) as response:
        assert (await response.json())["result"]["text"] == "form"


async def test_unmodified_edit(client: Client) -> None:
    sent = (await call(client, "sendMessage", chat_id=7, text="好", reply_markup=button(url="https://a.cn")))["result"]
    where = {"chat_id": 7, "message_id": sent["message_id"]}
    same = await call(client, "editMessageReplyMarkup", **where, reply_markup=button(url="https://a.cn"))
    assert same["description"].startswith("Bad Request: message is not modified: specified new message")
    assert "reply_markup" not in (await call(client, "editMessageReplyMarkup", **where))["result"]


async def test_two_days_later_nothing_is_deleted(client: Client, world: World) -> None:
    sent = (await call(client, "sendMessage", chat_id=7, text="好"))["result"]
    world.clock.advance(48 * 3600 + 5)
    answer = await call(client, "deleteMessage", chat_id=7, message_id=sent["message_id"])
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"


async def test_a_persons_own_message_is_deleted_in_a_private_chat_within_two_days(client: Client, world: World) -> None:
    note, later = world.send_from(7, 7, "photo", {}), world.send_from(7, 7, "video", {})
    world.clock.advance(47 * 3600)
    assert (await call(client, "deleteMessage", chat_id=7, message_id=note.message_id))["ok"]
    assert world.view(7)["messages"][1]["deleted"]
    world.clock.advance(3605)
    answer = await call(client, "deleteMessage", chat_id=7, message_id=later.message_id)
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"
    group = world.add_group("三号楼", [7])
    [theirs] = world.say(group.id, 7, "/report")
    answer = await call(client, "deleteMessage", chat_id=group.id, message_id=theirs.message_id)
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"


def drawn(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("1", (width, height)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (drawn(5001, 5000), "PHOTO_INVALID_DIMENSIONS"),
        (drawn(2001, 100), "PHOTO_INVALID_DIMENSIONS"),
        (drawn(20_000, 20_000), "PHOTO_INVALID_DIMENSIONS"),
        (drawn(10, 10) + bytes(10 << 20), "file of size 10485"),
    ],
)
async def test_pictures_that_are_no_photo(client: Client, data: bytes, words: str) -> None:
    for kind, taken in (("photo", False), ("document", bool(data))):
        form = aiohttp.FormData({"chat_id": "7"})
        form.add_field(kind, io.BytesIO(data), filename="x.png")
        async with client.post(f"/bot{TOKEN}/send{kind}", data=form) as response:
            answer = await response.json()
        assert answer["ok"] is taken
        assert taken or answer["description"].startswith(f"Bad Request: {words}")


async def test_the_largest_picture_is_a_photo(client: Client) -> None:
    form = aiohttp.FormData({"chat_id": "7", "protect_content": "true"})
    form.add_field("photo", io.BytesIO(drawn(5000, 5000)), filename="x.png")
    async with client.post(f"/bot{TOKEN}/sendPhoto", data=form) as response:
        assert (await response.json())["result"]["has_protected_content"] is True


async def test_files_over_twenty_megabytes_and_such_as_are_gone(client: Client, world: World) -> None:
    for size, told in ((20 << 20, True), ((20 << 20) + 1, False)):
        file = world.keep(bytes(size), "video.mp4")
        answer = await call(client, "getFile", file_id=file.id)
        assert answer["ok"] is told
        assert told or answer["description"] == "Bad Request: file is too big"
    note = world.send_from(7, 7, "document", {})
    found = (await call(client, "getFile", file_id=note.file_id))["result"]
    async with client.get(f"/file/bot{TOKEN}/{found['file_path']}") as response:
        assert await response.read() == b"sandbox"
    async with client.delete(f"/sandbox/files/{note.file_id}") as response:
        assert response.status == 200
    answer = await call(client, "getFile", file_id=note.file_id)
    assert answer["description"] == "Bad Request: wrong file_id or the file is temporarily unavailable"
    async with client.get(f"/file/bot{TOKEN}/{found['file_path']}") as response:
        assert response.status == 404
    assert world.view(7)["messages"][-1]["file"] is None
    async with client.delete("/sandbox/files/never") as response:
        assert response.status == 400


async def test_updates_repeat_until_confirmed_and_last_a_day(client: Client, world: World) -> None:
    world.say(7, 7, "二")
    first = (await call(client, "getUpdates"))["result"]
    assert (await call(client, "getUpdates"))["result"] == first and len(first) == 2
    last = first[-1]["update_id"]
    assert (await call(client, "getUpdates", offset=last))["result"] == first[1:]
    assert (await call(client, "getUpdates", offset=last + 1))["result"] == []
    world.say(7, 7, "三")
    world.clock.advance(24 * 3600 + 1)
    assert (await call(client, "getUpdates"))["result"] == []
    await call(client, "getUpdates", allowed_updates=["callback_query"])
    world.say(7, 7, "四")
    assert (await call(client, "getUpdates"))["result"] == []


def test_groups_number_their_own_messages_and_keep_their_privacy(world: World) -> None:
    world.pending.clear()
    group = world.add_group("三号楼", [7])
    for text in ("你们好", "/report", "/report@other_bot", f"喂 @{world.bot.username}"):
        world.say(group.id, 7, text)
    heard = [u.wire["message"]["text"] for u in world.pending if "message" in u.wire]
    assert heard == ["/report", f"喂 @{world.bot.username}"]
    assert [note.message_id for note in world.notes[group.id].values()] == [1, 2, 3, 4]
    with pytest.raises(Impossible):
        world.say(group.id, 8, "外人")


def test_a_known_stranger_cannot_be_written_to(world: World) -> None:
    li = world.add_person("李")
    world.add_group("三号楼", [7, li.id])
    with pytest.raises(Refusal, match="can't initiate conversation"):
        world.post(li.id, "在吗")


def test_blocking_is_told(world: World) -> None:
    world.block(7, True)
    change = world.pending[-1].wire["my_chat_member"]
    assert change["new_chat_member"]["status"] == "kicked" and change["chat"]["id"] == 7
    with pytest.raises(Impossible):
        world.say(7, 7, "喂")


def test_buttons_must_exist_unless_forged(world: World) -> None:
    note = world.post(7, "?", markup=button(callback_data="a"))
    with pytest.raises(Impossible):
        world.press(7, 7, note.message_id, "b", None)
    world.press(7, 7, note.message_id, "b", None, forge=True)
    assert world.pending[-1].wire["callback_query"]["data"] == "b"


def test_offsets_count_utf16() -> None:
    text, entities = marked("  😀<a href='https://x.cn'>去</a> /help", "HTML")
    assert text == "😀去 /help"
    assert [(e.type, e.offset, e.length) for e in entities] == [("text_link", 2, 1), ("bot_command", 4, 5)]


def test_long_talk_leaves_in_pieces(world: World) -> None:
    assert [len(note.text) for note in world.say(7, 7, "长" * 5000)] == [4096, 904]


def test_limits() -> None:
    now = 0.0
    limits = Limits(now=lambda: now)
    assert [limits.take(7) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    now = 1.0
    assert limits.take(7) == 0
    assert [limits.take(-1) for _ in range(21)] == [0] * 20 + [3]
    assert [limits.take(chat) for chat in range(100, 111)] == [0] * 9 + [1, 1]
    assert limits.violations == 4
    now = 4.0
    assert limits.take(-1) == 0


def test_clock_knows_the_holidays() -> None:
    clock = Clock(datetime.fromisoformat("2026-09-30T10:00:00+08:00"))
    clock.freeze(True)
    clock.next_working_day()
    assert clock.now().isoformat() == "2026-10-08T01:00:00+00:00"
    clock.to(datetime.fromisoformat("2030-03-01T12:00"))  # a Friday beyond the data
    clock.next_working_day()
    assert clock.now().isoformat() == "2030-03-04T01:00:00+00:00"
    clock.advance(60)
    clock.freeze(False)
    assert clock.state()["frozen"] is False


def test_bad_days_can_be_replayed() -> None:
    switches = {"rate_429": 0.2, "rate_lost_answer": 0.3, "seed": 5}
    first, second = Breakage(), Breakage()
    first.set(switches)
    second.set(switches)
    days = [[day.throw("sendmessage") for _ in range(200)] for day in (first, second)]
    assert days[0] == days[1]
    assert set(days[0]) == {Fault.NONE, Fault.TOO_MANY, Fault.LOST_ANSWER}
    assert {first.throw("getupdates") for _ in range(50)} == {Fault.NONE}


def test_a_world_can_be_kept(world: World, tmp_path: Path) -> None:
    world.send_from(7, 7, "photo", {"caption": "在楼下"})
    world.save(tmp_path)
    later = World()
    later.load(tmp_path)
    assert later.view(7) == world.view(7)
    assert later.updates(0, 100) == world.updates(0, 100)


def test_raw_updates_pass_every_filter(world: World) -> None:
    world.allowed = {"callback_query"}
    id = world.inject({"message": {"odd": True}})
    assert world.updates(0, 100)[-1] == {"update_id": id, "message": {"odd": True}}
