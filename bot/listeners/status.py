"""Show in the conversation that Steward is at work; never at the price of the answer."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.desk import Desk
from bot.posting import SLACK_TROUBLE

log = logging.getLogger(__name__)


@asynccontextmanager
async def processing(desk: Desk, *, channel: str, thread: str) -> AsyncIterator[None]:
    """Set the conversation's session to processing inside the block, to active after it.

    Slack does neither by itself for messages that are posted whole.
    """
    desk.work.start(_set(desk, channel, thread, "processing"))
    try:
        yield
    finally:
        desk.work.start(_set(desk, channel, thread, "active"))


async def _set(desk: Desk, channel: str, thread: str, status: str) -> None:
    async with desk.turn(f"status:{channel}:{thread}"):
        try:
            await desk.client.agents_sessions_setStatus(
                channel_id=channel, thread_ts=thread, status=status
            )
        except SLACK_TROUBLE as error:
            # A workspace without agent sessions refuses; the answer itself comes all the same.
            log.debug("the status %s was not shown: %s", status, error)
