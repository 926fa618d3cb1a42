"""Show in the conversation that Steward is at work; never at the price of the answer."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.cards.text import clip
from bot.desk import Desk
from bot.posting import SLACK_TROUBLE

log = logging.getLogger(__name__)

LONGEST_TITLE = 80
"""Slack takes 200 characters; a list of conversations shows fewer."""


@asynccontextmanager
async def processing(
    desk: Desk, *, channel: str, thread: str, title: str = ""
) -> AsyncIterator[None]:
    """Set the conversation's session to processing inside the block, to active after it.

    Slack does neither by itself for messages that are posted whole. `title` names a session that
    begins, so that its person finds it again. Without a thread there is no session.
    """
    if not thread:
        yield
        return
    named = {"title": clip(" ".join(title.split()), LONGEST_TITLE)} if title else {}
    desk.work.start(_set(desk, channel, thread, "processing", **named))
    try:
        yield
    finally:
        end(desk, channel=channel, thread=thread)


def end(desk: Desk, *, channel: str, thread: str) -> None:
    """Say that nothing is under way in a session any more."""
    desk.work.start(_set(desk, channel, thread, "active"))


async def _set(desk: Desk, channel: str, thread: str, status: str, **named: str) -> None:
    async with desk.turn(f"status:{channel}:{thread}"):
        try:
            await desk.client.agents_sessions_setStatus(
                channel_id=channel, thread_ts=thread, status=status, **named
            )
        except SLACK_TROUBLE as error:
            # A workspace without agent sessions refuses; the answer itself comes all the same.
            log.debug("the status %s was not shown: %s", status, error)
