"""The board: committees as rows, what is asked of them as columns, as a picture to be read on a phone.

A phone shows it 390 px wide. Lengths are pixels of the picture, three of them to one of the phone's. matplotlib is
imported only where a picture is drawn, in a process of its own (exports.studio): the bot need not carry it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageColor

from exports.faces import BASELINE, Face, Faces, find_faces, length, units, wrapped

WIDTH = 1170
LARGEST = 10_000  # pixels of width and height together: chats take no larger picture
TITLE, VALUE, NAME, TEXT, SMALL = 54, 40, 38, 36, 34  # sizes; a phone shows SMALL with 11 px
MARGIN, PADDING, GAP = 30, 12, 6
NAMES = 288  # the width of the rows' names
SIGN = 34
EDGE_STEPS = 6
MOST_COLUMNS = 6  # beside each other
NAME_LINES, HEAD_LINES = 2, 3

# Multiples of four, that is as fine as Pillow looks for a colour in a palette.
PAPER, INK, GREY, BLUE, STRIPE = "#ffffff", "#1c1c1c", "#545454", "#1c4474", "#f4f4f0"


class State(StrEnum):
    """How something stands that is asked of a committee; `below` its target or last year's figure."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    BELOW = "below"
    UNKNOWN = "unknown"


# The sign of each state, and the ground of its cells. Told apart by whoever sees no red, no green or no blue.
COLOURS = {
    State.DONE: ("#0070b0", "#dcecf8"),
    State.DUE: ("#f0c418", "#fcf4d4"),
    State.OVERDUE: ("#d45c00", "#fcdcc4"),
    State.BELOW: ("#7c205c", "#f0d8e8"),
    State.UNKNOWN: ("#747474", "#e8e8e8"),
}


_Dot = tuple[tuple[float, float], float]
_Shape = _Dot | list[tuple[float, float]]


def _signs() -> dict[State, list[tuple[_Shape, str]]]:
    """The shapes of each sign in a square of 1, with their inks. Drawn, not written: no font is sure to have them."""
    whole: _Dot = ((0.5, 0.5), 0.5)
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    tick = [(0.2, 0.53), (0.3, 0.42), (0.44, 0.56), (0.7, 0.25), (0.81, 0.35), (0.45, 0.77)]
    dots: list[_Dot] = [((across, 0.5), 0.095) for across in (0.24, 0.5, 0.76)]
    stroke, point = [(0.4, 0.14), (0.6, 0.14), (0.57, 0.62), (0.43, 0.62)], ((0.5, 0.78), 0.095)
    triangle, dash = [(0.0, 0.1), (1.0, 0.1), (0.5, 0.95)], [(0.1, 0.43), (0.9, 0.43), (0.9, 0.57), (0.1, 0.57)]
    ink = {state: colours[0] for state, colours in COLOURS.items()}
    return {
        State.DONE: [(whole, ink[State.DONE]), (tick, PAPER)],
        State.DUE: [(whole, ink[State.DUE]), *((dot, INK) for dot in dots)],
        State.OVERDUE: [(square, ink[State.OVERDUE]), (stroke, PAPER), (point, PAPER)],
        State.BELOW: [(triangle, ink[State.BELOW])],
        State.UNKNOWN: [(dash, ink[State.UNKNOWN])],
    }


@dataclass(frozen=True, slots=True)
class Column:
    """What is asked of every row; `target` is the least that is asked, in the column's unit."""

    name: str
    unit: str = ""
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a row, and last year's to be shown `beside`. Shown with one decimal, never rounded up."""

    value: float | None
    beside: float | None
    state: State


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A committee and its cells, one for each column."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the signs mean, in words; `beside` is the word for last year's figures."""

    done: str
    due: str
    overdue: str
    below: str
    unknown: str
    beside: str


@dataclass(frozen=True, slots=True)
class Board:
    """What a board says; equal boards have the same picture, to the byte."""

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: tuple[BoardRow, ...]
    legend: Legend
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `x`, `y` is the upper left corner of its box, which is `size` high."""

    x: float
    y: float
    text: str
    face: Face
    size: int
    ink: str

    @property
    def width(self) -> float:
        return length(self.face, self.size, self.text)


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled rectangle behind other pieces."""

    x: float
    y: float
    width: float
    height: float
    ink: str


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of a state, SIGN wide and high."""

    x: float
    y: float
    state: State


Piece = Text | Ground | Sign


def shown(figure: float) -> str:
    """A figure with one decimal where it has any, rounded down: nothing below its target looks as if it met it."""
    return f"{math.floor(figure * 10 + 1e-6) / 10:.1f}".removesuffix(".0")


def _asked(column: Column) -> str:
    """The second line of a column's head."""
    return f"≥{shown(column.target)}{column.unit}" if column.target is not None else column.unit


def _beside(cell: Cell) -> str:
    return "" if cell.beside is None else f"({shown(cell.beside)})"


def _cut(lines: list[str], most: int, face: Face, size: int, width: float) -> list[str]:
    """The first lines; the last of them says by … that there were more."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and length(face, size, f"{last}…") > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last}…"]


class _Sheet:
    """The pieces of a board, written from top to bottom."""

    def __init__(self, board: Board, faces: Faces) -> None:
        self.board, self.faces, self.height = board, faces, 0.0
        self.pieces: list[Piece] = []

    def write(self, text: str, size: int, ink: str, *, bold: bool = False) -> None:
        """A paragraph between the margins."""
        face = self.faces.bold if bold else self.faces.regular
        for line in wrapped(text, face, size, WIDTH - 2 * MARGIN):
            self.pieces.append(Text(MARGIN, self.height, line, face, size, ink))
            self.height += 1.35 * size

    def head(self) -> None:
        """Title and subtitle on a coloured ground."""
        self.height = MARGIN
        self.write(self.board.title, TITLE, PAPER, bold=True)
        self.write(self.board.subtitle, TEXT, PAPER)
        self.height += PADDING
        self.pieces.insert(0, Ground(0, 0, WIDTH, self.height, BLUE))

    def legend(self) -> None:
        """The signs with their words, beside each other while there is room."""
        words = self.board.legend
        marks: list[tuple[State | None, str]] = [(state, getattr(words, state)) for state in State]
        if any(cell.beside is not None for row in self.board.rows for cell in row.cells):
            marks.append((None, f"( ) {words.beside}"))
        self.height += PADDING
        x = MARGIN
        for state, word in marks:
            sign = SIGN + PADDING if state else 0
            line = wrapped(word, self.faces.regular, SMALL, WIDTH - 2 * MARGIN - sign)
            text = "".join(_cut(line, 1, self.faces.regular, SMALL, WIDTH - 2 * MARGIN - sign))
            width = sign + math.ceil(length(self.faces.regular, SMALL, text))
            if x > MARGIN and x + width > WIDTH - MARGIN:
                x, self.height = MARGIN, self.height + 1.5 * SMALL
            if state:
                self.pieces.append(Sign(x, self.height + (SMALL - SIGN) / 2, state))
            self.pieces.append(Text(x + sign, self.height, text, self.faces.regular, SMALL, INK))
            x += width + 3 * PADDING
        self.height += 1.5 * SMALL

    def table(self, chosen: range) -> None:
        """The columns with these numbers, for all rows."""
        width = (WIDTH - 2 * MARGIN - NAMES) / len(chosen)
        columns = [self.board.columns[number] for number in chosen]
        self.height += PADDING
        heads = [
            _cut(wrapped(column.name, self.faces.bold, SMALL, width - GAP), HEAD_LINES, self.faces.bold, SMALL, width)
            for column in columns
        ]
        most = max(map(len, heads))
        for place, (column, lines) in enumerate(zip(columns, heads, strict=True)):
            x = MARGIN + NAMES + place * width
            for number, line in enumerate(lines, most - len(lines)):
                self._centred(line, x, width, self.height + number * 1.25 * SMALL, self.faces.bold, SMALL, INK)
            self._centred(_asked(column), x, width, self.height + most * 1.25 * SMALL, self.faces.regular, SMALL, GREY)
        self.height += (most + any(map(_asked, columns))) * 1.25 * SMALL + PADDING
        longest = [max(map(self._long, self._cells(number)), default=SIGN) for number in chosen]
        for number, row in enumerate(self.board.rows):
            cells = [row.cells[column] for column in chosen]
            self._row(row, list(zip(cells, longest, strict=True)), width, striped=number % 2 == 0)
        self.height += PADDING

    def _row(self, row: BoardRow, cells: list[tuple[Cell, float]], width: float, *, striped: bool) -> None:
        face, room = self.faces.regular, NAMES - PADDING
        name = _cut(wrapped(row.name, face, NAME, room), NAME_LINES, face, NAME, room)
        two = any(cell.beside is not None for cell, _ in cells)
        inner = max(len(name) * 1.25 * NAME, 1.15 * VALUE + two * 1.2 * SMALL)
        height = inner + 2 * PADDING
        if striped:
            self.pieces.append(Ground(0, self.height, WIDTH, height, STRIPE))
        top = self.height + (height - len(name) * 1.25 * NAME) / 2 + 0.125 * NAME
        for number, line in enumerate(name):
            self.pieces.append(Text(MARGIN, top + number * 1.25 * NAME, line, face, NAME, INK))
        for place, (cell, longest) in enumerate(cells):
            self._cell(cell, MARGIN + NAMES + place * width, width, height, longest)
        self.height += height

    def _cell(self, cell: Cell, x: float, width: float, height: float, longest: float) -> None:
        """A cell; signs stand below each other, and so do the ends of the figures."""
        ground = COLOURS[cell.state][1]
        self.pieces.append(Ground(x + GAP / 2, self.height + GAP / 2, width - GAP, height - GAP, ground))
        beside = _beside(cell)
        top = self.height + (height - 1.15 * VALUE - bool(beside) * 1.2 * SMALL) / 2
        left = x + (width - (SIGN if cell.value is None else longest)) / 2
        self.pieces.append(Sign(left, top + (1.15 * VALUE - SIGN) / 2, cell.state))
        if cell.value is not None:
            at = left + longest - length(self.faces.bold, VALUE, shown(cell.value))
            self.pieces.append(Text(at, top + 0.075 * VALUE, shown(cell.value), self.faces.bold, VALUE, INK))
        self._centred(beside, x, width, top + 1.2 * VALUE, self.faces.regular, SMALL, GREY)

    def _cells(self, number: int) -> list[Cell]:
        return [row.cells[number] for row in self.board.rows]

    def _long(self, cell: Cell) -> float:
        """The width of a figure with its sign."""
        return SIGN if cell.value is None else SIGN + GAP + length(self.faces.bold, VALUE, shown(cell.value))

    def _centred(self, text: str, x: float, width: float, y: float, face: Face, size: int, ink: str) -> None:
        if text:
            self.pieces.append(Text(x + (width - length(face, size, text)) / 2, y, text, face, size, ink))

    def ranges(self) -> Iterator[range]:
        """The columns that stand beside each other: as many as are readable, in parts as even as can be."""
        count = len(self.board.columns)
        if not count:
            return
        needed = max(self._needed(number) for number in range(count))
        beside = min(MOST_COLUMNS, max(1, int((WIDTH - 2 * MARGIN - NAMES) // needed)))
        parts = math.ceil(count / beside)
        for first, after in pairwise(part * count // parts for part in range(parts + 1)):
            yield range(first, after)

    def _needed(self, number: int) -> float:
        """The least width of a column: its figures with their signs, and each word of its head, unbroken."""
        column, cells = self.board.columns[number], self._cells(number)
        heads = [length(self.faces.bold, SMALL, unit) for unit in units(column.name)]
        small = [length(self.faces.regular, SMALL, text) for text in (_asked(column), *map(_beside, cells))]
        return max((*heads, *small, *map(self._long, cells))) + 2 * GAP


def lay_out(board: Board, faces: Faces) -> tuple[list[Piece], int]:
    """Where everything stands in the picture, and how high it is."""
    sheet = _Sheet(board, faces)
    sheet.head()
    sheet.legend()
    for chosen in sheet.ranges():
        sheet.table(chosen)
    sheet.height += PADDING
    for note in board.notes:
        sheet.write(note, SMALL, GREY)
    return sheet.pieces, math.ceil(sheet.height + PADDING)


def picture(board: Board) -> bytes:
    """The board as PNG. Raises FontMissing, and ValueError where it has more rows than fit in one picture."""
    pieces, height = lay_out(board, find_faces())
    for zoom in (1, 2 / 3, 1 / 3):
        if (WIDTH + height) * zoom <= LARGEST:
            return _drawn(pieces, height, zoom)
    raise ValueError(f"a board of {len(board.rows)} rows is higher than a picture may be")


def _drawn(pieces: list[Piece], height: int, zoom: float) -> bytes:
    # The renderer is drawn on directly: artists of a figure would measure every text once more.
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.colors import to_rgb
    from matplotlib.font_manager import FontPath, FontProperties
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    renderer = RendererAgg(round(WIDTH * zoom), round(height * zoom), 72)  # dots per inch: a point is a pixel
    pen = renderer.new_gc()
    pen.set_linewidth(0)
    from_below = Affine2D().scale(zoom, -zoom).translate(0, round(height * zoom))

    signs = _signs()

    def fill(shape: Path, ink: str) -> None:
        renderer.draw_path(pen, shape, from_below, to_rgb(ink))

    fill(Path([(0, 0), (WIDTH, 0), (WIDTH, height), (0, height)], closed=False), PAPER)
    for piece in pieces:
        match piece:
            case Ground(x, y, width, tall, ink):
                x, y, across, down = round(x), round(y), round(x + width), round(y + tall)
                fill(Path([(x, y), (across, y), (across, down), (x, down)]), ink)
            case Sign(x, y, state):
                for points, ink in signs[state]:
                    placed = Affine2D().scale(SIGN).translate(x, y)
                    shape = Path.circle(*points) if isinstance(points, tuple) else Path(points)
                    fill(placed.transform_path(shape), ink)
            case Text(x, y, text, face, size, ink):
                pen.set_foreground(ink)
                font = FontProperties(fname=FontPath(face.file, face.index), size=size * zoom)
                renderer.draw_text(pen, round(x * zoom), round((y + BASELINE * size) * zoom), text, font, 0)
                pen.set_foreground(PAPER)
    drawn = Image.frombuffer("RGBA", (renderer.width, renderer.height), renderer.buffer_rgba()).convert("RGB")
    file = BytesIO()
    drawn.quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, "PNG", compress_level=3)
    return file.getvalue()


def _palette() -> Image.Image:
    """The colours of a board and what lies between them at the edges of letters: a third of all colours' bytes."""
    grounds = [PAPER, STRIPE, *(ground for _, ground in COLOURS.values())]
    edges = [(ink, ground) for ground in grounds for ink in (INK, GREY)]
    edges += [(sign, other) for sign, ground in COLOURS.values() for other in (ground, PAPER, INK)]
    edges.append((BLUE, PAPER))
    colours: dict[tuple[int, ...], None] = {}
    for pair in edges:
        one, other = map(ImageColor.getrgb, pair)
        for step in range(EDGE_STEPS + 1):
            between = (round(a + (b - a) * step / EDGE_STEPS) for a, b in zip(one, other, strict=True))
            colours[tuple(between)] = None
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette
