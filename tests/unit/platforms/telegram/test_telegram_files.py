"""Files between a person's phone, Telegram and us: against the sandbox, and a Bot API that breaks off as told."""

import io
import traceback
from collections.abc import AsyncIterator, Callable
from typing import Any, BinaryIO

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from chat.messages import Act, Address, ChannelDown, Fate, FileGone, Incoming, Outgoing, Receipt, Said
from platforms.telegram.channel import LOST, PIECE, TelegramChannel
from sandbox.limits import Limits
from sandbox.server import Running, start
from sandbox.world import TOKEN

MIB = 1 << 20
WANG = 71


def picture(width: int = 60, height: int = 40) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(drawn, "JPEG")
    return drawn.getvalue()


class Reading(io.RawIOBase):
    """Bytes that are read piece by piece, as from a sealed file; `breaks` says after how many pieces it fails."""

    def __init__(self, data: bytes, breaks: int = -1) -> None:
        self.pieces: list[int] = []
        self._source, self._breaks = io.BytesIO(data), breaks

    def read(self, size: int = -1) -> bytes:
        if len(self.pieces) == self._breaks:
            raise OSError("the disk is gone")
        self.pieces.append(size)
        return self._source.read(size)


class Writing(io.BytesIO):
    """Notes how large the pieces are that come; `most` is what the disk holds."""

    def __init__(self, most: int = 1 << 30) -> None:
        super().__init__()
        self.pieces: list[int] = []
        self._most = most

    def write(self, piece: Any) -> int:
        if self.tell() + len(piece) > self._most:
            raise OSError(28, "No space left on device")
        self.pieces.append(len(piece))
        return super().write(piece)


@pytest.fixture
async def sandbox() -> AsyncIterator[Running]:
    running = await start(limits=Limits(enabled=False))
    running.world.add_person("王阿姨", id=WANG)
    running.world.say(WANG, WANG, "/start")
    yield running
    await running.stop()


@pytest.fixture
def kept() -> dict[str, bytes]:
    return {}


@pytest.fixture
async def channel(sandbox: Running, kept: dict[str, bytes]) -> AsyncIterator[TelegramChannel]:
    def keep(name: str) -> BinaryIO:
        if name not in kept:
            raise FileNotFoundError(name)
        return io.BytesIO(kept[name])

    channel = TelegramChannel(TOKEN, sandbox.url.rstrip("/"), keep)
    yield channel
    await channel.close()


async def sent(sandbox: Running, channel: TelegramChannel, kind: str, data: bytes, name: str = "x.bin") -> Incoming:
    """What the bot hears of a file that a phone sends through the control API."""
    form = aiohttp.FormData({"from": str(WANG), "kind": kind, "caption": "在楼下"})
    form.add_field("file", io.BytesIO(data), filename=name)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.url}sandbox/chats/{WANG}/send", data=form) as answer,
    ):
        assert answer.status == 200
    updates = await channel.fetch()
    incoming = channel.read(updates[-1].raw)
    channel.confirm(updates)
    assert incoming is not None
    return incoming


async def fetched(sandbox: Running, address: str) -> bytes:
    """The bytes of a file as an onlooker fetches them."""
    async with aiohttp.ClientSession() as session, session.get(sandbox.url.rstrip("/") + address) as answer:
        assert answer.status == 200
        return await answer.read()


def brought(kind: str, text: str = "", file: str = "f7") -> Outgoing:
    return Outgoing(Address("telegram", str(WANG)), Act.FILE, text, card="file:1", file=file, kind=kind)


# --- in ---


@pytest.mark.parametrize("kind", ["photo", "document", "video", "audio", "voice", "animation", "video_note"])
async def test_what_a_phone_sends_comes_whole(sandbox: Running, channel: TelegramChannel, kind: str) -> None:
    data = picture() + bytes(range(256)) * 1024
    incoming = await sent(sandbox, channel, kind, data)
    assert incoming.said is (Said.PHOTO if kind == "photo" else Said.FILE)
    assert (incoming.size, incoming.text, incoming.message) == (len(data), "在楼下", "2")
    target = Writing()
    await channel.download(incoming.file, target, len(data))
    assert target.getvalue() == data
    assert max(target.pieces) <= PIECE < len(data)


async def test_what_is_too_large_is_not_taken(sandbox: Running, channel: TelegramChannel) -> None:
    incoming = await sent(sandbox, channel, "document", b"x" * 1001)
    target = Writing()
    with pytest.raises(FileGone) as gone:
        await channel.download(incoming.file, target, 1000)
    assert (gone.value.reason, target.pieces) == ("too_large", [])
    incoming = await sent(sandbox, channel, "video", b"x" * (20 * MIB + 1))  # more than a bot may have at all
    with pytest.raises(FileGone) as gone:
        await channel.download(incoming.file, target, 50 * MIB)
    assert (gone.value.reason, target.pieces) == ("too_large", [])


async def test_what_the_platform_has_no_more_is_gone(sandbox: Running, channel: TelegramChannel) -> None:
    incoming = await sent(sandbox, channel, "photo", picture())
    async with aiohttp.ClientSession() as session:
        address = f"{sandbox.url}sandbox/files/{incoming.file}"
        async with session.delete(address) as answer:
            assert answer.status == 200
        async with session.get(address) as answer:
            assert answer.status == 404
    for file in (incoming.file, "never"):
        with pytest.raises(FileGone) as gone:
            await channel.download(file, io.BytesIO(), MIB)
        assert gone.value.reason == "gone"


@pytest.mark.parametrize("switch", ["rate_429", "rate_5xx", "rate_reset", "network_off"])
async def test_what_fails_for_now_may_be_tried_again(sandbox: Running, channel: TelegramChannel, switch: str) -> None:
    incoming = await sent(sandbox, channel, "document", b"words")
    sandbox.breakage.set({switch: True if switch == "network_off" else 1.0})
    with pytest.raises(ChannelDown) as down:
        await channel.download(incoming.file, io.BytesIO(), MIB)
    said = "".join(traceback.format_exception(down.value))
    assert TOKEN not in said and sandbox.url not in said
    sandbox.breakage.set({switch: False if switch == "network_off" else 0.0})
    target = io.BytesIO()
    await channel.download(incoming.file, target, MIB)
    assert target.getvalue() == b"words"


async def test_a_full_disk_is_not_taken_for_an_outage(sandbox: Running, channel: TelegramChannel) -> None:
    incoming = await sent(sandbox, channel, "document", b"x" * MIB)
    with pytest.raises(OSError, match="No space left"):
        await channel.download(incoming.file, Writing(most=PIECE), 2 * MIB)


class Breaking:
    """A Bot API with one file, whose path answers as told."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {"file_id": "F", "file_path": "files/单 据?.pdf", "file_size": 3 * MIB}
        self.answer: Callable[[web.Request], Any] = lambda request: web.Response(status=404)
        self.written = 0

    async def file(self, request: web.Request) -> web.StreamResponse:
        assert request.path == f"/file/bot{TOKEN}/files/单 据?.pdf"
        made = self.answer(request)
        return made if isinstance(made, web.StreamResponse) else await made

    async def get_file(self, request: web.Request) -> web.Response:
        assert await request.json() == {"file_id": "F"}
        return web.json_response({"ok": True, "result": self.told})

    async def stream(self, request: web.Request, *, size: int, length: int | None) -> web.StreamResponse:
        """`size` bytes, whatever `length` promises; None promises nothing."""
        response = web.StreamResponse(headers={} if length is None else {"Content-Length": str(length)})
        await response.prepare(request)
        try:
            while self.written < size:
                await response.write(b"x" * PIECE)
                self.written += PIECE
        except ConnectionError:
            return response
        if length is not None and size < length:
            assert request.transport is not None
            request.transport.close()
        return response


@pytest.fixture
async def breaking() -> AsyncIterator[tuple[Breaking, TelegramChannel]]:
    api = Breaking()
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/getFile", api.get_file)
    app.router.add_get("/file/{path:.+}", api.file)
    async with TestServer(app) as server:
        channel = TelegramChannel(TOKEN, str(server.make_url("")))
        yield api, channel
        await channel.close()


async def test_a_stream_longer_than_told_is_left_at_once(breaking: tuple[Breaking, TelegramChannel]) -> None:
    api, channel = breaking
    api.told["file_size"] = 10
    api.answer = lambda request: api.stream(request, size=1 << 30, length=None)
    target = Writing()
    with pytest.raises(FileGone) as gone:
        await channel.download("F", target, MIB)
    assert gone.value.reason == "too_large"
    assert sum(target.pieces) <= MIB
    assert api.written < 64 * MIB  # what was on the way already; never the gibibyte


async def test_where_too_much_is_told_the_file_is_left_alone(breaking: tuple[Breaking, TelegramChannel]) -> None:
    api, channel = breaking
    asked: list[web.Request] = []
    api.answer = lambda request: asked.append(request) or web.Response(body=b"x")  # type: ignore[func-returns-value]
    with pytest.raises(FileGone) as gone:
        await channel.download("F", io.BytesIO(), 3 * MIB - 1)
    assert (gone.value.reason, asked) == ("too_large", [])


@pytest.mark.parametrize("length", [3 * MIB, None])
async def test_a_stream_that_breaks_off_may_be_tried_again(
    breaking: tuple[Breaking, TelegramChannel], length: int | None
) -> None:
    api, channel = breaking
    api.answer = lambda request: api.stream(request, size=MIB, length=length)
    with pytest.raises(ChannelDown) as down:
        await channel.download("F", io.BytesIO(), 3 * MIB)
    assert TOKEN not in "".join(traceback.format_exception(down.value))


async def test_a_path_that_has_run_out(breaking: tuple[Breaking, TelegramChannel]) -> None:
    api, channel = breaking
    with pytest.raises(FileGone) as gone:
        await channel.download("F", io.BytesIO(), 3 * MIB)
    assert gone.value.reason == "gone"
    api.told = {"file_id": "F"}
    with pytest.raises(FileGone) as gone:
        await channel.download("F", io.BytesIO(), 3 * MIB)
    assert gone.value.reason == "gone"
    api.told = {"file_id": "F", "file_path": "files/单 据?.pdf"}
    api.answer = lambda request: web.Response(status=502)
    with pytest.raises(ChannelDown):
        await channel.download("F", io.BytesIO(), 3 * MIB)


async def test_half_a_download_in_the_sandbox(sandbox: Running, channel: TelegramChannel) -> None:
    incoming = await sent(sandbox, channel, "document", b"x" * MIB)
    file = sandbox.world.file(incoming.file)
    sandbox.breakage.set({"rate_lost_answer": 1.0})
    address = f"{sandbox.url}file/bot{TOKEN}/{file.path}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        with pytest.raises(aiohttp.ClientPayloadError):
            await answer.read()
    assert sandbox.breakage.happened == {"rate_lost_answer": 1}


async def test_a_refused_token_loses_no_file(sandbox: Running) -> None:
    stranger = TelegramChannel("1:wrong", sandbox.url.rstrip("/"))
    with pytest.raises(ChannelDown, match="LINLI_BOT_TOKEN"):
        await stranger.download("F", io.BytesIO(), MIB)
    await stranger.close()


# --- out ---


@pytest.mark.parametrize(
    ("kind", "data", "name"),
    [
        ("photo", picture(), "photo.jpg"),
        ("document", b"%PDF-1.7 " + b"words " * 100_000, "document.pdf"),
        ("video", b"\0\0\0\x18ftypmp42" + bytes(2 * MIB), "video.mp4"),
        ("audio", b"ID3" + bytes(MIB), "audio.mp3"),
    ],
)
async def test_what_we_keep_arrives_whole_and_guarded(
    sandbox: Running, channel: TelegramChannel, kept: dict[str, bytes], kind: str, data: bytes, name: str
) -> None:
    kept["f7"] = data
    receipt = await channel.send(brought(kind, "附件"), "")
    shown = sandbox.world.view(WANG)["messages"][-1]
    assert receipt == Receipt(Fate.DONE, str(shown["message_id"]))
    assert (shown["kind"], shown["text"], shown["file_name"]) == (kind, "附件", name)
    assert shown["protected"] is True
    assert await fetched(sandbox, shown["file"]) == data
    forget = Outgoing(Address("telegram", str(WANG)), Act.FORGET, card="file:1")
    assert (await channel.send(forget, receipt.message)).fate is Fate.DONE
    assert sandbox.world.view(WANG)["messages"][-1]["deleted"]


async def test_what_we_keep_is_read_piece_by_piece_and_let_go(sandbox: Running) -> None:
    source = Reading(b"x" * (5 * PIECE))
    channel = TelegramChannel(TOKEN, sandbox.url.rstrip("/"), lambda name: source)  # type: ignore[arg-type,return-value]
    assert (await channel.send(brought("document"), "")).fate is Fate.DONE
    assert source.pieces == [PIECE] * 6 and source.closed
    await channel.close()


@pytest.mark.parametrize("breaks", [0, 3])
async def test_what_our_keep_has_no_more_is_refused(sandbox: Running, breaks: int) -> None:
    source = Reading(b"x" * (5 * PIECE), breaks)
    channel = TelegramChannel(TOKEN, sandbox.url.rstrip("/"), lambda name: source)  # type: ignore[arg-type,return-value]
    assert await channel.send(brought("document"), "") == Receipt(Fate.REFUSED, reason=LOST)
    assert source.closed
    await channel.close()
    assert len(sandbox.world.view(WANG)["messages"]) == 1


async def test_a_file_that_is_not_kept_is_refused_in_plain_words(sandbox: Running, channel: TelegramChannel) -> None:
    assert await channel.send(brought("photo"), "") == Receipt(Fate.REFUSED, reason="the file is gone")
    bare = TelegramChannel(TOKEN, sandbox.url.rstrip("/"))
    assert await bare.send(brought("video"), "") == Receipt(Fate.REFUSED, reason="the file is gone")


async def test_a_picture_that_is_none_for_telegram_comes_as_a_document(
    sandbox: Running, channel: TelegramChannel, kept: dict[str, bytes]
) -> None:
    kept["f7"] = picture(2100, 100)
    assert (await channel.send(brought("photo"), "")).fate is Fate.DONE
    shown = sandbox.world.view(WANG)["messages"][-1]
    assert (shown["kind"], shown["file_name"], shown["protected"]) == ("document", "document.jpg", True)
    assert await fetched(sandbox, shown["file"]) == kept["f7"]


@pytest.mark.parametrize(
    ("switch", "fate"),
    [
        ("rate_429", Fate.RETRY),
        ("rate_5xx", Fate.RETRY),
        ("rate_reset", Fate.UNCERTAIN),
        ("rate_lost_answer", Fate.UNCERTAIN),
    ],
)
async def test_an_upload_that_fails_is_tried_again_from_its_beginning(
    sandbox: Running, channel: TelegramChannel, kept: dict[str, bytes], switch: str, fate: Fate
) -> None:
    kept["f7"] = b"x" * (4 * MIB)
    sandbox.breakage.set({switch: 1.0})
    receipt = await channel.send(brought("video"), "")
    assert receipt.fate is fate
    assert TOKEN not in receipt.reason
    sandbox.breakage.set({switch: 0.0})
    assert (await channel.send(brought("video"), "")).fate is Fate.DONE
    assert await fetched(sandbox, sandbox.world.view(WANG)["messages"][-1]["file"]) == kept["f7"]


# --- away ---


async def test_a_persons_own_message_is_forgotten_within_two_days(sandbox: Running, channel: TelegramChannel) -> None:
    incoming = await sent(sandbox, channel, "photo", picture())
    sandbox.world.say(WANG, WANG, "还有一句")
    forget = Outgoing(incoming.address, Act.FORGET, message=incoming.message)
    assert await channel.send(forget, "") == Receipt(Fate.DONE)
    assert [m["deleted"] for m in sandbox.world.view(WANG)["messages"]] == [False, True, False]
    assert await channel.send(forget, "") == Receipt(Fate.DONE)  # once more: it is gone already
    sandbox.world.clock.advance(48 * 3600 + 5)
    late = Outgoing(incoming.address, Act.FORGET, message="3")
    assert await channel.send(late, "1") == Receipt(Fate.DONE)
    shown = sandbox.world.view(WANG)["messages"]
    assert [(m["deleted"], m["edited"]) for m in shown] == [(False, False), (True, False), (False, False)]
