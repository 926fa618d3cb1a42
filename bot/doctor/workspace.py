"""Checks of Slack: which tokens are set, whether Slack takes them, and what they may do."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.doctor.check import Check
from bot.doctor.workspaces import examine_workspaces
from bot.posting import SLACK_TROUBLE
from bot.refusals import code_of
from bot.scopes import SCOPES
from bot.serving import Mode, mode, slack_client
from bot.settings import Settings, secret_of
from core.errors import Misconfigured

REINSTALL = "Give the app the scopes of manifest.yml and install it to the workspace again."


_ANY = (
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "slack_client_id",
    "slack_client_secret",
)


async def examine_slack(settings: Settings) -> list[Check]:
    """Return the checks; secrets are never shown."""
    if not any(getattr(settings, name) for name in _ANY):
        mend = "Set SLACK_BOT_TOKEN and the others of README, or use make playground."
        return [Check("Slack", "warn", "no tokens are set", mend)]
    try:
        chosen = mode(settings)
    except Misconfigured as error:
        return [Check("Slack", "fail", str(error), "See “Slack in ten minutes” in the README.")]
    if chosen == "workspaces":
        return await examine_workspaces(settings)
    async with slack_client(settings) as client:
        return await _examine(client, settings, chosen)


async def _examine(client: AsyncWebClient, settings: Settings, chosen: Mode) -> list[Check]:
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        says = f"Slack refuses SLACK_BOT_TOKEN ({code_of(error)})"
        return [Check("Slack", "fail", says, "Copy the bot token from the app's settings again.")]
    except SLACK_TROUBLE:
        says = f"{settings.slack_api_url} does not answer"
        return [Check("Slack", "fail", says, "Check the network, the proxy and SLACK_API_URL.")]
    workspace = f"{answer.get('user')} in {answer.get('team')}"
    return [
        Check("Slack", "ok", workspace),
        _scopes(answer.headers.get("x-oauth-scopes")),
        await _way(client, settings, chosen),
    ]


def _scopes(granted: str | None) -> Check:
    if granted is None:
        return Check("Scopes", "warn", "Slack did not say which scopes the token has")
    missing = sorted(set(SCOPES) - {one.strip() for one in granted.split(",")})
    if missing:
        return Check("Scopes", "fail", f"missing: {', '.join(missing)}", REINSTALL)
    return Check("Scopes", "ok", "all there")


async def _way(client: AsyncWebClient, settings: Settings, chosen: Mode) -> Check:
    if chosen == "http":
        return Check("Way to Slack", "ok", f"HTTP on port {settings.port}, path /slack/events")
    try:
        await client.apps_connections_open(app_token=secret_of(settings.slack_app_token) or "")
    except SlackApiError as error:
        says = f"Slack refuses SLACK_APP_TOKEN ({code_of(error)})"
        return Check("Way to Slack", "fail", says, "Make an app token with connections:write.")
    except (aiohttp.ClientError, TimeoutError):
        return Check("Way to Slack", "warn", "Slack did not answer about the app token")
    return Check("Way to Slack", "ok", "Socket Mode")
