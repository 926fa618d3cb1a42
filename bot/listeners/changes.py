"""What changed over the portfolio, opened over the Home tab."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.answers import Block
from bot.cards.blocks import modal
from bot.desk import Desk
from bot.listeners.errors import go_on
from bot.listeners.forms import fill, open_loading
from bot.listeners.payload import Body, Click
from bot.listeners.who import identify
from storage.conversations import Place

TITLE = "What changed"


async def show(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Answer the question in a modal, for reading only; what is typed next may point at it."""
    click = Click.of(body)
    view_id = await open_loading(desk, click, TITLE)
    go_on(desk, body, _fill(desk, click, view_id), view_id=view_id)
    await ack()


async def _fill(desk: Desk, click: Click, view_id: str) -> None:
    asker = await identify(desk, click.user, request_key=click.key)
    place = await _place(desk, click)
    reply = await desk.services.assistant.pick("what_changed", "", asker, place)
    shown = [_still(block) for block in reply.answer.card.blocks if block["type"] != "actions"]
    await fill(desk, view_id, modal(TITLE, shown, close="Close"))


async def _place(desk: Desk, click: Click) -> Place:
    """Return where the person goes on: no message is here, so their direct message with Steward."""
    opened = await desk.client.conversations_open(users=click.user)
    return Place(str(opened["channel"]["id"]), click.key, alone=True)


def _still(block: Block) -> Block:
    return {name: value for name, value in block.items() if name != "accessory"}


def register(app: AsyncApp) -> None:
    """Listen to the button of the Home tab."""
    app.action("changes.show")(show)
