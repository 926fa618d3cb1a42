"""A workspace removes Steward, or takes its token back."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.desks import Desks
from bot.listeners.payload import Body


async def removed(body: Body, desks: Desks) -> None:
    """Erase the workspace's tokens and stop what is done for it."""
    # Slack says the second in which it happened: all of that second counts.
    since = datetime.fromtimestamp(int(body["event_time"]) + 1, UTC)
    await desks.left(str(body["team_id"]), since=since)


async def revoked(event: dict[str, Any], body: Body, desks: Desks) -> None:
    """Do so when it was the bot's token; Steward has no people's tokens."""
    if event.get("tokens", {}).get("bot"):
        await removed(body, desks)


def register(app: AsyncApp) -> None:
    """Listen to both events."""
    app.event("app_uninstalled")(removed)
    app.event("tokens_revoked")(revoked)
