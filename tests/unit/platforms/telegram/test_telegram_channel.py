"""What becomes of sends and fetches, against a small Bot API that says what it is told to say."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from aiogram import methods
from aiohttp import web
from aiohttp.test_utils import TestServer

from chat.messages import Act, Address, Button, ChannelClosed, ChannelDown, Command, Fate, Outgoing, Receipt, Said
from platforms.telegram.channel import TelegramChannel

HERE = Address("telegram", "71")
SENT = {"ok": True, "result": {"message_id": 8}}
HANG_UP, HANG = 0, 1  # in place of a status


class Api:
    """Answers each method with what was put there, else with a success; remembers what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, list[tuple[int, Any]]] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.updates: list[dict[str, Any]] = []
        self.never = asyncio.Event()

    def says(self, method: str, status: int, description: str = "", **rest: Any) -> None:
        self.answers.setdefault(method, []).append((status, {"ok": False, "description": description, **rest}))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        assert request.match_info["token"] == "botT:1"
        method, asked = request.match_info["method"], await request.json()
        self.asked.append((method, asked))
        if self.answers.get(method):
            status, body = self.answers[method].pop(0)
            if status == HANG_UP:
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            if status == HANG:
                await self.never.wait()
            return web.json_response(body, status=max(status, 200))
        if method == "getUpdates":
            return web.json_response(
                {"ok": True, "result": [u for u in self.updates if u["update_id"] >= asked["offset"]]}
            )
        result: Any = {"message_id": 8} if method.startswith(("send", "edit")) else True
        result = {"id": 9, "is_bot": True, "first_name": "L", "username": "LinliBot"} if method == "getMe" else result
        result = [{"message_id": 8}, {"message_id": 9}] if method == "sendMediaGroup" else result
        return web.json_response({"ok": True, "result": result})


@pytest.fixture
async def api() -> Api:
    return Api()


@pytest.fixture
async def channel(api: Api) -> AsyncIterator[TelegramChannel]:
    app = web.Application()
    app.router.add_post("/{token}/{method}", api.handle)
    async with TestServer(app) as server:
        channel = TelegramChannel("T:1", str(server.make_url("")))
        yield channel
        await channel.close()
        api.never.set()


@pytest.fixture
async def nowhere() -> AsyncIterator[TelegramChannel]:
    with socket.socket() as taken:  # bound, not listening: refused
        taken.bind(("127.0.0.1", 0))
        channel = TelegramChannel("T:1", f"http://127.0.0.1:{taken.getsockname()[1]}")
        yield channel
        await channel.close()


def out(act: Act = Act.NOTE, text: str = "hi", **rest: Any) -> Outgoing:
    return Outgoing(HERE, act, text, **rest)


async def test_open_and_link(channel: TelegramChannel) -> None:
    await channel.open()
    assert channel.link("CODE1") == "https://t.me/LinliBot?start=CODE1"
    update = {"update_id": 1, "message": {"from": {"id": 1}, "chat": {"id": 1}, "text": "/help@LinliBot"}}
    incoming = channel.read(update)
    assert incoming is not None
    assert (incoming.said, incoming.command) == (Said.COMMAND, "help")
    other = {"update_id": 1, "message": {"from": {"id": 1}, "chat": {"id": 1}, "text": "/help@OtherBot"}}
    assert channel.read(other) is None


@pytest.mark.parametrize("status", [401, 404])
async def test_a_refused_token_says_the_mend(channel: TelegramChannel, api: Api, status: int) -> None:
    api.says("getMe", status, "Unauthorized")
    with pytest.raises(ChannelClosed, match="the token is refused: set LINLI_BOT_TOKEN"):
        await channel.open()
    api.says("getUpdates", status, "Unauthorized")
    with pytest.raises(ChannelClosed, match="LINLI_BOT_TOKEN"):
        await channel.fetch()


async def test_nobody_there(nowhere: TelegramChannel) -> None:
    with pytest.raises(ChannelDown) as down:
        await nowhere.open()
    assert "T:1" not in str(down.value)
    receipt = await nowhere.send(out(), "")
    assert (receipt.fate, receipt.wait) == (Fate.RETRY, 1.0)


async def test_done(channel: TelegramChannel, api: Api) -> None:
    assert await channel.send(out(), "") == Receipt(Fate.DONE, "8")
    assert await channel.send(out(Act.SHOW), "5") == Receipt(Fate.DONE, "5")
    assert (await channel.send(out(Act.PHOTOS, photos=["a", "b"]), "")).message == "8"
    assert [method for method, _ in api.asked] == ["sendMessage", "editMessageText", "sendMediaGroup"]


@pytest.mark.parametrize(
    ("status", "description", "fate", "wait"),
    [
        (429, "Too Many Requests: retry after 7", Fate.RETRY, 7.0),
        (500, "Internal Server Error", Fate.RETRY, 1.0),
        (502, "Bad Gateway", Fate.RETRY, 1.0),
        (403, "Forbidden: bot was blocked by the user", Fate.UNREACHABLE, 0.0),
        (400, "Bad Request: chat not found", Fate.UNREACHABLE, 0.0),
        (400, "Bad Request: user is deactivated", Fate.UNREACHABLE, 0.0),
        (400, "Bad Request: can't parse entities", Fate.REFUSED, 0.0),
        (401, "Unauthorized", Fate.RETRY, 30.0),
        (HANG_UP, "", Fate.UNCERTAIN, 0.0),
    ],
)
async def test_receipts(
    channel: TelegramChannel, api: Api, status: int, description: str, fate: Fate, wait: float
) -> None:
    api.says("sendMessage", status, description, **({"parameters": {"retry_after": 7}} if status == 429 else {}))
    receipt = await channel.send(out(), "")
    assert (receipt.fate, receipt.wait) == (fate, wait)
    if fate is Fate.REFUSED:
        assert receipt.reason == description
    assert (await channel.send(out(), "")).fate is Fate.DONE


async def test_no_answer_in_time_is_uncertain(channel: TelegramChannel, api: Api) -> None:
    channel._call_seconds = 0.05
    api.says("sendMessage", HANG)
    assert (await channel.send(out(), "")).fate is Fate.UNCERTAIN


async def test_edits(channel: TelegramChannel, api: Api) -> None:
    api.says("editMessageText", 400, "Bad Request: message is not modified: the same")
    assert await channel.send(out(Act.SHOW), "5") == Receipt(Fate.DONE, "5")
    for reason in ("Bad Request: message to edit not found", "Bad Request: message can't be edited"):
        api.says("editMessageText", 400, reason)
        assert (await channel.send(out(Act.SHOW), "5")).fate is Fate.GONE


async def test_renew(channel: TelegramChannel, api: Api) -> None:
    api.says("deleteMessage", 400, "Bad Request: message can't be deleted")
    assert await channel.send(out(Act.RENEW), "5") == Receipt(Fate.DONE, "8")
    api.says("deleteMessage", HANG_UP)
    assert await channel.send(out(Act.RENEW), "5") == Receipt(Fate.DONE, "8")
    api.asked.clear()
    api.says("sendMessage", 500)
    assert (await channel.send(out(Act.RENEW), "5")).fate is Fate.RETRY
    assert [method for method, _ in api.asked] == ["sendMessage"]  # the old card stays while there is no new one


async def test_toasts_that_come_too_late_are_done(channel: TelegramChannel, api: Api) -> None:
    api.says("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired")
    assert (await channel.send(out(Act.TOAST, press="1"), "")).fate is Fate.DONE


async def test_forget(channel: TelegramChannel, api: Api) -> None:
    assert await channel.send(out(Act.FORGET), "") == Receipt(Fate.DONE)
    assert await channel.send(out(Act.FORGET), "5") == Receipt(Fate.DONE)
    assert [method for method, _ in api.asked] == ["deleteMessage"]
    api.says("deleteMessage", 400, "Bad Request: message can't be deleted for everyone")
    api.says("editMessageText", 400, "Bad Request: message can't be edited")
    assert (await channel.send(out(Act.FORGET), "5")).fate is Fate.DONE
    assert api.asked[-1][1]["text"] == "…"
    api.says("deleteMessage", 429, "Too Many Requests", parameters={"retry_after": 3})
    assert (await channel.send(out(Act.FORGET), "5")).wait == 3.0


async def test_long_button_data_is_our_mistake(channel: TelegramChannel, api: Api) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        await channel.send(out(buttons=[[Button("x", "y" * 65)]]), "")
    assert not api.asked


async def test_broken_characters_go_out(channel: TelegramChannel, api: Api) -> None:
    assert (await channel.send(out(text="a\0\ud800"), "")).fate is Fate.DONE
    assert api.asked[-1][1]["text"] == "a\ufffd"


async def test_fetch_repeats_until_confirmed(channel: TelegramChannel, api: Api) -> None:
    message = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "group"}, "from": {"id": 71}, "text": "灯"}
    api.updates = [{"update_id": number, "message": message} for number in (40, 41)]
    first = await channel.fetch()
    assert [(update.key, update.lane) for update in first] == [
        ("telegram:40", "telegram:71"),
        ("telegram:41", "telegram:71"),
    ]
    incoming = channel.read(first[0].raw)
    assert incoming is not None
    assert incoming.address.chat == "-5"
    assert await channel.fetch() == first
    channel.confirm(first[:1])
    assert await channel.fetch() == first[1:]
    channel.confirm(first[1:])
    channel.confirm(first[:1])  # never backwards
    assert await channel.fetch() == []
    asked = api.asked[-1][1]
    assert asked["offset"] == 42
    assert methods.GetUpdates.model_validate(asked).timeout == 25
    assert asked["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_fetch_fails(channel: TelegramChannel, api: Api) -> None:
    api.says("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    with pytest.raises(ChannelClosed, match="another poller"):
        await channel.fetch()
    api.says("getUpdates", 429, "Too Many Requests", parameters={"retry_after": 9})
    with pytest.raises(ChannelDown) as down:
        await channel.fetch()
    assert down.value.wait == 9.0
    for status in (502, HANG_UP):
        api.says("getUpdates", status)
        with pytest.raises(ChannelDown):
            await channel.fetch()
    api.answers["getUpdates"] = [(200, ["no object"]), (200, {"ok": True, "result": 3})]
    for _ in range(2):
        with pytest.raises(ChannelDown):
            await channel.fetch()


async def test_offer(channel: TelegramChannel, api: Api) -> None:
    menu: dict[str, Sequence[Command]] = {"zh": [Command("report", "上报")], "en": [Command("report", "Report")]}
    await channel.offer(menu)
    assert [asked.get("language_code") for _, asked in api.asked] == [None, "zh", "en"]
    assert api.asked[0][1]["commands"] == [{"command": "report", "description": "上报"}]
    await channel.offer(menu, groups=True)
    assert api.asked[-1][1]["scope"] == {"type": "all_group_chats"}
    await channel.send(Outgoing(HERE, Act.MENU, commands=menu["zh"]), "")
    assert api.asked[-1][1]["scope"] == {"type": "chat", "chat_id": 71}
    for method, asked in api.asked:
        assert method == "setMyCommands"
        methods.SetMyCommands.model_validate(asked)


async def test_webhook_is_set_and_taken_away(channel: TelegramChannel, api: Api) -> None:
    await channel.set_webhook("https://example.org/hook", "s3cret")
    await channel.delete_webhook()
    assert methods.SetWebhook.model_validate(api.asked[0][1]).secret_token == "s3cret"
    assert methods.DeleteWebhook.model_validate(api.asked[1][1]).drop_pending_updates is False
