"""What Slack tells of people without being asked: who became a guest, left, moved or came back."""

from contextlib import suppress

from slack_bolt.async_app import AsyncApp

from bot.desk import Desk
from bot.listeners.payload import Body
from bot.listeners.who import admit
from core.errors import StewardError


async def changed(event: Body, desk: Desk) -> None:
    """Take up what a profile says now, of people whom Steward knows.

    Slack tells of every change of anybody's profile; those of others are nobody's business here.
    One that is lost is made up for within a day (bot/jobs/members.py).
    """
    profile = event.get("user") or {}
    user = str(profile.get("id") or "")
    if user and await desk.services.people.linked(user) is not None:
        with suppress(StewardError):  # whoever may not use Steward any more is told when they ask
            await admit(desk, user, profile)


def register(app: AsyncApp) -> None:
    """Listen to changed profiles."""
    app.event("user_change")(changed)
