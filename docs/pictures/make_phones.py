"""Takes the README's pictures of a running demo: `python docs/pictures/make_phones.py URL`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = (("phones", 1280, 800), ("phone-390", 390, 844))


def main(url: str) -> None:
    """Write phones.png and phone-390.png beside this script."""
    folder = Path(__file__).parent
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, width, height in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            page.goto(url)
            page.wait_for_selector(".phone.shown .message")
            page.wait_for_timeout(1500)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
