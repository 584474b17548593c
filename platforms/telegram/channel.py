"""Telegram as a channel: long polling that confirms only what is stored, and sends that tell what became of them.

Plain aiohttp POSTs rather than aiogram's Bot: nothing is built and validated per call, and a start does not pay two
seconds for the import. Reasons never hold a URL: the token is part of it.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import quote

import aiohttp
import orjson
from yarl import URL

from chat.messages import (
    Act,
    Capabilities,
    ChannelClosed,
    ChannelDown,
    Command,
    Fate,
    FileGone,
    Incoming,
    Json,
    Outgoing,
    Receipt,
    Sink,
    Update,
)
from platforms.telegram import translate

POLL_SECONDS = 25
CALL_SECONDS = 20.0
CONNECT_SECONDS = 5.0
FILE_SECONDS = 300.0  # 20 MB at 70 KB a second
PIECE = 1 << 16
BATCH = 100
JSON_BODY = {"Content-Type": "application/json"}
AS_IT_IS = {"Accept-Encoding": "identity"}  # so that what is counted is what was sent
LOST = "the file is gone"
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
TOKEN_REFUSED = "the token is refused: set LINLI_BOT_TOKEN to the one @BotFather gave you"
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
UNREACHABLE = ("chat not found", "user is deactivated", "peer_id_invalid")


class TelegramChannel:
    """The Bot API at `api` for the bot with `token`. Call `open` first, `close` at the end.

    `keep` opens something kept by us, by our own name of it, to be read once from its beginning; what it has not, it
    answers with an OSError.
    """

    name = translate.NAME
    capabilities = Capabilities()

    def __init__(
        self, token: str, api: str = "https://api.telegram.org", keep: Callable[[str], BinaryIO] | None = None
    ) -> None:
        self._base = f"{api.rstrip('/')}/bot{token}/"
        self._files = f"{api.rstrip('/')}/file/bot{token}/"
        self._keep = keep or _nothing
        self._offset = 0
        self._session: aiohttp.ClientSession | None = None
        self._poll_seconds = POLL_SECONDS
        self._call_seconds = CALL_SECONDS
        self.username = ""

    async def open(self) -> None:
        """Ask who we are. Raises ChannelClosed for a refused token, ChannelDown when nobody answers."""
        me = await self._ask("getMe", {})
        self.username = str(me.get("username", "")) if isinstance(me, dict) else ""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
            await asyncio.sleep(0)  # so that the sockets are closed before the loop may be

    # --- in ---

    def read(self, raw: Json) -> Incoming | None:
        return translate.read(raw, self.username)

    async def fetch(self) -> Sequence[Update]:
        """Updates from the first unconfirmed one on; the same ones again until they are confirmed."""
        asked = {
            "offset": self._offset,
            "limit": BATCH,
            "timeout": self._poll_seconds,
            "allowed_updates": WANTED,
        }
        raw = await self._ask("getUpdates", asked, self._poll_seconds + 10)
        if not isinstance(raw, list):
            raise ChannelDown("the Bot API answers something else than updates")
        return [update for update in map(translate.update_of, raw) if update is not None]

    def confirm(self, updates: Sequence[Update]) -> None:
        """The next `fetch` tells Telegram that these need not be repeated."""
        for update in updates:
            self._offset = max(self._offset, int(update.key.rpartition(":")[2]) + 1)

    async def download(self, file: str, target: Sink, most: int) -> None:
        path, told = await self._locate(file)
        if told > most:
            raise FileGone("too_large")
        came = 0
        try:
            async with self._client().get(
                URL(self._files + quote(path), encoded=True),
                headers=AS_IT_IS,
                timeout=aiohttp.ClientTimeout(FILE_SECONDS, CONNECT_SECONDS, self._call_seconds),
                allow_redirects=False,
            ) as response:
                if response.status in (400, 404):
                    raise FileGone("gone")
                if response.status != 200:
                    raise ChannelDown(f"the Bot API does not serve a file: HTTP {response.status}")
                async for piece in response.content.iter_chunked(PIECE):
                    came += len(piece)
                    if came > most:
                        raise FileGone("too_large")
                    target.write(piece)
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise ChannelDown(f"a file cannot be fetched ({type(error).__name__})") from None
        if came < told:
            raise ChannelDown("a file came cut short")

    async def _locate(self, file: str) -> tuple[str, int]:
        """Where the bytes of a file are fetched, and how many they are, 0 where that is not told."""
        status, answer = await self._try("getFile", {"file_id": file})
        found = answer.get("result")
        if answer.get("ok") is True and isinstance(found, dict):
            path, told = found.get("file_path"), found.get("file_size")
            if isinstance(path, str) and path:
                return path, told if type(told) is int else 0
            raise FileGone("gone")
        reason = _reason(status, answer)
        if status == 400:
            raise FileGone("too_large" if "too big" in reason.lower() else "gone")
        raise ChannelDown(TOKEN_REFUSED if status in (401, 404) else f"getFile: {reason}", _wait(answer))

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates sent to `url` instead of being fetched. Raises ChannelDown or ChannelClosed."""
        await self._ask("setWebhook", {"url": url, "secret_token": secret, "allowed_updates": WANTED})

    async def delete_webhook(self) -> None:
        """Back to fetching; waiting updates are kept. Raises ChannelDown or ChannelClosed."""
        await self._ask("deleteWebhook", {"drop_pending_updates": False})

    # --- out ---

    async def send(self, outgoing: Outgoing, message: str) -> Receipt:
        calls = translate.request(outgoing, message)
        if not calls:
            return Receipt(Fate.DONE)
        if outgoing.act is Act.FILE:
            return await self._bring(outgoing, *calls[0])
        if outgoing.act is Act.FORGET:
            return await self._forget(calls)
        if outgoing.act is Act.RENEW:
            receipt = await self._call(*calls[0])
            if receipt.fate is Fate.DONE:
                for call in calls[1:]:  # the old card: too old to be deleted, or gone already, is no failure
                    await self._call(*call)
            return receipt
        done = Receipt(Fate.DONE)
        for number, call in enumerate(calls):
            receipt = await self._call(*call)
            if outgoing.act is Act.TOAST and receipt.fate in (Fate.REFUSED, Fate.UNREACHABLE):
                return Receipt(Fate.DONE)  # "query is too old": nobody is waiting for it any more
            if receipt.fate is not Fate.DONE:
                return receipt
            if number == 0:
                done = receipt
        if outgoing.act is Act.SHOW and message:
            return Receipt(Fate.DONE, message=message)
        return done

    async def _forget(self, calls: Sequence[translate.Call]) -> Receipt:
        """Delete; where Telegram will not (after 48 hours), blank; where it will not either, it is as gone as can be.

        Only what may still work later (a limit, an outage) is not done: what is to be forgotten should not stay.
        """
        for call in calls:
            receipt = await self._call(*call)
            if receipt.fate in (Fate.RETRY, Fate.UNCERTAIN):
                return receipt
            if receipt.fate is Fate.DONE:
                break
        return Receipt(Fate.DONE)

    async def _bring(self, outgoing: Outgoing, method: str, parameters: Json) -> Receipt:
        """Something kept by us; a picture that Telegram will not show as one (too large, too long) as a document."""
        receipt = await self._upload(outgoing, outgoing.kind, method, parameters)
        if receipt.fate is Fate.REFUSED and receipt.reason != LOST and outgoing.kind == "photo":
            return await self._upload(outgoing, "document", translate.UPLOADS["document"], parameters)
        return receipt

    async def _upload(self, outgoing: Outgoing, kind: str, method: str, parameters: Json) -> Receipt:
        lost = Receipt(Fate.REFUSED, reason=LOST)
        try:
            made = outgoing.content
            source = BytesIO(made.encode()) if made else self._keep(outgoing.file)
        except OSError:
            return lost
        failed = False

        async def pieces(piece: bytes) -> AsyncIterator[bytes]:
            nonlocal failed
            while piece:
                yield piece
                try:
                    piece = source.read(PIECE)
                except Exception:
                    failed = True  # aiohttp would have it that the connection broke
                    raise

        with source:
            try:
                head = source.read(PIECE)
            except OSError:
                return lost
            form = aiohttp.FormData(quote_fields=False)  # Telegram reads names as they are
            for name, value in parameters.items():
                form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
            form.add_field(kind, pieces(head), filename=outgoing.name or translate.file_name(kind, head))
            receipt = await self._carry(method, form, FILE_SECONDS)
        return lost if failed else receipt

    async def offer(self, menu: dict[str, Sequence[Command]], *, groups: bool = False) -> None:
        """Set the command menu per language, Chinese for all others. Raises ChannelDown or ChannelClosed."""
        scope: Json = {"scope": {"type": "all_group_chats"}} if groups else {}
        default = "zh" if "zh" in menu else next(iter(menu), "")
        for language, commands in menu.items():
            listed = translate.menu(commands)
            if language == default:
                await self._ask("setMyCommands", {"commands": listed, **scope})
            await self._ask("setMyCommands", {"commands": listed, **scope, "language_code": language})

    def link(self, payload: str) -> str:
        return f"https://t.me/{self.username}?start={payload}"

    # --- the wire ---

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(ttl_dns_cache=300))
        return self._session

    async def _http(self, method: str, body: Any, seconds: float) -> tuple[int, bytes]:
        """One POST of JSON or of a form: status and body of the answer. Raises what aiohttp raises."""
        async with self._client().post(
            self._base + method,
            data=body,
            headers=JSON_BODY if isinstance(body, bytes) else None,
            timeout=aiohttp.ClientTimeout(total=seconds, connect=CONNECT_SECONDS),
            allow_redirects=False,
        ) as response:
            return response.status, await response.read()

    async def _post(self, method: str, body: bytes | aiohttp.FormData, seconds: float) -> tuple[int, Json]:
        """Status and answer; the answer is empty where it is no JSON object. Raises what aiohttp raises."""
        status, said = await self._http(method, body, seconds)
        answer = _parsed(said)
        return status, answer if isinstance(answer, dict) else {}

    async def _try(self, method: str, parameters: Json, seconds: float | None = None) -> tuple[int, Json]:
        """Status and answer of a call. Raises ChannelDown where none comes."""
        try:
            return await self._post(method, orjson.dumps(parameters), seconds or self._call_seconds)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:  # whose words may hold the URL
            raise ChannelDown(f"the Bot API cannot be reached ({type(error).__name__})") from None

    async def _ask(self, method: str, parameters: Json, seconds: float | None = None) -> Any:
        """A call that must succeed: its result. Raises ChannelDown or ChannelClosed."""
        status, answer = await self._try(method, parameters, seconds)
        if answer.get("ok") is True:
            return answer.get("result")
        if status in (401, 404):
            raise ChannelClosed(TOKEN_REFUSED)
        reason = _reason(status, answer)
        if status == 409:
            raise ChannelClosed(f"another poller uses this token, or a webhook is set; stop it first: {reason}")
        raise ChannelDown(f"the Bot API does not serve {method}: {reason}", _wait(answer))

    async def _call(self, method: str, parameters: Json) -> Receipt:
        return await self._carry(method, orjson.dumps(parameters), self._call_seconds)

    async def _carry(self, method: str, body: bytes | aiohttp.FormData, seconds: float) -> Receipt:
        """One call, and what became of it."""
        try:
            status, answer = await self._post(method, body, seconds)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return Receipt(Fate.RETRY, wait=1.0, reason=type(error).__name__)  # nothing was written yet
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Receipt(Fate.UNCERTAIN, reason=type(error).__name__)
        return _receipt(status, answer)


def _nothing(file: str) -> BinaryIO:
    raise FileNotFoundError(file)


def _parsed(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except ValueError:
        pass
    try:
        return json.loads(body)  # it takes half characters, which somebody's phone may send
    except (ValueError, RecursionError):
        return None


def _reason(status: int, answer: Json) -> str:
    return str(answer.get("description") or f"HTTP {status}")


def _wait(answer: Json) -> float:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return max(float(seconds), 1.0) if isinstance(seconds, int | float) else 1.0


def _receipt(status: int, answer: Json) -> Receipt:
    if answer.get("ok") is True:
        result = answer.get("result")
        first = result[0] if isinstance(result, list) and result else result
        number = first.get("message_id") if isinstance(first, dict) else None
        return Receipt(Fate.DONE, message=str(number or ""))
    reason = _reason(status, answer)
    low = reason.lower()
    if status == 429:
        return Receipt(Fate.RETRY, wait=_wait(answer), reason=reason)
    if status >= 500:
        return Receipt(Fate.RETRY, wait=1.0, reason=reason)
    if status in (401, 404):  # the token: `fetch` says the mend, and what is to be sent waits for it
        return Receipt(Fate.RETRY, wait=30.0, reason=TOKEN_REFUSED)
    if status < 400:  # something between us and Telegram answered
        return Receipt(Fate.UNCERTAIN, reason=reason)
    if "message is not modified" in low:
        return Receipt(Fate.DONE)
    if any(words in low for words in GONE):
        return Receipt(Fate.GONE, reason=reason)
    if status == 403 or any(words in low for words in UNREACHABLE):
        return Receipt(Fate.UNREACHABLE, reason=reason)
    return Receipt(Fate.REFUSED, reason=reason)
