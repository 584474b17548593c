"""What a poster says, for which places there is one, and where its QR code leads."""

import re
from pathlib import Path

import pytest

from bot.poster import PosterRefused, compose
from chat.texts import LANGUAGES
from exports.faces import find_faces
from exports.poster import Line, lay_out
from models.database import Database


def _said(db: Database, *languages: str, numbers: str = "110 / 119 / 120") -> str:
    pieces = lay_out(compose(db, "NY", "linli_bot", numbers, languages), find_faces())
    return "\n".join(piece.text for piece in pieces if isinstance(piece, Line))


def test_the_link_names_the_committee_by_its_row(db: Database, roster: list[Path]) -> None:
    place = db.one("select id from place where code = 'NY'")
    assert place is not None
    link = compose(db, "NY", "linli_bot", "110", ["zh"]).link
    assert link == f"https://t.me/linli_bot?start=tip-{place['id']}"
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", link.partition("=")[2])  # what Telegram lets through
    with db.transaction():
        db.execute("update place set code = 'NANYUAN', name = '南苑新社区' where id = ?", (place["id"],))
    assert compose(db, "NANYUAN", "linli_bot", "110", ["zh"]).link == link


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["有人做了什么", "匿名", "查询码", "不受理", "某人是什么人", "停车", "Telegram 自己仍知道"]),
        ("en", ["What somebody did", "anonymous", "receipt code", "Not taken here", "Who somebody is", "parking"]),
    ],
)
def test_the_poster_says_what_the_bot_is_and_is_not_for(
    db: Database, roster: list[Path], language: str, words: list[str]
) -> None:
    for languages in ([language], list(LANGUAGES)):
        said = _said(db, *languages, numbers="999 / 112")
        assert said.splitlines()[:2] == ["青溪镇", "南苑社区"]
        assert "999\u00a0/\u00a0112" in said and "110" not in said  # the number of the settings and no other
        assert not [word for word in words if word not in said.replace("\n", " " if language == "en" else "")]


def test_english_is_set_in_plain_marks(db: Database, roster: list[Path]) -> None:
    """Fonts for Chinese draw curly quotes as wide as a character."""
    assert "".join(_said(db, "en").splitlines()[2:]).replace("\u00a0", " ").isascii()


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("ZZ", "unknown place ZZ; import it first"),
        ("TOWN", "TOWN is of kind town; a poster belongs to a committee"),
        ("NY-1", "NY-1 is of kind area; a poster belongs to a committee"),
        ("NY", "the committee NY was removed"),
    ],
)
def test_places_without_a_poster(db: Database, roster: list[Path], place: str, says: str) -> None:
    with db.transaction():
        db.execute("update place set active = 0 where code = 'NY'")
    with pytest.raises(PosterRefused, match=says):
        compose(db, place, "linli_bot", "110", ["zh"])
