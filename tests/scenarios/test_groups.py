"""In a group only acknowledging works, and nothing about a report is written there; a deep link serves the rest."""

import pytest

from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import DEED, file_report

GROUP = "南苑警务群"


async def _gathered(story: Story) -> None:
    for code in ("LI", "WANG", "SUN", "HE"):
        await story.join(code)
    story.group(GROUP, "LI", "WANG", "SUN", "HE")
    await file_report(story)
    await story.say("WANG", "/alerts", group=GROUP)


async def test_an_officer_acknowledges_in_the_group_and_every_card_says_so(story: Story) -> None:
    await _gathered(story)
    story.expect(GROUP, "NY-1-261124-001", "待接手")
    assert DEED not in story.screen(GROUP) and "李敏" not in story.screen(GROUP)
    await story.press("SUN", "接手", group=GROUP)
    story.expect(GROUP, "孙警官已接手")
    story.expect("SUN", DEED, "由您办理")
    story.expect("WANG", "孙警官已接手")
    story.expect("LI", "孙警官已查看并接手")
    await story.forge("WANG", "g:1:ack", group=GROUP)
    assert "孙警官已接手" in story.toast(GROUP)
    for label in ("办结", "未发现异常", "跳过"):
        await story.press("SUN", label)
    story.expect(GROUP, "已办结")
    assert DEED not in story.screen(GROUP)


@pytest.mark.parametrize("who", ["LI", "HE"])
@pytest.mark.parametrize(
    "data",
    ["g:1:ack", "a:1:ack", "a:1:show", "a:1:close", "r:1:show", "r:1:withdrawn", "l:open:9", "m:mine"],
)
async def test_nobody_else_acts_in_the_group_and_nothing_is_shown_there(story: Story, who: str, data: str) -> None:
    await _gathered(story)
    before = story.db.all("select state, holder from alert")[0]
    story.read_all(GROUP, "LI", "HE", "WANG", "SUN")
    await story.forge(who, data, group=GROUP)
    assert tuple(story.db.all("select state, holder from alert")[0]) == tuple(before)
    assert story.toast(GROUP)
    story.expect_nothing(GROUP, "LI", "HE", "WANG", "SUN")


async def test_the_officer_too_only_acknowledges_in_the_group(story: Story) -> None:
    await _gathered(story)
    story.read_all(GROUP, "WANG")
    for data in ("a:1:ack", "a:1:way", "a:1:show", "a:1:close"):
        await story.forge("WANG", data, group=GROUP)
        assert "私聊" in story.toast(GROUP)
    assert story.db.all("select state from alert")[0]["state"] == "waiting"
    story.expect_nothing(GROUP, "WANG")


async def test_the_deep_link_opens_the_card_in_private_for_who_may_see_it(story: Story) -> None:
    await _gathered(story)
    urls = [b["url"] for m in story.messages(GROUP) for row in m["keyboard"] or [] for b in row if b.get("url")]
    assert [url.rpartition("=")[2] for url in urls] == ["alert-1"]
    story.read_all("WANG", "HE")
    await story.say("WANG", "/start alert-1")
    story.expect("WANG", DEED)
    await story.say("HE", "/start alert-1")
    story.expect("HE", "不在您的职责")
    assert DEED not in story.screen("HE")


async def test_every_other_command_in_a_group_is_answered_by_a_link_and_by_no_data(story: Story) -> None:
    await _gathered(story)
    for command in ("/report", "/me", "/duty", "/help", "/start", "/language"):
        await story.say("WANG", command, group=GROUP)
        story.expect(GROUP, "请私聊办理", "start=hello")
    await story.say("LI", "/alerts", group=GROUP)
    story.expect(GROUP, "请私聊办理")
    await story.say("WANG", "/start hello")
    story.expect("WANG", "王警官")
