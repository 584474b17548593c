"""Papers: ordered here, gathered and made beside the conversations (bot.press), sent once, and gone after that.

What a paper says is gathered by a function of its kind, as a `Gathered`; `bot.press.GATHER` names them.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from chat.messages import Act, Fate, Outgoing, Receipt
from chat.texts import text
from handlers.desk import Desk, address_of
from models.database import Row
from models.paper import Paper, PaperKind

if TYPE_CHECKING:
    from exports.studio import Studio

KEPT = timedelta(days=1)  # that a paper may take to be made and sent
MOST = 20  # that are given up in one transaction
_PAPER = """
select paper.*, account.address, coalesce(account.language, person.language) as language
from paper join person on person.id = paper.person and person.active left join account on account.id = person.account
where paper.id = ?
"""
_UNDER_WAY = "select 1 from paper where kind = ? and person = ? and place is ? and coordinator is ? and period = ?"
_OLD = "select id from paper where ordered_at <= ? or ordered_at > ? order by id limit ?"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A paper that can be made: its file is called `name`, `words` stand below it; a picture is shown as one."""

    name: str
    words: str
    make: Callable[["Studio"], Awaitable[bytes]]
    picture: bool = False


# Of a paper as `load` gives it; None where whom it is for may not see it. Runs in a thread, with a connection to read.
Gather = Callable[[Desk, Row], Gathered | None]


def called(paper: int) -> str:
    """How messages name a paper."""
    return f"paper:{paper}"


def file_name(words: str) -> str:
    """Words as the name of a file, without what some system or other does not take."""
    return re.sub(r"[^\w.()-]+", "-", words).strip("-.")


def order(
    desk: Desk,
    kind: PaperKind,
    person: int,
    period: str,
    *,
    place: int | None = None,
    coordinator: int | None = None,
    waited_for: bool = True,
) -> bool:
    """A paper for this person; false where the same is under way already.

    Who waits for it, as they asked for it themselves, is told that it is being made.

    `period` is a month (2026-11) or a year (2026), of minutes the number of the meeting; whether the person may see
    what it is about is for the caller.
    """
    if desk.db.one(_UNDER_WAY, (kind.value, person, place, coordinator, period)):
        return False
    made = desk.db.insert(
        Paper, kind=kind.value, person=person, place=place, coordinator=coordinator, period=period, ordered_at=desk.now
    )
    if waited_for and (paper := load(desk, made)):
        _tell(desk, paper, "paper-being-made")
    desk.db.after_commit(desk.house.cabinet.ordered.set)
    return True


def load(desk: Desk, paper: int) -> Row | None:
    """A paper with the address (none: no account) and language of whom it is for; None where they are not staff."""
    return desk.db.one(_PAPER, (paper,))


def _tell(desk: Desk, paper: Row, words: str) -> None:
    """Its card, with these words."""
    if paper["address"]:
        language = paper["language"]
        body = text(language, words, what=text(language, f"paper-{paper['kind']}"))
        desk.show(address_of(paper["address"]), called(paper["id"]), body)


def bring(desk: Desk, paper: Row, gathered: Gathered) -> None:
    """What was made and kept goes out; the word that it was being made goes with that."""
    where, name = address_of(paper["address"]), called(paper["id"])
    kind = "photo" if gathered.picture else "document"
    desk.out.append(
        Outgoing(where, Act.FILE, gathered.words, file=name, kind=kind, name=gathered.name, about=name),
    )
    desk.out.append(Outgoing(where, Act.FORGET, card=name))


def give_up(desk: Desk, paper: int, why: str = "paper-failed") -> None:
    """There will be no such paper, and whoever asked for it is told `why` in words."""
    if row := load(desk, paper):
        _tell(desk, row, why)
    drop(desk, paper)


def drop(desk: Desk, paper: int) -> None:
    """A paper is kept no longer; its file goes once that is committed."""
    row = desk.db.one("select name from paper where id = ?", (paper,))
    desk.db.execute("delete from paper where id = ?", (paper,))
    if row is not None and row["name"]:
        desk.db.after_commit(partial(desk.house.cabinet.take_away, [row["name"]]))


def delivered(desk: Desk, about: str, receipt: Receipt) -> None:
    """What became of sending a paper: it goes; whom it did not reach hears so, where that can be said."""
    paper = int(about.rpartition(":")[2])
    if receipt.fate is Fate.REFUSED:
        give_up(desk, paper, "paper-not-sent")
    else:
        drop(desk, paper)


def sweep(desk: Desk) -> None:
    """What could not be made or sent for so long is given up. Called by the tick."""
    for row in desk.db.all(_OLD, (desk.now - KEPT, desk.now + KEPT, MOST)):
        give_up(desk, row["id"], "paper-not-sent")
