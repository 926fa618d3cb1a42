"""Chromium for tests: where it is, how it starts quietly, and the page opened in it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.playground.slack import LocalSlack

playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

from playwright.async_api import Page  # noqa: E402 - only where it is installed


@asynccontextmanager
async def opened(slack: LocalSlack, viewport: dict[str, int] | None = None) -> AsyncIterator[Page]:
    """Open the page of a running playground as its first person sees it, in its own browser."""
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page(viewport=viewport or LAPTOP, locale="en-GB")
        await page.goto(slack.hooks_at)
        yield page
        await browser.close()
