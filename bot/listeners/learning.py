"""What works, from its button; and what an admin sets back there, and brings back."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.answers import Answer
from bot.cards.what_works import what_works_card, what_works_view
from bot.desk import Desk
from bot.listeners.errors import go_on
from bot.listeners.forms import fill, open_loading
from bot.listeners.payload import Body, Click
from bot.listeners.who import identify
from bot.outgoing import dispatch, message
from bot.posting import update
from bot.scope import check_admin
from bot.tools.tool import Asker
from bot.what_works import Span, find
from core.learning import Reset

MOST_UNDONE = 5
"""How many buttons a card has to bring something back."""


async def show(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Post the card below the portfolio, or open it over the Home tab."""
    click = Click.of(body)
    view_id = "" if click.channel else await open_loading(desk, click, "What works")
    go_on(desk, body, _show(desk, click, view_id), view_id=view_id)
    await ack()


async def _show(desk: Desk, click: Click, view_id: str) -> None:
    asker = await identify(desk, click.user, request_key=click.key)
    found = await find(desk.services, asker, Span())
    if view_id:
        await fill(desk, view_id, what_works_view(found, today=asker.today))
        return
    card = what_works_card(found, today=asker.today)
    place = {"channel": click.channel, "thread": click.thread or click.ts}
    await dispatch(desk, message(f"reply:{click.key}", Answer(card), **place))


async def forget(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Set a play back: its outcomes until now no longer count."""
    await ack()
    click = Click.of(body)
    asker = await _admin(desk, click)
    play = body["actions"][0]["selected_option"]["value"]
    reset = Reset(since=asker.now, play=play)
    await desk.services.resets.add(reset, by=asker.csm.id, at=asker.now)
    await _redraw(desk, click, asker, body)


async def restore(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Let what was set back count again."""
    await ack()
    click = Click.of(body)
    asker = await _admin(desk, click)
    id = body["actions"][0]["value"]
    await desk.services.resets.undo(id, by=asker.csm.id, at=asker.now)
    await _redraw(desk, click, asker, body)


async def _admin(desk: Desk, click: Click) -> Asker:
    asker = await identify(desk, click.user, request_key=click.key)
    check_admin(asker.csm, "What was learned of plays")
    return asker


async def _redraw(desk: Desk, click: Click, asker: Asker, body: Body) -> None:
    key = body["actions"][0]["block_id"].removeprefix("works.do.")
    found = await find(desk.services, asker, Span.unpacked(key))
    card = what_works_card(found, today=asker.today)
    await update(desk, card, channel=click.channel, ts=click.ts)


def register(app: AsyncApp) -> None:
    """Listen to the button of the portfolio and to the admin's controls."""
    app.action("effectiveness.show")(show)
    app.action("learning.forget")(forget)
    for place in range(MOST_UNDONE):
        app.action(f"learning.restore.{place}")(restore)
