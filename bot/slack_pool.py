"""The one pool of connections to Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings


@asynccontextmanager
async def slack_pool(settings: Settings) -> AsyncIterator[AsyncWebClient]:
    """Give a client without a token over one pool of connections."""
    address = settings.slack_api_url.rstrip("/") + "/"
    async with aiohttp.ClientSession(trust_env=True) as pool:
        yield AsyncWebClient(base_url=address, session=pool)
