"""Duty S1: the board, from the town down to a coordinator's week; its pictures and tables, and those of past months."""

import io

from PIL import Image

from tests.scenarios.story import Story
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import FRIDAY, filed, joined


async def test_the_picture_of_the_town(story: Story) -> None:
    await joined(story, "LI", "GAO")
    await filed(story)
    await until(story, FRIDAY, 8)
    await story.say("GAO", "/board")
    await story.press("GAO", "图片")
    ((name, picture),) = story.files("GAO")
    assert name == "工作情况-各村居-2026-11.png"
    assert Image.open(io.BytesIO(picture)).width == 1170
    story.expect("GAO", "各村居 2026-11")
    assert "正在制作" not in story.screen("GAO")
    assert not story.db.all("select 1 from paper")
    assert not list(story.bot.house.cabinet.folder.iterdir())
