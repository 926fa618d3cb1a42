"""Details: one recommendation of a list in full, with buttons of its own."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.answers import Answer
from bot.cards.explain import why_view
from bot.cards.forms import TITLES
from bot.cards.recommendation import card
from bot.desk import Desk
from bot.listeners.forms import fill, open_loading
from bot.listeners.payload import Body, Click
from bot.listeners.who import check_may_decide, identify
from bot.posting import post
from bot.tools.tool import Asker
from core.recommendations import Recommendation


async def show(ack: AsyncAck, body: Body, context: AsyncBoltContext, desk: Desk) -> None:
    """Post the card below the list, or open the reasons over the Home tab."""
    click = Click.of(body)
    if not click.channel:
        view_id = await open_loading(desk, click, TITLES["why"], context)
    await ack()
    asker = await identify(desk, click.user, request_key=click.key)
    shown = await desk.services.recommendations.get(click.recommendation)
    await check_may_decide(desk, asker.csm, shown)
    if click.channel:
        await _post(desk, click, shown, asker)
    else:
        await fill(desk, view_id, why_view(shown))


async def _post(desk: Desk, click: Click, shown: Recommendation, asker: Asker) -> None:
    """Post for the one who asked: a channel's list is seen by many who must not see it all."""
    drawn = card(shown, today=asker.today, now=asker.now)
    private = click.channel.startswith("D")
    await post(
        desk,
        Answer(drawn, shows=(shown.id,), surface="card"),
        channel=click.channel if private else click.user,
        thread=(click.thread or click.ts) if private else None,
    )


def register(app: AsyncApp) -> None:
    """Listen to the button of lists and of the Home tab."""
    app.action("recommendation.show")(show)
