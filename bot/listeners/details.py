"""Details: one recommendation of a list in full, with buttons of its own."""

from dataclasses import replace

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.answers import Answer
from bot.cards.blocks import View, plain
from bot.cards.decided import is_open
from bot.cards.explain import why_view
from bot.cards.forms import TITLES
from bot.cards.recommendation import card
from bot.desk import Desk
from bot.listeners.deciding import Choice, decide
from bot.listeners.errors import go_on
from bot.listeners.forms import fill, open_loading
from bot.listeners.payload import Body, Click
from bot.listeners.remembering import remember
from bot.listeners.who import check_may_decide, identify
from bot.outgoing import dispatch, message
from bot.tools.tool import Asker
from core.recommendations import DecisionKind, Recommendation
from storage.conversations import Place


async def show(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Post the card below the list, or open the reasons over the Home tab."""
    click = Click.of(body)
    view_id = "" if click.channel else await open_loading(desk, click, TITLES["why"])
    go_on(desk, body, _show(desk, click, view_id), view_id=view_id)
    await ack()


async def _show(desk: Desk, click: Click, view_id: str) -> None:
    asker = await identify(desk, click.user, request_key=click.key)
    shown = await desk.services.recommendations.get(click.recommendation)
    await check_may_decide(desk, asker.csm, shown)
    if click.channel:
        await _post(desk, click, shown, asker)
    else:
        await fill(desk, view_id, _with_accept(why_view(shown), click, shown, asker))


async def accept(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Accept what the modal over the Home tab explains."""
    await decide(desk, Click.submitted(body), Choice(DecisionKind.ACCEPT))
    await ack()


def _with_accept(view: View, click: Click, shown: Recommendation, asker: Asker) -> View:
    """Return the reasons with a way to accept, while that is what it waits for."""
    if not is_open(shown, asker.today):
        return view
    about = replace(click.origin, version=shown.version).packed()
    submit = {"callback_id": "recommendation.accept", "submit": plain("Accept Action", 24)}
    return view | submit | {"private_metadata": about}


async def _post(desk: Desk, click: Click, shown: Recommendation, asker: Asker) -> None:
    """Post for the one who asked: a channel's list is seen by many who must not see it all."""
    drawn = card(shown, today=asker.today, now=asker.now)
    private = click.channel.startswith("D")
    thread = (click.thread or click.ts) if private else ""
    letter = message(
        f"reply:{click.key}",
        Answer(drawn, shows=(shown.id,), surface="card"),
        channel=click.channel if private else click.user,
        thread=thread or None,
    )
    posted = await dispatch(desk, letter)
    if posted is not None:
        place = Place(posted.channel, thread or posted.ts)
        await remember(desk, asker, shown, place, tool="next_best_action")


def register(app: AsyncApp) -> None:
    """Listen to the button of lists and of the Home tab."""
    app.action("recommendation.show")(show)
    app.view("recommendation.accept")(accept)
