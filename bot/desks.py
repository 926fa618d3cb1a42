"""Which desk a payload belongs to: that of the installation it came for, and no other."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.desk import Desk

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shift:
    """What is begun when a desk opens while Steward serves, and ended when it closes."""

    begin: Callable[[Desk], Awaitable[object]]
    end: Callable[[Desk], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Admitted:
    """The desk of an installation, and who the bot is there."""

    desk: Desk
    identity: AuthorizeResult = field(repr=False)  # it holds the token


class Desks(Protocol):
    """Every desk of this process. `home` belongs to the deployment, or to its one workspace."""

    home: Desk

    async def enter(self, team: str | None, enterprise: str | None) -> Admitted | None:
        """Return the desk of a team's installation; None when there is none here."""

    async def left(self, team: str, *, since: datetime) -> None:
        """Take note that a team removed Steward, as Slack said at `since`."""

    def open(self) -> tuple[Desk, ...]:
        """Return the desks that work is done at."""

    async def start(self, shift: Shift) -> None:
        """Open what is to be opened, and begin each one's shift."""

    async def stop(self) -> None:
        """End every shift."""


class OneDesk:
    """The desk of a deployment with one workspace: that of its bot token."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk; Slack is asked once who the bot is, with the first payload."""
        self.home = desk
        self._shift: Shift | None = None

    async def enter(self, team: str | None, enterprise: str | None) -> Admitted | None:
        """Return the desk, for its own team's payloads only."""
        answer = await self.home.identity()
        if not _is_its(answer, team, enterprise):
            log.warning("refused what came for the team %s: Steward is not theirs", team)
            return None
        identity = AuthorizeResult.from_auth_test_response(
            auth_test_response=answer, bot_token=self.home.client.token
        )
        return Admitted(self.home, identity)

    async def left(self, team: str, *, since: datetime) -> None:
        """Say so in the log: a new bot token has to be set."""
        del since
        log.error("the team %s removed Steward or revoked SLACK_BOT_TOKEN; set a new one", team)

    def open(self) -> tuple[Desk, ...]:
        """Return the one."""
        return (self.home,)

    async def start(self, shift: Shift) -> None:
        """Begin the one shift."""
        self._shift = shift
        await shift.begin(self.home)

    async def stop(self) -> None:
        """End it."""
        if self._shift is not None:
            await self._shift.end(self.home)


def _is_its(answer: AsyncSlackResponse, team: str | None, enterprise: str | None) -> bool:
    """Tell whether a payload is of the installation that `auth.test` told of."""
    told: Any = answer.data
    if told.get("is_enterprise_install"):
        return enterprise is not None and enterprise == told.get("enterprise_id")
    return team is not None and team == told.get("team_id")
