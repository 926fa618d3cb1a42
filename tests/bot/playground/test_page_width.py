"""Nothing is too wide: long words break, and a card's buttons share a line on a phone."""

from typing import Any

import pytest

from bot.playground.slack import LocalSlack
from tests.bot.playground.browsing import LAPTOP, PHONE, needs_chromium, opened
from tests.bot.playground.running import client_of, running

from playwright.async_api import Page, expect  # isort: skip - only where it is installed

pytestmark = needs_chromium

WORD = "Donaudampfschifffahrts" * 12
TOO_WIDE = """[...document.querySelectorAll('html, .messages, .message-body, .message-body *')]
  .filter(shown => shown.scrollWidth > shown.clientWidth + 1 && shown.clientWidth > 0)
  .map(shown => `${shown.className} ${shown.scrollWidth} > ${shown.clientWidth}`)"""


async def answer(slack: LocalSlack, blocks: list[dict[str, Any]] | None, text: str = "") -> None:
    asked = await slack.say(slack.people[0], "Hello")
    channel = (await client_of(slack).conversations_open(users=slack.people[0]))["channel"]["id"]
    await client_of(slack).chat_postMessage(
        channel=channel, thread_ts=asked["ts"], text=text or "Beta", blocks=blocks
    )


def long_words() -> list[dict[str, Any]]:
    marked = {"type": "mrkdwn", "text": f"`{WORD}` {WORD} <https://x.y/{WORD}>"}
    plain = {"type": "plain_text", "text": WORD[:140]}
    shown = {"type": "text", "text": WORD}
    section = {"type": "rich_text_section", "elements": [shown]}
    quote = {"type": "rich_text_quote", "elements": [shown]}
    return [
        {"type": "header", "text": plain},
        {"type": "section", "text": marked},
        {"type": "section", "fields": [marked, plain]},
        {"type": "context", "elements": [marked, plain]},
        {
            "type": "rich_text",
            "elements": [
                section,
                {"type": "rich_text_list", "style": "bullet", "elements": [section]},
                quote,
            ],
        },
    ]


def button(words: str, style: dict[str, str]) -> dict[str, Any]:
    text = {"type": "plain_text", "text": words}
    return {"type": "button", "action_id": f"card.{words}", "text": text} | style


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
async def test_a_long_word_is_broken_wherever_it_stands(viewport: dict[str, int]) -> None:
    async with running(None) as slack:
        await answer(slack, long_words())
        await answer(slack, None, f"> {WORD}\n{WORD}\n```{WORD}```")

        async with opened(slack, viewport) as page:
            await expect(page.locator(".message-body").last).to_be_visible()
            assert await page.evaluate(TOO_WIDE) == []


async def test_the_buttons_of_a_card_share_a_line_on_a_phone() -> None:
    names = ["Accept Action", "Defer", "Dismiss", "Details"]
    elements = [button(n, {"style": "primary"} if n == names[0] else {}) for n in names]
    async with running(None) as slack:
        await answer(slack, [{"type": "actions", "elements": elements}])

        async with opened(slack, PHONE) as page:
            boxes = [await box(page, name) for name in names]

    assert len({b["y"] for b in boxes}) == 1
    assert min(b["height"] for b in boxes) >= 40


async def box(page: Page, name: str) -> dict[str, float]:
    found = await page.get_by_role("button", name=name, exact=True).bounding_box()
    assert found is not None
    return {"y": found["y"], "height": found["height"]}
