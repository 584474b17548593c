"""The phones page: what a person picks in the file dialog is sent as it is, as a picture or as a file."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import FilePayload, async_playwright, expect

from sandbox.bodies import JPEG
from sandbox.server import Running

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PICTURE = FilePayload(name="楼下.jpg", mimeType="image/jpeg", buffer=JPEG)
FILM = FilePayload(name="film.mp4", mimeType="video/mp4", buffer=b"film")
PAPER = FilePayload(name="单据.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7")
VOICE = FilePayload(name="voice.mp3", mimeType="audio/mpeg", buffer=b"ID3")


async def test_pictures_and_files_are_picked_on_a_phone(running: Running) -> None:
    world = running.world
    wang = world.add_person("王阿姨")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        page = await browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
        await page.goto(running.url)
        for label, picked in (("照片", [PICTURE, FILM]), ("文件", [PICTURE, PAPER, VOICE])):
            async with page.expect_file_chooser() as chooser:
                await page.locator(".phone.shown .tools button", has_text=label).click()
            before = len(world.notes.get(wang.id, {}))
            await (await chooser.value).set_files(picked)
            await expect(page.locator(".phone.shown .message")).to_have_count(before + len(picked))
        notes = list(world.notes[wang.id].values())
        assert [note.kind for note in notes] == ["photo", "video", "document", "document", "audio"]
        files = [world.files[str(note.file_id)] for note in notes]
        sent = [(file.name, file.mime, file.data) for file in files]
        assert sent == [(one["name"], one["mimeType"], one["buffer"]) for one in (PICTURE, FILM, PICTURE, PAPER, VOICE)]

        world.post(wang.id, "附件", kind="document", file=world.keep(b"paper", "document.pdf"), protected=True)
        shown = page.locator(".phone.shown .message").last
        await expect(shown).to_contain_text("🔒")
        address = await shown.locator("a", has_text="document.pdf").get_attribute("href")
        answer = await page.request.get(f"{running.url.rstrip('/')}{address}")
        assert await answer.body() == b"paper"
        await browser.close()


def _chromium() -> str:
    path = Path("/usr/bin/chromium")
    assert path.exists(), "this test needs Debian's chromium; .ci/run installs it"
    return str(path)
