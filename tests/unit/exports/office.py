"""LibreOffice, where it is installed: a second program that opens what is made here."""

import shutil
import subprocess
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needed = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def converted(files: Mapping[str, bytes], to: str, folder: Path) -> dict[str, bytes]:
    """The files, by their names, as LibreOffice writes them in another format; one start of it for all."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    asked = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to]
    subprocess.run(
        [SOFFICE or "", *asked, "--outdir", str(folder / "out"), *(str(folder / name) for name in files)],
        check=True,
        timeout=100,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    suffix = f".{to.partition(':')[0]}"
    return {name: (folder / "out" / name).with_suffix(suffix).read_bytes() for name in files}


class Page(HTMLParser):
    """What LibreOffice wrote as HTML: all texts, and the cells of each table by rows."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.texts: list[str] = []
        self._in_cell = False
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        said = " ".join(data.split())
        if said and self._in_cell:
            self.tables[-1][-1][-1] += said
        elif said:
            self.texts.append(said)
