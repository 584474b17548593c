"""Takes the README's pictures: `python docs/pictures/make_pictures.py URL` of a running demo's phones page."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main(url: str) -> None:
    folder = Path(__file__).parent
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, width, height in (("phones", 1440, 760), ("phone-390", 390, 844)):
            page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            page.goto(url)
            page.wait_for_selector(".message")
            page.wait_for_load_state("load")
            page.wait_for_timeout(1500)
            page.screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
