"""The sandbox over HTTP: the Bot API on one side, phones and stage-hands (`/sandbox/...`) on the other."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.bot_api import BotApi, Webhook
from sandbox.breakage import Breakage, Fault
from sandbox.call import Call, read_call
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.refusal import Impossible, Refusal, Wire
from sandbox.stage import Stage
from sandbox.world import TOKEN, UPLOAD_BYTES, World

PAGE = Path(__file__).parent / "page"
WEBHOOK_PATIENCE = (0.05, 30.0)
"""First and longest pause before a webhook that failed is tried again."""


class Dropped(Exception):
    """The connection is to be cut without an answer."""


class Sandbox:
    """A world, its limits and its breakage, as request handlers."""

    def __init__(self, world: World, limits: Limits, breakage: Breakage) -> None:
        self.world = world
        self.limits = limits
        self.breakage = breakage
        self.api = BotApi(world, limits, self._awake)
        self.stage = Stage(world, breakage, self._awake)
        self.calls: Counter[str] = Counter()
        self.refusals: Counter[int] = Counter()
        self.waiting = self.working = 0
        self._poll = 0
        self._closing = False
        self._wake = asyncio.Event()
        world.watchers.append(self._heard)

    def routes(self) -> list[web.RouteDef]:
        """Everything the sandbox answers to."""
        return [
            web.route("*", "/bot{token}/{method}", self.bot),
            web.get("/file/bot{token}/{path:.+}", self.download),
            web.get("/sandbox/statistics", self.statistics),
            *self.stage.routes(),
            web.get("/", self.page),
            web.get("/page/{file:.+}", self.page),
        ]

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
            call = await read_call(request, name)
            if method == "getupdates":
                result: Any = await self._get_updates(call)
            else:
                self.working += 1
                try:
                    result = self.api.perform(call)
                finally:
                    self.working -= 1
        except Refusal as refusal:
            answer = self._refused(refusal)
        except Dropped:
            return _cut(request)
        else:
            answer = web.json_response({"ok": True, "result": result})
        return _cut(request) if fault is Fault.LOST_ANSWER else answer

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
        if self.api.webhook.url:
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
                if self.api.webhook.url:
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

    async def push(self) -> None:
        """Push updates to the webhook, one after the other, for as long as the sandbox runs."""
        pause = WEBHOOK_PATIENCE[0]
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(60)) as session:
            while True:
                wake, hook = self._wake, self.api.webhook
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
                self.api.perform(Call(str(name), given))
            except Refusal as refusal:
                self.refusals[refusal.code] += 1

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
        self.stage.close()
        self.world.watchers.remove(self._heard)

    def _heard(self, chat_id: int, seq: int) -> None:
        if chat_id:
            self.stage.tell({"chat": chat_id, "seq": seq})
        else:
            self._awake()

    def _awake(self) -> None:
        self._wake.set()
        self._wake = asyncio.Event()


def _cut(request: web.Request) -> web.Response:
    """Drop the connection: the other side sees a reset, never an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


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
    sandbox = Sandbox(world, limits or Limits(), breakage or Breakage())
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
