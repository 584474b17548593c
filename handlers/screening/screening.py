"""Screens a free text: does it single somebody out for who they are, rather than tell what they did?

What is known about words lives in `rules.toml`; here is only how it is read. A text is brought to a plain
form (no tricks of width, spacing or signs), then scanned once for hanzi and once for Latin words. Innocent
phrases (a road, a dish, a hospital) are part of the same scan and, being tried first, use up the word they hold.
A group named as the *target* of an act is spared too.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any


class Ground(StrEnum):
    """What nobody may be reported for (scope.md, points 1 and 4)."""

    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    ORIGIN = "origin"
    MIGRANT = "migrant"
    HEALTH = "health"
    POLITICS = "politics"
    SEXUALITY = "sexuality"
    NO_PAPERS = "no_papers"


@dataclass(frozen=True, slots=True)
class Finding:
    """The ground, and the words in which it was given."""

    ground: Ground
    words: str


_RULES: dict[str, Any] = tomllib.loads((files(__package__) / "rules.toml").read_text("utf-8"))
_FOLD = str.maketrans(_RULES["fold"]["from"], _RULES["fold"]["to"])

_MARKS = re.compile(
    r"[^\w\s\x00-\x7f\u2010-\u200a\u2010-\u2027\u2030-\u205e\u2190-\u2bff\u3000-\u303f\uff00-\uffef\U0001f000-\U0001faff]+"
)
_STOPS = re.compile(r"[.,](?=\s|$)|[,;!?:。、\n]")
_NOISE = re.compile(r"[^\w,]+|_+")
_LOOSE = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
_SPELLED = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z]){2,}(?![a-z0-9])")


def _plain(text: str) -> str:
    """Lower case, simplified, unaccented; `,` between clauses; one space between Latin words and nowhere else."""
    text = unicodedata.normalize("NFKD", _MARKS.sub("", text))
    text = _MARKS.sub("", text).casefold().translate(_FOLD)
    text = _NOISE.sub(" ", _STOPS.sub(",", text))
    return _SPELLED.sub(lambda spelled: spelled[0].replace(" ", ""), _LOOSE.sub("", text))


def _scanner(script: str, before: str, after: str) -> re.Pattern[str]:
    """All rules of a script as one pattern. A rule begins with a plain character, so most places fail at once."""
    kinds = {
        kind: [_filled(word) for rule in _RULES[kind] for word in _words(rule, script)] for kind in ("spare", *Ground)
    }
    firsts = "".join(sorted({word[0] for words in kinds.values() for word in words}))
    branches = "|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in kinds.items() if words)
    return re.compile(f"(?=[{firsts}]){before}(?:{branches}){after}")


def _words(rule: dict[str, Any], script: str) -> Iterator[str]:
    names = [name for key in rule.get("of", ()) for name in _RULES["names"][key]] + rule.get(script, [])
    for word in names:
        if word[0].isascii() == (script == "latin"):
            yield word + rule.get("then", "")
