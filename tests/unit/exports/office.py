"""LibreOffice, where it is installed: a second program that opens what is made here."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needed = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def converted(content: bytes, suffix: str, to: str, folder: Path) -> bytes:
    """The file as LibreOffice writes it in another format."""
    source = folder / f"made.{suffix}"
    source.write_bytes(content)
    asked = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to]
    subprocess.run(
        [SOFFICE or "", *asked, "--outdir", str(folder / "out"), str(source)],
        check=True,
        timeout=100,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    [made] = (folder / "out").iterdir()
    return made.read_bytes()
