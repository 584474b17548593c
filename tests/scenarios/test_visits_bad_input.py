"""Duties V1 and V3, bad input: each a clear sentence, nothing lost, in Chinese and in English."""

from dataclasses import replace

import pytest

from handlers.desk import House
from handlers.strangers import REQUESTS
from tests.scenarios.story import Story
from tests.scenarios.test_talks import arranged
from tests.scenarios.test_talks import opened as hours_opened
from tests.scenarios.test_violation import labels, until
from tests.scenarios.test_visits import EVERYBODY, agreed, asked, count, opened
from tests.scenarios.test_workload import joined


async def at_slots(story: Story, language: str = "zh") -> None:
    """A resident has said where they live and what for, and is asked when they are at home."""
    story.weeks_are_filed()
    story.stranger("X", language)
    words = ("我要居住证明", "上学") if language == "zh" else ("I need a certificate", "School")
    await story.say("X", "/visits")
    await story.press("X", words[0])
    await story.press("X", "南苑社区")
    await story.say("X", "南苑路 5 号 201")
    await story.press("X", words[1])
    await story.say("X", "王女士")


async def told(story: Story, who: str, cases: dict[str, str]) -> None:
    """Each of these is answered with a sentence, and the question stands as before."""
    for said, why in cases.items():
        await story.say(who, said)
        story.expect(who, why)
        story.expect_nothing(who)


async def test_times_that_are_none_are_told_why_and_the_draft_stands(story: Story) -> None:
    await at_slots(story)
    story.read_all("X")
    await told(
        story,
        "X",
        {
            "25:00": "没有看懂是什么时候。可以写“周四 14:00”",
            "周四 25:00": "没有这个日期或钟点",
            "11月31日 10:00": "没有这个日期或钟点",
            "2026-02-30 10:00": "没有这个日期或钟点",
            "11-20 10:00": "这个时间已经过了",
            "今天 9:00": "这个时间已经过了",
            "今天 10:30": "太近或已经过了",
            "每周四 10:00": "请写一个日子",
            "下周五": "没有写几点。可以写“周四 14:00”",
            "周六 10:00": "这天休息。请选工作日，或这天 18:00 以后",
            "周四 23:00": "8:00 到 21:00",
            "2027-3-1 10:00": "这天太远了",
            "随便哪天": "没有看懂是什么时候",
        },
    )
    await story.say("X", "周六 18:30")  # an evening of a day off will do
    await story.press("X", "跳过")
    story.expect("X", "住处：南苑路 5 号 201", "时间一：11月28日周六 18:30")
    await story.press("X", "提交")
    story.expect("X", "✓ 已收到")


async def test_next_friday_said_on_a_friday_is_in_a_week(story: Story) -> None:
    await until(story, "2026-11-27", 10)
    await at_slots(story)
    await story.say("X", "下周五 10:00")
    await story.press("X", "跳过")
    story.expect("X", "时间一：12月4日周五 10:00")


async def test_tomorrow_said_a_minute_before_midnight_is_the_day_that_begins_then(story: Story) -> None:
    await until(story, "2026-11-24", 23, 59)
    await at_slots(story)
    await story.say("X", "明天 10:00")
    story.expect("X", "再选一个时间")
    await story.advance(minutes=2)  # what was said before midnight stays the day it was
    await story.press("X", "跳过")
    story.expect("X", "时间一：11月25日周三 10:00")
    await story.press("X", "提交")
    story.expect("X", "✓ 已收到", "最迟 12月2日周三")


async def test_a_time_that_has_passed_before_it_is_sent_leads_back_to_its_question(story: Story) -> None:
    await at_slots(story)
    await story.say("X", "今天 11:30")
    await story.press("X", "跳过")
    await story.advance(minutes=40)
    await story.press("X", "提交")
    story.expect("X", "这个时间来不及了，请另选一个", "什么时候在家？")
    await story.press("X", "周四26上午")
    story.expect("X", "住处：南苑路 5 号 201", "时间一：11月26日周四 09:30")
    await story.press("X", "提交")
    story.expect("X", "✓ 已收到")


async def test_the_same_in_english(story: Story) -> None:
    await at_slots(story, "en")
    story.read_all("X")
    await told(
        story,
        "X",
        {
            "25:00": "I could not read when that is. You may write “Thursday 14:00”",
            "Nov 31 10:00": "There is no such day or hour",
            "Thursday 25:00": "There is no such day or hour",
            "next Friday": "At what time? You may write “Thursday 14:00”",
            "today 9:00": "That time has passed",
            "today 10:30": "too soon or has passed",
            "Saturday 10:00": "That is a day off. Please choose a working day, or that day from 18:00 on",
            "Thursday 23:00": "between 8:00 and 21:00",
            "Dec 20 10:00": "Please choose a time by Tue, Dec 1",
        },
    )
    await story.say("X", "tomorrow 10:00")
    await story.say("X", "tomorrow 10:00")
    story.expect("X", "You have chosen that time already")
    await story.press("X", "Skip")
    await story.press("X", "Submit")
    story.expect("X", "✓ Received")


async def test_a_talk_at_a_time_that_cannot_be_had(story: Story) -> None:
    await hours_opened(story)
    await story.say("X", "/visits")
    await story.press("X", "约人面谈")
    await story.press("X", "咨询")
    story.read_all("X")
    await told(
        story,
        "X",
        {
            "下周五": "没有写几点",
            "周四 25:00": "没有这个日期或钟点",
            "11月31日 14:00": "没有这个日期或钟点",
            "今天 9:00": "这个时间已经过了",
            "周六 14:00": "这个时间约不了，请选按钮上的时间",
            "周四 14:10": "这个时间约不了，请选按钮上的时间",
            "聊聊": "没有看懂是什么时候",
        },
    )
    await story.say("X", "周四 14:00")
    await story.say("X", "王女士")
    await story.press("X", "提交")
    story.expect("X", "已约好：11月26日周四 14:00")


async def test_three_requests_are_enough_talks_among_them_and_the_draft_of_a_fourth_is_kept(story: Story) -> None:
    await hours_opened(story)
    await asked(story)
    await arranged(story)
    await at_slots_again(story)
    await story.press("X", "周四26上午")
    await story.press("X", "跳过")
    await arranged(story, slot="周四26日 14:30")  # meanwhile, with the form still open
    story.read_all("X")
    await story.press("X", "提交")
    story.expect("X", "您还没办完的申请已经满了，先撤回一件再提交", "住处：南苑路 5 号 201")
    assert count(story, "visit") == 3
    await story.forge("X", "vs:2:sure")
    story.expect("X", "已撤回")
    await story.press("X", "提交")
    story.expect("X", "✓ 已收到")
    assert count(story, "visit where state = 'open'") == 3
    await story.forge("X", "vs:0:talk")
    story.expect("X", "您已有 3 件申请还没办完")


async def at_slots_again(story: Story) -> None:
    """One more request of X, as far as its times."""
    await story.say("X", "/visits")
    await story.press("X", "我要居住证明")
    await story.press("X", "南苑社区")
    await story.say("X", "南苑路 5 号 201")
    await story.press("X", "上学")
    await story.say("X", "王女士")


async def test_two_who_decide_at_once_and_two_who_say_what_was_found(story: Story) -> None:
    await agreed(story)
    await until(story, "2026-11-26", 19)
    story.read_all(*EVERYBODY)
    await story.forge("LI", "vs:1:found:unclear")
    await story.forge("ZHOU", "vs:1:found:not_confirmed")
    assert story.toast("ZHOU") == "已经有人记下结果了。"
    await story.forge("ZHOU", "vs:1:given")
    await story.forge("ZHOU", "vs:1:given")
    assert story.toast("ZHOU") == "已经有人决定了。"
    assert [tuple(row) for row in story.db.all("select outcome, state from visit")] == [("unclear", "given")]


async def test_a_committee_that_is_flooded_takes_no_more_today_and_nothing_written_is_lost(story: Story) -> None:
    few(story, 2)
    story.weeks_are_filed()
    await joined(story, "LI", "ZHOU")
    story.stranger("X")
    story.stranger("Y")
    await asked(story)
    await at_slots_again(story)
    await story.press("X", "周四26上午")
    await story.press("X", "跳过")
    await asked(story, "Y")  # the last that is taken today
    await story.press("X", "提交")
    story.expect("X", "暂时不收新的", "您填的都留着（24 小时）", "请直接来村(居)委会或打电话", "住处：南苑路 5 号 201")
    await story.say("Y", "/visits")
    await story.press("Y", "我要居住证明")
    await story.press("Y", "南苑社区")
    story.expect("Y", "今天南苑社区收到的申请太多", "请直接来村(居)委会或打电话", "明天")
    assert count(story, "visit") == 2
    await story.say("Y", "/visits")
    await story.press("Y", "我要居住证明")
    await story.press("Y", "东溪村")  # another committee is open
    story.expect("Y", "向东溪村申请居住证明")
    await story.advance(seconds=1)
    await story.press("LI", "我去（协管员）")  # one that is taken makes room
    story.read_all("X")
    await story.press("X", "提交")
    story.expect("X", "✓ 已收到")
    assert count(story, "visit") == 3


async def test_whoever_asks_and_withdraws_again_and_again_disturbs_nobody_any_more_that_day(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "LI", "ZHOU")
    story.stranger("X")
    for _ in range(REQUESTS - 1):
        await asked(story)
        number = story.db.all("select id from visit")[0]["id"]
        await story.forge("X", f"vs:{number}:withdraw")
        await story.forge("X", f"vs:{number}:sure")
    await asked(story)
    story.read_all("X", "LI", "ZHOU")
    await story.say("X", "/visits")
    await story.press("X", "我要居住证明")
    story.expect("X", "今天您申请的次数太多", "明天", "请直接来村(居)委会或打电话")
    await story.forge("X", "vs:0:talk")
    story.expect("X", "今天您申请的次数太多")
    for name in ("LI", "ZHOU"):
        story.expect_nothing(name)
    assert count(story, "visit where state = 'open'") == 1  # the last one goes on as ever
    await until(story, "2026-11-25", 9)
    story.read_all("X")
    await asked(story)
    assert count(story, "visit where state = 'open'") == 2


async def test_the_day_after_a_flood_the_draft_is_offered_again_and_sent(story: Story) -> None:
    few(story, 1)
    await at_slots(story, "en")
    await story.press("X", "Thu 26 am")
    await story.press("X", "Skip")
    story.stranger("Y")
    await asked(story, "Y")
    await story.press("X", "Submit")
    story.expect("X", "no more are taken for now", "kept for 24 hours", "come to the committee or call")
    story.expect_nothing("X")
    await until(story, "2026-11-25", 8)
    story.read_all("X")
    await story.say("X", "/visits")
    await story.press("X", "I need a certificate")
    await story.press("X", "南苑社区")
    story.expect("X", "Dwelling: 南苑路 5 号 201", "Time 1: Thu, Nov 26 09:30")
    await story.press("X", "Submit")
    story.expect("X", "✓ Received")


def few(story: Story, most: int) -> None:
    """No more than so many requests of a day wait for somebody who takes them."""
    house: House = replace(story.bot.house, requests_per_committee=most)
    story.bot.house = story.bot.inbox._house = house


@pytest.mark.parametrize("back", ["/start", "有人吗"])
async def test_an_applicant_whom_a_message_does_not_reach_is_seen_as_such_until_they_speak(
    story: Story, back: str
) -> None:
    await opened(story)
    person = story.sandbox.world.person(story.phones["X"].id)
    person.blocked = True  # and the platform never said so
    for code, part in (("LI", "我去（协管员）"), ("ZHOU", "我去（干部）")):
        await story.press(code, part)
        await story.press(code, "都可以")
    story.read_all("LI", "ZHOU")
    await story.advance(seconds=1)  # the offer does not arrive
    for code in ("LI", "ZHOU"):
        story.expect(code, "⚠ 申请人收不到消息，请当面联系", "等申请人确认时间")
    story.expect_nothing(*EVERYBODY)
    await until(story, "2026-11-25", 12)
    story.expect_nothing(*EVERYBODY)  # and is not tried again and again
    person.blocked = False
    await story.say("X", back)
    story.expect("X", "居住证明 1号", "可以 11月26日周四 09:30 上门，行吗？")
    for code in ("LI", "ZHOU"):
        story.expect(code, "等申请人确认时间")
        assert "收不到消息" not in story.screen(code)
    story.read_all("X")
    await story.press("X", "就这个时间")
    story.expect("X", "已约好：11月26日周四 09:30")


async def test_a_talk_whose_applicant_is_not_reached_and_comes_back_in_english(story: Story) -> None:
    story.weeks_are_filed()
    await joined(story, "WANG", language="en")
    story.stranger("X", "en")
    await story.say("WANG", "/visits")
    await story.press("WANG", "My office hours")
    await story.press("WANG", "More hours")
    await story.say("WANG", "Thursday 14:00-15:00")
    await story.say("X", "/visits")
    await story.press("X", "Ask for a talk")
    await story.press("X", "Advice")
    await story.press("X", "Thu 26 14:00")
    await story.say("X", "Ms Wang")
    await story.press("X", "Submit")
    await story.advance(seconds=1)
    story.read_all("X", "WANG")
    person = story.sandbox.world.person(story.phones["X"].id)
    person.blocked = True
    await until(story, "2026-11-25", 17)
    story.expect("WANG", "Talk no. 1", "No message reaches the applicant now; please see them in person")
    story.expect_nothing("X")
    person.blocked = False
    await story.press("X", "Other times")  # any sign of life will do
    story.expect("X", "When instead?")
    assert "No message reaches" not in story.screen("WANG")
    assert "Take it back" in labels(story, "X")
