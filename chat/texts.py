"""Every text a person reads, from `locales/`, in their language."""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

LOCALES = Path(__file__).parent.parent / "locales"
LANGUAGES = ("zh", "en")


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted((LOCALES / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


@lru_cache(maxsize=4096)
def _formatted(language: str, name: str, arguments: tuple[tuple[str, str | int], ...]) -> str:
    bundle = _bundle(language)
    pattern = bundle.get_message(name).value
    if pattern is None:
        raise KeyError(name)
    text, errors = bundle.format_pattern(pattern, dict(arguments))
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
