"""Several reminders to one chat as one message: what becomes of all of them becomes of each."""

from dataclasses import replace

import pytest

from bot.lane import DIGEST
from bot.outbox import read, written
from chat.messages import Act, Brief, Button, Fate, Outgoing, Priority
from chat.texts import text
from models.database import Database
from tests.unit.bot.test_outbox import HERE, Paper, _outbox, _post


def reminder(n: int, words: str = "", *, urgent: bool = False) -> Outgoing:
    brief = Brief(words or f"brief {n}", [[Button(f"open {n}", f"mt:{n}:show")]])
    whole = f"the whole of {n}"
    return Outgoing(HERE, Act.RENEW, whole, card=f"meeting:{n}", priority=Priority.REMINDER, brief=brief, urgent=urgent)


def test_a_brief_is_written_and_read_again() -> None:
    outgoing = reminder(1)
    again = read(outgoing.priority.value, written(outgoing), outgoing.card, "")
    assert again.brief == outgoing.brief
    assert replace(again, buttons=(), photos=(), commands=()) == outgoing


async def test_one_alone_is_itself_and_two_are_one(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    _post(db, outbox, "tick:1", reminder(1))
    await outbox.flush()
    _post(db, outbox, "tick:2", reminder(2), reminder(3))
    await outbox.flush()
    assert paper.sent == ["the whole of 1", "brief 2\n\nbrief 3"]
    assert [row["card"] for row in db.all("select card from card order by card")] == ["meeting:1", DIGEST]
    assert outbox.idle and not db.all("select 1 from outbox where state <> 'done'")


async def test_what_has_no_brief_goes_alone_and_in_its_turn(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    plain = replace(reminder(2), brief=None)
    _post(db, outbox, "tick", reminder(1), plain, reminder(3), reminder(4, urgent=True))
    await outbox.flush()
    assert paper.sent == ["brief 4\n\nbrief 1\n\nbrief 3", "the whole of 2"]


async def test_a_message_holds_ten_of_them_and_no_more_words_than_fit(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    _post(db, outbox, "tick:1", *(reminder(n) for n in range(12)))
    await outbox.flush()
    assert [said.count("brief") for said in paper.sent] == [10, 2]
    paper.sent.clear()
    _post(db, outbox, "tick:2", *(reminder(n, "长" * 1400) for n in range(3)))
    await outbox.flush()
    assert [len(said) for said in paper.sent] == [2802, len("the whole of 2")]


@pytest.mark.parametrize(("fate", "mark"), [(Fate.RETRY, ""), (Fate.UNCERTAIN, f"{text('zh', 'possible-repeat')}\n")])
async def test_what_was_not_taken_comes_again_as_one_and_says_so_where_it_must(
    db: Database, fate: Fate, mark: str
) -> None:
    paper = Paper()
    paper.fates = [fate]
    outbox = _outbox(db, paper)
    _post(db, outbox, "tick", reminder(1), reminder(2))
    while not outbox.idle:
        await outbox.flush()
    assert paper.sent == ["brief 1\n\nbrief 2", f"{mark}brief 1\n\nbrief 2"]
    assert not db.all("select 1 from outbox where state <> 'done'")


async def test_after_a_crash_all_of_it_comes_again_and_says_so(db: Database) -> None:
    outbox = _outbox(db, Paper())
    _post(db, outbox, "tick", reminder(1), reminder(2))
    with db.transaction():
        db.execute("update outbox set state = 'sending', attempts = 1")  # as a message under way is left
    paper = Paper()
    await _outbox(db, paper).flush()
    assert paper.sent == [f"{text('zh', 'possible-repeat')}\nbrief 1\n\nbrief 2"]


async def test_one_that_was_recalled_is_left_out_and_the_last_one_is_itself_again(db: Database) -> None:
    paper = Paper()
    outbox = _outbox(db, paper)
    for recalled, left in (("meeting:1", [2, 3]), ("meeting:4", [5])):
        _post(db, outbox, recalled, *(reminder(n) for n in (int(recalled[-1]), *left)))
        with db.transaction():
            db.execute("update outbox set state = 'recalled', card = '' where card = ?", (recalled,))
        await outbox.flush()
    assert paper.sent == ["brief 2\n\nbrief 3", "the whole of 5"]


async def test_a_chat_that_is_gone_ends_all_of_it(db: Database) -> None:
    paper = Paper()
    paper.fates = [Fate.UNREACHABLE]
    told: list[str] = []
    outbox = _outbox(db, paper, lambda desk, address: told.append(address))
    _post(db, outbox, "tick", reminder(1), reminder(2))
    await outbox.flush()
    assert told == [str(HERE)]
    assert [row["state"] for row in db.all("select state from outbox")] == ["failed", "failed"]
