"""Duties V1 and V3 in English: late, moved, taken back, not given and how to object, a talk moved and not come to."""

from tests.scenarios.story import Story
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import joined

EVERYBODY = ("X", "LI", "ZHOU", "WANG")


async def opened(story: Story) -> None:
    """LI, ZHOU and WANG at work, and a resident who has asked; everybody has read so far."""
    story.weeks_are_filed()
    with story.db.transaction():
        for task in ("head", "entry"):
            story.db.execute(
                "insert into data_room (place, task, person) select 2, ?, id from person where code = 'ZHOU'", (task,)
            )
    await joined(story, "LI", "ZHOU", "WANG", language="en")
    story.stranger("X", "en")
    await story.say("X", "/visits")
    await story.press("X", "I need a certificate")
    await story.press("X", "南苑社区")
    await story.say("X", "5 Nanyuan Road")
    await story.press("X", "School")
    await story.say("X", "Ms Wang")
    await story.press("X", "Thu 26 am")
    await story.press("X", "Fri 27 pm")
    await story.press("X", "Skip")
    await story.press("X", "Submit")
    await story.advance(seconds=1)
    story.read_all(*EVERYBODY)


async def both_can(story: Story) -> None:
    """Both can at every time; the applicant is offered the first."""
    for code in ("LI", "ZHOU"):
        await story.press(code, "All of them")
    await story.advance(seconds=1)


async def agreed(story: Story) -> None:
    """Thursday morning."""
    await opened(story)
    await story.press("LI", "I go (coordinator)")
    await story.press("ZHOU", "I go (cadre)")
    await both_can(story)
    await story.press("X", "✓ Yes")
    await story.advance(seconds=1)
    story.read_all(*EVERYBODY)


async def test_late(story: Story) -> None:
    await agreed(story)
    for day, hour, minute in (("2026-11-25", 17, 0), ("2026-11-26", 8, 30), ("2026-11-30", 12, 0)):
        await until(story, day, hour, minute)
    story.read_all(*EVERYBODY)  # nobody notes the outcome
    await until(story, "2026-12-02", 9)
    story.expect("X", "Sorry, your request was not done in time (1 working day(s) late)", "⚠ This is 1 working day(s)")
    story.expect("ZHOU", "⚠ These requests are late:", "No. 1 南苑社区: It is time", "⚠ 1 working day(s) late")
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-12-03", 9)
    story.expect("ZHOU", "⚠ 2 working day(s) late")
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-12-04", 9)
    for code in ("ZHOU", "WANG"):
        story.expect(code, "⚠ 3 working day(s) late")
    story.expect_nothing(*EVERYBODY)
    await story.press("WANG", "Certificate no. 1")
    story.expect("WANG", "Coordinator: 李敏", "⚠ 3 working day(s) late")
    assert "Ms Wang" not in story.screen("WANG")


async def test_moved(story: Story) -> None:
    await agreed(story)
    await story.press("X", "Other times")
    story.expect("X", "When instead? Choose a time at which you are at home")
    await story.press("X", "Mon 30 am")
    story.expect("X", "Another time? More of them are easier to agree on.")
    await story.press("X", "Skip")
    story.expect("X", "✓ Staff get the new times.", "Staff are comparing times.")
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "The applicant has named other times; please say again when you can.", "① Mon, Nov 30 09:30")
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-11-26", 9, 30)
    story.expect_nothing(*EVERYBODY)  # nothing of the old time
    await both_can(story)
    story.read_all("LI", "ZHOU")
    story.expect("X", "There is a time; please confirm it.", "Staff can come Mon, Nov 30 09:30. Is that all right?")
    await story.press("X", "✓ Yes")
    story.expect("X", "Agreed: Mon, Nov 30 09:30")
    story.read_all("LI", "ZHOU")
    await story.advance(seconds=1)
    for code in ("LI", "ZHOU"):
        story.expect(code, "Agreed: Mon, Nov 30 09:30")
    await until(story, "2026-11-27", 17)
    for code in ("LI", "ZHOU", "X"):
        story.expect(code, "⏰ Do not forget the visit: Mon, Nov 30 09:30")
    story.expect_nothing(*EVERYBODY)


async def test_taken_back(story: Story) -> None:
    await agreed(story)
    await story.press("X", "Take it back")
    story.expect("X", "Take this request back? Everything you wrote is erased at once.")
    await story.press("X", "Keep it")
    story.expect("X", "Agreed: Thu, Nov 26 09:30")
    await story.press("X", "Take it back")
    await story.press("X", "Yes, erase it")
    story.expect("X", "Taken back; everything you wrote is erased.")
    for code in ("LI", "ZHOU"):
        story.expect(code, "Certificate no. 1 南苑社区", "The applicant has taken it back; nothing is to be done.")
        assert "Nanyuan Road" not in story.screen(code) and "Ms Wang" not in story.screen(code)
    await until(story, "2026-11-27", 12)
    story.expect_nothing(*EVERYBODY)


async def test_not_given_with_the_reason_and_the_way_to_object(story: Story) -> None:
    await agreed(story)
    await until(story, "2026-11-25", 17)
    await until(story, "2026-11-26", 9, 30)
    story.read_all(*EVERYBODY)
    await story.say("ZHOU", "/visits")
    await story.press("ZHOU", "Certificate no. 1")
    story.expect("ZHOU", "Agreed: Thu, Nov 26 09:30", "It is time; please note the outcome.", "it is no alert")
    await story.press("ZHOU", "Not confirmed")
    await story.press("ZHOU", "Not given, why")
    story.expect("ZHOU", "Why is it not given? The applicant reads this.")
    await story.say("ZHOU", "The landlord says you moved out in May.")
    story.expect("ZHOU", "Certificate not given.", "Why: The landlord says you moved out in May.")
    story.read_all("ZHOU", "LI")
    await story.advance(seconds=1)
    story.expect(
        "X",
        "Your request is decided.",
        "The certificate is not given.",
        "Why: The landlord says you moved out in May.",
        "If you disagree, you can explain it to 南苑社区, or turn to 青溪镇; you can also ask again by /visits.",
    )
    await until(story, "2026-12-04", 12)
    story.expect_nothing(*EVERYBODY)


async def test_a_talk_that_is_moved_by_either_and_not_come_to(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "WANG", language="en")
    story.stranger("X", "en")
    await story.say("WANG", "/visits")
    await story.press("WANG", "My office hours")
    await story.press("WANG", "More hours")
    await story.say("WANG", "Thursday 14:00-15:00")
    await story.say("X", "/visits")
    await story.press("X", "Ask for a talk")
    await story.press("X", "Registration")
    await story.press("X", "Thu 26 14:00")
    await story.say("X", "Ms Wang")
    await story.press("X", "Submit")
    await story.advance(seconds=1)
    story.read_all("X", "WANG")
    await story.press("X", "Other times")
    story.expect("X", "When instead? Choose a time.")
    await story.press("X", "Thu 26 14:30")
    story.expect("X", "✓ Agreed.", "Agreed: Thu, Nov 26 14:30")
    await story.advance(seconds=1)
    story.expect("WANG", "Moved by the applicant: Thu, Nov 26 14:30")
    await story.press("WANG", "I cannot, another time")
    story.expect("WANG", "Waiting for new times from the applicant.")
    await story.advance(seconds=1)
    story.expect("X", "Sorry, something came up; please choose another time.")
    await story.press("X", "Other times")
    await story.press("X", "Thu 3 14:00")
    story.expect("X", "Agreed: Thu, Dec 3 14:00")
    await story.advance(seconds=1)
    story.expect("WANG", "Somebody has chosen your office hours: Thu, Dec 3 14:00")
    await until(story, "2026-12-02", 16, 59)
    story.expect_nothing("X", "WANG")
    await until(story, "2026-12-02", 17)
    await until(story, "2026-12-03", 13)
    await until(story, "2026-12-03", 14)
    story.read_all("X", "WANG")
    await story.say("WANG", "/visits")
    await story.press("WANG", "Talk no. 1")
    await story.press("WANG", "Did not come")
    story.expect("WANG", "The applicant did not come.")
    await story.advance(seconds=1)
    story.expect("X", "You did not come at the time agreed.", "You can ask again by /visits.")
    story.expect_nothing("X")
