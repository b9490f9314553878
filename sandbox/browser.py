"""What a page looks like to an operator: a picture of it as Debian's Chromium shows it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
# Without these Chromium looks for hosts of its own; --no-sandbox: it may run as root here.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed() -> bool:
    """Whether there is a Chromium to look with."""
    return CHROMIUM.exists()


def photograph(address: str, shows: str, to: Path, size: tuple[int, int] = (1366, 900)) -> None:
    """Open `address`, wait until the words `shows` are on the page, and save a picture of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        page.goto(address)
        page.get_by_text(shows).first.wait_for(timeout=15_000)
        page.screenshot(path=to)
        browser.close()
