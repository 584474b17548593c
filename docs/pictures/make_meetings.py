"""Makes pictures of meetings, visits and plans on a phone, to be looked at: `python -m docs.pictures.make_meetings`.

It needs what make_workload needs. Each picture is the walk of a test's story, stopped where there is something to see.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Page, async_playwright

from docs.pictures.make_phones import FLAGS
from docs.pictures.make_workload import PHONE, save
from tests.scenarios import test_area_plans, test_reminders_together, test_visits
from tests.scenarios.said import EN, ZH, Said
from tests.scenarios.story import Story
from tests.scenarios.test_violation import until
from tests.scenarios.test_workload import joined

Look = Callable[[str, str], Awaitable[None]]


async def _meeting(story: Story, look: Look, said: Said = ZH) -> None:
    await said.join(story, "LI", "WU", "WANG")
    story.weeks_are_filed()
    await story.say("WANG", "/help")
    await look("WANG", "help")
    await story.say("WANG", "/meetings")
    await story.press("WANG", said("new meeting"))
    await look("WANG", "meeting-when")
    await story.say("WANG", "/cancel")
    await said.weekly(story)
    await look("WANG", "meeting-set")
    await story.advance(seconds=1)
    await look("LI", "meeting-invited")
    await story.press("LI", said("coming"))
    await story.forge("LI", "ag:0:new:0")
    await story.press("LI", said("difficulty"))
    await story.say("LI", said("charging"))
    await until(story, "2026-11-27", 14)
    await look("WANG", "meeting-starts")
    await story.press("WANG", said("minutes"))
    if said is EN:
        await story.press("WANG", said("next"))
        await look("WANG", "minutes-point")
        return
    await look("WANG", "minutes-attendance")
    await story.press("WANG", said("next"))
    await look("WANG", "minutes-point")
    await story.forge("WANG", "mn:1:send:0")
    await story.forge("WANG", "mn:1:amend:0")
    await look("WANG", "minutes-amended")


async def _meeting_in_english(story: Story, look: Look) -> None:
    async def look_in_english(who: str, name: str) -> None:
        await look(who, f"{name}-en")

    await _meeting(story, look_in_english, EN)


async def _certificate(story: Story, look: Look) -> None:
    story.weeks_are_filed()
    await joined(story, "LI", "ZHOU", "WANG")
    story.stranger("X")
    await story.say("X", "/visits")
    await look("X", "visits-stranger")
    await test_visits.asked(story)
    await look("X", "certificate-asked")
    await story.advance(seconds=1)
    await look("LI", "certificate-request")
    await story.press("LI", "我去（协管员）")
    await look("LI", "certificate-slots")
    await story.press("LI", "都可以")
    await story.press("ZHOU", "我去（干部）")
    await story.press("ZHOU", "都可以")
    await story.advance(seconds=1)
    await look("X", "certificate-offered")
    await story.press("X", "就这个时间")
    await story.advance(seconds=1)
    await look("ZHOU", "certificate-agreed")


async def _plan(story: Story, look: Look) -> None:
    await test_area_plans.opened(story, "LI", "ZHOU", "WANG")
    await test_area_plans.propose(story)
    await look("LI", "plan-proposed")
    await story.advance(seconds=1)
    await look("WANG", "plan-to-agree")
    await test_area_plans.agree(story)
    await test_area_plans.measure(story, "清走杂物", "李敏", "下周三")
    await test_area_plans.inspect_every(story, "周四", "10:00")
    await story.say("ZHOU", "/plans")
    await look("ZHOU", "plan-list")
    await story.say("LI", "/me")
    await look("LI", "me")
    await story.press("LI", "提醒时间")
    await look("LI", "own-times")


async def _together(story: Story, look: Look) -> None:
    await test_reminders_together.meeting_and_item(story, ZH)
    await until(story, "2026-12-01", 17)
    await look("LI", "reminders-together")


async def _walk(play: Callable[[Story, Look], Awaitable[None]], page: Page, folder: Path) -> None:
    story = await Story.open(folder)

    async def look(who: str, name: str) -> None:
        await page.goto(story.sandbox.url)
        await page.add_style_tag(content=".toast { display: none }")
        await page.locator(f'.tab[data-person="{story.phones[who].id}"]').click()
        await page.wait_for_timeout(700)
        save(Image.open(io.BytesIO(await page.screenshot())), f"meetings/{name}")

    try:
        await play(story, look)
    finally:
        await story.close()


async def main() -> None:
    """Write meetings/*.png beside this script."""
    (Path(__file__).parent / "meetings").mkdir(exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = await browser.new_page(viewport=PHONE, locale="zh-CN")
        for play in (_meeting, _meeting_in_english, _certificate, _plan, _together):
            with TemporaryDirectory() as folder:
                await _walk(play, page, Path(folder))
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
