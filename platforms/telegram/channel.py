"""Telegram as a channel: long polling that confirms only what is stored, and sends that tell what became of them."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import aiohttp

from chat.messages import (
    Act,
    Address,
    Capabilities,
    ChannelClosed,
    ChannelDown,
    Command,
    Fate,
    Incoming,
    Outgoing,
    Receipt,
    Update,
)
from platforms.telegram import translate

POLL_SECONDS = 25
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
TOKEN_REFUSED = "Telegram refuses the token: set LINLI_BOT_TOKEN to the one @BotFather gave you"


class TelegramChannel:
    """The Bot API at `api` for the bot with `token`. Call `open` first."""

    name = translate.NAME
    capabilities = Capabilities()

    def __init__(self, token: str, api: str = "https://api.telegram.org") -> None:
        self._base = f"{api.rstrip('/')}/bot{token}/"
        self._offset = 0
        self._session: aiohttp.ClientSession | None = None
        self.username = ""

    async def open(self) -> None:
        """Ask who we are. Raises ChannelClosed for a refused token, ChannelDown when nobody answers."""
        answer = await self._ask("getMe", {})
        self.username = answer["username"]

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20, connect=5))
        return self._session

    async def _post(self, method: str, parameters: dict[str, Any], seconds: float = 20) -> tuple[int, dict[str, Any]]:
        timeout = aiohttp.ClientTimeout(total=seconds, connect=5)
        body = json.dumps(parameters, ensure_ascii=False).encode("utf-8", "ignore")
        headers = {"Content-Type": "application/json"}
        async with self._http().post(self._base + method, data=body, headers=headers, timeout=timeout) as answer:
            try:
                return answer.status, json.loads(await answer.read())
            except ValueError:
                return answer.status, {"ok": False, "description": "no JSON"}

    async def _ask(self, method: str, parameters: dict[str, Any], seconds: float = 20) -> Any:
        """A call that must succeed. Raises ChannelDown or ChannelClosed."""
        try:
            status, answer = await self._post(method, parameters, seconds)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise ChannelDown(f"the Bot API cannot be reached: {type(error).__name__}") from error
        if answer.get("ok"):
            return answer["result"]
        description = str(answer.get("description", status))
        if status in (401, 404):
            raise ChannelClosed(TOKEN_REFUSED)
        if status == 409:
            raise ChannelClosed(f"another program polls with this token, or a webhook is set: {description}")
        raise ChannelDown(description, float(answer.get("parameters", {}).get("retry_after", 1)))

    def read(self, payload: bytes) -> Incoming | None:
        return translate.read(payload, self.username)

    async def fetch(self) -> Sequence[Update]:
        """Updates from the first unconfirmed one on."""
        asked = {"offset": self._offset, "limit": 100, "timeout": POLL_SECONDS, "allowed_updates": WANTED}
        raw = await self._ask("getUpdates", asked, POLL_SECONDS + 10)
        return [
            Update(
                f"{self.name}:{update['update_id']}",
                translate.lane(update),
                json.dumps(update, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"),
            )
            for update in raw
        ]

    def confirm(self, updates: Sequence[Update]) -> None:
        """The next `fetch` tells Telegram that these need not be repeated."""
        for update in updates:
            self._offset = max(self._offset, int(update.key.partition(":")[2]) + 1)

    async def send(self, outgoing: Outgoing, message: str) -> Receipt:
        if outgoing.act is Act.FORGET and not message:
            return Receipt(Fate.DONE)
        method, parameters = translate.request(outgoing, message)
        try:
            status, answer = await self._post(method, parameters)
        except aiohttp.ClientConnectorError as error:
            return Receipt(Fate.RETRY, wait=1.0, reason=type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, OSError) as error:
            return Receipt(Fate.UNCERTAIN, reason=type(error).__name__)
        receipt = self._receipt(status, answer, outgoing, message)
        if outgoing.act is Act.RENEW and message and receipt.fate is Fate.DONE:
            await self._forget_old(outgoing.address, message)
        return receipt

    async def _forget_old(self, address: Address, message: str) -> None:
        """The card that was renewed goes; where it cannot, its buttons still say that it is old."""
        try:
            await self._post("deleteMessage", {"chat_id": int(address.chat), "message_id": int(message)})
        except (aiohttp.ClientError, TimeoutError, OSError):
            return

    @staticmethod
    def _receipt(status: int, answer: dict[str, Any], outgoing: Outgoing, message: str) -> Receipt:
        if answer.get("ok"):
            result = answer.get("result")
            number = result.get("message_id", "") if isinstance(result, dict) else ""
            return Receipt(Fate.DONE, message=str(number or message))
        reason = str(answer.get("description", status))
        if status == 429:
            return Receipt(Fate.RETRY, wait=float(answer.get("parameters", {}).get("retry_after", 1)), reason=reason)
        if status >= 500:
            return Receipt(Fate.RETRY, wait=1.0, reason=reason)
        low = reason.lower()
        if outgoing.act in (Act.TOAST, Act.FORGET) or "message is not modified" in low:
            return Receipt(Fate.DONE, message=message)
        if status == 403 or "chat not found" in low or "user is deactivated" in low:
            return Receipt(Fate.UNREACHABLE, reason=reason)
        if "message to edit not found" in low or "message can't be edited" in low:
            return Receipt(Fate.GONE, reason=reason)
        return Receipt(Fate.REFUSED, reason=reason)

    async def offer(self, menu: dict[str, Sequence[Command]], address: Address | None = None) -> None:
        """Set the command menu per language; the first language is also everybody else's. Raises ChannelDown."""
        scope = {"scope": {"type": "chat", "chat_id": int(address.chat)}} if address else {}
        for number, (language, commands) in enumerate(menu.items()):
            listed = [{"command": c.name, "description": c.text} for c in commands]
            if number == 0:
                await self._ask("setMyCommands", {"commands": listed, **scope})
            await self._ask("setMyCommands", {"commands": listed, "language_code": language, **scope})

    def link(self, payload: str) -> str:
        return f"https://t.me/{self.username}?start={payload}"

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
