"""How a CSM writes: the form over a draft, a message or the Home tab, and keeping what it says."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.cards.note import loading_view, note_view
from bot.cards.writing import GONE, SAVED, SAVED_OVER_DRAFT, TITLE, writing_view
from bot.desk import Desk
from bot.listeners.forms import fill, open_loading
from bot.listeners.payload import Body, Click, entered
from bot.listeners.resources import draft_view
from bot.listeners.who import identify
from core.tone import measure
from storage.writing import MOST


async def edit(ack: AsyncAck, body: Body, context: AsyncBoltContext, desk: Desk) -> None:
    """Open the form, above the draft if it was asked for there."""
    click = Click.of(body)
    view_id = await _opened(desk, body, click, context)
    await ack()
    asker = await identify(desk, click.user, request_key=click.key)
    samples = await desk.services.drafts.samples.of(asker.csm.id)
    tone = measure(samples, asker.csm.name)
    await fill(desk, view_id, writing_view(samples, tone, most=MOST, about=_over(body)))


async def save(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Keep the examples, say so, and draw the draft again that the form stands over."""
    user = body["user"]["id"]
    asker = await identify(desk, user, request_key=f"form:{view['id']}")
    fields = [f"sample_{place}" for place in range(1, MOST + 1)]
    texts = [entered(view, name, name) for name in fields]
    kept = await desk.services.drafts.samples.keep(asker.csm.id, texts, now=asker.now)
    draft, _, drawn = str(view["private_metadata"]).partition(" ")
    said = GONE if not kept else SAVED_OVER_DRAFT if draft else SAVED
    await ack(response_action="update", view=note_view(TITLE, said))
    if draft:
        chosen, _, recommendation = drawn.partition(":")
        await fill(desk, draft, await draft_view(desk, asker, recommendation, chosen))


def _over(body: Body) -> str:
    """Return the open draft that a click came from, its view and what it shows; or nothing."""
    view = body.get("view") or {}
    drawn = str(view.get("private_metadata", "")) if view.get("type") == "modal" else ""
    return f"{view['id']} {drawn}" if drawn else ""


async def _opened(desk: Desk, body: Body, click: Click, context: AsyncBoltContext) -> str:
    if (body.get("view") or {}).get("type") != "modal":
        return await open_loading(desk, click, TITLE, context)
    pushed = await desk.client.views_push(trigger_id=click.trigger, view=loading_view(TITLE))
    context["view_id"] = str(pushed["view"]["id"])
    return str(pushed["view"]["id"])


def register(app: AsyncApp) -> None:
    """Listen to the button and the form."""
    app.action("writing.open")(edit)
    app.view("writing.save")(save)
