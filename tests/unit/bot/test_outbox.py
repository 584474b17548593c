"""The durable exit: one row for one message, marks only where a repeat must say so, and nothing lost to a busy disk."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import orjson
import pytest

from bot.outbox import Outbox, read, written
from chat.clock import SystemClock
from chat.messages import Act, Address, Capabilities, Fate, Incoming, Outgoing, Priority, Receipt, Sink, Update
from handlers.desk import Desk, House
from models.database import Database

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
HERE = Address("paper", "7")


class Paper:
    """A platform that notes down what it is asked and answers what it is told to."""

    name = "paper"
    capabilities = Capabilities(per_second=1e6, per_chat_second=1e6)

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.fates: list[Fate] = []

    def read(self, raw: dict[str, object]) -> Incoming | None:
        return None

    async def send(self, outgoing: Outgoing, message: str) -> Receipt:
        self.sent.append(outgoing.text)
        return Receipt(self.fates.pop(0) if self.fates else Fate.DONE, message=message or str(len(self.sent)))

    async def fetch(self) -> Sequence[Update]:
        return ()

    def confirm(self, updates: Sequence[Update]) -> None: ...

    async def download(self, file: str, target: Sink, most: int) -> None: ...

    async def offer(self, menu: object, *, groups: bool = False) -> None: ...

    def link(self, payload: str) -> str:
        return payload

    async def close(self) -> None: ...


def _outbox(
    db: Database, paper: Paper, unreachable: Callable[[Desk, str], None] = lambda desk, address: None
) -> Outbox:
    ticking = iter(range(1_000_000))
    return Outbox(
        db,
        SystemClock(),
        House(ZoneInfo("UTC")),
        {"paper": paper},
        lambda desk, about, receipt: None,
        lambda: float(next(ticking)),
        unreachable,
    )


def _post(db: Database, outbox: Outbox, source: str, *messages: Outgoing) -> None:
    with db.transaction():
        outbox.post(messages, source, NOW)


def test_what_is_written_is_read_again() -> None:
    brought = Outgoing(HERE, Act.FILE, "beside the card", card="file:1", file="f7", kind="video", about="x")
    forgotten = Outgoing(HERE, Act.FORGET, message="41", priority=Priority.REMINDER)
    plain = Outgoing(HERE, Act.NOTE, "words")
    for outgoing in (brought, forgotten, plain):
        again = read(outgoing.priority.value, written(outgoing), outgoing.card, outgoing.about)
        assert replace(again, buttons=(), photos=(), commands=()) == outgoing
    assert orjson.loads(written(plain)).keys() == {"address", "act", "text"}


async def test_a_message_of_the_same_source_cannot_be_written_twice(db: Database) -> None:
    outbox = _outbox(db, Paper())
    _post(db, outbox, "telegram:1", Outgoing(HERE, Act.NOTE, "a"))
    with pytest.raises(sqlite3.IntegrityError):
        _post(db, outbox, "telegram:1", Outgoing(HERE, Act.NOTE, "a"))
    assert len(db.all("select 1 from outbox")) == 1


async def test_that_nothing_reaches_a_chat_is_told_of_whatever_the_message_was(db: Database) -> None:
    lost: list[str] = []

    def unreachable(desk: Desk, address: str) -> None:
        lost.append(address)
        desk.note(Address("paper", "2"), "told")

    paper = Paper()
    paper.fates = [Fate.REFUSED, Fate.UNREACHABLE]
    outbox = _outbox(db, paper, unreachable)
    _post(db, outbox, "x", Outgoing(HERE, Act.NOTE, "a"), Outgoing(HERE, Act.SHOW, "b", card="c", about="d"))
    await outbox.flush()
    assert lost == [str(HERE)] and paper.sent == ["a", "b", "told"]


async def test_what_is_rolled_back_is_not_sent(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    with pytest.raises(RuntimeError), db.transaction():
        outbox.post([Outgoing(HERE, Act.NOTE, "a"), Outgoing(HERE, Act.TOAST, "b", press="1")], "x", NOW)
        raise RuntimeError
    await outbox.flush()
    assert paper.sent == [] and outbox.idle


async def test_alerts_overtake_and_each_priority_keeps_its_order(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    _post(
        db,
        outbox,
        "x",
        Outgoing(HERE, Act.NOTE, "reminder", priority=Priority.REMINDER),
        Outgoing(HERE, Act.NOTE, "first"),
        Outgoing(HERE, Act.NOTE, "second"),
        Outgoing(HERE, Act.NOTE, "alert", priority=Priority.ALERT),
    )
    await outbox.flush()
    assert paper.sent == ["alert", "first", "second", "reminder"]


@pytest.mark.parametrize(
    ("act", "priority", "marked"),
    [
        (Act.NOTE, Priority.ANSWER, True),
        (Act.SHOW, Priority.ALERT, True),
        (Act.SHOW, Priority.ANSWER, False),
        (Act.RENEW, Priority.ANSWER, False),
    ],
)
async def test_an_unknown_end_is_repeated_and_says_so_where_it_must(
    db: Database, act: Act, priority: Priority, marked: bool
) -> None:
    paper = Paper()
    paper.fates = [Fate.UNCERTAIN]
    outbox = _outbox(db, paper)
    _post(db, outbox, "x", Outgoing(HERE, act, "words", card="c", priority=priority))
    while not outbox.idle:
        await outbox.flush()
    assert [("possible repeat" in text) for text in paper.sent] == [False, marked]


async def test_while_the_database_is_locked_nothing_is_lost_and_afterwards_it_goes_on(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    _post(db, outbox, "x", Outgoing(HERE, Act.NOTE, "words"))
    db.execute("pragma busy_timeout = 10")
    other = sqlite3.connect(db.one("pragma database_list")["file"], isolation_level=None)  # type: ignore[index]
    other.execute("begin immediate")
    assert await outbox.flush() == 1.0
    assert paper.sent == [] and not outbox.idle
    other.execute("rollback")
    other.close()
    while not outbox.idle:
        await outbox.flush()
    assert paper.sent == ["words"]
    assert [row["state"] for row in db.all("select state from outbox")] == ["done"]


async def test_a_restart_sends_what_waited_and_marks_what_was_under_way(db: Database) -> None:
    outbox = _outbox(db, Paper())
    _post(db, outbox, "x", Outgoing(HERE, Act.NOTE, "under way"), Outgoing(HERE, Act.NOTE, "waited"))
    with db.transaction():
        db.execute("update outbox set state = 'sending' where id = 1")
    paper = Paper()
    after = _outbox(db, paper)
    while not after.idle:
        await after.flush()
    assert ["possible repeat" in text for text in paper.sent] == [True, False]
    assert not db.all("select 1 from outbox where payload <> ''")


async def test_a_card_that_still_waits_is_not_shown_as_it_was(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    shown = [Outgoing(HERE, Act.SHOW, f"visited {n}", card="week") for n in range(5)]
    _post(db, outbox, "x", *shown[:2], Outgoing(HERE, Act.SHOW, "another", card="other"), *shown[2:])
    await outbox.flush()
    assert paper.sent == ["another", "visited 4"]
    assert outbox.idle
    assert {row["state"] for row in db.all("select state from outbox")} == {"done"}


async def test_what_somebody_asked_about_or_what_says_something_else_is_not_left_out(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    _post(
        db,
        outbox,
        "x",
        Outgoing(HERE, Act.SHOW, "alert", card="alert:1", about="alert:1:1"),
        Outgoing(HERE, Act.NOTE, "a word"),
        Outgoing(HERE, Act.RENEW, "brought down", card="form:1"),
        Outgoing(HERE, Act.SHOW, "alert, counted up", card="alert:1"),
        Outgoing(HERE, Act.SHOW, "next step", card="form:1"),
    )
    await outbox.flush()
    assert paper.sent == ["alert", "a word", "brought down", "alert, counted up", "next step"]


async def test_after_a_restart_too_only_what_a_card_is_now_is_shown(db: Database) -> None:
    outbox = _outbox(db, Paper())
    _post(db, outbox, "x", *(Outgoing(HERE, Act.SHOW, f"visited {n}", card="week") for n in range(3)))
    paper = Paper()
    again = _outbox(db, paper)
    await again.flush()
    assert paper.sent == ["visited 2"]


def _states(db: Database) -> list[tuple[str, int]]:
    return [(row["state"], row["attempts"]) for row in db.all("select state, attempts from outbox order by id")]


async def test_an_alert_needs_no_second_commit_before_it_goes(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    one = Outgoing(HERE, Act.NOTE, "one", priority=Priority.ALERT)
    other = Outgoing(Address("paper", "8"), Act.NOTE, "other", priority=Priority.ALERT)
    _post(db, outbox, "x", Outgoing(Address("paper", "9"), Act.NOTE, "note"), one, other)
    assert _states(db) == [("waiting", 0), ("sending", 1), ("waiting", 0)]  # one at a time is in doubt
    _post(db, outbox, "y", replace(one, text="later"))
    assert _states(db)[-1] == ("waiting", 0)
    outbox._round(draining=False)
    assert [state for state, _ in _states(db)] == ["waiting", "sending", "waiting", "waiting"]
    await outbox.flush()
    assert paper.sent[0] == "one" and sorted(paper.sent) == ["later", "note", "one", "other"]
    assert {state for state, _ in _states(db)} == {"done"}


async def test_an_alert_that_a_stop_kept_back_is_no_repeat(db: Database) -> None:
    outbox, paper = _outbox(db, Paper()), Paper()
    _post(db, outbox, "x", Outgoing(HERE, Act.NOTE, "alert", priority=Priority.ALERT))
    outbox._round(draining=True)
    assert _states(db) == [("waiting", 0)]
    await _outbox(db, paper).flush()
    assert paper.sent == ["alert"]


async def test_an_alert_that_was_rolled_back_holds_up_no_other(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    alert = Outgoing(HERE, Act.NOTE, "alert", priority=Priority.ALERT)
    with pytest.raises(RuntimeError), db.transaction():
        outbox.post([alert], "x", NOW)
        raise RuntimeError
    _post(db, outbox, "x", alert)
    assert _states(db) == [("sending", 1)]
    await outbox.flush()
    assert paper.sent == ["alert"] and outbox.idle
