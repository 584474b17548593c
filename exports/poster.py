"""The poster of a committee: an A4 sheet whose QR code opens the tip conversation. Lengths are pixels of 1/300 inch."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count

import pikepdf
import segno
from PIL import Image, ImageDraw

from exports.faces import BASELINE, Face, Faces, font, length, wrapped

DPI = 300
WIDTH, HEIGHT = 2480, 3508  # A4
MARGIN = 180
QUIET = 4  # modules left white around a QR code
CODE_WIDTH, CODE_LEAST = 1000, 760  # of the QR code with its quiet zone: 85 mm, and never less than 61 mm
SECOND = 0.7  # the size of a second language, beside the first
PADDING, COLUMN_GAP, BLOCK_GAP = 40, 120, 56

PAPER, INK, GREY, BLUE, RED, ROSE = "#ffffff", "#1c1c1c", "#555555", "#1d4474", "#9c1c17", "#f9ecea"

_PAUSES = "，。；：、！？,.;:!?"
_SENTENCE = re.compile(r"(?<=。)|(?<=[.!?]) ")


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a poster in one language; the titles have their paragraphs below them."""

    title: str
    scan: str
    by_hand: str
    purpose: tuple[str, ...]
    limits: tuple[str, ...]
    emergency: str
    platform: str


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says. The first language is set large, another one smaller below each of its texts."""

    link: str
    town: str
    committee: str
    emergency_numbers: str
    languages: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `x`, `y` is the upper left corner of its box, which is `size` high."""

    x: float
    y: float
    text: str
    face: Face
    size: int
    ink: str

    @property
    def width(self) -> float:
        return length(self.face, self.size, self.text)

    @property
    def height(self) -> float:
        return self.size


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle behind other pieces."""

    x: float
    y: float
    width: float
    height: float
    ink: str


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with its quiet zone. `rows` hold a 1 for each dark module, `module` is the side of one."""

    x: float
    y: float
    rows: tuple[bytes, ...]
    module: int

    @property
    def width(self) -> float:
        return (len(self.rows) + 2 * QUIET) * self.module

    height = width


Piece = Line | Bar | Code


def _well_broken(text: str, face: Face, size: int, width: float) -> list[str]:
    """The fewest lines that hold the text; among these breaks the one after most pauses, and then the most even one."""
    breaks = [
        [line for part in parts for line in wrapped(part, face, size, width * share / 24)]
        for parts in (_SENTENCE.split(text), [text])
        for share in range(12, 25)
    ]
    fewest = min(map(len, breaks))
    return max(
        (lines for lines in breaks if len(lines) == fewest),
        key=lambda lines: sum(line[-1] in _PAUSES for line in lines),
    )


class _Column:
    """Pieces set one below the other, in the box from 0, 0 to `width`, `height`."""

    def __init__(self, faces: Faces, width: float) -> None:
        self.faces, self.width, self.height = faces, width, 0.0
        self.pieces: list[Piece] = []

    def write(self, text: str, height: float, *, bold: bool = False, ink: str = INK, centred: bool = True) -> None:
        face, size = self.faces.bold if bold else self.faces.regular, max(1, int(height))
        for line in _well_broken(text, face, size, self.width):
            x = (self.width - length(face, size, line)) / 2 if centred else 0.0
            self.pieces.append(Line(x, self.height + 0.2 * size, line, face, size, ink))
            self.height += 1.4 * size

    def put(self, pieces: list[Piece], x: float, height: float) -> None:
        """Set pieces that have a place among themselves."""
        self.pieces += [replace(piece, x=piece.x + x, y=piece.y + self.height) for piece in pieces]
        self.height += height


def _panel(inner: _Column, ink: str) -> _Column:
    """A coloured panel around a column."""
    panel = _Column(inner.faces, inner.width + 2 * PADDING)
    panel.pieces.append(Bar(0, 0, panel.width, inner.height + 2 * PADDING, ink))
    panel.height = PADDING
    panel.put(inner.pieces, PADDING, inner.height + PADDING)
    return panel


def _blocks(poster: Poster, faces: Faces, scale: float) -> Iterator[_Column]:
    """The blocks of the sheet from top to bottom, each as wide as the margins allow."""
    spoken = [(words, scale if number == 0 else scale * SECOND) for number, words in enumerate(poster.languages)]
    width = WIDTH - 2 * MARGIN

    head = _Column(faces, width - 2 * PADDING)
    head.write(poster.town, 76 * scale, ink=PAPER)
    longest = head.width / max(1.0, length(faces.bold, 100, poster.committee)) * 100
    head.write(poster.committee, min(190.0, max(110.0, longest)) * scale, bold=True, ink=PAPER)
    yield _panel(head, BLUE)

    title = _Column(faces, width)
    for words, size in spoken:
        title.write(words.title, 130 * size, bold=True, ink=BLUE)
    yield title

    scan = _Column(faces, width)
    for words, size in spoken:
        scan.write(words.scan, 68 * size)
    rows = tuple(bytes(row) for row in segno.make(poster.link, error="q", micro=False, boost_error=False).matrix)
    code = Code(0, 0, rows, int(max(CODE_WIDTH * scale, CODE_LEAST)) // (len(rows) + 2 * QUIET))
    scan.put([code], (width - code.width) // 2, code.height)
    for words, size in spoken:
        scan.write(words.by_hand, 52 * size, ink=GREY)
    scan.write(poster.link, 58 * scale, bold=True)
    yield scan

    both = _Column(faces, width)
    columns = []
    for texts in ([words.purpose for words, _ in spoken], [words.limits for words, _ in spoken]):
        column = _Column(faces, (width - COLUMN_GAP) / 2)
        for number, paragraphs in enumerate(zip(*texts, strict=True)):
            for paragraph, (_, size) in zip(paragraphs, spoken, strict=True):
                heading = number == 0
                ink, large = (BLUE, 78) if heading else (INK, 62)
                column.write(paragraph, large * size, bold=heading, ink=ink, centred=False)
            column.height += 24 * scale
        columns.append(column)
    tallest = max(column.height for column in columns)
    both.put(columns[0].pieces, 0, 0)
    both.put(columns[1].pieces, (width + COLUMN_GAP) / 2, tallest)
    yield both

    emergency = _Column(faces, width - 2 * PADDING)
    for words, size in spoken:
        emergency.write(words.emergency, 64 * size, ink=RED)
    emergency.write(poster.emergency_numbers, 140 * scale, bold=True, ink=RED)
    yield _panel(emergency, ROSE)

    platform = _Column(faces, width)
    for words, size in spoken:
        platform.write(words.platform, 48 * size, ink=GREY)
    yield platform


def lay_out(poster: Poster, faces: Faces) -> list[Piece]:
    """Where everything stands on the sheet: as large as it all fits between the margins."""
    for step in count():
        scale = 0.97**step
        blocks = list(_blocks(poster, faces, scale))
        gaps = len(blocks) - 1
        spare = HEIGHT - 2 * MARGIN - sum(block.height for block in blocks) - BLOCK_GAP * scale * gaps
        if spare >= 0:
            break
    sheet = _Column(faces, WIDTH)
    sheet.height = MARGIN
    for block in blocks:
        sheet.put(block.pieces, MARGIN, block.height + BLOCK_GAP * scale + spare / gaps)
    return sheet.pieces


def _drawn(pieces: list[Piece]) -> Image.Image:
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(sheet)
    for piece in pieces:
        match piece:
            case Bar(x, y, width, height, ink):
                draw.rectangle((round(x), round(y), round(x + width) - 1, round(y + height) - 1), fill=ink)
            case Line(x, y, text, face, size, ink):
                draw.text((round(x), round(y + BASELINE * size)), text, ink, font(face, size), anchor="ls")
            case Code(x, y, rows, module):
                left, top = round(x) + QUIET * module, round(y) + QUIET * module
                for down, row in enumerate(rows):
                    for along, dark in enumerate(row):
                        box = (left + along * module, top + down * module)
                        if dark:
                            draw.rectangle((*box, box[0] + module - 1, box[1] + module - 1), fill="#000000")
    return sheet


def png(pieces: list[Piece]) -> bytes:
    """The sheet as a picture of 300 dots per inch."""
    file = BytesIO()
    _drawn(pieces).save(file, "PNG", dpi=(DPI, DPI))
    return file.getvalue()


def pdf(pieces: list[Piece]) -> bytes:
    """The sheet as one page of A4, the same picture without loss."""
    width, height = WIDTH * 72 / DPI, HEIGHT * 72 / DPI
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(width, height))
        picture = pikepdf.Stream(
            document,
            _drawn(pieces).tobytes(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=WIDTH,
            Height=HEIGHT,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
        )
        name = page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name.Sheet)  # unnamed it gets a random name
        page.contents_add(f"q {width} 0 0 {height} 0 0 cm {name} Do Q".encode())
        file = BytesIO()
        document.save(file, deterministic_id=True)  # a file id of the content, not of the time
    return file.getvalue()
