"""A client of Slack that speaks for the app itself, not for its bot in a workspace."""

from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse


class AppClient(AsyncWebClient):
    """Exchanges codes and refresh tokens for bot tokens; each works once, so nothing is repeated.

    Without this, slack_sdk 3.47 gives the app's secret to aiohttp in a way that aiohttp is giving
    up; once it no longer does, the class can go.
    """

    def __init__(self, like: AsyncWebClient) -> None:
        """Take a client's address and pool of connections."""
        super().__init__(
            base_url=like.base_url,
            session=like.session,
            timeout=like.timeout,
            retry_handlers=[],
        )

    async def oauth_v2_access(
        self, *, client_id: str, client_secret: str, **given: Any
    ) -> AsyncSlackResponse:
        """Call `oauth.v2.access` with the app's id and secret in a header."""
        basic = aiohttp.encode_basic_auth(client_id, client_secret)
        data = {name: value for name, value in given.items() if value is not None}
        return await self.api_call("oauth.v2.access", data=data, headers={"Authorization": basic})
