"""`linli` as a process of its own that need not load everything anew: it is forked off one that has."""

import multiprocessing
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

SECONDS = 60.0
_FORKS = multiprocessing.get_context("forkserver")
_LOADED = "__main__ runtime doctor importing inviting poster history_import calendar_import erasing backup keys"
_FORKS.set_forkserver_preload(["models.migration", __name__, *(f"bot.{name}" for name in _LOADED.split())])


@dataclass(frozen=True, slots=True)
class Done:
    """How it ended, and what it printed."""

    code: int
    out: str
    err: str


def _run(words: tuple[str, ...], folder: str, settings: dict[str, str], out: str, err: str) -> None:
    from bot.__main__ import main

    for number, name in ((1, out), (2, err)):
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(settings)
    os.chdir(folder)
    sys.argv = ["linli", *words]
    main()


def linli(words: tuple[str, ...], folder: Path, settings: dict[str, str]) -> Done:
    """Run it in this folder with these settings as its whole environment."""
    with tempfile.TemporaryDirectory() as scratch:
        out, err = Path(scratch) / "out", Path(scratch) / "err"
        process = _FORKS.Process(target=_run, args=(words, str(folder), settings, str(out), str(err)))
        process.start()
        process.join(SECONDS)
        assert process.exitcode is not None, f"{words} takes longer than {SECONDS} s"
        return Done(process.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))
