"""The lock of a database: held by the bot that runs on it, and by whoever must not meet one."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.refusal import Refused

PATIENCE = 2.0  # seconds: one that is just ending may end


class InUse(Refused):
    """Somebody else holds the lock; the message is one line."""


def _open(database: Path) -> int:
    # Record locks, not flock: they end with this process, whatever child of it may live on.
    return os.open(database.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Hold the lock of this database. Raises InUse."""
    lock = _open(database)
    try:
        until = time.monotonic() + PATIENCE
        while not _taken(lock):
            if time.monotonic() > until:
                raise InUse(
                    f"another linli works on {database}: a bot that runs, a migration or a restore; stop it first"
                )
            time.sleep(0.05)
        yield
    finally:
        os.close(lock)


def _taken(lock: int) -> bool:
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def is_held(database: Path) -> bool:
    """Whether another process holds it."""
    lock = _open(database)
    try:
        return not _taken(lock)
    finally:
        os.close(lock)
