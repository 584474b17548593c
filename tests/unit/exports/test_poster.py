"""The poster as it comes out of the printer: what is scanned, what is read, and that nothing runs off the sheet."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import segno
import time_machine
from PIL import Image, ImageChops

from exports.faces import Faces, FontMissing, find_faces
from exports.poster import (
    HEIGHT,
    MARGIN,
    QUIET,
    WIDTH,
    Bar,
    Code,
    Line,
    Piece,
    Poster,
    Words,
    lay_out,
    pdf,
    png,
)

LINK = "https://t.me/linli_bot?start=tip-2"
LETTERS = "南苑东溪新村第一二三四五六七八九十生活区居民"
ZH = Words(
    title="反映线索",
    scan="扫码",
    by_hand="网址",
    purpose=("请告诉我们", "有人做了什么，在哪里，什么时候。如盗窃、诈骗、火灾隐患。", "可以匿名。"),
    limits=("不受理", "某人是什么人。我们只看做了什么。"),
    emergency="请直接拨打",
    platform="聊天平台自己仍知道您的账号。",
)
EN = Words(
    title="Report a crime or a hazard",
    scan="Scan with your phone",
    by_hand="or open this address",
    purpose=(
        "Please tell us",
        "What somebody did, where and when: theft, fraud, a fire hazard.",
        "You may be anonymous.",
    ),
    limits=("Not taken here", "Who somebody is. Only what was done counts."),
    emergency="Do not wait for an answer here, call",
    platform="The platform itself still knows your account.",
)
SPOKEN = {"zh": (ZH,), "en": (EN,), "zh,en": (ZH, EN), "en,zh": (EN, ZH)}


def _poster(
    *languages: Words, committee: str = "南苑社区", town: str = "青溪镇", link: str = LINK, numbers: str = "110 / 119"
) -> Poster:
    return Poster(link, town, committee, numbers, languages or (ZH, EN))


@pytest.fixture(scope="module")
def faces() -> Faces:
    return find_faces()


def _names() -> Iterator[str]:
    for length in range(2, 41):
        yield "".join(itertools.islice(itertools.cycle(LETTERS), length))
    yield "Southern Gardens and Eastern Brook Estate"  # words
    yield "W" * 40  # one word without a place to break it
    yield "（南苑）" * 10  # nothing but brackets and what they hold


def _overlap(one: Piece, other: Piece) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _fits(pieces: Sequence[Piece]) -> None:
    """Everything between the margins, nothing on anything else, every line on its panel or beside it."""
    for piece in pieces:
        assert piece.x >= MARGIN - 1 and piece.x + piece.width <= WIDTH - MARGIN + 1, piece
        assert piece.y >= MARGIN - 1 and piece.y + piece.height <= HEIGHT - MARGIN + 1, piece
    printed = [piece for piece in pieces if not isinstance(piece, Bar)]
    assert not [pair for pair in itertools.combinations(printed, 2) if _overlap(*pair)]
    for bar, piece in itertools.product((piece for piece in pieces if isinstance(piece, Bar)), printed):
        inside = bar.x <= piece.x and piece.x + piece.width <= bar.x + bar.width
        inside = inside and bar.y <= piece.y and piece.y + piece.height <= bar.y + bar.height
        assert inside or not _overlap(bar, piece), piece


def _printed(pieces: Sequence[Piece]) -> str:
    """All the words without their spaces, in the order in which they were set."""
    return "".join("".join(piece.text for piece in pieces if isinstance(piece, Line)).split())


@pytest.mark.parametrize("spoken", SPOKEN)
def test_nothing_overflows_and_nothing_is_left_out_whatever_the_name(faces: Faces, spoken: str) -> None:
    for name in _names():
        poster = _poster(*SPOKEN[spoken], committee=name)
        pieces = lay_out(poster, faces)
        _fits(pieces)
        said = [poster.town, name, LINK, poster.emergency_numbers]
        for words in poster.languages:
            said += [words.title, words.scan, words.by_hand, *words.purpose, *words.limits, words.emergency]
            said.append(words.platform)
        printed = _printed(pieces)
        for text in said:
            assert "".join(text.split()) in printed, text


def test_the_first_language_is_the_large_one(faces: Faces) -> None:
    for languages in ((ZH, EN), (EN, ZH)):
        lines = [piece for piece in lay_out(_poster(*languages), faces) if isinstance(piece, Line)]
        first, second = ({line.size for line in lines if line.text == words.title} for words in languages)
        assert min(first) > max(second)


def test_lines_break_where_a_printer_would_break_them(faces: Faces) -> None:
    for name in _names():
        lines = [piece.text for piece in lay_out(_poster(committee=name), faces) if isinstance(piece, Line)]
        assert not [line for line in lines if line[0] in "，。；：、！？）" or line[-1] == "（"]
        assert LINK in lines
        assert "hazard." in " ".join(lines).split()


@pytest.mark.parametrize(
    ("spoken", "link"),
    [
        ("zh", LINK),
        ("zh,en", LINK),
        ("en", f"https://t.me/{'b' * 32}?start=tip-999999999999999"),  # nothing longer can come
    ],
)
def test_the_code_can_be_scanned_from_the_picture(faces: Faces, spoken: str, link: str) -> None:
    pieces = lay_out(_poster(*SPOKEN[spoken], link=link), faces)
    [code] = [piece for piece in pieces if isinstance(piece, Code)]
    left, top, side = round(code.x), round(code.y), int(code.width)
    assert side / 300 * 25.4 >= 60, "the code is smaller than 6 cm"
    picture = Image.open(BytesIO(png(pieces))).crop((left, top, left + side, top + side))
    read = picture.convert("L").resize((side // code.module,) * 2, Image.Resampling.BOX)  # the mean of each module
    wanted = segno.make(link, error="q", micro=False, boost_error=False)
    assert wanted.default_border_size == QUIET
    rows = wanted.matrix_iter(border=QUIET)
    assert list(read.tobytes()) == [0 if dark else 255 for row in rows for dark in row]


@pytest.mark.parametrize("name", ["南苑", "南苑社区" * 10, "W" * 40])
def test_the_picture_keeps_its_margins(faces: Faces, name: str) -> None:
    words = replace(ZH, title=name, platform=name)  # in ink: what a heading is written in is white beside its panel
    picture = Image.open(BytesIO(png(lay_out(_poster(words, committee=name, town=name), faces))))
    assert picture.size == (WIDTH, HEIGHT) == (2480, 3508)
    assert [round(dots) for dots in picture.info["dpi"]] == [300, 300]
    box = ImageChops.invert(picture.convert("RGB")).getbbox()
    assert box is not None
    assert min(box[0], box[1], WIDTH - box[2], HEIGHT - box[3]) >= MARGIN


def test_the_page_is_a4_and_shows_the_picture(faces: Faces) -> None:
    pieces = lay_out(_poster(), faces)
    with pikepdf.open(BytesIO(pdf(pieces))) as document:
        [page] = document.pages
        assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, 595, 842], abs=1)
        [shown] = page.get_images().values()
        assert isinstance(shown, pikepdf.Stream)
        picture = pikepdf.PdfImage(shown).as_pil_image()
    assert picture.tobytes() == Image.open(BytesIO(png(pieces))).tobytes()


def test_the_same_poster_is_the_same_file_at_any_time(faces: Faces) -> None:
    made = []
    for day in ("2026-03-02", "2031-11-20"):
        with time_machine.travel(f"{day}T08:00:00+00:00"):
            pieces = lay_out(_poster(), faces)
            made.append((png(pieces), pdf(pieces)))
    assert made[0] == made[1]


@pytest.mark.parametrize("fonts", ["", "<dir>/usr/share/fonts/truetype/dejavu</dir>"])
def test_without_a_font_for_chinese_the_mend_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fonts: str
) -> None:
    (tmp_path / "fonts.conf").write_text(f"<fontconfig>{fonts}<cachedir>{tmp_path}</cachedir></fontconfig>", "utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    with pytest.raises(FontMissing, match="apt-get install fontconfig fonts-noto-cjk"):
        find_faces()


def test_without_fontconfig_the_mend_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FontMissing, match="apt-get install fontconfig"):
        find_faces()
