"""The board as a phone shows it: nothing too small, nothing over anything else, states told apart by everybody."""

import math
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
import time_machine
from PIL import Image, ImageColor

from exports.board import (
    COLOURS,
    LARGEST,
    WIDTH,
    Board,
    BoardRow,
    Cell,
    Column,
    Ground,
    Legend,
    Sign,
    State,
    Text,
    lay_out,
    picture,
    shown,
)
from exports.faces import Faces, FontMissing, find_faces

PHONE = 390  # px wide
ZH = Legend("已完成", "待完成", "逾期", "未达标", "无数据", "去年同月")
EN = Legend("done", "due", "overdue", "below target", "no data", "same month last year")
LONG = "新华机械厂家属区居民委员会第三片区和平里第二居民委员会"
COLUMNS = {
    "zh": (Column("走访", "户"), Column("登记率", "%", 91), Column("当日录入", "%", 100), Column("台账检查")),
    "en": (Column("Visited", "dwellings"), Column("Registration rate", "%", 91), Column("Ledger")),
    "many": tuple(Column(f"第{number}项当日录入登记率", "%", 91.5) for number in range(13)),
    "one": (Column(LONG, "", 12_345_678),),
    "none": (),
}


@pytest.fixture(scope="module")
def faces() -> Faces:
    return find_faces()


def board(rows: int = 5, columns: str = "zh", name: str = "南苑第一社区", legend: Legend = ZH) -> Board:
    """Every state occurs among five rows of a column."""
    states = list(State)

    def cell(row: int, column: int) -> Cell:
        state = states[(row + column) % len(states)]
        value = None if state is State.UNKNOWN else 1000 * column + 90.9
        return Cell(value, None if column == 0 else 1234.5, state)

    chosen = COLUMNS[columns]
    filled = tuple(
        BoardRow(f"{name}{row}", tuple(cell(row, column) for column in range(len(chosen)))) for row in range(rows)
    )
    return Board("梧桐街道工作看板", "2026 年 11 月", chosen, filled, legend, ("周报截至周五 17:00。",))


def overlap(one: Text | Sign, other: Text | Sign) -> bool:
    def box(piece: Text | Sign) -> tuple[float, float, float, float]:
        wide, high = (piece.width, piece.size) if isinstance(piece, Text) else (34, 34)
        return piece.x, piece.y, piece.x + wide, piece.y + high

    left, top, right, bottom = box(one)
    left2, top2, right2, bottom2 = box(other)
    return min(right, right2) - max(left, left2) > 1 and min(bottom, bottom2) - max(top, top2) > 1


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("name", ["西园", LONG, "W" * 40, "Nanyuan First Residential Committee"])
def test_all_is_readable_on_a_phone_whatever_the_names(faces: Faces, columns: str, name: str) -> None:
    made = replace(board(5, columns, name, EN if columns == "en" else ZH), title=name * 3, notes=(name * 5,))
    pieces, height = lay_out(made, faces)
    marks = [piece for piece in pieces if not isinstance(piece, Ground)]
    for piece in marks:
        if isinstance(piece, Text):
            assert piece.size * PHONE / WIDTH >= 11
            assert piece.x >= 0
            assert piece.x + piece.width <= WIDTH + 1, piece.text
        assert 0 <= piece.y < height - 34
    assert not [pair for pair in combinations(marks, 2) if overlap(*pair)]
    written = [piece.text for piece in marks if isinstance(piece, Text)]
    for number, column in enumerate(made.columns):
        for row in made.rows:
            value = row.cells[number].value
            assert value is None or shown(value) in written
        if column.target is not None:
            assert f"≥{shown(column.target)}{column.unit}" in written


def test_a_long_name_is_cut_where_it_says_so(faces: Faces) -> None:
    pieces, _ = lay_out(board(1, name=LONG), faces)
    cut = [piece.text for piece in pieces if isinstance(piece, Text) and piece.text.endswith("…")]
    assert len(cut) == 1
    assert LONG.find(cut[0][:-1]) > 0


def test_no_word_of_a_head_is_broken(faces: Faces) -> None:
    columns = tuple(Column("Registration rate", "%", 91) for _ in range(6))
    pieces, _ = lay_out(replace(board(1, "one"), columns=columns, rows=()), faces)
    words = " ".join(piece.text for piece in pieces if isinstance(piece, Text)).split()
    assert words.count("Registration") == words.count("rate") == len(columns)


def test_each_cell_has_its_sign_and_the_legend_all(faces: Faces) -> None:
    made = board(5)
    pieces, _ = lay_out(made, faces)
    signs = [piece.state for piece in pieces if isinstance(piece, Sign)]
    assert signs == [*State, *(cell.state for row in made.rows for cell in row.cells)]
    assert [piece.text for piece in pieces if isinstance(piece, Text) and piece.text in vars_of(ZH)] == vars_of(ZH)[:5]


def vars_of(legend: Legend) -> list[str]:
    return [getattr(legend, name) for name in legend.__slots__]


def test_the_picture_is_three_times_a_phone_wide_and_shows_every_state(faces: Faces) -> None:
    made = board(5)
    drawn = Image.open(BytesIO(picture(made)))
    assert drawn.size == (3 * PHONE, lay_out(made, faces)[1])
    colours = {colour: count for count, colour in drawn.convert("RGB").getcolors(1 << 16) or []}
    for sign, ground in COLOURS.values():
        assert colours[ImageColor.getrgb(sign)] > 300
        assert colours[ImageColor.getrgb(ground)] > 3000
    few = Image.open(BytesIO(picture(replace(made, rows=made.rows[:1]))))  # one row: a sign less in each column
    assert few.height < drawn.height


def test_the_picture_holds_what_the_layout_says(faces: Faces) -> None:
    """A text in its place leaves ink in its box, and none where it ends."""
    made = board(5)
    drawn = Image.open(BytesIO(picture(made))).convert("L")
    for piece in lay_out(made, faces)[0]:
        if isinstance(piece, Text) and not piece.text.startswith("("):
            left, top, right = round(piece.x), round(piece.y), round(piece.x + piece.width)
            there = drawn.crop((left, top, right, top + piece.size)).tobytes()
            assert max(there) - min(there) > 60, piece.text
            after = drawn.crop((right + 1, top + 2, right + 3, top + piece.size - 2)).tobytes()
            assert max(after) - min(after) < 60, piece.text


def test_more_rows_make_a_taller_picture_up_to_what_a_chat_takes() -> None:
    heights = []
    for rows in (3, 14, 120):
        drawn = Image.open(BytesIO(picture(board(rows))))
        heights.append(drawn.height / drawn.width)
        assert sum(drawn.size) <= LARGEST
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]
    with pytest.raises(ValueError, match="400 rows"):
        picture(board(400))


def test_the_same_board_is_the_same_picture_at_any_time() -> None:
    with time_machine.travel("2026-11-24T09:00:00Z"):
        first = picture(board())
    with time_machine.travel("2031-02-03T04:05:06Z"):
        assert picture(board()) == first
    assert not Image.open(BytesIO(first)).info
    assert picture(replace(board(), subtitle="2026 年 12 月")) != first


def test_what_is_below_target_never_looks_as_if_it_met_it() -> None:
    assert [shown(value) for value in (90.96, 91, 91.04, 0, 99.99, 12345, 0.3, 2.3, -0.04)] == [
        *("90.9", "91", "91", "0", "99.9", "12345", "0.3", "2.3", "-0.1")
    ]


def test_a_dollar_is_no_formula() -> None:
    assert picture(replace(board(), title="a$b$c_{1}", notes=("$\\frac$",)))


@pytest.mark.parametrize("fonts", ["<fontconfig></fontconfig>"])
def test_without_a_font_the_mend_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fonts: str) -> None:
    (tmp_path / "fonts.conf").write_text(fonts)
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    with pytest.raises(FontMissing, match="apt-get install fontconfig fonts-noto-cjk"):
        picture(board())


# How colours look to who lacks one of the three receptors (Machado, Oliveira and Fernandes 2009, severity 1).
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def lab(colour: str, seen: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """CIE L*a*b* of an sRGB colour as it is seen."""
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in seen)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("eyes", SEEN)
def test_everybody_tells_the_colours_of_the_states_apart(eyes: str) -> None:
    for (sign, ground), (other, other_ground) in combinations(COLOURS.values(), 2):
        assert math.dist(lab(sign, SEEN[eyes]), lab(other, SEEN[eyes])) > 18, (sign, other)
        assert math.dist(lab(ground, SEEN[eyes]), lab(other_ground, SEEN[eyes])) > 3.5, (ground, other_ground)
