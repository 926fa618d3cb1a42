"""How a completed action turned out, when its completion in words did not say."""

from slack_bolt.async_app import AsyncApp

from bot.desk import Desk
from bot.listeners.clicking import kept
from bot.listeners.deciding import seen
from bot.listeners.payload import Body, Click
from bot.outgoing import deliver
from core.recommendations import CsmId, OutcomeResult
from storage.recommendations import redrawing


@kept
async def judged(body: Body, desk: Desk) -> None:
    """Keep the judgement that a button names and redraw what shows the action."""
    result = OutcomeResult(body["actions"][0]["action_id"].removeprefix("outcome."))
    click = Click.of(body)
    asker, shown = await seen(desk, click)
    redraw = redrawing(shown.id, f"judged:{click.key}", today=asker.today, first=click.ts)
    if await desk.services.outbox.find(redraw.key) is not None:
        return  # this very click was done, before its process ended
    await desk.services.recommendations.judge(
        shown.id, result, by=CsmId(asker.csm.id), at=asker.now, then=redraw
    )
    desk.work.start(deliver(desk, redraw.key))


def register(app: AsyncApp) -> None:
    """Listen to the three buttons."""
    for result in OutcomeResult:
        app.action(f"outcome.{result.value}")(judged)
