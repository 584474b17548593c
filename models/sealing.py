"""What people entrust to the bot, sealed at rest: authenticated encryption under a ring of keys.

What is sealed is bound to the place where it stands (`about`: table, column and row): moved elsewhere it does not open.
A sealed value is b"\\x01", four bytes that name the key, a nonce of twelve bytes, and what AES-256-GCM makes of it.
"""

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
KEY_BYTES = 32
NAME = slice(1, 5)
NONCE = slice(5, 17)


class KeysUnusable(Exception):
    """The keys cannot be used, or the one that is needed is not among them; the message says the mend."""


class Unopened(Exception):
    """Something sealed was altered, or stands where it was not put."""


def new_key() -> str:
    """A new key as it is written down: 43 letters."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode().rstrip("=")


def name_of(key: bytes) -> bytes:
    """The four bytes by which a sealed value tells its key."""
    return hashlib.blake2b(key, digest_size=4, person=b"linli key").digest()


class Marks:
    """Turns names into what stands for them: always the same for a name, and telling nothing without the secret."""

    def __init__(self, secret: bytes) -> None:
        self._start = hashlib.blake2b(key=secret, digest_size=16, person=b"linli mark")
        self.of = lru_cache(4096)(self._of)

    def _of(self, name: str) -> bytes:
        """The mark of a name: 16 bytes."""
        hashed = self._start.copy()
        hashed.update(name.encode())
        return hashed.digest()


def _keys(written: str) -> list[bytes]:
    keys = []
    for number, word in enumerate(re.sub(r"#.*", "", written).replace(",", " ").split(), start=1):
        try:
            key = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != KEY_BYTES:
            raise KeysUnusable(f"key {number} is not whole: a key has 43 letters, as `linli keys new` prints them")
        keys.append(key)
    if not keys:
        raise KeysUnusable("there is no key; put it back, or make a first one with: linli keys new")
    return keys


def _keys_of(file: Path) -> list[bytes]:
    try:
        return _keys(file.read_text("utf-8"))
    except FileNotFoundError:
        raise KeysUnusable(f"the key file {file} is not there; put it back, or set LINLI_KEY_FILE") from None
    except OSError as error:
        raise KeysUnusable(f"the key file {file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise KeysUnusable(f"the key file {file} is not a text file with keys; put the right one back") from None
    except KeysUnusable as unusable:
        raise KeysUnusable(f"the key file {file}: {unusable}") from None


def _stamp(file: Path) -> tuple[int, ...]:
    """What tells one state of a file from another, for the price of a stat."""
    try:
        told = file.stat()
    except OSError:
        return ()
    return told.st_ino, told.st_mtime_ns, told.st_size


class KeyRing:
    """Keys by name. The first seals; every one opens.

    A ring that comes from a file can be read again: a key that was added opens at once, and seals once it is taken up.
    """

    def __init__(self, keys: Iterable[bytes], file: Path | None = None, stamp: tuple[int, ...] = ()) -> None:
        self._file = file
        self._stamp = stamp
        self._ciphers: dict[bytes, AESGCM] = {}
        self._learn(keys)
        self.take_up()

    @classmethod
    def read(cls, written: str) -> "KeyRing":
        """The ring written as keys with commas, spaces or lines between; `#` begins a remark. Raises KeysUnusable."""
        return cls(_keys(written))

    @classmethod
    def of(cls, file: Path) -> "KeyRing":
        """The ring that is written in a file. Raises KeysUnusable."""
        stamp = _stamp(file)  # before it is read: no change may be missed
        return cls(_keys_of(file), file, stamp)

    def _learn(self, keys: Iterable[bytes]) -> None:
        named = {name_of(key): AESGCM(key) for key in keys}
        self.first = next(iter(named))
        # Keys that have gone from the file are still known: what this process works with may be sealed under them.
        self._ciphers = named | {name: c for name, c in self._ciphers.items() if name not in named}

    def refresh(self) -> None:
        """Read the file again where it has changed. Raises KeysUnusable, once for each change; the ring stays."""
        if self._file is None or (stamp := _stamp(self._file)) == self._stamp:
            return
        self._stamp = stamp
        self._learn(_keys_of(self._file))

    def take_up(self) -> None:
        """Seal under the first key from now on; `models.database` has written down that it is used."""
        self.current = self.first
        self._cipher = self._ciphers[self.current]
        self.head = VERSION + self.current  # of whatever is sealed now

    @property
    def names(self) -> frozenset[bytes]:
        """The names of the keys on the ring."""
        return frozenset(self._ciphers)

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """Seal under the current key, bound to `about`."""
        nonce = os.urandom(12)
        return self.head + nonce + self._cipher.encrypt(nonce, plain, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """What was sealed. Raises KeysUnusable where its key is not on the ring, Unopened where it was altered."""
        cipher = self._ciphers.get(sealed[NAME])
        if cipher is None:
            self.refresh()
            cipher = self._ciphers.get(sealed[NAME])
        if cipher is None:
            raise KeysUnusable(f"the key {sealed[NAME].hex()} is missing: put it back into LINLI_KEYS or the key file")
        try:
            return cipher.decrypt(sealed[NONCE], sealed[17:], about)
        except InvalidTag:
            raise Unopened(f"what is sealed as {about.decode(errors='replace')} was altered or moved") from None
