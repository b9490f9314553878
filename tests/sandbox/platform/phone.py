"""A phone with a real browser, for the platform's pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from sandbox import browser

SIZE = (360, 740)  # of a small telephone, in CSS pixels
TARGET = 44  # pixels that a finger needs

# The smallest contrast of any text on the page with what is behind it (WCAG 2.2, 1.4.3).
CONTRAST = """() => {
  const light = c => { const [r, g, b] = c.map(v => { v /= 255;
    return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const colour = text => text.match(/[0-9.]+/g).map(Number);
  const behind = e => { for (; e; e = e.parentElement) {
    const c = colour(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
  let least = 21;
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    if (!e.getClientRects().length) continue;
    const [a, b] = [light(colour(getComputedStyle(e).color).slice(0, 3)), light(behind(e))];
    least = Math.min(least, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
  }
  return least;
}"""
# Whatever is touched and smaller than a finger needs; a radio's label is its target.
SMALL = """size => [...document.querySelectorAll('button, .button, select, textarea, summary, '
  + 'label:has(input), input:not([type=radio]):not([type=file]):not([type=hidden])')]
  .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < size)
  .map(e => e.outerHTML)"""
# Whatever is to be filled in and has no name that is read out.
UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter(e => !e.labels.length && !e.ariaLabel).map(e => e.outerHTML)"""
# Whatever goes beyond the screen's right edge.
WIDE = """width => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > width).map(e => e.outerHTML)"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser; the test is skipped where there is none."""
    if not browser.installed():
        pytest.skip("Chromium is missing: ./run setup installs it")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=browser.CHROMIUM, args=list(browser.FLAGS)
        )
        yield running
        running.close()


def phone(running: Browser) -> BrowserContext:
    """A telephone of its own, on which pages run no script."""
    return running.new_context(
        viewport={"width": SIZE[0], "height": SIZE[1]},
        locale="zh-CN",
        is_mobile=True,
        has_touch=True,
        device_scale_factor=2,
        java_script_enabled=False,
    )


def expect_fit_for_everybody(page: Page) -> None:
    """Large enough to touch, dark enough to read, named for who listens, and not too wide."""
    assert page.evaluate(SMALL, TARGET) == []
    assert page.evaluate(CONTRAST) >= 4.5
    assert page.evaluate(UNNAMED) == []
    assert page.evaluate(WIDE, SIZE[0]) == []
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.title()
