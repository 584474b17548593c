"""The control API, the faults, the webhook and the event stream."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.server import Running
from sandbox.world import TOKEN


class Phone:
    """Both HTTP surfaces in few words."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.url}sandbox/{path}") as response:
            return await response.json()

    async def post(self, path: str, **body: Any) -> Any:
        async with self.session.post(f"{self.url}sandbox/{path}", json=body) as response:
            return await response.json()

    async def bot(self, method: str, **body: Any) -> Any:
        async with self.session.post(f"{self.url}bot{TOKEN}/{method}", json=body) as response:
            return await response.json()

    async def person(self, name: str = "王阿姨", **more: Any) -> int:
        """Somebody who has started the bot."""
        id = int((await self.post("people", name=name, **more))["id"])
        await self.post(f"chats/{id}/say", **{"from": id, "text": "/start"})
        return id


@pytest.fixture
async def phone(running: Running) -> AsyncIterator[Phone]:
    async with aiohttp.ClientSession() as session:
        yield Phone(session, running.url)


async def test_a_conversation(phone: Phone) -> None:
    wang = await phone.person(role="楼长")
    markup = {"inline_keyboard": [[{"text": "报告", "callback_data": "r"}]]}
    sent = (await phone.bot("sendMessage", chat_id=wang, text="您好", reply_markup=markup))["result"]
    view = await phone.get(f"chats/{wang}")
    assert [message["from"] for message in view["messages"]] == [wang, "bot"]
    assert view["messages"][1]["keyboard"] == [[{"text": "报告", "data": "r", "url": None}]]
    assert (
        await phone.post(f"chats/{wang}/press", **{"from": wang, "message_id": sent["message_id"], "text": "报告"})
    )["ok"]
    updates = (await phone.bot("getUpdates"))["result"]
    await phone.bot("answerCallbackQuery", callback_query_id=updates[-1]["callback_query"]["id"], text="收到")
    later = await phone.get(f"chats/{wang}?after={view['seq']}")
    assert later["messages"] == [] and later["toasts"][0]["text"] == "收到"
    statistics = await phone.get("statistics")
    assert statistics["calls"] == {"sendMessage": 1, "getUpdates": 1, "answerCallbackQuery": 1}
    assert (statistics["violations"], statistics["waiting"], statistics["unanswered"]) == (0, 0, 0)
    people = await phone.get("people")
    assert people[0]["role"] == "楼长" and people[0]["blocked"] is False


async def test_the_rest_of_the_control(phone: Phone) -> None:
    wang = await phone.person()
    photo = base64.b64encode(b"jpeg").decode()
    sent = await phone.post(f"chats/{wang}/send", **{"from": wang, "kind": "photo", "file": photo, "mime": "image/png"})
    async with phone.session.get(f"{phone.url}sandbox/files/{sent['file_id']}") as response:
        assert await response.read() == b"jpeg"
    form = aiohttp.FormData({"from": str(wang), "kind": "document"})
    form.add_field("file", b"text", filename="单.txt")
    async with phone.session.post(f"{phone.url}sandbox/chats/{wang}/send", data=form) as response:
        assert (await response.json())["message_id"] == 3
    await phone.post(f"chats/{wang}/send", **{"from": wang, "kind": "location", "latitude": 31, "longitude": 121})
    await phone.post(f"chats/{wang}/amend", **{"from": wang, "message_id": 1, "text": "改了"})
    view = await phone.get(f"chats/{wang}")
    assert [m["kind"] for m in view["messages"]] == ["text", "photo", "document", "location"]
    assert view["messages"][0]["edited"] and view["messages"][3]["location"]["latitude"] == 31
    assert (await phone.post("update", update_id=5, odd={"x": 1}))["update_id"] == 5
    updates = (await phone.bot("getUpdates"))["result"]
    assert updates[-1] == {"update_id": 5, "odd": {"x": 1}}
    group = (await phone.post("groups", title="三号楼", members=[wang]))["id"]
    assert group < 0 and (await phone.get(f"chats/{group}"))["title"] == "三号楼"
    assert (await phone.post(f"people/{wang}/block", blocked=True))["blocked"]
    for path in ("chats/1/say", f"chats/{wang}/send", "people", "groups"):
        assert (await phone.post(path, **{"from": 1}))["ok"] is False
    clock = await phone.post("clock", advance_seconds=3600)
    assert clock["zone"] == "Asia/Shanghai" and 3599 < clock["offset_seconds"] < 3601
    assert (await phone.get("clock"))["frozen"] is False
    assert not (await phone.post("clock", to="yesterday")).get("now")
    async with phone.session.get(f"{phone.url}page/..%2fworld.py") as response:
        assert response.status == 404


async def test_the_newer_poll_wins(running: Running, phone: Phone) -> None:
    older = asyncio.create_task(phone.bot("getUpdates", timeout=30))
    while not (await phone.get("statistics"))["waiting"]:
        pass
    newer = asyncio.create_task(phone.bot("getUpdates", timeout=30))
    answer = await older
    assert answer["error_code"] == 409 and answer["description"].startswith("Conflict: terminated by other")
    await phone.post("breakage", network_off=True)
    with pytest.raises(aiohttp.ClientError):
        await newer


async def test_limits_and_faults(running: Running, phone: Phone) -> None:
    wang = await phone.person()
    answers = [await phone.bot("sendMessage", chat_id=wang, text="好") for _ in range(6)]
    assert answers[5]["parameters"] == {"retry_after": 1} and answers[5]["error_code"] == 429
    assert (await phone.get("statistics"))["violations"] == 1
    await phone.post("breakage", rate_429=1.0)
    assert (await phone.bot("getMe"))["error_code"] == 429
    await phone.post("breakage", rate_429=0, rate_5xx=1.0)
    assert (await phone.bot("getMe"))["error_code"] == 502
    assert (await phone.bot("getUpdates"))["ok"]
    await phone.post("breakage", rate_5xx=0, rate_lost_answer=1.0)
    with pytest.raises(aiohttp.ClientError):
        await phone.bot("deleteMessage", chat_id=wang, message_id=2)
    assert running.world.notes[wang][2].deleted
    assert (await phone.get("statistics"))["violations"] == 1
    assert (await phone.post("breakage", rate_429=2))["ok"] is False
    assert (await phone.post("breakage", rate_sun=0.5))["ok"] is False


async def test_the_webhook_tries_again(running: Running, phone: Phone) -> None:
    heard: asyncio.Queue[tuple[str | None, Any]] = asyncio.Queue()
    answers = iter([500, 200])

    async def hook(request: web.Request) -> web.Response:
        await heard.put((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        reply = {"method": "sendMessage", "chat_id": wang, "text": "收到"}
        return web.json_response(reply, status=next(answers))

    wang = await phone.person()
    app = web.Application()
    app.router.add_post("/hook", hook)
    async with TestServer(app) as server:
        assert (await phone.bot("setWebhook", url=str(server.make_url("/hook")), secret_token="s"))["ok"]
        first, second = await heard.get(), await heard.get()
        assert first == second and first[0] == "s" and first[1]["message"]["text"] == "/start"
        assert (await phone.bot("getUpdates"))["error_code"] == 409
        assert (await phone.bot("getWebhookInfo"))["result"]["last_error_message"].endswith("500 Internal Server Error")
        while len(running.world.notes[wang]) < 2:
            await phone.get("statistics")
        assert running.world.notes[wang][2].text == "收到"
        await phone.bot("deleteWebhook")
    assert (await phone.bot("getWebhookInfo"))["result"]["url"] == ""


async def test_events(phone: Phone) -> None:
    async with phone.session.get(f"{phone.url}sandbox/events") as stream:
        assert await stream.content.readuntil(b"\n\n") == b": here\n\n"
        wang = await phone.person()
        event = json.loads((await stream.content.readuntil(b"\n\n")).removeprefix(b"data: "))
        assert event["chat"] == wang


async def test_the_command_says_where() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        "0",
        "--start",
        "2026-03-02T09:00",
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    said = (await process.stdout.readline()).decode().split()
    assert said[0] == "sandbox"
    async with aiohttp.ClientSession() as session, session.get(f"{said[1]}sandbox/clock") as response:
        assert (await response.json())["now"].startswith("2026-03-02T01:00")
    process.terminate()
    assert await process.wait() == 0
