"""The read log: a line for every way to the words of a report. The town office reads it, nobody can switch it off."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from chat.texts import text
from handlers.read_log import PAGE
from models.report import Opening
from tests.scenarios.story import Story
from tests.scenarios.test_lead_tip import filled
from tests.scenarios.test_lead_tip import opened as poster_opened
from tests.scenarios.test_suspicious_activity import DEED, file_report

ROOT = Path(__file__).parents[2]


def _log(story: Story) -> list[tuple[str, str]]:
    """Who, and through what, in the order of time."""
    sql = "select code, through from opening join person on person.id = person order by opening.id"
    return [tuple(row) for row in story.db.all(sql)]


async def _reported(story: Story, *staff: str) -> None:
    for code in ("LI", *staff):
        await story.join(code)
    await file_report(story)


async def test_every_way_to_the_words_of_a_report_is_a_line(story: Story) -> None:
    await _reported(story, "WANG", "SUN", "GAO", "HE")
    assert _log(story) == [("WANG", "alert")]
    await story.say("SUN", "/alerts")
    await story.press("SUN", "NY-1")
    await story.say("GAO", "/start alert-1")
    assert _log(story)[1:] == [("SUN", "list"), ("GAO", "link")]
    await story.press("WANG", "接手")
    assert len(_log(story)) == 3  # cards that were read before are kept true; that is no new opening
    await story.press("WANG", "转其他社区")
    await story.press("WANG", "东溪村")
    assert _log(story)[3:] == [("HE", "alert")]
    assert DEED in story.screen("HE")


async def test_escalation_and_handing_over_are_lines(story: Story) -> None:
    await _reported(story, "WANG", "SUN", "GAO")
    await story.advance(minutes=6)
    await story.press("WANG", "接手")
    await story.press("WANG", "移交")
    await story.press("WANG", "高主任")
    assert _log(story) == [("WANG", "alert"), ("SUN", "alert"), ("GAO", "handover")]


async def test_taking_it_in_a_group_is_a_line(story: Story) -> None:
    await _reported(story, "WANG", "SUN")
    story.group("值班群", "WANG", "SUN")
    await story.say("SUN", "/alerts", group="值班群")
    assert _log(story) == [("WANG", "alert")]  # a group reads no words of it
    await story.press("SUN", "接手", group="值班群")
    assert _log(story) == [("WANG", "alert"), ("SUN", "group")]
    assert DEED in story.screen("SUN")


async def test_who_was_out_of_reach_and_comes_upon_it_later_is_a_line(story: Story) -> None:
    """WANG has no account yet and is passed over; once there is one, the card is brought to them all the same."""
    await _reported(story, "SUN")
    await story.join("WANG")
    await story.press("SUN", "接手")
    assert DEED in story.screen("WANG")
    assert sorted(_log(story)) == [("SUN", "alert"), ("WANG", "card")]


async def test_the_town_office_reads_the_log(story: Story) -> None:
    await _reported(story, "WANG", "GAO")
    await story.say("GAO", "/readlog")
    story.expect("GAO", "查阅记录", "11-24 10:00 王警官（社区民警）NY-1-261124-001 · 派送")
    assert DEED not in story.screen("GAO")
    await file_report(story)
    await story.say("GAO", "/readlog ny-1-261124-002")
    assert story.messages("GAO")[-1]["text"].count("NY-1-261124") == 1
    await story.say("GAO", "/readlog 12345")
    story.expect("GAO", "没有这个编号")


async def test_the_log_a_page_at_a_time_in_english(story: Story) -> None:
    await story.join("GAO", "en")
    await _reported(story, "WANG")
    with story.db.transaction() as db:
        for _ in range(PAGE):
            db.insert(Opening, report=1, person=story.ids["WANG"], through="list", opened_at=story.clock.now())
    await story.say("GAO", "/readlog NY-1-261124-001")
    story.expect("GAO", "Read log", "王警官 (community officer)", "opened from a list")
    assert "sent to them" not in story.messages("GAO")[-1]["text"]
    await story.press("GAO", "older")
    story.expect("GAO", "sent to them")
    await story.press("GAO", "newest")
    story.expect("GAO", "opened from a list")


async def test_nobody_else_reads_the_log(story: Story) -> None:
    await _reported(story, "WANG", "SUN", "ZHOU")
    story.stranger("X")
    await story.say("X", "/start")
    for code in ("LI", "WANG", "SUN", "ZHOU", "X"):
        await story.say(code, "/readlog")
        await story.forge(code, "log:1:99")
        await story.forge(code, "log:0:99")
        shown = story.screen(code)
        assert "派送" not in shown and "查阅记录，" not in shown and "没有查阅记录" not in shown


async def test_a_town_office_reads_of_its_own_places_only(story: Story) -> None:
    await _reported(story, "WANG", "GAO")
    with story.db.transaction() as db:
        db.execute("update assignment set place = ? where person = ?", (story.ids["DX"], story.ids["GAO"]))
    for words in ("/readlog", "/readlog NY-1-261124-001"):
        await story.say("GAO", words)
    await story.forge("GAO", "log:1:99")
    assert "派送" not in story.screen("GAO")


@pytest.mark.parametrize("who", ["WANG", "SUN", "GAO"])
async def test_nothing_reads_an_anonymous_tip_without_a_line(story: Story, who: str) -> None:
    await poster_opened(story, "X", "WANG", "SUN", "GAO")
    await filled(story)
    await story.press("X", "提交")
    read = False
    for data in ("a:1:show", "a:1:ack", "a:1:way", "a:1:close", "a:1:ask", "a:1:hand", "a:1:accept", "l:open:99"):
        read |= "收赃车" in story.screen(who)
        await story.forge(who, data)
    read |= "收赃车" in story.screen(who)
    assert read == (who in [code for code, _ in _log(story)])


def test_no_setting_and_no_code_switches_it_off() -> None:
    assert not [name for name in Settings.model_fields if re.search(r"log|open|read|audit", name)]
    changing = re.compile(r"(update|delete from|drop table|insert or ignore into)\s+[\"']?opening\b", re.I)
    code = [
        file for room in ("bot", "handlers", "alerts", "reminders", "models") for file in (ROOT / room).rglob("*.py")
    ]
    assert len(code) > 40
    assert not [
        file.name for file in code if "migrations" not in file.parts and changing.search(file.read_text("utf-8"))
    ]


def test_every_way_in_has_a_name() -> None:
    code = "\n".join(file.read_text("utf-8") for file in (ROOT / "handlers").glob("*.py"))
    ways = set(re.findall(r'through="(\w+)"|\blog\(.*, "(\w+)"\)|value == "(link)"|else "(list)"', code))
    named = {way for found in ways for way in found if way}
    assert named >= {"alert", "group", "handover", "same", "card", "link", "list"}
    for language in ("zh", "en"):
        assert all(text(language, f"through-{way}") for way in named)
