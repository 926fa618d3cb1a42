"""A campus: Slack with two workspaces, and one deployment of Steward that both may install."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
from fastapi import FastAPI
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.playground.slack import AsgiDelivery, LocalSlack
from bot.playground.slack.town import Town
from bot.services import Services, build
from bot.serving import http_app
from bot.serving_workspaces import Many, workspaces
from bot.settings import Settings, secret_of
from storage.database import Database
from storage.tables import Csm
from tests.bot.asgi import Answer, ask
from tests.bot.playground.clock import Clock
from tests.storage.book import row, save

A, B = "T0AAAA", "T0BBBB"
KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


@dataclass(slots=True)
class Replica:
    """One process of the deployment."""

    services: Services
    many: Many
    web: FastAPI

    async def desk(self, team: str) -> Desk:
        admitted = await self.many.app.desks.enter(team, None)
        assert admitted is not None
        return admitted.desk


@dataclass(slots=True)
class Campus:
    """Two workspaces with a person each, and the processes that serve them."""

    town: Town
    a: LocalSlack
    b: LocalSlack
    replicas: list[Replica]
    clock: Clock

    @property
    def one(self) -> Replica:
        return self.replicas[0]

    async def install(self, slack: LocalSlack) -> Answer:
        """Go the whole way of a person in a browser; return the page that they see at last."""
        begun = await self.begin()
        return await self.back(begun, code=self.town.consent(slack, slack.people[0]))

    async def begin(self) -> "Begun":
        page = await ask(self.one.web, "/slack/install", method="GET")
        link = re.search(r'href="([^"]+)"', page.body)
        assert link, page
        asked = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)
        return Begun(page, asked["state"][0], page.headers["set-cookie"].partition(";")[0])

    async def back(self, begun: "Begun", **query: str) -> Answer:
        """Come back from Slack with what it adds to the address."""
        path = f"/slack/oauth_redirect?{urlencode({'state': begun.state} | query)}"
        return await ask(self.one.web, path, method="GET", headers={"cookie": begun.cookie})

    async def settle(self) -> None:
        for replica in self.replicas:
            await replica.many.app.settle()


@dataclass(frozen=True, slots=True)
class Begun:
    """An installation that was begun: the page, and what it is recognised by."""

    page: Answer
    state: str
    cookie: str


@asynccontextmanager
async def open_campus(
    database: Database, *, replicas: int = 1, rotating: bool = False
) -> AsyncIterator[Campus]:
    clock = Clock()
    url = database.url.render_as_string(hide_password=False)
    town = Town(rotating=rotating, clock=clock)
    settings = Settings(
        database_url=url,
        slack_client_id=town.client_id,
        slack_client_secret=SecretStr(town.client_secret),
        slack_signing_secret=SecretStr(town.signing_secret),
        STEWARD_ENCRYPTION_KEY=SecretStr(KEY),
        STEWARD_QUESTIONS_A_MINUTE=600,
        STEWARD_CLICKS_A_MINUTE=600,
    )
    async with town.serving(), aiohttp.ClientSession() as pool:
        slack = AsyncWebClient(base_url=town.api_url, session=pool)
        serving = [await _replica(settings, clock, slack) for _ in range(replicas)]
        campus = Campus(town, town.add(A, "Acme"), town.add(B, "Bolt"), serving, clock)
        for workspace, name in ((campus.a, "Ana"), (campus.b, "Ben")):
            workspace.add_user(name, email=f"{name.lower()}@steward.example")
            workspace.deliver_to(AsgiDelivery(serving[0].web))
        try:
            yield campus
        finally:
            await campus.settle()
            for replica in serving:
                await replica.services.database.close()


async def _replica(settings: Settings, clock: Clock, slack: AsyncWebClient) -> Replica:
    services = build(settings, clock=clock)
    many = await workspaces(services, slack)
    secret = secret_of(settings.slack_signing_secret)
    web = http_app(many.app, secret, None, many.upkeep, many.routes)
    return Replica(services, many, web)


async def introduce(desk: Desk, name: str) -> None:
    """Let a workspace know one person, who may do everything there."""
    email, id = f"{name.lower()}@steward.example", name.lower()
    await save(desk.services.database, row(Csm, id=id, name=name, email=email, role="admin"))
