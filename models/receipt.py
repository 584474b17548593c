"""The receipt code by which whoever left a tip finds back to it: the only tie there is, known here only by its mark."""

import re
import secrets

from sqlmodel import Field, SQLModel

# No signs that look like others: no I, L, O, 0, 1. There are 31, a prime, so that one wrong sign, or two neighbours
# that changed places, always change the check sign.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10  # nine drawn, about 44 bits, and the check sign


class Receipt(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    report: int = Field(foreign_key="report.id", unique=True)
    mark: bytes = Field(unique=True)


def _check(drawn: str) -> str:
    return SIGNS[sum(place * SIGNS.index(sign) for place, sign in enumerate(drawn, start=1)) % len(SIGNS)]


def new_code() -> str:
    """A code, as it is written down: two groups of five."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))
    whole = drawn + _check(drawn)
    return f"{whole[:5]}-{whole[5:]}"


def plain(typed: str) -> str:
    """A code as it is known: no spaces or dashes, capitals."""
    return re.sub(r"[\s\-–—.·]", "", typed).upper()


def looks_like(typed: str) -> bool:
    """Whether somebody may have meant a code: ten letters and digits, and no ordinary word of ten small letters."""
    code = plain(typed)
    if not re.fullmatch(r"[0-9A-Z]{10}", code):
        return False
    return not code.isalpha() or typed.isupper() or "-" in typed or is_whole(typed)


def is_whole(typed: str) -> bool:
    """Whether the check sign fits: where not, it is a slip of the hand and no code at all."""
    code = plain(typed)
    if len(code) != LENGTH or any(sign not in SIGNS for sign in code):
        return False
    return code[-1] == _check(code[:-1])


def named(typed: str) -> str:
    """What is marked: the code with what it is, so that no mark of an account can be one of a code."""
    return f"receipt:{plain(typed)}"
