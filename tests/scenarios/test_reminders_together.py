"""Reminders of several rooms that reach somebody at once are one message, each a tap away (M1, M2, P1)."""

from datetime import UTC, datetime, timedelta

from tests.scenarios.said import BOTH, Said
from tests.scenarios.story import Story
from tests.scenarios.test_agenda import agree
from tests.scenarios.test_violation import until

WEDNESDAY = "2026-12-02"


async def meeting_and_item(story: Story, said: Said) -> None:
    """A meeting next Wednesday, and what LI has agreed to do until that day; the afternoon before both."""
    await said.join(story, "LI", "WANG")
    await said.once(story, "friday")
    await until(story, "2026-11-27", 14)
    await story.press("WANG", said("agenda"))
    await agree(story, said("chargers"), "李敏", said("next wednesday"), said("action item"))
    await story.say("WANG", f"/meetings {said('next wednesday')} 14:00 {said('room')}")
    await story.press("WANG", said("submit"))
    await story.forge("WANG", "mt:1:done")
    story.clock.moment += timedelta(weeks=1)
    story.weeks_are_filed()
    story.clock.moment -= timedelta(weeks=1)
    await story.advance(seconds=1)
    await until(story, "2026-12-01", 16, 59)
    story.read_all("LI", "WANG")


def due(said: Said) -> tuple[str, str]:
    return said("day before", said.at(WEDNESDAY, "14:00")), said("due soon")


@BOTH
async def test_a_meeting_and_an_action_item_come_as_one_each_a_tap_away(story: Story, said: Said) -> None:
    await meeting_and_item(story, said)
    await until(story, "2026-12-01", 17)
    story.expect("LI", *due(said))
    buttons = [button["text"] for row in story.messages("LI")[-1]["keyboard"] for button in row]
    assert buttons == [said.at(WEDNESDAY, "14:00"), said("items")]
    story.expect_nothing("LI")
    await story.press("LI", said("items"))
    story.expect("LI", said("chargers"))
    await story.press("LI", said.day(WEDNESDAY))
    story.expect("LI", said("will you"))
    await until(story, "2026-12-01", 23)
    story.expect_nothing("LI")


@BOTH
async def test_what_is_done_before_it_is_sent_is_left_out(story: Story, said: Said) -> None:
    await meeting_and_item(story, said)
    story.clock.moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    story.bot.tick()  # both are written, and not sent yet
    await story.forge("WANG", "ac:1:done")
    meeting, item = due(said)
    story.expect("LI", meeting, said("will you"))  # alone it is the whole card
    assert item not in story.screen("LI")
    story.read_all("LI")
    await until(story, "2026-12-01", 23)
    story.expect_nothing("LI")


@BOTH
async def test_together_they_wait_until_a_form_is_done_also_over_a_restart(story: Story, said: Said) -> None:
    await meeting_and_item(story, said)
    await said.form(story, "LI")
    await until(story, "2026-12-01", 17, 1)
    story.restart()
    await until(story, "2026-12-01", 17, 5)
    story.expect_nothing("LI")
    await story.say("LI", "/cancel")
    story.expect("LI", said("dropped"))
    story.expect("LI", *due(said))
    story.expect_nothing("LI")


@BOTH
async def test_one_that_does_not_wait_overtakes_those_that_wait_for_the_form(story: Story, said: Said) -> None:
    await meeting_and_item(story, said)
    await story.say("WANG", f"/meetings {said('this evening')}")
    await story.press("WANG", said("submit"))
    await story.advance(seconds=1)
    story.expect("LI", said("invited", said.at("2026-12-01", "18:20")))
    await said.form(story, "LI")
    await until(story, "2026-12-01", 17)
    story.expect_nothing("LI")
    await until(story, "2026-12-01", 17, 20)
    story.expect("LI", said("soon", said.at("2026-12-01", "18:20")))
    story.expect("LI", said("danger"))
    story.expect_nothing("LI")
    await story.say("LI", "/cancel")
    story.expect("LI", said("dropped"))
    story.expect("LI", *due(said))
    story.expect_nothing("LI")
