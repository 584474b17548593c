"""Every text is there in both languages, and every text is used."""

import re
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from chat.texts import LANGUAGES, LOCALES, text
from handlers import dispatch  # noqa: F401  # declares every conversation
from handlers.form_card import CONVERSATIONS

ROOT = Path(__file__).parents[2]
_NAME = re.compile(r"^([a-z][A-Za-z0-9_-]*) =", re.M)
_ARGUMENT = re.compile(r"\$(\w+)")


def _texts(language: str) -> dict[str, set[str]]:
    source = "\n".join(file.read_text("utf-8") for file in sorted((LOCALES / language).glob("*.ftl")))
    parts = _NAME.split(source)
    return {name: set(_ARGUMENT.findall(body)) for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def test_both_languages_have_the_same_texts_with_the_same_arguments() -> None:
    assert _texts("zh") == _texts("en")


def test_each_text_is_read_alone_as_it_is_read_among_all() -> None:
    for language in LANGUAGES:
        everything = FluentBundle([language], use_isolating=False)
        for file in (LOCALES / language).glob("*.ftl"):
            everything.add_resource(FluentResource(file.read_text("utf-8")))
        arguments = {name: name for names in _texts(language).values() for name in names}
        for name in _texts(language):
            pattern = everything.get_message(name).value
            assert pattern is not None
            assert text(language, name, **arguments) == everything.format_pattern(pattern, arguments)[0]


def test_no_text_is_missing_and_none_is_unused() -> None:
    code = "\n".join(
        file.read_text("utf-8") for room in ("handlers", "bot", "chat") for file in sorted((ROOT / room).rglob("*.py"))
    )
    written = set(re.findall(r"""["']([a-z][a-z0-9_]*(?:-[A-Za-z0-9_]+)+)["']""", code))
    # f"outcome-{…}" and its like: every text with such a beginning counts as used.
    beginnings = set(re.findall(r"""["']([a-z_]+(?:-[a-z_]+)*-)(?:\{|["'])""", code)) | {f"{n}-" for n in CONVERSATIONS}
    texts = set(_texts("zh"))
    assert not {n for n in written if n.split("-")[0] in {t.split("-")[0] for t in texts}} - texts
    assert not {t for t in texts if t not in written and not t.startswith(tuple(beginnings))} - {"keep"}


def test_no_chinese_stands_in_the_code() -> None:
    allowed = {
        "bot/demo.py",
        "bot/__main__.py",
        "workload/numerals.py",
        "bot/history.py",
        "bot/history_periods.py",
        "bot/calendar_import.py",
        "workload/buildings.py",
    }  # what it reads, not what it says
    for room in ("handlers", "bot", "alerts", "exports", "models", "platforms", "reminders", "workload"):
        for file in sorted((ROOT / room).rglob("*.py")):
            name = str(file.relative_to(ROOT))
            if name in allowed or "screening" in name:
                continue
            strings = [line for line in file.read_text("utf-8").splitlines() if re.search(r"[一-鿿]", line)]
            assert not strings, f"{name}: {strings[0]}"
