"""Takes everything out of a file that tells of its giver, by letting a library make the file anew.

What cannot be cleaned is refused, never passed on: a type that is not on the list, whatever a library stumbles over.
A file's type is what its first bytes say; names are not asked for. Works in memory and in the clear: see `apart`.
"""

import os
from collections.abc import Callable
from typing import BinaryIO, Protocol

from attachments.outcome import MOST_BYTES, MOST_PIXELS, Kind, Reason, Refused

__all__ = ["MOST_BYTES", "MOST_PIXELS", "Kind", "Reason", "Refused", "clean"]

Cleaner = Callable[[BinaryIO], tuple[Kind, memoryview]]
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
MPEG4 = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"qt  ", b"M4A ", b"M4B "}
MPEG4 |= {b"M4V ", b"MSNV", b"3gp4", b"3gp5", b"3gp6", b"3g2a"}


class Target(Protocol):
    """Where the clean file goes."""

    def write(self, data: memoryview, /) -> int: ...


def clean(source: BinaryIO, target: Target) -> Kind:
    """Write the file `source` (seekable), cleaned, to `target`; returns as what it is to be sent.

    Nothing is written unless all of it is clean. Raises Refused; OSError where the target does not take it.
    """
    try:
        kind, cleaned = _cleaned(source)
    except Refused:
        raise
    except MemoryError as error:
        raise Refused(Reason.uncleanable) from error
    except Exception as error:  # whatever a library stumbles over
        raise Refused(Reason.damaged) from error
    if len(cleaned) > MOST_BYTES:
        raise Refused(Reason.too_large)
    target.write(cleaned)
    return kind


def _cleaned(source: BinaryIO) -> tuple[Kind, memoryview]:
    size = source.seek(0, os.SEEK_END)
    if not size:
        raise Refused(Reason.empty)
    if size > MOST_BYTES:
        raise Refused(Reason.too_large)
    source.seek(0)
    cleaner = _cleaner(source.read(64))
    source.seek(0)
    return cleaner(source)


def _cleaner(head: bytes) -> Cleaner:
    """Who cleans a file that begins so. Raises Refused(type)."""
    # Imported here: the bot itself, which lets `clean_apart` do it, need not carry these libraries.
    from attachments import images, pdf, recordings

    if head.startswith(b"\xff\xd8\xff"):
        return images.cleaner("JPEG")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return images.cleaner("PNG")
    if head.startswith((b"GIF87a", b"GIF89a")):
        return images.cleaner("GIF")
    if head.startswith(b"%PDF-"):
        return pdf.cleaned
    if head.startswith(b"RIFF"):
        if head[8:12] == b"WEBP":
            return images.cleaner("WEBP")
        if head[8:12] == b"WAVE":
            return recordings.cleaner("wav")
    if head[4:8] == b"ftyp":
        if head[8:12] in HEIC:
            return images.cleaner("HEIF")
        if head[8:12] in MPEG4:
            return recordings.cleaner("mov")
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head:
        return recordings.cleaner("matroska")
    if head.startswith(b"OggS"):
        return recordings.cleaner("ogg")
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):  # MPEG, layer III
        return recordings.cleaner("mp3")
    raise Refused(Reason.type)
