"""What strangers send is cleaned in a process that may crash, hang or swell without harm, and that leaves nothing."""

import asyncio
import os
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pikepdf
import psutil
import pytest

from attachments.apart import clean_apart
from attachments.cleaning import Kind, Reason, Refused
from attachments.sealed_file import SealedReader, SealedWriter, new_key
from tests.unit.attachments.personal_files import MADE, MARKER_LENGTH, chunk, jpeg, pdf, zipped

MARKER = "K" * MARKER_LENGTH


class Files:
    """A sealed file that came in, and the place for the clean one."""

    def __init__(self, folder: Path, content: bytes | None = None) -> None:
        self.source, self.target = folder / "came", folder / "clean"
        self.source_key, self.target_key = new_key(), new_key()
        if content is None:
            os.mkfifo(self.source)  # whoever opens it to read waits for ever: a library that hangs
        else:
            with SealedWriter(self.source, self.source_key) as writer:
                writer.write(content)

    async def clean(self, seconds: float = 60) -> Kind:
        return await clean_apart(self.source, self.source_key, self.target, self.target_key, seconds=seconds)

    async def refusal(self, seconds: float = 60) -> Reason:
        with pytest.raises(Refused) as refused:
            await self.clean(seconds)
        assert not self.target.exists()
        return refused.value.reason


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def cleaners() -> list[psutil.Process]:
    """The processes of ours that are there to clean."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "attachments.apart" in process.cmdline():
                found.append(process)
    return found


def busy() -> list[psutil.Process]:
    """Those that know what they are to do: beside their work they listen for the end of the bot."""
    return [process for process in cleaners() if process.num_threads() > 1]


@asynccontextmanager
async def cleaning(files: Files) -> AsyncIterator[tuple["asyncio.Task[Kind]", psutil.Process]]:
    """A cleaning that is under way, and its process."""
    task = asyncio.create_task(files.clean())
    while not busy():  # noqa: ASYNC110  # a process has no event to wait for
        await asyncio.sleep(0)
    yield task, busy()[0]
    assert not cleaners()


@pytest.mark.parametrize(
    "name", ["jpeg_exif_place", "heic_exif", "pdf_photo_place", "mp4_place", "mp3_cover", "wav_info"]
)
async def test_what_comes_in_sealed_goes_out_sealed_and_clean(name: str, tmp_path: Path) -> None:
    files = Files(tmp_path, MADE[name](MARKER, tmp_path))
    assert await files.clean() in Kind
    with SealedReader(files.target, files.target_key) as reader:
        passed_on = reader.read()
    assert len(passed_on) > 300
    assert MARKER.encode() not in passed_on
    assert names_in(tmp_path) == {"came", "clean"}
    on_disk = files.target.read_bytes()
    assert all(passed_on[start : start + 8] not in on_disk for start in range(0, len(passed_on) - 8, 499))
    assert not cleaners()


async def test_a_refusal_keeps_its_reason(tmp_path: Path) -> None:
    assert await Files(tmp_path, zipped("tip")).refusal() == Reason.type


async def test_a_source_that_does_not_open_is_refused(tmp_path: Path) -> None:
    files = Files(tmp_path, jpeg())
    files.source_key = new_key()
    assert await files.refusal() == Reason.uncleanable


async def test_a_target_that_is_there_is_left_alone(tmp_path: Path) -> None:
    files = Files(tmp_path, jpeg())
    files.target.write_bytes(b"of somebody else")
    with pytest.raises(FileExistsError):
        await files.clean()
    assert files.target.read_bytes() == b"of somebody else"


async def test_a_process_that_hangs_is_ended(tmp_path: Path) -> None:
    assert await Files(tmp_path).refusal(seconds=0.5) == Reason.uncleanable
    assert not cleaners()


async def test_a_process_that_hears_nothing_any_more_is_ended(tmp_path: Path) -> None:
    async with cleaning(Files(tmp_path)) as (task, process):
        process.suspend()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_process_that_crashes_is_a_refusal(tmp_path: Path) -> None:
    files = Files(tmp_path)
    async with cleaning(files) as (task, process):
        process.send_signal(signal.SIGSEGV)
        with pytest.raises(Refused) as refused:
            await task
    assert refused.value.reason == Reason.uncleanable
    assert not files.target.exists()


async def test_cancelled_it_leaves_neither_process_nor_file(tmp_path: Path) -> None:
    packer = zlib.compressobj(1)  # 49 million pixels: busy for a good while after the target was begun
    rows = b"".join(packer.compress(b"\0" + os.urandom(3) * 7000) for _ in range(7000)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 7000, 7000, 8, 2, 0, 0, 0))
    large = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    files = Files(tmp_path, large)
    async with cleaning(files) as (task, _):
        while not files.target.exists():  # noqa: ASYNC110  # nor has a file
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert not files.target.exists()


async def test_a_file_that_swells_meets_its_bounds(tmp_path: Path) -> None:
    """Four gigabytes of drawing in a few megabytes of PDF."""
    packer = zlib.compressobj(9)
    head = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * (16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    swelling = head + block * 256 + packer.flush()

    def edit(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.Contents.write(swelling, filter=pikepdf.Name.FlateDecode)

    assert await Files(tmp_path, pdf(edit=edit)).refusal() == Reason.uncleanable


async def test_the_process_knows_no_more_than_it_must(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_BOT_TOKEN", "12345:secret")
    files = Files(tmp_path)
    async with cleaning(files) as (task, process):
        assert set(process.environ()) <= {"PYTHONPATH", "LC_CTYPE"}
        line = " ".join(process.cmdline())
        assert not [key for key in (files.source_key, files.target_key) if key.hex() in line]
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


def test_it_ends_when_the_bot_is_killed(tmp_path: Path) -> None:
    files = Files(tmp_path)
    program = f"""
import asyncio, pathlib
from attachments.apart import clean_apart
path = pathlib.Path
asyncio.run(clean_apart(path({str(files.source)!r}), bytes(32), path({str(files.target)!r}), bytes(32)))
"""
    with subprocess.Popen([sys.executable, "-c", program]) as bot:
        while not (found := busy()):
            assert bot.poll() is None
        bot.kill()
    psutil.wait_procs(found, timeout=30)
    assert not [process for process in found if process.is_running()]


def test_no_library_writes_a_file(tmp_path: Path) -> None:
    """No library puts what is in clear into a temporary file."""
    program = """
import io, pathlib, sys
from attachments import images, pdf, recordings
from attachments.cleaning import Refused, clean
from tests.unit.attachments.personal_files import MADE
folder = pathlib.Path(sys.argv[1])
of_each = {name.split("_")[0]: make for name, make in MADE.items()}
files = [make("K" * 13, folder) for make in of_each.values()]
written = []
def heard(event, arguments):
    if event == "open" and (arguments[1] or "r")[0] in "wxa": written.append(arguments)
    if event == "open" and arguments[1] is None and arguments[2] & 3: written.append(arguments)
sys.addaudithook(heard)
for file in files:
    try:
        clean(io.BytesIO(file), io.BytesIO())
    except Refused:
        pass
print(len(files), written)
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True)
    assert done.stdout == "13 []\n", done.stderr
