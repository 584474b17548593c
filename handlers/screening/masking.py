"""Masks the numbers by which a person could be found: identity papers, passports and telephones."""

import re
import unicodedata

SIGN = "▇▇▇"

# One character for one character: a span in the folded text is the same span in the original.
_FOLD: dict[int, str] = {
    c: str(d) for c in range(0x80, 0x1FC00) if (d := unicodedata.digit(chr(c), None)) is not None
} | {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_NUMERALS = _FOLD | {
    ord(numeral): digit
    for numeral, digit in zip("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789", strict=True)
}

_ANY = re.compile(f"[0-9{re.escape(''.join(map(chr, _NUMERALS)))}]")

_GAP = r"[\s.·_\-‐‑–—\u200b-\u200f\u2060\ufeff]{0,2}"  # what people put between digits
_AREA = r"(?:10|2[0-57-9]|[3-9][0-9]{2})"
_PATTERNS = re.compile(
    rf"""
    (?P<mobile> (?<![0-9]) (?:(?:\+|00)?86{_GAP})? 1{_GAP}[3-9](?:{_GAP}[0-9]){{9}} (?![0-9]) )
    |(?P<identity> (?<![0-9]) [1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9X] (?![0-9]) | (?<![0-9])[1-9][0-9]{{14}}(?![0-9]) )
    |(?P<landline> (?<![0-9.]) (?: \(0{_AREA}\)[ ]? | (?:\+|00)86[ -]?0?{_AREA}[ -]? | 0{_AREA}[ -]? )
        [2-8][0-9]{{2,3}}[ -]?[0-9]{{4}} (?:(?:-|\s?转\s?)[0-9]{{1,5}})? (?![0-9]) )
    |(?P<abroad> \+[1-9](?:[ -]?[0-9]){{8,13}} (?![0-9]) )
    |(?P<passport> (?<![A-Z0-9]) (?: [DEGKPS][0-9]{{8}} | [DEPS][A-Z][0-9]{{7}} | [HM][0-9]{{8}}(?:[0-9]{{2}})?
        | [A-Z]{{3}}[0-9]{{12}} ) (?![A-Z0-9]) )
    |(?P<named> (?:身份证|护照|通行证|居留证|证件|passport|id[ ]card|id[ ]no) (?:号码?|[ ]?number|[ ]?no\.?)?
        [ :是为]{{0,3}}
        (?P<number> (?=[A-Z]{{0,4}}[0-9]{{5}})[A-Z0-9]{{6,18}} ) (?![A-Z0-9]) )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_CARD = re.compile(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-9])[0-9]{4}"  # where it was issued
    r"(?:(?P<long>(?:19|20)[0-9]{2})|[0-9]{2})(?P<day>(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))[0-9]{3}(?(long)[0-9X])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DICTATED = {
    (11,),
    (3, 4, 4),
    (4, 3, 4),
    (4, 4, 3),
    (3, 3, 5),
    (3, 8),
    (5, 6),
    (5, 3, 3),
    (3, 2, 2, 2, 2),
    (1,) * 11,
}
_PLAIN = re.compile(r"[^0-9X]", re.IGNORECASE)


def mask(text: str) -> str:
    """The text with every such number replaced by a sign that keeps nothing of it."""
    return _mask(_mask(text, _FOLD), _NUMERALS) if _ANY.search(text) else text


def _mask(text: str, fold: dict[int, str]) -> str:
    """One pass, reading the digits as `fold` does: numerals come second, lest 一 in a sentence join a number."""
    kept: list[str] = []
    end = 0
    for match in _PATTERNS.finditer(text.translate(fold)):
        if _means_a_person(match):
            start, stop = match.span("number" if match["named"] else 0)
            kept += text[end:start], SIGN
            end = stop
    return "".join(kept) + text[end:]


def _means_a_person(match: re.Match[str]) -> bool:
    if match["mobile"]:
        groups = tuple(map(len, re.findall(r"[0-9]+", match["mobile"])))
        return any(groups[-len(form) :] == form for form in _DICTATED) or match["mobile"].startswith(
            ("+", "86", "0086")
        )
    if match["identity"]:
        number = _PLAIN.sub("", match["identity"]).upper()
        return _CARD.fullmatch(number) is not None or (len(number) == 18 and _checks(number))
    return True


def _checks(number: str) -> bool:
    """Whether the last place of an 18-place identity number follows from the others (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return "10X98765432"[total % 11] == number[-1]
