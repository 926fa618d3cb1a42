"""Open a form over a click, while the click still allows it."""

import asyncio

from bot.cards.blocks import View
from bot.desk import Desk

SECONDS = 2.0
"""How long Slack may take. After three, the click allows no form, and Slack calls it a failure."""


async def open_view(desk: Desk, trigger: str, view: View, *, above: bool = False) -> str:
    """Open a form, `above` the one that is open if so; return its id.

    It is tried once: to wait until Slack is less busy would take longer than there is.
    """
    show = desk.poster.views_push if above else desk.poster.views_open
    async with asyncio.timeout(SECONDS):
        opened = await show(trigger_id=trigger, view=view)
    return str(opened["view"]["id"])
