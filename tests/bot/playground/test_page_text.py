"""What the page makes of text in a real browser: markup where it is meant, and only there."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.playground.slack import LocalSlack
from tests.bot.playground.browsing import needs_chromium, opened
from tests.bot.playground.running import client_of, running

from playwright.async_api import Page, expect  # isort: skip - only where it is installed

pytestmark = needs_chromium

Json = dict[str, Any]

ESCAPED = "&lt;!channel&gt; &lt;https://x.y|Beta&gt; &lt;@U123&gt; &amp;lt;"
LITERAL = "<!channel> <https://x.y|Beta> <@U123> &lt;"
MARKDOWN = "# [Beta](https://x.y) ![x](https://x.y/a.png) <b>Inc</b> &copy; @here 9:30:45 <a:b|c>"
LIVE = "a, .slack_broadcast, .slack_user, img, b, script"


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with running(None) as serving:
        yield serving


async def post(slack: LocalSlack, text: str, blocks: list[Json] | None = None) -> None:
    client = client_of(slack)
    place = await client.conversations_open(users=slack.people[0])
    await client.chat_postMessage(channel=place["channel"]["id"], text=text, blocks=blocks)


def marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def everywhere(mrkdwn: str, plain_text: str) -> list[Json]:
    choices = {
        "type": "radio_buttons",
        "action_id": "choice",
        "options": [{"text": plain(plain_text), "value": "1"}],
    }
    listed = {"type": "rich_text_section", "elements": [{"type": "text", "text": plain_text}]}
    return [
        {"type": "header", "text": plain(plain_text)},
        {"type": "section", "text": marked(mrkdwn) | {"verbatim": True}},
        {"type": "section", "fields": [marked(mrkdwn), plain(plain_text)]},
        {"type": "context", "elements": [marked(mrkdwn), plain(plain_text)]},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [listed]}],
        },
        {"type": "actions", "elements": [choices]},
    ]


async def body(page: Page) -> str:
    shown = page.locator(".message-body").last
    await expect(shown).to_be_visible()
    return await shown.inner_text()


async def test_escaped_text_stays_literal_wherever_it_stands(slack: LocalSlack) -> None:
    await post(slack, "Beta", everywhere(ESCAPED, LITERAL))

    async with opened(slack) as page:
        assert (await body(page)).count(LITERAL) == 8
        await expect(page.locator(".message-body").locator(LIVE)).to_have_count(0)


async def test_escaped_text_stays_literal_in_a_message_without_blocks(slack: LocalSlack) -> None:
    await post(slack, ESCAPED)

    async with opened(slack) as page:
        assert await body(page) == LITERAL
        await expect(page.locator(".message-body").locator(LIVE)).to_have_count(0)


async def test_markdown_html_and_unknown_markup_are_only_text(slack: LocalSlack) -> None:
    await post(slack, "Beta", [{"type": "section", "text": marked(MARKDOWN) | {"verbatim": True}}])

    async with opened(slack) as page:
        assert await body(page) == MARKDOWN
        await expect(page.locator(".message-body").locator(LIVE)).to_have_count(0)


async def test_a_link_leads_to_the_web_or_is_none(slack: LocalSlack) -> None:
    links = "<https://x.y/a_(b)?c=1&amp;d=2|Note: 14:02 &lt;*Beta*&gt;> <javascript:alert(1)|Beta>"
    run = {"type": "link", "url": "javascript:alert(1)", "text": "Gamma"}
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run]}]}
    await post(slack, "Beta", [{"type": "section", "text": marked(links)}, rich])

    async with opened(slack) as page:
        link = page.locator(".message-body a")
        await expect(link).to_have_count(1)
        await expect(link).to_have_text("Note: 14:02 <Beta>")
        await expect(link).to_have_attribute("href", "https://x.y/a_(b)?c=1&d=2")
        await expect(page.get_by_text("Gamma")).to_be_visible()


async def test_markup_is_drawn(slack: LocalSlack) -> None:
    text = f"*bold* _slanted_ `code <` :wave: <@{slack.people[0]}|ana> <!channel>\n> quoted"
    await post(slack, text)

    async with opened(slack) as page:
        shown = page.locator(".message-body")
        await expect(shown.get_by_text("@Ana Costa")).to_be_visible()
        await expect(shown.locator(".slack_broadcast")).to_have_text("@channel")
        await expect(shown.get_by_text("👋")).to_be_visible()
        assert not set("*_`>:") & set(await body(page))
        assert "code <" in await body(page)
