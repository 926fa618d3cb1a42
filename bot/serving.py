"""Serve a Slack workspace: over HTTP with a signing secret, by Socket Mode with an app token."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import Literal

import aiohttp
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.api.app import Api, api_app
from bot.api.parts import ApiParts
from bot.app import StewardApp, slack_app
from bot.http import Lifespan, Probe, web_app
from bot.metrics_page import metrics_page
from bot.outgoing import deliver_due
from bot.probes import database_probe, slack_probe
from bot.running import GRACE_SECONDS, Server, running
from bot.services import Services
from bot.settings import Settings
from core.errors import Misconfigured
from storage.tokens import Tokens

Mode = Literal["http", "socket"]


def mode(settings: Settings) -> Mode:
    """Return how Slack is reached; raises Misconfigured when the settings allow neither way."""
    if settings.slack_bot_token is None:
        raise Misconfigured(
            "set SLACK_BOT_TOKEN, and SLACK_SIGNING_SECRET for HTTP or SLACK_APP_TOKEN for Socket "
            "Mode; or try Steward without Slack: make playground"
        )
    if settings.slack_signing_secret is not None:
        return "http"
    if settings.slack_app_token is None:
        raise Misconfigured(
            "SLACK_BOT_TOKEN is set; set SLACK_SIGNING_SECRET as well for HTTP, or "
            "SLACK_APP_TOKEN for Socket Mode"
        )
    return "socket"


async def serve(services: Services) -> None:
    """Serve until the process is told to stop."""
    settings = services.settings
    chosen = mode(settings)
    async with slack_client(settings) as client:
        listening = listen(settings.host, settings.port)
        await check_token(client)
        secret = secret_of(settings.slack_signing_secret)
        app = slack_app(services, client=client, signing_secret=secret)
        web = http_app(app, secret) if chosen == "http" else _socket(app, settings)
        await Server(_config(web)).serve(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """Take a port before any work begins; raises Misconfigured when somebody else has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise Misconfigured(
            f"port {port} on {host} cannot be used ({error.strerror}); stop what uses it, or set "
            "PORT to another"
        ) from error


@asynccontextmanager
async def slack_client(settings: Settings) -> AsyncIterator[AsyncWebClient]:
    """Give a client over one pool of connections; raises Misconfigured without a bot token."""
    token = secret_of(settings.slack_bot_token)
    if token is None:
        raise Misconfigured("set SLACK_BOT_TOKEN to the token of your installed Slack app")
    address = settings.slack_api_url.rstrip("/") + "/"
    async with aiohttp.ClientSession(trust_env=True) as pool:
        yield AsyncWebClient(token=token, base_url=address, session=pool)


async def check_token(client: AsyncWebClient) -> None:
    """Raise Misconfigured when Slack refuses the bot token; a Slack that is away may come back."""
    with contextlib.suppress(aiohttp.ClientError, TimeoutError):
        try:
            await client.auth_test()
        except SlackApiError as error:
            code = error.response.get("error")
            raise Misconfigured(f"Slack refuses SLACK_BOT_TOKEN ({code})") from error


def secret_of(setting: SecretStr | None) -> str | None:
    """Return what a secret setting holds."""
    return setting.get_secret_value() if setting is not None else None


def http_app(app: StewardApp, signing_secret: str | None) -> FastAPI:
    """Return the web app that Slack posts to; the jobs run while it is served."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with running(app):
            yield

    probes = {
        "database": database_probe(app.desk.services.database),
        "slack": slack_probe(app.desk.client),
    }
    return _web_app(app, signing_secret, probes, lifespan)


def _socket(app: StewardApp, settings: Settings) -> FastAPI:
    handler = AsyncSocketModeHandler(app, secret_of(settings.slack_app_token))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # connect_async tries again for ever when Slack does not take the token: /readyz tells.
        connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]  # Bolt leaves it without annotations
        try:
            async with running(app):
                yield
        finally:
            connecting.cancel()
            await handler.close_async()  # type: ignore[no-untyped-call]  # as above

    probes = {
        "database": database_probe(app.desk.services.database),
        "slack": _connected(handler),
    }
    return _web_app(app, None, probes, lifespan)


def _web_app(
    app: StewardApp, signing_secret: str | None, probes: Mapping[str, Probe], lifespan: Lifespan
) -> FastAPI:
    return web_app(
        app,
        signing_secret=signing_secret,
        probes=probes,
        lifespan=lifespan,
        api=_api(app),
        metrics=metrics_page(app.desk.services),
    )


def _api(app: StewardApp) -> Api:
    """Return the API, whose decisions redraw the cards in Slack."""
    desk = app.desk

    def redraw(recommendation: str, today: date) -> None:
        del recommendation, today  # the decision has left a letter that says both
        desk.work.start(deliver_due(desk))

    return api_app(ApiParts(desk.services, Tokens(desk.services.database), redraw))


def _connected(handler: AsyncSocketModeHandler) -> Probe:
    async def ask() -> str | None:
        return None if await handler.client.is_connected() else "not connected"

    return ask


def _config(web: FastAPI) -> uvicorn.Config:
    # Under uvloop connections starve at saturation (p99 of seconds); asyncio's own loop is fair.
    return uvicorn.Config(
        web,
        loop="asyncio",
        http="auto",
        ws="none",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
