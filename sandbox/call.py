"""One call of a Bot API method as it comes over HTTP: its parameters, and the files that came with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.refusal import Wire, bad


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


async def read_call(request: web.Request, name: str) -> Call:
    """The call of this method. Raises Refusal for what cannot be read."""
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
