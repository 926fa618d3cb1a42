"""A Slack with two people, a channel and the sample app, joined without a socket between them."""

from collections.abc import AsyncIterator

import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import PlainTextResponse

from bot.playground.slack import AsgiDelivery, LocalSlack
from tests.bot.playground.clock import Clock
from tests.bot.playground.running import client_of, running
from tests.bot.playground.sample import sample_app


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with LocalSlack(clock=clock).serving() as serving:
        app = sample_app(client_of(serving), serving.signing_secret)
        serving.deliver_to(AsgiDelivery(AsyncSlackRequestHandler(app)))
        yield serving


@pytest.fixture
async def playground() -> AsyncIterator[LocalSlack]:
    """A running playground with the sample app in it; the page is at `hooks_at`."""
    async with running(None) as slack:
        yield slack


@pytest.fixture
async def broken_playground() -> AsyncIterator[LocalSlack]:
    """A running playground whose app answers everything with 500."""
    async with running(PlainTextResponse("broken", 500)) as slack:
        yield slack


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    return client_of(slack)


@pytest.fixture
def ana(slack: LocalSlack) -> str:
    return slack.add_user("Ana Costa", email="ana@example.com", tz="Europe/Lisbon")


@pytest.fixture
def ben(slack: LocalSlack) -> str:
    return slack.add_user("Ben Okafor", email="ben@example.com")


@pytest.fixture
def channel(slack: LocalSlack, ana: str, ben: str) -> str:
    return slack.add_channel("customer-success", [ana, ben])
