"""The webhook answers only for what is stored."""

import json
from collections.abc import Sequence

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from chat.messages import Update
from platforms.telegram.webhook import SECRET_HEADER, webhook

BODY = b'{"update_id": 7, "message": {"from": {"id": 71}, "chat": {"id": 71}, "text": "hi"}}'


class Shelf:
    """Keeps updates, unless it is full."""

    def __init__(self) -> None:
        self.kept: list[Update] = []
        self.full = False

    def store(self, updates: Sequence[Update]) -> None:
        if self.full:
            raise OSError("disk full")
        self.kept.extend(updates)


async def test_webhook() -> None:
    shelf = Shelf()
    app = web.Application()
    app.router.add_post("/hook", webhook(shelf.store, "s3cret"))
    async with TestClient(TestServer(app)) as client:

        async def post(secret: str | None, body: bytes = BODY) -> int:
            headers = {} if secret is None else {SECRET_HEADER: secret}
            async with client.post("/hook", data=body, headers=headers) as answer:
                return answer.status

        assert [await post(secret) for secret in (None, "", "wrong", "s3cret灯")] == [403] * 4
        assert [await post("s3cret", body) for body in (b"", b"{", b"[]", b"{}")] == [400] * 4
        shelf.full = True
        assert await post("s3cret") == 500
        assert shelf.kept == []
        shelf.full = False
        assert await post("s3cret") == 200
        assert shelf.kept == [Update("telegram:7", "telegram:71", json.loads(BODY))]


def test_a_webhook_needs_a_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        webhook(Shelf().store, "")
