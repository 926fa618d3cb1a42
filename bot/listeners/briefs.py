"""Briefs: the agenda for the meeting that somebody was briefed for."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.cards.resources import TITLE, agenda_view
from bot.desk import Desk
from bot.listeners.errors import go_on
from bot.listeners.forms import fill, open_loading
from bot.listeners.payload import Body, Click
from bot.listeners.who import identify


async def agenda(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Open the agenda that fits what is under way or best to do at an account."""
    click = Click.of(body)
    view_id = await open_loading(desk, click, TITLE)
    go_on(desk, body, _fill(desk, click, view_id), view_id=view_id)
    await ack()


async def _fill(desk: Desk, click: Click, view_id: str) -> None:
    asker = await identify(desk, click.user, request_key=click.key)
    drafts, account_id = desk.services.drafts, click.recommendation
    advice = await desk.services.advisor.for_account(account_id, asker)
    plays = [one.play for one in (*advice.underway, *((advice.best,) if advice.best else ()))]
    names = drafts.agendas(plays)[:1]
    (one,) = await drafts.prepare(account_id, names, asker)
    await fill(desk, view_id, agenda_view(one, advice.account.name, asker.zone))


def register(app: AsyncApp) -> None:
    """Listen to the button on a brief."""
    app.action("brief.agenda")(agenda)
