"""Modals: opened empty while the click still allows it, filled when the facts are there."""

from collections.abc import Callable
from datetime import date

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.cards.blocks import View
from bot.cards.explain import signals_view, why_view
from bot.cards.forms import TITLES, Origin, complete_view, defer_view, dismiss_view
from bot.cards.note import loading_view
from bot.desk import Desk
from bot.listeners.deciding import seen
from bot.listeners.errors import go_on
from bot.listeners.opening import open_view
from bot.listeners.payload import Body, Click
from bot.listeners.who import check_may_decide, identify
from bot.refusals import code_of
from core.recommendations import Recommendation
from storage.recommendations import Occasions

_ASKS: dict[str, Callable[[Recommendation, Origin, date, Occasions], View]] = {
    "defer": lambda shown, origin, today, waits: defer_view(
        shown, origin, today=today, happenings=waits.happenings
    ),
    "dismiss": lambda shown, origin, *_: dismiss_view(shown, origin),
    "complete": lambda shown, origin, *_: complete_view(shown, origin),
}
"""The forms that a button opens, by the button's verb."""

_TELLS: dict[str, Callable[[Recommendation, date], View]] = {
    "why": lambda shown, _: why_view(shown),
    "signals": lambda shown, today: signals_view(shown, today=today),
}
"""What the menu behind the three dots opens, by the choice's verb."""


async def ask(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Open the form for a decision."""
    verb = body["actions"][0]["action_id"].partition(".")[2]
    click = Click.of(body)
    view_id = await open_loading(desk, click, TITLES[verb])
    go_on(desk, body, _ask(desk, click, verb, view_id), view_id=view_id)
    await ack()


async def _ask(desk: Desk, click: Click, verb: str, view_id: str) -> None:
    asker, shown = await seen(desk, click)
    waits = await _occasions(desk, shown) if verb == "defer" else Occasions()
    await fill(desk, view_id, _ASKS[verb](shown, click.origin, asker.today, waits))


async def tell(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Open the reasons or the signals, whatever has been decided since."""
    verb = body["actions"][0]["selected_option"]["value"].partition(":")[0]
    click = Click.of(body)
    view_id = await open_loading(desk, click, TITLES[verb])
    go_on(desk, body, _explain(desk, click, verb, view_id), view_id=view_id)
    await ack()


async def _explain(desk: Desk, click: Click, verb: str, view_id: str) -> None:
    asker = await identify(desk, click.user, request_key=click.key)
    shown = await desk.services.recommendations.get(click.recommendation)
    await check_may_decide(desk, asker.csm, shown)
    await fill(desk, view_id, _TELLS[verb](shown, asker.today))


async def _occasions(desk: Desk, shown: Recommendation) -> Occasions:
    return await desk.services.recommendations.occasions(shown.account.id, as_of=desk.now)


async def open_loading(desk: Desk, click: Click, title: str) -> str:
    """Open an empty modal at once and return its id."""
    return await open_view(desk, click.trigger, loading_view(title))


async def fill(desk: Desk, view_id: str, view: View) -> None:
    """Put the content into an open modal; one that was closed meanwhile stays closed."""
    try:
        await desk.client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        match code_of(error):
            case "not_found":
                return
            case "hash_conflict":  # somebody changed it meanwhile: this is what it shall show
                await desk.client.views_update(view_id=view_id, view=view)
            case _:
                raise


def register(app: AsyncApp) -> None:
    """Listen to the buttons that open a form, and to the menu."""
    for verb in _ASKS:
        app.action(f"recommendation.{verb}")(ask)
    app.action("recommendation.more")(tell)
