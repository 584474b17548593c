"""Duty W1: the weekly workload, told in a line or by taps, filed, confirmed, corrected; and reminders until it is."""

from tests.scenarios.story import Story
from tests.scenarios.test_violation import labels, until

LINE = "走访 32 登记 11 变更 4 注销 2 当日录入 15 核查证明 3 自查 20 工时 38"
FRIDAY = "2026-11-27"


async def joined(story: Story, *codes: str, language: str = "zh") -> None:
    for code in codes:
        await story.join(code, language)
    story.read_all(*codes)


async def filed(story: Story, code: str = "LI", line: str = LINE) -> None:
    """A week told in one line and filed by one tap."""
    await story.say(code, line)
    await story.press(code, "上报")


async def test_an_ordinary_week_is_one_line_and_one_tap(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await story.say("LI", "/workload")
    story.expect("LI", "工作量 11月23日至11月29日", "请在11月27日周五 17:00 前上报", "走访住户 —")
    await story.say("LI", LINE)
    story.expect("LI", "走访住户 32", "登记 11", "当日录入 15", "工时 38")
    await story.press("LI", "上报")
    story.expect("LI", "已上报，等民警确认", "走访住户 32")
    story.expect_nothing("LI", "WANG")  # the officer looks at all of them together


async def test_taps_of_the_days_add_up_to_the_week(story: Story) -> None:
    await joined(story, "LI")
    await story.say("LI", "/workload")
    for label in ("走访 +5", "走访 +1", "登记 +1"):
        await story.press("LI", label)
    story.expect("LI", "走访住户 6", "登记 1")
    await until(story, "2026-11-25", 16)
    await story.press("LI", "走访 +5")
    story.expect("LI", "走访住户 11")
    await story.press("LI", "撤销 走访 +5")
    story.expect("LI", "走访住户 6")
    rows = story.db.all("select day, sum(visited) as visited from workload_entry group by day order by day")
    assert [(row["day"], row["visited"]) for row in rows] == [("2026-11-24", 6), ("2026-11-25", 0)]


async def test_a_week_step_by_step(story: Story) -> None:
    await joined(story, "LI")
    await story.say("LI", "/workload")
    await story.press("LI", "逐项填写")
    story.expect("LI", "第 1/10 步", "走访住户多少户")
    await story.say("LI", "约30")
    story.expect("LI", "请写确切的数字")
    await story.say("LI", "三十二户")
    await story.say("LI", "１１")
    for _ in range(7):
        await story.press("LI", "跳过")
    await story.say("LI", "周三下午停电")
    story.expect("LI", "走访住户：32", "登记：11", "变更：无", "备注：周三下午停电")
    await story.press("LI", "提交")
    story.expect("LI", "走访住户 32", "登记 11", "备注：周三下午停电")


async def test_what_does_not_fit_together_is_asked_and_may_be_kept_with_a_reason(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await story.say("LI", "走访 20 登记 3 当日录入 9")
    await story.press("LI", "上报")
    story.expect("LI", "有几处想和您核对", "当日录入 9，多于登记、变更、注销合计 3")
    await story.press("LI", "返回修改")
    await story.press("LI", "上报")
    await story.press("LI", "数字没错")
    await story.press("LI", "补录以前的")
    story.expect("LI", "已上报", "说明：补录以前的")
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    story.expect("WANG", "⚠ 李敏")
    assert "确认没有疑问的" not in "".join(labels(story, "WANG"))
    await story.press("WANG", "⚠ 李敏")
    story.expect("WANG", "⚠ 当日录入 9，多于", "说明：补录以前的")


async def test_the_round_of_the_officer(story: Story) -> None:
    await joined(story, "LI", "WU", "WANG")
    await filed(story)
    await filed(story, "WU", "走访 28 登记 9 工时 40")
    story.read_all("LI", "WU")
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    story.expect("WANG", "工作量确认", "● 李敏　走访 32 登记 11", "● 吴芳")
    await story.press("WANG", "确认没有疑问的 2 份")
    story.expect("WANG", "这 2 份没有疑问", "李敏", "吴芳")
    await story.press("WANG", "确认这 2 份")
    story.expect("WANG", "✓ 李敏", "✓ 吴芳")
    story.expect("LI", "民警已确认")
    story.expect("WU", "民警已确认")
    await until(story, "2026-12-02", 12)
    story.expect_nothing("WANG")


async def test_what_changed_since_it_was_shown_is_not_confirmed_unseen(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await filed(story)
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    await story.press("WANG", "确认没有疑问的")
    await story.say("LI", "走访 90")
    await story.press("WANG", "确认这 1 份")
    assert story.toast("WANG") == "这是旧卡片，请看最新的那张。"
    story.expect("WANG", "● 李敏　走访 90")


async def test_a_week_is_sent_back_with_a_question_and_filed_again(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await filed(story)
    story.read_all("LI")
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    await story.press("WANG", "● 李敏")
    story.expect("WANG", "李敏", "本月到此：走访 32 登记 11", "邻里记录的报告：0 份")
    await story.press("WANG", "退回询问")
    await story.say("WANG", "走访数含商铺吗？")
    story.expect("LI", "王警官退回了这一周", "走访数含商铺吗？")
    story.expect("WANG", "↩ 李敏")
    await story.say("LI", "走访 30")
    await story.press("LI", "上报")
    story.expect("WANG", "李敏上报了", "等您确认")
    await story.press("WANG", "查看")
    story.expect("WANG", "走访住户 30")
    await story.press("WANG", "确认")
    story.expect("LI", "民警已确认", "走访住户 30")


async def test_the_officer_corrects_and_the_coordinator_objects(story: Story) -> None:
    await joined(story, "LI", "WANG", "GAO")
    await filed(story)
    story.read_all("LI")
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    await story.press("WANG", "● 李敏")
    await story.press("WANG", "更正")
    await story.say("WANG", "走访 30")
    await story.say("WANG", "两户是商铺")
    story.expect("LI", "王警官更正了您", "走访住户 32 → 30", "两户是商铺")
    story.expect("LI", "民警已确认", "走访住户 30")
    await story.press("LI", "不同意")
    story.expect("LI", "已记下您不同意")
    story.expect("GAO", "李敏不同意", "走访住户 32 → 30")
    story.expect("WANG", "李敏不同意", "走访住户 32 → 30")


async def test_a_correction_after_the_confirmation_goes_to_the_officer(story: Story) -> None:
    await joined(story, "LI", "WANG")
    await filed(story)
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    await story.press("WANG", "● 李敏")
    await story.press("WANG", "确认")
    story.read_all("LI", "WANG")
    await story.say("LI", "走访 35 登记 11")
    story.expect("LI", "为什么要改")
    await story.say("LI", "周四漏记三户")
    story.expect("LI", "更正已送民警")
    story.expect("WANG", "李敏要更正", "走访住户 32 → 35", "周四漏记三户")
    assert story.db.all("select sum(visited) as n from workload_entry where state = 'counted'")[0]["n"] == 32
    await story.press("WANG", "同意")
    story.expect("LI", "王警官同意了您")
    story.expect("LI", "走访住户 35")


async def test_reminders_until_it_is_filed_and_confirmed(story: Story) -> None:
    await joined(story, "LI", "WU", "WANG")
    await filed(story, "WU")
    story.read_all("WU")
    await until(story, "2026-11-26", 13, 59)
    story.expect_nothing("LI", "WU", "WANG")
    await until(story, "2026-11-26", 14)
    story.expect("LI", "明天该报本周工作量了", "还缺：走访住户、登记")
    await until(story, FRIDAY, 9)
    story.expect("LI", "今天 17:00 前上报")
    await until(story, FRIDAY, 17)
    story.expect("LI", "还没有上报", "已过上报时间")
    await until(story, "2026-11-29", 12)
    story.expect_nothing("LI", "WU", "WANG")
    await until(story, "2026-11-30", 9)
    story.expect("WANG", "请确认协管员的工作量", "○ 李敏　未上报", "● 吴芳")
    await story.say("LI", LINE)
    await story.press("LI", "上报")
    story.expect("WANG", "李敏上报了")
    await story.say("WANG", "/workload")
    await story.press("WANG", "确认没有疑问的 2 份")
    await story.press("WANG", "确认这 2 份")
    story.read_all("LI", "WU", "WANG")
    await until(story, "2026-12-02", 12)
    story.expect_nothing("LI", "WU", "WANG")


async def test_a_line_that_cannot_be_taken_says_why_and_changes_nothing(story: Story) -> None:
    await joined(story, "LI")
    await story.say("LI", LINE)
    for said, why in (
        ("走访 -3", "数量不能小于 0"),
        ("走访 3.5", "请写整数"),
        ("走访 1000000000", "太大了"),
        ("走访 约30", "请写确切的数字"),
        ("走访 30+", "请写确切的数字"),
        ("走访 11月20日", "像是日期"),
        ("走访", "后面没有数字"),
        ("走访 3 走访 4", "写了两次"),
        ("巡访 3", "没有“巡访”这一项，是不是：走访"),
        ("走访 3 7", "前面没有项目"),
    ):
        await story.say("LI", said)
        story.expect("LI", why, "没有记入", "走访住户 32")
    await story.say("LI", "登记：二十一；走访３３户")
    story.expect("LI", "走访住户 33", "登记 21")


async def test_who_has_no_area_or_no_coordinators_is_told_so(story: Story) -> None:
    await joined(story, "LI", "HE")
    story.db._connection.execute("delete from assignment where person = ?", (story.ids["LI"],))
    story.db._connection.execute("delete from assignment where person = ?", (story.ids["QIAN"],))
    await story.say("LI", "/workload")
    story.expect("LI", "您还没有分到责任区")
    await story.say("HE", "/workload")
    story.expect("HE", "您的辖区还没有协管员")


async def test_the_board_of_the_town_and_of_a_committee(story: Story) -> None:
    await joined(story, "LI", "GAO", "ZHOU")
    await filed(story)
    await until(story, FRIDAY, 8)
    await story.say("GAO", "/board")
    story.expect("GAO", "工作情况 2026-11", "南苑社区：本周已报 1/2", "走访住户 32", "东溪村：本周已报 0/1")
    await story.press("GAO", "南苑社区")
    story.expect("GAO", "南苑社区 2026-11", "工时 38", "● 李敏　已上报", "○ 吴芳　未上报")
    await story.press("GAO", "上一步")
    story.expect("GAO", "东溪村")
    await story.say("ZHOU", "/board")
    story.expect("ZHOU", "南苑社区 2026-11", "走访住户 32")


async def test_what_only_begins_like_an_item_is_no_line(story: Story) -> None:
    await joined(story, "LI")
    await story.say("LI", "报告有人打架")
    story.expect("LI", "没有明白您的意思")


async def test_on_monday_last_week_comes_first_and_this_week_is_one_tap_away(story: Story) -> None:
    await joined(story, "LI")
    await until(story, FRIDAY, 18)
    await until(story, "2026-11-30", 10)
    story.read_all("LI")
    await story.say("LI", "/workload")
    story.expect("LI", "11月23日至", "已过上报时间")
    await story.press("LI", "本周 ›")
    story.expect("LI", "11月30日至", "请在12月4日周五")
    await story.say("LI", "走访 7")
    story.expect("LI", "11月30日至", "走访住户 7")
    await story.press("LI", "‹ 上周还没上报")
    await story.say("LI", "走访 31")
    story.expect("LI", "11月23日至", "走访住户 31")
