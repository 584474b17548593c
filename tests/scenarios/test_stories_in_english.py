"""The same stories for those whose phone speaks English, paragraph by paragraph."""

import pytest

from models.database import opened
from models.draft import Draft
from models.report import Report
from tests.scenarios.story import Story

DEED = "Two people tried every car door along the road, one opened"


async def _file(story: Story, who: str = "LI", deed: str = DEED) -> None:
    await story.say(who, "/report")
    for label in ("Suspicious", "No", "Trying doors", "Done", "南苑一片", "Now"):
        await story.press(who, label)
    await story.say(who, deed)
    for label in ("Skip", "Skip", "Yes", "Submit"):
        await story.press(who, label)


async def _staff(story: Story, *codes: str) -> None:
    for code in codes:
        await story.join(code, "en")


async def test_invites(story: Story) -> None:
    story.stranger("X", "en")
    await story.say("X", "/start")
    story.expect("X", "Hello, this is Linli")
    await story.say("X", "/start NOTRIGHT")
    story.expect("X", "not right")
    await _staff(story, "LI")
    await story.say("X", "/start CODELI")
    story.expect("X", "used already")
    with story.db.transaction() as db:
        db.execute("update invite set used_at = null, expires_at = ?", (story.clock.now(),))
    await story.say("X", "/start CODELI")
    story.expect("X", "has expired")
    for _ in range(5):
        await story.say("X", "/start NOTRIGHT")
    story.expect("X", "too many tries")
    await story.advance(minutes=31)
    await story.say("X", "/start NOTRIGHT")
    story.expect("X", "not right")
    assert not story.db.all("select 1 from account where name like ?", (f"%{story.phones['X'].id}",))


async def test_a_revoked_invite_and_one_that_is_opened_again(story: Story) -> None:
    await _staff(story, "LI", "WANG")
    await story.say("LI", "/start")
    story.expect("LI", "Hello 李敏. Send /help")
    await story.say("LI", "/start CODELI")
    story.expect("LI", "used already")
    with story.db.transaction() as db:
        db.execute("update invite set used_at = null, revoked_at = ?", (story.clock.now(),))
    story.stranger("X", "en")
    await story.say("X", "/start CODEWANG")
    story.expect("X", "not right")
    story.expect_nothing("X")


async def test_a_stranger_gets_a_kind_sentence_whatever_is_sent(story: Story) -> None:
    story.stranger("X", "en")
    for said in ("/report", "/alerts", "/duty", "/help", "/language", "/me", "hello"):
        await story.say("X", said)
        answer = story.messages("X")[-1]["text"]
        assert any(w in answer for w in ("invite link", "not within your role", "You are not signed in")), (
            said,
            answer,
        )
    assert not story.db.all("select 1 from card")


async def test_an_invite_that_ran_out_is_told_to_the_town_office_once(story: Story) -> None:
    await _staff(story, "GAO", "LI")
    with story.db.transaction() as db:
        db.execute("update invite set used_at = null where person = ?", (story.ids["LI"],))
        db.execute("update person set account = null where id = ?", (story.ids["LI"],))
    await story.advance(days=7)
    story.expect("GAO", "李敏 (coordinator) has run out unused")
    await story.advance(days=1)
    story.expect_nothing("GAO")


async def test_every_question_of_the_form(story: Story) -> None:
    await _staff(story, "LI", "WANG")
    await story.say("LI", "/report")
    story.expect("LI", "call 110 / 119 / 120 first")
    await story.press("LI", "Suspicious")
    story.expect("LI", "Step 1/8", "somebody in danger")
    await story.press("LI", "Yes")
    story.expect("LI", "Call 110 / 119 / 120 first")
    await story.press("LI", "Go on")
    for label in ("Trying doors", "Breaking in", "Done"):
        await story.press("LI", label)
    story.expect("LI", "Step 3/8")
    await story.press("LI", "Back")
    story.expect("LI", "Step 2/8")
    await story.press("LI", "☑ Breaking in")
    await story.press("LI", "Done")
    await story.send("LI", "location", latitude=31.1, longitude=121.2)
    story.expect("LI", "Step 4/8")
    await story.say("LI", "half past nonsense")
    story.expect("LI", "time was not understood", "Step 4/8")
    await story.say("LI", "yesterday 9:30 pm")
    await story.say("LI", "too short")
    story.expect("LI", "at least 10 characters", "Step 5/8")
    await story.say("LI", DEED + ", call me at 13812345678")
    await story.say("LI", "white van, northwards")
    await story.send("LI", "photo")
    story.expect("LI", "Photos: 1")
    await story.press("LI", "Done")
    await story.press("LI", "No")
    story.expect("LI", "Please check", "Behaviour: Trying doors or vehicles", "The scene now: white van", DEED)
    assert "13812345678" not in story.screen("LI")
    await story.press("LI", "✎ The scene now")
    await story.say("LI", "white van, southwards")
    story.expect("LI", "Please check", "southwards")
    await story.press("LI", "Submit")
    story.expect("LI", "Report NY-1-261124-001", "sent to 王警官, not yet seen")
    story.expect(
        "WANG",
        "Suspicious activity NY-1-261124-001",
        "unverified",
        "may still be happening",
        "q=31.1,121.2",
        "southwards",
    )
    await story.press("WANG", "Acknowledge")
    assert "Ask the reporter" not in str(story.messages("WANG")[-1]["keyboard"])


async def test_one_card_edited_in_place_and_old_buttons_and_double_taps(story: Story) -> None:
    await _staff(story, "LI", "WANG")
    await story.say("LI", "/report")
    await story.press("LI", "Suspicious")
    card, draft = story.messages("LI")[-1], story.db.all("select id from draft")[0]["id"]
    for label in ("No", "Trying doors", "Fraud", "Done", "南苑一片", "Within the hour"):
        await story.press("LI", label)
        assert story.messages("LI")[-1]["message_id"] == card["message_id"]
    story.expect("LI", "Step 5/8")
    await story.forge("LI", f"f:{draft}:0:choose:no")
    assert story.toast("LI") == "That is an old card, please use the newest."
    story.expect("LI", "Step 5/8")
    await story.say("LI", DEED)
    await story.press("LI", "Skip")
    for _ in range(5):
        await story.send("LI", "photo")
    story.expect("LI", "At most 4 photos; those before are kept.", "Photos: 4")
    await story.press("LI", "Done")
    await story.press("LI", "Yes")
    story.expect("LI", "Please check", "When: 09:30", "The scene now: none", "Photos: 4", "May ask back: Yes")
    await story.press("LI", "✎ Behaviour")
    await story.press("LI", "☑ Fraud")
    await story.press("LI", "Done")
    story.expect("LI", "Please check", "Behaviour: Trying doors or vehicles\n")
    turn = story.db.all("select turn from draft")[0]["turn"]
    for _ in range(3):
        await story.forge("LI", f"f:{draft}:{turn}:submit:")
    assert len(story.db.all("select 1 from report")) == 1
    assert story.toast("LI") == "This card is no longer open."
    story.expect("WANG", "Suspicious activity NY-1-261124-001", "(30 min ago)")


async def test_a_draft_is_offered_again_after_a_restart(story: Story) -> None:
    await _staff(story, "LI", "WANG")
    await story.say("LI", "/report")
    for label in ("Suspicious", "No", "Trying doors", "Done"):
        await story.press("LI", label)
    story.restart()
    await story.say("LI", "/report")
    await story.press("LI", "Suspicious")
    story.expect("LI", "You have an unfinished form")
    story.expect("LI", "Step 3/8")
    await story.press("LI", "南苑一片")
    story.restart()
    await story.press("LI", "Now")
    await story.say("LI", DEED)
    for label in ("Skip", "Skip", "Yes", "Submit"):
        await story.press("LI", label)
    story.expect("WANG", "Trying doors", DEED)


async def test_cancel_keeps_nothing(story: Story) -> None:
    await _staff(story, "LI")
    await story.say("LI", "/report")
    await story.press("LI", "Suspicious")
    await story.press("LI", "Cancel")
    story.expect("LI", "Cancelled. Nothing was kept.")
    await story.say("LI", "/cancel")
    story.expect("LI", "No form is open.")
    await story.say("LI", "/report")
    await story.press("LI", "Suspicious")
    await story.say("LI", "/cancel")
    story.expect("LI", "Cancelled.")
    assert not story.db.all("select 1 from draft")


async def test_escalation(story: Story) -> None:
    everybody = ("LI", "WANG", "SUN", "GAO")
    await _staff(story, *everybody)
    story.read_all(*everybody)
    await _file(story)
    story.expect("WANG", "unverified", DEED)
    story.expect("LI", "sent to 王警官, not yet seen")
    story.expect_nothing(*everybody)
    await story.advance(minutes=4, seconds=59)
    story.expect_nothing(*everybody)
    await story.advance(seconds=1)
    story.expect("SUN", "unverified", DEED)
    story.expect("LI", "sent to 孙警官, not yet seen")
    story.expect_nothing(*everybody)
    for _ in range(3):  # the town office again and again
        await story.advance(minutes=9, seconds=59)
        story.expect_nothing(*everybody)
        await story.advance(seconds=1)
        story.expect("GAO", "nobody has taken this", DEED)
        story.read_all("LI")
        story.expect_nothing(*everybody)
    await story.press("SUN", "Acknowledge")
    story.expect("SUN", "This is yours.")
    for who in ("WANG", "GAO"):
        story.expect(who, "孙警官 has it.")
    story.expect("LI", "seen and taken by 孙警官")
    story.expect("LI", "NY-1-261124-001: 孙警官 has taken it.")
    await story.advance(minutes=30)
    story.expect_nothing(*everybody)
    await story.forge("WANG", "a:1:ack")
    assert story.toast("WANG") == "孙警官 has it."
    story.expect_nothing(*everybody)


async def test_a_step_is_skipped_and_nobody_at_all(story: Story) -> None:
    await _staff(story, "LI", "WANG", "GAO")
    story.sandbox.world.block(story.phones["WANG"].id, True)
    await story.settle()
    await _file(story)
    story.expect("GAO", "nobody has taken this", "Out of reach: 王警官, 孙警官")
    story.expect("LI", "王警官 is out of reach")
    story.sandbox.world.block(story.phones["GAO"].id, True)
    await story.settle()
    await _file(story)
    story.expect("LI", "Nobody who answers can be reached now", "call 110 / 119 / 120")


async def test_asking_handing_over_and_on_the_way(story: Story) -> None:
    await _staff(story, "LI", "WANG", "SUN")
    await _file(story)
    await story.press("WANG", "Acknowledge")
    story.expect("LI", "王警官 has taken it.")
    await story.press("WANG", "Ask the reporter")
    await story.say("WANG", "What colour was the car?")
    story.expect("LI", "王警官 asks you", "What colour")
    await story.press("LI", "Answer")
    await story.say("LI", "White")
    story.expect("LI", "passed to the officer")
    story.expect("WANG", "the reporter answers: White")
    await story.press("WANG", "Hand over")
    await story.press("WANG", "孙警官")
    assert "stays yours until accepted" in story.toast("WANG")
    story.expect("SUN", "王警官 would hand this over to you")
    await story.press("SUN", "Accept")
    story.expect("WANG", "孙警官 has it.")
    story.expect("LI", "孙警官 has taken it.")
    await story.press("SUN", "On the way")
    story.expect("LI", "孙警官 is on the way.")


async def test_a_handover_that_is_left_or_not_accepted_changes_nothing(story: Story) -> None:
    await _staff(story, "LI", "WANG")
    await _file(story)
    await story.press("WANG", "Acknowledge")
    await story.press("WANG", "Hand over")
    story.expect("WANG", "There is nobody to hand it to now.")
    await story.press("WANG", "Leave it")
    story.expect("WANG", DEED, "This is yours.")
    await _staff(story, "SUN")
    story.read_all("LI", "SUN")
    await story.press("WANG", "Hand over")
    story.expect("WANG", "To whom? It stays yours until they accept.")
    await story.press("WANG", "孙警官")
    story.expect("SUN", DEED, "王警官 would hand this over to you")
    story.expect_nothing("LI", "SUN")
    for label in ("Close", "Dealt with", "Skip"):
        await story.press("WANG", label)
    story.expect("SUN", "NY-1-261124-001 · dealt with")
    await story.forge("SUN", "a:1:accept")
    assert story.toast("SUN") == "This card is no longer open."
    assert DEED not in story.screen("SUN")


@pytest.mark.parametrize("when", ["before", "while the question is written"])
async def test_the_officer_is_told_where_the_question_reaches_nobody(story: Story, when: str) -> None:
    await _staff(story, "LI", "WANG")
    await _file(story)
    await story.press("WANG", "Acknowledge")
    if when == "before":
        story.sandbox.world.block(story.phones["LI"].id, True)
        await story.settle()
        await story.press("WANG", "Ask the reporter")
        assert "is out of reach" in story.toast("WANG")
    else:
        await story.press("WANG", "Ask the reporter")
        story.sandbox.world.block(story.phones["LI"].id, True)
        await story.say("WANG", "What colour was the car?")
        story.expect("WANG", "is out of reach", "What would you like to ask")
        story.sandbox.world.block(story.phones["LI"].id, False)
        await story.say("WANG", "What colour was the car?")
        story.expect("LI", "王警官 asks you", "What colour")
        return
    assert "passed on" not in story.screen("WANG") and not story.db.all("select 1 from exchange")


async def test_photos_reach_the_officer_and_are_taken_away_on_closing(story: Story) -> None:
    await _staff(story, "LI", "WANG")
    await story.say("LI", "/report")
    for label in ("Suspicious", "No", "Trying doors", "Done", "南苑一片", "Now"):
        await story.press("LI", label)
    await story.say("LI", DEED)
    await story.say("LI", "white van, northwards")
    await story.send("LI", "photo")
    for label in ("Done", "Yes", "Submit"):
        await story.press("LI", label)
    assert [m["kind"] for m in story.messages("WANG")].count("photo") == 1
    for label in ("On the way", "Close", "Unfounded", "Skip"):
        await story.press("WANG", label)
    assert [m["kind"] for m in story.messages("WANG")].count("photo") == 0
    assert "white van" not in story.screen("WANG")
    assert tuple(story.db.all("select scene, photos from report")[0]) == ("", None)
    await story.forge("LI", "r:1:add")
    assert story.toast("LI") == "This card is no longer open."


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Dealt with", "dealt with"),
        ("Passed on", "passed on"),
        ("Nothing found", "nothing found"),
        ("Unfounded", "could not be confirmed"),
    ],
)
async def test_each_outcome_is_told_and_the_card_shrinks(story: Story, label: str, told: str) -> None:
    await _staff(story, "LI", "WANG", "SUN")
    await _file(story)
    await story.advance(minutes=5)
    await story.press("WANG", "Acknowledge")
    for pressed in ("Close", label):
        await story.press("WANG", pressed)
    await story.say("WANG", "Spoke with them on the spot")
    story.expect("LI", f"closed: {told}")
    story.expect("LI", f"is closed: {told}. Thank you.")
    for who in ("WANG", "SUN"):
        story.expect(who, f"NY-1-261124-001 · {told}")
        assert DEED not in story.screen(who)
    assert story.db.all(f"select {opened(Report, 'remark')} from report")[0]["remark"] == "Spoke with them on the spot"


async def test_the_list_of_alerts_is_paged_and_filtered(story: Story) -> None:
    await _staff(story, "LI", "WANG")
    for number in range(8):
        await _file(story, deed=f"Somebody tried the doors of house {number}")
    await story.press("WANG", "Acknowledge")
    await story.say("WANG", "/alerts")
    story.expect("WANG", "Open, newest first")

    def listed() -> list[str]:
        card = next(m for m in reversed(story.messages("WANG")) if "newest first" in m["text"])
        return [b["text"] for row in card["keyboard"] for b in row if "NY-1" in b["text"]]

    assert listed()[0] == "NY-1-261124-008 · taken" and len(listed()) == 6
    await story.press("WANG", "older")
    assert [line.split(" · ")[0][-3:] for line in listed()] == ["002", "001"]
    await story.press("WANG", "newest")
    assert len(listed()) == 6
    await story.press("WANG", "Mine")
    assert listed() == ["NY-1-261124-008 · taken"]
    await story.press("WANG", "Waiting")
    assert "NY-1-261124-008 · taken" not in listed() and len(listed()) == 6
    await story.press("WANG", "NY-1-261124-003")
    story.expect("WANG", "doors of house 2")


async def test_help_me_duty_language(story: Story) -> None:
    await _staff(story, "LI", "WANG")
    await story.say("LI", "/duty")
    story.expect("LI", "community officer: 王警官", "deputy officer: 孙警官 (out of reach)")
    await _file(story)
    await story.say("LI", "/me")
    story.expect("LI", "李敏 · coordinator · 南苑一片", "Open reports: 1.")
    await story.say("WANG", "/help")
    story.expect("WANG", "/alerts")
    assert "/report" not in story.messages("WANG")[-1]["text"]
    await story.say("LI", "/language")
    await story.press("LI", "中文")
    story.expect("LI", "已改用中文")
    await story.say("LI", "/nonsense")
    story.expect("LI", "没有这个命令")


async def test_a_forgotten_form(story: Story) -> None:
    await _staff(story, "LI")
    await story.say("LI", "/report")
    await story.press("LI", "Suspicious")
    await story.advance(minutes=31)
    story.expect("LI", "unfinished form")
    await story.say("LI", "/report")
    await story.press("LI", "Suspicious")
    story.expect("LI", "Let us go on with it")
    await story.advance(hours=25)
    story.expect("LI", "has been erased")


async def test_my_reports_adding_and_withdrawing(story: Story) -> None:
    await _staff(story, "LI", "WANG")
    await _file(story)
    await story.say("LI", "/report")
    await story.press("LI", "My reports")
    story.expect("LI", "Your last reports")
    await story.press("LI", "NY-1-261124-001")
    story.expect("LI", "not yet seen")
    await story.press("LI", "Add")
    await story.say("LI", "They went to the north gate")
    story.expect("WANG", "+ They went to the north gate")
    await story.press("LI", "Withdraw")
    story.expect("LI", "Nobody will deal with it then")
    await story.press("LI", "Leave it")
    story.expect("LI", "not yet seen")
    await story.press("LI", "Withdraw")
    await story.press("LI", "Withdraw")
    story.expect("LI", "withdrawn")
    story.expect("WANG", "withdrawn")
    assert DEED not in story.screen("WANG")


async def test_screening_asks_for_the_act_and_keeps_the_draft(story: Story) -> None:
    await _staff(story, "LI")
    await story.say("LI", "/report")
    for label in ("Suspicious", "No", "Trying doors", "Done", "南苑一片", "Now"):
        await story.press("LI", label)
    await story.say("LI", "Some Muslims moved in, they look suspicious")
    story.expect("LI", "who somebody is", "Step 5/8")
    assert story.db.all("select step from draft")[0]["step"] == "deed"
    await story.say("LI", DEED)
    story.expect("LI", "Step 6/8")


async def test_numbers_of_persons_are_masked_before_they_are_kept(story: Story) -> None:
    await _staff(story, "LI", "WANG")
    await story.say("LI", "/report")
    for label in ("Suspicious", "No", "Trying doors", "Done", "南苑一片", "Now"):
        await story.press("LI", label)
    numbers = ("11010519491231002X", "13812345678", "E12345678")
    await story.say("LI", f"A card {numbers[0]} and a passport {numbers[2]} lay there, call {numbers[1]}")
    [draft] = story.db.all(f"select {opened(Draft, 'answers')} from draft")
    assert "passport" in str(draft["answers"]) and not any(number in str(draft["answers"]) for number in numbers)
    for label in ("Skip", "Skip", "Yes", "Submit"):
        await story.press("LI", label)
    story.expect("WANG", "lay there, call")
    assert not any(number in story.screen("WANG") for number in numbers)


async def test_a_second_form_stands_at_the_bottom_and_not_in_the_place_of_the_first(story: Story) -> None:
    await _staff(story, "LI")
    await story.say("LI", "/report")
    await story.press("LI", "Suspicious")
    await story.press("LI", "Cancel")
    story.expect("LI", "Cancelled.")
    await story.say("LI", "/report")
    await story.press("LI", "Suspicious")
    assert "Step 1/8" in story.messages("LI")[-1]["text"]
    assert "Cancelled." in story.screen("LI")
