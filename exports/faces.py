"""The fonts that can write Chinese, and how long a text is in them."""

import re
import subprocess
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont

FAMILIES = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei")
BASELINE = 0.88  # of the size: Chinese glyphs fill their box from there above the base line to 0.12 below it

# A line never begins with what closes and never ends with what opens; words and numbers stay whole.
_CLOSING, _OPENING = "，。；：、！？）》」』”’…", "（《「『“‘"
_UNIT = re.compile(rf"[{_OPENING}]*(?:[!-~\u00a0-\u024f]+|[^\s{_OPENING}])[{_CLOSING}]*|\S|\s+")


class FontMissing(Exception):
    """No font of this machine can write Chinese; the message says the mend."""

    WHAT, MEND = "no font for Chinese is installed", "run: apt-get install fontconfig fonts-noto-cjk"

    def __init__(self) -> None:
        super().__init__(f"{self.WHAT}; {self.MEND}")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, and which of its faces."""

    file: str
    index: int


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces that texts are set in; both are the same where a family has no bold."""

    regular: Face
    bold: Face


def find_faces() -> Faces:
    """The best installed faces for Chinese. Raises FontMissing."""
    for family in FAMILIES:
        regular, bold = _match(family, family), _match(family, f"{family}:bold")
        if regular and bold:
            return Faces(regular, bold)
    raise FontMissing


def _match(family: str, pattern: str) -> Face | None:
    asked = ["fc-match", "--format", "%{file}\t%{index}\t%{family}", pattern]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=30).stdout
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        raise FontMissing from error
    file, index, families = (*told.split("\t"), "", "", "")[:3]
    return Face(file, int(index)) if family in families.split(",") else None  # else it is merely the nearest there is


@cache
def font(face: Face, size: int) -> "ImageFont.FreeTypeFont":
    """The face in a size, to draw with."""
    # Every Pillow has the basic layout; Raqm is not everywhere and would set other bytes.
    from PIL import ImageFont  # the bot itself sets no letters: it need not load this

    return ImageFont.truetype(face.file, size, face.index, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def length(face: Face, size: int, text: str) -> float:
    """How long a text is in a face of this size."""
    return font(face, size).getlength(text)


def units(text: str) -> list[str]:
    """The parts of a text that stay whole where a line is broken; spaces are parts of their own."""
    return _UNIT.findall(text)


def wrapped(text: str, face: Face, size: int, width: float) -> list[str]:
    """The text in lines no wider than `width`; what alone is wider is broken anywhere."""
    lines, line, filled = [], "", 0.0
    for unit in units(text):
        for part in (unit,) if length(face, size, unit) <= width else unit:
            long = length(face, size, part)
            if filled + long > width and not part.isspace():
                lines.append(line)
                line, filled = "", 0.0
            line += part
            filled += long
    return [line.strip() for line in (*lines, line) if line.strip()]
