"""The phones page as a person uses it, at 390 px: report, alert, acknowledge, close, each phone showing its part."""

from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from tests.scenarios.story import Story

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
DEED = "两人挨个试拉停在路边的车门，有一辆被拉开了"


class Screen:
    """One browser at 390 px; the bot works after each tap."""

    def __init__(self, page: Page, story: Story) -> None:
        self.page = page
        self.story = story

    async def turn_to(self, who: str) -> None:
        await self.page.locator(f'.tab[data-person="{self.story.phones[who].id}"]').click()

    async def tap(self, label: str) -> None:
        async with self.page.expect_response(lambda answer: answer.url.endswith("/press")):
            await self.page.locator(".phone.shown .keyboard button", has_text=label).last.click()
        await self.story.settle()

    async def write(self, text: str) -> None:
        await self.page.locator(".phone.shown .composer input").fill(text)
        async with self.page.expect_response(lambda answer: answer.url.endswith("/say")):
            await self.page.locator(".phone.shown .composer button").click()
        await self.story.settle()

    async def shows(self, text: str) -> None:
        await expect(self.page.locator(".phone.shown .talk")).to_contain_text(text)


async def test_a_report_is_filed_acknowledged_and_closed_by_tapping(story: Story) -> None:
    for code in ("LI", "WANG"):
        await story.join(code)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        page = await browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
        await page.goto(story.sandbox.url)
        screen = Screen(page, story)
        await screen.turn_to("LI")
        await screen.write("/report")
        for label in ("可疑情况", "否", "试拉门窗", "选好了", "南苑一片", "现在"):
            await screen.tap(label)
        await screen.write(DEED)
        for label in ("跳过", "跳过", "可以", "提交"):
            await screen.tap(label)
        await screen.shows("已送达王警官，尚未查看")
        await screen.turn_to("WANG")
        await screen.shows(DEED)
        await screen.tap("接手")
        await screen.shows("由您办理")
        for label in ("办结", "已处理", "跳过"):
            await screen.tap(label)
        await expect(page.locator(".phone.shown .talk")).not_to_contain_text(DEED)
        await screen.turn_to("LI")
        await screen.shows("已办结：已处理")
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390
        await browser.close()


def _chromium() -> str:
    path = Path("/usr/bin/chromium")
    assert path.exists(), "this test needs Debian's chromium; .ci/run installs it"
    return str(path)
