"""The portfolio's menus and pages, in a message and on the Home tab."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.cards.note import note
from bot.cards.selection import PREFIX, Selection
from bot.desk import Desk
from bot.listeners.errors import guarded
from bot.listeners.home import show_home
from bot.listeners.payload import Body, Click
from bot.listeners.who import identify
from bot.portfolio import drawn, find_page
from bot.posting import renew, whisper

MENUS = ("category", "urgency", "horizon", "segment", "owner")
PAGES = ("back", "next")


async def choose(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Show the first page of what the menus choose."""
    await ack()
    _show(desk, body, page=0)


async def turn(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Show the page that a button names."""
    await ack()
    _show(desk, body, page=int(body["actions"][0]["value"]))


def _show(desk: Desk, body: Body, *, page: int) -> None:
    click = Click.of(body)
    held = body.get("view") or body
    selection = Selection().with_choices(held["state"]["values"], page)
    if click.channel:
        desk.work.start(_redraw(desk, click, selection))
    else:
        desk.work.start(show_home(desk, click.user, selection))


async def _redraw(desk: Desk, click: Click, selection: Selection) -> None:
    async with (
        guarded(lambda text: _whisper(desk, text, click)),
        desk.turn(f"portfolio:{click.ts}"),
    ):
        asker = await identify(desk, click.user, request_key=click.key)
        answer = drawn(await find_page(desk.services, asker, selection), asker)
        await renew(desk, answer, channel=click.channel, ts=click.ts)


async def _whisper(desk: Desk, text: str, click: Click) -> None:
    await whisper(desk, note(text), user=click.user, channel=click.channel, thread=click.thread)


def register(app: AsyncApp) -> None:
    """Listen to the menus and to the buttons that turn pages."""
    for name in MENUS:
        app.action(f"{PREFIX}{name}")(choose)
    for name in PAGES:
        app.action(f"{PREFIX}{name}")(turn)
