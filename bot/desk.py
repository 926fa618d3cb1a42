"""What listeners and jobs work with: the services, two ways to Slack, and work under way."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.work import Work

if TYPE_CHECKING:
    from bot.services import Services


MOST_AT_ONCE = 8
"""So many questions and clicks are worked on at once; the others wait, so that all are kept."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Built once with the app and handed to every listener as `desk`.

    `client` reads, updates and opens views, and tries again when Slack is busy. `poster` sends
    new messages and never tries twice: after a broken connection nobody knows whether the message
    is there, and a second try would show it twice. `prompted` only saves calls: it says for which
    day a person's conversation was last given something to ask. `leases` holds what is
    under way, `taken` what of it others left, `slots` what is worked on at this moment. `told` is
    what Slack told of the workspace, `installers` who installed Steward there.
    """

    services: "Services"
    client: AsyncWebClient
    poster: AsyncWebClient
    work: Work = field(default_factory=Work)
    turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    prompted: dict[str, date] = field(default_factory=dict)
    leases: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_AT_ONCE))
    told: list[AsyncSlackResponse] = field(default_factory=list)
    installers: list[str] = field(default_factory=list)

    @classmethod
    def over(cls, services: "Services", client: AsyncWebClient) -> "Desk":
        """Return a desk with both ways to Slack made from one client's address and token."""
        patient = _like(client)
        patient.retry_handlers = [
            AsyncConnectionErrorRetryHandler(),
            AsyncRateLimitErrorRetryHandler(max_retry_count=2),
        ]
        poster = _like(client)
        poster.retry_handlers = []
        return cls(services=services, client=patient, poster=poster)

    async def identity(self) -> AsyncSlackResponse:
        """Return who Steward is in this workspace; Slack is asked once."""
        if not self.told:
            self.told.append(await self.client.auth_test())
        return self.told[0]

    async def team(self) -> tuple[str, str]:
        """Return the ids of the workspace and of the company that it belongs to, or nothing."""
        told = await self.identity()
        return str(told["team_id"]), str(told.get("enterprise_id") or "")

    @property
    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self.services.clock()

    def turn(self, key: str) -> asyncio.Lock:
        """Return the lock of a key, so that what is done about it is done in order."""
        return self.turns.setdefault(key, asyncio.Lock())


def _like(client: AsyncWebClient) -> AsyncWebClient:
    return AsyncWebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=client.timeout,
        ssl=client.ssl,
        proxy=client.proxy,
        session=client.session,
        trust_env_in_session=client.trust_env_in_session,
        headers=client.headers,
        logger=client.logger,
    )
