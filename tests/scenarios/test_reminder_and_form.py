"""A reminder never comes between somebody and the form they are filling in (duties M1, W1): it waits, or goes above."""

from tests.scenarios.said import BOTH, ZH, Said
from tests.scenarios.story import Story
from tests.scenarios.test_violation import until

FORM = ZH("danger")


async def _invited(story: Story, said: Said = ZH) -> None:
    """A meeting on Friday at 14:00 to which LI comes, and Thursday shortly before the reminder."""
    await said.join(story, "LI", "WANG")
    await said.weekly(story)
    await story.advance(seconds=1)
    await story.press("LI", said("coming"))
    await until(story, "2026-11-26", 16, 55)
    story.read_all("LI", "WANG")


async def _begun(story: Story) -> None:
    await ZH.form(story, "LI")
    story.read_all("LI")


@BOTH
async def test_it_waits_until_the_form_is_done_and_an_urgent_one_stands_above_it(story: Story, said: Said) -> None:
    await _invited(story, said)
    friday = said.at("2026-11-27", "14:00")
    await said.form(story, "LI")
    await until(story, "2026-11-26", 17, 1)
    story.expect("WANG", said("day before", friday))
    story.expect_nothing("LI")
    await story.say("LI", "/cancel")
    story.expect("LI", said("dropped"))
    story.expect("LI", said("day before", friday))
    story.expect_nothing("LI")
    await until(story, "2026-11-27", 12, 58)
    await said.form(story, "LI")
    await until(story, "2026-11-27", 13)
    story.expect("LI", said("soon", friday))
    story.expect("LI", said("danger"))
    assert said("danger") in story.messages("LI")[-1]["text"]
    story.expect_nothing("LI")


async def test_it_waits_for_half_an_hour_at_most_also_over_a_restart(story: Story) -> None:
    await _invited(story)
    await _begun(story)
    await until(story, "2026-11-26", 17)
    story.restart()
    await until(story, "2026-11-26", 17, 24)
    await story.press("LI", "否")
    story.read_all("LI")
    await until(story, "2026-11-26", 17, 29)
    story.expect_nothing("LI")
    await until(story, "2026-11-26", 17, 31)
    story.expect("LI", "⏰ 请别忘了：11月27日周五 14:00")


async def test_what_is_over_before_the_form_is_done_is_not_said(story: Story) -> None:
    await _invited(story)
    await _begun(story)
    await until(story, "2026-11-26", 17, 1)
    story.read_all("WANG")
    await story.say("WANG", "/meetings")
    await story.press("WANG", "11月27日周五")
    await story.press("WANG", "取消这次")
    await story.press("WANG", "确定取消")
    await story.advance(seconds=1)
    story.expect("LI", "取消：原定 11月27日周五 14:00")
    story.expect("LI", FORM)
    await story.say("LI", "/cancel")
    story.expect("LI", "已放弃")
    await until(story, "2026-11-26", 18)
    story.expect_nothing("LI")


async def test_a_card_that_was_shown_anew_meanwhile_is_not_shown_as_it_was(story: Story) -> None:
    await _invited(story)
    await _begun(story)
    await until(story, "2026-11-26", 17, 1)
    await story.say("LI", "/meetings")
    await story.press("LI", "11月27日周五")
    await story.press("LI", "晚到")
    story.expect("LI", "您：晚到")
    await story.say("LI", "/cancel")
    story.read_all("LI")
    shown = [message["text"] for message in story.messages("LI") if "您：来" in message["text"]]
    assert not [text for text in shown if "请别忘了" in text]
