"""How a completed action turned out, when its completion in words did not say."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Desk
from bot.listeners.deciding import seen
from bot.listeners.payload import Body, Click
from bot.posting import refresh
from core.recommendations import CsmId, OutcomeResult


async def judged(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Keep the judgement that a button names and redraw what shows the action."""
    await ack()
    result = OutcomeResult(body["actions"][0]["action_id"].removeprefix("outcome."))
    click = Click.of(body)
    asker, shown = await seen(desk, click)
    await desk.services.recommendations.judge(
        shown.id, result, by=CsmId(asker.csm.id), at=asker.now
    )
    desk.work.start(refresh(desk, shown.id, today=asker.today, first=click.ts))


def register(app: AsyncApp) -> None:
    """Listen to the three buttons."""
    for result in OutcomeResult:
        app.action(f"outcome.{result.value}")(judged)
