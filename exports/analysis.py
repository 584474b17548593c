"""The monthly data analysis of a committee, as DOCX for its meeting."""

import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

LATIN, SONG, HEI = "Times New Roman", "SimSun", "SimHei"  # what office papers are set in; others replace them
SIZES = {"Title": 20, "Subtitle": 12, "Heading 1": 15, "Normal": 12, "Caption": 10.5, "Footer": 9}  # points
LONGEST_PROPERTY = 255  # characters
_NOT_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST_DOTS = 1600  # of a photo, along its longer side
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip file can tell


@dataclass(frozen=True, slots=True)
class Table:
    """Figures as they are shown, each row as long as the header."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading; each sentence is a paragraph, each of the `pictures` (of any format) a photo below."""

    heading: str
    sentences: tuple[str, ...]
    table: Table | None = None
    pictures: "tuple[Picture, ...]" = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and the words for who does not see it."""

    png: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an analysis says: all texts as they are printed, in this order; `made` is when."""

    title: str
    committee: str
    month: str
    authors: tuple[str, ...]
    sections: tuple[Section, ...]
    figures: Table | None
    picture: Picture | None
    made: datetime


def document(analysis: Analysis) -> bytes:
    """The analysis as DOCX on A4, the same bytes for the same analysis."""
    from docx import Document  # the bot need not carry it where documents are made in a process of their own
    from docx.shared import Mm

    made = Document()
    _describe(made, analysis)
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(26)
    page.top_margin = page.bottom_margin = Mm(25)
    _number_pages(page.footer.paragraphs[0])
    for name, size in SIZES.items():
        _set_font(made.styles[name], size, HEI if name in ("Title", "Heading 1") else SONG)

    _write(made, analysis.title, "Title")
    _write(made, f"{analysis.committee}  {analysis.month}", "Subtitle")
    for author in analysis.authors:
        _write(made, author)
    if analysis.figures:
        _add_table(made, analysis.figures)
    if analysis.picture:
        _add_picture(made, analysis.picture)
    for section in analysis.sections:
        _write(made, section.heading, "Heading 1")
        for sentence in section.sentences:
            _write(made, sentence)
        if section.table:
            _add_table(made, section.table)
        for photo in section.pictures:
            _add_picture(made, _small(photo))
    file = BytesIO()
    made.save(file)
    return _without_times(file)


def _clean(text: str) -> str:
    """The text without what no XML may hold: people paste anything into a chat."""
    return _NOT_XML.sub("", text)


def _write(made: Any, text: str, style: str | None = None) -> Any:
    return made.add_paragraph(_clean(text), style)


def _add_picture(made: Any, picture: Picture) -> None:
    from docx.shared import Mm

    shape = made.add_picture(BytesIO(picture.png), Mm(120))
    if shape.height > Mm(200):
        shape.width, shape.height = round(shape.width * Mm(200) / shape.height), Mm(200)
    shape._inline.docPr.set("descr", _clean(picture.words))


def _small(photo: Picture) -> Picture:
    """A photo as it is printed: a JPEG, since documents do not take every format, of no more dots than paper shows."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(photo.png)) as read:
        shown = ImageOps.exif_transpose(read).convert("RGB")
    shown.thumbnail((MOST_DOTS, MOST_DOTS))
    file = BytesIO()
    shown.save(file, "JPEG", quality=80)
    return Picture(file.getvalue(), photo.words)


def _describe(made: Any, analysis: Analysis) -> None:
    about = made.core_properties
    about.author = about.last_modified_by = _clean(analysis.committee)[:LONGEST_PROPERTY]
    about.title, about.comments, about.revision = _clean(analysis.title)[:LONGEST_PROPERTY], "", 1
    about.created = about.modified = analysis.made.astimezone(UTC).replace(tzinfo=None)


def _set_font(style: Any, size: float, chinese: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.italic = LATIN, Pt(size), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]  # a theme's font would come before the one named here
    fonts.set(qn("w:eastAsia"), chinese)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")  # else the punctuation may be set as in Taiwan
    style.element.rPr.append(language)


def _add_table(made: Any, table: Table) -> None:
    from docx.oxml import OxmlElement

    _write(made, table.caption, "Caption").paragraph_format.keep_with_next = True
    grid = made.add_table(0, len(table.header), "Table Grid")
    for number, texts in enumerate((table.header, *table.rows)):
        row = grid.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if number == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # again on each page
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(_clean(text)).bold = number == 0 or None
    made.add_paragraph()


def _number_pages(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _without_times(file: BytesIO) -> bytes:
    """The same document, whose parts do not tell when they were packed."""
    packed = BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EARLIEST), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
