"""The desks of all workspaces that installed Steward: each over its own walled data."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.desk import Desk
from bot.desks import Admitted, Shift
from bot.listeners.errors import guarded
from bot.services import services_of
from core.errors import Invalid
from storage.database import Database
from storage.schema import is_known, migrate, newest, revision
from storage.walls import checked
from storage.workspaces import Grant, Workspace, Workspaces

if TYPE_CHECKING:
    from bot.services import Services

log = logging.getLogger(__name__)

FRESH_SECONDS = 30.0
"""How long what the database says of an installation counts before it is asked again."""


@dataclass(slots=True)
class _Open:
    """A desk that was opened: for which installation, with which token, and when that was read."""

    workspace: Workspace
    admitted: Admitted
    read_at: float


class WorkspaceDesks:
    """Opens a workspace's desk with its first payload, or at the start, and keeps it.

    Slack is not asked who the bot is: that is in the database since the installation.
    """

    def __init__(
        self,
        home: "Services",
        workspaces: Workspaces,
        slack: AsyncWebClient,
        *,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        """Take the deployment's services, the installations, and a client without a token."""
        self.home = Desk.over(home, slack)
        self.workspaces = workspaces
        self._slack, self._seconds = slack, seconds
        self._open: dict[str, _Open] = {}
        self._shift: Shift | None = None

    async def enter(self, team: str | None, enterprise: str | None = None) -> Admitted | None:
        """Return the desk of an installed team; None, and no desk any more, for all others."""
        del enterprise  # a team's id is unique; installations of whole companies are not taken
        if not team or not _is_key(team):
            return None
        async with self.home.turn(f"workspace:{team}"):
            found = self._open.get(team)
            if found is None or self._seconds() - found.read_at >= FRESH_SECONDS:
                found = await self._read(team)
        if found is None:
            log.warning("refused what came for the team %s: not installed", team)
            return None
        return found.admitted

    async def admit(self, workspace: Workspace, grant: Grant) -> None:
        """Take an installation in, make the tables of its own, and open its desk."""
        checked(workspace.id)
        await self.workspaces.admit(workspace, grant)
        log.info("the team %s installed Steward", workspace.id)
        await self.renew(workspace.id)

    async def left(self, team: str, *, since: datetime) -> None:
        """Erase a team's tokens, and close its desk."""
        if await self.workspaces.remove(team, since=since, now=self.home.now):
            log.warning("the team %s removed Steward; its data is kept for 30 days", team)
        await self.renew(team)

    async def renew(self, team: str) -> None:
        """Read an installation again: open its desk, give it its new token, or close it."""
        async with self.home.turn(f"workspace:{team}"):
            await self._read(team)

    async def look(self) -> None:
        """See which installations are new, changed or gone, here or through another replica."""
        installed = {one.id: one for one in await self.workspaces.everyone() if _is_here(one)}
        for team in {*installed, *self._open}:
            found = self._open.get(team)
            if found is None or found.workspace != installed.get(team):
                async with guarded(partial(_unread, team)):
                    await self.renew(team)

    def open(self) -> tuple[Desk, ...]:
        """Return the desks of all installed workspaces that are open."""
        return tuple(one.admitted.desk for one in self._open.values())

    def installations(self) -> tuple[tuple[Desk, datetime], ...]:
        """Return the open desks, each with the moment of the installation that it is known by."""
        every = self._open.values()
        return tuple((one.admitted.desk, one.workspace.installed_at) for one in every)

    async def start(self, shift: Shift) -> None:
        """Open every installed workspace's desk and begin its shift, now and from here on."""
        self._shift = shift
        for desk in self.open():
            await shift.begin(desk)
        await self.look()

    async def stop(self) -> None:
        """End every shift."""
        shift, self._shift = self._shift, None
        if shift is not None:
            await asyncio.gather(*(shift.end(desk) for desk in self.open()))
            await self.home.work.settle()

    async def _read(self, team: str) -> _Open | None:
        workspace = await self.workspaces.find(team)
        grant = await self.workspaces.grant(team)
        if workspace is None or grant is None:
            await self._close(team)
            return None
        found = self._open.get(team)
        desk = found.admitted.desk if found else await self._begin(workspace, grant)
        desk.client.token = desk.poster.token = grant.token
        opened = _Open(workspace, Admitted(desk, _identity(workspace, grant)), self._seconds())
        self._open[team] = opened
        if found is None and self._shift is not None:
            await self._shift.begin(desk)
        return opened

    async def _begin(self, workspace: Workspace, grant: Grant) -> Desk:
        services = services_of(self.home.services, workspace.id)
        await make_tables(services.database)
        client = AsyncWebClient(
            token=grant.token,
            base_url=self._slack.base_url,
            session=self._slack.session,
            timeout=self._slack.timeout,
        )
        desk = Desk.over(services, client)
        desk.told.append(_told(workspace, client))
        desk.installers.append(workspace.installed_by)
        return desk

    async def _close(self, team: str) -> None:
        closed = self._open.pop(team, None)
        if closed is not None and self._shift is not None:
            # Slack waits three seconds to hear that its word of a removal arrived.
            self.home.work.start(_ended(self._shift, closed.admitted.desk))


async def _ended(shift: Shift, desk: Desk) -> None:
    await shift.end(desk)


async def make_tables(database: Database) -> None:
    """Bring a workspace's tables up to date; those that a newer Steward changed are good, too."""
    stands = await revision(database)
    if stands is None or (stands != newest() and is_known(stands)):
        await migrate(database)


async def _unread(team: str, said: str) -> None:
    log.warning("the desk of the team %s is not as it should be: %s", team, said)


def _is_here(workspace: Workspace) -> bool:
    return workspace.removed_at is None


def _is_key(team: str) -> bool:
    with suppress(Invalid):
        return bool(checked(team))
    return False


def _told(workspace: Workspace, client: AsyncWebClient) -> AsyncSlackResponse:
    """Return what `auth.test` would say, as it is known since the installation."""
    data = {
        "ok": True,
        "team": workspace.name,
        "team_id": workspace.id,
        "enterprise_id": workspace.enterprise_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
    }
    return AsyncSlackResponse(
        client=client,
        http_verb="POST",
        api_url="auth.test",
        req_args={},
        data=data,
        headers={},
        status_code=200,
    )


def _identity(workspace: Workspace, grant: Grant) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=workspace.enterprise_id,
        team_id=workspace.id,
        team=workspace.name,
        bot_user_id=workspace.bot_user_id,
        bot_id=workspace.bot_id,
        bot_token=grant.token,
        bot_scopes=list(workspace.scopes),
    )
