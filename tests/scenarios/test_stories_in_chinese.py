"""Stories in Chinese of what test_suspicious_activity.py does not tell: invites, the whole form, outcomes, lists."""

import pytest

from tests.scenarios.story import Story
from tests.scenarios.test_suspicious_activity import DEED, file_report


async def test_invites(story: Story) -> None:
    story.stranger("X")
    await story.say("X", "/start")
    story.expect("X", "您好，这里是邻里")
    await story.say("X", "/start NOTRIGHT")
    story.expect("X", "邀请码不对")
    await story.join("LI")
    await story.say("X", "/start CODELI")
    story.expect("X", "已经用过了")
    with story.db.transaction() as db:
        db.execute("update invite set used_at = null, expires_at = ?", (story.clock.now(),))
    await story.say("X", "/start codeli")
    story.expect("X", "已过期")
    for _ in range(5):
        await story.say("X", "/start NOTRIGHT")
    story.expect("X", "试的次数太多了")
    await story.join("GAO")
    with story.db.transaction() as db:
        db.execute("update person set account = null where code = 'LI'")
    await story.advance(days=1)
    story.expect("GAO", "李敏（社区综合协管员）的邀请码已过期")


async def test_every_question_of_the_form(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await story.say("LI", "/report")
    story.expect("LI", "请先拨打 110 / 119 / 120")
    for label in ("可疑情况", "是", "继续填写", "试拉门窗", "闯入", "选好了"):
        await story.press("LI", label)
    story.expect("LI", "第 3/8 步")
    await story.press("LI", "上一步")
    story.expect("LI", "第 2/8 步")
    await story.press("LI", "☑ 闯入")
    await story.press("LI", "选好了")
    await story.send("LI", "location", latitude=31.1, longitude=121.2)
    await story.say("LI", "没头没脑的时间")
    story.expect("LI", "没有看懂这个时间", "第 4/8 步")
    await story.say("LI", "昨晚九点半")
    await story.say("LI", "太短了")
    story.expect("LI", "至少写 10 个字", "第 5/8 步")
    await story.say("LI", f"{DEED}，电话13812345678")
    await story.say("LI", "白色面包车，往北")
    await story.send("LI", "photo")
    story.expect("LI", "照片 1 张")
    await story.press("LI", "选好了")
    await story.press("LI", "不用")
    story.expect("LI", "请核对", "行为：试拉门窗或车门", "现场特征：白色面包车，往北", "时间：11-23 21:30")
    assert "13812345678" not in story.screen("LI")
    await story.press("LI", "✎ 现场特征")
    story.expect("LI", "现在的答案：白色面包车，往北")
    await story.say("LI", "白色面包车，往南")
    story.expect("LI", "请核对", "往南")
    await story.press("LI", "提交")
    story.expect("LI", "报告 NY-1-261124-001", "尚未查看")
    story.expect("WANG", "可疑情况 NY-1-261124-001", "未经核实", "还在发生", "q=31.1,121.2", "往南")
    await story.press("WANG", "接手")
    assert "询问报告人" not in str(story.messages("WANG")[-1]["keyboard"])


async def test_one_card_edited_in_place_and_an_answer_changed_on_the_review(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await story.say("LI", "/report")
    await story.press("LI", "可疑情况")
    card = story.messages("LI")[-1]["message_id"]
    for label in ("否", "试拉门窗", "行骗", "选好了", "南苑一片", "一小时内"):
        await story.press("LI", label)
        assert story.messages("LI")[-1]["message_id"] == card
    await story.say("LI", DEED)
    for label in ("跳过", "跳过", "可以"):
        await story.press("LI", label)
    story.expect("LI", "请核对", "时间：09:30", "现场特征：无")
    for label in ("✎ 行为", "☑ 上门或电话行骗", "选好了"):
        await story.press("LI", label)
    story.expect("LI", "请核对", "行为：试拉门窗或车门\n")
    draft = story.db.all("select id, turn from draft")[0]
    for _ in range(3):
        await story.forge("LI", f"f:{draft['id']}:{draft['turn']}:submit:")
    assert len(story.db.all("select 1 from report")) == 1
    assert story.toast("LI") == "这张卡片已经关闭。"
    story.expect("WANG", "可疑情况 NY-1-261124-001", "30 分钟前")


async def test_a_draft_is_offered_again_after_a_restart(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await story.say("LI", "/report")
    for label in ("可疑情况", "否", "试拉门窗", "选好了"):
        await story.press("LI", label)
    story.restart()
    await story.say("LI", "/report")
    await story.press("LI", "可疑情况")
    story.expect("LI", "您还有一份没填完")
    story.expect("LI", "第 3/8 步")
    await story.press("LI", "南苑一片")
    story.restart()
    await story.press("LI", "现在")
    await story.say("LI", DEED)
    for label in ("跳过", "跳过", "可以", "提交"):
        await story.press("LI", label)
    story.expect("WANG", "试拉门窗", DEED)


async def test_a_handover_that_is_left_or_not_accepted_changes_nothing(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await file_report(story)
    await story.press("WANG", "接手")
    await story.press("WANG", "移交")
    story.expect("WANG", "现在没有可以移交的人")
    await story.press("WANG", "不动")
    story.expect("WANG", DEED, "由您办理")
    await story.join("SUN")
    story.read_all("LI", "SUN")
    await story.press("WANG", "移交")
    story.expect("WANG", "移交给谁")
    await story.press("WANG", "孙警官")
    story.expect("SUN", DEED, "王警官想移交给您")
    story.expect_nothing("LI", "SUN")
    for label in ("办结", "已处理", "跳过"):
        await story.press("WANG", label)
    story.expect("SUN", "NY-1-261124-001 · 已处理")
    await story.forge("SUN", "a:1:accept")
    assert story.toast("SUN") == "这张卡片已经关闭。"
    assert DEED not in story.screen("SUN")


async def test_the_officer_is_told_where_the_question_reaches_nobody(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await file_report(story)
    await story.press("WANG", "接手")
    story.sandbox.world.block(story.phones["LI"].id, True)
    await story.settle()
    await story.press("WANG", "询问报告人")
    assert "联系不上" in story.toast("WANG")
    assert not story.db.all("select 1 from exchange")


async def test_a_stranger_gets_a_kind_sentence_whatever_is_sent(story: Story) -> None:
    story.stranger("X")
    for said in ("/report", "/alerts", "/duty", "/help", "/language", "/me", "您好"):
        story.read_all("X")
        await story.say("X", said)
        answer = story.messages("X")[-1]["text"]
        assert any(word in answer for word in ("邀请链接", "不在您的职责", "还没有登记")), (said, answer)
    assert not story.db.all("select 1 from card")


async def test_keeping_a_report_that_was_to_be_withdrawn(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    await file_report(story)
    await story.press("LI", "撤回")
    story.expect("LI", "要撤回报告 NY-1-261124-001 吗")
    story.read_all("WANG")
    await story.press("LI", "不动")
    story.expect("LI", "尚未查看")
    story.expect_nothing("WANG")


async def test_cancel_keeps_nothing(story: Story) -> None:
    await story.join("LI")
    await story.say("LI", "/cancel")
    story.expect("LI", "没有正在填写的表")
    await story.say("LI", "/report")
    await story.press("LI", "可疑情况")
    await story.say("LI", "/cancel")
    story.expect("LI", "已放弃，没有保存任何内容")
    assert not story.db.all("select 1 from draft")


@pytest.mark.parametrize(
    ("label", "told"),
    [("已处理", "已处理"), ("已移送", "已移送"), ("未发现异常", "未发现异常"), ("不属实", "未能证实")],
)
async def test_each_outcome_is_told_and_the_card_shrinks(story: Story, label: str, told: str) -> None:
    for code in ("LI", "WANG", "SUN"):
        await story.join(code)
    await file_report(story)
    await story.advance(minutes=5)
    for pressed in ("接手", "办结", label):
        await story.press("WANG", pressed)
    await story.say("WANG", "到场询问过了")
    story.expect("LI", f"已办结：{told}")
    story.expect("LI", f"已办结：{told}。谢谢您")
    for who in ("WANG", "SUN"):
        story.expect(who, f"NY-1-261124-001 · {told}")
        assert DEED not in story.screen(who)


async def test_the_list_of_alerts_is_paged_and_filtered(story: Story) -> None:
    await story.join("LI")
    await story.join("WANG")
    for number in range(8):
        await file_report(story, deed=f"有人在试{number}号楼的门，一家一家地拉")
    await story.press("WANG", "接手")
    await story.say("WANG", "/alerts")
    story.expect("WANG", "未办结，新的在前")
    await story.press("WANG", "更早的")
    shown = str(story.messages("WANG")[-1]["keyboard"])
    assert "261124-002" in shown and "261124-003" not in shown
    await story.press("WANG", "我办理的")
    shown = str(story.messages("WANG")[-1]["keyboard"])
    assert "261124-008 · 已接手" in shown and "261124-007" not in shown
    await story.press("WANG", "已办结")
    story.expect("WANG", "这里没有警情")


async def test_my_last_reports(story: Story) -> None:
    await story.join("LI")
    await story.say("LI", "/report")
    await story.press("LI", "我的报告")
    story.expect("LI", "您还没有报告")
    await file_report(story)
    await story.say("LI", "/report")
    await story.press("LI", "我的报告")
    story.expect("LI", "您最近的报告")
    await story.press("LI", "NY-1-261124-001")
    story.expect("LI", "报告 NY-1-261124-001", "联系不上")
