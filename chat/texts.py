"""Every text a person reads, from `locales/`, in their language."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern

LOCALES = Path(__file__).parent.parent / "locales"
LANGUAGES = ("zh", "en")


_BEGINNING = re.compile(r"^(?=[a-z][A-Za-z0-9_-]* =)", re.MULTILINE)


@cache
def _written(language: str) -> dict[str, str]:
    """The texts as they stand in the files, by name. Each is parsed when it is first said: all would slow the start."""
    source = "\n".join(file.read_text(encoding="utf-8") for file in sorted((LOCALES / language).glob("*.ftl")))
    return {entry.partition(" ")[0]: entry for entry in _BEGINNING.split(source)[1:]}


@cache
def _bundle(language: str) -> FluentBundle:
    return FluentBundle([language], use_isolating=False)


@cache
def _pattern(language: str, name: str) -> Pattern:
    bundle = _bundle(language)
    bundle.add_resource(FluentResource(_written(language)[name]))
    pattern = bundle.get_message(name).value
    if pattern is None:
        raise KeyError(name)
    return pattern


@lru_cache(maxsize=4096)
def _formatted(language: str, name: str, arguments: tuple[tuple[str, str | int], ...]) -> str:
    text, errors = _bundle(language).format_pattern(_pattern(language, name), dict(arguments))
    if errors:
        raise errors[0]
    return str(text)


def nearest(language: str) -> str:
    """The language of the screen for a phone's language: Chinese unless the phone says otherwise."""
    return language if language in LANGUAGES else ("zh" if language.startswith("zh") else "en")


def listed(language: str, things: Iterable[str]) -> str:
    """Things one after another, as the language writes a list."""
    return text(language, "list-separator").join(things)


def text(language: str, name: str, /, **arguments: str | int) -> str:
    """The text `name` in `language`. Raises KeyError for an unknown name, so that a test finds it."""
    return _formatted(language, name, tuple(arguments.items()))
