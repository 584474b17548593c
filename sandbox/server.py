"""The sandbox over HTTP: the Bot API on one side, phones and stage-hands (`/sandbox/...`) on the other."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.breakage import Breakage, Fault
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.markup import marked
from sandbox.photo import measure_photo
from sandbox.refusal import Impossible, Refusal, Wire, bad
from sandbox.world import DOWNLOAD_BYTES, TOKEN, UPLOAD_BYTES, File, World, scope_key, wire

PAGE = Path(__file__).parent / "page"
WEBHOOK_PATIENCE = (0.05, 30.0)
"""First and longest pause before a webhook that failed is tried again."""


@dataclass
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass
class Call:
    """One call of a Bot API method; reads parameters whether they came as JSON or as form fields."""

    method: str
    given: Wire
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string."""
        value = self.given.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number."""
        try:
            return int(self.given.get(name, default))
        except (TypeError, ValueError):
            raise bad(f"{name} must be a valid Integer") from None

    def flag(self, name: str) -> bool:
        """A boolean."""
        return self.text(name).lower() in ("true", "1")

    def data(self, name: str) -> Any:
        """An object or a list."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None

    @property
    def chat_id(self) -> int:
        """The chat the call is about."""
        value = self.text("chat_id")
        if not value:
            raise bad("chat_id is empty")
        try:
            return int(value)
        except ValueError:
            raise bad("chat not found") from None

    @property
    def reply_to(self) -> int | None:
        """The message replied to, in the new words or the old."""
        asked = self.data("reply_parameters") or {}
        return int(asked.get("message_id", 0)) or self.number("reply_to_message_id") or None


@dataclass
class Webhook:
    """Where updates are pushed, once setWebhook was called."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    error: str = ""
    error_date: int = 0


class Dropped(Exception):
    """The connection is to be cut without an answer."""


Method = Callable[[Call], Any]


class Sandbox:
    """A world, its limits and its breakage, as request handlers."""

    def __init__(self, world: World, limits: Limits | None = None, breakage: Breakage | None = None) -> None:
        self.world = world
        self.limits = limits or Limits()
        self.breakage = breakage or Breakage()
        self.webhook = Webhook()
        self.calls: Counter[str] = Counter()
        self.refusals: Counter[int] = Counter()
        self.waiting = self.working = 0
        self.texts: dict[str, dict[str, str]] = {}
        self._poll = 0
        self._closing = False
        self._wake = asyncio.Event()
        self._listeners: set[asyncio.Queue[str | None]] = set()
        world.watchers.append(self._heard)
        self.methods: dict[str, Method] = {
            "getme": lambda call: wire(world.bot),
            "sendmessage": self._send_message,
            **{f"send{kind}": partial(self._send_file, kind=kind) for kind in ("photo", "document", "video", "audio")},
            "sendmediagroup": self._send_album,
            "sendlocation": self._send_location,
            "sendchataction": self._chat_action,
            "editmessagetext": self._edit,
            "editmessagecaption": self._edit,
            "editmessagereplymarkup": self._edit,
            "deletemessage": self._delete,
            "answercallbackquery": self._answer,
            "getfile": self._get_file,
            "getchat": self._get_chat,
            "setmycommands": self._set_commands,
            "getmycommands": lambda call: world.commands.get(self._menu_of(call), []),
            "deletemycommands": lambda call: world.commands.pop(self._menu_of(call), None) is None or True,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._set_webhook,
            "getwebhookinfo": self._webhook_info,
        }
        for name in ("name", "description", "shortdescription"):
            self.methods[f"setmy{name}"] = self._set_text
            self.methods[f"getmy{name}"] = self._get_text
        for name in ("setchatmenubutton", "setmydefaultadministratorrights", "logout", "close"):
            self.methods[name] = lambda call: True

    def routes(self) -> list[web.RouteDef]:
        """Everything the sandbox answers to."""
        handlers: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
            "GET /": self.page,
            "GET /page/{file:.+}": self.page,
            "GET /file/bot{token}/{path:.+}": self.download,
            "GET /sandbox/clock": self.clock,
            "POST /sandbox/clock": self.clock,
            "GET /sandbox/people": self.people,
            "POST /sandbox/people": self.people,
            "POST /sandbox/people/{id}/block": self.block,
            "GET /sandbox/groups": self.groups,
            "POST /sandbox/groups": self.groups,
            "GET /sandbox/chats/{id}": self.chat,
            "POST /sandbox/chats/{id}/say": self.say,
            "POST /sandbox/chats/{id}/press": self.press,
            "POST /sandbox/chats/{id}/send": self.send,
            "POST /sandbox/chats/{id}/amend": self.amend,
            "GET /sandbox/files/{id}": self.peek,
            "DELETE /sandbox/files/{id}": self.lose,
            "POST /sandbox/update": self.inject,
            "GET /sandbox/events": self.events,
            "GET /sandbox/breakage": self.broken,
            "POST /sandbox/breakage": self.broken,
            "GET /sandbox/statistics": self.statistics,
        }
        routes = [web.route(key.split()[0], key.split()[1], handler) for key, handler in handlers.items()]
        return [web.route("*", "/bot{token}/{method}", self.bot), *routes]

    # -- the Bot API --

    async def bot(self, request: web.Request) -> web.StreamResponse:
        """One Bot API call, through whatever is broken today."""
        name = request.match_info["method"]
        method = name.lower()
        self._expect_token(request)
        self.calls[name] += 1
        fault = self.breakage.throw(method)
        if fault in (Fault.NETWORK, Fault.RESET):
            return _cut(request)
        if fault is Fault.TOO_MANY:
            return self._refused(Refusal(429, "Too Many Requests: retry after 1", 1))
        if fault is Fault.SERVER:
            return self._refused(Refusal(502, "Bad Gateway"))
        try:
            call = await _read(request, name)
            if method == "getupdates":
                result: Any = await self._get_updates(call)
            else:
                self.working += 1
                try:
                    result = self.perform(call)
                finally:
                    self.working -= 1
        except Refusal as refusal:
            answer = self._refused(refusal)
        except Dropped:
            return _cut(request)
        else:
            answer = web.json_response({"ok": True, "result": result})
        return _cut(request) if fault is Fault.LOST_ANSWER else answer

    def perform(self, call: Call) -> Any:
        """What a method does, once the limits let it through."""
        method = call.method.lower()
        if method not in self.methods:
            raise Refusal(404, "Not Found")
        if method.startswith(("send", "edit")) and method != "sendchataction":
            chat_id = call.chat_id
            if chat_id in self.world.people or chat_id in self.world.groups:
                album = call.data("media") if method == "sendmediagroup" else None
                if wait := self.limits.take(chat_id, len(album) if isinstance(album, list) and album else 1):
                    raise Refusal(429, f"Too Many Requests: retry after {wait}", wait)
        return self.methods[method](call)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file getFile told of; a lost answer is one that breaks off half-way."""
        self._expect_token(request)
        fault = self.breakage.throw("download")
        if fault in (Fault.NETWORK, Fault.RESET):
            return _cut(request)
        if fault is Fault.TOO_MANY:
            return self._refused(Refusal(429, "Too Many Requests: retry after 1", 1))
        if fault is Fault.SERVER:
            return self._refused(Refusal(502, "Bad Gateway"))
        path = request.match_info["path"]
        file = next((file for file in self.world.files.values() if file.path == path and not file.gone), None)
        if file is None:
            return self._refused(Refusal(404, "Not Found"))
        if fault is not Fault.LOST_ANSWER:
            return web.Response(body=file.data, content_type="application/octet-stream")
        response = web.StreamResponse(headers={"Content-Length": str(len(file.data))})
        await response.prepare(request)
        await response.write(file.data[: len(file.data) // 2])
        return _cut(request)

    def _expect_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        left, colon, right = token.partition(":")
        if not (token == self.world.token if self.world.token else left.isdecimal() and colon and right):
            refusal = Refusal(401, "Unauthorized").wire()
            raise web.HTTPUnauthorized(text=json.dumps(refusal), content_type="application/json")

    def _refused(self, refusal: Refusal) -> web.Response:
        self.refusals[refusal.code] += 1
        headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else None
        return web.json_response(refusal.wire(), status=refusal.code, headers=headers)

    async def _get_updates(self, call: Call) -> list[Wire]:
        if self.webhook.url:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if call.data("allowed_updates") is not None:
            self.world.allowed = set(call.data("allowed_updates"))
        for asked in self.world.poll_watchers:
            asked()
        self._poll += 1
        mine, loop = self._poll, asyncio.get_running_loop()
        end = loop.time() + max(0, min(call.number("timeout"), 50))
        offset = call.number("offset")
        self._awake()
        self.waiting += 1
        try:
            while True:
                if mine != self._poll:
                    raise Refusal(
                        409,
                        "Conflict: terminated by other getUpdates request; "
                        "make sure that only one bot instance is running",
                    )
                if self.webhook.url:
                    raise Refusal(409, "Conflict: terminated by setWebhook request")
                if self.breakage.network_off:
                    raise Dropped
                wake = self._wake
                updates = self.world.updates(offset, call.number("limit", 100))
                left = end - loop.time()
                if updates or left <= 0 or self._closing:
                    return updates
                offset = max(offset, 0)
                try:
                    async with asyncio.timeout(left):
                        await wake.wait()
                except TimeoutError:
                    pass
        finally:
            self.waiting -= 1

    def _said(self, call: Call, name: str = "text") -> Wire:
        text, entities = marked(call.text(name), call.text("parse_mode"), call.data(_entities(name)))
        return {"text": text, "entities": entities}

    def _sent(self, call: Call, **what: Any) -> Wire:
        reply_to = call.reply_to
        lenient = (call.data("reply_parameters") or {}).get("allow_sending_without_reply")
        if reply_to and lenient and reply_to not in self.world.notes.get(call.chat_id, {}):
            reply_to = None
        markup = call.data("reply_markup")
        protected = call.flag("protect_content")
        note = self.world.post(call.chat_id, markup=markup, reply_to=reply_to, protected=protected, **what)
        return wire(self.world.message(note))

    def _send_message(self, call: Call) -> Wire:
        return self._sent(call, **self._said(call))

    def _send_file(self, call: Call, kind: str) -> Wire:
        self.world.reach(call.chat_id)
        said = self._said(call, "caption")
        self.world.measure(said["text"], kind)
        return self._sent(call, kind=kind, file=self._file(call, call.text(kind), kind), **said)

    def _send_album(self, call: Call) -> list[Wire]:
        media = call.data("media")
        if not isinstance(media, list) or not 2 <= len(media) <= 10:
            raise bad("media group must include 2-10 items")
        self.world.reach(call.chat_id)
        ready = []
        for item in media:
            kind = str(item.get("type"))
            if kind not in ("photo", "document", "video", "audio"):
                raise bad("type of file is unsupported in a media group")
            said = marked(item.get("caption") or "", item.get("parse_mode") or "", item.get("caption_entities"))
            self.world.measure(said[0], kind)
            ready.append((kind, said, self._file(call, str(item.get("media", "")), kind)))
        if len({kind if kind in ("document", "audio") else "visual" for kind, _, _ in ready}) > 1:
            raise bad("documents and audios can't be mixed with other media in an album")
        album = f"{self.world.bot.id}{self.world.seq}"
        return [
            self._sent(call, kind=kind, file=file, text=text, entities=entities, album=album)
            for kind, (text, entities), file in ready
        ]

    def _send_location(self, call: Call) -> Wire:
        try:
            return self._sent(call, kind="location", given=call.given)
        except (KeyError, ValueError, TypeError):
            raise bad("latitude or longitude is invalid") from None

    def _file(self, call: Call, value: str, kind: str) -> File:
        upload = call.uploads.get(value.removeprefix("attach://")) or (None if value else call.uploads.get(kind))
        if upload is not None:
            if not upload.data:
                raise bad("file must be non-empty")
            if len(upload.data) > UPLOAD_BYTES:
                raise Refusal(413, "Request Entity Too Large")
            if kind == "photo":
                measure_photo(upload.data)
            return self.world.keep(upload.data, upload.name, upload.mime)
        if not value:
            raise bad(f"there is no {kind} in the request")
        if "://" in value:
            raise bad("failed to get HTTP URL content")
        try:
            return self.world.file(value)
        except Refusal:
            raise bad("wrong remote file identifier specified: Wrong character in the string") from None

    def _chat_action(self, call: Call) -> bool:
        self.world.reach(call.chat_id)
        return True

    def _edit(self, call: Call) -> Wire:
        if call.text("inline_message_id"):
            raise bad("message to edit not found")
        markup, method = call.data("reply_markup"), call.method.lower()
        what: Wire = {}
        if method != "editmessagereplymarkup":
            what = self._said(call, "caption" if method == "editmessagecaption" else "text")
        caption = method == "editmessagecaption"
        note = self.world.edit(call.chat_id, call.number("message_id"), markup, caption=caption, **what)
        return wire(self.world.message(note))

    def _delete(self, call: Call) -> bool:
        self.world.delete(call.chat_id, call.number("message_id"))
        return True

    def _answer(self, call: Call) -> bool:
        self.world.answer(call.text("callback_query_id"), call.text("text"), call.flag("show_alert"))
        return True

    def _get_file(self, call: Call) -> Wire:
        file = self.world.file(call.text("file_id"))
        if len(file.data) > DOWNLOAD_BYTES:
            raise bad("file is too big")
        ids = {"file_id": call.text("file_id"), "file_unique_id": file.unique_id}
        return ids | {"file_size": len(file.data), "file_path": file.path}

    def _get_chat(self, call: Call) -> Wire:
        self.world.reach(call.chat_id, writing=False)
        return wire(self.world.chat(call.chat_id)) | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(
                (
                    "unlimited_gifts",
                    "limited_gifts",
                    "unique_gifts",
                    "premium_subscription",
                    "gifts_from_channels",
                ),
                False,
            ),
        }

    def _menu_of(self, call: Call) -> tuple[str, str]:
        return scope_key(call.data("scope")), call.text("language_code")

    def _set_commands(self, call: Call) -> bool:
        self.world.set_commands(call.data("commands"), call.data("scope"), call.text("language_code"))
        return True

    def _set_text(self, call: Call) -> bool:
        field, limit = {
            "setmyname": ("name", 64),
            "setmydescription": ("description", 512),
            "setmyshortdescription": ("short_description", 120),
        }[call.method.lower()]
        if len(call.text(field)) > limit:
            raise bad(f"bot {field.replace('_', ' ')} is too long")
        self.texts.setdefault(field, {})[call.text("language_code")] = call.text(field)
        return True

    def _get_text(self, call: Call) -> Wire:
        field = {"getmyname": "name", "getmydescription": "description"}.get(call.method.lower(), "short_description")
        kept = self.texts.get(field, {})
        return {field: kept.get(call.text("language_code")) or kept.get("", "")}

    def _set_webhook(self, call: Call) -> bool:
        url = call.text("url") if call.method.lower() == "setwebhook" else ""
        if url and not url.startswith(("https://", "http://")):
            raise bad("bad webhook: invalid webhook URL specified")
        if call.flag("drop_pending_updates"):
            self.world.pending.clear()
        if call.data("allowed_updates") is not None:
            self.world.allowed = set(call.data("allowed_updates"))
        self.webhook = Webhook(url, call.text("secret_token"), call.number("max_connections", 40))
        self._awake()
        return True

    def _webhook_info(self, call: Call) -> Wire:
        hook = self.webhook
        info: Wire = {"url": hook.url, "has_custom_certificate": False}
        info["pending_update_count"] = len(self.world.pending)
        if hook.url:
            info["max_connections"] = hook.connections
        if hook.error:
            info |= {"last_error_date": hook.error_date, "last_error_message": hook.error}
        if self.world.allowed:
            info["allowed_updates"] = sorted(self.world.allowed)
        return info

    async def push(self) -> None:
        """Push updates to the webhook, one after the other, for as long as the sandbox runs."""
        pause = WEBHOOK_PATIENCE[0]
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(60)) as session:
            while True:
                wake, hook = self._wake, self.webhook
                updates = self.world.updates(0, 1)
                if not hook.url or not updates or self.breakage.network_off:
                    await wake.wait()
                    continue
                if await self._pushed(session, hook, updates[0]):
                    self.world.confirm(updates[0]["update_id"])
                    pause = WEBHOOK_PATIENCE[0]
                else:
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, WEBHOOK_PATIENCE[1])

    async def _pushed(self, session: aiohttp.ClientSession, hook: Webhook, update: Wire) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update, headers=headers) as response:
                if 200 <= response.status < 300:
                    await self._reply_within(response)
                    return True
                hook.error = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as trouble:
            hook.error = f"Connection failed: {type(trouble).__name__}"
        hook.error_date = int(self.world.clock.now().timestamp())
        return False

    async def _reply_within(self, response: aiohttp.ClientResponse) -> None:
        """A webhook may answer with a method call, whose own answer nobody reads."""
        given: Wire = {}
        if response.content_type == "application/json":
            body = await response.read()
            parsed = json.loads(body) if body.strip() else None
            given = parsed if isinstance(parsed, dict) else {}
        elif response.content_type == "multipart/form-data":
            reader = aiohttp.MultipartReader.from_response(response)
            while (part := await reader.next()) is not None:
                if isinstance(part, aiohttp.BodyPartReader) and part.name:
                    given[part.name] = await part.text()
        if name := given.pop("method", None):
            self.calls[str(name)] += 1
            try:
                self.perform(Call(str(name), given))
            except Refusal as refusal:
                self.refusals[refusal.code] += 1

    # -- phones and stage-hands --

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
            self._tell({"clock": clock.state()})
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
            call = await _read(request, "send")
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
            while not self._closing:
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

    async def statistics(self, request: web.Request) -> web.Response:
        """What the bot has done so far, and whether it is at rest."""
        return web.json_response(
            {
                "calls": dict(self.calls),
                "refusals": {str(code): count for code, count in self.refusals.items()},
                "violations": self.limits.violations,
                "waiting": self.waiting,
                "working": self.working,
                "pending_updates": len(self.world.pending),
                "unanswered": sum(not press.answered for press in self.world.presses.values()),
            }
        )

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The phones."""
        path = (PAGE / request.match_info.get("file", "phones.html")).resolve()
        if not path.is_relative_to(PAGE.resolve()) or not path.is_file():
            raise web.HTTPNotFound(text="no such page")
        return web.FileResponse(path, headers={"Cache-Control": "no-store"})

    # -- life --

    async def life(self, app: web.Application) -> AsyncIterator[None]:
        """Runs beside the server: pushes to the webhook."""
        task = asyncio.create_task(self.push())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def close(self, app: web.Application) -> None:
        """Let go of everybody who waits."""
        self._closing = True
        self._awake()
        for queue in self._listeners:
            queue.put_nowait(None)
        self.world.watchers.remove(self._heard)

    def _heard(self, chat_id: int, seq: int) -> None:
        if chat_id:
            self._tell({"chat": chat_id, "seq": seq})
        else:
            self._awake()

    def _tell(self, event: Wire) -> None:
        for queue in self._listeners:
            queue.put_nowait(json.dumps(event))

    def _awake(self) -> None:
        self._wake.set()
        self._wake = asyncio.Event()


def _entities(name: str) -> str:
    return "entities" if name == "text" else "caption_entities"


def _cut(request: web.Request) -> web.Response:
    """Drop the connection: the other side sees a reset, never an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


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


async def _read(request: web.Request, name: str) -> Call:
    given: Wire = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        try:
            body = await request.json() if request.can_read_body else {}
        except ValueError:
            raise bad("can't parse JSON object") from None
        given |= body if isinstance(body, dict) else {}
    elif request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if not isinstance(part, aiohttp.BodyPartReader) or not part.name:
                raise bad("can't parse a part of the form")
            if part.filename is None:
                given[part.name] = await part.text()
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                uploads[part.name] = Upload(part.filename, mime, bytes(await part.read()))
    elif request.method == "POST":
        given |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    return Call(name, given, uploads)


@web.middleware
async def _explained(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """The control API's errors as JSON: 400 with the reason."""
    try:
        return await handler(request)
    except (Impossible, ValueError, TypeError) as trouble:
        if not request.path.startswith("/sandbox/"):
            raise
        return web.json_response({"ok": False, "error": str(trouble)}, status=400)


def create_app(world: World, limits: Limits | None = None, breakage: Breakage | None = None) -> web.Application:
    """The sandbox as an aiohttp application; to be made inside the event loop that runs it."""
    sandbox = Sandbox(world, limits, breakage)
    app = web.Application(middlewares=[_explained], client_max_size=UPLOAD_BYTES * 2)
    app.add_routes(sandbox.routes())
    app.cleanup_ctx.append(sandbox.life)
    app.on_shutdown.append(sandbox.close)
    app[SANDBOX] = sandbox
    return app


SANDBOX: web.AppKey[Sandbox] = web.AppKey("sandbox", Sandbox)
"""Where an application keeps its sandbox, for tests that want to look inside."""


@dataclass
class Running:
    """A sandbox listening on loopback."""

    url: str
    world: World
    limits: Limits
    breakage: Breakage
    runner: web.AppRunner = field(repr=False)

    async def stop(self) -> None:
        """Close the door; everybody who waits is let go, and a connection that was cut comes to its end."""
        await self.runner.cleanup()
        await asyncio.sleep(0)


async def start(
    host: str = "127.0.0.1",
    port: int = 0,
    token: str | None = TOKEN,
    clock: Clock | None = None,
    limits: Limits | None = None,
    breakage: Breakage | None = None,
    world: World | None = None,
) -> Running:
    """Run a sandbox inside this event loop; port 0 takes any that is free."""
    world = world or World(token, clock)
    limits, breakage = limits or Limits(), breakage or Breakage()
    runner = web.AppRunner(
        create_app(world, limits, breakage), access_log=None, handler_cancellation=True, shutdown_timeout=1
    )
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    return Running(f"http://{host}:{runner.addresses[0][1]}/", world, limits, breakage, runner)
