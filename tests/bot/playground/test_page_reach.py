"""What a person does in the page beside writing and pressing: command, shortcut, Stop, feedback."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.cards.feedback import feedback
from bot.playground.server import address, listen, playground_app
from bot.playground.slack import LocalSlack
from bot.playground.slack.loopback import loopback
from tests.bot.playground.browsing import PHONE, needs_chromium, opened
from tests.bot.playground.running import client_of

from playwright.async_api import expect  # isort: skip - only where it is installed

pytestmark = needs_chromium

Json = dict[str, Any]


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """A playground whose app hears commands, shortcuts and Stop, and suggests one question."""
    with listen(0) as listening:
        slack = LocalSlack(address=address(listening), shortcuts={"sample.next": "What next?"})
        slack.add_user("Ana Costa", email="ana@example.com")
        bolt = AsyncSlackRequestHandler(_app(slack))
        async with loopback(playground_app(bot_app=bolt, slack=slack), listening):
            yield slack


async def test_a_command_a_shortcut_stop_and_a_verdict(slack: LocalSlack) -> None:
    async with opened(slack, PHONE) as page:
        box = page.get_by_role("textbox", name="Message Steward")
        await box.fill("/ask what next for Beta Inc")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Heard: what next for Beta Inc", exact=True)).to_be_visible()
        await expect(page.get_by_text("Only visible to you")).to_be_visible()

        await box.fill("Please think about Beta Inc")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Stop").click()
        await expect(page.get_by_text("Stopped.", exact=True)).to_be_visible()
        await expect(page.get_by_role("button", name="Stop")).to_have_count(0)

        await page.get_by_role("button", name="Message actions").first.click()
        await page.get_by_role("menuitem", name="What next?").click()
        await expect(
            page.get_by_text("About: Please think about Beta Inc", exact=True)
        ).to_be_visible()

        await page.get_by_role("button", name="This text was helpful").click()
        await expect(page.get_by_text("Verdict: yes:1", exact=True)).to_be_visible()

        await page.get_by_role("button", name="Suggested").click()
        await expect(page.get_by_text("A suggested question", exact=True)).to_be_visible()
        await expect(page.get_by_role("region", name="Thread")).to_have_count(6)


class _Sample:
    """Says what it was told, so that the page shows it."""

    def __init__(self, slack: LocalSlack) -> None:
        self.client = client_of(slack)

    async def heard(self, event: Json) -> None:
        await self._session(event, event["ts"], "processing")

    async def stopped(self, event: Json) -> None:
        await self._session(event, event["thread_ts"], "active")
        await self.client.chat_postMessage(channel=event["channel"], text="Stopped.")

    async def begun(self, event: Json) -> None:
        prompts = [{"title": "Suggested", "message": "A suggested question"}]
        channel = event["channel"]
        await self.client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)

    async def asked(self, ack: AsyncAck, command: Json) -> None:
        await ack(f"Heard: {command['text']}")

    async def pointed(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        about = f"About: {body['message']['text']}"
        blocks = [{"type": "markdown", "text": about}, feedback("1")]
        channel = body["channel"]["id"]
        await self.client.chat_postMessage(channel=channel, text=about, blocks=blocks)

    async def judged(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        said = f"Verdict: {body['actions'][0]['value']}"
        await self.client.chat_postMessage(channel=body["channel"]["id"], text=said)

    async def _session(self, event: Json, thread: str, status: str) -> None:
        channel = event["channel"]
        await self.client.agents_sessions_setStatus(
            channel_id=channel, thread_ts=thread, status=status
        )


def _app(slack: LocalSlack) -> AsyncApp:
    sample = _Sample(slack)
    app = AsyncApp(
        client=sample.client, signing_secret=slack.signing_secret, process_before_response=True
    )
    app.event("message")(sample.heard)
    app.event("agent_session_stopped")(sample.stopped)
    app.event("app_home_opened")(sample.begun)
    app.command("/ask")(sample.asked)
    app.shortcut("sample.next")(sample.pointed)
    app.action("prose.feedback")(sample.judged)
    return app
