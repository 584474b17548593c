"""A file on disk, sealed with a key of its own: for what is too large to be sealed in one piece.

The plain text is cut into chunks of 64 KiB, each sealed with AES-256-GCM under the chunk's number as nonce (a key seals
one file, once, so no nonce comes twice) and bound to that number and to whether it is the last. So a file that was cut
off, put together otherwise or added to does not open. Neither side holds more than a chunk or two in memory.
"""

import contextlib
import io
import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
CHUNK = 64 << 10
TAG = 16
SEALED_CHUNK = CHUNK + TAG


def keep_names(folder: Path) -> None:
    """Wait until the disk has the names of a folder."""
    names = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(names)
    finally:
        os.close(names)


class Damaged(Exception):
    """A sealed file does not open: it was cut off or altered, or the key is another file's."""


def new_key() -> bytes:
    """A key for one file, to be kept elsewhere. Used for a second file it would give both away."""
    return os.urandom(KEY_BYTES)


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key of a sealed file has {KEY_BYTES} bytes, not {len(key)}")
    return AESGCM(key)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _about(number: int, last: bool) -> bytes:
    return number.to_bytes(8, "big") + (b"\x01" if last else b"\x00")


class Sealer:
    """Seals a stream into an open file, whatever stands in it before. It is whole only after `finish`.

    `key`: 32 bytes that seal nothing else (`new_key`).
    """

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        self._cipher = _cipher(key)
        self._number = 0
        self._waiting = bytearray()

    def write(self, data: bytes | bytearray | memoryview, /) -> int:
        """Append `data`; returns how many bytes that was. Raises OSError, as when the disk is full."""
        with memoryview(data).cast("B") as view:
            for start in range(0, len(view), CHUNK):
                self._waiting += view[start : start + CHUNK]
                if len(self._waiting) > CHUNK:  # more than one chunk: the first of them is not the last
                    self._seal(last=False)
            return len(view)

    def finish(self) -> None:
        """Seal the last chunk. Raises OSError."""
        self._seal(last=True)

    def _seal(self, last: bool) -> None:
        plain = bytes(self._waiting[:CHUNK])
        self._file.write(self._cipher.encrypt(_nonce(self._number), plain, _about(self._number, last)))
        del self._waiting[:CHUNK]
        self._number += 1


class SealedWriter(Sealer):
    """Writes a sealed file as a stream. The file is whole only after `close`; left by an exception it is deleted.

    `key`: 32 bytes that seal no other file (`new_key`). Raises FileExistsError where `path` is taken.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        _cipher(key)  # nothing is made for a key that cannot be used
        self._path = path
        self._closed = False
        # O_EXCL: a file is sealed once, and no link that somebody laid there is followed.
        super().__init__(
            os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb"), key
        )

    def write(self, data: bytes | bytearray | memoryview, /) -> int:
        """Append `data`; returns how many bytes that was. Raises OSError, as when the disk is full."""
        if self._closed:
            raise ValueError("this sealed file is closed")
        return super().write(data)

    def close(self) -> None:
        """Seal the last chunk and wait until the disk has it. On failure the file is deleted; raises OSError."""
        if self._closed:
            return
        try:
            self.finish()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            keep_names(self._path.parent)  # or it might be lost with the power, although the content is there
        except BaseException:
            self.abandon()
            raise
        self._closed = True

    def abandon(self) -> None:
        """Delete the file instead of finishing it. Does nothing once it is finished."""
        if self._closed:
            return
        self._closed = True
        self._waiting.clear()
        with contextlib.suppress(OSError):  # a full disk refuses what was still buffered
            self._file.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()


class _SealedChunks(io.RawIOBase):
    """The plain text of a sealed file, one opened chunk at a time."""

    def __init__(self, path: Path, key: bytes, start: int) -> None:
        self._cipher = _cipher(key)
        self._start = start
        self._file = path.open("rb", buffering=0)
        try:
            length = os.fstat(self._file.fileno()).st_size - start
            self._chunks = max(1, -(-length // SEALED_CHUNK))
            self.size = length - self._chunks * TAG
            self._position = 0
            self._open(self._chunks - 1)  # whoever reads the beginning only must hear that the end is missing, too
        except BaseException:
            self._file.close()
            raise

    def _open(self, number: int) -> None:
        self._file.seek(self._start + number * SEALED_CHUNK)
        sealed = self._file.read(SEALED_CHUNK)
        try:
            self._plain = self._cipher.decrypt(_nonce(number), sealed, _about(number, number == self._chunks - 1))
        except (InvalidTag, ValueError):  # ValueError: shorter than a tag
            raise Damaged("a sealed file was cut off or altered, or this is not its key") from None
        self._opened = number

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # what BufferedReader gives
        if self._position >= self.size:
            return 0
        number, start = divmod(self._position, CHUNK)
        if number != self._opened:
            self._open(number)
        part = self._plain[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        position = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        if position < 0:
            raise OSError("before the beginning of a sealed file")
        self._position = position
        return position

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()


class SealedReader(io.BufferedReader):
    """Reads a sealed file as if it were the plain one, from any place. `size`: bytes of the plain text; `start`: bytes
    before what is sealed.

    Raises Damaged, at once or while reading, where the file is not whole or the key is not its own; FileNotFoundError.
    """

    def __init__(self, path: Path, key: bytes, start: int = 0) -> None:
        chunks = _SealedChunks(path, key, start)
        self.size = chunks.size
        super().__init__(chunks, buffer_size=CHUNK)
