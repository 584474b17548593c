"""A file that is replaced whole or not at all."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from attachments.sealed_file import keep_names


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """What is written takes the place of `path` once it is on the disk; until then, and on failure, nothing changes.

    It is written beside it as `.NAME.partial`, mode 0600; one that a kill left there is written over. Raises OSError,
    as where another process is writing it.
    """
    partial = path.with_name(f".{path.name}.partial")
    file = os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), "wb")
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = partial.stat().st_ino == os.fstat(file.fileno()).st_ino
        except OSError:
            mine = False
        if not mine:  # or by now it is `path`, put there by somebody else
            raise BlockingIOError(errno.EAGAIN, "somebody else is writing it", str(path))
        try:
            os.ftruncate(file.fileno(), 0)
            yield file
            file.flush()
            os.fsync(file.fileno())
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    keep_names(path.parent)
