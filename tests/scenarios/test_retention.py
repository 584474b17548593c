"""Short memory: a closed report is erased when its time is over, with all that hangs on it; a count is left."""

import base64
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from handlers import alert, alert_card, erasing, reporter_card, retention
from handlers.desk import Desk, address_of
from models.agenda import ActionItem, AgendaPoint
from models.analysis import MonthlyAnalysis
from models.checks import Shortfall
from models.database import opened
from models.decline import Decline
from models.draft import Draft
from models.meeting import Occasion, Series
from models.queue import Removal
from models.report import Report
from models.workload import Week
from tests.scenarios import test_lead_tip as tip
from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import file_report

_ROWS = 'select 1 from "{0}" where "{1}" is not null'
DEED = "两人挨个试拉停在路边的车门，编号七七七"
LINE = "编号七七七之后又有人来过"


def _counted(story: Story) -> list[tuple[object, ...]]:
    sql = "select erasure.kind, code, month, count from erasure join place on place.id = place order by 1, 2"
    return [tuple(row) for row in story.db.all(sql)]


def _orphans(story: Story, alert: int = 1) -> list[str]:
    """Tables with a row that belongs to a report or an alert, all of which are erased."""
    owned = [
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name in ("report", "alert") for key in column.foreign_keys)
    ]
    assert {"exchange.report", "delivery.alert", "receipt.report", "report.same_as"} <= set(owned)
    found = [name for name in (*owned, "draft.report") if story.db.all(_ROWS.format(*name.split(".")))]
    cards = "select card from card where card in (?, ?, ?)"
    rows = story.db.all(cards, ("report:1", f"alert:{alert}", f"group:{alert}"))
    about = story.db.all("select id from outbox where card <> '' or about <> '' or payload <> ''")
    return found + [row["card"] for row in rows] + [f"outbox {row['id']}" for row in about]


async def _closed(story: Story, outcome: str) -> None:
    for code in ("LI", "WANG"):
        await story.join(code)
    await file_report(story, deed=DEED)
    await story.press("LI", "补充")
    await story.say("LI", LINE)
    for label in ("接手", "办结", outcome, "跳过"):
        await story.press("WANG", label)
    await story.advance(seconds=1)


def _left(folder: Path) -> bool:
    """Whether a word of the report is left in the database's files, on the disk."""
    with closing(sqlite3.connect(folder / "linli.db")) as db:
        counts = [db.execute(f"select count(*) from {t}").fetchone()[0] for t in ("report", "alert", "exchange")]
    raw = b"".join(file.read_bytes() for file in folder.glob("linli.db*"))
    return any(counts) or "编号七七七".encode() in raw


@pytest.mark.parametrize(("outcome", "days"), [("已处理", 90), ("未发现异常", 90), ("不属实", 7)])
async def test_a_closed_report_is_erased_in_time_and_leaves_a_count(
    story: Story, tmp_path: Path, outcome: str, days: int
) -> None:
    await _closed(story, outcome)
    assert _left(tmp_path)
    await story.advance(days=days, hours=-2)
    assert _left(tmp_path)
    await story.advance(hours=3)
    assert not _left(tmp_path)
    assert _counted(story) == [("opening", "NY-1", "2026-11", 1), ("suspicious", "NY-1", "2026-11", 1)]
    assert "试拉门窗" not in story.screen("LI")
    assert not _orphans(story)


async def test_a_withdrawn_report_is_kept_for_the_short_time(story: Story, tmp_path: Path) -> None:
    await story.join("LI")
    await file_report(story, deed=DEED)
    await story.press("LI", "撤回")
    await story.press("LI", "撤回")
    await story.advance(days=7, hours=1)
    assert not _left(tmp_path)


async def test_an_open_report_is_never_erased(story: Story) -> None:
    await story.join("LI")
    await file_report(story, deed=DEED)
    await story.advance(days=365)
    assert story.db.all(f"select {opened(Report, 'deed')} from report")[0]["deed"] == DEED


async def test_a_form_about_an_erased_report_goes_with_it(story: Story) -> None:
    await _closed(story, "不属实")
    account = f"telegram:{story.phones['LI'].id}"
    with story.db.transaction() as db:
        db.insert(
            Draft,
            account=db.mark(account),
            form="answer",
            version=1,
            step="line",
            answers={"_report": 1},
            address=account,
            touched_at=story.clock.now().replace(year=2030),
            report=1,
        )
    await story.advance(days=8)
    assert not story.db.all("select 1 from draft")


async def test_a_tip_goes_with_its_files_its_receipt_and_its_cards(story: Story, tmp_path: Path) -> None:
    await tip.opened(story)
    story.group("值班群", "WANG")
    await tip.filled(story)
    await story.press("X", "✎ 附件")
    await story.send("X", "document", name="a.jpg", file=base64.b64encode(tip.photo()).decode())
    await story.press("X", "选好了")
    await story.press("X", "提交")
    code = tip.code_of(story)
    await story.say("WANG", "/alerts", group="值班群")
    await story.press("WANG", "接手")
    await story.press("WANG", "询问报告人")
    await story.say("WANG", "看清车牌了吗")
    [file] = (tmp_path / "attachments").iterdir()
    with story.db.transaction() as db:  # a report erased while it is open has its files
        assert erasing.erase_reports(Desk(db, story.clock.now(), story.bot.house), [1])
    assert not file.exists()
    await story.advance(seconds=1)
    assert not _orphans(story)
    assert tip.DEED not in story.screen("WANG") and "NY-" not in story.screen("值班群")
    assert not [m for m in story.messages("WANG") if m["kind"] == "photo"]
    story.read_all("X")
    await story.say("X", code)
    story.expect("X", "没有这个查询码，或者线索已按期清除")
    assert [row[0] for row in _counted(story)] == ["opening", "tip"]


async def test_what_waits_to_be_sent_about_it_is_not_sent(story: Story) -> None:
    for code in ("LI", "WANG"):
        await story.join(code)
    await file_report(story, deed=DEED)
    await story.say("LI", "/help")
    story.read_all("LI", "WANG")
    desk = Desk(story.db, story.clock.now(), story.bot.house)
    with story.db.transaction():  # the platform is slow: three messages wait, one of them is about something else
        alert.sweep(desk)
        alert_card.show(desk, 1, story.ids["WANG"], _chat(story, "WANG"), "zh", urgent=True)
        reporter_card.tell(desk, 1, "told-acknowledged", name="王警官")
        desk.note(address_of(_chat(story, "LI")), "别的事 NY-1-261124-0019")
        story.bot.outbox.post(desk.out, "test", desk.now)
    with story.db.transaction() as db:
        gone = erasing.erase_reports(Desk(db, story.clock.now(), story.bot.house), [1])
    assert gone[erasing.UNSENT] == 3
    await story.advance(seconds=1)
    story.expect("LI", "别的事")
    story.expect_nothing("LI", "WANG")
    assert DEED not in story.screen("WANG") and not _orphans(story)


async def test_messages_are_taken_away_a_few_at_a_time_and_after_a_restart_too(story: Story) -> None:
    await _closed(story, "不属实")
    address = _chat(story, "LI")
    with story.db.transaction() as db:
        for number in range(erasing.MOST_REMOVALS):
            db.insert(Removal, address=address, card=f"report:{100 + number}")
    await story.advance(days=8)
    assert "南苑一片 · 试拉门窗" in story.screen("LI")  # its own turn has not come
    story.restart()
    await story.advance(seconds=1)
    assert "南苑一片 · 试拉门窗" not in story.screen("LI")
    assert not story.db.all("select 1 from removal")


async def test_the_one_that_others_were_the_same_as_goes_without_them(story: Story) -> None:
    await story.join("LI")
    for _ in range(2):
        await file_report(story, deed=DEED)
    with story.db.transaction() as db:
        db.execute("update report set same_as = 1 where id = 2")
        erasing.erase_reports(Desk(db, story.clock.now(), story.bot.house), [1])
    assert [tuple(row) for row in story.db.all("select id, same_as from report")] == [(2, None)]
    await file_report(story, deed=DEED)
    assert [row["number"][-3:] for row in story.db.all("select number from report")] == ["002", "003"]


async def test_a_number_is_not_used_again(story: Story) -> None:
    await story.join("LI")
    await file_report(story, deed=DEED)
    with story.db.transaction() as db:
        erasing.erase_reports(Desk(db, story.clock.now(), story.bot.house), [1])
    await file_report(story, deed=DEED)
    assert story.db.all("select number from report")[0]["number"].endswith("-002")


def _chat(story: Story, who: str) -> str:
    return f"telegram:{story.phones[who].id}"


def test_words_are_kept_for_a_year_and_what_is_still_to_be_done_for_longer(story: Story) -> None:
    made, place, person = story.clock.now(), story.ids["NY"], story.ids["LI"]
    with story.db.transaction() as db:
        series = {"place": place, "called_by": person, "rule": "FREQ=WEEKLY", "at": "14:00", "made_at": made}
        of = db.insert(Series, **series, first="2026-11-27", off="before", roles=[])
        occasion = db.insert(Occasion, series=of, day="2026-11-27", starts_at=made)
        db.insert(AgendaPoint, place=place, by=person, kind="difficulty", words="三号楼没地方充电", at=made)
        item = {"place": place, "occasion": occasion, "owner": person, "day": "2026-12-01", "made_at": made}
        db.insert(ActionItem, **item, words="装充电桩", done_at=made)
        db.insert(ActionItem, **item, words="清理楼道")
        db.insert(Week, person=person, monday="2026-11-23", sent=[], note="雨天", reason="集中行动", question="是吗")
        db.insert(MonthlyAnalysis, place=place, month="2026-10", difficulties="缺人手", suggestions="", sent=[])
        db.insert(Decline, place=place, month="2026-10", items=["visited"], told_at=made, words="少了一栋楼")
        db.insert(Shortfall, person=person, day="2026-11-24", short=2, asked_at=made, words="停电")
    said = {
        "agenda_point": "words",
        "action_item": "words",
        "workload_week": "note || reason || question",
        "monthly_analysis": "difficulties || suggestions",
        "decline": "words",
        "same_day_shortfall": "words",
    }
    for days, left in ((360, [1, 2, 1, 1, 1, 1]), (400, [0, 1, 0, 0, 0, 0])):
        with story.db.transaction():
            retention.erase(Desk(story.db, made + timedelta(days=days), story.bot.house))
        asked = [f"select count(*) as n from {table} where {words} <> ''" for table, words in said.items()]
        assert [story.db.all(each)[0]["n"] for each in asked] == left
    assert len(story.db.all("select 1 from workload_week where monday = '2026-11-23'")) == 1
