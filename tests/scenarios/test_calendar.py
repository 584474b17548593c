"""The calendar of working days in a running bot: taken up at once, meetings moved by it, its end told in time."""

from datetime import UTC, date, datetime
from pathlib import Path

from bot.calendar_import import read, take
from reminders.calendar import WorkingDays, missing
from tests.scenarios.said import BOTH, Said
from tests.scenarios.story import Story
from tests.scenarios.test_meetings import STAFF, count, set_up, set_up_once
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import joined

COVERED = WorkingDays().covered_until()


def imported(story: Story, folder: Path, rows: str) -> None:
    """As `linli calendar import` does it, beside the bot."""
    file = folder / "days.csv"
    file.write_text(f"day,works,name\n{rows}", "utf-8")
    take(story.db, file, read(file, story.clock.now().date()), story.clock.now(), anyway=False)


@BOTH
async def test_meetings_go_by_the_calendar_that_was_imported(story: Story, said: Said, tmp_path: Path) -> None:
    await said.join(story, *STAFF, "ZHOU")
    await said.weekly(story)
    await story.advance(seconds=1)
    await story.press("LI", said("coming"))
    story.read_all(*STAFF, "ZHOU")
    imported(story, tmp_path, "2026-11-27,no,停电\n2026-11-28,yes,\n")
    await story.advance(seconds=1)
    thursday = said.at("2026-11-26", "14:00")
    for code in STAFF:  # who called it is told as well
        story.expect(code, said("by calendar", said.at("2026-11-27", "14:00"), thursday))
    story.expect_nothing("ZHOU")
    assert said("you come") in story.screen("WANG")
    assert said("will you") in story.screen("LI")
    await story.advance(seconds=1)
    story.expect_nothing(*STAFF)  # once
    await until(story, "2026-11-25", 17)
    for code in STAFF:
        story.expect(code, said("day before", thursday))
    await story.press("WANG", said("move"))
    await story.say("WANG", said("thursday later"))
    await story.advance(seconds=1)
    story.read_all(*STAFF)
    imported(story, tmp_path, "2026-11-30,no,\n")  # Friday is worked again, but this one was moved by somebody
    await story.advance(seconds=1)
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-26", 14)
    for code in STAFF:
        story.expect(code, said("soon", said.at("2026-11-26", "15:00")))


@BOTH
async def test_a_series_goes_on_over_the_end_of_the_calendar_and_is_corrected_when_data_arrive(
    story: Story, said: Said, tmp_path: Path
) -> None:
    story.clock.moment = datetime(2026, 12, 28, 2, tzinfo=UTC)  # make-up days are known until the end of the year
    await said.join(story, "LI", "WANG")
    await said.weekly(story)
    thursday, friday, earlier = (said.at(day, "14:00") for day in ("2026-12-31", "2027-01-08", "2027-01-07"))
    story.expect("WANG", said("set"), thursday)  # New Year's Day is known to be off
    await story.advance(seconds=1)
    expected = {
        ("2026-12-28", 10, 1): said("invited", thursday),
        ("2026-12-30", 17, 0): said("day before", thursday),
        ("2026-12-31", 13, 0): said("soon", thursday),
        ("2026-12-31", 14, 0): said("start", thursday),
        ("2027-01-04", 12, 0): "",
        ("2027-01-05", 9, 30): said("invited", friday),
    }
    for (day, hour, minute), words in expected.items():
        await until(story, day, hour, minute)
        if words:
            story.expect("LI", words)
        story.expect_nothing("LI")
    days = dict.fromkeys(missing({}, 2027), "no") | {date(2027, 1, 8): "no", date(2027, 1, 9): "yes"}
    imported(story, tmp_path, "".join(f"{day},{works},\n" for day, works in sorted(days.items())))
    await story.advance(seconds=1)
    story.expect("LI", said("by calendar", friday, earlier))
    await until(story, "2027-01-06", 17)
    story.expect("LI", said("day before", earlier))
    story.expect_nothing("LI")


async def test_the_town_office_is_told_once_when_the_calendar_ends(story: Story, tmp_path: Path) -> None:
    story.db.execute("delete from calendar_warning")
    await story.join("GAO", "en")
    await story.join("LI")
    story.weeks_are_filed()
    await until(story, "2026-11-24", 10, 1)
    story.expect("GAO", f"The calendar of working days ends on {COVERED}", "linli calendar import FILE")
    story.restart()
    await story.advance(days=1)
    await story.advance(days=1)
    story.expect_nothing("GAO", "LI")
    holidays = missing({}, COVERED.year + 1)
    imported(story, tmp_path, "".join(f"{day},no,\n" for day in holidays))
    await story.advance(seconds=1)
    assert story.bot.house.days.covered_until() == date(COVERED.year + 1, 12, 31)
    assert count(story, "calendar_import where settled") == 1
    story.read_all("GAO")
    await until(story, "2027-10-29", 10)
    story.read_all("GAO")
    await until(story, "2027-10-31", 10)
    story.expect_nothing("GAO")  # a Sunday
    await until(story, "2027-11-01", 9)
    story.expect("GAO", "The calendar of working days ends on 2027-12-31")


async def test_the_town_office_sees_the_working_days_under_the_board(story: Story, tmp_path: Path) -> None:
    await joined(story, *STAFF, "GAO")
    await set_up(story)
    for line in ("11月29日 9:00 三楼会议室", "12月2日 9:00 三楼会议室"):
        await set_up_once(story, line)
    await story.advance(seconds=1)
    await story.say("GAO", "/board")
    await story.press("GAO", "工作日历")
    story.expect("GAO", "2026-11")
    story.expect(
        "GAO",
        "⚠ 调休只知道到 2026-12-31，快到期了。\n国务院安排：已有到 2026-12-31。\n本镇没有自己的表。",
        "今后 60 天里的放假和调休：\n休 1月1日周五\n\n",
        "定在休息日的会议：\n11月29日周日 09:00 会议 南苑社区（单次）\n\n要改：",
        "linli calendar import FILE",
    )
    imported(story, tmp_path, "2026-11-27,no,停电\n2026-11-28,yes,\n2026-12-02,no,\n")
    await story.advance(seconds=1)
    await story.say("WANG", "/meetings")
    await story.press("WANG", "11月26日周四 14:00")
    await story.press("WANG", "改期")
    await story.say("WANG", "12月5日 10:00")
    await story.say("GAO", "/board")
    await story.press("GAO", "工作日历")
    story.expect("GAO", "2026-11")
    story.expect(
        "GAO",
        "本镇自己的表：3 天（2026-11-24 导入），优先。",
        "休 11月27日周五（本镇）停电\n班 11月28日周六（本镇）\n休 12月2日周三（本镇）\n休 1月1日周五\n\n",
        "11月29日周日 09:00 会议 南苑社区（单次）\n12月2日周三 09:00 会议 南苑社区（单次）\n"
        "12月5日周六 10:00 会议 南苑社区 每周五 14:00（改期改的）\n",
    )
    story.expect_nothing("GAO")


async def test_the_working_days_in_english(story: Story, tmp_path: Path) -> None:
    await story.join("GAO", "en")
    imported(story, tmp_path, "2026-11-27,no,power cut\n")
    await story.advance(seconds=1)
    await story.say("GAO", "/board")
    await story.press("GAO", "Working days")
    story.expect("GAO", "2026-11")
    story.expect(
        "GAO",
        "own table goes first: imported 2026-11-24, days in it: 1.",
        "Off: Fri, Nov 27 (the town's) power cut",
        "linli calendar import",
    )
    assert "Meetings" not in story.screen("GAO").rpartition("Working days")[2]
    story.expect_nothing("GAO")
