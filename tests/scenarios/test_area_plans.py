"""Duty P1: a place is proposed, agreed on, worked at week by week, reviewed, accepted; every message counted."""

from datetime import UTC, datetime

from models.analysis import MonthlyAnalysis
from models.checks import DataRoom
from tests.scenarios.story import Story
from tests.scenarios.test_agenda import at_once
from tests.scenarios.test_meetings import count
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import joined

SPOT, WHY = "3号楼地下室", "电线乱拉，杂物堵着通道"
MONDAY = datetime(2026, 9, 21, 2, tzinfo=UTC)  # 10:00; from Friday it is Mid-Autumn, then National Day
Heard = dict[tuple[str, int, int], dict[str, tuple[str, ...]]]


async def opened(story: Story, *whom: str, at: datetime | None = None, language: str = "zh") -> None:
    """A town in which nothing else is due."""
    if at is not None:
        story.clock.moment = at
    await joined(story, *whom, language=language)
    story.weeks_are_filed()
    with story.db.transaction() as db:  # a story about something else hears nothing of data rooms and analyses
        for place in db.all("select id from place where kind = 'committee'"):
            for month in ("2026-08", "2026-09", "2027-02"):
                db.insert_new(MonthlyAnalysis, place=place["id"], month=month, sent=["sent"])
            for task in ("head", "entry"):
                db.insert(DataRoom, place=place["id"], task=task, person=story.ids["WU"])


async def propose(story: Story, who: str = "LI", spot: str = SPOT, *, counts: tuple[str, ...] = ("3", "1")) -> None:
    """A place from /plans to the review, sent."""
    await story.say(who, "/plans")
    await story.press(who, "提出一处")
    if any("南苑一片" in label for label in labels(story, who)):
        await story.press(who, "南苑一片")
    await story.say(who, spot)
    if any("另一处" in label for label in labels(story, who)):
        await story.press(who, "另一处")
    for amount in counts:
        await story.say(who, amount)
    for _ in range(3 - len(counts)):
        await story.press(who, "跳过")
    await story.say(who, WHY)
    await story.press(who, "提交")


async def agree(story: Story, lead: str = "ZHOU") -> None:
    """WANG agrees, and a cadre leads it."""
    await story.press("WANG", "✓ 同意")
    await story.press(lead, "我来牵头")
    story.read_all("LI", "WANG", lead)


async def measure(story: Story, words: str, owner: str, day: str, who: str = "ZHOU") -> None:
    await story.press(who, "+ 措施")
    await story.say(who, words)
    await story.press(who, owner)
    await story.say(who, day)


async def inspect_every(story: Story, weekday: str, hour: str, who: str = "ZHOU") -> None:
    await story.press(who, "巡查时间")
    await story.press(who, weekday)
    await story.press(who, hour)


async def inspected(story: Story, mended: str, remaining: str, who: str = "ZHOU") -> None:
    await story.press(who, "巡查结果")
    await story.say(who, mended)
    await story.say(who, remaining)
    await story.press(who, "跳过")


async def hear(story: Story, expected: Heard, *whom: str) -> None:
    """At each local time these people hear just this, and nobody else anything."""
    for (day, hour, minute), told in expected.items():
        await until(story, day, hour, minute)
        for who, words in told.items():
            story.expect(who, *words)
        story.expect_nothing(*whom)


async def test_from_a_proposal_to_the_acceptance_over_national_day(story: Story) -> None:
    staff = ("LI", "ZHOU", "WANG", "GAO", "QIAN", "HE")
    await opened(story, *staff, at=MONDAY)
    await propose(story)
    story.expect("LI", "已提出，民警已收到", "整治方案 南苑一片 3号楼地下室", "等民警决定", "隐患 3 处、秩序 1 件", WHY)
    story.expect("WANG", "李敏提出一处，请您决定", "3号楼地下室", "隐患 3 处")
    story.read_all("LI")
    story.expect_nothing(*staff)
    await story.press("WANG", "✓ 同意")
    story.expect("WANG", "已同意", "进行中，11月23日周一前验收", "牵头：还没有")  # two months, a Saturday moved on
    story.expect("LI", "民警同意了您提出的方案")
    story.expect("ZHOU", "请一位村(居)干部牵头")
    await story.press("ZHOU", "我来牵头")
    story.expect("ZHOU", "牵头：周婷", "下一步：定巡查时间")
    assert story.toast("ZHOU") == "由您牵头。"
    await measure(story, "清走杂物", "李敏", "9月29日")
    story.expect("ZHOU", "措施已定", "1. 9月29日前 清走杂物（李敏）")
    await inspect_every(story, "周四", "10:00")
    story.expect("ZHOU", "联合巡查：每周四 10:00", "下一步：9月24日周四 10:00 联合巡查")
    await story.advance(seconds=1)
    story.expect("LI", "您有新的措施：清走杂物（9月29日周二前）", "整治方案 南苑一片 3号楼地下室")
    story.expect_nothing(*staff)
    everybody = ("LI", "ZHOU", "WANG")
    before, soon = ("请别忘了",), ("快要联合巡查了",)
    await hear(
        story,
        {
            ("2026-09-23", 16, 59): {},
            ("2026-09-23", 17, 0): dict.fromkeys(everybody, (*before, "9月24日周四 10:00")),
            ("2026-09-24", 9, 0): dict.fromkeys(everybody, (*soon, "9月24日周四 10:00")),
        },
        *staff,
    )
    await until(story, "2026-09-24", 11)
    await inspected(story, "2", "1", "LI")
    # The week of National Day has three working days: the inspection is on the last of them, the day before it.
    story.expect("LI", "巡查 1 次，漏 0 次", "还有隐患 1 处，累计整改 2 处", "9月29日周二前 清走杂物")
    assert count(story, "area_plan_inspection where state = 'planned'") == 1
    await hear(
        story,
        {
            ("2026-09-25", 10, 0): {},  # Mid-Autumn
            ("2026-09-28", 16, 59): {},
            ("2026-09-28", 17, 0): {"LI": ("下一个工作日到期：清走杂物",)},
        },
        *staff,
    )
    await story.press("LI", "✓ 1")
    story.expect("LI", "☑ 清走杂物（李敏）")
    await hear(
        story,
        {
            ("2026-09-29", 17, 0): dict.fromkeys(everybody, (*before, "9月30日周三 10:00")),
            ("2026-09-30", 9, 0): dict.fromkeys(everybody, soon),
            # Nobody tells the result; the working day before the next one is this same day.
            ("2026-09-30", 17, 0): dict.fromkeys(everybody, (*before, "10月8日周四 10:00")),
            ("2026-10-01", 10, 0): {},
            ("2026-10-06", 17, 0): {},
            ("2026-10-08", 9, 0): dict.fromkeys(everybody, (*soon, "10月8日周四 10:00")),
            ("2026-10-08", 9, 30): {"ZHOU": ("上次联合巡查（9月30日周三 10:00）还没有记结果", "⚠ 逾期：9月30日周三")},
        },
        *staff,
    )
    await until(story, "2026-10-08", 11)
    await story.press("ZHOU", "记10月8日巡查结果")
    for said in ("1", "0", "过道通了"):
        await story.say("ZHOU", said)
    story.expect("ZHOU", "巡查 2 次，漏 1 次", "最近 10月8日：还有隐患 0 处，累计整改 3 处。 过道通了")
    await hear(
        story,
        {
            ("2026-10-09", 9, 30): {},
            ("2026-10-10", 10, 0): {},  # a Saturday on which people work, but nothing is due
            ("2026-10-14", 17, 0): dict.fromkeys(everybody, (*before, "10月15日周四 10:00")),
        },
        *staff,
    )
    await weeks(story, "2026-10-15")
    await until(story, "2026-10-21", 9, 29)
    story.read_all(*staff)
    await hear(
        story,
        {
            ("2026-10-21", 9, 30): dict.fromkeys(("ZHOU", "WANG"), ("该做每月评估了（10月21日周三）",)),
            ("2026-10-22", 8, 59): dict.fromkeys(everybody, (*before, "10月22日")),
        },
        *staff,
    )
    await story.press("WANG", "每月评估")
    await story.press("WANG", "变好")
    await story.say("WANG", "这里的回族人太多")
    story.expect("WANG", "⚠")  # screened
    await story.say("WANG", "通道清了，电线在改")
    story.expect("WANG", "10月22日 评估：变好。通道清了，电线在改", "下一步：10月22日周四 10:00 联合巡查")
    story.expect("ZHOU", "这个月的评估做好了")
    story.expect_nothing(*staff)
    for day in ("2026-10-22", "2026-10-29", "2026-11-05", "2026-11-12", "2026-11-19"):
        await weeks(story, day)
    story.read_all(*staff)
    assert count(story, "area_plan_inspection where state = 'done'") == 8
    await until(story, "2026-11-20", 10)
    story.read_all(*staff)
    await story.say("GAO", "/plans")
    await story.press("GAO", "▶ 南苑一片")
    await at_once(story, "pl:1:accept:0", "WANG", "GAO")
    for who in ("WANG", "GAO", "LI", "ZHOU"):
        story.expect(who, "11月20日 已通过验收。")
    story.read_all("GAO", "WANG")
    await until(story, "2026-11-30", 18)
    story.expect_nothing(*staff)
    await propose(story)
    story.expect("LI", "等民警决定")
    await story.press("LI", "这里以前的方案")
    story.expect("LI", "南苑一片 3号楼地下室 以前的方案", "11月20日 已通过验收")
    await story.press("LI", "南苑一片 3号楼地下室")
    story.expect("LI", "已通过验收", "☑ 清走杂物（李敏）", "巡查 8 次，漏 1 次")


async def weeks(story: Story, *days: str) -> None:
    """The inspections of these days are told by ZHOU."""
    for day in days:
        await until(story, day, 9)
        await until(story, day, 11)
        await inspected(story, "0", "0")


async def test_an_inspection_on_a_saturday_is_held_on_the_make_up_saturday(story: Story) -> None:
    await opened(story, "LI", "ZHOU", "WANG", at=datetime(2026, 9, 28, 2, tzinfo=UTC))
    await propose(story)
    await agree(story)
    await inspect_every(story, "周六", "09:00")
    story.expect("ZHOU", "下一步：9月30日周三 09:00 联合巡查")
    everybody = ("LI", "ZHOU", "WANG")
    await hear(
        story,
        {
            ("2026-09-29", 17, 0): dict.fromkeys(everybody, ("请别忘了：9月30日周三 09:00",)),
            ("2026-09-30", 8, 0): dict.fromkeys(everybody, ("快要联合巡查了",)),
        },
        *everybody,
    )
    await until(story, "2026-09-30", 10)
    await inspected(story, "1", "0")
    story.expect("ZHOU", "下一步：10月10日周六 09:00 联合巡查")
    await hear(
        story,
        {
            ("2026-10-08", 17, 0): {},
            ("2026-10-09", 16, 59): {},
            ("2026-10-09", 17, 0): dict.fromkeys(everybody, ("请别忘了：10月10日周六 09:00",)),
            ("2026-10-10", 8, 0): dict.fromkeys(everybody, ("快要联合巡查了",)),
            ("2026-10-11", 10, 0): {},
            ("2026-10-12", 9, 29): {},
        },
        *everybody,
    )
