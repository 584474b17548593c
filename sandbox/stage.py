"""The phones, and the stage-hands who move the clock and break things: all of `/sandbox/...` but the bot's own side."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from datetime import datetime

from aiohttp import web

from sandbox.breakage import Breakage
from sandbox.call import Upload, read_call
from sandbox.refusal import Impossible, Wire
from sandbox.world import World


class Stage:
    """Handlers for whoever plays with the world. `awake` is called when the bot may have something to fetch."""

    def __init__(self, world: World, breakage: Breakage, awake: Callable[[], None]) -> None:
        self.world = world
        self.breakage = breakage
        self._awake = awake
        self._closed = False
        self._listeners: set[asyncio.Queue[str | None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """What the stage answers to."""
        handlers: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
            "GET clock": self.clock,
            "POST clock": self.clock,
            "GET people": self.people,
            "POST people": self.people,
            "POST people/{id}/block": self.block,
            "GET groups": self.groups,
            "POST groups": self.groups,
            "GET chats/{id}": self.chat,
            "POST chats/{id}/say": self.say,
            "POST chats/{id}/press": self.press,
            "POST chats/{id}/send": self.send,
            "POST chats/{id}/amend": self.amend,
            "GET files/{id}": self.peek,
            "DELETE files/{id}": self.lose,
            "POST update": self.inject,
            "GET events": self.events,
            "GET breakage": self.broken,
            "POST breakage": self.broken,
        }
        return [web.route(key.split()[0], f"/sandbox/{key.split()[1]}", handler) for key, handler in handlers.items()]

    def tell(self, event: Wire) -> None:
        """Everybody who looks on hears of it."""
        for queue in self._listeners:
            queue.put_nowait(json.dumps(event))

    def close(self) -> None:
        """Let go of everybody who looks on."""
        self._closed = True
        for queue in self._listeners:
            queue.put_nowait(None)

    async def clock(self, request: web.Request) -> web.Response:
        """Read the clock, or move it."""
        if request.method == "POST":
            asked, clock = await _json(request), self.world.clock
            try:
                if "to" in asked:
                    clock.to(datetime.fromisoformat(asked["to"]))
                if "advance_seconds" in asked:
                    clock.advance(float(asked["advance_seconds"]))
                if asked.get("next_working_day"):
                    clock.next_working_day()
                if "freeze" in asked:
                    clock.freeze(bool(asked["freeze"]))
            except (TypeError, ValueError, OverflowError) as trouble:
                raise Impossible(f"the clock cannot be set so: {trouble}") from None
            self.tell({"clock": clock.state()})
            self._awake()
        return web.json_response(self.world.clock.state())

    async def people(self, request: web.Request) -> web.Response:
        """List the people, or add one."""
        if request.method == "GET":
            return web.json_response([person.state() for person in self.world.people.values()])
        asked = await _json(request)
        id = int(asked["id"]) if asked.get("id") is not None else None
        language, role = str(asked.get("language", "zh")), str(asked.get("role", ""))
        person = self.world.add_person(str(asked.get("name", "")), language, role, id)
        person.started = bool(asked.get("started", False))
        return web.json_response(person.state())

    async def block(self, request: web.Request) -> web.Response:
        """Somebody blocks the bot, or no longer."""
        person = self.world.person(_id(request))
        self.world.block(person.id, bool((await _json(request)).get("blocked", True)))
        return web.json_response(person.state())

    async def groups(self, request: web.Request) -> web.Response:
        """List the groups, or make one."""
        if request.method == "POST":
            asked = await _json(request)
            members = [int(member) for member in asked.get("members", [])]
            group = self.world.add_group(str(asked.get("title", "")), members)
            return web.json_response({"id": group.id})
        return web.json_response([dict(vars(group)) for group in self.world.groups.values()])

    async def chat(self, request: web.Request) -> web.Response:
        """A chat as a phone shows it."""
        return web.json_response(self.world.view(_id(request), int(request.query.get("after", "0"))))

    async def say(self, request: web.Request) -> web.Response:
        """Somebody types."""
        asked = await _json(request)
        notes = self.world.say(_id(request), _sender(asked), str(asked.get("text", "")), asked.get("reply_to"))
        ids = [note.message_id for note in notes]
        return web.json_response({"message_id": ids[0], "message_ids": ids})

    async def press(self, request: web.Request) -> web.Response:
        """Somebody presses a button."""
        asked = await _json(request)
        message_id, forge = int(asked.get("message_id", 0)), bool(asked.get("forge", False))
        press = self.world.press(_id(request), _sender(asked), message_id, asked.get("data"), asked.get("text"), forge)
        return web.json_response({"ok": True, "query": press.id})

    async def send(self, request: web.Request) -> web.Response:
        """Somebody sends a photo, a place, a sticker...; bytes come as multipart or as base64 in `file`."""
        asked, upload = await _json(request), None
        if request.content_type == "multipart/form-data":
            call = await read_call(request, "send")
            asked, upload = call.given, next(iter(call.uploads.values()), None)
        elif encoded := asked.pop("file", None):
            try:
                data = base64.b64decode(str(encoded).rpartition(",")[2], validate=True)
            except binascii.Error:
                raise Impossible("file is base64") from None
            name, mime = str(asked.get("name", "file")), str(asked.get("mime", "application/octet-stream"))
            upload = Upload(name, mime, data)
        file = self.world.keep(upload.data, upload.name, upload.mime) if upload else None
        kind = str(asked.get("kind", ""))
        note = self.world.send_from(_id(request), _sender(asked), kind, asked, file)
        return web.json_response({"message_id": note.message_id, "file_id": note.file_id})

    async def amend(self, request: web.Request) -> web.Response:
        """Somebody corrects what they wrote."""
        asked = await _json(request)
        message_id = int(asked.get("message_id", 0))
        self.world.amend(_id(request), _sender(asked), message_id, str(asked.get("text", "")))
        return web.json_response({"ok": True})

    async def peek(self, request: web.Request) -> web.Response:
        """A file's bytes, for a phone to show; what is no picture is only ever downloaded."""
        file = self.world.files.get(request.match_info["id"])
        if file is None or file.gone:
            raise web.HTTPNotFound(text="no such file")
        picture = file.mime in ("image/jpeg", "image/png", "image/webp", "image/gif")
        headers = {"X-Content-Type-Options": "nosniff"}
        return web.Response(
            body=file.data,
            content_type=file.mime if picture else "application/octet-stream",
            headers=headers if picture else headers | {"Content-Disposition": "attachment"},
        )

    async def lose(self, request: web.Request) -> web.Response:
        """A file is gone, as after some time on Telegram's servers."""
        self.world.lose(request.match_info["id"])
        return web.json_response({"ok": True})

    async def inject(self, request: web.Request) -> web.Response:
        """A raw update, as is."""
        return web.json_response({"update_id": self.world.inject(await _json(request))})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: one line for every change of a chat, and of the clock."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            await response.write(b": here\n\n")
            while not self._closed:
                try:
                    async with asyncio.timeout(15):
                        line = await queue.get()
                except TimeoutError:
                    line = ""
                if line is None:
                    break
                await response.write(f"data: {line}\n\n".encode() if line else b": still here\n\n")
        except ConnectionError:
            pass
        finally:
            self._listeners.discard(queue)
        return response

    async def broken(self, request: web.Request) -> web.Response:
        """Read the fault switches, or turn them."""
        if request.method == "POST":
            try:
                self.breakage.set(await _json(request))
            except ValueError as trouble:
                raise Impossible(str(trouble)) from None
            self._awake()
        return web.json_response(self.breakage.state())


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])


def _sender(asked: Wire) -> int:
    if "from" not in asked:
        raise Impossible("say who: from")
    return int(asked["from"])


async def _json(request: web.Request) -> Wire:
    if request.content_type != "application/json":
        return {}
    asked = await request.json()
    if not isinstance(asked, dict):
        raise Impossible("a JSON object is expected")
    return asked
