"""Nothing is too wide: long words break, on a laptop and on a phone."""

from typing import Any

import pytest

from bot.playground.slack import LocalSlack
from tests.bot.playground.browsing import LAPTOP, PHONE, needs_chromium, opened
from tests.bot.playground.running import client_of, running

from playwright.async_api import expect  # isort: skip - only where it is installed

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


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
async def test_a_long_word_is_broken_wherever_it_stands(viewport: dict[str, int]) -> None:
    async with running(None) as slack:
        await answer(slack, long_words())
        await answer(slack, None, f"> {WORD}\n{WORD}\n```{WORD}```")

        async with opened(slack, viewport) as page:
            await expect(page.locator(".message-body").last).to_be_visible()
            assert await page.evaluate(TOO_WIDE) == []
