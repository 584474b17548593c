"""Duties V1 and V3 over National Day 2026, its make-up Saturday and the end of the calendar; every message counted."""

from datetime import UTC, datetime
from pathlib import Path

from reminders.calendar import missing
from tests.scenarios.story import Story
from tests.scenarios.test_calendar import imported
from tests.scenarios.test_talks import arranged
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_visits import asked
from tests.scenarios.test_workload import joined

EVERYBODY = ("X", "LI", "ZHOU", "WANG")


async def begun(story: Story, day: int, month: int = 9) -> None:
    """It is 10:00 of that day of 2026; LI, ZHOU and WANG are at work. Nothing else is due in the weeks to come."""
    story.clock.moment = datetime(2026, month, day, 2, tzinfo=UTC)
    story.weeks_are_filed()
    with story.db.transaction():
        for task in ("head", "entry"):
            story.db.execute(
                "insert into data_room (place, task, person) select 2, ?, id from person where code = 'ZHOU'", (task,)
            )
        story.db.execute("update monthly_analysis set month = '2026-09' where month = '2026-11'")
    await joined(story, "LI", "ZHOU", "WANG")
    story.stranger("X")


async def agreed(story: Story) -> None:
    """Both can at every time, and the applicant takes the first that they are offered."""
    await story.advance(seconds=1)
    for code, part in (("LI", "我去（协管员）"), ("ZHOU", "我去（干部）")):
        await story.press(code, part)
        await story.press(code, "都可以")
    await story.advance(seconds=1)
    await story.press("X", "就这个时间")
    await story.advance(seconds=1)
    story.read_all(*EVERYBODY)


async def at(story: Story, day: str, hour: int, minute: int = 0, *, tell: dict[str, str] | None = None) -> None:
    """At that time these read this, and nobody anything else."""
    await until(story, day, hour, minute)
    for code, words in (tell or {}).items():
        story.expect(code, words)
    story.expect_nothing(*EVERYBODY)


async def test_a_visit_on_the_make_up_saturday_after_national_day(story: Story) -> None:
    await begun(story, 29)  # Tuesday
    await story.say("X", "/visits")
    await story.press("X", "我要居住证明")
    await story.press("X", "南苑社区")
    await story.say("X", "南苑路 5 号 201")
    await story.press("X", "上学")
    await story.say("X", "王女士")
    days = {label.rstrip("上午下晚") for label in labels(story, "X") if label.endswith("上午")}
    assert days == {"周三30", "周四8", "周五9", "周六10"}  # the week off is not offered, the make-up day is
    for said, why in (
        ("10月3日 10:00", "这天休息"),
        ("10月11日 10:00", "这天休息"),
        ("10月13日 10:00", "10月12日周一以前"),
    ):
        await story.say("X", said)
        story.expect("X", why)
    await story.press("X", "周六10上午")
    await story.press("X", "跳过")
    await story.press("X", "提交")
    story.expect("X", "已收到", "最迟 10月12日周一答复您")  # the fifth working day, the Saturday among them
    await agreed(story)
    await at(story, "2026-09-30", 23)
    await at(story, "2026-10-07", 12)
    told = "请别忘了：10月10日周六 09:30"
    await at(story, "2026-10-09", 16, 59)
    await at(story, "2026-10-09", 17, tell={"LI": told, "ZHOU": told, "X": told})
    soon = "快到上门的时间了：10月10日周六 09:30"
    await at(story, "2026-10-10", 8, 30, tell={"LI": soon, "ZHOU": soon, "X": soon})
    await until(story, "2026-10-10", 9, 30)
    await story.say("ZHOU", "/visits")
    await story.press("ZHOU", "居住证明 1号")
    await story.press("ZHOU", "说不清")
    await story.press("ZHOU", "✓ 开证明")
    story.read_all("LI", "ZHOU")
    await story.advance(seconds=1)
    story.expect("X", "您的申请有结果了", "居住证明已开出")
    await at(story, "2026-10-13", 12)


async def test_what_nobody_takes_over_national_day_is_late_by_working_days(story: Story) -> None:
    await begun(story, 28)  # Monday
    await asked(story, slots=("周三30上午", "周四8上午"))
    story.expect("X", "最迟 10月10日周六答复您")
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "有人申请居住证明", "最迟 10月10日周六办完")
    story.expect_nothing(*EVERYBODY)
    await at(story, "2026-10-01", 9)
    await at(story, "2026-10-07", 21)
    await at(story, "2026-10-08", 8, 30, tell={"X": "这几个时间都约不上"})
    await story.press("X", "改时间")
    await story.press("X", "周六10上午")
    await story.press("X", "跳过")
    story.expect("X", "新的时间已转给工作人员")
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "申请人改了时间", "① 10月10日周六 09:30")
    await story.press("LI", "我去（协管员）")
    await story.press("LI", "都可以")
    await story.press("ZHOU", "我去（干部）")
    await story.press("ZHOU", "都可以")
    await story.advance(seconds=1)
    await story.press("X", "就这个时间")
    await story.advance(seconds=1)
    story.read_all(*EVERYBODY)
    await until(story, "2026-10-09", 17)
    await until(story, "2026-10-10", 8, 30)
    story.read_all(*EVERYBODY)
    await at(story, "2026-10-10", 21)
    await at(story, "2026-10-11", 12)  # a Sunday
    await at(story, "2026-10-12", 8, 59)
    late = {"X": "抱歉，您的申请没能按时办完（晚了 1 个工作日）", "ZHOU": "逾期 1 个工作日"}
    await at(story, "2026-10-12", 9, tell=late)
    await at(story, "2026-10-13", 9, tell={"ZHOU": "逾期 2 个工作日"})
    await at(story, "2026-10-14", 9, tell={"ZHOU": "逾期 3 个工作日", "WANG": "逾期 3 个工作日"})


async def test_a_talk_within_office_hours_is_on_working_days_only(story: Story) -> None:
    await begun(story, 29)
    await story.say("WANG", "/visits")
    await story.press("WANG", "我的接待时间")
    for line in ("周四 14:00-14:30", "周六 9:00-9:30"):
        await story.press("WANG", "加一段时间")
        await story.say("WANG", line)
    await story.say("X", "/visits")
    await story.press("X", "约人面谈")
    await story.press("X", "咨询")
    assert [label for label in labels(story, "X") if label.startswith("周")] == ["周四8日 14:00", "周六10日 09:00"]
    await story.press("X", "放弃")
    await arranged(story, slot="周四8日 14:00")
    await story.advance(seconds=1)
    story.expect("WANG", "有人约您面谈：10月8日周四 14:00")
    story.read_all(*EVERYBODY)
    told = "请别忘了面谈：10月8日周四 14:00"
    await at(story, "2026-09-30", 17, tell={"X": told, "WANG": told})  # the working day before
    await at(story, "2026-10-07", 17)
    soon = "快到面谈的时间了"
    await at(story, "2026-10-08", 13, tell={"X": soon, "WANG": soon})


async def test_a_visit_beyond_the_known_calendar_is_planned_anew_when_it_is_known(story: Story, tmp_path: Path) -> None:
    await begun(story, 29, month=12)  # Tuesday; what is known ends with the year
    await asked(story, slots=("周一4上午",))
    story.expect("X", "最迟 1月6日周三答复您")
    await agreed(story)
    rows = [f"{day},no,\n" for day in missing({}, 2027)] + ["2027-01-03,yes,\n"]  # a Sunday that is worked
    imported(story, tmp_path, "".join(sorted(rows)))
    await story.advance(seconds=1)
    await at(story, "2026-12-31", 17)  # which would have been the working day before
    told = "请别忘了：1月4日周一 09:30"
    await at(story, "2027-01-03", 17, tell={"LI": told, "ZHOU": told, "X": told})
    soon = "快到上门的时间了"
    await at(story, "2027-01-04", 8, 30, tell={"LI": soon, "ZHOU": soon, "X": soon})
    await at(story, "2027-01-06", 21)
    late = {"X": "晚了 1 个工作日", "ZHOU": "逾期 1 个工作日"}
    await at(story, "2027-01-07", 9, tell=late)
