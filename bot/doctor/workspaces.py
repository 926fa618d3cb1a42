"""Checks of a deployment for many workspaces: who installed it, and whether tokens open."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.doctor.check import Check
from bot.posting import SLACK_TROUBLE
from bot.serving_workspaces import vault
from bot.settings import Settings
from bot.slack_pool import slack_pool
from core.errors import Misconfigured, Unreachable
from core.wording import count
from storage.database import Database
from storage.schema import newest, revision
from storage.workspaces import Workspace, Workspaces

KEYS = "See “Many workspaces” in the README."


async def examine_workspaces(settings: Settings) -> list[Check]:
    """Return the checks; no token is shown."""
    async with slack_pool(settings) as client:
        reached = await _reached(client, settings)
    return [
        reached,
        Check("Way to Slack", "ok", f"HTTP on port {settings.port}, page /slack/install"),
        *await _installed(settings),
    ]


async def _reached(client: AsyncWebClient, settings: Settings) -> Check:
    try:
        await client.api_test()
    except SLACK_TROUBLE:
        says = f"{settings.slack_api_url} does not answer"
        return Check("Slack", "fail", says, "Check the network, the proxy and SLACK_API_URL.")
    return Check("Slack", "ok", "for every workspace that installs it")


async def _installed(settings: Settings) -> list[Check]:
    try:
        home, keys = Database(settings.database_url), vault(settings)
    except Misconfigured as error:
        return [Check("Workspaces", "fail", str(error), KEYS)]
    try:
        if await revision(home) != newest():
            return []  # the check of the database says so
        return await _each(Workspaces(home, keys), home)
    except Misconfigured as error:
        return [Check("Workspaces", "fail", str(error), KEYS)]
    except (Unreachable, OSError):
        return []
    finally:
        await home.close()


async def _each(workspaces: Workspaces, home: Database) -> list[Check]:
    here = [one for one in await workspaces.everyone() if one.removed_at is None]
    for one in here:
        await workspaces.grant(one.id)
    behind = [one for one in here if await revision(home.for_workspace(one.id)) != newest()]
    says = f"{count(len(here), 'workspace')} installed"
    checks = [Check("Workspaces", "ok" if here else "warn", says, "" if here else KEYS)]
    if behind:
        names = _names(behind)
        checks.append(Check("Workspaces", "fail", f"older tables: {names}", "steward migrate"))
    return checks


def _names(workspaces: list[Workspace]) -> str:
    return ", ".join(f"{one.name} ({one.id})" for one in workspaces[:5])
