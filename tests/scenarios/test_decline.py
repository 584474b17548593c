"""Duty W2: below last year two months running, told to officer and town office once, with the reason."""

from datetime import date, timedelta

from models.workload import Entry, Week
from tests.scenarios.story import Story
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import joined
from workload.weeks import monday_of


def worked(story: Story, code: str, month: tuple[int, int], a_day: int, *, confirmed: bool = True) -> None:
    """So many dwellings on every working day of a month."""
    first = date(*month, 1)
    person, place = story.ids[code], f"{'NY-1' if code == 'LI' else 'NY-2'}"
    days = story.bot.house.working_days(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    with story.db.transaction() as db:
        for day in days:
            monday, state = monday_of(day).isoformat(), "confirmed" if confirmed else "open"
            db.insert_new(Week, person=person, monday=monday, state=state, sent=[])
            week = db.one("select id from workload_week where person = ? and monday = ?", (person, monday))
            assert week is not None
            of = {"week": week["id"], "person": person, "place": story.ids[place], "by": person}
            db.insert(Entry, **of, day=day.isoformat(), visited=a_day, batch=1, at=story.clock.now())


def past(story: Story, code: str, now: tuple[int, int], *, confirmed: bool = True) -> None:
    """October and November, of last year 10 dwellings a day, of this one so many."""
    for year, amounts in ((2025, (10, 10)), (2026, now)):
        for month, a_day in zip((10, 11), amounts, strict=True):
            worked(story, code, (year, month), a_day, confirmed=confirmed or year == 2025)


async def test_two_months_below_come_before_officer_and_town_office_once_with_the_reason(story: Story) -> None:
    past(story, "LI", (8, 7))
    past(story, "WU", (8, 14), confirmed=False)  # one month below is not two; not all confirmed
    await joined(story, "WANG", "GAO", "HE")
    await until(story, "2026-12-01", 8)
    story.read_all("WANG", "GAO")
    await until(story, "2026-12-01", 9)
    card = (
        "连续两月低于去年：李敏（南苑一片）",
        "2026-10　144 / 180　在岗 18 天",
        "2026-11　147 / 210　在岗 21 天",
    )
    story.expect("WANG", *card, "是什么原因")
    story.expect("GAO", *card, "等民警说明原因")
    assert "连续两月" not in story.screen("HE") and not [each for each in labels(story, "GAO") if "天气" in each]
    await story.press("WANG", "去年有集中行动")
    story.expect("WANG", "原因：去年有集中行动（王警官）")
    story.expect("GAO", *card, "原因：去年有集中行动（王警官）")
    await story.press("WANG", "改原因")
    await story.press("WANG", "其他原因")
    await story.say("WANG", "十月起少了一栋楼")
    story.expect("GAO", "原因：十月起少了一栋楼（王警官）")
    story.read_all("WANG", "GAO")
    await until(story, "2026-12-07", 9)  # the fifth working day: closed, whatever is not confirmed
    assert "吴芳" not in story.screen("GAO")
    await until(story, "2026-12-15", 9)
    told = story.db.all("select person, month, items from decline order by id")
    assert [tuple(row) for row in told] == [(story.ids["LI"], "2026-11", ["visited"])]
    await story.forge("HE", "dc:1:weather")
    assert story.toast("HE") == "这件事不在您的职责或辖区内。"


async def test_a_committee_is_told_of_when_it_is_closed_in_english(story: Story) -> None:
    past(story, "LI", (9, 9))
    past(story, "WU", (5, 5), confirmed=False)
    await joined(story, "WANG", language="en")
    await until(story, "2026-12-02", 9)
    assert "南苑社区" not in story.screen("WANG")
    await until(story, "2026-12-07", 9)
    story.expect("WANG", "Below last year two months running: 吴芳")
    story.expect("WANG", "Below last year two months running: 南苑社区", "2026-11: 294 / 420, days at work: 42")
    await story.press("WANG", "The weather")
    story.expect("WANG", "Reason: The weather (王警官)")
