"""What Telegram asks of a picture that a bot sends as a photo."""

from __future__ import annotations

import io
import warnings

from PIL import Image

from sandbox.refusal import bad

PHOTO_BYTES = 10 << 20
SIDES, RATIO = 10_000, 20
"""Most of width and height together, in pixels, and of the longer over the shorter."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


def measure_photo(data: bytes) -> None:
    """Refuse what Telegram would: too many bytes, too large or too long a picture, or none at all."""
    if len(data) > PHOTO_BYTES:
        raise bad(f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")
    try:
        with (
            warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning),
            Image.open(io.BytesIO(data), formats=FORMATS) as picture,
        ):
            width, height = picture.size
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise bad("PHOTO_INVALID_DIMENSIONS") from None
    except (OSError, SyntaxError, ValueError):
        raise bad("IMAGE_PROCESS_FAILED") from None
    if width + height > SIDES or max(width, height) > RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
