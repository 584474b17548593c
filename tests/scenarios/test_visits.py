"""Duty V1: a certificate of residence from the request to the decision; every message counted."""

from handlers.desk import Desk
from handlers.visits import entries, requests
from tests.scenarios.story import Story
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import joined

STAFF = ("LI", "ZHOU", "WANG")
EVERYBODY = ("X", *STAFF)
PHONE = "13912345678"
SLOTS = ("周四26上午", "周五27下午", "周四26晚上")


async def asked(story: Story, who: str = "X", *, slots: tuple[str, ...] = SLOTS, place: str = "南苑社区") -> None:
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
        story.expect(code, "快到上门的时间了：11月26日周四 19:00")
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


async def test_of_two_who_tap_at_once_one_goes_and_the_other_is_told(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "LI", "WU", "ZHOU")
    story.stranger("X")
    await asked(story)
    await story.advance(seconds=1)
    story.read_all("X", "LI", "WU", "ZHOU")
    await story.press("LI", "我去（协管员）")
    story.expect("LI", "协管员：李敏", "找：王女士")
    story.expect("ZHOU", "协管员：李敏")
    story.expect("WU", "已由别人办理")
    assert "南苑路" not in story.screen("WU")
    await story.forge("WU", "vs:1:take:coordinator")  # the button that stood there a moment ago
    assert story.toast("WU") == "已有人接手了。"
    await story.forge("LI", "vs:1:take:cadre")  # one person is not both
    await story.forge("WU", "vs:1:can:0")
    assert story.toast("WU") == "不在您的职责范围内。" or "职责" in story.toast("WU")
    assert count(story, "visit_part") == 1
    story.expect_nothing("X")


async def test_where_the_committee_has_no_cadre_it_goes_to_the_line_and_that_is_said_at_once(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "QIAN", "HE", "GAO")
    story.stranger("X")
    await asked(story, place="东溪村")
    story.expect("X", "已收到", "东溪村现在缺人，已转给上级安排")
    await story.advance(seconds=1)
    story.expect("QIAN", "有人申请居住证明")
    story.expect("HE", "有人申请居住证明", "干部：还没有人")
    story.expect_nothing("GAO")
    await story.press("QIAN", "我去（协管员）")
    await story.press("HE", "我去（干部）")
    story.read_all("QIAN", "HE")
    await story.advance(seconds=1)
    story.expect_nothing("QIAN", "HE", "GAO", "X")
    await story.press("HE", "都可以")
    await story.press("QIAN", "都可以")
    await story.advance(seconds=1)
    story.expect("X", "可以 11月26日周四 09:30 上门", "协管员：钱进、干部：何警官")


async def test_where_nobody_can_be_reached_the_applicant_is_told_where_to_go(story: Story) -> None:
    story.weeks_are_filed()
    story.stranger("X")
    await asked(story)
    story.expect("X", "已收到", "现在联系不上南苑社区的工作人员，请直接去村(居)委会")


async def test_who_is_alone_with_the_officer_takes_one_part_and_the_town_office_hears_of_the_other(
    story: Story,
) -> None:
    story.weeks_are_filed()
    await joined(story, "HE", "GAO")
    story.stranger("X")
    await asked(story, place="东溪村")
    await story.advance(seconds=1)
    story.expect("HE", "协管员：还没有人", "干部：还没有人")
    story.expect_nothing("GAO")
    await story.press("HE", "我去（干部）")
    await story.advance(seconds=1)
    story.expect("GAO", "有人申请居住证明", "协管员：还没有人", "干部：何警官")


async def test_another_slot_and_none_at_all(story: Story) -> None:
    await opened(story)
    await story.press("LI", "我去（协管员）")
    await story.press("LI", "都可以")
    await story.press("ZHOU", "我去（干部）")
    await story.press("ZHOU", "都可以")
    await story.advance(seconds=1)
    story.expect("X", "可以 11月26日周四 09:30 上门")
    await story.press("X", "换一个")
    story.expect("X", "可以 11月26日周四 19:00 上门")
    await story.forge("X", "vs:1:yes:0")  # an old button
    assert story.toast("X") == "时间刚有变动，请看新的。"
    await story.press("X", "换一个")
    await story.press("X", "换一个")
    story.expect("X", "改到什么时候")
    story.expect("X", "请再给几个您在家的时间")
    story.read_all(*STAFF)
    await story.press("X", "周一30上午")
    await story.press("X", "跳过")
    story.expect("X", "新的时间已转给工作人员")
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "申请人改了时间", "① 11月30日周一 09:30")
    await story.press("LI", "都可以")
    await story.press("ZHOU", "都不行")
    await story.advance(seconds=1)
    story.expect("X", "这几个时间都约不上")
    assert count(story, "visit where starts_at is not null") == 0


async def test_an_agreed_visit_is_moved_by_the_applicant(story: Story) -> None:
    await agreed(story)
    await story.press("X", "加入日历")
    assert story.files("X")[-1][0] == "visit.ics"
    entry = story.files("X")[-1][1].decode()
    assert "居住证明 1号 南苑社区" in entry and "王女士" not in entry and "南苑路" not in entry
    story.read_all("X")
    await story.press("X", "改时间")
    story.expect("X", "改到什么时候")
    for said, why in (
        ("今天 9:30", "已经过了"),
        ("周六 10:00", "这天休息"),
        ("周四 22:00", "8:00 到 21:00"),
        ("12-8 10:00", "12月1日周二以前"),
        ("随便", "没有看懂"),
    ):
        await story.say("X", said)
        story.expect("X", why)
    await story.say("X", "下周一 10:00")
    story.expect("X", "再选一个时间")
    await story.say("X", "下周一 10:00")
    story.expect("X", "已经选过了")
    await story.press("X", "跳过")
    story.expect("X", "新的时间已转给工作人员", "工作人员在对时间")
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "申请人改了时间", "① 11月30日周一 10:00")
    await until(story, "2026-11-26", 19)
    story.expect_nothing(*EVERYBODY)  # nothing of the time that is none any more
    for code in ("LI", "ZHOU"):
        await story.press(code, "都可以")
    story.read_all("LI", "ZHOU")
    await story.advance(seconds=1)
    story.expect("X", "可以 11月30日周一 10:00 上门")
    await story.press("X", "就这个时间")
    story.read_all("X", "LI", "ZHOU")
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "约好了：11月30日周一 10:00")
    story.expect_nothing(*EVERYBODY)


async def test_taken_back_nothing_is_left_of_it(story: Story) -> None:
    await agreed(story)
    await story.press("X", "撤回")
    story.expect("X", "撤回这件申请？")
    await story.press("X", "不撤回")
    story.expect("X", "已约好")
    await story.press("X", "撤回")
    await story.press("X", "确定撤回并删除")
    story.expect("X", "已撤回，您填的内容都已删除")
    for code in ("LI", "ZHOU"):
        story.expect(code, "居住证明 1号", "申请人已撤回，不用办了")
        assert "南苑路" not in story.screen(code) and "王女士" not in story.screen(code)
    assert not count(story, "visit") + count(story, "visit_part") + count(story, "reminder")
    assert [tuple(row) for row in story.db.all("select kind, month, count from erasure")] == [
        ("certificate", "2026-11", 1)
    ]
    await story.forge("LI", "vs:1:show")
    assert story.toast("LI") == "这件申请已经撤回或清除了。"
    await until(story, "2026-11-27", 12)
    story.expect_nothing(*EVERYBODY)


async def test_late_the_applicant_hears_it_first_the_cadre_each_working_day_the_officer_after_two(story: Story) -> None:
    await agreed(story)
    with story.db.transaction():
        story.db.execute(
            "insert into data_room (place, task, person) select 2, 'head', id from person where code = 'ZHOU'"
        )
        story.db.execute(
            "insert into data_room (place, task, person) select 2, 'entry', id from person where code = 'ZHOU'"
        )
    for day, hour in (("2026-11-25", 17), ("2026-11-26", 18), ("2026-11-30", 12)):
        await until(story, day, hour)
    story.read_all(*EVERYBODY)  # the visit's time has passed, and nobody has noted its outcome
    await until(story, "2026-12-02", 8, 59)
    story.read_all(*STAFF)
    story.expect_nothing("X")
    await until(story, "2026-12-02", 9)
    story.expect("X", "抱歉，您的申请没能按时办完（晚了 1 个工作日）")
    story.expect("ZHOU", "下面的申请逾期了", "1号 南苑社区", "逾期 1 个工作日")
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-12-02", 21)
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-12-03", 9)
    story.expect("ZHOU", "逾期 2 个工作日")
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-12-04", 9)
    for code in ("ZHOU", "WANG"):
        story.expect(code, "逾期 3 个工作日")
    story.expect_nothing(*EVERYBODY)
    await story.press("WANG", "居住证明 1号")
    story.expect("WANG", "逾期 3 个工作日", "协管员：李敏")
    assert "王女士" not in story.screen("WANG")
    await until(story, "2026-12-06", 12)  # Sunday
    story.expect_nothing(*EVERYBODY)


async def test_who_goes_on_leave_gives_the_part_back_and_the_others_hear_it(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "LI", "WU", "ZHOU")
    story.stranger("X")
    await asked(story)
    await story.advance(seconds=1)
    await story.press("LI", "我去（协管员）")
    await story.press("LI", "都可以")
    await story.press("ZHOU", "我去（干部）")
    await story.press("ZHOU", "都可以")
    await story.advance(seconds=1)
    await story.press("X", "就这个时间")
    await story.advance(seconds=1)
    story.read_all("X", "LI", "WU", "ZHOU")
    with story.db.transaction():
        day = ("2026-11-26", "2026-11-26", story.clock.now())
        story.db.execute(
            "insert into leave (person, first, last, entered_at) select id, ?, ?, ? from person where code = 'LI'", day
        )
    await story.advance(seconds=1)
    for code in ("ZHOU", "WU"):
        story.expect(code, "有一个位置空出来了", "协管员：还没有人", "约好：11月26日周四 09:30")
    story.expect("LI", "协管员：还没有人")
    story.expect_nothing("X")
    await story.press("WU", "我去（协管员）")
    await story.advance(seconds=1)
    story.expect("WU", "约好了：11月26日周四 09:30")
    story.read_all("LI", "ZHOU")
    await until(story, "2026-11-25", 17)
    for code in ("WU", "ZHOU", "X"):
        story.expect(code, "请别忘了：11月26日周四 09:30")
    story.expect_nothing("X", "LI", "WU", "ZHOU")


async def test_an_applicant_who_has_blocked_the_bot_is_seen_as_such(story: Story) -> None:
    await agreed(story)
    story.sandbox.world.block(story.phones["X"].id, True)
    await story.settle()
    for code in ("LI", "ZHOU"):
        story.expect(code, "申请人收不到消息，请当面联系")
    await until(story, "2026-11-25", 17)
    for code in ("LI", "ZHOU"):
        story.expect(code, "请别忘了", "申请人收不到消息")
    assert count(story, "reminder where person is null and state = 'missed'") == 1


async def test_no_more_than_three_open_requests(story: Story) -> None:
    story.weeks_are_filed()
    story.stranger("X")
    for _ in range(3):
        await asked(story)
    story.read_all("X")
    await story.say("X", "/visits")
    story.expect("X", "我申请的", "3号 南苑社区", "1号 南苑社区")
    await story.press("X", "我要居住证明")
    story.expect("X", "您已有 3 件申请还没办完")
    assert count(story, "visit") == 3


async def test_passed_on_to_the_committee_whose_dwelling_it_is(story: Story) -> None:
    await opened(story)
    await joined(story, "CHEN", "QIAN")
    await story.press("LI", "我去（协管员）")
    await story.press("LI", "转给别的村(居)")
    story.expect("LI", "转给哪个村(居)？")
    await story.press("LI", "东溪村")
    story.read_all("LI", "ZHOU")
    await story.advance(seconds=1)
    for code in ("CHEN", "QIAN"):
        story.expect(code, "别的村(居)转来一件申请", "居住证明 1号 东溪村", "协管员：还没有人")
    story.expect("X", "您的住处由东溪村负责，已转过去")
    for code in ("LI", "ZHOU"):
        assert "南苑路" not in story.screen(code)
    await story.forge("ZHOU", "vs:1:take:cadre")
    assert count(story, "visit_part") == 0


async def test_not_given_with_the_reason_and_the_way_to_object_then_erased(story: Story) -> None:
    await agreed(story)
    await until(story, "2026-11-26", 19)
    story.read_all(*EVERYBODY)
    await story.say("ZHOU", "/visits")
    await story.press("ZHOU", "居住证明 1号")
    await story.press("ZHOU", "说不清")
    await story.press("ZHOU", "不开，写原因")
    story.expect("ZHOU", "为什么不开？")
    await story.say("ZHOU", "房东说已经搬走")
    story.expect("ZHOU", "没有开证明", "原因：房东说已经搬走")
    await story.forge("ZHOU", "vs:1:given")
    assert story.toast("ZHOU") == "已经有人决定了。"
    await until(story, "2026-11-27", 9)
    story.expect("X", "居住证明没有开出", "原因：房东说已经搬走", "到南苑社区说明，或向青溪镇反映")
    await story.advance(days=28)
    assert count(story, "visit") == 1
    await story.advance(days=2)
    assert not count(story, "visit") + count(story, "visit_part") + count(story, "reminder")
    await story.advance(seconds=1)
    for code in ("X", "LI", "ZHOU"):
        assert "南苑路" not in story.screen(code) and "搬走" not in story.screen(code)
    assert [row["count"] for row in story.db.all("select count from erasure where kind = 'certificate'")] == [1]


async def test_a_meeting_and_a_visit_of_one_quarter_hour_are_one_message(story: Story) -> None:
    await agreed(story)
    await story.say("WANG", "/meetings 周四 14:00 警务室")
    await story.press("WANG", "提交")
    await story.advance(seconds=1)
    await story.press("LI", "✓ 来")
    story.read_all(*EVERYBODY)
    await until(story, "2026-11-25", 17)
    story.expect("LI", "请别忘了：11月26日周四 14:00 警务室", "请别忘了：11月26日周四 19:00 上门", "居住证明 1号")
    story.expect_nothing("LI")
    await story.press("LI", "11月26日周四 19:00")
    story.expect("LI", "约好：11月26日周四 19:00", "找：王女士")


async def test_who_asks_for_themselves_is_not_asked_to_come(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "LI", "WU", "ZHOU")
    await asked(story, "LI", place="")
    story.read_all("LI")
    await story.advance(seconds=1)
    story.expect_nothing("LI")
    for code in ("WU", "ZHOU"):
        story.expect(code, "有人申请居住证明")
    await story.forge("LI", "vs:1:take:coordinator")
    assert count(story, "visit_part") == 0


async def test_when_every_slot_has_passed_the_applicant_is_asked_for_others(story: Story) -> None:
    await opened(story)
    await until(story, "2026-11-27", 13, 29)
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-11-27", 13, 30)
    story.expect("X", "这几个时间都约不上，请再给几个")
    await until(story, "2026-11-30", 12)
    story.expect_nothing("X")


async def test_what_comes_at_night_waits_for_the_morning(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, *STAFF)
    story.stranger("X")
    await until(story, "2026-11-24", 23)
    await asked(story)
    story.read_all("X")
    await story.advance(seconds=1)
    story.expect_nothing(*STAFF)
    await until(story, "2026-11-25", 7)
    for code in ("LI", "ZHOU"):
        story.expect(code, "有人申请居住证明")


async def test_who_does_not_answer_for_long_is_told_that_it_is_erased(story: Story) -> None:
    await opened(story)
    await until(story, "2026-11-27", 14)
    story.expect("X", "请再给几个")
    await until(story, "2026-12-02", 9)
    story.expect("X", "等您定下时间就能接着办", "请再给几个您在家的时间")
    story.read_all("LI")  # the register of the month is asked of the cadre, and more of others: not of this story
    assert "逾期" not in "".join(message["text"] for message in story.messages("ZHOU")[-1:])
    await until(story, "2026-12-31", 9)
    assert count(story, "visit") == 1
    await until(story, "2027-01-04", 9)
    story.expect("X", "很久没有收到您的答复，申请已删除")
    assert not count(story, "visit")
    assert "南苑路" not in story.screen("LI")


async def test_the_main_way_in_english(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "LI", "ZHOU", language="en")
    story.stranger("X", "en")
    await story.say("X", "/visits")
    story.expect("X", "You can ask for a certificate of residence here", "within 5 working days")
    await story.press("X", "I need a certificate")
    await story.press("X", "南苑社区")
    story.expect("X", "Where do you live?")
    await story.say("X", "5 Nanyuan Road")
    await story.press("X", "Vehicle")
    await story.say("X", "Ms Wang")
    await story.press("X", "Thu 26 am")
    await story.press("X", "Thu 26 eve")
    await story.press("X", "Skip")
    story.expect("X", "Dwelling: 5 Nanyuan Road", "Time 1: Thu, Nov 26 09:30")
    await story.press("X", "Submit")
    story.expect("X", "✓ Received", "Certificate no. 1 南苑社区", "Somebody is being found", "by Tue, Dec 1")
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "Somebody asks for a certificate of residence", "① Thu, Nov 26 09:30")
    for code, take in (("LI", "I go (coordinator)"), ("ZHOU", "I go (cadre)")):
        await story.press(code, take)
        await story.press(code, "All of them")
    story.read_all("LI", "ZHOU")
    await story.advance(seconds=1)
    story.expect("X", "Staff can come Thu, Nov 26 09:30", "Coordinator: 李敏, Cadre: 周婷")
    await story.press("X", "✓ Yes")
    story.expect("X", "Agreed: Thu, Nov 26 09:30")
    story.read_all("LI", "ZHOU")
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "Agreed: Thu, Nov 26 09:30", "Ask for: Ms Wang")
    await until(story, "2026-11-25", 17)
    for code in ("LI", "ZHOU", "X"):
        story.expect(code, "⏰ Do not forget the visit: Thu, Nov 26 09:30")
    await until(story, "2026-11-26", 8, 30)
    for code in ("LI", "ZHOU", "X"):
        story.expect(code, "⏰ The visit is soon")
    await until(story, "2026-11-26", 9, 30)
    await story.say("LI", "/visits")
    story.expect("LI", "Mine", "It is time")
    await story.press("LI", "Certificate no. 1")
    await story.press("LI", "Spoke with the applicant")
    await story.press("LI", "With committee staff or a neighbour")
    await story.press("LI", "Confirmed")
    story.read_all("LI", "ZHOU")
    await story.advance(seconds=1)
    story.expect("ZHOU", "The outcome is noted", "Found: confirmed")
    await story.press("ZHOU", "✓ Give it")
    await story.advance(seconds=1)
    story.expect("X", "Your request is decided", "please fetch it at 南苑社区")
    story.expect_nothing("X")


async def test_buttons_that_were_never_shown_and_numbers_that_are_none_change_nothing(story: Story) -> None:
    await opened(story)
    await story.press("LI", "我去（协管员）")
    before = [tuple(row) for row in story.db.all("select * from visit_part")]
    forged = {
        "X": ("vs:0:place:99", "vs:0:place:abc", "vs:1:yes:9", "vs:1:other", "vs:99:sure", "vs:1:calendar"),
        "LI": (
            "vs:1:can:9",
            "vs:1:can:x",
            "vs:1:can",
            "vs:1:take:officer",
            "vs:1:found:true",
            "vs:1:pass:99",
            "vs:1:pass:2",
        ),
    }
    for who, buttons in forged.items():
        for data in buttons:
            await story.forge(who, data)
    assert [tuple(row) for row in story.db.all("select * from visit_part")] == before
    assert (
        count(story, "visit") == 1 and count(story, "visit where place = 2 and starts_at is null and outcome = ''") == 1
    )


async def test_who_has_left_gives_the_part_back(story: Story) -> None:
    await opened(story)
    await story.press("LI", "我去（协管员）")
    story.read_all(*STAFF)
    with story.db.transaction():
        story.db.execute("update person set active = 0, account = null where code = 'LI'")
    await story.advance(seconds=1)
    story.expect("ZHOU", "有一个位置空出来了", "协管员：还没有人")
    assert count(story, "visit_part") == 0


async def test_what_waits_to_be_sent_of_a_request_is_not_sent_once_it_is_taken_back(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, *STAFF)
    story.stranger("X")
    await asked(story)
    story.read_all("X")
    story.bot.tick()  # the cards for staff are written, and not sent yet
    await story.forge("X", "vs:1:sure")
    story.expect("X", "都已删除")
    story.expect_nothing(*EVERYBODY)
    assert "南苑路" not in story.screen("LI") + story.screen("ZHOU")


async def test_own_times_hold_for_visits_and_an_agreed_visit_stands_in_the_calendar_of_staff(story: Story) -> None:
    await agreed(story)
    with story.db.transaction():
        account = "select account from person where code = 'LI'"
        story.db.execute(
            f"insert into own_times (account, quiet_from, quiet_until, evening, lead) values (({account}), '22:00', "
            "'07:00', '', 120)"
        )
        desk = Desk(story.db, story.clock.now(), story.bot.house)
        requests.replan_account(desk, story.db.all(account)[0]["account"])
    person = story.ids["LI"]
    (entry,) = entries.entries(desk, [person], story.clock.now(), "zh")
    assert (entry.title, entry.where, entry.sequence) == ("居住证明 1号 南苑社区", "南苑社区", 2)
    assert not entries.entries(desk, [story.ids["WANG"]], story.clock.now(), "zh")
    await until(story, "2026-11-25", 17)
    story.read_all(*EVERYBODY)
    await until(story, "2026-11-26", 17)
    story.expect("LI", "⏰ 快到上门的时间了")
    story.expect_nothing("ZHOU", "X")
