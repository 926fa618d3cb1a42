"""What is done for installations by the clock: see them, renew their tokens, forget them."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.errors import SlackApiError

from bot.app_client import AppClient
from bot.desk import Desk
from bot.listeners.errors import guarded
from bot.posting import SLACK_TROUBLE
from bot.refusals import code_of
from bot.workspaces import WorkspaceDesks
from storage.workspaces import Grant

log = logging.getLogger(__name__)

GONE = ("account_inactive", "token_revoked")
"""Slack's answers that mean that a workspace removed Steward, whether or not it told so."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The desks of all workspaces, and what a token is renewed with."""

    desks: WorkspaceDesks
    slack: AppClient
    client_id: str
    client_secret: str

    async def renew(self) -> None:
        """Renew the tokens that end soon, whether or not anything comes from their workspaces."""
        now = self.desks.home.now
        for id in await self.desks.workspaces.due(now):
            async with guarded(partial(_undone, "token", id)):
                await self._renew(id, now)

    async def ask(self) -> None:
        """Ask Slack of every workspace whether it still has Steward; an event may be lost."""
        for desk, since in self.desks.installations():
            id = desk.services.database.workspace
            async with guarded(partial(_undone, "installation", id)):
                if await _is_gone(desk):
                    await self.desks.left(id, since=since)

    async def forget(self) -> None:
        """Delete the data of workspaces that left 30 days ago."""
        for id in await self.desks.workspaces.forget(self.desks.home.now):
            log.warning("the data of the team %s is deleted: it left 30 days ago", id)

    async def _renew(self, id: str, now: datetime) -> None:
        held = await self.desks.workspaces.begin_renewal(id, now)
        if held is None or held.refresh is None:
            return  # another replica has it
        try:
            answer = await self.slack.oauth_v2_access(
                client_id=self.client_id,
                client_secret=self.client_secret,
                grant_type="refresh_token",
                refresh_token=held.refresh,
            )
        except SlackApiError as error:
            # Held until it may be tried again: a mistaken key of the app may yet be set right.
            log.error("the token of the team %s was not renewed: %s", id, code_of(error))
            return
        ends = now + timedelta(seconds=int(answer["expires_in"]))
        fresh = Grant(str(answer["access_token"]), str(answer["refresh_token"]), ends)
        if await self.desks.workspaces.renewed(id, fresh, held=now):
            await self.desks.renew(id)


def clockwork(upkeep: Upkeep) -> AsyncIOScheduler:
    """Return a scheduler of all that, ready to start."""
    made = AsyncIOScheduler(timezone=UTC)
    work: dict[str, tuple[int, Callable[[], Awaitable[None]]]] = {
        "workspaces": (30, upkeep.desks.look),
        "tokens": (300, upkeep.renew),
        "installations": (6 * 3600, upkeep.ask),
        "forgetting": (3600, upkeep.forget),
    }
    for name, (seconds, run) in work.items():
        made.add_job(
            _through,
            "interval",
            args=[upkeep.desks.home, name, run],
            seconds=seconds,
            next_run_time=datetime.now(UTC),
            id=name,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )
    return made


async def _through(home: Desk, name: str, run: Callable[[], Awaitable[None]]) -> None:
    """Do it as work that is waited for at the end: a token that came is kept, or it is lost."""
    await home.work.through(_run(home, name, run))


async def _run(home: Desk, name: str, run: Callable[[], Awaitable[None]]) -> None:
    async with guarded(partial(_undone, name, "all")):
        with home.services.metrics.job(name):
            await run()


async def _undone(what: str, whose: str, said: str) -> None:
    log.warning("the %s of %s could not be looked after: %s", what, whose, said)


async def _is_gone(desk: Desk) -> bool:
    try:
        await desk.client.auth_test()
    except SlackApiError as error:
        return code_of(error) in GONE
    except SLACK_TROUBLE:
        return False
    return False
