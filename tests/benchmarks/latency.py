"""From a signed event posted to Steward until its card is in Slack, all over loopback HTTP."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import aiohttp
from fastapi import FastAPI
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.say.async_say import AsyncSay
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp

from bot.app import slack_app
from bot.http import web_app
from bot.playground.slack import HttpDelivery, LocalSlack
from bot.playground.slack.loopback import loopback
from bot.services import build
from bot.settings import Settings
from tests.benchmarks.books import book
from tests.benchmarks.result import Result

TIMES = 60
WARM_UP = 5
QUESTION = "what should I do next for Beta Inc"
HOW = "SQLite, 60 accounts"


async def event_to_card(home: Path) -> list[Result]:
    """Measure Steward and, in the same run, an app that only echoes."""
    async with book(home, 60) as database, _workspace() as (slack, client, ana):
        settings = Settings(database_url=f"sqlite:///{database.url.database}")
        services = build(settings.model_copy(update={"questions_a_minute": 10_000}))
        steward = slack_app(services, client=client, signing_secret=slack.signing_secret)
        await services.assistant.warm()
        one = await _measure(_web(steward), slack, ana, QUESTION, steward.settle)
        several = await _measure(
            _web(steward), slack, ana, "show me my top actions", steward.settle
        )
        bare = await _measure(_web(_echo(client, slack.signing_secret)), slack, ana, "hello", _done)
        await services.database.close()
    return [
        Result.of_seconds("event → card, one account", one, aim="under 60 ms", how=HOW),
        Result.of_seconds("event → card, top five", several, how=HOW),
        Result.of_seconds("event → echo, bare Bolt", bare, how="the same way, no work"),
    ]


async def _measure(
    app: ASGIApp,
    slack: LocalSlack,
    user: str,
    text: str,
    settled: Callable[[], Coroutine[Any, Any, None]],
) -> list[float]:
    seconds: list[float] = []
    async with loopback(app) as server:
        slack.deliver_to(HttpDelivery(f"{server.address}/slack/events"))
        for _ in range(WARM_UP + TIMES):
            seconds.append(await _once(slack, user, text))
            await settled()
    return seconds[WARM_UP:]


async def _once(slack: LocalSlack, user: str, text: str) -> float:
    posted = len(slack.calls("chat.postMessage"))
    began = perf_counter()
    await slack.say(user, text)
    await slack.until(lambda: len(slack.calls("chat.postMessage")) > posted)
    return perf_counter() - began


@asynccontextmanager
async def _workspace() -> AsyncIterator[tuple[LocalSlack, AsyncWebClient, str]]:
    async with LocalSlack().serving() as slack, aiohttp.ClientSession() as pool:
        ana = slack.add_user("Ana Souza", email="ana@steward.example", tz="Europe/Berlin")
        yield slack, AsyncWebClient(token=slack.token, base_url=slack.api_url, session=pool), ana


def _web(app: AsyncApp) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield

    return web_app(app, signing_secret="local-signing-secret", probes={}, lifespan=lifespan)


def _echo(client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=signing_secret, process_before_response=True)

    @app.event("message")
    async def echo(event: dict[str, Any], say: AsyncSay) -> None:
        await say(event["text"])

    return app


async def _done() -> None:
    """An echo leaves nothing to be done."""
