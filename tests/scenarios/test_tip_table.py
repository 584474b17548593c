"""The town office's table of tips: counts, ages and states, and of anonymous givers not a word."""

from tests.scenarios.story import Story
from tests.scenarios.test_lead_tip import DEED, filled, tipped
from tests.scenarios.test_lead_tip import opened as poster_opened


async def _another(story: Story, who: str, place: str = "NY") -> None:
    story.stranger(who)
    await story.say(who, f"/start tip-{story.ids[place]}")


async def _named(story: Story, who: str) -> None:
    await _another(story, who)
    await story.press(who, "署名")
    await story.say(who, "陈阿姨")
    await story.press(who, "诈骗")
    await story.say(who, DEED)
    for label in ("跳过", "现在", "别人告诉", "跳过", "不涉及", "可以", "提交"):
        await story.press(who, label)


async def _about_staff(story: Story, who: str) -> None:
    await _another(story, who)
    await story.press(who, "匿名")
    await story.press(who, "其他")
    await story.say(who, DEED)
    for label in ("跳过", "现在", "看到的", "跳过", "是", "凭查询码", "提交"):
        await story.press(who, label)


def _buttons(story: Story, who: str = "GAO") -> list[str]:
    return [button["text"] for row in story.messages(who)[-1]["keyboard"] or [] for button in row]


async def test_the_counts_tell_no_words(story: Story) -> None:
    await poster_opened(story, "X", "WANG", "SUN", "HE", "GAO")
    await tipped(story)
    await _another(story, "Y", "DX")
    await tipped(story, "Y")
    await story.press("HE", "接手")
    await story.advance(days=2)
    await _named(story, "Z")
    await story.say("GAO", "/tips")
    story.expect(
        "GAO",
        "第一次答复：逾期未答 1",
        "未办结：待接手 2、已接手 1",
        "提交至今：不到一天 1、一至七天 2",
        "南苑社区 2",
        "东溪村 1",
        "盗窃 2",
        "诈骗 1",
    )
    assert DEED not in story.messages("GAO")[-1]["text"]


async def test_what_is_over_is_counted_for_a_month(story: Story) -> None:
    await poster_opened(story, "X", "WANG", "GAO")
    await tipped(story)
    for label in ("接手", "办结", "已处理", "跳过"):
        await story.press("WANG", label)
    await story.say("GAO", "/tips")
    story.expect("GAO", "近 30 天办完：已办结 1", "未办结：无")
    assert _buttons(story) == []
    await story.advance(days=31)
    await story.say("GAO", "/tips")
    story.expect("GAO", "近 30 天办完：无")


async def test_drilling_down_and_back(story: Story) -> None:
    await poster_opened(story, "X", "WANG", "HE", "GAO")
    await tipped(story)
    await story.advance(hours=30)
    await _another(story, "Y", "DX")
    await tipped(story, "Y")
    await story.say("GAO", "/tips")
    await story.press("GAO", "东溪村 1")
    story.expect("GAO", "DX-261125-002 · 0 小时 · 待接手 · 东溪村", "匿名线索由民警办理")
    assert _buttons(story) == ["‹ 上一步"]
    await story.press("GAO", "上一步")
    await story.press("GAO", "全部未办结 2")
    first, second = [line for line in story.messages("GAO")[-1]["text"].splitlines() if "·" in line]
    assert first == "NY-261124-001 · 1 天 · ⏰ 逾期未答 · 南苑社区" and second.startswith("DX-")
    await story.press("GAO", "上一步")
    await story.press("GAO", "盗窃 2")
    story.expect("GAO", "NY-261124-001", "DX-261125-002")


async def test_an_anonymous_tip_is_opened_once_it_has_come_to_the_town_office(story: Story) -> None:
    await poster_opened(story, "X", "WANG", "SUN", "GAO")
    await tipped(story)
    for data in ("show", "ack", "way"):
        await story.forge("GAO", f"a:1:{data}")
        assert "不在您的职责" in story.toast("GAO")
    await story.say("GAO", "/start alert-1")
    await story.say("GAO", "/alerts")
    assert "NY-261124-001" not in str(story.messages("GAO")[-1])
    assert DEED not in story.screen("GAO")
    await story.advance(days=1)
    await story.advance(days=1)  # neither officer nor deputy: it comes to the town office by itself
    story.expect("GAO", DEED)
    await story.say("GAO", "/tips")
    await story.press("GAO", "逾期未答 1")
    await story.press("GAO", "NY-261124-001")
    story.expect("GAO", DEED, "匿名提供")
    log = story.db.all("select through from opening where person = ? order by id", (story.ids["GAO"],))
    assert [row["through"] for row in log] == ["alert", "list"]


async def test_an_officer_may_hand_an_anonymous_tip_to_the_town_office(story: Story) -> None:
    await poster_opened(story, "X", "WANG", "GAO")
    await tipped(story)
    await story.press("WANG", "接手")
    await story.press("WANG", "移交")
    await story.press("WANG", "高主任")
    await story.press("GAO", "接受移交")
    story.expect("GAO", "由您办理", DEED)


async def test_tips_about_staff_and_named_ones_are_opened_at_once(story: Story) -> None:
    await poster_opened(story, "X", "WANG", "GAO")
    await _about_staff(story, "Y")
    await _named(story, "Z")
    await story.say("GAO", "/tips")
    await story.press("GAO", "全部未办结 2")
    assert [label[:2] for label in _buttons(story)] == ["NY", "NY", "‹ "]
    assert "匿名线索由民警办理" not in story.messages("GAO")[-1]["text"]
    await story.press("GAO", "NY-261124-002")
    story.expect("GAO", "居民署名：陈阿姨")
    assert story.db.all("select through from opening where person = ? and report = 2", (story.ids["GAO"],))


async def test_nobody_else_has_the_table(story: Story) -> None:
    await poster_opened(story, "X", "WANG", "SUN", "LI", "ZHOU")
    await tipped(story)
    for code in ("WANG", "SUN", "LI", "ZHOU", "X"):
        await story.say(code, "/tips")
        await story.forge(code, "tips:open:0")
        assert "线索台账" not in story.screen(code) and "未办结的线索" not in story.screen(code)


async def test_forged_pages_are_empty(story: Story) -> None:
    await poster_opened(story, "X", "WANG", "GAO")
    await filled(story)
    await story.press("X", "提交")
    await story.say("GAO", "/tips")
    for data in ("tips:open:999999", "tips:place-999:0", "tips:kind-nonsense:0"):
        await story.forge("GAO", data)
        assert story.messages("GAO")[-1]["text"].startswith("这里没有线索")
        await story.press("GAO", "上一步")


async def test_the_table_in_english(story: Story) -> None:
    await story.join("GAO", "en")
    await poster_opened(story, "X", "WANG")
    await tipped(story)
    await story.say("GAO", "/tips")
    story.expect("GAO", "Table of tips", "Open: waiting 1", "less than a day 1", "Theft 1")
    await story.press("GAO", "all open 1")
    story.expect("GAO", "NY-261124-001 · 0 h · waiting", "Anonymous tips are the officer's")
