"""The answers to "it looks done": how it went, or not yet."""

from slack_bolt.async_app import AsyncApp

from bot.cards.decided import outcome_line
from bot.desk import Desk
from bot.listeners.clicking import kept
from bot.listeners.deciding import Choice, decide, seen
from bot.listeners.payload import Body, Click
from bot.outgoing import deliver
from core.recommendations import DecisionKind, OutcomeResult
from storage.notices import Notices
from storage.recommendations import redrawing


@kept
async def went(body: Body, desk: Desk) -> None:
    """Complete it as the button says; what happened is the outcome's line."""
    result = OutcomeResult(body["actions"][0]["action_id"].removeprefix("notice."))
    click = Click.of(body)
    shown = await desk.services.recommendations.get(click.recommendation)
    await decide(
        desk, click, Choice(DecisionKind.COMPLETE, result=result, note=outcome_line(shown))
    )


@kept
async def not_yet(body: Body, desk: Desk) -> None:
    """Leave it open and do not ask about it again."""
    click = Click.of(body)
    asker, shown = await seen(desk, click)
    redraw = redrawing(shown.id, f"left:{click.key}", today=asker.today, first=click.ts)
    if await desk.services.outbox.find(redraw.key) is not None:
        return  # this very click was done, before its process ended
    await Notices(desk.services.database).leave(shown, by=asker.csm.id, at=asker.now, then=redraw)
    desk.work.start(deliver(desk, redraw.key))


def register(app: AsyncApp) -> None:
    """Listen to the four buttons."""
    for result in OutcomeResult:
        app.action(f"notice.{result.value}")(went)
    app.action("notice.not_yet")(not_yet)
