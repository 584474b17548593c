"""Screens a free text: does it single somebody out for who they are, rather than tell what they did?

What is known about words lives in `rules.toml`; here is only how it is read. A text is brought to a plain
form (no tricks of width, spacing, sound or signs), then scanned once. Innocent phrases (a road, a dish, a hospital)
are part of the same scan and, being tried first, use up the word they hold. A group named as the *target* of an
act is spared too, and so is one who needs help, or is named in what others are quoted to have shouted. Where an act is
told, hints and some grounds are said only by the way; where none is told, to ask that somebody be watched is a ground.
An act that did not happen, is only feared or is asked for by the writer, is none.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Ground(StrEnum):
    """What nobody may be reported for (scope.md, points 1 and 4), or only to be watched (point 2)."""

    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    ORIGIN = "origin"
    MIGRANT = "migrant"
    HEALTH = "health"
    POLITICS = "politics"
    SEXUALITY = "sexuality"
    NO_PAPERS = "no_papers"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Finding:
    """The ground, and the words in which it was given."""

    ground: Ground
    words: str


_RULES: dict[str, Any] = tomllib.loads((files(__package__) / "rules.toml").read_text("utf-8"))
_FOLD = dict(zip(_RULES["fold"]["from"], _RULES["fold"]["to"], strict=True))
_FOLDED = re.compile(f"[{''.join(_FOLD)}]")
_ALIKE = {one: (*alike, sound) for sound, alike in _RULES["sounds"].items() for one in alike}

# Signs that are neither letters nor punctuation anybody types: joiners, directions, combining marks.
_MARKS = re.compile(
    r"[^\w\s\x00-\x7f\u2010-\u2027\u2030-\u205e\u2190-\u2bff\u3000-\u303f\uff00-\uffef\U0001f000-\U0001faff]+"
)
_STOPS = re.compile(r"(?<! )[.,](?=\s|$)|[,;!?:。、\n]")
_NOISE = re.compile(r"[^\w,]+|_+")
_LOOSE = re.compile(r" (?<![a-z0-9] )| (?![a-z0-9])")
_CUT = re.compile(r",([一-鿿]),")  # one character alone between stops: a word cut up
_LEET = re.compile(f"[{re.escape(''.join(_RULES['leet']))}](?<=[a-z].)(?=[a-z])")
_SPELLED = re.compile(r"[a-z](?<![a-z0-9].)(?: [a-z]){2,}(?![a-z0-9])")


def _plain(text: str) -> str:
    """Lower case, simplified, unaccented; `,` between clauses; one space between Latin words and nowhere else."""
    # Marks go first: a long run of them would make the normalisation itself quadratic.
    text = unicodedata.normalize("NFKD", _MARKS.sub("", text))
    text = _MARKS.sub("", text).casefold()
    text = _FOLDED.sub(lambda one: _FOLD[one[0]], text)
    for broken, whole in _RULES["mended"].items():
        text = text.replace(broken, whole)
    text = _LEET.sub(lambda sign: str(_RULES["leet"][sign[0]]), text)
    text = _LOOSE.sub("", _NOISE.sub(" ", _CUT.sub(r"\1", _STOPS.sub(",", text))))
    return _SPELLED.sub(lambda spelled: spelled[0].replace(" ", ""), text)


def _filled(pattern: str) -> str:
    """The pattern with `<key>` replaced by any of the names under that key."""
    return re.sub(r"<(\w+)>", lambda key: f"(?:{_filled('|'.join(_RULES['names'][key[1]]))})", pattern)


def _heard(term: str) -> Iterator[str]:
    """The term in each spelling of its first character, the others taken in any."""
    rest = "".join(
        f"(?:[{''.join(_ALIKE[one][:-1])}]| ?{_ALIKE[one][-1]})" if one in _ALIKE else one for one in term[1:]
    )
    for first in _ALIKE.get(term[0], term[0]):
        yield first + rest


def _close(pattern: str) -> int:
    """Where the group or class that opens the pattern is closed."""
    if pattern[0] == "[":
        return pattern.index("]", 2)
    depth = 0
    for sign in re.finditer(r"\\.|\[[^]]+\]|[()]", pattern):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if not depth:
            return sign.start()
    raise ValueError(pattern)


_RANGE = re.compile("(.)-(.)")


def _firsts(pattern: str) -> set[str]:
    """The characters a match can begin with."""
    firsts: set[str] = set()
    pattern = pattern.removeprefix("\\b")
    while True:
        end = _close(pattern) if pattern[0] in "([" else 0
        if pattern[:3] in {"(?<", "(?!", "(?="}:
            pattern = pattern[end + 1 :]
            continue
        if pattern[0] == "\\":
            raise ValueError(pattern)  # what it stands for cannot be told by looking
        if pattern[0] == "[":
            firsts |= set(
                _RANGE.sub(lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))), pattern[1:end])
            )
        elif pattern[0] == "(":
            firsts |= set().union(*map(_firsts, _choices(pattern[3:end])))
        else:
            firsts.add(pattern[0])
        if pattern[end + 1 : end + 2] not in {"?", "*"}:
            return firsts
        pattern = pattern[end + 2 :]


def _choices(pattern: str) -> list[str]:
    """The pattern cut at the `|` of its outermost level."""
    cuts, at = [-1], 0
    while at < len(pattern):
        if pattern[at] in "([":
            at += _close(pattern[at:])
        elif pattern[at] == "|":
            cuts.append(at)
        at += 1
    return [pattern[cut + 1 : end] for cut, end in zip(cuts, (*cuts[1:], len(pattern)), strict=True)]


_TWO_PLAIN = re.compile("[a-z一-鿿]{2}(?![?*{|])")


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    is_hint: bool
    word: re.Pattern[str]
    then: re.Pattern[str]


def _keys(word: str) -> set[str]:
    """Where the word is looked up: by its first two characters if those are plain to see, else by its first."""
    if _TWO_PLAIN.match(word):
        return {word[:2]}
    if word.startswith("(?:") and word[(end := _close(word)) + 1 : end + 2] not in {"?", "*"}:
        return set().union(*map(_keys, _choices(word[3:end])))
    return _firsts(word)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One rule as it is written: the words it begins with, by their keys, and what must follow."""

    kind: str
    is_hint: bool
    words: dict[str, list[str]]
    then: str

    def rule(self, key: str) -> _Rule | None:
        words = self.words.get(key, []) + (self.words.get(key[0], []) if len(key) > 1 else [])
        if not words:
            return None
        edge = "(?![a-z])" if key[0].isascii() else ""
        longest = "|".join(sorted(dict.fromkeys(words), key=len, reverse=True))
        word = f"(?:{longest})" + ("" if self.then else edge)
        return _Rule(self.kind, self.is_hint, _compiled(word), _compiled(self.then and f"(?:{self.then}){edge}"))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern over Latin words: a Chinese character next to one is where it ends."""
    return re.compile(pattern, re.ASCII)


def _entry(kind: str, rule: dict[str, Any], is_hint: bool) -> _Entry:
    terms = (*rule.get("heard", ()), *(name for key in rule.get("of", ()) for name in _RULES["names"][key]))
    words: dict[str, list[str]] = {}
    for pattern in (*map(_filled, rule.get("any", ())), *(said for term in terms for said in _heard(term))):
        for word in _choices(pattern):
            for key in _keys(word):
                words.setdefault(key, []).append(word)
    return _Entry(kind, is_hint, words, _filled(rule.get("then", "")))


_LEXICON = (
    # what is spared goes first
    *(_entry(kind, rule, False) for kind in ("spare", *Ground) for rule in _RULES.get(kind, ())),
    *(_entry(rule["ground"], rule, True) for rule in _RULES["hint"]),
)
_KEYS = frozenset(key for entry in _LEXICON for key in entry.words)


@cache
def _at(key: str) -> tuple[re.Pattern[str], list[_Rule]]:
    """The rules under a key, and whether any of them can match: most words are let go by that one look.

    They are made when the key is first met: all of them at once would hold up the start by seconds.
    """
    rules = [rule for entry in _LEXICON if (rule := entry.rule(key))]
    return _compiled("|".join(rule.word.pattern for rule in rules)), rules


_FIRSTS = {key[0] for key in _KEYS}
_FIRST = re.compile(
    f"[{''.join(filter(str.isascii, _FIRSTS))}](?<![a-z0-9].)|[{''.join(c for c in _FIRSTS if not c.isascii())}]"
)
_BEFORE = re.compile("|".join(f"(?:{_filled(pattern)})$" for pattern in _RULES["target"]["before"]))
_AFTER = re.compile("|".join(map(_filled, _RULES["target"]["after"])))
_AROUND = [
    (re.compile(f"(?:{_filled(before)})$"), re.compile(_filled(after))) for before, after in _RULES["target"]["around"]
]


def _any(words: list[str]) -> re.Pattern[str]:
    """Any of the words, tried only where one can begin: most of a text is let go by that look."""
    pattern = "|".join(map(_filled, words))
    return re.compile(f"(?=[{''.join(set().union(*map(_firsts, _choices(pattern))))}])(?:{pattern})")


_QUOTED = re.compile('[“"「『]([^“”"「」『』]{1,40})[”"」』]')
_QUOTED_BEHIND = re.compile(f"(?i:{'|'.join(_RULES['quoted']['behind'])})[^,.，。;；\\n]{{0,16}}$")
_BY_THE_WRITER = re.compile(_RULES["quoted"]["by_the_writer"], re.IGNORECASE)
_QUOTED_GROUNDS = frozenset(_RULES["quoted"]["grounds"])
_HELP = [(frozenset(rule["grounds"]), _any(rule["words"])) for rule in _RULES["help"]]
_IDLE = _any(_RULES["acts"]["idle"])
_ACT, _BLAME = _any(_RULES["acts"]["words"]), _any(_RULES["blame"]["words"])
_BESIDE = frozenset(_RULES["acts"]["beside"])  # grounds that, once an act is told, are said only by the way
_ASKED, _WHOM, _BEHAVIOUR = (_any(_RULES["asked"][key]) for key in ("words", "whom", "unless"))
_REACH = 48  # characters on either side in which a target, or the need for help, is told


def _is_for_help(text: str, kind: str, start: int, end: int) -> bool:
    """Whether somebody needs help between `start` and `end`, so that this ground is no accusation."""
    return any(kind in grounds and words.search(text, start, end) for grounds, words in _HELP)


def _is_spared(text: str, kind: str, start: int, end: int) -> bool:
    """Whether what is named at `start:end` is the one to whom something is done, the writer's own, or needs help."""
    left, right = max(0, start - _REACH), end + _REACH
    return bool(
        _BEFORE.search(text, left, start)
        or _AFTER.match(text, end, right)
        or any(before.search(text, left, start) and after.match(text, end, right) for before, after in _AROUND)
        or _is_for_help(text, kind, left, right)
    )


def _named(text: str) -> Iterator[tuple[_Rule, int, int]]:
    """Each word that is named, by the rule that knows it, and where."""
    end = 0
    for first in _FIRST.finditer(text):
        start = first.start()
        key = two if (two := text[start : start + 2]) in _KEYS else first[0]
        if start < end or key not in _KEYS:
            continue
        any_word, rules = _at(key)
        for rule in rules if any_word.match(text, start) else ():
            if (word := rule.word.match(text, start)) and (then := rule.then.match(text, word.end())):
                end = then.end()
                yield rule, start, end
                break


def _quoted(text: str) -> tuple[str, str]:
    """What the text quotes others to have shouted or written, and what its writer says or asks to be said."""
    others: list[str] = []
    own: list[str] = []
    for quote in _QUOTED.finditer(text):
        left, start = max(0, quote.start() - _REACH), quote.start()
        if _QUOTED_BEHIND.search(text, left, start):
            (own if _BY_THE_WRITER.search(text, left, start) else others).append(quote[1])
    return _plain("\n".join(others)), _plain("\n".join(own))


def screen(text: str) -> Finding | None:
    """The first ground on which somebody is singled out for who they are, or None."""
    plain = _plain(text)
    # Of the same length, so that it can be searched from where a word ends.
    told = _IDLE.sub(lambda idle: "," * len(idle[0]), plain)
    act = _ACT.search(told)
    is_blamed = bool(_BLAME.search(plain))
    quoted, own = _quoted(text)
    hint: Finding | None = None
    spared: set[str] = set()
    is_told_of_a_victim = False
    spared_to = -2
    for rule, start, end in _named(plain):
        words = plain[start:end]
        if rule.kind == "spare" or (rule.is_hint and (hint or act)):
            continue
        if rule.kind in _QUOTED_GROUNDS and words in quoted:
            is_told_of_a_victim = True
            continue
        if words not in own and (
            words in spared or start - spared_to in {0, 1} or _is_spared(plain, rule.kind, start, end)
        ):
            spared.add(words)  # who was a victim once is not accused by being named again, nor by a second word
            spared_to = end
            is_told_of_a_victim |= not rule.is_hint
            continue
        if rule.kind in _BESIDE and act and not is_blamed:
            if start < act.end() and act.start() < end:  # the words themselves are no act
                act = _ACT.search(told, end)
            if act:
                continue
        finding = Finding(Ground(rule.kind), _as_written(words, text))
        if not rule.is_hint:
            return finding
        hint = finding
    if hint or act or is_told_of_a_victim or _BEHAVIOUR.search(told) or not _WHOM.search(plain):
        return hint
    if _is_for_help(plain, Ground.WATCH, 0, len(plain)):
        return None
    asked = _ASKED.search(plain)
    return Finding(Ground.WATCH, _as_written(asked[0], text)) if asked else None


def _as_written(words: str, text: str) -> str:
    """The words as the writer has them, where they stand in the text unaltered but for case."""
    found = re.search(re.escape(words), text, re.IGNORECASE)
    return found[0] if found else words
