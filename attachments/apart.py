"""Cleaning in a process of its own: what strangers send may crash a library or keep it busy for ever, but not the bot.

The process is given the keys on its standard input and nothing of the bot's environment, has bounds of memory and time,
writes no file but the sealed target, and ends when the bot does.
"""

import asyncio
import contextlib
import json
import math
import os
import resource
import sys
import tempfile
import threading
from pathlib import Path

from attachments.outcome import Kind, Reason, Refused
from attachments.sealed_file import SealedReader, SealedWriter

MEMORY = 1536 << 20  # bytes of address space
LONGEST_FILE = 64 << 20  # bytes; a clean file is far shorter
LONGEST_ANSWER = 100  # bytes


async def clean_apart(source: Path, source_key: bytes, target: Path, target_key: bytes, *, seconds: float = 60) -> Kind:
    """Clean the sealed file `source` into the new sealed file `target`; returns as what it is to be sent.

    Raises Refused, also where the process failed or was not done after `seconds`; FileExistsError where `target` is
    taken. After a failure or when cancelled there is no `target`, and in no case a process left.
    """
    _refuse_taken(target)
    request = [str(source), source_key.hex(), str(target), target_key.hex(), seconds]
    try:
        async with asyncio.timeout(seconds):
            return _kind(await _answer(json.dumps(request).encode() + b"\n"))
    except BaseException as error:
        target.unlink(missing_ok=True)  # noqa: ASYNC240  # at once, whatever else is being ended
        if isinstance(error, OSError):  # also TimeoutError
            raise Refused(Reason.uncleanable) from None
        raise


def _refuse_taken(target: Path) -> None:
    if target.exists():
        raise FileExistsError(f"{target} is there already")


async def _answer(request: bytes) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-PB",  # no module from whatever folder the bot was started in, and no compiled one put down
        "-m",
        "attachments.apart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # what libraries say may quote the file
        env={"PYTHONPATH": str(Path(__file__).parents[1])},
        start_new_session=True,  # an interrupt from the keyboard is the bot's to deal with
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(request)
        await process.stdin.drain()  # and stays open: its end tells the process that the bot is gone
        return await process.stdout.read(LONGEST_ANSWER)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.stdin.close()
        await process.wait()


def _kind(answer: bytes) -> Kind:
    with contextlib.suppress(ValueError):
        match answer.decode().split():
            case ["sent_as", kind]:
                return Kind(kind)
            case ["refused", reason]:
                raise Refused(Reason(reason))
    raise Refused(Reason.uncleanable)


def _bound(seconds: float) -> None:
    """From here on this process can neither grow, nor run on, nor leave anything on a disk but the target."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, math.ceil(seconds)),
        (resource.RLIMIT_FSIZE, LONGEST_FILE),
        (resource.RLIMIT_CORE, 0),  # a crash must not write the memory, with the file in it, to the disk
    ):
        resource.setrlimit(limit, (most, most))
    tempfile.tempdir = os.devnull  # not a folder: whoever wants a temporary file fails


def _end_with_the_bot() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


def main() -> None:
    """Do what one line on standard input asks for; one line on standard output says how it ended."""
    source, source_key, target, target_key, seconds = json.loads(sys.stdin.buffer.readline())
    _bound(seconds)
    threading.Thread(target=_end_with_the_bot, daemon=True).start()
    from attachments.cleaning import clean  # only now, within the bounds

    try:
        with (
            SealedReader(Path(source), bytes.fromhex(source_key)) as sealed,
            SealedWriter(Path(target), bytes.fromhex(target_key)) as cleaned,
        ):
            kind = clean(sealed, cleaned)
        print("sent_as", kind, flush=True)
    except Refused as refused:
        print("refused", refused.reason, flush=True)


if __name__ == "__main__":
    main()
