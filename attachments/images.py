"""Images: only the pixels are taken over, into a new image that never knew anything else."""

import io
import warnings
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import pillow_heif
from PIL import ExifTags, Image, ImageCms

from attachments.outcome import MOST_PIXELS, Kind, Reason, Refused

if TYPE_CHECKING:
    from attachments.cleaning import Cleaner

LONG_SIDE = 4096  # pixels
QUALITY = 90  # of JPEG, of 100
FEW_COLOURS = 256  # drawings and simple screenshots: PNG keeps them sharp, and smaller
# What a chat shows as a photo; narrower or heavier pictures are sent as a file.
PHOTO_SIDES = 20  # longest side to shortest
PHOTO_BYTES = 10 << 20
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def cleaner(form: str) -> "Cleaner":
    """What cleans an image of this form, as Pillow names it."""
    return partial(_cleaned, form)


def opened(form: str, source: BinaryIO) -> Image.Image:
    """The image, not decoded yet. Raises Refused(pixels) before its pixels cost any memory."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of things that are decided here, or that end with the metadata
        if form == "HEIF":
            file = pillow_heif.open_heif(source)
            _bounded(file.size)
            return file.to_pillow()
        try:
            image = Image.open(source, formats=[form])
        except Image.DecompressionBombError:
            raise Refused(Reason.pixels) from None
    _bounded(image.size)
    return image


def _bounded(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise Refused(Reason.pixels)


def _cleaned(form: str, source: BinaryIO) -> tuple[Kind, memoryview]:
    with opened(form, source) as image:
        upright = UPRIGHT.get(image.getexif().get(ExifTags.Base.Orientation, 1))
        profile = image.info.get("icc_profile")
        if image.mode in ("P", "PA", "1"):  # indices do not mix, colours do
            image = image.convert("RGBA")
        image.thumbnail((LONG_SIDE, LONG_SIDE))
        if upright is not None:
            image = image.transpose(upright)
        pixels = _on_white(_in_srgb(image, profile))
    out = io.BytesIO()
    if form != "JPEG" and pixels.getcolors(FEW_COLOURS) is not None:
        pixels.save(out, "PNG", optimize=True)
    else:
        pixels.save(out, "JPEG", quality=QUALITY)
    narrow = max(pixels.size) > PHOTO_SIDES * min(pixels.size)
    kind = Kind.document if narrow or out.tell() > PHOTO_BYTES else Kind.photo
    return kind, out.getbuffer()


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The image in RGB or RGBA, its colours those that its profile meant."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        image = image.convert("RGBA" if image.mode in ("LA", "La", "RGBa") else "RGB")
    if profile:
        try:
            # A pixel's meaning goes into the pixel; the profile itself may name the screen it was made for.
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if image.mode == "RGBA" else "RGB",
            )
            image = converted or image
        except ImageCms.PyCMSError:
            pass  # a profile that does not fit: colours a little off, the picture still shows what it showed
    return image if image.mode == "RGBA" else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    """A new image with these pixels and nothing else: no `info`, nothing under what was see-through."""
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image if image.mode == "RGBA" else None)
    return white
