"""Duty V1: a certificate of residence from the request to the decision; every message counted."""

from tests.scenarios.story import Story
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import joined

STAFF = ("LI", "ZHOU", "WANG")
EVERYBODY = ("X", *STAFF)
PHONE = "13912345678"
SLOTS = ("周四26日上午", "周五27日下午", "周四26日晚上")


async def asked(
    story: Story, who: str = "X", *, slots: tuple[str, ...] = ("周四26日上午", "周五27日下午", "周四26日晚上")
) -> None:
    """A resident asks for a certificate at NY; the form, tap by tap."""
    await story.say(who, "/visits")
    await story.press(who, "我要居住证明")
    if place:
        await story.press(who, place)
    await story.say(who, f"南苑路 5 号 201 {PHONE}")
    await story.press(who, "上学")
    await story.say(who, "王女士")
    for slot in slots:
        await story.press(who, slot)
    if len(slots) < 3:
        await story.press(who, "跳过")
    await story.press(who, "提交")


async def opened(story: Story) -> None:
    """LI, ZHOU and WANG at work, and a resident who has asked; everybody has read so far."""
    story.weeks_are_filed()
    await joined(story, *STAFF)
    story.stranger("X")
    await asked(story)
    await story.advance(seconds=1)
    story.read_all(*EVERYBODY)


async def agreed(story: Story) -> None:
    """Both go along on Thursday evening."""
    await opened(story)
    await story.press("LI", "我去（协管员）")
    await story.press("LI", "11月26日周四 19:00")
    await story.press("LI", "就这些")
    await story.press("ZHOU", "我去（干部）")
    await story.press("ZHOU", "都可以")
    await story.advance(seconds=1)
    await story.press("X", "就这个时间")
    await story.advance(seconds=1)
    story.read_all(*EVERYBODY)


def count(story: Story, asked: str) -> int:
    return int(story.db.all(f"select count(*) as n from {asked}")[0]["n"])


async def test_a_certificate_from_the_request_to_the_decision(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, *STAFF)
    story.stranger("X")
    await asked(story)
    story.expect("X", "已收到", "居住证明 1号 南苑社区", "正在安排人上门", "最迟 12月1日周二答复您")
    story.expect_nothing("X", *STAFF)
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "有人申请居住证明", "上学", "南苑路 5 号 201", "① 11月26日周四 09:30", "缺人")
    assert "王女士" not in story.screen("LI")
    assert PHONE not in story.screen("LI") + story.screen("X")
    await story.press("LI", "我去（协管员）")
    story.expect("LI", "协管员：李敏", "干部：还没有人", "找：王女士")
    story.expect("ZHOU", "协管员：李敏")
    await story.press("LI", "11月26日周四 19:00")
    await story.press("LI", "就这些")
    story.expect("LI", "协管员：李敏 ✓")
    story.expect("ZHOU", "协管员：李敏 ✓")
    await story.press("ZHOU", "我去（干部）")
    story.expect("ZHOU", "干部：周婷", "请各自点能去的时间")
    story.expect("LI", "干部：周婷")
    await story.press("ZHOU", "都可以")
    story.expect("ZHOU", "等申请人确认时间")
    story.expect("LI", "等申请人确认时间")
    await story.advance(seconds=1)
    story.expect("X", "时间对上了", "可以 11月26日周四 19:00 上门，行吗？", "协管员：李敏、干部：周婷")
    await story.press("X", "就这个时间")
    story.expect("X", "已约好：11月26日周四 19:00")
    for code in ("LI", "ZHOU"):
        story.expect(code, "约好：11月26日周四 19:00")
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "约好了：11月26日周四 19:00")
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-11-25", 16, 59)
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-11-25", 17)
    for code in ("LI", "ZHOU", "X"):
        story.expect(code, "请别忘了：11月26日周四 19:00")
    await until(story, "2026-11-26", 18)
    for code in ("LI", "ZHOU", "X"):
        story.expect(code, "一小时后上门：11月26日周四 19:00")
    await until(story, "2026-11-26", 19)
    story.expect_nothing(*EVERYBODY)
    await story.say("LI", "/visits")
    story.expect("LI", "我要办的", "1号 南苑社区：到时间了")
    await story.press("LI", "居住证明 1号")
    story.expect("LI", "请记下结果", "不是警情")
    await story.press("LI", "属实")
    assert "打勾" in story.toast("LI")
    await story.press("LI", "和申请人谈过")
    await story.press("LI", "和村(居)委人员或邻居谈过")
    story.read_all("LI", "ZHOU")
    await story.press("LI", "属实")
    story.expect("LI", "核实结果：属实", "等村(居)委会决定")
    story.expect("ZHOU", "核实结果：属实")
    await story.advance(seconds=1)
    story.expect("ZHOU", "上门结果已记下")
    await story.press("LI", "写一句说明")
    story.expect("LI", "写一句说明")
    await story.say("LI", f"房东在场，电话 {PHONE}")
    story.expect("LI", "说明：房东在场")
    story.expect("ZHOU", "说明：房东在场")
    assert PHONE not in story.screen("ZHOU")
    await story.press("ZHOU", "开证明")
    story.expect("ZHOU", "✓ 已开证明")
    story.expect("LI", "✓ 已开证明")
    await until(story, "2026-11-27", 7)
    story.expect("X", "您的申请有结果了", "居住证明已开出，请到南苑社区领取")
    await until(story, "2026-11-30", 12)
    story.expect_nothing(*EVERYBODY)
