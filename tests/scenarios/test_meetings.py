"""Duties M1 and M2: a series set up in a line, invited, reminded of, moved, cancelled; every message counted."""

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar
from pytest import MonkeyPatch

from handlers.desk import Desk
from handlers.meetings import occasions
from tests.scenarios.story import Story
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import joined

STAFF = ("LI", "WU", "WANG")


async def set_up(story: Story, line: str = "每周五下午两点 警务室", who: str = "WANG") -> None:
    """The officer's weekly meeting, from a line to the first card."""
    story.weeks_are_filed()
    await story.say(who, line)
    for label in ("提前到前一个工作日", "提交"):
        await story.press(who, label)


async def set_up_once(story: Story, line: str, who: str = "WANG") -> None:
    """A single meeting."""
    story.weeks_are_filed()
    await story.say(who, f"/meetings {line}")
    await story.press(who, "提交")


def count(story: Story, asked: str) -> int:
    return int(story.db.all(f"select count(*) as n from {asked}")[0]["n"])


def event(story: Story, who: str) -> dict[str, Any]:
    """The newest calendar file on a phone, as another program reads it."""
    message = next(m for m in reversed(story.messages(who)) if m["file"])
    data = story.sandbox.world.files[message["file"].rpartition("/")[2]].data
    (found,) = Calendar.from_ical(data).walk("VEVENT")
    return {name.lower(): found.decoded(name) for name in found}


async def test_a_weekly_meeting_from_a_line_to_its_start(story: Story) -> None:
    await joined(story, *STAFF, "ZHOU", "QIAN")
    await set_up(story)
    story.expect(
        "WANG", "已定下", "会议 南苑社区 每周五 14:00", "11月27日周五 14:00 警务室", "您：来", "还没有答复：2 人"
    )
    await story.advance(seconds=1)
    for code in ("LI", "WU"):
        story.expect(code, "请您参加：11月27日周五 14:00 警务室", "您能来吗？", "来：王警官")
    await story.press("LI", "✓ 来")
    story.expect("LI", "您：来", "来：李敏、王警官")
    await story.press("LI", "加入日历")
    story.expect("LI", "11月27日周五 14:00 警务室，点开就能加入")
    entry = event(story, "LI")
    assert entry["dtstart"] == datetime(2026, 11, 27, 6, tzinfo=UTC)
    assert entry["summary"] == "会议 南苑社区 每周五 14:00"
    assert entry["location"] == "警务室"
    await story.press("WU", "晚到")
    story.expect("WU", "您：晚到", "晚到：吴芳")
    await story.say("LI", "/meetings")
    story.expect("LI", "我的会议", "✓ 11月27日周五 14:00 南苑社区 警务室")
    await until(story, "2026-11-26", 16, 59)
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-26", 17)
    for code in STAFF:
        story.expect(code, "⏰ 请别忘了：11月27日周五 14:00")
    await until(story, "2026-11-27", 13)
    for code in STAFF:
        story.expect(code, "⏰ 快开会了：11月27日周五 14:00")
    await until(story, "2026-11-27", 14)
    for code in STAFF:
        story.expect(code, "▶ 现在开会", "来：李敏、王警官", "晚到：吴芳")
    await story.press("WANG", "已开完")
    story.expect("WANG", "已开完。")
    await until(story, "2026-11-30", 12)
    story.expect_nothing(*STAFF, "ZHOU", "QIAN")
    await until(story, "2026-12-01", 9, 30)  # the next one: invited three working days before
    for code in ("LI", "WU"):
        story.expect(code, "请您参加：12月4日周五 14:00")
    story.restart()
    await until(story, "2026-12-01", 12)
    story.expect_nothing(*STAFF, "QIAN")


async def test_over_national_day_and_a_make_up_saturday_a_friday_meeting_is_held_on_the_wednesday(story: Story) -> None:
    story.clock.moment = datetime(2026, 9, 21, 2, tzinfo=UTC)  # Monday; Friday is Mid-Autumn
    await joined(story, "LI", "WANG")
    await set_up(story)
    story.expect("WANG", "9月24日周四 14:00 警务室")  # the working day before
    await story.advance(seconds=1)
    story.expect("LI", "请您参加：9月24日周四 14:00")
    await story.press("LI", "✓ 来")
    story.read_all("LI", "WANG")
    expected = {
        ("2026-09-23", 17, 0): "请别忘了：9月24日周四",
        ("2026-09-24", 9, 29): "",
        ("2026-09-24", 9, 30): "请您参加：9月30日周三",  # three working days before, the days off not counted
        ("2026-09-24", 13, 0): "快开会了：9月24日周四",
        ("2026-09-24", 14, 0): "现在开会：9月24日周四",
        ("2026-09-29", 9, 30): "请您参加：10月9日周五",
        ("2026-09-29", 16, 59): "",
        ("2026-09-29", 17, 0): "请别忘了：9月30日周三",
        ("2026-09-30", 13, 0): "快开会了：9月30日周三",
        ("2026-09-30", 14, 0): "现在开会：9月30日周三",
        ("2026-09-30", 17, 0): "",
        ("2026-10-08", 16, 59): "",
        ("2026-10-08", 17, 0): "请别忘了：10月9日周五",
        ("2026-10-10", 9, 0): "没能按时提醒您：10月9日周五",  # a Saturday on which people work
        ("2026-10-10", 21, 0): "",
        ("2026-10-13", 9, 30): "请您参加：10月16日周五",
    }
    for (day, hour, minute), words in expected.items():
        await until(story, day, hour, minute)
        if words:
            story.expect("LI", words)
        story.expect_nothing("LI")


async def test_what_still_waits_when_it_is_called_done_is_not_said_any_more(story: Story) -> None:
    await joined(story, *STAFF)
    await set_up(story)
    await until(story, "2026-11-27", 13)
    story.clock.moment += timedelta(minutes=61)  # it has begun, and nobody was told so yet
    await story.forge("WANG", "mt:1:done")
    story.read_all(*STAFF)
    await story.advance(seconds=1)
    await until(story, "2026-11-27", 18)
    story.expect_nothing(*STAFF)


async def test_moved_to_and_fro_and_cancelled_everybody_hears_what_no_longer_holds(story: Story) -> None:
    await joined(story, *STAFF)
    await set_up(story)
    await story.advance(seconds=1)
    await story.press("LI", "✓ 来")
    await story.press("LI", "加入日历")
    before = event(story, "LI")
    await story.press("WU", "来不了")
    story.read_all(*STAFF)
    await story.press("WANG", "改期")
    story.expect("WANG", "改到什么时候")
    for said, why in (("每周三 9:30", "这里只改一次"), ("昨天", "没有看懂"), ("周四 25:00", "没有这个日期或钟点")):
        await story.say("WANG", said)
        story.expect("WANG", why)
    await story.say("WANG", "周四 9:30")
    story.expect("WANG", "已改好", "11月26日周四 9:30".replace(" 9", " 09"), "您：来")
    await story.advance(seconds=1)
    for code in ("LI", "WU"):
        story.expect(code, "改期：原定 11月27日周五 14:00，改到 11月26日周四 09:30", "您能来吗？")
    await story.press("LI", "✓ 来")
    await story.press("LI", "加入日历")
    after = event(story, "LI")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"] == datetime(2026, 11, 26, 1, 30, tzinfo=UTC)
    await story.press("WANG", "改期")
    await story.say("WANG", "周五 14:00")
    await story.press("WANG", "改期")
    await story.say("WANG", "周四 9:30")
    story.read_all("WANG", "LI")
    await story.advance(seconds=1)
    story.expect_nothing("LI", "WU")  # moved and moved back before anybody heard of it
    await until(story, "2026-11-25", 17)
    for code in STAFF:
        story.expect(code, "请别忘了：11月26日周四 09:30")
    await story.press("WANG", "取消这次")
    story.expect("WANG", "取消这一次？")
    await story.press("WANG", "返回")
    await story.press("WANG", "取消这次")
    await story.press("WANG", "确定取消")
    story.expect("WANG", "已取消。")
    await story.advance(seconds=1)
    for code in ("LI", "WU"):
        story.expect(code, "取消：原定 11月26日周四 09:30 的会不开了", "已取消。")
    await story.forge("LI", "mt:1:yes")
    assert story.toast("LI") == "这次会议已取消。"
    story.read_all(*STAFF)
    await until(story, "2026-11-30", 12)
    story.expect_nothing(*STAFF)
    await until(story, "2026-12-01", 9, 30)
    story.expect("LI", "请您参加：12月4日周五 14:00")  # only that one was cancelled


async def test_moved_while_its_reminder_is_on_its_way_only_the_new_time_is_heard(story: Story) -> None:
    await joined(story, *STAFF)
    await set_up(story)
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
    for code in ("LI", "WU"):
        story.expect(code, "改期：原定 11月27日周五 14:00，改到 11月27日周五 15:00")
        story.expect_nothing(code)
    await until(story, "2026-11-27", 13)
    story.expect_nothing("LI", "WU")
    await until(story, "2026-11-27", 14)
    for code in ("LI", "WU"):
        story.expect(code, "快开会了：11月27日周五 15:00")


async def test_too_many_people_are_said_before_it_is_set(story: Story, monkeypatch: MonkeyPatch) -> None:
    await joined(story, *STAFF)
    monkeypatch.setattr(occasions, "MOST_INVITED", 2)
    await set_up_once(story, "周五 14:00 警务室")
    story.expect("WANG", "要邀请的人太多了")
    assert not count(story, "meeting")
    monkeypatch.setattr(occasions, "MOST_INVITED", 3)
    await story.press("WANG", "提交")  # nothing that was entered is lost
    story.expect("WANG", "已定下")


async def test_what_is_changed_at_night_is_told_in_the_morning_or_at_once_if_it_would_be_missed(story: Story) -> None:
    await joined(story, "LI", "WU", "WANG")
    await set_up_once(story, "周四 8:00 警务室")
    await story.advance(seconds=1)
    story.read_all(*STAFF)
    await until(story, "2026-11-25", 17)
    story.read_all(*STAFF)
    await until(story, "2026-11-25", 23)
    await story.press("WANG", "改期")
    await story.say("WANG", "下周一 8:00")
    await story.advance(seconds=1)
    story.expect_nothing("LI", "WU")
    await story.press("WU", "✓ 来")  # to the old time, of the card that she sees
    assert story.toast("WU") == "这次会议改期了，请看新的时间。"
    story.expect("WU", "改期：原定 11月26日周四 08:00，改到 11月30日周一 08:00", "您能来吗？")
    await until(story, "2026-11-26", 7)
    story.expect_nothing("WU")
    story.expect("LI", "改期：原定 11月26日周四 08:00，改到 11月30日周一 08:00")
    await until(story, "2026-11-27", 17)
    story.expect("LI", "请别忘了：11月30日")
    await until(story, "2026-11-29", 23)
    story.expect_nothing("LI")
    await story.press("WANG", "改期")
    await story.say("WANG", "明天 7:10")
    await story.advance(seconds=1)
    story.expect("LI", "改期：原定 11月30日周一 08:00，改到 11月30日周一 07:10")


async def test_several_in_one_quarter_of_an_hour_come_as_one(story: Story) -> None:
    await joined(story, "LI", "WANG", "ZHOU")
    await set_up_once(story, "周五 14:00 警务室")
    await set_up_once(story, "周五 14:10 会议室", "ZHOU")
    await story.advance(seconds=1)
    story.expect("LI", "请您参加：11月27日周五 14:00 警务室", "请您参加：11月27日周五 14:10 会议室")
    story.expect_nothing("LI")
    story.read_all("WANG", "ZHOU")
    await until(story, "2026-11-26", 17)
    story.expect("LI", "请别忘了：11月27日周五 14:00 警务室", "请别忘了：11月27日周五 14:10")
    await until(story, "2026-11-27", 13)
    story.expect("LI", "快开会了：11月27日周五 14:00 警务室", "快开会了：11月27日周五 14:10")
    await until(story, "2026-11-27", 13, 11)
    story.expect_nothing("LI")
    await story.press("LI", "11月27日周五 14:10")
    story.expect("LI", "会议室", "您能来吗？")


async def test_after_a_nights_outage_and_a_leap_of_the_clock_nothing_comes_twice(story: Story) -> None:
    await joined(story, "LI", "WU", "WANG")
    await set_up_once(story, "周四 9:30 警务室")
    await story.advance(seconds=1)
    story.read_all(*STAFF)
    await until(story, "2026-11-26", 3)  # slept through five in the afternoon
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-26", 7)
    story.expect("LI", "请别忘了：11月26日周四 09:30")
    await until(story, "2026-11-26", 12)  # and the morning
    story.expect("LI", "没能按时提醒您：11月26日周四 09:30 警务室")
    await story.advance(days=-1)
    await story.advance(days=-1)
    await story.advance(days=2)
    await story.advance(seconds=1)
    story.expect_nothing("LI")
    rows = story.db.all("select kind, count(*) as n from reminder where person = ? group by kind", (1,))
    assert all(row["n"] == 1 for row in rows)


async def test_a_meeting_set_up_by_taps_in_english(story: Story) -> None:
    await joined(story, "LI", "WANG", "ZHOU", language="en")
    story.weeks_are_filed()
    await story.say("ZHOU", "/meetings")
    story.expect("ZHOU", "My meetings", "No meetings.")
    await story.press("ZHOU", "Set up a meeting")
    story.expect("ZHOU", "When and where do you meet?")
    await story.press("ZHOU", "first working day of the month 9:30")
    story.expect("ZHOU", "Where do you meet?")
    await story.say("ZHOU", "Hall 2")
    story.expect("ZHOU", "When: first working day of the month 09:30", "Where: Hall 2")
    await story.press("ZHOU", "Submit")
    story.expect("ZHOU", "Set. This is the first one; invited: 3", "Tue, Dec 1 09:30 Hall 2")
    await until(story, "2026-11-26", 9, 30)
    story.expect("LI", "You are invited: Tue, Dec 1 09:30 Hall 2")
    story.expect("WANG", "You are invited")
    await story.press("WANG", "Stand-in")
    story.expect("WANG", "You: sending a stand-in", "Coming: 周婷", "Stand-in for: 王警官")
    await story.press("LI", "Not coming")
    story.read_all("LI", "WANG", "ZHOU")
    await until(story, "2026-11-30", 17)
    story.expect("WANG", "Please remember: Tue, Dec 1 09:30")
    story.expect("ZHOU", "Please remember: Tue, Dec 1 09:30", "Not coming: 李敏", "Not answered yet: 1")
    story.expect_nothing("LI")
    await story.say("ZHOU", "/meetings")
    await story.press("ZHOU", "Tue, Dec 1")
    await story.press("ZHOU", "End the series")
    await story.press("ZHOU", "Yes, end")
    story.expect("ZHOU", "Ended; everybody", "Cancelled.")
    await story.advance(seconds=1)
    for code in ("LI", "WANG"):
        story.expect(code, "Cancelled: the meeting of Tue, Dec 1 09:30")
    await until(story, "2027-01-05", 12)
    assert not count(story, "reminder where state = 'waiting'")


async def test_what_cannot_be_taken_says_why_and_a_draft_is_kept(story: Story) -> None:
    await joined(story, "WANG", "LI")
    for said, why in (
        ("每周五 25:00 警务室", "没有这个日期或钟点"),
        ("每月31号 9:30", "不是每个月都有这一天"),
        ("每周五 警务室", "没有写几点"),
    ):
        await story.say("WANG", said)
        story.expect("WANG", "没有记下", why)
    await story.say("LI", "每周五下午两点 警务室")
    story.expect("LI", "没有明白您的意思")
    await story.say("WANG", "/meetings")
    await story.press("WANG", "定会议")
    await story.say("WANG", "今天上午9点")
    story.expect("WANG", "这个时间已经过了")
    await story.say("WANG", "老地方")
    story.expect("WANG", "没有看懂是什么时候")
    await story.say("WANG", "周日 9:30 警务室")
    story.expect("WANG", "时间：11月29日周日 09:30（休息日） 警务室")
    story.restart()
    story.clock.moment = datetime(2026, 11, 29, 2, tzinfo=UTC)  # Sunday, 10:00
    await story.press("WANG", "提交")
    story.expect("WANG", "这个时间已经过了", "什么时候开")
    await story.say("WANG", "下周五 14:00 警务室")
    story.db._connection.execute("update person set active = 0 where role = 'coordinator'")
    await story.press("WANG", "提交")
    story.expect("WANG", "这里还没有可以邀请的人")
    story.db._connection.execute("update person set active = 1 where role = 'coordinator'")
    await story.press("WANG", "提交")
    story.expect("WANG", "已定下", "12月4日周五 14:00")
    await story.advance(seconds=1)
    story.expect_nothing("LI")
    await until(story, "2026-12-01", 9, 30)
    story.expect("LI", "请您参加：12月4日周五 14:00")
