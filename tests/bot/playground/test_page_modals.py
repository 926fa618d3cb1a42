"""Modals in a real browser: what replaces them, and what is left of them after a visit."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.playground.slack import LocalSlack
from tests.bot.playground.browsing import needs_chromium, opened
from tests.bot.playground.running import client_of, running

from playwright.async_api import Page, expect  # isort: skip - only where it is installed

pytestmark = needs_chromium

SENTENCE = "It was accepted meanwhile."
FOCUS_IS_INSIDE = "!!document.activeElement.closest('dialog')"


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with running(None) as serving:
        yield serving


def note() -> dict[str, Any]:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Defer check-in call"},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": SENTENCE}}],
    }


async def open_form(page: Page) -> None:
    await page.get_by_role("tab", name="Home").click()
    await page.get_by_role("button", name="Open").click()
    await expect(page.get_by_role("dialog").get_by_label("Until")).to_be_focused()


async def replace_form(slack: LocalSlack, page: Page) -> None:
    shown = slack.open_view(slack.people[0])
    assert shown is not None
    await client_of(slack).views_update(view_id=shown["id"], view=note())
    await expect(page.get_by_text(SENTENCE)).to_be_visible()


async def test_a_form_replaced_by_a_sentence_keeps_the_focus_and_escape(slack: LocalSlack) -> None:
    async with opened(slack) as page:
        await open_form(page)

        await replace_form(slack, page)

        assert await page.evaluate(FOCUS_IS_INSIDE)
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_modal_left_open_is_gone_on_the_next_visit(slack: LocalSlack) -> None:
    async with opened(slack) as page:
        await open_form(page)

    async with opened(slack) as page:
        await expect(page.get_by_role("textbox", name="Message Steward")).to_be_focused()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await slack.until(lambda: slack.open_view(slack.people[0]) is None)
        await open_form(page)
