"""What serving many workspaces takes beside the app: their desks, upkeep, pages to install from."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import Route

from bot.app import StewardApp, app_of
from bot.app_client import AppClient
from bot.install import flow, install_routes
from bot.services import Services
from bot.settings import Settings, secret_of
from bot.slack_pool import slack_pool
from bot.upkeep import Upkeep
from bot.workspaces import WorkspaceDesks
from core.errors import Misconfigured
from storage.database import Database
from storage.vault import Vault
from storage.workspaces import Workspaces


@dataclass(frozen=True, slots=True)
class Many:
    """The app over all workspaces' desks, and what goes with it."""

    app: StewardApp
    upkeep: Upkeep
    routes: Sequence[Route]


async def workspaces(services: Services, slack: AsyncWebClient) -> Many:
    """Return it all; `slack` has the address and no token.

    Raises Misconfigured when the keys do not open the tokens that are kept.
    """
    settings = services.settings
    installed = Workspaces(services.database, vault(settings))
    await installed.reseal()
    itself = AppClient(slack)
    desks = WorkspaceDesks(services, installed, slack)
    app = {
        "client_id": settings.slack_client_id or "",
        "client_secret": secret_of(settings.slack_client_secret) or "",
    }
    return Many(
        app_of(desks, signing_secret=secret_of(settings.slack_signing_secret)),
        Upkeep(desks, itself, **app),
        install_routes(flow(desks, itself, **app)),
    )


def vault(settings: Settings) -> Vault:
    """Return what seals tokens; raises Misconfigured for keys that are none."""
    keys = (secret_of(settings.encryption_key) or "").split(",")
    return Vault([key.strip() for key in keys if key.strip()])


@asynccontextmanager
async def workspace_client(settings: Settings, workspace: str) -> AsyncIterator[AsyncWebClient]:
    """Give a client with an installed workspace's own token, for a command about it."""
    home = Database(settings.database_url)
    try:
        grant = await Workspaces(home, vault(settings)).grant(workspace)
    finally:
        await home.close()
    if grant is None:
        raise Misconfigured(f"{workspace} is no installed workspace")
    async with slack_pool(settings) as client:
        client.token = grant.token
        yield client
