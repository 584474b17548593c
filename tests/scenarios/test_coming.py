"""What is to come of plans and spot checks for somebody, and what is overdue: the lines that their list shows."""

from chat.messages import Address, Incoming, Said
from handlers.area_plans import coming as inspections
from handlers.coming import Coming
from handlers.desk import Turn
from handlers.spot_checks import coming as spot_checks
from tests.scenarios.story import Story
from tests.scenarios.test_area_plans import agree, inspect_every, inspected, opened, propose
from tests.scenarios.test_spot_checks import begun, counted, planned
from tests.scenarios.test_violation import until
from tests.scenarios.test_visits import asked

STAFF = ("LI", "ZHOU", "WANG", "GAO", "QIAN", "WU")


def turn(story: Story, who: str) -> Turn:
    account = f"telegram:{story.phones[who].id}"
    incoming = Incoming(Address("telegram", str(story.phones[who].id)), account, Said.TEXT)
    return Turn(story.db, story.clock.now(), story.bot.house, incoming)


def lines(found: list[Coming]) -> list[tuple[bool, str, str]]:
    return [(one.is_late, one.line, one.button.data) for one in found]


async def test_inspections_of_two_weeks_what_lacks_a_result_first(story: Story) -> None:
    await opened(story, *STAFF)
    for spot, weekday in (("东门外", "周五"), ("西门外", "周四")):
        await propose(story, spot=spot)
        await agree(story)
        await inspect_every(story, weekday, "10:00")
    thursday = (False, "○ 11月26日周四 10:00 联合巡查：南苑一片 西门外", "pl:2:show:0")
    friday = (False, "○ 11月27日周五 10:00 联合巡查：南苑一片 东门外", "pl:1:show:0")
    for who in ("LI", "ZHOU", "WANG"):
        assert lines(inspections.listed(turn(story, who))) == [thursday, friday]
    for who in ("GAO", "QIAN", "WU"):
        assert not inspections.listed(turn(story, who))
    await until(story, "2026-11-26", 11)
    assert lines(inspections.listed(turn(story, "LI")))[0] == thursday  # today's is not late yet
    await until(story, "2026-11-27", 9)
    late = (True, "⚠ 11月26日周四 10:00 联合巡查还没有记结果：南苑一片 西门外", "pl:2:show:0")
    coming = (False, "○ 12月3日周四 10:00 联合巡查：南苑一片 西门外", "pl:2:show:0")
    assert lines(inspections.listed(turn(story, "LI"))) == [late, friday, coming]
    await story.say("ZHOU", "/plans")
    await story.press("ZHOU", "西门外")
    await inspected(story, "1", "0")
    assert lines(inspections.listed(turn(story, "LI"))) == [friday, coming]
    button = inspections.listed(turn(story, "LI"))[0].button
    await story.forge("LI", button.data or "")
    story.expect("LI", "整治方案 南苑一片 东门外")


async def test_spot_checks_of_two_weeks_and_what_waits_for_counts_or_a_word(story: Story) -> None:
    await begun(story, *STAFF)
    await planned(story)
    coming = "○ 入户抽查 南苑社区：11月11日周三 09:30 抽 10 户，等对方答复"
    for who in ("ZHOU", "WANG"):
        assert lines(spot_checks.listed(turn(story, who))) == [(False, coming, "sc:1:0:show")]
    for who in ("LI", "GAO", "QIAN"):
        assert not spot_checks.listed(turn(story, who))
    await until(story, "2026-11-12", 9)
    late = "⚠ 入户抽查 南苑社区：11月11日周三 09:30 抽 10 户，等对方答复"
    assert lines(spot_checks.listed(turn(story, "ZHOU"))) == [(True, late, "sc:1:0:show")]
    await counted(story, "ZHOU", correct=10)
    await story.press("ZHOU", "报结果")
    assert not spot_checks.listed(turn(story, "ZHOU"))
    waits = "⚠ 入户抽查 南苑社区：11月11日周三 09:30 抽 10 户，结果等民警确认"
    assert lines(spot_checks.listed(turn(story, "WANG"))) == [(True, waits, "sc:1:0:show")]
    await story.press("WANG", "✓ 确认")
    assert not spot_checks.listed(turn(story, "WANG"))
    assert [one.order for one in spot_checks.listed(turn(story, "WANG"))] == []


async def test_what_is_more_than_two_weeks_ahead_is_not_listed(story: Story) -> None:
    await begun(story, "ZHOU", "WANG")
    await planned(story, "11月17日 9:30")
    assert not spot_checks.listed(turn(story, "ZHOU"))
    await until(story, "2026-11-03", 10)
    assert len(spot_checks.listed(turn(story, "ZHOU"))) == 1


async def test_visits_lists_them_beside_requests_what_is_late_first(story: Story) -> None:
    await opened(story, *STAFF)
    await propose(story)
    await agree(story)
    await inspect_every(story, "周四", "10:00")
    story.stranger("X")
    await asked(story)
    await until(story, "2026-11-27", 10)
    await story.say("LI", "/visits")
    listed = next(m["text"] for m in reversed(story.messages("LI")) if "我要办的" in m["text"])
    missing, mine = listed.split("我要办的")
    assert "1号 南苑社区：缺人" in missing
    assert [line[:1] for line in mine.strip().splitlines()] == ["⚠", "○"]
    await story.press("LI", "12月3日")
    story.expect("LI", "整治方案")


async def test_visits_says_so_in_english_where_nothing_is_to_be_done(story: Story) -> None:
    await story.join("WANG", "en")
    await story.say("WANG", "/visits")
    story.expect("WANG", "No visits for you now")
