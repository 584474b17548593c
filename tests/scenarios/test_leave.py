"""Leave, told in a few taps: nothing is asked or compared on its days; and who moves counts where they were."""

from datetime import date

from handlers import postings
from handlers.desk import Desk
from handlers.workload import presence
from models.workload import Entry, Week
from tests.scenarios.story import Story
from tests.scenarios.test_self_check import planned
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import FRIDAY, filed, joined


async def test_a_day_of_leave_is_three_taps_told_to_the_officer_and_taken_back(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await story.say("LI", "/workload")
    for label in ("请假", "今天 11月24日周二", "就这一天"):
        await story.press("LI", label)
    story.expect("LI", "已记下，已告诉王警官", "11月24日周二，1 个工作日")
    story.expect("LI", "工作量", "请假：11月24日周二")
    story.expect("WANG", "李敏请假：11月24日周二，1 个工作日")
    await story.press("LI", "收回 11月24日周二")
    story.expect("LI", "现在没有请假")
    story.expect("WANG", "李敏收回了请假：11月24日周二")
    assert "请假：" not in next(m["text"] for m in story.messages("LI") if "工作量" in m["text"])
    rows = story.db.all("select taken_back_at is null as stands from leave")
    assert [row["stands"] for row in rows] == [0]


async def test_days_that_cannot_be_say_why_and_a_long_leave_is_asked_again(story: Story) -> None:
    await joined(story, "LI")
    await story.say("LI", "/workload")
    await story.press("LI", "请假")
    for said, why in (
        ("11-13", "最早只能补 11月16日周一以后的假"),
        ("2028-12-1", "太久了"),
        ("不知道", "没有看懂是哪天"),
        ("2-30", "没有这一天"),
    ):
        await story.say("LI", said)
        story.expect("LI", why, "从哪天开始请假")
    await story.say("LI", "12-2")
    for said, why in (
        ("12-1", "结束的日子在开始（12月2日周三）之前"),
        ("2028-1-1", "太久了"),
    ):
        await story.say("LI", said)
        story.expect("LI", why, "请到哪天")
    await story.press("LI", "到12月4日周五")
    story.expect("LI", "已记下。现在联系不上该告诉的人", "12月2日至12月4日，3 个工作日")
    await story.press("LI", "再请一段")
    await story.say("LI", "12-4")
    story.expect("LI", "和已经请的假（12月2日至12月4日）重了")
    await story.say("LI", "11-28")
    await story.press("LI", "就这一天")
    story.expect("LI", "这几天本来就休息")
    await story.say("LI", "12-3")
    story.expect("LI", "和已经请的假（12月2日至12月4日）重了")
    await story.press("LI", "放弃")
    await story.press("LI", "再请一段")
    await story.say("LI", "12-7")
    await story.say("LI", "2027-3-1")
    story.expect("LI", "超过 60 天了，日期没有写错吧")
    assert len(story.db.all("select 1 from leave")) == 1
    await story.press("LI", "没错")
    story.expect("LI", "12月7日至3月1日")
    await until(story, "2026-12-03", 8)
    await story.press("LI", "请假")
    await story.press("LI", "今天已返岗（12月2日至12月4日）")
    story.expect("LI", "· 12月2日周三，1 个工作日")


async def test_a_week_on_leave_is_neither_filed_nor_reminded_of_and_the_round_says_so(story: Story) -> None:
    await planned(story, "LI", "WU", "WANG", "GAO")  # a plan until 4 December, whose reminders are silent too
    await story.say("LI", "/workload")
    await story.press("LI", "请假")
    await story.say("LI", "11-23")
    await story.say("LI", "11-27")
    story.expect("LI", "本周请假，不用上报")
    await filed(story, "WU", "走访 28 登记 9 当日录入 9 工时 40")
    story.read_all("LI", "WU", "WANG")
    await until(story, "2026-11-26", 14)
    await until(story, FRIDAY, 9)
    await until(story, FRIDAY, 17)
    story.expect_nothing("LI")
    await story.say("GAO", "/board")
    story.expect("GAO", "南苑社区：本周已报 1/1")
    await until(story, "2026-11-30", 9)
    story.expect("WANG", "请确认协管员的工作量", "◌ 李敏　请假", "● 吴芳")
    story.expect_nothing("LI")
    await story.say("LI", "/workload")
    story.expect("LI", "11月30日至")  # last week is not waited for
    assert "上周还没上报" not in "".join(labels(story, "LI"))


async def test_leave_in_a_week_is_silent_on_its_days_and_comes_off_what_is_expected(story: Story) -> None:
    await planned(story, "LI", "WANG", "ZHOU")
    person, place = story.ids["LI"], story.ids["NY-1"]
    with story.db.transaction() as db:  # November 2025: 200 dwellings on its 20 working days
        db.insert(Week, id=99, person=person, monday="2025-11-03", state="confirmed", sent=[])
        for day in range(1, 31):
            when, visited = f"2025-11-{day:02}", 10 if day <= 20 else 0
            of = {"week": 99, "person": person, "place": place, "by": person, "batch": 0, "at": story.clock.now()}
            db.insert(Entry, **of, day=when, visited=visited)
    await until(story, "2026-11-24", 19)
    await story.say("LI", "登记 3")  # after the evening's question, so that the next morning would ask
    for label in ("请假", "明天", "就这一天", "再请一段"):
        await story.press("LI", label)
    await story.say("LI", "11-26")
    await story.press("LI", "就这一天")
    story.read_all("LI")
    await until(story, "2026-11-25", 9)
    await until(story, "2026-11-26", 14)
    story.expect_nothing("LI")
    await until(story, FRIDAY, 9)
    story.expect("LI", "今天 17:00 前上报")
    story.expect("LI", "11月24日周二还有 1 条没有当日录入")  # back: asked about the last day at work
    await story.press("LI", "时间太晚")
    await story.say("LI", "走访 160 自查 3 当日录入 3 工时 16")
    await story.say("ZHOU", "/board")
    story.expect("ZHOU", "走访住户 —（去年折算 180，▼ 低于）", "填报中，未计入：走访住户 160")
    await story.press("LI", "请假")
    await story.press("LI", "再请一段")
    await story.say("LI", "11-23")
    await story.press("LI", "就这一天")
    await story.press("LI", "再请一段")
    await story.say("LI", "11-20")
    await story.press("LI", "就这一天")
    await story.press("LI", "上报")
    await story.say("ZHOU", "/board")
    story.expect("ZHOU", "走访住户 160（去年折算 160，▲ 达到）")
    await story.say("WANG", "/workload")
    story.expect("WANG", "李敏　走访 160 登记 3（请假 3 天）")


async def test_a_mover_counts_where_they_were(story: Story) -> None:
    await joined(story, "LI", "GAO")
    await story.say("LI", "走访 20")  # Monday and Tuesday, at NY-1
    with story.db.transaction() as db:
        postings.assign(db, story.ids["LI"], [story.ids["DX-1"]], date(2026, 11, 25))
    await until(story, FRIDAY, 9)
    await story.say("LI", "走访 50")  # over the five days, twelve of each of the first two
    await story.say("GAO", "/board")
    story.expect("GAO", "南苑社区：本周已报 0/1", "未计入：走访住户 32", "东溪村：本周已报 0/2", "未计入：走访住户 18")
    desk = Desk(story.db, story.clock.now(), story.bot.house)
    month = (date(2026, 11, 1), date(2026, 11, 30))
    days = {place: presence.days_at(desk, story.ids[place], *month) for place in ("NY", "DX", "TOWN")}
    assert days == {"NY": 2, "DX": 4, "TOWN": 6}  # 23 and 24 November, then 25 to 30
    with story.db.transaction() as db:  # back the same day, and gone
        postings.assign(db, story.ids["LI"], [story.ids["NY-1"]], date(2026, 11, 27))
        postings.assign(db, story.ids["LI"], [story.ids["DX-1"]], date(2026, 11, 27))
        postings.end(db, story.ids["LI"], date(2026, 11, 27))
    rows = story.db.all("select since, until from posting where person = ? order by id", (story.ids["LI"],))
    assert [tuple(row) for row in rows] == [("0001-01-01", "2026-11-24"), ("2026-11-25", "2026-11-27")]


async def test_the_same_in_english(story: Story) -> None:
    await joined(story, "LI", "WANG", language="en")
    await story.say("LI", "/workload")
    for label in ("Leave", "Tomorrow, Wed, Nov 25", "Until Fri, Nov 27"):
        await story.press("LI", label)
    story.expect("LI", "Noted, and 王警官 was told", "Nov 25 – Nov 27, working days: 3")
    story.expect("WANG", "李敏 is on leave: Nov 25 – Nov 27, working days: 3.")
    await story.press("LI", "Take back Nov 25")
    story.expect("LI", "You have no leave now.")
