"""Links that lead out of the playground: each in a page of its own, which cannot reach back."""

from collections.abc import AsyncIterator

import pytest

from bot.playground.slack import LocalSlack
from tests.bot.playground.browsing import needs_chromium, opened
from tests.bot.playground.running import client_of, running

from playwright.async_api import expect  # isort: skip - only where it is installed

pytestmark = needs_chromium

MAIL = "mailto:sarah@beta.example?subject=Checking%20in&amp;body=Q%26A%0D%0AHello"


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with running(None) as serving:
        yield serving


async def _post(slack: LocalSlack) -> None:
    client = client_of(slack)
    conversation = await client.conversations_open(users=slack.people[0])
    button = {
        "type": "button",
        "action_id": "link.gmail",
        "text": {"type": "plain_text", "text": "Open in Gmail"},
        "url": f"{slack.hooks_at}/favicon.svg?body=Hi%20Sarah%0A%26",
    }
    words = {"type": "mrkdwn", "text": f"<{MAIL}|Open in Mail>", "verbatim": True}
    await client.chat_postMessage(
        channel=conversation["channel"]["id"],
        text="A draft",
        blocks=[{"type": "actions", "elements": [button]}, {"type": "section", "text": words}],
    )


async def test_a_button_with_an_address_opens_it_in_a_page_that_cannot_reach_back(
    slack: LocalSlack,
) -> None:
    async with opened(slack) as page:
        await _post(slack)

        async with page.context.expect_page() as opening:
            await page.get_by_role("button", name="Open in Gmail").click()

        other = await opening.value
        assert other.url.endswith("/favicon.svg?body=Hi%20Sarah%0A%26")
        assert await other.evaluate("window.opener") is None


async def test_a_link_to_the_mail_program_keeps_its_text(slack: LocalSlack) -> None:
    async with opened(slack) as page:
        await _post(slack)

        link = page.get_by_role("link", name="Open in Mail")
        await expect(link).to_have_attribute("href", MAIL.replace("&amp;", "&"))
        await expect(link).to_have_attribute("target", "_blank")
        assert "noopener" in (await link.get_attribute("rel") or "")
