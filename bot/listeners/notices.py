"""The answers to "it looks done": how it went, or not yet."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.cards.decided import outcome_line
from bot.desk import Desk
from bot.listeners.deciding import Choice, decide, seen
from bot.listeners.payload import Body, Click
from bot.posting import refresh
from core.recommendations import DecisionKind, OutcomeResult
from storage.notices import Notices


async def went(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Complete it as the button says; what happened is the outcome's line."""
    await ack()
    result = OutcomeResult(body["actions"][0]["action_id"].removeprefix("notice."))
    click = Click.of(body)
    shown = await desk.services.recommendations.get(click.recommendation)
    await decide(
        desk, click, Choice(DecisionKind.COMPLETE, result=result, note=outcome_line(shown))
    )


async def not_yet(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Leave it open and do not ask about it again."""
    await ack()
    click = Click.of(body)
    asker, shown = await seen(desk, click)
    await Notices(desk.services.database).leave(shown, by=asker.csm.id, at=asker.now)
    desk.work.start(refresh(desk, shown.id, today=asker.today, first=click.ts))


def register(app: AsyncApp) -> None:
    """Listen to the four buttons."""
    for result in OutcomeResult:
        app.action(f"notice.{result.value}")(went)
    app.action("notice.not_yet")(not_yet)
