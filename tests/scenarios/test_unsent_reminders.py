"""Reminders that the platform does not take in time: what has begun meanwhile, lists, what is cancelled (M1, M2)."""

from datetime import UTC, datetime

from handlers.desk import Desk
from handlers.meetings import occasions
from tests.scenarios.said import BOTH, Said
from tests.scenarios.story import Story
from tests.scenarios.test_meetings import set_up_once
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import joined


def unsent(story: Story, *moments: str) -> None:
    """The tick at these moments (UTC), with a platform that takes nothing."""
    for moment in moments:
        story.clock.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        story.bot.tick()


@BOTH
async def test_what_has_begun_before_it_could_be_sent_is_told_as_missed_once(story: Story, said: Said) -> None:
    await said.join(story, "LI", "WANG")
    await said.once(story, "friday")
    await story.advance(seconds=1)
    await until(story, "2026-11-26", 17)
    story.read_all("LI", "WANG")
    at = said.at("2026-11-27", "14:00")
    unsent(story, "2026-11-27 05:00", "2026-11-27 06:00", "2026-11-27 06:15")
    unsent(story, "2026-11-27 06:16", "2026-11-27 06:17")
    await story.settle()
    story.expect("LI", said("missed", at))
    assert said("soon", at) not in story.screen("LI") and said("start", at) not in story.screen("LI")
    await story.advance(hours=1)
    story.expect_nothing("LI")


@BOTH
async def test_what_can_still_be_of_use_is_sent_as_it_was(story: Story, said: Said) -> None:
    await said.join(story, "LI", "WANG")
    await said.once(story, "friday")
    await story.advance(seconds=1)
    story.read_all("LI", "WANG")
    unsent(story, "2026-11-26 09:00", "2026-11-26 12:00")  # 17:00 and 20:00 of the day before
    await story.settle()
    story.expect("LI", said("day before", said.at("2026-11-27", "14:00")))
    story.expect_nothing("LI")


@BOTH
async def test_a_list_that_waits_does_not_tell_of_what_was_cancelled_meanwhile(story: Story, said: Said) -> None:
    await said.join(story, "LI", "WANG", "ZHOU")
    await said.once(story, "friday")
    await said.once(story, "friday too", "ZHOU")
    await story.advance(seconds=1)
    story.read_all("LI", "WANG", "ZHOU")
    first, other = (said.at("2026-11-27", hour) for hour in ("14:00", "14:10"))
    unsent(story, "2026-11-26 09:00")
    with story.db.transaction():
        desk = Desk(story.db, story.clock.now(), story.bot.house)
        meeting = occasions.load(desk, 1)
        assert meeting is not None
        occasions.cancelled(desk, meeting, story.ids["WANG"])
    await story.advance(seconds=1)
    story.expect("LI", said("cancelled", first), said("day before", other))
    assert said("day before", first) not in story.screen("LI")
    story.expect_nothing("LI")


async def test_two_lists_that_wait_become_one_and_nothing_of_the_first_is_lost(story: Story) -> None:
    await joined(story, "LI", "WANG", "ZHOU")
    for line, who in (("周五 14:00", "WANG"), ("周五 14:10", "ZHOU"), ("周四 18:30", "WANG"), ("周四 18:40", "ZHOU")):
        await set_up_once(story, f"{line} 警务室", who)
    await story.advance(seconds=1)
    await until(story, "2026-11-25", 17)
    story.read_all("LI", "WANG", "ZHOU")
    unsent(story, "2026-11-26 09:00", "2026-11-26 09:30")
    await story.settle()
    friday, thursday = "请别忘了：11月27日周五 ", "快开会了：11月26日周四 "
    story.expect("LI", f"{friday}14:00", f"{friday}14:10", f"{thursday}18:30", f"{thursday}18:40")
    story.expect_nothing("LI")
    await story.advance(minutes=59)
    story.expect_nothing("LI")
