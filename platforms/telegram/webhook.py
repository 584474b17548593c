"""Telegram's updates by webhook: answered only after they are stored, so Telegram repeats what was not."""

import hmac
import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.typedefs import Handler

from chat.messages import Update
from platforms.telegram import translate

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

log = logging.getLogger(__name__)


def webhook(store: Callable[[Sequence[Update]], None], secret: str) -> Handler:
    """A handler for the webhook's POSTs. Raises ValueError without a secret: anybody could write to it."""
    if not secret:
        raise ValueError("a webhook needs a secret")
    expected = secret.encode()

    async def handle(request: web.Request) -> web.StreamResponse:
        shown = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(shown, expected):
            return web.Response(status=403)
        payload = await request.read()
        try:
            update = translate.update_of(json.loads(payload))
        except (ValueError, RecursionError):
            update = None
        if update is None:
            return web.Response(status=400)
        try:
            store([update])
        except Exception as error:  # whatever it was: not stored, so Telegram is to repeat it
            log.error("update not stored: %s", type(error).__name__)
            return web.Response(status=500)
        return web.Response()

    return handle


@asynccontextmanager
async def serving(store: Callable[[Sequence[Update]], None], path: str, port: int, secret: str) -> AsyncIterator[None]:
    """Listen for Telegram's POSTs to `path` while inside. Raises OSError where the port is taken."""
    app = web.Application()
    app.router.add_post(path or "/", webhook(store, secret))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, port=port).start()
        yield
    finally:
        await runner.cleanup()
