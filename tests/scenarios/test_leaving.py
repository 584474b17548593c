"""A member of staff leaves: name, account, drafts and cards go; what they did stays, alerts they had find another."""

from handlers import leaving
from handlers.desk import Desk
from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import DEED, file_report


async def _leaves(story: Story, code: str) -> None:
    """As `linli erase-person` does it beside the bot."""
    desk = Desk(story.db, story.clock.now(), story.bot.house)
    with story.db.transaction():
        person = leaving.find(desk, code)
        assert person is not None
        leaving.erase_person(desk, person)
    assert not desk.out
    await story.advance(seconds=1)


async def test_an_officer_leaves_and_the_alert_they_had_finds_another(story: Story) -> None:
    for code in ("LI", "WANG", "SUN", "GAO"):
        await story.join(code)
    await file_report(story)
    await story.press("WANG", "接手")
    await story.press("WANG", "办结")
    story.read_all("LI", "SUN")
    await _leaves(story, "WANG")
    story.expect("SUN", DEED)
    story.expect("LI", "前同事不再负责")
    shown = story.screen("WANG")
    assert DEED not in shown and "结果是什么" not in shown
    assert not story.db.all("select 1 from draft")
    account = f"telegram:{story.phones['WANG'].id}"
    for table, column in (("account", "name"), ("person", "name"), ("person", "code")):
        kept = {str(row[0]) for row in story.db.all(f"select {column} from {table}")}
        assert not kept & {account, "王警官", "WANG"}, table
    assert not story.db.all("select 1 from card where address = mark(?)", (account,))
    assert not story.db.all("select 1 from assignment where person = ?", (story.ids["WANG"],))
    assert not story.db.all("select 1 from invite where person = ?", (story.ids["WANG"],))
    await story.say("WANG", "/alerts")
    assert DEED not in story.screen("WANG")
    await story.forge("WANG", "a:1:show")
    assert DEED not in story.screen("WANG")


async def test_the_read_log_keeps_the_line_without_the_name(story: Story) -> None:
    for code in ("LI", "WANG", "GAO"):
        await story.join(code)
    await file_report(story)
    await _leaves(story, "WANG")
    await story.say("GAO", "/readlog")
    story.expect("GAO", "前同事（社区民警）NY-1-261124-001 · 派送")


async def test_what_a_coordinator_reported_stays_without_the_name(story: Story) -> None:
    for code in ("LI", "WANG"):
        await story.join(code)
    await file_report(story)
    await story.say("LI", "/report")
    await story.press("LI", "可疑情况")
    await _leaves(story, "LI")
    await story.press("WANG", "接手")
    story.expect("WANG", DEED, "前同事")
    assert "李敏" not in story.messages("WANG")[-1]["text"]
    assert not story.db.all("select 1 from draft")
    await story.say("LI", "你好")
    story.expect("LI", "您好，这里是邻里")


async def test_an_account_that_is_somebody_elses_too_stays(story: Story) -> None:
    for code in ("LI", "WANG", "SUN"):
        await story.join(code)
    with story.db.transaction() as db:  # WANG is the deputy of DX as well
        db.execute("update person set account = (select account from person where code = 'WANG') where code = 'FENG'")
    await file_report(story)
    await story.forge("WANG", "a:1:ack")
    await _leaves(story, "WANG")
    assert DEED not in story.screen("WANG")
    await story.say("WANG", "/me")
    story.expect("WANG", "冯警官")
    assert "王警官" not in story.messages("WANG")[-1]["text"]
