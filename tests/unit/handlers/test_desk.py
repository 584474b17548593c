"""What one work shows of one card is sent once, as the card is in the end."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chat.messages import Act, Address, Button, Outgoing, Priority
from handlers.desk import Desk, House, in_rows
from models.database import Database
from models.sealing import KeyRing, new_key

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
CHAT, OTHER = Address("telegram", "1"), Address("telegram", "2")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Database(tmp_path / "linli.db", KeyRing.read(new_key())), NOW, House(ZoneInfo("Asia/Shanghai")))


def _told(desk: Desk) -> list[tuple[Act, str]]:
    return [(out.act, out.text) for out in desk.out]


def test_a_card_shown_twice_is_sent_as_it_is_in_the_end(desk: Desk) -> None:
    desk.show(CHAT, "report:1", "sent")
    desk.note(CHAT, "proof")
    desk.show(CHAT, "report:1", "arrived")
    assert _told(desk) == [(Act.SHOW, "arrived"), (Act.NOTE, "proof")]


def test_a_card_that_is_brought_to_the_bottom_comes_after_what_was_said(desk: Desk) -> None:
    desk.show(CHAT, "report:1", "sent")
    desk.note(CHAT, "proof")
    desk.show(CHAT, "report:1", "arrived", renew=True)
    assert _told(desk) == [(Act.NOTE, "proof"), (Act.RENEW, "arrived")]


def test_a_card_once_brought_to_the_bottom_stays_there(desk: Desk) -> None:
    desk.show(CHAT, "alert:1", "new", renew=True, priority=Priority.ALERT, about="alert:1:1")
    desk.show(CHAT, "alert:1", "counted up")
    (sent,) = desk.out
    assert (sent.act, sent.text, sent.priority, sent.about) == (Act.RENEW, "counted up", Priority.ALERT, "alert:1:1")


def test_cards_of_other_names_and_chats_are_others(desk: Desk) -> None:
    desk.show(CHAT, "report:1", "one")
    desk.show(CHAT, "report:2", "two")
    desk.show(OTHER, "report:1", "three")
    assert [text for _, text in _told(desk)] == ["one", "two", "three"]


def test_a_card_that_was_taken_away_is_shown_anew(desk: Desk) -> None:
    desk.show(CHAT, "form:1", "asked")
    desk.out.append(Outgoing(CHAT, Act.FORGET, card="form:1"))
    desk.show(CHAT, "form:1", "asked again")
    assert [act for act, _ in _told(desk)] == [Act.SHOW, Act.FORGET, Act.SHOW]


def test_no_label_stands_in_a_row_that_cuts_it_off() -> None:
    def rows(wide: int, *labels: str) -> list[int]:
        return [len(row) for row in in_rows([Button(label, "x") for label in labels], wide)]

    assert rows(3, "晚到", "派人代", "来不了") == [3]
    assert rows(3, "☑ 欧阳小明明明", "☐ 王警官", "☐ 李敏", "☐ 吴芳") == [2, 2]
    assert rows(2, "每周五 14:00", "每周一 9:00", "每月第一个工作日 9:30", "议程") == [2, 1, 1]
    assert rows(2, "every Friday 14:00", "Agenda", "first working day of the month 9:30") == [2, 1]
    assert rows(5, "1", "2", "3", "4", "5", "6") == [5, 1]
    assert rows(2) == []
