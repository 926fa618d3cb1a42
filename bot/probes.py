"""Asking whether the database and Slack are there."""

from collections.abc import Awaitable, Callable
from time import monotonic

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.http import Probe
from bot.posting import SLACK_TROUBLE
from bot.refusals import code_of
from core.errors import Unreachable
from storage.database import Database

KEPT_SECONDS = 60.0
"""How long Slack's answer counts, so that probes do not use up its rate limit."""


def database_probe(database: Database) -> Probe:
    """Return what asks the database."""

    async def ask() -> str | None:
        try:
            await database.check()
        except Unreachable:
            return "does not answer"
        return None

    return ask


def slack_probe(client: AsyncWebClient, seconds: Callable[[], float] = monotonic) -> Probe:
    """Return what asks Slack whether the bot token is good, at most once in `KEPT_SECONDS`."""
    return _asking(client.auth_test, seconds)


def reach_probe(client: AsyncWebClient, seconds: Callable[[], float] = monotonic) -> Probe:
    """Return what asks whether Slack is there at all, for a deployment with many tokens."""
    return _asking(client.api_test, seconds)


def _asking(call: Callable[[], Awaitable[object]], seconds: Callable[[], float]) -> Probe:
    good_at: list[float] = []

    async def ask() -> str | None:
        if good_at and seconds() - good_at[-1] < KEPT_SECONDS:
            return None
        try:
            await call()
        except SlackApiError as error:
            return code_of(error) or "does not answer"
        except SLACK_TROUBLE:
            return "does not answer"
        good_at[:] = [seconds()]
        return None

    return ask
