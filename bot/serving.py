"""Serve a Slack workspace: over HTTP with a signing secret, by Socket Mode with an app token."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Literal

import aiohttp
import uvicorn
from fastapi import FastAPI
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import Route

from bot.api.rooms import api_of
from bot.app import StewardApp, slack_app
from bot.http import Probe, web_app
from bot.metrics_page import metrics_page
from bot.probes import database_probe, reach_probe, slack_probe
from bot.refusals import code_of
from bot.running import DRAIN_SECONDS, GRACE_SECONDS, Ending, Server, running
from bot.services import Services
from bot.serving_workspaces import workspaces
from bot.settings import Settings, secret_of
from bot.slack_pool import slack_pool
from bot.sockets import prompt
from bot.upkeep import Upkeep
from core.errors import Misconfigured

Mode = Literal["http", "socket", "workspaces"]

_FOR_MANY = ("slack_client_id", "slack_client_secret", "slack_signing_secret", "encryption_key")


def mode(settings: Settings) -> Mode:
    """Return how Slack is reached; raises Misconfigured when the settings allow no way."""
    if settings.slack_client_id or settings.slack_client_secret:
        return _many(settings)
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


def _many(settings: Settings) -> Mode:
    fields = Settings.model_fields
    missing = [
        str(fields[name].validation_alias or name).upper()
        for name in _FOR_MANY
        if not getattr(settings, name)
    ]
    if missing:
        raise Misconfigured(
            f"for many workspaces, set {' and '.join(missing)} as well (README, Many workspaces)"
        )
    if settings.slack_bot_token is not None:
        raise Misconfigured(
            "SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID for many; unset one of them"
        )
    return "workspaces"


async def serve(services: Services) -> None:
    """Serve until the process is told to stop."""
    settings = services.settings
    chosen = mode(settings)
    listening = listen(settings.host, settings.port)
    ending = Ending(seconds=0 if services.database.is_sqlite else DRAIN_SECONDS)
    secret = secret_of(settings.slack_signing_secret)
    if chosen == "workspaces":
        async with slack_pool(settings) as slack:
            many = await workspaces(services, slack)
            web = http_app(many.app, secret, ending, many.upkeep, many.routes)
            await Server(_config(web), ending).serve(sockets=[listening])
        return
    async with slack_client(settings) as client:
        await check_token(client)
        app = slack_app(services, client=client, signing_secret=secret)
        web = http_app(app, secret, ending) if chosen == "http" else _socket(app, settings, ending)
        await Server(_config(web), ending).serve(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """Take a port before any work begins; raises Misconfigured when somebody else has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return prompt(socket.create_server((host, port), family=family, backlog=2048))
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
    async with slack_pool(settings) as client:
        client.token = token
        yield client


async def check_token(client: AsyncWebClient) -> None:
    """Raise Misconfigured when Slack refuses the bot token; a Slack that is away may come back."""
    with contextlib.suppress(aiohttp.ClientError, TimeoutError):
        try:
            await client.auth_test()
        except SlackApiError as error:
            code = code_of(error)
            raise Misconfigured(f"Slack refuses SLACK_BOT_TOKEN ({code})") from error


def http_app(
    app: StewardApp,
    signing_secret: str | None,
    ending: Ending | None = None,
    upkeep: Upkeep | None = None,
    routes: Sequence[Route] = (),
) -> FastAPI:
    """Return the web app that Slack posts to; the jobs run while it is served.

    With `upkeep` it is that of many workspaces, and `routes` are the pages to install it from.
    """
    slack = reach_probe if upkeep else slack_probe

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with running(app, upkeep):
            yield

    return web_app(
        app,
        signing_secret=signing_secret,
        probes=_probes(app, slack(app.desk.client), ending),
        lifespan=lifespan,
        routes=routes,
        api=api_of(app.desks),
        metrics=metrics_page(app.desk.services, app.every),
    )


def _socket(app: StewardApp, settings: Settings, ending: Ending) -> FastAPI:
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

    return web_app(
        app,
        signing_secret=None,
        probes=_probes(app, _connected(handler), ending),
        lifespan=lifespan,
        api=api_of(app.desks),
        metrics=metrics_page(app.desk.services, app.every),
    )


def _probes(app: StewardApp, slack: Probe, ending: Ending | None) -> dict[str, Probe]:
    probes = {"database": database_probe(app.desk.services.database), "slack": slack}
    return probes | ({"process": ending.probe} if ending else {})


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
