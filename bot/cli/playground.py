"""`steward playground`: the whole of Steward in a page on this computer, without Slack."""

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socket import socket

    from bot.playground.slack import LocalSlack
    from bot.services import Services
    from storage.people import Csm

CHANNEL = "customer-success"
"""A channel that everybody is in, for mentions and the team's digest."""


def playground() -> None:
    """Talk to Steward in a page on this computer: PORT says where, DATABASE_URL on which data."""
    asyncio.run(_playground())


async def _playground() -> None:
    import os
    import secrets

    from bot.cards.share import ABOUT
    from bot.cli.session import session
    from bot.listeners.question import ABOUT_A_MESSAGE
    from bot.logs import configure
    from bot.playground.guard import refuse_real_tokens
    from bot.playground.server import address, listen
    from bot.playground.slack import LocalSlack
    from bot.settings import load

    refuse_real_tokens(os.environ)
    settings = load()
    listening = listen(settings.port)
    async with session(settings, upgrade=True) as services:
        if "log_level" not in settings.model_fields_set:
            configure("WARNING")  # the terminal is for people here
        await _furnish(services)
        slack = LocalSlack(
            signing_secret=secrets.token_hex(16),
            address=address(listening),
            kept_at=settings.playground_state,
            shortcuts={ABOUT_A_MESSAGE: "What should I do next?", ABOUT: "Share this answer"},
        )
        _invite(slack, await services.people.everyone())
        await _serve(services, slack, listening)


async def _furnish(services: "Services") -> None:
    """Fill the demo portfolio into a database that holds no accounts."""
    from bot.cli.demo import progress
    from storage.effects import measure
    from storage.sources.demo import fill

    if await services.accounts.names(None):
        return
    now = services.clock()
    with progress("Writing the demo portfolio", 60) as told:
        await fill(services.database, today=now.date(), now=now, progress=told)
        await measure(services.database, now=now)


def _invite(slack: "LocalSlack", people: "tuple[Csm, ...]") -> None:
    """Make everybody who uses Steward a member of the workspace."""
    from core.errors import Misconfigured

    if not people:
        raise Misconfigured(
            "nobody uses this database yet; add yourself with “steward people add EMAIL --name "
            "NAME” and take the accounts with “steward people assign EMAIL --unowned”"
        )
    members = [
        slack.add_user(one.name, email=one.email, tz=one.timezone or "UTC") for one in people
    ]
    slack.add_channel(CHANNEL, members)


async def _serve(services: "Services", slack: "LocalSlack", listening: "socket") -> None:
    import aiohttp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.app import slack_app
    from bot.playground.server import playground_app, serve
    from bot.serving import http_app

    async with aiohttp.ClientSession() as pool:
        client = AsyncWebClient(token=slack.token, base_url=slack.api_url, session=pool)
        app = slack_app(services, client=client, signing_secret=slack.signing_secret)
        web = playground_app(bot_app=http_app(app, slack.signing_secret), slack=slack)
        _welcome(slack.hooks_at, services)
        await serve(web, slack=slack, listening=listening)


def _welcome(address: str, services: "Services") -> None:
    from rich.panel import Panel

    from bot.cli.saying import out

    said = (
        f"Open [bold]{address}[/bold]\n\n"
        "Ask: what should I do next for Beta Inc\n"
        f"Data: {services.database.name}\n"
        "Stop with Ctrl-C; everything is still there the next time."
    )
    out().print(Panel(said, title="Steward", expand=False, padding=(1, 3)))
