"""The weekly workload in English: what test_workload.py tells in Chinese, a paragraph to a story."""

from tests.scenarios.story import Story
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_workload import FRIDAY, joined

LINE = "visited 32 taken 11 changed 4 same day 15 hours 38"


async def test_a_coordinator_tells_a_week_by_taps_by_lines_and_step_by_step(story: Story) -> None:
    await joined(story, "LI", "WANG", language="en")
    await story.say("LI", "/workload")
    story.expect("LI", "Workload", "Please file by Fri, Nov 27 17:00", "Dwellings visited –")
    for label in ("Visits +5", "Visits +1", "Undo Visits +1"):
        await story.press("LI", label)
    story.expect("LI", "Dwellings visited 5")
    for said, why in (
        ("visited -3", "cannot be below 0"),
        ("visited 3.5", "whole number"),
        ("visited about 30", "exact number"),
        ("visited 3 visited 4", "there twice"),
        ("visitd 3", 'There is no item "visitd". Did you mean visited'),
        ("visited 3 7", "no item before the figure"),
    ):
        await story.say("LI", said)
        story.expect("LI", why, "This line was not taken; all other figures are kept.", "Dwellings visited 5")
    await story.press("LI", "Step by step")
    story.expect("LI", "How many dwellings were visited?")
    await story.say("LI", "32")
    await story.say("LI", "3")
    for _ in range(2):
        await story.press("LI", "Skip")
    await story.say("LI", "9")
    for _ in range(4):
        await story.press("LI", "Skip")
    await story.say("LI", "No power on Wednesday")
    await story.press("LI", "Submit")
    story.expect("LI", "Dwellings visited 32", "Note: No power on Wednesday")
    await story.press("LI", "File")
    story.expect("LI", "Please look at these once more", "Entered the same day 9: more than taken, changed and")
    for label in ("Back to the figures", "File", "They are right", "Earlier records entered now"):
        await story.press("LI", label)
    story.expect("LI", "Filed, waits for the officer", "Reason: Earlier records entered now")
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    assert "without doubts" not in "".join(labels(story, "WANG"))
    await story.press("WANG", "⚠ 李敏")
    story.expect(
        "WANG", "⚠ Entered the same day 9", "Reason: Earlier", "This month so far", "Reports counted by Linli: 0"
    )
    await story.press("WANG", "Confirm")
    story.expect("LI", "Confirmed by the officer")
    await story.say("LI", "visited 35")
    story.expect("LI", "Why? One sentence")
    await story.say("LI", "Three forgotten")
    story.expect("LI", "The correction went to the officer")
    story.expect("WANG", "李敏 wants to correct", "Dwellings visited 32 → 35", "Three forgotten")
    await story.press("WANG", "Agree")
    story.expect("LI", "王警官 agreed to your correction")
    story.expect("LI", "Dwellings visited 35")


async def test_an_officer_confirms_sends_back_and_corrects(story: Story) -> None:
    await joined(story, "LI", "WU", "WANG", "GAO", language="en")
    for code in ("LI", "WU"):
        await story.say(code, LINE)
        await story.press(code, "File")
    story.read_all("LI", "WU")
    await until(story, FRIDAY, 8)
    await story.say("WANG", "/workload")
    story.expect("WANG", "Confirming workloads", "● 李敏: Visits 32 Taken 11", "● 吴芳")
    await story.press("WANG", "Confirm 2 without doubts")
    story.expect("WANG", "These 2 raise no doubt", "Figures agree with each other")
    await story.press("WANG", "Back")
    await story.press("WANG", "● 李敏")
    await story.press("WANG", "Send back")
    await story.say("WANG", "Are shops among them?")
    story.expect("LI", "王警官 sent this week back", "Are shops among them?")
    story.expect("WANG", "↩ 李敏")
    await story.say("LI", "visited 30")
    await story.press("LI", "File")
    story.expect("WANG", "李敏 filed the workload", "It waits for you")
    story.read_all("LI")
    await story.press("WANG", "Look")
    await story.press("WANG", "Correct")
    await story.say("WANG", "visited 28")
    await story.say("WANG", "Two are shops")
    story.expect("LI", "王警官 corrected your workload", "Dwellings visited 30 → 28", "Two are shops")
    await story.press("LI", "Object")
    for code in ("GAO", "WANG"):
        story.expect(code, "李敏 objects to the correction", "Dwellings visited 30 → 28")


async def test_who_has_not_filed_is_reminded_and_the_officer_on_monday(story: Story) -> None:
    await joined(story, "LI", "WU", "WANG", language="en")
    await story.say("WU", LINE)
    await story.press("WU", "File")
    story.read_all("WU")
    for day, hour, told in (
        ("2026-11-26", 14, "due tomorrow. Missing: Dwellings visited"),
        (FRIDAY, 9, "by 17:00 today"),
        (FRIDAY, 17, "is not filed yet"),
    ):
        await until(story, day, hour)
        story.expect("LI", told)
    await until(story, "2026-11-30", 9)
    story.expect("WANG", "Please confirm the coordinators' workloads", "○ 李敏", "● 吴芳")
    story.expect_nothing("LI", "WU", "WANG")
