"""What people say and read about meetings, in each language: for the stories that are told in both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from chat.day import written
from tests.scenarios.story import Story
from tests.scenarios.test_workload import joined


@dataclass(frozen=True)
class Said:
    """The words of one language: `said("moved", old, new)`; days are written by `day` and `at`."""

    language: str
    words: Mapping[str, str]

    def __call__(self, name: str, *parts: str) -> str:
        return self.words[name].format(*parts)

    def day(self, day: str) -> str:
        return written(date.fromisoformat(day), self.language)

    def at(self, day: str, hour: str) -> str:
        return f"{self.day(day)} {hour}"

    async def join(self, story: Story, *codes: str) -> None:
        await joined(story, *codes, language=self.language)

    async def weekly(self, story: Story) -> None:
        """The officer's meeting on Fridays at 14:00, set up in a line."""
        story.weeks_are_filed()
        await story.say("WANG", self("weekly"))
        for name in ("before", "submit"):
            await story.press("WANG", self(name))

    async def once(self, story: Story, line: str, who: str = "WANG") -> None:
        """A single meeting; `line` is the name of what is said."""
        story.weeks_are_filed()
        await story.say(who, f"/meetings {self(line)}")
        await story.press(who, self("submit"))

    async def form(self, story: Story, who: str) -> None:
        """A form that stays open."""
        await story.say(who, "/report")
        await story.press(who, self("suspicious"))
        story.expect(who, self("danger"))


_WORDS: Mapping[str, tuple[str, str]] = {
    "weekly": ("每周五下午两点 警务室", "every Friday 2 pm, police room"),
    "room": ("警务室", "police room"),
    "before": ("提前到前一个工作日", "working day before"),
    "submit": ("提交", "Submit"),
    "set": ("已定下", "Set."),
    "goes on": ("会一直开下去", "It goes on until"),
    "invited": ("请您参加：{}", "You are invited: {}"),
    "day before": ("⏰ 请别忘了：{}", "⏰ Please remember: {}"),
    "soon": ("⏰ 快开会了：{}", "⏰ Soon: {}"),
    "start": ("▶ 现在开会：{}", "▶ We start: {}"),
    "missed": ("没能按时提醒您：{}", "You could not be reminded in time: {}"),
    "moved": ("改期：原定 {}，改到 {}", "Moved from {} to {}"),
    "by calendar": ("放假调休有变，改期：原定 {}，改到 {}", "The working days have changed: moved from {} to {}"),
    "cancelled": ("取消：原定 {} 的会不开了", "Cancelled: the meeting of {} does not take place"),
    "coming": ("✓ 来", "✓ Coming"),
    "not coming": ("来不了", "Not coming"),
    "you come": ("您：来", "You: coming"),
    "will you": ("您能来吗？", "Will you come?"),
    "move": ("改期", "Move"),
    "moved to": ("已改好", "✓ Done; everybody"),
    "cancel": ("取消这次", "Cancel this one"),
    "sure": ("确定取消", "Yes, cancel it"),
    "was cancelled": ("这次会议已取消。", "This meeting was cancelled."),
    "was moved": ("这次会议改期了，请看新的时间。", "This meeting was moved; please see the new time."),
    "thursday early": ("周四 8:00 警务室", "Thursday 8:00 police room"),
    "thursday": ("周四 9:30 警务室", "Thursday 9:30 police room"),
    "friday": ("周五 14:00 警务室", "Friday 14:00 police room"),
    "friday too": ("周五 14:10 会议室", "Friday 14:10 hall"),
    "monday early": ("下周一 8:00", "next Monday 8:00"),
    "tomorrow early": ("明天 7:10", "tomorrow 7:10"),
    "to thursday": ("周四 9:30", "Thursday 9:30"),
    "thursday later": ("周四 15:00", "Thursday 15:00"),
    "to friday": ("周五 14:00", "Friday 14:00"),
    "suspicious": ("可疑情况", "Suspicious"),
    "danger": ("事情还在发生", "somebody in danger"),
    "dropped": ("已放弃", "Cancelled. Nothing was kept."),
    "new meeting": ("定会议", "Set up a meeting"),
    "not taken": ("没有记下", "Not taken down"),
    "too many": ("要邀请的人太多了", "too many people to invite"),
    "nobody": ("这里还没有可以邀请的人", "There is nobody here yet"),
    "difficulty": ("困难", "Difficulty"),
    "charging": ("三号楼电动车充电没地方", "Nowhere to charge e-bikes at building 3"),
    "minutes": ("纪要", "Minutes"),
    "next": ("下一步", "Next"),
    "agenda": ("议程", "Agenda"),
    "action item": ("定任务", "Action item"),
    "chargers": ("三号楼装充电桩", "Chargers at building 3"),
    "next wednesday": ("下周三", "next Wednesday"),
    "items": ("任务", "Action items"),
    "due soon": ("下一个工作日有任务到期", "An action item is due on the next working day"),
    "this evening": ("今天 18:20 会议室", "today 18:20 hall"),
    "overdue": ("有任务逾期了", "An action item is overdue"),
    "gone on": ("有任务逾期三个工作日了", "Something is three working days late"),
    "late item": ("1. ⚠ 逾期 {} {}（李敏）", "1. ⚠ overdue since {}: {} (李敏)"),
    "late on agenda": ("⚠ 逾期 {} {}（李敏）", "⚠ overdue since {}: {} (李敏)"),
    "late of others": ("⚠ 别人逾期的任务：1 项\n\n我的会议", "⚠ Overdue action items of others: 1\n\nMy meetings"),
    "times": ("提醒时间", "Reminder times"),
    "evening": ("改前一个工作日", "Working day before"),
    "lead": ("改会前", "Before the meeting"),
    "no reminder": ("不要提醒", "No reminder"),
    "times of series": ("这个会议的提醒时间", "Reminder times of this meeting"),
    "chosen": ("前一个工作日 14:00\n会前不提醒", "Working day before: 14:00\nNo reminder just before"),
}
ZH, EN = (Said(language, {name: both[n] for name, both in _WORDS.items()}) for n, language in enumerate(("zh", "en")))
BOTH = pytest.mark.parametrize("said", [ZH, EN], ids=["zh", "en"])
