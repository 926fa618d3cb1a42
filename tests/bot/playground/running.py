"""A whole playground with the sample app in it, on a free port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import address, listen, playground_app
from bot.playground.slack import LocalSlack
from bot.playground.slack.delivery import AsgiApp
from bot.playground.slack.loopback import loopback
from tests.bot.playground.sample import sample_app

PEOPLE = ("Ana Costa", "Ben Okafor")


@asynccontextmanager
async def running(app: AsgiApp | None) -> AsyncIterator[LocalSlack]:
    with listen(0) as listening:
        slack = LocalSlack(address=address(listening))
        people = [slack.add_user(name, email=f"{name[:3]}@example.com") for name in PEOPLE]
        slack.add_channel("customer-success", people)
        bolt = AsyncSlackRequestHandler(sample_app(client_of(slack), slack.signing_secret))
        async with loopback(playground_app(bot_app=app or bolt, slack=slack), listening):
            yield slack


def client_of(slack: LocalSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.token, base_url=slack.api_url)
