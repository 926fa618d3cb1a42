"""A person of the demo portfolio in front of Slack, with the real services behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import StewardApp, slack_app
from bot.playground.slack import AsgiDelivery, LocalSlack
from bot.services import build
from bot.settings import Settings
from tests.bot.playground.clock import Clock
from tests.scenarios.office import Json


@dataclass(slots=True)
class Person:
    """Somebody in front of Slack."""

    slack: LocalSlack
    app: StewardApp
    clock: Clock
    id: str

    async def ask(self, text: str) -> Json:
        await self.slack.say(self.id, text)
        await self.app.settle()
        return self.slack.answers(self.id)[-1]

    async def click(self, on: Json, action: str, value: Any = None) -> Json:
        await self.slack.click(self.id, on, action, value)
        await self.app.settle()
        return self.again(on)

    async def submit(self, **values: Any) -> dict[str, str]:
        view = self.slack.open_view(self.id)
        assert view is not None
        wrong = await self.slack.submit(self.id, view, values)
        await self.app.settle()
        return wrong

    def home(self) -> Json:
        view = self.slack.home(self.id)
        assert view is not None
        return view

    def again(self, message: Json) -> Json:
        held = self.slack.answers(self.id)
        return next(one for one in held if one["ts"] == message["ts"])


@asynccontextmanager
async def seated(demo: str, name: str) -> AsyncIterator[Person]:
    """Seat the one with that first name in front of the demo portfolio at a URL."""
    clock = Clock()
    async with LocalSlack().serving() as slack:
        services = build(Settings(database_url=demo), clock=clock)
        client = AsyncWebClient(token=slack.token, base_url=slack.api_url)
        app = slack_app(services, client=client, signing_secret=slack.signing_secret)
        slack.deliver_to(AsgiDelivery(AsyncSlackRequestHandler(app)))
        user = slack.add_user(name, email=f"{name.lower()}@steward.example", tz="Europe/Berlin")
        yield Person(slack, app, clock, user)
        await app.settle()
        await services.database.close()
