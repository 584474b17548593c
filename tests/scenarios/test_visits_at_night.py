"""Duties V1 and V3 at night: a card may change where it stands; nobody hears of anything that would not be missed."""

from datetime import UTC, datetime

from tests.scenarios.story import Story
from tests.scenarios.test_talks import arranged
from tests.scenarios.test_violation import until
from tests.scenarios.test_visits import EVERYBODY, agreed, asked, count, opened
from tests.scenarios.test_workload import joined

GONE = "申请人已撤回，不用办了"


def quiet(story: Story, code: str, since: str, end: str) -> None:
    """Somebody has chosen quiet hours of their own."""
    account = story.db.all("select account from person where code = ?", (code,))[0]["account"]
    with story.db.transaction():
        story.db.execute(
            "insert into own_times (account, quiet_from, quiet_until, evening) values (?, ?, ?, '')",
            (account, since, end),
        )


def heard(story: Story, who: str) -> int:
    """The newest message of the bot in this chat: a number that an edit leaves as it is."""
    return max(int(message["message_id"]) for message in story.messages(who) if message["from"] == "bot")


async def test_what_is_taken_back_at_night_is_told_in_the_morning_without_a_word_of_whom_it_was(story: Story) -> None:
    await agreed(story)
    await until(story, "2026-11-24", 23)
    before = {code: heard(story, code) for code in ("LI", "ZHOU")}
    await story.press("X", "撤回")
    await story.press("X", "确定撤回并删除")
    story.expect("X", "都已删除")
    for code, number in before.items():  # what stands there changes at once: nothing of the applicant is left
        story.expect(code, "居住证明 1号", GONE)
        assert "南苑路" not in story.screen(code) and heard(story, code) == number
    assert not count(story, "visit")
    await until(story, "2026-11-25", 6, 59)
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-11-25", 7)
    for code, number in before.items():
        story.expect(code, "居住证明 1号 南苑社区", GONE)
        assert heard(story, code) > number
    await until(story, "2026-11-27", 12)
    story.expect_nothing(*EVERYBODY)
    assert not count(story, "visit_news")


async def test_a_visit_that_would_begin_before_the_end_of_quiet_hours_is_told_of_at_once(story: Story) -> None:
    await agreed(story)
    quiet(story, "LI", "18:00", "10:00")
    with story.db.transaction():  # a time at which LI, but nobody else, would go there for nothing
        moment = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # 10:00
        story.db.execute("update visit set starts_at = ?, told = ?", (moment, moment))
        story.db.execute("update visit_part set told = ?", (moment,))
        story.db.execute("delete from reminder")
    await until(story, "2026-11-24", 23)
    story.read_all(*EVERYBODY)
    numbers = {code: heard(story, code) for code in ("LI", "ZHOU")}
    await story.forge("X", "vs:1:sure")
    for code in ("LI", "ZHOU"):
        story.expect(code, GONE)
    assert heard(story, "LI") > numbers["LI"] and heard(story, "ZHOU") == numbers["ZHOU"]
    story.expect("X", "都已删除")
    await until(story, "2026-11-25", 7)
    story.expect("ZHOU", GONE)
    await until(story, "2026-11-25", 12)
    story.expect_nothing(*EVERYBODY)


async def test_a_talk_that_is_taken_back_on_a_day_off_is_told_on_monday(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "WANG")
    story.stranger("X")
    await story.say("WANG", "/visits")
    await story.press("WANG", "我的接待时间")
    await story.press("WANG", "加一段时间")
    await story.say("WANG", "周四 14:00-15:00")
    await arranged(story, slot="周四3日 14:00")
    await story.advance(seconds=1)
    await until(story, "2026-11-28", 10)  # Saturday
    story.read_all("X", "WANG")
    number = heard(story, "WANG")
    await story.press("X", "撤回")
    await story.press("X", "确定撤回")
    story.expect("X", "已撤回")
    story.expect("WANG", "面谈 1号", GONE)
    assert heard(story, "WANG") == number and "王女士" not in story.screen("WANG")
    await until(story, "2026-11-29", 22)
    story.expect_nothing("X", "WANG")
    await until(story, "2026-11-30", 7)
    story.expect("WANG", "面谈 1号 南苑社区", GONE)
    story.expect_nothing("X", "WANG")


async def test_who_never_heard_of_it_does_not_hear_that_it_was_taken_back(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "WANG")
    story.stranger("X")
    await story.say("WANG", "/visits")
    await story.press("WANG", "我的接待时间")
    await story.press("WANG", "加一段时间")
    await story.say("WANG", "周四 14:00-15:00")
    await until(story, "2026-11-24", 23)
    story.read_all("WANG")
    await arranged(story)
    await story.advance(seconds=1)
    await story.press("X", "撤回")
    await story.press("X", "确定撤回")
    await until(story, "2026-11-26", 15)
    story.expect_nothing("WANG")


async def test_who_has_quiet_hours_of_their_own_hears_of_a_request_at_their_end(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "LI", "ZHOU", "WU")
    quiet(story, "LI", "09:00", "15:00")
    quiet(story, "WU", "09:00", "16:00")
    story.stranger("X")
    await asked(story)
    story.read_all("X")
    await story.advance(seconds=1)
    story.expect("ZHOU", "有人申请居住证明")
    story.expect_nothing("LI", "WU")
    await until(story, "2026-11-24", 15)
    story.expect("LI", "有人申请居住证明", "南苑路")
    await story.press("LI", "我去（协管员）")
    story.expect("LI", "协管员：李敏")
    story.read_all("ZHOU")
    await until(story, "2026-11-24", 17)
    story.expect_nothing("WU", "LI", "ZHOU", "X")  # somebody else has taken it by then
    assert not count(story, "visit_news")


async def test_who_has_looked_for_themselves_is_not_told_afterwards(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "LI", "ZHOU")
    quiet(story, "LI", "09:00", "15:00")
    story.stranger("X")
    await asked(story)
    await story.advance(seconds=1)
    await story.say("LI", "/visits")
    await story.press("LI", "居住证明 1号")
    story.expect("LI", "南苑路")
    story.read_all("X", "LI", "ZHOU")
    await until(story, "2026-11-24", 16)
    story.expect_nothing("LI", "ZHOU", "X")


async def test_what_the_other_one_enters_at_night_changes_the_card_and_makes_no_sound(story: Story) -> None:
    await opened(story)
    await until(story, "2026-11-24", 23)
    number = heard(story, "ZHOU")
    await story.press("LI", "我去（协管员）")
    await story.press("LI", "都可以")
    story.expect("ZHOU", "协管员：李敏 ✓")
    assert heard(story, "ZHOU") == number
    await story.press("ZHOU", "我去（干部）")
    numbers = {code: heard(story, code) for code in ("LI", "X")}
    await story.press("ZHOU", "都可以")
    story.expect("LI", "等申请人确认时间")
    await story.advance(seconds=1)
    story.expect_nothing("X")
    await story.press("LI", "转给别的村(居)")
    await story.press("LI", "东溪村")
    story.expect("LI", "已转给东溪村")
    story.expect("ZHOU", "已由别人办理")  # and the dwelling is not theirs to read any more, from now on
    assert "南苑路" not in story.screen("ZHOU")
    await until(story, "2026-11-25", 6, 59)
    assert {code: heard(story, code) for code in numbers} == numbers
    await until(story, "2026-11-25", 7)
    story.expect("X", "您的住处由东溪村负责")
    story.read_all("LI")
    story.expect_nothing("X", "ZHOU")


async def test_the_applicant_moves_the_night_before_and_whoever_would_go_hears_it_in_time(story: Story) -> None:
    await agreed(story)
    await until(story, "2026-11-25", 23)
    story.read_all(*EVERYBODY)
    await story.press("X", "改时间")
    await story.press("X", "周一30上午")
    await story.press("X", "跳过")
    story.expect("X", "新的时间已转给工作人员")
    await story.advance(seconds=1)
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-11-26", 7)
    for code in ("LI", "ZHOU"):
        story.expect(code, "申请人改了时间", "① 11月30日周一 09:30")
    story.expect_nothing(*EVERYBODY)
