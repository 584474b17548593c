"""`linli keys`: keys are made, and everything is brought under the newest of them."""

import os
import stat
import time
from datetime import date
from pathlib import Path

from bot.lock import is_held
from bot.refusal import Refused
from bot.replacing import replacing
from bot.settings import Settings
from models.database import Database
from models.resealing import KeyInUse, retire
from models.sealing import KeyRing, new_key

PATIENCE = 5.0  # seconds: a bot looks at its key file once a second


class KeysRefused(Refused):
    """Keys cannot be made or rotated as things are; the message is one line that says the mend."""


def add(settings: Settings, file: Path, today: date) -> tuple[str, bool]:
    """Put a new key into a file, before those that are in it. Returns its name, and whether the file is new.

    Raises KeysRefused, or KeysUnusable where there is such a file and it holds no keys.
    """
    file = file.resolve()
    if settings.is_kept(file):
        raise KeysRefused(f"{file} lies in the data folder: whoever takes the one would have the other; choose another")
    key = new_key()
    name = KeyRing.read(key).first.hex()
    with replacing(file) as anew:
        anew.write(f"{key}  # {name}, made {today.isoformat()}\n".encode())
        there = file.exists()
        if there:
            KeyRing.of(file)  # where it holds no keys, nothing is written
            anew.write(file.read_bytes())
            old = file.stat()
            os.fchmod(anew.fileno(), stat.S_IMODE(old.st_mode) & 0o640)
            if (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(anew.fileno(), old.st_uid, old.st_gid)  # or the bot could not read it any more
    return name, not there


def rotate(settings: Settings) -> tuple[int, list[str]]:
    """Bring everything under the first key. Returns how many rows that were, and the names of the keys that are in the
    ring for nothing now. Raises KeysRefused where that cannot be done, KeysUnusable, DatabaseUnusable.
    """
    path, ring = settings.database_path, settings.ring()
    db = Database(path, ring)
    until = time.monotonic() + (0.0 if settings.keys else PATIENCE)
    try:
        while True:
            try:
                count = retire(db, lambda: is_held(path))
                break
            except KeyInUse as use:
                if time.monotonic() > until:
                    first = f"put {ring.first.hex()} first in its LINLI_KEYS or key file and restart it"
                    raise KeysRefused(f"{use}; {first}, then rotate again") from None
                time.sleep(0.2)
        used = {row["name"] for row in db.all("select name from sealing_key")}
    finally:
        db.close()
    return count, sorted(name.hex() for name in ring.names - used)
