"""Screens a free text: does it single somebody out for who they are, rather than tell what they did?

What is known about words lives in `rules.toml`; here is only how it is read. A text is brought to a plain
form (no tricks of width, spacing or signs), then scanned once. Innocent phrases (a road, a dish, a hospital)
are part of the same scan and, being tried first, use up the word they hold. A group named as the *target* of an
act is spared too.
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

# Signs that are neither letters nor punctuation anybody types: joiners, directions, combining marks.
_MARKS = re.compile(
    r"[^\w\s\x00-\x7f\u2010-\u2027\u2030-\u205e\u2190-\u2bff\u3000-\u303f\uff00-\uffef\U0001f000-\U0001faff]+"
)
_STOPS = re.compile(r"[.,](?=\s|$)|[,;!?:。、\n]")
_NOISE = re.compile(r"[^\w,]+|_+")
_LOOSE = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
_SPELLED = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z]){2,}(?![a-z0-9])")


def _plain(text: str) -> str:
    """Lower case, simplified, unaccented; `,` between clauses; one space between Latin words and nowhere else."""
    # Marks go first: a long run of them would make the normalisation itself quadratic.
    text = unicodedata.normalize("NFKD", _MARKS.sub("", text))
    text = _MARKS.sub("", text).casefold().translate(_FOLD)
    text = _LOOSE.sub("", _NOISE.sub(" ", _STOPS.sub(",", text)))
    return _SPELLED.sub(lambda spelled: spelled[0].replace(" ", ""), text)


def _filled(pattern: str) -> str:
    """The pattern with `<key>` replaced by any of the names under that key."""
    return re.sub(r"<(\w+)>", lambda key: f"(?:{'|'.join(_RULES['names'][key[1]])})", pattern)


def _words(kind: str) -> Iterator[str]:
    for rule in _RULES[kind]:
        for word in (
            *rule.get("any", ()),
            *(name for key in rule.get("of", ()) for name in _RULES["names"][key]),
        ):
            yield _filled(word + rule.get("then", ""))


def _rules() -> dict[str, re.Pattern[str]]:
    """All rules by the plain character they begin with; of those, the spare ones are tried first."""
    rules: dict[str, dict[str, list[str]]] = {}
    for kind in ("spare", *Ground):
        for word in _words(kind):
            rules.setdefault(word[0], {}).setdefault(kind, []).append(word)
    return {
        first: re.compile(
            "(?:"
            + "|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in kinds.items())
            + ")"
            + ("(?![a-z])" if first.isascii() else "")
        )
        for first, kinds in rules.items()
    }


_AT = _rules()
_FIRST = re.compile(
    f"[{''.join(filter(str.isascii, _AT))}](?<![a-z0-9].)|[{''.join(c for c in _AT if not c.isascii())}]"
)
_BEFORE = re.compile("|".join(f"(?:{_filled(pattern)})$" for pattern in _RULES["target"]["before"]))
_AFTER = re.compile("|".join(map(_filled, _RULES["target"]["after"])))
_TOWARD = re.compile(f"(?:{_filled(_RULES['target']['toward'])})$")
_DONE = re.compile(_filled(_RULES["target"]["done"]))
_REACH = 48  # characters on either side in which a target is told


def _is_target(text: str, start: int, end: int) -> bool:
    """Whether the group named at `start:end` is the one to whom something is done, or the writer's own."""
    left, right = max(0, start - _REACH), end + _REACH
    return bool(
        _BEFORE.search(text, left, start)
        or _AFTER.match(text, end, right)
        or (_TOWARD.search(text, left, start) and _DONE.match(text, end, right))
    )


def screen(text: str) -> Finding | None:
    """The first ground on which somebody is singled out for who they are, or None."""
    plain = _plain(text)
    end = 0
    for first in _FIRST.finditer(plain):
        if first.start() < end or not (match := _AT[first[0]].match(plain, first.start())):
            continue
        end = match.end()
        kind = match.lastgroup or "spare"
        if kind != "spare" and not _is_target(plain, first.start(), end):
            return Finding(Ground(kind), _as_written(match[0], text))
    return None


def _as_written(words: str, text: str) -> str:
    """The words as the writer has them, where they stand in the text unaltered but for case."""
    found = re.search(re.escape(words), text, re.IGNORECASE)
    return found[0] if found else words
