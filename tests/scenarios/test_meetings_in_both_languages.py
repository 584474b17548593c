"""Duties M1 and M2 in both languages: moved by the calendar and by people, cancelled, digests, outages, bad input."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers import postings
from handlers.desk import Desk
from handlers.meetings import occasions
from models.person import Person
from tests.scenarios.said import BOTH, EN, ZH, Said
from tests.scenarios.story import Story
from tests.scenarios.test_meetings import STAFF, count
from tests.scenarios.test_violation import until


@BOTH
async def test_over_national_day_and_a_make_up_saturday_a_friday_meeting_is_held_on_the_wednesday(
    story: Story, said: Said
) -> None:
    story.clock.moment = datetime(2026, 9, 21, 2, tzinfo=UTC)  # Monday; Friday is Mid-Autumn
    await said.join(story, "LI", "WANG")
    await said.weekly(story)
    first, second, third, fourth = (said.day(f"2026-{day}") for day in ("09-24", "09-30", "10-09", "10-16"))
    story.expect("WANG", said("set"), said("goes on"), f"{first} 14:00")  # the working day before
    await story.advance(seconds=1)
    story.expect("LI", said("invited", first))
    await story.press("LI", said("coming"))
    story.read_all("LI", "WANG")
    expected = {
        ("2026-09-23", 17, 0): said("day before", first),
        ("2026-09-24", 9, 29): "",
        ("2026-09-24", 9, 30): said("invited", second),  # three working days before, the days off not counted
        ("2026-09-24", 13, 0): said("soon", first),
        ("2026-09-24", 14, 0): said("start", first),
        ("2026-09-29", 9, 30): said("invited", third),
        ("2026-09-29", 16, 59): "",
        ("2026-09-29", 17, 0): said("day before", second),
        ("2026-09-30", 13, 0): said("soon", second),
        ("2026-09-30", 14, 0): said("start", second),
        ("2026-09-30", 17, 0): "",
        ("2026-10-08", 16, 59): "",
        ("2026-10-08", 17, 0): said("day before", third),
        ("2026-10-10", 9, 0): said("missed", third),  # a Saturday on which people work
        ("2026-10-10", 21, 0): "",
        ("2026-10-13", 9, 30): said("invited", fourth),
    }
    for (day, hour, minute), words in expected.items():
        await until(story, day, hour, minute)
        if words:
            story.expect("LI", words)
        story.expect_nothing("LI")


@BOTH
async def test_moved_to_and_fro_and_cancelled_everybody_hears_what_no_longer_holds(story: Story, said: Said) -> None:
    await said.join(story, *STAFF)
    await said.weekly(story)
    await story.advance(seconds=1)
    await story.press("LI", said("coming"))
    await story.press("WU", said("not coming"))
    story.read_all(*STAFF)
    friday, thursday = said.at("2026-11-27", "14:00"), said.at("2026-11-26", "09:30")
    await story.press("WANG", said("move"))
    await story.say("WANG", said("to thursday"))
    story.expect("WANG", said("moved to"), thursday, said("you come"))
    await story.advance(seconds=1)
    for code in ("LI", "WU"):
        story.expect(code, said("moved", friday, thursday), said("will you"))
    await story.press("LI", said("coming"))
    for back in ("to friday", "to thursday"):
        await story.press("WANG", said("move"))
        await story.say("WANG", said(back))
    story.read_all("WANG", "LI")
    await story.advance(seconds=1)
    story.expect_nothing("LI", "WU")  # moved and moved back before anybody heard of it
    await until(story, "2026-11-25", 17)
    for code in STAFF:
        story.expect(code, said("day before", thursday))
    await story.press("WANG", said("cancel"))
    await story.press("WANG", said("sure"))
    await story.advance(seconds=1)
    for code in ("LI", "WU"):
        story.expect(code, said("cancelled", thursday), said("room"))  # which of two meetings it was
    await story.forge("LI", "mt:1:yes")
    assert story.toast("LI") == said("was cancelled")
    story.read_all(*STAFF)
    await until(story, "2026-11-30", 12)
    story.expect_nothing(*STAFF)
    await until(story, "2026-12-01", 9, 30)
    story.expect("LI", said("invited", said.at("2026-12-04", "14:00")))  # only that one was cancelled


@BOTH
async def test_moved_while_its_reminder_is_on_its_way_only_the_new_time_is_heard(story: Story, said: Said) -> None:
    await said.join(story, *STAFF)
    await said.weekly(story)
    await until(story, "2026-11-26", 16, 59)
    story.read_all(*STAFF)
    story.clock.moment += timedelta(minutes=1)
    story.bot.tick()  # the reminders wait to be sent
    assert count(story, "outbox where state = 'waiting'") >= len(STAFF)
    with story.db.transaction():
        desk = Desk(story.db, story.clock.now(), story.bot.house)
        meeting = occasions.load(desk, 1)
        assert meeting is not None
        occasions.moved(desk, meeting, meeting["starts_at"] + timedelta(hours=1), story.ids["WANG"])
    await story.settle()
    await story.advance(seconds=1)
    later = said.at("2026-11-27", "15:00")
    for code in ("LI", "WU"):
        story.expect(code, said("moved", said.at("2026-11-27", "14:00"), later))
        story.expect_nothing(code)
    await until(story, "2026-11-27", 13)
    story.expect_nothing("LI", "WU")
    await until(story, "2026-11-27", 14)
    for code in ("LI", "WU"):
        story.expect(code, said("soon", later))


@BOTH
async def test_what_is_changed_at_night_is_told_in_the_morning_or_at_once_if_it_would_be_missed(
    story: Story, said: Said
) -> None:
    await said.join(story, *STAFF)
    await said.once(story, "thursday early")
    await story.advance(seconds=1)
    story.read_all(*STAFF)
    await until(story, "2026-11-25", 17)
    story.read_all(*STAFF)
    thursday, monday = said.at("2026-11-26", "08:00"), said.at("2026-11-30", "08:00")
    await until(story, "2026-11-25", 23)
    await story.press("WANG", said("move"))
    await story.say("WANG", said("monday early"))
    await story.advance(seconds=1)
    story.expect_nothing("LI", "WU")
    await story.press("WU", said("coming"))  # to the old time, of the card that she sees
    assert story.toast("WU") == said("was moved")
    story.expect("WU", said("moved", thursday, monday), said("will you"))
    await until(story, "2026-11-26", 7)
    story.expect_nothing("WU")
    story.expect("LI", said("moved", thursday, monday))
    await until(story, "2026-11-27", 17)
    story.expect("LI", said("day before", said.day("2026-11-30")))
    await until(story, "2026-11-29", 23)
    story.expect_nothing("LI")
    await story.press("WANG", said("move"))
    await story.say("WANG", said("tomorrow early"))
    await story.advance(seconds=1)
    story.expect("LI", said("moved", monday, said.at("2026-11-30", "07:10")))


@BOTH
async def test_several_in_one_quarter_of_an_hour_come_as_one(story: Story, said: Said) -> None:
    await said.join(story, "LI", "WANG", "ZHOU")
    await said.once(story, "friday")
    await said.once(story, "friday too", "ZHOU")
    await story.advance(seconds=1)
    both = [said.at("2026-11-27", hour) for hour in ("14:00", "14:10")]
    story.expect("LI", *(said("invited", at) for at in both))
    story.expect_nothing("LI")
    story.read_all("WANG", "ZHOU")
    await until(story, "2026-11-26", 17)
    story.expect("LI", *(said("day before", at) for at in both))
    await until(story, "2026-11-27", 13)
    story.expect("LI", *(said("soon", at) for at in both))
    await until(story, "2026-11-27", 13, 11)
    story.expect_nothing("LI")
    await story.press("LI", both[1])
    story.expect("LI", both[1], said("will you"))


@BOTH
async def test_after_a_nights_outage_and_a_leap_of_the_clock_nothing_comes_twice(story: Story, said: Said) -> None:
    await said.join(story, *STAFF)
    await said.once(story, "thursday")
    await story.advance(seconds=1)
    story.read_all(*STAFF)
    thursday = said.at("2026-11-26", "09:30")
    await until(story, "2026-11-26", 3)  # slept through five in the afternoon
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-26", 7)
    story.expect("LI", said("day before", thursday))
    await until(story, "2026-11-26", 12)  # and the morning
    story.expect("LI", said("missed", thursday))
    await story.advance(days=-1)
    await story.advance(days=-1)
    await story.advance(days=2)
    await story.advance(seconds=1)
    story.expect_nothing("LI")
    rows = story.db.all("select kind, count(*) as n from reminder where person = ? group by kind", (1,))
    assert all(row["n"] == 1 for row in rows)


_BAD = {
    "zh": {
        "每周五 25:00 警务室": "没有这个日期或钟点",
        "2月31日 9:30 警务室": "没有这个日期或钟点",
        "每月31号 9:30": "不是每个月都有这一天",
        "每周五 警务室": "没有写几点",
        "今天上午9点": "这个时间已经过了",
        "昨天 9:30": "没有看懂是什么时候",
        "每天 9:30 警务室": "例会最多每周一次",
        "每周五 14:00 永远": "例会一直开下去",
        "2027-11-20 9:30": "这天太远了，请写今天起 60 天以内的日子",
    },
    "en": {
        "every Friday 25:00, police room": "There is no such day or hour",
        "31 February 9:30, police room": "There is no such day or hour",
        "every month on the 31st 9:30": "Not every month has that day",
        "every Friday, police room": "At what time?",
        "today 9 am": "That time has passed",
        "yesterday 9:30": "I could not read when that is",
        "every day 9:30 forever": "A series meets once a week at most",
        "every Friday 2 pm until Christmas": "A series goes on until somebody presses",
        "2027-11-20 9:30": "please name a day within 60 days",
    },
}


@BOTH
async def test_what_cannot_be_taken_says_why_and_nothing_that_was_entered_is_lost(story: Story, said: Said) -> None:
    await said.join(story, "WANG", "LI", "WU")
    story.weeks_are_filed()
    for line, why in _BAD[said.language].items():
        await story.say("WANG", f"/meetings {line}")
        story.expect("WANG", said("not taken"), why)
    assert not count(story, "draft") and not count(story, "meeting_series")
    await story.say("LI", f"/meetings {said('weekly')}")  # whom it is not for, sees what is theirs
    assert not count(story, "draft")
    story.read_all("LI")
    await story.say("WANG", "/meetings")
    await story.press("WANG", said("new meeting"))
    await story.say("WANG", said("friday"))
    with story.db.transaction() as db:
        for number in range(500):
            person = db.insert(Person, code=f"P{number}", name=f"协管{number}", role="coordinator")
            postings.assign(db, person, [story.ids["NY-1"]], None)
    await story.press("WANG", said("submit"))
    story.expect("WANG", said("too many"))
    story.db._connection.execute("update person set active = 0 where code glob 'P*'")
    story.db._connection.execute("update person set active = 0 where role = 'coordinator'")
    await story.press("WANG", said("submit"))
    story.expect("WANG", said("nobody"))
    story.db._connection.execute("update person set active = 1 where code in ('LI', 'WU', 'QIAN')")
    story.restart()
    await story.press("WANG", said("submit"))
    story.expect("WANG", said("set"), said.at("2026-11-27", "14:00"))
    await story.advance(seconds=1)
    story.expect("LI", said("invited", said.at("2026-11-27", "14:00")))
    story.expect_nothing("LI")


@pytest.mark.parametrize(("said", "line"), [(ZH, "下周五下午两点 警务室"), (EN, "next Friday 2 pm, police room")])
async def test_next_friday_said_on_a_friday_and_tomorrow_just_before_midnight(
    story: Story, said: Said, line: str
) -> None:
    await said.join(story, "WANG", "LI")
    await until(story, "2026-11-27", 23, 59)
    story.weeks_are_filed()
    for words, day in ((line, "2026-12-04"), (said("tomorrow early"), "2026-11-28")):
        await story.say("WANG", f"/meetings {words}")
        story.expect("WANG", said.day(day))  # what was understood is shown before anybody is invited
        await story.press("WANG", said("submit"))
        story.expect("WANG", said("set"), said.day(day))
