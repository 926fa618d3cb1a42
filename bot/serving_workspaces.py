"""What serving many workspaces takes beside the app: their desks, upkeep, pages to install from."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import Route

from bot.app import StewardApp, app_of
from bot.app_client import AppClient
from bot.install import flow, install_routes
from bot.services import Services
from bot.settings import Settings, secret_of
from bot.upkeep import Upkeep
from bot.workspaces import WorkspaceDesks
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
