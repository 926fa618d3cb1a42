"""Something to ask, where a conversation begins: from the reader's own day, renewed each day."""

import logging
from dataclasses import replace

from slack_bolt.async_app import AsyncApp

from bot.cards.prompts import EMPTY, STRANGER, Day, Prompt, prompts_for
from bot.desk import Desk
from bot.listeners.payload import Body
from bot.listeners.question import viewed
from bot.listeners.who import identify
from bot.nearby import account_near, look_at
from bot.posting import SLACK_TROUBLE
from bot.tools.catalogue import is_known
from bot.tools.tool import Asker
from core.errors import PortfolioEmpty, StewardError

log = logging.getLogger(__name__)

CHANGES = "what_changed"


async def looking(event: Body, desk: Desk) -> None:
    """Fit the prompts to what somebody looks at while they talk to Steward."""
    channel, user = event.get("channel"), event.get("user")
    if channel and user:
        desk.work.start(suggest(desk, user, channel, viewing=viewed(event.get("context") or {})))


async def suggest(desk: Desk, user: str, channel: str, *, viewing: str = "") -> None:
    """Offer what fits the day; `viewing` is the channel that the person looks at besides."""
    shown = await _prompts(desk, user, viewing)
    prompts = [{"title": title, "message": message} for title, message in shown]
    try:
        await desk.client.assistant_threads_setSuggestedPrompts(
            channel_id=channel, prompts=prompts, title="Try one of these"
        )
    except SLACK_TROUBLE as error:
        # Prompts are an offer; a workspace without them can ask all the same.
        log.info("suggested prompts were not shown: %s", error)


async def keep_fresh(desk: Desk, asker: Asker, channel: str) -> None:
    """Offer again when the person's day is another than when something was last offered."""
    user = asker.slack_user_id or ""
    if user and desk.prompted.get(user) != asker.today:
        await suggest(desk, user, channel)


async def _prompts(desk: Desk, user: str, viewing: str) -> tuple[Prompt, ...]:
    try:
        asker = await identify(desk, user, request_key=f"prompts:{user}")
    except StewardError:
        return STRANGER
    desk.prompted[user] = asker.today
    try:
        day = await the_day(desk, asker)
    except PortfolioEmpty:
        return EMPTY
    return prompts_for(replace(day, here=await _here(desk, asker, viewing)))


async def the_day(desk: Desk, asker: Asker) -> Day:
    """Return what the reader's day looks like; raises PortfolioEmpty where there are no accounts.

    It only looks: what it finds was not recommended to anybody by that.
    """
    top = await desk.services.advisor.top(asker, limit=1, store=False)
    back = await desk.services.recommendations.back(asker.csm.id, asker.today)
    return Day(
        first=next((one.account.name for one in top.recommendations), ""),
        back=next((one.account.name for one in back), ""),
        tells_changes=is_known(CHANGES),
    )


async def _here(desk: Desk, asker: Asker, viewing: str) -> str:
    name = (await look_at(desk, viewing)).get("name", "") if viewing else ""
    near = await account_near(desk, asker, name) if name else None
    return near.name if near else ""


def register(app: AsyncApp) -> None:
    """Listen to what people look at; the Messages tab being opened is heard with the Home tab."""
    app.event("app_context_changed")(looking)
