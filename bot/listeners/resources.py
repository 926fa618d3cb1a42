"""Drafts over a recommendation: the modal, the menu in it, and the links that lead out of Slack."""

import re

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.cards.blocks import View
from bot.cards.note import note_view
from bot.cards.resources import TITLE, drafts_view
from bot.desk import Desk
from bot.listeners.errors import go_on
from bot.listeners.forms import fill, open_loading
from bot.listeners.payload import Body, Click
from bot.listeners.who import check_may_decide, identify
from bot.tools.tool import Asker

NOTHING = "There is no template for this action. Its card says how to go about it."


async def show(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Open what helps with a recommendation, filled with today's facts."""
    click = Click.of(body)
    view_id = await open_loading(desk, click, TITLE)
    go_on(desk, body, _fill(desk, click, view_id), view_id=view_id)
    await ack()


async def choose(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Show another of the recommendation's resources in the same modal."""
    chosen = body["actions"][0]["selected_option"]["value"].partition(":")[0]
    view_id = body["view"]["id"]
    go_on(desk, body, _fill(desk, Click.of(body), view_id, chosen), view_id=view_id)
    await ack()


async def _fill(desk: Desk, click: Click, view_id: str, chosen: str = "") -> None:
    asker = await identify(desk, click.user, request_key=click.key)
    await fill(desk, view_id, await draft_view(desk, asker, click.recommendation, chosen))


async def leave(ack: AsyncAck) -> None:
    """Let a link be: Slack opens it, and wants to hear that it was noticed."""
    await ack()


async def draft_view(desk: Desk, asker: Asker, recommendation: str, chosen: str = "") -> View:
    """Return a recommendation's resources, filled, with the chosen one or the first open.

    Raises NotAllowed when it is outside what the asker may see.
    """
    shown = await desk.services.recommendations.get(recommendation)
    await check_may_decide(desk, asker.csm, shown)
    drafts = desk.services.drafts
    names = drafts.names(shown.play, shown.resources)
    prepared = await drafts.prepare(shown.account.id, names, asker)
    return drafts_view(shown, prepared, chosen, asker.zone) if prepared else _none()


def _none() -> View:
    return note_view(TITLE, NOTHING)


def register(app: AsyncApp) -> None:
    """Listen to the button on cards, to the menu and to links."""
    app.action("recommendation.draft")(show)
    app.action("draft.choose")(choose)
    app.action(re.compile(r"^link\.\w+$"))(leave)
