"""Duties M1 and M2: a series set up in a line, invited, reminded of, moved, cancelled; every message counted."""

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

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


async def test_a_meeting_is_moved_to_one_day_and_its_file_replaces_what_a_calendar_has(story: Story) -> None:
    await joined(story, *STAFF)
    await set_up(story)
    await story.advance(seconds=1)
    await story.press("LI", "✓ 来")
    await story.press("LI", "加入日历")
    before = event(story, "LI")
    story.read_all(*STAFF)
    await story.press("WANG", "改期")
    story.expect("WANG", "改到什么时候")
    for said, why in (("每周三 9:30", "这里只改一次"), ("昨天", "没有看懂"), ("周四 25:00", "没有这个日期或钟点")):
        await story.say("WANG", said)
        story.expect("WANG", why)
    await story.say("WANG", "周四 9:30")
    story.expect("WANG", "已改好", "11月26日周四 09:30", "您：来")
    await story.press("WANG", "取消这次")
    story.expect("WANG", "取消这一次？")
    await story.press("WANG", "返回")
    await story.advance(seconds=1)
    story.expect("LI", "改期：原定 11月27日周五 14:00，改到 11月26日周四 09:30", "您能来吗？")
    await story.press("LI", "✓ 来")
    await story.press("LI", "加入日历")
    after = event(story, "LI")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"] == datetime(2026, 11, 26, 1, 30, tzinfo=UTC)


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
